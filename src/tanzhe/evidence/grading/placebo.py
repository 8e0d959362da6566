"""Where else a turning point's interval could lie: placebo dates, and which of them are alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tanzhe.evidence.grading.catalogue import Days, Flags, Known, Numbers
from tanzhe.evidence.links.edge import Edge
from tanzhe.evidence.links.window import causal_days, period_bounds
from tanzhe.model import Series

LEAST_DATES = 20  # with fewer, the real one included, a p-value of .05 cannot be reached


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """The interval of a point at every position of its series.

    Attributes:
        searched: first day on which a cause may begin, one a position, as ordinals.
        begins: first day of the interval.
        likely: last day of the likeliest period.
        ends: last day of the interval.
        years: year in which the interval begins.
        own: which of them is the point's own.
    """

    searched: Days
    begins: Days
    likely: Days
    ends: Days
    years: Days
    own: int


def positions_of(edge: Edge, series: Series, before: int) -> Positions | None:
    """Every interval as wide as the point's that lies in its series, its own among them.

    Args:
        edge: begin or end of a departure.
        series: its series.
        before: months before the interval in which a cause may begin, negative.

    Returns:
        None when the point's interval is not made of periods of the series.
    """
    number = {period: at for at, period in enumerate(series.periods)}
    first, last = (number.get(period) for period in edge.interval)
    if first is None or last is None:
        return None
    offset = number.get(edge.period, first) - first
    days = [
        causal_days(one, other, merged=series.merged, before=before)
        for one, other in zip(series.periods, series.periods[last - first :], strict=False)
    ]
    table = np.array([[day.toordinal() for day in three] for three in days], dtype=np.int64)
    years = np.array([three[1].year for three in days], dtype=np.int64)
    if edge.since in number:
        table[:, 0] = np.maximum(table[:, 0], _since(series, first - number[edge.since], len(days)))
    periods = series.periods[offset : offset + len(days)]
    likely = [period_bounds(period, merged=series.merged)[1].toordinal() for period in periods]
    ends = table[:, 2]
    return Positions(table[:, 0], table[:, 1], np.array(likely), ends, years, first)


def _since(series: Series, before: int, size: int) -> Days:
    """First day of the period so many before each position; the earliest where there is none."""
    days = [
        period_bounds(series.periods[max(at - before, 0)], merged=series.merged)[0].toordinal()
        for at in range(size)
    ]
    return np.array(days, dtype=np.int64)


def beginnings_in(first: Days, last: Days, positions: Positions) -> Numbers:
    """How many events may have begun between the first day searched and the interval's end."""
    begun = np.searchsorted(np.sort(first), positions.ends, side="right")
    over = np.searchsorted(np.sort(last), positions.searched, side="left")
    return (begun - over).astype(np.float64)


def admissible(known: Known, positions: Positions) -> Flags:
    """The positions a finder knows of: covered, with some event of any province."""
    covered = (positions.searched >= known.first) & (positions.ends <= known.last)
    flags: Flags = covered & (beginnings_in(known.begun, known.ended, positions) > 0)
    return flags


def strata(years: Days, density: Numbers) -> NDArray[np.int64]:
    """Dense years and the others, told apart, so that a date is only compared with its like.

    The densest years that make up `LEAST_DATES` dates are 1, the others 0; all are 0 when too few
    are left over.

    Args:
        years: year of each date.
        density: number of events that may be causes at each date.

    Example:
        >>> years = np.repeat(np.arange(2018, 2024), 11)
        >>> density = np.where(years == 2021, 9.0, np.where(years == 2022, 7.0, 1.0))
        >>> [int(year) for year in np.unique(years[strata(years, density) == 1])]
        [2021, 2022]
    """
    names, counts = np.unique(years, return_counts=True)
    means = [float(density[years == name].mean()) for name in names]
    dense: list[int] = []
    size = 0
    for at in sorted(range(len(names)), key=lambda one: (-means[one], names[one])):
        if size >= LEAST_DATES:
            break
        dense.append(int(names[at]))
        size += int(counts[at])
    if years.size - size < LEAST_DATES:
        return np.zeros(years.size, dtype=np.int64)
    return np.isin(years, dense).astype(np.int64)


def comparable(known: Known, positions: Positions, density: Numbers) -> Flags | None:
    """The positions to compare a point's own with, that one among them.

    Args:
        known: what the finder covers.
        positions: of the point's interval.
        density: number of events that may be causes at each position.

    Returns:
        None when there are fewer than `LEAST_DATES`, or the finder does not cover the point.
    """
    allowed = admissible(known, positions)
    if not allowed[positions.own]:
        return None
    at = np.flatnonzero(allowed)
    group = strata(positions.years[at], density[at])
    alike = at[group == group[np.searchsorted(at, positions.own)]]
    if alike.size < LEAST_DATES:
        return None
    chosen = np.zeros(allowed.size, dtype=np.bool_)
    chosen[alike] = True
    return chosen
