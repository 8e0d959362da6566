"""Levels that change in the statistics only: made-up ones on both sides of each rule, real ones."""

from pathlib import Path

import numpy as np
import pytest

from tanzhe import episodes, load
from tanzhe.model import Series
from tanzhe.periods import Month, merged_periods
from tanzhe.series.calendar import monthly
from tanzhe.series.companions import faulty_periods, rebased
from tanzhe.series.leaps import leaps, logs_of
from tanzhe.series.nbs import nbs_series
from tanzhe.series.rebased import rebased_levels
from tanzhe.tables.choices import Choices

PERIODS = tuple(str(m) for m in merged_periods(Month.parse("2015-01"), Month.parse("2022-12")))
NEW_YEAR, SUMMER = PERIODS.index("2019-02"), PERIODS.index("2019-07")


def made(product: str, at: int | None = None, size: float = 0.0, seed: int = 1) -> Series:
    """Season, noise of 3 % and a level change."""
    rng = np.random.default_rng(seed)
    t = np.arange(len(PERIODS))
    logs = np.log(100) + 0.1 * np.sin(2 * np.pi * t / 11) + 0.03 * rng.normal(size=len(t))
    if at is not None:
        logs[at:] += size
    return Series(
        region="CN-XX", sector=product, unit="万吨", frequency="month", merged=True,
        periods=PERIODS, values=tuple(np.exp(logs).tolist()), source="mine.csv", vintage="",
        sha256="0" * 64,
    )  # fmt: skip


def told(own: Series, *others: Series, made_from: str | None = None) -> dict[str, str]:
    known = {one.sector: one for one in others}
    found = rebased_levels(own, own.sector, known.get, made_from, None)
    return {period: note.code for period, (_, note) in found.items()}


@pytest.mark.parametrize("seed", range(10))
def test_a_leap_is_found_where_it_is(seed: int) -> None:
    for at in (NEW_YEAR, SUMMER):
        found = leaps(logs_of(made("flat_glass", at, 0.3, seed)))
        assert [leap.at for leap in found] == [at]
        assert found[0].size == pytest.approx(0.3, abs=0.06)
    assert leaps(logs_of(made("flat_glass", seed=seed))) == ()


def test_what_fades_or_climbs_is_no_leap() -> None:
    calm = made("flat_glass").array
    fading, ramp = calm.copy(), calm.copy()
    fading[NEW_YEAR : NEW_YEAR + 3] *= 0.6  # an epidemic
    ramp[NEW_YEAR:] *= np.minimum(1 + 0.08 * np.arange(len(ramp) - NEW_YEAR), 1.5)  # running in
    for values in (fading, ramp):
        one = made("flat_glass").model_copy(update={"values": tuple(values.tolist())})
        assert leaps(logs_of(one)) == ()


def test_new_year_needs_the_new_year_the_direction_and_the_product() -> None:
    assert told(made("flat_glass", NEW_YEAR, 0.3)) == {"2019-02": "new_year"}
    assert told(made("flat_glass", SUMMER, 0.3)) == {}
    assert told(made("flat_glass", NEW_YEAR, -0.4)) == {}  # a plant may close by the year's end
    assert told(made("flat_glass", NEW_YEAR, 0.12)) == {}
    assert told(made("cement", NEW_YEAR, 0.3)) == {}


def test_captive_plants_need_both_sides() -> None:
    thermal = made("thermal_power_generation", SUMMER, 0.25)
    both = made("electricity_consumption", SUMMER, 0.2, seed=2)
    assert told(thermal, both) == {"2019-07": "joined_statistics"}
    assert told(both, thermal) == {"2019-07": "joined_statistics"}
    assert told(thermal, made("electricity_consumption", seed=2)) == {}  # more is sent out
    down = made("electricity_consumption", SUMMER, -0.2, seed=2)
    assert told(made("thermal_power_generation", SUMMER, -0.25), down) == {}  # a slump


def test_a_proportion_needs_a_companion_that_stays() -> None:
    iron = made("pig_iron", SUMMER, 0.35)
    steel = made("crude_steel", seed=2)
    assert told(iron, steel, made_from="crude_steel") == {"2019-07": "companion_level"}
    follows = made("crude_steel", SUMMER, 0.35, seed=2)
    assert told(iron, follows, made_from="crude_steel") == {}
    small = made("pig_iron", SUMMER, 0.15)
    assert told(small, steel, made_from="crude_steel") == {}


@pytest.mark.parametrize(
    ("region", "product", "period", "code"),
    [
        ("CN-LN", "flat_glass", "2017-02", "new_year"),
        ("CN-SD", "thermal_power_generation", "2016-03", "joined_statistics"),
        ("CN-JS", "pig_iron", "2020-04", "companion_level"),
    ],
)
def test_levels_of_the_built_in_output(region: str, product: str, period: str, code: str) -> None:
    found = rebased(region, product, nbs_series(region, product))
    assert found[period][1].code == code


