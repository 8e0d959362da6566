"""One formula of fit: of one event at one date, and of all events at all dates of a series.

Weights are explained in docs/evidence/evidence.md. Days are ordinals; numbers may be arrays that
broadcast against each other.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

WEIGHTS = {"time": 0.40, "industry": 0.30, "place": 0.20, "source": 0.10}
LOSS_PER_MONTH = 0.20  # of the time score, for each month before the interval
LOSS_WHEN_LATE = 0.10  # for each month after the likeliest period, within the interval
DAYS_A_MONTH = 30.4
MOVING_DAYS = 10  # what begins with fewer days of the interval left hardly moves its last month
LEAST_TIME = 0.1  # time score of what began long before
AFTER = 0.25  # time score of what began after the interval
IN_FORCE = 0.3  # time score of what had begun before the days searched and still acted
MOST_IN_FORCE = 0.50  # score of what was in force, whatever else fits


class Moment(NamedTuple):
    """An interval in days, or many of them.

    Attributes:
        begins: first day of the interval.
        likely: last day of the likeliest period.
        ends: last day of the interval.
        onset: whether it is a start; of an end the interval does not say how surely it is dated.
    """

    begins: ArrayLike
    likely: ArrayLike
    ends: ArrayLike
    onset: bool = True


def time_score(first: ArrayLike, last: ArrayLike, at: Moment) -> Floats:
    """1 from the interval's begin to the likeliest period; less before, after, and at its very end.

    Args:
        first: the earliest day on which the event may have begun.
        last: the latest.
        at: the interval.

    Example:
        >>> float(time_score(0, 0, Moment(0, 30, 60))), float(time_score(61, 61, Moment(0, 30, 60)))
        (1.0, 0.25)
        >>> float(time_score(87, 87, Moment(59, 90, 90)))  # 28 March, of a start in March
        0.4
    """
    early = LOSS_PER_MONTH * np.maximum(np.subtract(at.begins, last) / DAYS_A_MONTH, 0.0)
    late = LOSS_WHEN_LATE * np.maximum(np.subtract(first, at.likely), 0) / DAYS_A_MONTH
    lost = np.maximum(early, np.minimum(late, 1.0 - AFTER))
    within = np.maximum(LEAST_TIME, 1.0 - lost)
    if at.onset:
        moving = np.clip((np.subtract(at.ends, first) + 1) / MOVING_DAYS, AFTER, 1.0)
        within = np.maximum(np.minimum(within, AFTER), within * moving)
    return np.where(np.greater(first, at.ends), AFTER, within)


def base_score(industry: ArrayLike, source: ArrayLike) -> Floats:
    """What industry and source give, whatever the date and place."""
    return WEIGHTS["industry"] * np.asarray(industry) + WEIGHTS["source"] * np.asarray(source)


def whole_score(
    time: ArrayLike,
    base: ArrayLike,
    place: ArrayLike,
    factor: ArrayLike,
    cap: ArrayLike,
    in_force: ArrayLike,
) -> Floats:
    """The score: a weighted sum, what is left of it, and what it may be at most.

    Args:
        time: time score.
        base: weighted sum of industry and source.
        place: place score.
        factor: what direction, instrument and place leave of the sum.
        cap: of the event's own traits.
        in_force: whether it had begun before the days searched and still acted.
    """
    total = np.add(np.multiply(WEIGHTS["time"], time), base)
    total = np.add(total, np.multiply(WEIGHTS["place"], place))
    capped = np.where(in_force, np.minimum(cap, MOST_IN_FORCE), cap)
    return np.asarray(np.minimum(np.multiply(total, factor), capped))
