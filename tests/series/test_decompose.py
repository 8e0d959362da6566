import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.model import Part, Series
from tanzhe.periods import Month, merged_periods
from tanzhe.series import drivers, nbs_series
from tanzhe.series.decompose import common_basket, days_in

PERIODS = tuple(str(m) for m in merged_periods(Month(2019, 2), Month(2022, 12)))


def series(*parts: tuple[float | None, ...]) -> Series:
    return Series(
        region="X",
        sector="industry",
        unit="MtCO2",
        frequency="month",
        merged=True,
        periods=PERIODS,
        values=(None,) * len(PERIODS),
        source="x",
        vintage="x",
        sha256="x",
        parts=tuple(Part(product=f"p{i}", values=values) for i, values in enumerate(parts)),
    )


rows = st.lists(st.floats(0.001, 1e4), min_size=len(PERIODS), max_size=len(PERIODS)).map(tuple)


@given(parts=st.lists(rows, min_size=1, max_size=6))
def test_contributions_add_up(parts: list[tuple[float, ...]]) -> None:
    one = series(*parts)
    before, after = PERIODS[0:11], PERIODS[22:33]
    found = drivers(one, before, after)
    means = [
        math.fsum(v for p in parts for period, v in zip(PERIODS, p, strict=True) if period in w)
        / sum(days_in(period, merged=True) for period in w)
        for w in (before, after)
    ]
    total = 100 * (means[1] - means[0]) / means[0]
    assert math.isclose(
        math.fsum(d.percentage_points for d in found), total, rel_tol=1e-9, abs_tol=1e-9
    )


def test_missing_product_is_left_out_for_both() -> None:
    flat: tuple[float | None, ...] = (1.0,) * len(PERIODS)
    ends = flat[:22] + (None,) * (len(PERIODS) - 22)
    found = drivers(series(flat, ends), PERIODS[:11], PERIODS[22:33])
    assert [(d.product, d.percentage_points) for d in found] == [("p0", 0.0)]


def test_constant_daily_output_has_no_change_over_leap_years() -> None:
    values = tuple(float(days_in(p, merged=True)) for p in PERIODS)
    found = drivers(series(values), PERIODS[:11], PERIODS[11:22])
    assert found[0].percentage_points == pytest.approx(0, abs=1e-12)


def test_no_parts_no_drivers() -> None:
    assert drivers(series(), PERIODS[:2], PERIODS[11:13]) == ()


def test_unknown_and_empty_windows() -> None:
    with pytest.raises(InputError) as caught:
        drivers(series(), ["1999-05", "1999-06"], PERIODS[:1])
    assert len(caught.value.faults) == 2
    with pytest.raises(InputError, match="empty"):
        drivers(series(), [], PERIODS[:1])


def test_jiangsu_2021_is_steel_first() -> None:
    months = ("09", "10", "11", "12")
    one = nbs_series("CN-JS", "industry")
    found = drivers(one, [f"2020-{m}" for m in months], [f"2021-{m}" for m in months])
    assert found[0].product == "crude_steel"
    assert found[0].percentage_points < -5


def test_common_basket() -> None:
    parts = (Part(product="a", values=(1.0, None)), Part(product="b", values=(1.0, 2.0)))
    assert [p.product for p in common_basket(parts, [0, 1])] == ["b"]
