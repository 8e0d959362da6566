"""The path that was to be expected without the event, month by month around its window."""

import numpy as np

from tanzhe.effects.gaps import Gaps
from tanzhe.effects.placebo import Size
from tanzhe.effects.question import Question
from tanzhe.effects.settings import LONGEST
from tanzhe.effects.weights import Floats
from tanzhe.model import ExpectedPeriod, Series

_DIGITS = 6


def expected_path(series: Series, asked: Question, counted: Size) -> tuple[ExpectedPeriod, ...]:
    """What each period would have been, a year before the window to half a year after it.

    The gaps of the fits behind the answer, moved as one so that the window's mean gap is the size
    that was told: actual and expected differ in the mean by exactly that.

    Args:
        series: what was measured.
        asked: the question.
        counted: the size that counts.
    """
    gap = gap_of(asked, counted)
    first, last = asked.start, asked.start + asked.window.length
    logs = asked.panel.logs[asked.region]
    expected = logs - gap + np.nanmean(gap[first:last]) - counted.log
    begin = max(0, first - asked.panel.per_year)
    end = min(len(expected), last + LONGEST)
    low, high = counted.log - counted.high, counted.log - counted.low
    return tuple(
        ExpectedPeriod(
            period=series.periods[at],
            value=_value(expected[at]),
            interval=(_value(expected[at] + low), _value(expected[at] + high))
            if first <= at < last
            else None,
        )
        for at in range(begin, end)
        if np.isfinite(expected[at])
    )


def gap_of(asked: Question, counted: Size) -> Floats:
    """The gap of each period behind an answer; of the excess the mean of the ways to compare."""
    row = asked.region
    if counted.answer == "excess" and asked.donors is not None:
        _, found = asked.panel.with_donors(row, asked.donors, counted.side, asked.window)
        row = 0
    else:
        found = asked.panel.gaps(counted.side)
    at = _position(found, asked.start)
    ways = found.own[None] if counted.answer == "own" else found.donors
    return np.asarray(ways[:, at, row].mean(axis=0))


def _position(found: Gaps, start: int) -> int:
    return int(np.searchsorted(found.starts, start))


def _value(log: float) -> float:
    return float(f"{np.exp(log):.{_DIGITS}g}")
