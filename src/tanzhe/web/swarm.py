"""Provinces in one month as dots on a line: none on another, the area is the amount."""

from collections.abc import Callable, Sequence
from html import escape
from math import ceil, floor, sqrt
from typing import NamedTuple

from markupsafe import Markup

from tanzhe.errors import Language
from tanzhe.model import Growth
from tanzhe.places import region_words
from tanzhe.web.words import signed

LARGEST, LEAST = 15.0, 3.0
STEP = 20  # percent between two lines
EDGE = 34.0
FEET = 26.0
APART = 1.0


class Dot(NamedTuple):
    """A dot: where it stands, how large, whose."""

    x: float
    y: float
    radius: float
    region: str
    percent: float


def swarm(regions: Sequence[Growth], own: str, *, width: float, language: Language) -> Markup:
    """The dots as SVG in the colours of the pictures.

    Args:
        regions: each with its departure in percent and its amount.
        own: the region that is named.
        width: of the picture; letters keep their size.
        language: of names.
    """
    first = STEP * floor(min(one.percent for one in regions) / STEP)
    last = STEP * ceil(max(0.0, *(one.percent for one in regions)) / STEP)
    last = max(last, first + STEP)
    scale = (width - 2 * EDGE) / (last - first)
    dots = _placed(regions, lambda percent: EDGE + (percent - first) * scale)
    tall = max(one.radius + abs(one.y) for one in dots)
    middle = tall + 36
    bottom = middle + tall + 8
    every = STEP * ceil((last - first) / STEP / max(2, width / 90))
    lines = "".join(
        f'<line class="tz-grid" x1="{x:.1f}" x2="{x:.1f}" y1="30" y2="{bottom:.1f}"/>'
        f'<text class="tz-muted" text-anchor="middle" x="{x:.1f}" y="{bottom + 18:.1f}">'
        f"{_percent(mark)}</text>"
        for mark in range(first, last + 1, every)
        for x in [EDGE + (mark - first) * scale]
    )
    axis = (
        f'<line class="tz-axis" x1="{EDGE}" x2="{width - EDGE:.0f}" y1="{middle:.1f}" '
        f'y2="{middle:.1f}"/>'
    )
    drawn = "".join(
        f'<circle class="{"tz-own" if one.region == own else "tz-other"}" cx="{one.x:.1f}" '
        f'cy="{middle + one.y:.1f}" r="{one.radius:.1f}"/>'
        for one in sorted(dots, key=lambda one: one.region == own)
    )
    named = "".join(_name(one, middle, width, language) for one in dots if one.region == own)
    said = "; ".join(
        f"{region_words(one.region).said(language)} {signed(one.percent)}" for one in dots
    )
    # Ours alone: numbers, and names that are escaped.
    return Markup(
        f'<svg class="tz-chart" viewBox="0 0 {width:.0f} {bottom + FEET:.0f}" role="img" '
        f'aria-label="{escape(said)}">{lines}{axis}{drawn}{named}</svg>'
    )


def _placed(regions: Sequence[Growth], x_of: Callable[[float], float]) -> list[Dot]:
    """The largest first on the line, each other as near to it as there is room."""
    top = max(one.value for one in regions) or 1.0
    dots: list[Dot] = []
    for one in sorted(regions, key=lambda each: -each.value):
        radius = max(LEAST, LARGEST * sqrt(max(one.value, 0.0) / top))
        x = x_of(one.percent)
        near = [dot for dot in dots if abs(dot.x - x) < dot.radius + radius + APART]
        tried = [0.0]
        for dot in near:
            gap = sqrt(max(0.0, (dot.radius + radius + APART) ** 2 - (dot.x - x) ** 2))
            tried += [dot.y + gap, dot.y - gap]
        free = [y for y in tried if not any(_touch(dot, x, y, radius) for dot in near)]
        y = min(free, key=lambda each: (abs(each), -each))
        dots.append(Dot(x, y, radius, one.region, one.percent))
    return dots


def _touch(dot: Dot, x: float, y: float, radius: float) -> bool:
    apart = dot.radius + radius + APART - 1e-6
    return (dot.x - x) ** 2 + (dot.y - y) ** 2 < apart**2


def _name(one: Dot, middle: float, width: float, language: Language) -> str:
    """The name of the own region, with a line down to its dot."""
    text = escape(f"{region_words(one.region).said(language)} {signed(one.percent)}")
    anchor = "start" if one.x < width / 4 else "end" if one.x > 3 * width / 4 else "middle"
    top = middle + one.y - one.radius
    return (
        f'<line class="tz-leader" x1="{one.x:.1f}" x2="{one.x:.1f}" y1="22" y2="{top:.1f}"/>'
        f'<text class="tz-word" text-anchor="{anchor}" x="{one.x:.1f}" y="16">{text}</text>'
    )


def _percent(mark: int) -> str:
    return f"{'−' if mark < 0 else '+' if mark else ''}{abs(mark)}%"
