"""Yearly figures that were spread over months by a curve which regions share.

Inventories of transport and households are often made so: each province has a figure a year, and
one national curve says how it lies over the months. Such months say nothing of the region alone;
what differs from the others jumps at New Year, where one yearly figure ends and the next begins.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Episode, Episodes, Note, Series
from tanzhe.series.behaviour.figures import Bools, Floats, quantum

NATION = "CN"
# Most periods of a year, and two years of them: one may be chance.
FEWEST_PERIODS, FEWEST_YEARS = 10, 2
# Proportions within a year are equal up to printing and this much, in logs.
EQUAL = 5e-4
# The curve itself moves by so many times as much: coarse printing makes nothing equal.
MOVES = 10.0

# What a national episode says of the region against the others, which is the yearly figures.
COMPARED = dict.fromkeys(("loading", "loading_interval", "excess_percent", "rank", "of"))

NOTE = Note(
    code="yearly_shares",
    zh="各地区年内逐月之间的比例完全相同：本地只有年度数，按各地共用的逐月曲线分到各月。"
    "本地自己的变化只知道在哪一年，不知道月份；年初的台阶是两年年度数之差，不作为转折，也不用政策解释。",
    en="Within each year the months of the regions keep one proportion: the region has a figure a "
    "year, spread by a curve that all share. Of what it did alone the year is known, not the "
    "month; a step at New Year is the difference of two yearly figures, and not to be explained by "
    "policies.",
)


def shared_years(series: Series) -> frozenset[str]:
    """Years whose months are those of at least half of the other regions times one number.

    Args:
        series: months, with the other regions of the same source as peers.

    Returns:
        YYYY, with what there is of a year that is not over; empty for the nation, for a whole
        beside its parts (the curve may be its own), and where it is so in one year only.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> shared_years(nbs_series("CN-YN", "industry"))
        frozenset()
    """
    others = [one for one in series.peers if one.region != NATION
              and one.periods == series.periods]  # fmt: skip
    if series.frequency != "month" or series.region == NATION or not others:
        return frozenset()
    own, them = series.array, np.array([one.array for one in others])
    (logs, doubt), beside = _logs(own), [_logs(row) for row in them]
    ratio = np.array([row for row, _ in beside]) - logs
    slack = np.array([row for _, row in beside]) + doubt + EQUAL / 2
    sharing = np.zeros(len(them), dtype=bool)
    whole: list[str] = []
    parts: list[str] = []
    for year, at in _years(series.periods):
        at = at[np.isfinite(logs[at])]
        if not len(at):
            continue
        compared = np.isfinite(ratio[:, at]).all(axis=1)
        alike = compared & _is_one(ratio[:, at], slack[:, at])
        if len(at) >= FEWEST_PERIODS:
            alike &= float(np.std(logs[at])) > MOVES * slack[:, at].max(axis=1)
        if 2 * alike.sum() >= compared.sum() > 0:
            (whole if len(at) >= FEWEST_PERIODS else parts).append(year)
            sharing |= alike
    if len(whole) < FEWEST_YEARS or (own > np.nansum(them[sharing], axis=0)).mean() > 0.5:
        return frozenset()
    return frozenset([*whole, *parts])


def without_yearly_shares(found: Episodes) -> Episodes:
    """The episodes, those of the region alone within yearly figures of scope `data`.

    Args:
        found: with the series and its peers; what the nation had stays what it is: the curve that
            all share is known by the month.
    """
    years = shared_years(found.series)
    if not years:
        return found
    told = tuple(_judged(one, years) for one in found.episodes)
    weaker = tuple(one for one in found.weaker if not _within(one, years))
    return found.model_copy(
        update={"episodes": told, "weaker": weaker, "notes": (*found.notes, NOTE)}
    )


def _judged(one: Episode, years: frozenset[str]) -> Episode:
    if not _within(one, years):
        return one
    if one.scope == "national":
        return one.model_copy(update=COMPARED)
    return one.model_copy(update={"scope": "data", "notes": (*one.notes, NOTE)})


def _within(one: Episode, years: frozenset[str]) -> bool:
    return one.begin[:4] in years


def _years(periods: tuple[str, ...]) -> Iterator[tuple[str, NDArray[np.intp]]]:
    """Positions of the periods of each year."""
    each = np.array([period[:4] for period in periods])
    for year in dict.fromkeys(each.tolist()):
        yield year, np.flatnonzero(each == year)


def _is_one(ratio: Floats, slack: Floats) -> Bools:
    """Which rows are one number as far as printing lets one see."""
    return np.asarray((ratio - slack).max(axis=1) <= (ratio + slack).min(axis=1))


def _logs(values: Floats) -> tuple[Floats, Floats]:
    """Logarithms, NaN where there is nothing, and what printing leaves open of them."""
    there = np.where(values > 0, values, np.nan)
    return np.log(there), quantum(values) / 2 / there
