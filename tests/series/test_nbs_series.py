import gzip
import hashlib
import math
from importlib.resources import files

import numpy as np
import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.sectors import find_sector, sector_of
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.output import covered, output, packaged


def codes(series: Series) -> list[str]:
    return [note.code for note in series.notes]


def test_yunnan_industry() -> None:
    series = nbs_series("CN-YN", "industry")
    assert (series.unit, series.frequency, series.merged) == ("MtCO2", "month", True)
    assert (series.periods[0], series.periods[-1], len(series)) == ("2015-02", "2024-12", 110)
    assert not any(p.endswith("-01") for p in series.periods)
    assert [p.product for p in series.parts] == [
        "cement",
        "crude_steel",
        "nonferrous_metals_10",
        "flat_glass",
    ]
    assert len(series.peers) == 30
    assert all(peer.peers == () for peer in series.peers)
    assert {"indicative_levels", "basket", "merged_january_february"} <= set(codes(series))
    packed = files("tanzhe.data").joinpath("nbs_output.csv.gz").read_bytes()
    assert series.sha256 == hashlib.sha256(packed).hexdigest()


def test_parts_add_up_and_have_factors() -> None:
    for series in nbs_panel("industry").values():
        for i, value in enumerate(series.values):
            cells = [part.values[i] for part in series.parts]
            if value is None:
                assert None in cells
                continue
            assert math.isclose(value, math.fsum(c for c in cells if c is not None), rel_tol=1e-12)
        for part in series.parts:
            assert part.factor
            assert part.factor_unit
            assert part.factor_source


def test_one_factor_over_the_whole_span() -> None:
    part = nbs_series("CN-YN", "industry").parts[1]
    ratio = np.array(part.values, dtype=float) / np.array(nbs_series("CN-YN", "crude_steel").values)
    assert np.ptp(ratio) < 1e-12


def test_no_pig_iron_alumina_or_electricity_in_industry() -> None:
    inside = {p.product for s in nbs_panel("industry").values() for p in s.parts}
    assert inside == {"cement", "crude_steel", "nonferrous_metals_10", "flat_glass"}


def test_chemicals_only_where_the_span_is_covered() -> None:
    inside = {p.product for s in nbs_panel("industry", last="2021-10").values() for p in s.parts}
    assert {"soda_ash", "caustic_soda", "ethylene"} <= inside
    assert nbs_series("CN-SD", "industry", last="2021-11").parts[-1].product == "flat_glass"


def test_guizhou_steel_gap_is_left_empty() -> None:
    series = nbs_series("CN-GZ", "industry")
    empty = [p for p, v in zip(series.periods, series.values, strict=True) if v is None]
    assert {"2021-11", "2021-12"} <= set(empty)
    assert "basket_gaps" in codes(series)


def test_small_product_with_gaps_is_named() -> None:
    series = nbs_series("CN-TJ", "industry")
    assert "nonferrous_metals_10" not in [part.product for part in series.parts]
    note = next(n for n in series.notes if n.code == "left_out")
    assert "十种有色金属" in note.zh
    assert None not in series.values


def test_jiangsu_pig_iron_takes_the_published_months() -> None:
    series = nbs_series("CN-JS", "pig_iron")
    at = dict(zip(series.periods, series.values, strict=True))
    assert at["2021-04"] == pytest.approx(897, abs=1)
    assert at["2021-05"] == pytest.approx(915, abs=1)


def test_aluminium_rationing_is_visible() -> None:
    series = nbs_series("CN-YN", "nonferrous_metals_10")
    at = dict(zip(series.periods, series.values, strict=True))
    assert (series.unit, series.parts) == ("万吨", ())
    # published months 54.9 and 43.9; the differences hold revisions of a few percent
    assert at["2021-03"] == pytest.approx(54.9, rel=0.05)
    assert at["2021-07"] == pytest.approx(43.9, rel=0.05)


