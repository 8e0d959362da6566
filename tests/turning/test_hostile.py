"""What users and programs pass by mistake: handled or refused with a message, never a crash."""

import datetime
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tanzhe.api.series.turning import turning_points
from tanzhe.errors import InputError
from tanzhe.model import TurningPoint
from tanzhe.turning import breaks
from turning.panels import months, series_of

extremes = st.sampled_from([0.0, -0.0, 1e-300, -1e-300, 5e-324, 1e300, -1e300, 1.7e308, 1.0])
numbers = st.one_of(extremes, st.floats(allow_nan=True, allow_infinity=True))


@settings(max_examples=60)
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


DAYS = np.arange("2020-01-01", "2020-01-21", dtype="datetime64[D]")
NOT_NUMBERS = {
    "complex array": np.ones(20, complex),
    "dates": DAYS,
    "column of dates": pd.Series(DAYS),
    "durations": DAYS - DAYS[0],
    "truth values": np.arange(20) > 9,
    "texts": np.array(["1"] * 20),
}


@pytest.mark.parametrize("name", NOT_NUMBERS)
def test_columns_of_other_things_are_refused(name: str) -> None:
    with pytest.raises(InputError) as refused:
        breaks(NOT_NUMBERS[name])  # type: ignore[arg-type]
    (fault,) = refused.value.faults
    assert "数" in fault.what.zh and "numbers" in fault.do.en


@pytest.mark.parametrize(
    "cell",
    [
        *(True, np.True_, "1.5", b"1", 1 + 0j, np.complex128(1), [1.0], {}, object()),
        *(DAYS[0], DAYS[1] - DAYS[0], np.datetime64("NaT"), pd.NaT, pd.Timedelta(1, "D")),
        *(datetime.date(2020, 1, 1), datetime.timedelta(1), np.array(True)),
    ],
    ids=lambda c: type(c).__name__,
)
def test_a_cell_that_is_no_number_is_named(cell: object) -> None:
    with pytest.raises(InputError) as refused:
        breaks([1.0] * 9 + [cell] + [2.0] * 9)  # type: ignore[list-item]
    (fault,) = refused.value.faults
    assert fault.where == "values[9]" and fault.what.zh.startswith("1 处不是数")


@pytest.mark.parametrize(
    "values",
    [[10**400] * 20, np.full(20, "1e4000", np.longdouble), [Decimal("-1e400")] * 20,
     [Fraction(10**400)] * 20, [np.longdouble("1e4000")] * 20],
)  # fmt: skip
def test_numbers_too_large_are_no_infinite_ones(values: object) -> None:
    with pytest.raises(InputError) as refused:
        breaks(values)  # type: ignore[arg-type]
    (fault,) = refused.value.faults
    assert fault.what.en == "20 x beyond 1.8e+308" and fault.where.endswith("values[4], …")


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        breaks(["a", np.inf, True, -(10**400), float("-inf"), None])  # type: ignore[list-item]
    assert [(f.what.zh, f.where) for f in refused.value.faults] == [
        ("2 处不是数（bool、str）", "values[0], values[2]"),
        ("2 处无穷大", "values[1], values[4]"),
        ("1 处绝对值超过 1.8e+308", "values[3]"),
        ("只有 5 个数", "values"),
    ]


def test_what_is_hidden_or_absent_is_missing() -> None:
    y = 1 + 0.1 * np.random.default_rng(4).normal(size=60) + (np.arange(60) >= 33)
    gone = np.isin(np.arange(60), [7, 31, 50])
    expected = breaks(np.where(gone, np.nan, y))
    assert [b.index for b in expected] == [33] and expected[0].interval[0] <= 33
    for odd in (1e9, np.inf, np.nan):
        assert breaks(np.ma.masked_array(np.where(gone, odd, y), mask=gone)) == expected
    cells = [[n if g else v for v, g in zip(y.tolist(), gone, strict=True)]
             for n in (None, pd.NA, np.ma.masked, Decimal("NaN"), Decimal("sNaN"))]  # fmt: skip
    assert all(breaks(row) == expected for row in cells)
    assert breaks(pd.Series(y).mask(gone).astype("Float64")) == expected


def test_decimals_and_fractions_are_numbers() -> None:
    tenths = [10, 12, 11, 9, 10, 11, 12, 10, 31, 30, 32, 31, 30, 31, 29, 30]
    expected = breaks([t / 10 for t in tenths])
    assert [b.index for b in expected] == [8]
    assert breaks([Decimal(t) / 10 for t in tenths]) == expected
    assert breaks([Fraction(t, 10) for t in tenths]) == expected
    assert breaks(np.array(tenths, np.float32) / np.float32(10))[0].index == 8


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
    with pytest.raises(InputError, match=says) as refused:
        turning_points(series)
    if says.endswith("periods"):
        assert "January and February are one period" in refused.value.faults[0].do.en


@pytest.mark.parametrize("seed", range(3))
def test_time_reversed_has_the_mirrored_dates(seed: int) -> None:
    logs = np.random.default_rng(seed).normal(0, 0.03, 77)
    logs[30:] -= 0.25
    logs[52:] += 0.3
    there = [p for p in turning_points(series_of(logs)) if p.scope == "province"]
    back = [p for p in turning_points(series_of(logs[::-1].copy())) if p.scope == "province"]
    # Down at 30 and up at 52: whichever end is seen first, the edges are the same two.
    assert _edges(there) and {77 - edge for edge in _edges(back)} == _edges(there) == {30, 52}


def _edges(points: list[TurningPoint]) -> set[int]:
    periods = months(7)
    return {periods.index(at) for p in points for at in (p.date, p.until) if at is not None}