@pytest.mark.parametrize(
    ("region", "product"),
    [
        ("CN-SD", "nonferrous_metals_10"),  # 3.2 Mt of capacity closed in July 2017
        ("CN-GD", "crude_steel"),  # curbs of 2021
        ("CN-GS", "crude_steel"),
        ("CN-SH", "electricity_consumption"),  # the lockdown
        ("CN-SC", "thermal_power_generation"),  # droughts
        ("CN-YN", "thermal_power_generation"),
    ],
)
def test_what_happened_is_no_fault(region: str, product: str) -> None:
    assert rebased(region, product, nbs_series(region, product)) == {}


def test_an_episode_that_begins_with_such_a_level_is_of_the_data() -> None:
    found = episodes(load("福建", "有色金属"))
    (one,) = [e for e in found.episodes if e.begin == "2019-02"]
    assert one.scope == "data" and "new_year" in [note.code for note in one.notes]


@pytest.mark.parametrize(
    ("region", "product", "begin"),
    [
        ("贵州", "粗钢", "2024-06"),  # +62 % with iron unmoved, then a fifth more for four months
        ("宁夏", "生铁", "2024-02"),  # -81 % for three months with steel unmoved
    ],
)
def test_months_out_of_proportion_are_judged_together(
    region: str, product: str, begin: str
) -> None:
    found = episodes(load(region, product))
    (one,) = [e for e in found.episodes if e.begin == begin]
    assert one.scope == "data" and "companion" in [note.code for note in one.notes]


def told_of_steel(iron: float) -> tuple[str, list[str]]:
    """Scope and notes of four months of steel at +35 %, the iron of those months moved as asked."""
    during = slice(SUMMER, SUMMER + 4)
    moved = {}
    for product, by, seed in (("crude_steel", 1.35, 3), ("pig_iron", iron, 4)):
        values = made(product, seed=seed).array.copy()
        values[during] *= by
        moved[product] = made(product).model_copy(update={"values": tuple(values.tolist())})
    steel = moved["crude_steel"].model_copy(
        update={"region": "CN-GZ", "companions": (moved["pig_iron"],)}
    )
    (one,) = [e for e in episodes(steel).episodes if e.begin == PERIODS[SUMMER]]
    return one.scope, [note.code for note in one.notes]


def test_an_episode_of_months_needs_a_companion_that_stays() -> None:
    scope, notes = told_of_steel(1.0)
    assert scope == "data" and "companion" in notes
    scope, notes = told_of_steel(1.35)
    assert scope == "province" and "companion" not in notes


def write(path: Path, steel: Series, iron: Series) -> Path:
    rows = zip(steel.periods, steel.values, iron.values, strict=True)
    lines = [f"{p},{a or ''},{b or ''}" for p, a, b in rows]
    path.write_text("\n".join(["月份,粗钢产量(万吨),生铁产量(万吨)", *lines]), encoding="utf-8")
    return path


def test_a_table_of_ones_own_is_judged_by_its_own_figures(tmp_path: Path) -> None:
    """Fujian's steel beside its iron; then the same with the three booked months put right."""
    steel, iron = nbs_series("CN-FJ", "crude_steel"), nbs_series("CN-FJ", "pig_iron")
    column = Choices(column="粗钢产量(万吨)")
    mine = load("福建", "粗钢", write(tmp_path / "a.csv", steel, iron), choices=column)
    assert [one.sector for one in mine.companions] == ["pig_iron"]
    found = faulty_periods("CN-FJ", "crude_steel", monthly(mine))
    assert [found[f"2022-{m}"].code for m in (10, 11, 12)] == ["companion"] * 3

    right = [
        330.0 if p in ("2022-09", "2022-10", "2022-11", "2022-12") else v
        for p, v in zip(steel.periods, steel.values, strict=True)
    ]
    mended = steel.model_copy(update={"values": tuple(right)})
    mine = load("福建", "粗钢", write(tmp_path / "b.csv", mended, iron), choices=column)
    found = faulty_periods("CN-FJ", "crude_steel", monthly(mine))
    assert not any(period.startswith("2022-1") for period in found)


def test_a_table_of_one_product_has_no_companion(tmp_path: Path) -> None:
    steel = nbs_series("CN-FJ", "crude_steel")
    rows = [f"{p},{v or ''}" for p, v in zip(steel.periods, steel.values, strict=True)]
    path = tmp_path / "one.csv"
    path.write_text("\n".join(["date,value", *rows]), encoding="utf-8")
    assert load("福建", "粗钢", path, choices=Choices(unit="万吨")).companions == ()
