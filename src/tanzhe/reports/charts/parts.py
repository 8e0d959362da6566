"""Contributions of products to an episode: bars that add up to its depth."""

from html import escape

from tanzhe.errors import Language
from tanzhe.model import Episode
from tanzhe.reports.charts.axes import FONT, NARROW, WIDE, picture
from tanzhe.reports.charts.lanes import text_width
from tanzhe.reports.facts.selection import shown_drivers
from tanzhe.reports.words.numbers import percent_words
from tanzhe.reports.words.vocabulary import label, sector_name

ROW, BAR, GAP = 27.0, 15.0, 6.0
LEAST = 1e-9


def parts(one: Episode, *, title: str, language: Language = "zh", narrow: bool) -> str:
    """The contributions as an `<svg>` element: each bar begins where the one before ended.

    Args:
        one: an episode with contributions.
        title: what a screen reader says first.
        language: of all words.
        narrow: for a phone.
    """
    width = NARROW if narrow else WIDE
    rows = rows_of(one, language)
    names = max(text_width(name, FONT) for name, *_ in rows) + 12
    values = max(text_width(_value(end - start), FONT) for _, start, end in rows) + 2 * GAP
    low = min(0.0, *(min(start, end) for _, start, end in rows))
    high = max(0.0, *(max(start, end) for _, start, end in rows))
    left, right = names + values, width - values
    scale = (right - left) / max(high - low, LEAST)

    def x(value: float) -> float:
        return left + (value - low) * scale

    drawn = [
        f'<line class="tz-axis" x1="{x(0):.1f}" x2="{x(0):.1f}" y1="4" '
        f'y2="{ROW * len(rows) + 4:.1f}"/>'
    ]
    for at, (name, start, end) in enumerate(rows):
        y = 4 + at * ROW
        near, far = sorted((x(start), x(end)))
        total = at == len(rows) - 1
        way = "down" if end < start else "up"
        anchor, edge = ("end", near - GAP) if end < start else ("start", far + GAP)
        weight = "tz-word" if total else "tz-text"
        drawn.append(
            f'<text class="{weight}" x="2" y="{y + BAR:.1f}">{escape(name)}</text>'
            f'<rect class="tz-bar tz-{way}{" tz-total" if total else ""}" x="{near:.1f}" '
            f'y="{y + 3:.1f}" width="{max(far - near, 1):.1f}" height="{BAR}"/>'
            f'<text class="{weight}" text-anchor="{anchor}" x="{edge:.1f}" y="{y + BAR:.1f}">'
            f"{_value(end - start)}</text>"
        )
    said = "; ".join(f"{name} {_value(end - start)}" for name, start, end in rows)
    return picture(width, ROW * len(rows) + 10, f"{title}. {said}", drawn)


def rows_of(one: Episode, language: Language) -> list[tuple[str, float, float]]:
    """Name, begin and end of each bar; what is too small to show is one row; the whole last."""
    rows, at = [], 0.0
    for driver in shown_drivers(one):
        name = sector_name(driver.product).said(language)
        rows.append((name, at, at + driver.percentage_points))
        at += driver.percentage_points
    rest = one.depth_percent - at
    if abs(rest) >= 0.05:
        rows.append((label("page", "others", language), at, one.depth_percent))
    return [*rows, (label("page", "sum", language), 0.0, one.depth_percent)]


def _value(points: float) -> str:
    return percent_words(points, digits=1, signed=True).zh.removesuffix("%")