def test_nothing_is_zero_or_negative() -> None:
    for product in packaged().products:
        known = output(product)[np.isfinite(output(product))]
        assert (known > 0).all(), product


def test_electricity_january_is_merged() -> None:
    values = nbs_series("CN-YN", "electricity_consumption").values
    february, march = values[0], values[1]
    assert february is not None and march is not None
    assert 1.4 < february / march < 2.4


def test_nation_is_the_sum_of_gap_free_cells() -> None:
    nation = nbs_series("CN", "industry")
    # Its report tells what they share; the nation is none of them.
    assert [one.region for one in nation.peers] == [
        one.region for one in nbs_panel("industry").values()
    ]
    assert None not in nation.values
    steel = next(p for p in nation.parts if p.product == "crude_steel")
    whole = np.nansum(output("crude_steel"), axis=0)
    share = np.array(steel.values, dtype=float) / (whole * 1.604e-2)
    assert share.min() > 0.8  # Fujian, Guangdong, Guangxi and Henan have a gap each


def test_national_output() -> None:
    cement = nbs_series("CN", "cement")
    year = math.fsum(
        v for p, v in zip(cement.periods, cement.values, strict=True) if v and p[:4] == "2020"
    )
    assert year == pytest.approx(238_000, rel=0.02)  # 万吨, the bureau's yearly figure


def test_power_is_thermal_generation() -> None:
    series = nbs_series("CN-HE", "power")
    assert [part.product for part in series.parts] == ["thermal_power_generation"]
    assert len(nbs_panel("power")) == 31


def test_product_ends_with_its_publication() -> None:
    assert nbs_series("CN-GX", "alumina").periods[-1] == "2021-10"
    assert covered("alumina") == (0, packaged().periods.index("2021-10") + 1)


@pytest.mark.parametrize(
    ("region", "sector", "first", "last", "said"),
    [
        ("CN-YN", "ground_transport", "2015-02", "2024-12", "carbon-monitor"),
        ("CN-YN", "bricks", "2015-02", "2024-12", "covered|Covered"),
        ("CN-XZ", "flat_glass", "2015-02", "2024-12", "Provinces with data"),
        ("CN-YN", "industry", "2015/02", "2024-12", "YYYY-MM"),
        ("CN-YN", "industry", "2015-13", "2024-12", "YYYY-MM"),
        ("CN-YN", "industry", "2010-02", "2030-12", "2015-02"),
        ("CN-YN", "industry", "2020-02", "2019-12", "since"),
        ("CN-GX", "alumina", "2022-02", "2024-12", "2021-10"),
    ],
)
def test_refusals(region: str, sector: str, first: str, last: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        nbs_series(region, sector, first, last)


def test_revisions_are_named() -> None:
    assert ("cement", "150000", 2017) in packaged().revised
    assert "revised_output" in codes(nbs_series("CN-NM", "industry"))


def test_packed_file_is_deterministic_gzip() -> None:
    packed = files("tanzhe.data").joinpath("nbs_output.csv.gz").read_bytes()
    assert packed[4:8] == b"\x00" * 4
    assert len(packed) < 300_000
    assert gzip.decompress(packed).decode("ascii").startswith("product,adcode,2015-02,")


def test_notes_hold_no_digits() -> None:
    for series in (*nbs_panel("industry").values(), nbs_series("CN", "industry")):
        for note in series.notes:
            assert not any(c.isdigit() for c in note.zh + note.en.replace("CO2", "")), note


def test_a_part_is_not_answered_with_its_whole() -> None:
    """Aluminium is the largest of the ten nonferrous metals and moves by itself."""
    assert sector_of("nonferrous_metals_10") != find_sector("电解铝") == find_sector("原铝")
    with pytest.raises(InputError) as refused:
        nbs_series("CN-NM", find_sector("电解铝").id)
    assert "同行业有数据的是：氧化铝、铝材、十种有色金属" in str(refused.value)
    assert "Of its industry there are: alumina, aluminium products" in str(refused.value)
