"""Where something of one sign began: intervals, and the probability that it did."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Floats
from tanzhe.turning.episodes.candidates import Table
from tanzhe.turning.episodes.settings import SHAPES, EpisodeSettings

Mask = NDArray[np.bool_]
# Runs of one sign are one episode when the later begins so few periods after the earlier is over.
NEAR = 2


@dataclass(frozen=True, eq=False)
class Run:
    """Something of one sign that began in an interval.

    Attributes:
        sign: +1 up, -1 down.
        period: likeliest first period.
        first: first period of the interval.
        last: last period of the interval.
        spans: the interval, and those of what was joined to it.
        anything: probability that something of that sign began in the interval.
        lasting: probability that what began lasts more than one period.
        shares: of the kinds, given that something began, shape (n_kinds,).
        lasting_shares: of the kinds, given that what began lasts, shape (n_kinds,).
    """

    sign: int
    period: int
    first: int
    last: int
    anything: float
    lasting: float
    shares: Floats
    lasting_shares: Floats
    spans: tuple[tuple[int, int], ...]


def mixture(one: Table, other: Table | None, weight: float) -> list[tuple[float, Table]]:
    """Two descriptions of a series with their probabilities."""
    return [(1.0, one)] if other is None else [(1 - weight, one), (weight, other)]


def runs(
    tables: list[tuple[float, Table]], periods: int, settings: EpisodeSettings, least: float
) -> list[Run]:
    """All runs of both signs whose probability reaches `least`, by probability.

    Args:
        tables: descriptions of one series with their probabilities.
        periods: number of periods.
        settings: mass and reach of an interval.
        least: probability of anything.
    """
    found = [run for sign in (1, -1) for run in _of_sign(tables, sign, periods, settings, least)]
    return sorted(found, key=lambda run: -run.anything)


def _of_sign(
    tables: list[tuple[float, Table]],
    sign: int,
    periods: int,
    settings: EpisodeSettings,
    least: float,
) -> list[Run]:
    there = [_onsets(table, sign, periods) for _, table in tables]
    free = np.ones(periods, dtype=bool)
    out: list[Run] = []

    def anything(first: int, last: int) -> float:
        span = np.zeros(periods, dtype=bool)
        span[max(first, 0) : last + 1] = True
        span &= free
        return sum(
            share * float(table.weight[at[:, span].any(axis=1)].sum())
            for (share, table), at in zip(tables, there, strict=True)
        )

    each = _within(tables, there, 0)
    while True:
        near = np.where(free, _within(tables, [one & free for one in there], 1), 0.0)
        at = int(near.argmax())
        if near[at] < min(least, 0.2):
            return out
        around = [t for t in range(max(0, at - 1), min(periods, at + 2)) if free[t]]
        centre = max(around, key=lambda t: each[t])
        low, high = max(0, centre - settings.reach), min(periods - 1, centre + settings.reach)
        while low < centre and not free[low:centre].all():
            low += 1
        while high > centre and not free[centre : high + 1].all():
            high -= 1
        whole = anything(low, high)
        first = last = centre
        while anything(first, last) < settings.mass * whole:
            left = each[first - 1] if first > low else -1.0
            right = each[last + 1] if last < high else -1.0
            if left < 0 and right < 0:
                break
            first, last = (first - 1, last) if left >= right else (first, last + 1)
        probability = anything(first, last)
        if probability >= least:
            out.append(_run(tables, sign, centre, ((first, last),)))
        free[max(0, first - 1) : last + 1] = False


def _within(tables: list[tuple[float, Table]], there: list[Mask], reach: int) -> Floats:
    """Probability that anything begins within some periods of each one, shape (n_periods,)."""
    out = np.zeros(there[0].shape[1])
    for (share, table), at in zip(tables, there, strict=True):
        near = at.copy()
        for step in range(1, reach + 1):
            near[:, step:] |= at[:, :-step]
            near[:, :-step] |= at[:, step:]
        out += share * (table.weight @ near)
    return out


def _onsets(table: Table, sign: int, periods: int) -> Mask:
    """Whether each set has something of a sign beginning in each period."""
    at = np.zeros((len(table.weight), periods), dtype=bool)
    rows = (np.sign(table.mean) == sign) & (table.begin >= 0)
    at[table.set[rows], table.begin[rows]] = True
    return at


def inside(table: Table, run: Run) -> Mask:
    """Rows of a run's sign that begin in its interval or in what was joined to it."""
    rows = np.zeros(len(table.set), dtype=bool)
    for first, last in run.spans:
        rows |= (table.begin >= first) & (table.begin <= last)
    return np.asarray(rows & (np.sign(table.mean) == run.sign))


def joined(tables: list[tuple[float, Table]], one: Run, other: Run) -> Run:
    """Two runs of one sign as one: it begins with the earlier."""
    early, late = sorted((one, other), key=lambda run: run.period)
    return _run(tables, early.sign, early.period, (*early.spans, *late.spans))


def neighbours_joined(tables: list[tuple[float, Table]], found: list[Run]) -> list[Run]:
    """Runs of one sign that begin beside each other as one, until none do."""
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            if one.sign == other.sign and abs(one.period - other.period) <= NEAR:
                rest = [run for run in found if run is not one and run is not other]
                return neighbours_joined(tables, [*rest, joined(tables, one, other)])
    return sorted(found, key=lambda run: run.period)


def _run(
    tables: list[tuple[float, Table]], sign: int, centre: int, spans: tuple[tuple[int, int], ...]
) -> Run:
    none = np.zeros(len(SHAPES))
    bare = Run(sign, centre, *spans[0], 0.0, 0.0, none, none, spans)
    shares, lasting_shares, anything, lasting = none.copy(), none.copy(), 0.0, 0.0
    for weight, table in tables:
        rows = inside(table, bare)
        lasts = _lasts(table, rows)
        anything += weight * table.probability(rows)
        lasting += weight * float(table.weight[lasts].sum())
        mass = weight * table.weight[table.set] * rows
        shares += np.bincount(table.kind, weights=mass, minlength=len(SHAPES))
        mass = mass * lasts[table.set]
        lasting_shares += np.bincount(table.kind, weights=mass, minlength=len(SHAPES))
    return replace(
        bare,
        anything=min(1.0, anything),
        lasting=min(1.0, lasting),
        shares=shares / max(shares.sum(), 1e-12),
        lasting_shares=lasting_shares / max(lasting_shares.sum(), 1e-12),
    )


def _lasts(table: Table, rows: Mask) -> Mask:
    """Sets in which what began lasts: an event of several periods, or two single ones."""
    single = table.single
    long = np.zeros(len(table.weight), dtype=bool)
    long[table.set[rows & ~single]] = True
    return np.asarray(long | (np.bincount(table.set[rows], minlength=len(table.weight)) > 1))
