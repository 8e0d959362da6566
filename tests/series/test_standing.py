"""Where a series stands, against figures worked out by hand."""

import numpy as np
import pytest

from tanzhe.model import Part, Series
from tanzhe.periods import Month, merged_periods
from tanzhe.series.nbs import nbs_series
from tanzhe.series.sources import load_series
from tanzhe.series.standing import standing


def years_of(region: str, values: dict[int, float | None], **more: object) -> Series:
    return Series(
        region=region, sector="industry", unit="MtCO2", frequency="year",
        periods=tuple(str(year) for year in values), values=tuple(values.values()),
        source="my.csv", vintage="v", sha256="0", **more,  # type: ignore[arg-type]
    )  # fmt: skip


def months_of(level: dict[int, float], last: str = "2023-12", **more: object) -> Series:
    first = min(level)
    periods = tuple(str(m) for m in merged_periods(Month(first, 2), Month.parse(last)))
    values = tuple(level[int(p[:4])] * (2 if p.endswith("-02") else 1) for p in periods)
    return Series(
        region="CN-YN", sector="industry", unit="MtCO2", frequency="month", merged=True,
        periods=periods, values=values, source="my.csv", vintage="v", sha256="0",
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_years_growth_share_and_rank_by_hand() -> None:
    other = years_of("CN-SC", {2019: 30.0, 2020: 30.0, 2021: 20.0})
    third = years_of("CN-GZ", {2019: 50.0, 2020: 50.0, 2021: 50.0})
    found = standing(years_of("CN-YN", {2019: 20.0, 2020: 20.0, 2021: 30.0}, peers=(other, third)))
    last = found.years[-1]
    assert (last.value, last.growth_percent, last.share_percent) == (30.0, 50.0, 30.0)
    assert (last.rank, last.of) == (2, 3)
    assert [year.growth_percent for year in found.years] == [None, 0.0, 50.0]
    assert found.years[0].share_percent == 20.0 and found.years[0].rank == 3
    assert found.latest == last and found.reach == "table"
    assert [(m.region, m.value) for m in found.members] == [
        ("CN-GZ", 50.0), ("CN-YN", 30.0), ("CN-SC", 20.0),
    ]  # fmt: skip


def test_twelve_months_count_january_and_february_as_two() -> None:
    found = standing(months_of({2021: 1.0, 2022: 1.5, 2023: 1.2}))
    assert [year.value for year in found.years] == pytest.approx([12.0, 18.0, 14.4])
    assert found.latest is not None and found.latest.value == pytest.approx(14.4)
    assert found.latest.growth_percent == pytest.approx(-20.0)
    assert (found.latest.first, found.latest.last) == ("2023-02", "2023-12")
    assert found.members == () and found.reach is None and found.latest.share_percent is None


def test_a_year_to_date_is_compared_with_the_same_months() -> None:
    found = standing(months_of({2021: 1.0, 2022: 1.5, 2023: 1.8}, last="2023-06"))
    part = found.years[-1]
    assert not part.whole and part.value == pytest.approx(1.8 * 6)
    assert part.growth_percent == pytest.approx(20.0)
    # Half of 2022 and half of 2023 against half of 2021 and half of 2022.
    assert found.latest is not None and found.latest.value == pytest.approx(1.5 * 6 + 1.8 * 6)
    assert found.latest.growth_percent == pytest.approx(100 * (19.8 / 15.0 - 1), abs=0.01)


def test_changes_since_the_usual_years_and_over_plans() -> None:
    levels = {2015: 1.0, 2016: 1, 2017: 1, 2018: 1, 2019: 1, 2020: 1.2, 2021: 1.2, 2022: 0.9}
    by = {(c.since, c.until): c for c in standing(months_of(levels, last="2022-12")).changes}
    assert by["2015", "2022-12"].percent == pytest.approx(-10.0)
    assert by["2015", "2022-12"].percent_per_year == pytest.approx(
        100 * (0.9 ** (1 / 7) - 1), abs=0.01
    )
    assert by["2020", "2022-12"].percent == pytest.approx(-25.0)
    assert (by["2020", "2022-12"].plan, by["2020", "2022-12"].completed) == (14, False)
    assert (by["2015", "2020-12"].plan, by["2015", "2020-12"].completed) == (13, True)
    assert by["2015", "2020-12"].percent == pytest.approx(20.0) and len(by) == 3


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        (2019, 2023, [("2019", None), ("2020", 14)]),
        (2013, 2020, [("2015", 13)]),
        (2015, 2026, [("2015", None), ("2020", None), ("2025", 15), ("2020", 14)]),
        (2021, 2021, []),
        (1990, 2011, [("2010", 12), ("2005", 11)]),
    ],
)
def test_which_years_are_compared(
    first: int, last: int, wanted: list[tuple[str, int | None]]
) -> None:
    found = standing(years_of("CN-YN", dict.fromkeys(range(first, last + 1), 1.0)))
    assert [(c.since, c.plan) for c in found.changes] == wanted


