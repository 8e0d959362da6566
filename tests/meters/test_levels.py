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


def even() -> np.ndarray:
    """The same load every day, without noise."""
    return np.tile(np.rint(10_000 * (1.5 + np.sin(np.arange(SLOTS) / 15))), WEEKS * 7)


ROUND = (1.5, 2, 2.5, *range(3, 11), 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)


@pytest.mark.parametrize("way", [1, -1])
def test_a_level_moves_by_a_round_factor_or_by_the_multiplier(way: int) -> None:
    for factor in np.geomspace(1.3, 130, 400):
        near = any(abs(np.log(factor / one)) < 0.03 for one in (*ROUND, 70.0))
        if min(abs(abs(np.log(factor / one)) - 0.03) for one in (*ROUND, 70.0)) < 0.002:
            continue  # whole counts cannot tell
        gain = even() * 130
        gain[20 * SLOTS :] = np.rint(gain[20 * SLOTS :] * factor**way)
        assert len(found(gain, multiplier=70.0)) == near, factor
    for factor, told in ((1.3, False), (1.39, False), (1.41, True), (1.44, True)):
        gain = even() * 130
        gain[20 * SLOTS :] *= factor
        assert bool(found(gain, multiplier=factor)) is told


# Back within four days: a rest. Within eight its end is that of a week out of use, told once.
@pytest.mark.parametrize(("days", "told"), [(1, 0), (4, 0), (5, 1), (8, 1), (9, 2), (20, 2)])
def test_what_comes_back_within_days_is_a_rest(days: int, told: int) -> None:
    gain = even()
    gain[14 * SLOTS : (14 + days) * SLOTS] *= 2
    assert len(found(gain)) == told


@pytest.mark.parametrize(("step", "told"), [(900, 1), (3600, 1), (4000, 0), (7200, 0), (86_400, 0)])
def test_a_day_has_a_shape_from_hours_on(step: int, told: int) -> None:
    length = 42 * 86_400 // step
    gain = np.full(length, 10_000)
    gain[length // 2 :] *= 2
    time = step * np.arange(1, length + 1)
    known = np.ones(length, bool)
    assert len(list(level_findings("M", 40.0, time, gain, known, step))) == told
    for few, enough in ((2 * 86_400 // step, told), (2 * 86_400 // step - 1, 0)):
        short = np.repeat([10_000, 20_000], [few // 2, few - few // 2])
        short_time = step * np.arange(1, few + 1)
        kept = list(level_findings("M", 40.0, short_time, short, np.ones(few, bool), step))
        assert len(kept) == enough
