"""What users and programs pass by mistake: handled or refused with a message, never a crash."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.turning import breaks, turning_points
from turning.panels import months, series_of

extremes = st.sampled_from([0.0, -0.0, 1e-300, -1e-300, 5e-324, 1e300, -1e300, 1.7e308, 1.0])
numbers = st.one_of(extremes, st.floats(allow_nan=True, allow_infinity=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, max_size=60))
@example([1.0] * 50)
@example([3.0])
@example([])
@example([np.nan] * 20)
@example([-1.7e308] * 20 + [1.7e308] * 20)
@example([1e-300, 1e300] * 15)
@example([0.0] * 20 + [5e-324] * 20)
def test_any_sequence_has_finite_breaks_or_is_refused(values: list[float]) -> None:
    try:
        found = breaks(values)
    except InputError as error:
        assert error.faults
        return
    assert [b.index for b in found] == sorted({b.index for b in found})
    for b in found:
        assert 0 < b.index < len(values)
        assert b.interval[0] <= b.index <= b.interval[1]
        assert 0 <= b.confidence <= 1 and np.isfinite(b.effect)


@pytest.mark.parametrize("size", [1e-300, 1e-20, 1e20, 1e300])
def test_the_size_of_numbers_does_not_matter(size: float) -> None:
    rng = np.random.default_rng(4)
    y = 1 + 0.1 * rng.normal(size=60) + (np.arange(60) >= 33)
    (plain,), (sized,) = breaks(y), breaks(y * size)
    assert (sized.index, sized.interval, sized.kind) == (plain.index, plain.interval, plain.kind)
    assert sized.effect == pytest.approx(plain.effect * size, rel=1e-9)


@pytest.mark.parametrize("values", ["abcdefghij", ["a"] * 9, [[1, 2], [3]], [[1.0] * 9] * 2, None])
def test_what_is_no_sequence_of_numbers_is_refused(values: object) -> None:
    with pytest.raises(InputError):
        breaks(values)  # type: ignore[arg-type]


def stepped(years: int = 7) -> np.ndarray:
    logs = np.random.default_rng(1).normal(0, 0.03, 11 * years)
    logs[5 * years :] -= 0.3
    return logs


HANDLED = {
    "constant": np.ones(77),
    "all but one the same": np.where(np.arange(77) == 30, 2.0, 1.0),
    "zeros": np.zeros(77),
    "1e-300": np.exp(stepped()) * 1e-300,
    "1e300": np.exp(stepped()) * 1e300,
    "denormal": np.exp(stepped()) * 1e-320,
    "every second one missing": np.where(np.arange(77) % 2, np.exp(stepped()), np.nan),
    "one whole year missing": np.where(np.arange(77) // 11 == 3, np.nan, np.exp(stepped())),
    "two years": np.exp(stepped()[24:46]),
}


@pytest.mark.parametrize("name", HANDLED)
def test_odd_series_have_finite_points(name: str) -> None:
    values = HANDLED[name]
    series = series_of(np.zeros(77)).model_copy(
        update={
            "values": tuple(None if np.isnan(v) else float(v) for v in values),
            "periods": tuple(months(7)[: len(values)]),
        }
    )
    points = turning_points(series, top=3)
    for p in points:
        assert np.isfinite([p.effect.percent, *p.effect.percent_interval, p.confidence]).all()
    if name in ("constant", "zeros", "all but one the same"):
        assert all(p.band == "weak" or p.scope == "calendar" for p in points)
    if name in ("1e-300", "1e300"):
        assert (points[0].date, points[0].kind) == (months(7)[35], "step")


REFUSED = {
    "one point": ([1.0], "1 periods"),
    "nothing": ([None] * 77, "0 periods"),
    "infinite": ([1.0] * 76 + [float("inf")], "Infinite"),
    "negative": ([1.0] * 76 + [-1.0], "Negative"),
    "600 powers of ten": ([1e-300] * 40 + [1e300] * 37, "600 powers"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_impossible_series_are_refused(name: str) -> None:
    values, says = REFUSED[name]
    periods = tuple(months(7)[: len(values)])
    series = series_of(np.zeros(77)).model_copy(
        update={"values": tuple(values), "periods": periods}
    )
    with pytest.raises(InputError, match=says):
        turning_points(series)


@pytest.mark.parametrize("seed", range(3))
def test_time_reversed_has_the_mirrored_dates(seed: int) -> None:
    logs = np.random.default_rng(seed).normal(0, 0.03, 77)
    logs[30:] -= 0.25
    logs[52:] += 0.3
    there = [p for p in turning_points(series_of(logs)) if p.scope == "province"]
    back = [p for p in turning_points(series_of(logs[::-1].copy())) if p.scope == "province"]
    periods = months(7)
    assert len(there) >= 1
    mirrored = sorted((77 - periods.index(p.date), -np.sign(p.effect.percent)) for p in back)
    assert mirrored == sorted((periods.index(p.date), np.sign(p.effect.percent)) for p in there)
