"""A multiplier that changes at any hour of the week is found there, and a week's rest is not."""

import numpy as np
import pytest

from tanzhe.meters.clock import DAY
from tanzhe.meters.levels import level_findings

STEP, SLOTS = 900, 96
WEEKS = 6


def gains(seed: int = 3) -> np.ndarray:
    """Loads with days, weeks and noise, in hundredths of a count; from a Monday on."""
    rng = np.random.default_rng(seed)
    slot = np.arange(WEEKS * 7 * SLOTS)
    shape = 0.3 + 0.5 * np.exp(-((((slot % SLOTS) / 4 - 13) / 5) ** 2))
    week = np.where((slot // SLOTS) % 7 >= 5, 0.6, 1.0)
    return np.rint(1000 * shape * week * rng.normal(1, 0.05, len(slot)).clip(0.8, 1.2))


def found(gain: np.ndarray, multiplier: float = 40.0) -> list[int]:
    """Slots before which a change of multiplier is told."""
    time = STEP * np.arange(1, len(gain) + 1)
    known = np.ones(len(gain), bool)
    told = level_findings("M", multiplier, time, gain.astype(np.int64), known, STEP)
    return [one.begin // STEP for one in told]


@pytest.mark.parametrize("day", range(14, 28))
def test_a_doubling_is_found_on_every_day_of_the_week(day: int) -> None:
    at = day * SLOTS + 40 + day
    gain = gains()
    gain[at:] *= 2
    assert [abs(one - at) <= 1 for one in found(gain)] == [True]


def test_weekends_and_weeks_of_rest_are_no_change() -> None:
    gain = gains()
    assert found(gain) == []
    gain[14 * SLOTS : 21 * SLOTS] *= 0.5  # a week at half load
    assert found(gain) == []
    gain = gains()
    gain[17 * SLOTS : 18 * SLOTS] *= 0.5  # a day of rest
    assert found(gain) == []
    assert DAY == STEP * SLOTS
