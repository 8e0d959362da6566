"""All regions in the same periods: dots on a line, the area as large as the emissions."""

from collections.abc import Callable, Sequence
from html import escape
from math import sqrt

from tanzhe.errors import Language
from tanzhe.model import Alongside, Growth
from tanzhe.places import region_words
from tanzhe.reports.charts.axes import FONT, NARROW, WIDE, picture, ticks
from tanzhe.reports.charts.lanes import Box, text_width
from tanzhe.reports.words.numbers import percent_words

MIDDLE, LARGEST, LEAST, LANE = 66.0, 22.0, 2.5, 17.0
SIDE = 24.0
# A region that moved further than this share of the others stands at the edge.
INSIDE = 0.05


def ranks(
    beside: Alongside, own: str, *, title: str, language: Language = "zh", narrow: bool
) -> str:
    """The regions as an `<svg>` element; the own one, or the largest ones, are named.

    Args:
        beside: how the regions moved.
        own: the region of the report.
        title: what a screen reader says first.
        language: of all words.
        narrow: for a phone.
    """
    width = NARROW if narrow else WIDE
    low, high = reach(beside.regions, own)
    marks = [mark for mark in ticks([low, high]) if low <= mark <= high]
    every = 2 if narrow and len(marks) > 5 else 1

    def x(value: float) -> float:
        return SIDE + (min(max(value, low), high) - low) / (high - low) * (width - 2 * SIDE)

    most = max(one.value for one in beside.regions)
    bottom = MIDDLE + LARGEST + 26
    drawn = [
        f'<line class="tz-axis" x1="{SIDE:.1f}" x2="{width - SIDE:.1f}" y1="{MIDDLE}" '
        f'y2="{MIDDLE}"/>',
        *(
            f'<line class="tz-grid" x1="{x(mark):.1f}" x2="{x(mark):.1f}" '
            f'y1="{MIDDLE - LARGEST:.1f}" y2="{MIDDLE + LARGEST:.1f}"/>'
            f'<text class="tz-muted" text-anchor="middle" x="{x(mark):.1f}" y="{bottom - 8:.1f}">'
            f"{percent_words(mark, signed=True).zh}</text>"
            for mark in marks[::every]
        ),
    ]
    for one in sorted(beside.regions, key=lambda g: -g.value):
        style = "tz-own" if one.region == own else "tz-other"
        radius = max(LEAST, LARGEST * sqrt(one.value / most))
        drawn.append(
            f'<circle class="{style}" cx="{x(one.percent):.1f}" cy="{MIDDLE}" r="{radius:.1f}">'
            f"<title>{escape(said(one, language))}</title></circle>"
        )
    mine = region_words(own).said(language)
    drawn += [
        f'<line class="tz-leader" x1="{at:.1f}" x2="{at:.1f}" y1="{box.bottom:.1f}" '
        f'y2="{MIDDLE:.1f}"/><text class="{"tz-word" if text.startswith(mine) else "tz-muted"}" '
        f'x="{box.left:.1f}" y="{box.bottom - 3:.1f}">{escape(text)}</text>'
        for text, at, box in named(beside, own, x, width, language)
    ]
    told = "; ".join(said(one, language) for one in beside.regions)
    return picture(width, bottom, f"{title}. {told}", drawn)


def reach(regions: Sequence[Growth], own: str) -> tuple[float, float]:
    """The ends of the scale: nearly all regions, the own one always, nought inside."""
    values = sorted(one.percent for one in regions)
    cut = int(len(values) * INSIDE)
    mine = [one.percent for one in regions if one.region == own]
    low = min(0.0, values[cut], *mine)
    high = max(0.0, values[-1 - cut], *mine)
    room = max(high - low, 1.0) * 0.03
    return low - room, high + room


def named(
    beside: Alongside, own: str, x: Callable[[float], float], width: float, language: Language
) -> list[tuple[str, float, Box]]:
    """Text, position and box of the regions that have a name: own, extremes, largest."""
    mine = [one for one in beside.regions if one.region == own]
    big = sorted(beside.regions, key=lambda one: -one.value)[:2]
    placed: list[tuple[str, float, Box]] = []
    for one in dict.fromkeys([*mine, beside.regions[0], beside.regions[-1], *big]):
        text, at = said(one, language), x(one.percent)
        size = text_width(text, FONT)
        left = min(max(at - size / 2, 2.0), width - size - 2)
        for lane in (0, 1):
            bottom = MIDDLE - LARGEST - 4 - LANE * lane
            box = Box(left, bottom - FONT, left + size, bottom)
            if not any(_collide(at, box, there, other) for _, there, other in placed):
                placed.append((text, at, box))
                break
    return placed


def _collide(at: float, box: Box, there: float, other: Box) -> bool:
    """Whether two names, or the leader of the upper and the lower name, stand on each other."""
    wide = Box(box.left - 6, box.top, box.right + 6, box.bottom)
    if wide.overlaps(other):
        return True
    lower, leader = (box, there) if box.top > other.top else (other, at)
    return box.top != other.top and lower.left < leader < lower.right


def said(one: Growth, language: Language) -> str:
    """A region with its change."""
    return f"{region_words(one.region).said(language)} {percent_words(one.percent, signed=True).zh}"