def test_nothing_is_filled_in() -> None:
    made = months_of({2021: 1.0, 2022: 1.5, 2023: 3.0})
    holed = made.model_copy(update={"values": (*made.values[:-1], None)})
    found = standing(holed)
    assert found.years[-1].value is None and found.years[-1].growth_percent == pytest.approx(100.0)
    assert found.latest is not None and found.latest.last == "2023-11"
    empty = made.model_copy(update={"values": (*made.values[:-5], *([None] * 5))})
    assert standing(empty).years[-1].growth_percent is None


def test_an_unpublished_giant_leaves_the_share_open() -> None:
    giant = years_of("CN-HE", {2020: 900.0, 2021: None})
    dwarf = years_of("CN-XZ", {2020: 1.0, 2021: None})
    own = {2020: 50.0, 2021: 60.0}
    told = [
        standing(years_of("CN-YN", own, peers=(other, years_of("CN-SC", {2020: 50.0, 2021: 60.0}))))
        for other in (giant, dwarf)
    ]
    assert told[0].years[-1].share_percent is None and told[0].years[-1].rank is None
    assert told[1].years[-1].share_percent == 50.0


def test_products_by_hand() -> None:
    part = Part(product="cement", values=(6.0, 6.0, 9.0))
    other = Part(product="crude_steel", values=(4.0, 4.0, 1.0))
    made = years_of("CN-YN", {2015: 10.0, 2020: 10.0, 2021: 10.0}, parts=(other, part))
    cement, steel = standing(made).products
    assert (cement.product, cement.share_percent, cement.growth_percent) == ("cement", 90.0, 50.0)
    assert (steel.value, steel.change_percent) == (1.0, -75.0)


def test_zero_and_short_series_say_nothing_false() -> None:
    zero = standing(years_of("CN-SH", {2019: 0.0, 2020: 0.0}))
    assert zero.years[-1].value == 0.0 and zero.years[-1].growth_percent is None
    assert zero.latest is not None and all(c.percent == 0.0 for c in zero.changes)
    short = months_of({2023: 1.0}, last="2023-06")
    assert standing(short).latest is None and standing(short).changes == ()
    holes = short.model_copy(update={"values": (None,) * len(short)})
    assert standing(holes).years == ()


def test_the_built_in_province_and_the_nation() -> None:
    found = standing(nbs_series("CN-YN", "industry"))
    assert found.reach == "nation" and len(found.members) == 31
    shares = [member.share_percent for member in found.members]
    assert sum(shares) == pytest.approx(100, abs=0.2)
    assert sum(p.share_percent for p in found.products) == pytest.approx(100, abs=0.1)
    series = load_series("云南", "工业")
    year = np.array([p[:4] == "2021" for p in series.periods])
    assert found.years[6].value == pytest.approx(float(series.array[year].sum()))
    nation = standing(nbs_series("CN", "industry"))
    assert nation.latest is not None and nation.latest.share_percent is None
    assert nation.members[0].region == "CN-HE"
