"""Counts of a register on both sides of what is believed: 100 kW rated, a count each quarter."""

from datetime import date

import numpy as np
import pytest

from tanzhe.meters.registers import judged, pace_of
from tanzhe.meters.rows import MICRO
from tanzhe.meters.tree import Meter

SLOT = 900
MOST = 27.5  # kWh a quarter of an hour at a tenth above 100 kW
DIGIT = 0.01  # the last of two decimals


def meter(**change: object) -> Meter:
    told = {"meter": "M", "firm": "甲", "carrier": "electricity", "unit": "kWh",
            "capacity": 100.0, "start": date(2025, 1, 1)} | change  # fmt: skip
    return Meter(**told)  # type: ignore[arg-type]


def found(counts: list[float], one: Meter, times: list[int] | None = None) -> list[tuple[str, int]]:
    """Kinds of findings with how many readings each is about."""
    at = np.array(times or [SLOT * n for n in range(len(counts))])
    value = np.rint(np.array(counts) * MICRO).astype(np.int64)
    return [(str(f.kind), f.count) for f in judged(one, at, value).findings]


def rising(length: int = 40, step: float = 20.0, first: float = 50_000.0) -> list[float]:
    return [first + step * n for n in range(length)]


def stepped(at: int, gain: float, length: int = 40) -> list[float]:
    """A count that rises by 20 and once by another gain."""
    steps = [20.0] * (length - 1)
    steps[at - 1] = gain
    return [50_000.0 + sum(steps[:n]) for n in range(length)]


@pytest.mark.parametrize(
    ("gain", "told"),
    [(MOST, []), (MOST + DIGIT, []), (MOST + DIGIT + 1e-5, [("jump", 1)]), (5_000.0, [("jump", 1)]),
     (0.0, [])],
)  # fmt: skip
def test_a_step_above_the_rated_load_is_a_jump(gain: float, told: list[tuple[str, int]]) -> None:
    assert found(stepped(20, gain), meter()) == told
    known = judged(meter(), SLOT * np.arange(40),
                   np.rint(np.array(stepped(20, gain)) * MICRO).astype(np.int64)).known  # fmt: skip
    assert np.flatnonzero(~known).tolist() == ([0, 20] if told else [0])


def test_a_multiplier_and_decimals_count_in_what_may_be_added() -> None:
    for gain, told in ((MOST / 40 + DIGIT, []), (MOST / 40 + DIGIT + 1e-5, [("jump", 1)])):
        steps = [50_000 + 0.5 * n + (gain - 0.5 if n >= 20 else 0) for n in range(40)]
        assert found(steps, meter(multiplier=40.0)) == told
    for gain, told in ((MOST + 1, []), (MOST + 1.001, [("jump", 1)])):
        assert found(stepped(20, gain), meter(decimals=0)) == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (99_990.0, 5.0, "roll_over"), (90_000.5, 5.0, "roll_over"), (90_000.0, 5.0, "reset"),
        (99_990.0, 9_999.5, "roll_over"), (99_990.0, 10_000.0, "reset"),
        (65_530.0, 3.0, "reset"),
    ],
)  # fmt: skip
def test_a_register_of_five_digits_rolls_over(before: float, after: float, told: str) -> None:
    """After forty days out of reach: whatever 110 kW could add in them is there."""
    low = [before - 20.0 * n for n in range(9, -1, -1)]
    high = [after + 20.0 * n for n in range(10)]
    times = [SLOT * n for n in range(10)] + [40 * 86_400 + SLOT * n for n in range(10)]
    assert [kind for kind, _ in found([*low, *high], meter(digits=5), times)] == [told]


def test_what_a_roll_over_adds() -> None:
    value = np.rint(np.array([*rising(10, first=99_810), *rising(10, first=10)]) * MICRO)
    gain = judged(meter(digits=5), SLOT * np.arange(20), value.astype(np.int64)).gain
    assert (gain[1:] / MICRO).tolist() == pytest.approx([20.0] * 19)


