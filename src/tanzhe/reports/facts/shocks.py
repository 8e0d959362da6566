"""Moves of all regions at Spring Festival that no calendar makes, where a region hides its own."""

from statistics import median
from typing import NamedTuple

import numpy as np

from tanzhe.model import Series, TurningPoint
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.selection import calendar_points

# So many other regions say what is common to all; fewer may move alike by chance.
FEWEST = 8
# Percent off each of the two years before, January to March together: no move of the festival,
# which these months hold whole, and no rebound from a shock of one of these years.
LARGE = 8.0


class Shock(NamedTuple):
    """What most regions did from January to March of a year, in which a region shows nothing."""

    year: str
    percent: float


def hidden_shocks(findings: Findings) -> tuple[Shock, ...]:
    """Years whose Spring Festival edge is the common move of all, and no matter of the calendar."""
    years = dict.fromkeys(point.date[:4] for point in calendar_points(findings))
    moves = ((year, _common(findings.series, int(year))) for year in years)
    return tuple(Shock(year, percent) for year, percent in moves if percent is not None)


def calendar_edges(findings: Findings) -> tuple[TurningPoint, ...]:
    """The edges that the calendar alone makes."""
    years = {one.year for one in hidden_shocks(findings)}
    return tuple(one for one in calendar_points(findings) if one.date[:4] not in years)


def _common(series: Series, year: int) -> float | None:
    """Median change of the other regions, of the two years before the smaller; None if usual."""
    changes = []
    for base in (year - 1, year - 2):
        moved = [
            100 * (now / then - 1)
            for peer in series.peers
            if peer.region != "CN"
            and (now := _spring(peer, year))
            and (then := _spring(peer, base))
        ]
        if len(moved) < FEWEST:
            return None
        changes.append(median(moved))
    smaller = min(changes, key=abs)
    return smaller if changes[0] * changes[1] > 0 and abs(smaller) >= LARGE else None


def _spring(series: Series, year: int) -> float | None:
    """January to March together; None where a part is not published."""
    months = ("02", "03") if series.merged else ("01", "02", "03")
    wanted = [f"{year}-{month}" for month in months]
    at = [series.periods.index(period) for period in wanted if period in series.periods]
    total = float(series.array[at].sum()) if len(at) == len(wanted) else float("nan")
    return total if np.isfinite(total) and total > 0 else None
