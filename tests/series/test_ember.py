"""The nation's months by source: figures by hand, the choice of the source, January."""

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.rulebook import fixed_factor
from tanzhe.series.calendar import monthly
from tanzhe.series.ember import COLUMNS, ember, ember_series
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import output, packaged
from tanzhe.series.sources import load_series


def at(sector: str, period: str) -> float:
    series = ember_series("CN", sector)
    return float(series.array[series.periods.index(period)])


def test_figures_are_the_columns_in_our_units() -> None:
    """2026-07: coal 532.1, gas 34.02, other fossil 8.69 TWh; wind 89.16; demand 1,038.45."""
    assert at("thermal_power_generation", "2026-07") == pytest.approx(5748.1)
    assert at("wind_power_generation", "2026-07") == pytest.approx(891.6)
    assert at("electricity_consumption", "2026-07") == pytest.approx(10384.5)
    factor = fixed_factor("thermal_power_generation").quantity.value
    assert at("power", "2026-07") == pytest.approx(574.81 * factor)


def test_january_is_merged_as_everywhere() -> None:
    """January and February 2026: wind 106.22 and 100.57 TWh, together 2,067.9 of 亿千瓦时."""
    merged = monthly(ember_series("CN", "wind_power_generation"))
    assert merged.periods[0] == "2016-02" and not any(p.endswith("-01") for p in merged.periods)
    assert merged.array[merged.periods.index("2026-02")] == pytest.approx(2067.9)
    assert [note.code for note in merged.notes] == ["ember", "merged_january_february"]
    power = monthly(ember_series("CN", "power"))
    assert power.array == pytest.approx(np.array(power.parts[0].values, dtype=float))


def test_sources_add_up_to_generation_and_nearly_to_demand() -> None:
    every = [ember_series("CN", product).array for product in COLUMNS]
    *sources, generation, demand = every
    assert np.sum(sources, axis=0) == pytest.approx(generation)
    assert np.abs(demand - generation).max() <= 30  # net imports, 亿千瓦时


def test_levels_are_those_of_the_statistics_office() -> None:
    """Fossil and bioenergy together are thermal power of the sum of the provinces, by year."""
    series = [ember_series("CN", p) for p in ("thermal_power_generation", "bioenergy_generation")]
    office = np.nansum(output("thermal_power_generation"), axis=0)
    for year in range(2016, 2025):
        mine = sum(s.array[[p[:4] == str(year) for p in s.periods]].sum() for s in series)
        theirs = office[[p[:4] == str(year) for p in packaged().periods]].sum()
        assert mine == pytest.approx(theirs, rel=0.03)


@pytest.mark.parametrize(
    ("region", "sector", "source"),
    [
        ("全国", "电力", "ember"),
        ("CN", "火电", "ember"),
        ("全国", "用电量", "ember"),
        ("全国", "风电", "ember"),
        ("全国", "工业", "nbs-output"),
        ("全国", "水泥", "nbs-output"),
        ("云南", "电力", "nbs-output"),
    ],
)
def test_the_default_is_the_source_that_reaches_furthest(
    region: str, sector: str, source: str
) -> None:
    assert load_series(region, sector).source == source


def test_the_other_source_is_there_by_name_and_where_the_span_begins_earlier() -> None:
    assert load_series("全国", "电力", "nbs-output").periods[-1] == "2024-12"
    assert load_series("全国", "电力", since="2015-03").source == "nbs-output"
    cut = load_series("全国", "电力", since="2020-01", until="2026-03")
    assert (cut.source, cut.periods[0], cut.periods[-1]) == ("ember", "2020-01", "2026-03")


def test_a_sum_of_provinces_says_so() -> None:
    for sector in ("industry", "cement"):
        assert "sum_of_provinces" in [note.code for note in nbs_series("CN", sector).notes]
    assert "sum_of_provinces" not in [note.code for note in nbs_series("CN-YN", "cement").notes]


def test_provinces_are_refused_with_the_way_on() -> None:
    with pytest.raises(InputError, match=r"Ember 数据不含“云南电力”.*--data nbs-output"):
        load_series("云南", "电力", "ember")


def test_nothing_is_missing() -> None:
    assert len(ember().periods) == 127
    assert all(np.isfinite(column).all() for column in ember().columns.values())
