"""The lines of the chart: the series, the series without its season, and levels beside edges."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Series, TurningPoint
from tanzhe.reports.axes import Frame, index_of, year_length

# Beyond this many points a line with a dot at each value would be a smear.
MOST_DOTS = 90
# Beyond this many the line itself is drawn thinner.
MANY = 300

Rates = Sequence[float | None]
Values = NDArray[np.float64]


def main_line(series: Series, frame: Frame, rates: Rates) -> str:
    """A line with a dot at each value; a hole breaks it, provisional values are dashed."""
    dots = "".join(
        f'<circle class="tz-dot" cx="{frame.x(i):.1f}" cy="{frame.y(v):.1f}" r="1.8"/>'
        for i, v in enumerate(rates)
        if v is not None and len(rates) <= MOST_DOTS
    )
    thin = " tz-thin" if len(rates) > MANY else ""
    return _line(series, frame, rates, f"tz-line{thin}") + dots


def raw_line(series: Series, frame: Frame, rates: Rates) -> str:
    """The series as published, behind the main line."""
    return _line(series, frame, rates, "tz-raw")


def _line(series: Series, frame: Frame, rates: Rates, style: str) -> str:
    first = series.provisional_from or "~"
    border = sum(period < first for period in series.periods)
    joint = max(border - 1, 0)
    known = _path(rates[:border], frame, 0)
    loose = _path(rates[joint:], frame, joint) if border < len(series) else ""
    drawn = f'<path class="{style}" d="{known}"/>' if known else ""
    return drawn + (f'<path class="{style} tz-loose" d="{loose}"/>' if loose else "")


def _path(rates: Rates, frame: Frame, start: int) -> str:
    steps, pen_down = [], False
    for index, value in enumerate(rates, start):
        if value is not None:
            command = "L" if pen_down else "M"
            steps.append(f"{command}{frame.x(index):.1f} {frame.y(value):.1f}")
            if not pen_down:
                steps.append("h0.01")  # a lone value between two holes is still seen
        pen_down = value is not None
    return "".join(steps)


def levels(series: Series, frame: Frame, rates: Rates, points: Sequence[TurningPoint]) -> list[str]:
    """The level within a year before and after each edge; a trend beside a change of slope.

    Longer stretches would show a slow drift as if it were part of the step.
    """
    moved = [p for p in points if p.scope in ("province", "national") and p.single is None]
    main = [p for p in moved if p.band != "weak"]
    bends = {index_of(series, p.date) for p in main if p.kind == "slope"}
    edges = sorted({index_of(series, day) for p in main for day in (p.date, p.until) if day})
    values = np.array([np.nan if v is None else v for v in rates])
    stretches = {
        stretch: edge in bends
        for before, edge, after in zip([0, *edges], edges, [*edges[1:], len(series)], strict=False)
        for stretch in (
            (max(before, edge - year_length(series)), edge),
            (edge, min(after, edge + year_length(series))),
        )
    }
    drawn = [_level(frame, values, *ends, bent=bent) for ends, bent in stretches.items()]
    return [line for line in drawn if line]


def _level(frame: Frame, values: Values, first: int, last: int, *, bent: bool) -> str:
    index = np.arange(first, last)[~np.isnan(values[first:last])]
    if not len(index):
        return ""
    fit = np.polynomial.Polynomial.fit(index, values[index], 1 if bent and len(index) > 2 else 0)
    return (
        f'<line class="tz-level" x1="{frame.x(first - 0.5):.1f}" x2="{frame.x(last - 0.5):.1f}" '
        f'y1="{frame.y(fit(first)):.1f}" y2="{frame.y(fit(last - 1)):.1f}"/>'
    )