@pytest.mark.parametrize(
    ("times", "told"),
    [(1_000.0, "unit"), (1_049.0, "unit"), (1_051.0, "jump"), (10_000.0, "unit"), (951.0, "unit"),
     (949.0, "jump"), (100.0, "jump")],
)  # fmt: skip
def test_a_count_a_thousandfold_off_is_a_slip_of_units(times: float, told: str) -> None:
    slipped = [times * 50_400.0 + 20 * n for n in range(20)]
    assert found([*rising(20), *slipped], meter())[0][0] == told
    back = [one / times for one in rising(20, first=50_420.0)]
    lower = {"unit": "unit", "jump": "reset"}[told]
    assert found([*rising(20), *back], meter())[0][0] == lower


@pytest.mark.parametrize(
    ("code", "digits", "kind"),
    [
        (0.0, None, "sentinel"), (-1.0, None, "sentinel"), (65_535.0, None, "sentinel"),
        (4_294_967_295.0, None, "sentinel"), (999_999.0, 6, "sentinel"), (999_999.0, 5, "spike"),
        (999_998.0, 6, "spike"), (1.0, None, "backwards"), (65_534.0, None, "spike"),
        (0.5, None, "backwards"),
    ],
)  # fmt: skip
def test_codes_that_stand_for_no_answer(code: float, digits: int | None, kind: str) -> None:
    for length in (1, 3):
        counts = rising()
        counts[20 : 20 + length] = [code] * length
        assert found(counts, meter(digits=digits)) == [(kind, length)]


@pytest.mark.parametrize(("length", "told"), [(198, ["spike"]), (199, ["spike"]), (200, ["jump"])])
def test_a_wrong_count_comes_back_within_two_hundred_readings(length: int, told: list[str]) -> None:
    counts = rising(420, step=1.0)
    for at in range(100, 100 + length):
        counts[at] += 500.0
    kinds = [kind for kind, _ in found(counts, meter())]
    assert kinds[:1] == told


@pytest.mark.parametrize(
    ("runs", "told"),
    [([23], []), ([24], [("still", 24)]), ([30, 24], [("still", 30), ("still", 24)]),
     ([24, 24, 24], [])],
)  # fmt: skip
def test_a_register_that_stands_still(runs: list[int], told: list[tuple[str, int]]) -> None:
    counts = rising(10)
    for length in runs:
        counts += [counts[-1] + 20.0] * length
        counts += [counts[-1] + 20.0 * n for n in range(1, 11)]
    assert found(counts, meter()) == told


@pytest.mark.parametrize(("length", "kinds"), [(24, ["stuck"]), (23, [])])
def test_what_stood_still_and_caught_up_was_stuck(length: int, kinds: list[str]) -> None:
    counts = rising(10)
    counts += [counts[-1]] * (length - 1)
    counts += [counts[-1] + 20.0 * length + 20.0 * n for n in range(10)]
    assert [kind for kind, _ in found(counts, meter())] == kinds


@pytest.mark.parametrize(
    ("over", "length", "told"),
    [(12, 2_000, "jump"), (13, 2_000, "overload"), (15, 3_000, "jump"), (16, 3_000, "overload")],
)
def test_a_rating_that_is_exceeded_often_is_off(over: int, length: int, told: str) -> None:
    steps = np.full(length, 20.0)
    steps[10 : 10 + 3 * over : 3] = 60.0
    counts = (50_000 + np.concatenate([[0], np.cumsum(steps)])).tolist()
    told_of = found(counts, meter())
    assert told_of == ([(told, length + 1)] if told == "overload" else [(told, 1)] * over)
    assert (
        told == "jump"
        or pace_of(
            meter(),
            SLOT * np.arange(length + 1),
            np.rint(np.array(counts) * MICRO).astype(np.int64),
        ).overloads
        == over
    )


@pytest.mark.parametrize(
    ("steps", "gain", "told"),
    [(30, 200.0, []), (30, 200.1, ["jump"]), (18, 5_000.0, [])],
)
def test_without_a_rating_ten_times_the_busiest_is_a_jump(
    steps: int, gain: float, told: list[str]
) -> None:
    """From twenty steps on the busiest are known; with fewer nothing that rises is impossible."""
    kinds = [kind for kind, _ in found(stepped(10, gain, steps), meter(capacity=None))]
    assert kinds == told
