"""A bar for each firm, or each term of the account, with its tonnes."""

from collections.abc import Sequence
from html import escape

from tanzhe.reports.charts.axes import FONT, NARROW, WIDE, picture
from tanzhe.reports.charts.lanes import text_width

ROW, BAR, GAP = 30.0, 17.0, 8.0
_OF_THE_WIDTH = 0.35  # that names may take
MOST = 12  # bars; what is smaller is one bar


def bars(
    rows: Sequence[tuple[str, float]], *, title: str, rest: str = "其他", narrow: bool = False
) -> str:
    """Bars from the largest down as an `<svg>` element; below zero they go to the left.

    Args:
        rows: name and value of each, at least one.
        title: what a screen reader says first.
        rest: name of those too many to show.
        narrow: for a phone.
    """
    ordered = sorted(rows, key=lambda one: -one[1])
    if len(ordered) > MOST:
        others = sum(value for _, value in ordered[MOST - 1 :])
        ordered = [*ordered[: MOST - 1], (rest, others)]
    whole = NARROW if narrow else WIDE
    longest = whole * _OF_THE_WIDTH
    names = min(longest, max(text_width(name, FONT) for name, _ in ordered)) + 16
    values = max(text_width(f"{value:,.0f}", FONT) for _, value in ordered) + 2 * GAP
    low, high = min(0.0, *(v for _, v in ordered)), max(0.0, *(v for _, v in ordered))
    left = names + (values if low < 0 else 0)
    scale = (whole - values - left) / ((high - low) or 1.0)
    zero = left - low * scale
    drawn = []
    for at, (name, value) in enumerate(ordered):
        y, end = 6 + at * ROW, zero + value * scale
        near, far = sorted((zero, end))
        anchor, edge = ("end", near - GAP) if value < 0 else ("start", far + GAP)
        shown = escape(_cut(name, longest))
        drawn.append(
            f'<text class="tz-text" x="2" y="{y + BAR - 3:.1f}">{shown}</text>'
            f'<rect class="tz-bar tz-up" x="{near:.1f}" y="{y:.1f}" '
            f'width="{max(far - near, 1):.1f}" height="{BAR}"/>'
            f'<text class="tz-text" text-anchor="{anchor}" x="{edge:.1f}" '
            f'y="{y + BAR - 3:.1f}">{value:,.0f}</text>'
        )
    bottom = 6 + ROW * len(ordered)
    drawn.append(
        f'<line class="tz-axis" x1="{zero:.1f}" x2="{zero:.1f}" y1="2" y2="{bottom:.1f}"/>'
    )
    said = "; ".join(f"{name} {value:,.0f}" for name, value in ordered)
    return picture(whole, bottom + 6, f"{title}. {said}", drawn)


def _cut(name: str, longest: float) -> str:
    while text_width(name, FONT) > longest:
        name = f"{name[:-2]}…"
    return name
