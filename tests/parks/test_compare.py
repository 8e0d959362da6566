"""Parks side by side: states, risk at the review, refusals."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tanzhe.api.parks.comparisons import compare
from tanzhe.errors import InputError
from tanzhe.parks.assessment.outlook import completion
from tanzhe.parks.compare import Comparison, ParkOutlook

STATED = {
    "product_limit": 2, "solid_waste": 0.9, "waste_energy": 0.6, "water_reuse": 0.9,
    "clean_transport": 0.7, "roof_pv": 0.6, "green_building": 0.4, "cfp_products": 12,
    "energy_diagnosis": 1,
}  # fmt: skip


def park(folder: Path, name: str, year: int = 2025, *, proven: float, **more: Any) -> Path:
    """A park of 1,000 GWh, all electric, of which `proven` GWh have certificates."""
    stated = more.pop("stated", STATED)
    tree = {
        "name": name, "region": "云南", "year": year, "equivalence_kgce_per_kwh": 0.3,
        "equivalence_source": "用例",
        "electricity": [
            {
                "supply": "grid", "kwh": 1e9, "evidence": "电费单",
                "certificates": [
                    {
                        "id": more.pop("certificate", f"{name}{year}"), "mwh": proven * 1000,
                        "generated": f"{year}-03", "status": "cancelled", "holder": name,
                    }
                ],
            }
        ],
        "indicators": {k: {"value": v, "evidence": "台账"} for k, v in stated.items()},
        **more,
    }  # fmt: skip
    file = folder / f"{name}-{year}.json"
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    return file


def outlook(result: Comparison, name: str) -> ParkOutlook:
    return next(one for one in result.outlooks if one.name == name)


def test_states_side_by_side(tmp_path: Path) -> None:
    """1,000 GWh are 300,000 tce: 60,000 t are allowed; 100 unproven GWh emit 83,250 t."""
    files = [park(tmp_path, "甲园", proven=950), park(tmp_path, "乙园", proven=900)]
    result = compare(files)
    assert result.rules == "cn-yn-2025-987"
    told = {one.name: (one.core, one.gap_tco2, one.limit) for one in result.states}
    assert told == {
        "甲园": (True, 0.0, 0.2), "乙园": (False, pytest.approx(23_250), 0.2),
    }  # fmt: skip
    assert result.review is not None and result.review.date == "2026-12"
    assert outlook(result, "甲园").expected.outlook == "on_track"
    assert outlook(result, "乙园").expected.outlook == "at_risk"


def test_projects_in_time_close_the_gap(tmp_path: Path) -> None:
    """A gap of 23,250 t: 24,000 t by September 2026 close it, in 2027 they come too late."""
    project = {"name": "直连风电", "abatement": 24_000, "owner": "能投", "investment": 9000}
    files = [
        park(tmp_path, "及时", proven=900, projects=[{**project, "period": "2025年3月—2026年9月"}]),
        park(tmp_path, "太晚", proven=900, projects=[{**project, "period": "2026—2027"}]),
        park(tmp_path, "已建", proven=900, projects=[{**project, "period": "2024—2025"}]),
        park(tmp_path, "不足", proven=900,
             projects=[{**project, "period": "2026", "abatement": 23_000}]),
    ]  # fmt: skip
    result = compare(files)
    outlooks = {one.name: one.expected.outlook for one in result.outlooks}
    assert outlooks == {
        "及时": "relies_on_projects", "太晚": "at_risk", "已建": "at_risk", "不足": "at_risk",
    }  # fmt: skip
    expected = outlook(result, "及时").expected.projections[0]
    assert expected.value == pytest.approx((83_250 - 24_000) / 300_000)
    assert {one.park for one in result.projects} == {"及时", "太晚", "已建", "不足"}


def test_one_park_over_the_years_on_a_straight_line(tmp_path: Path) -> None:
    """0.02775 in 2024 and 0.13875 in 2025 lead to 0.24975 in 2026, above 0.2."""
    files = [park(tmp_path, "甲园", 2024, proven=990), park(tmp_path, "甲园", 2025, proven=950)]
    result = compare(files)
    expected = outlook(result, "甲园").expected
    assert [one.year for one in result.states] == [2024, 2025]
    assert expected.outlook == "at_risk"
    assert expected.projections[0].value == pytest.approx(0.24975)
    assert "0.2497" in expected.reasons[0]


def test_falling_emissions_are_on_track(tmp_path: Path) -> None:
    files = [park(tmp_path, "甲园", 2024, proven=930), park(tmp_path, "甲园", 2025, proven=960)]
    assert outlook(compare(files), "甲园").expected.outlook == "on_track"


def test_missing_data_is_a_risk_and_listed(tmp_path: Path) -> None:
    some = {key: value for key, value in STATED.items() if key != "roof_pv"}
    files = [park(tmp_path, "缺数", proven=950, stated=some), park(tmp_path, "齐全", proven=950)]
    result = compare(files)
    state = next(one for one in result.states if one.name == "缺数")
    assert state.missing == ("可利用建筑屋顶光伏覆盖率",)
    assert state.verdict == "cannot_judge"
    assert outlook(result, "缺数").expected.outlook == "at_risk"
    assert any(one.where == "roof_pv" for one in state.evidence)


def test_other_mandatory_indicators_are_a_risk(tmp_path: Path) -> None:
    files = [
        park(tmp_path, "屋顶少", proven=950, stated={**STATED, "roof_pv": 0.2}),
        park(tmp_path, "用水多", proven=950, stated={**STATED, "water_reuse": 0.2}),
    ]
    result = compare(files)
    assert outlook(result, "屋顶少").expected.outlook == "at_risk"
    assert outlook(result, "用水多").expected.outlook == "on_track"  # guiding: may be explained


def test_below_the_lowest_tier_there_is_no_risk_to_judge(tmp_path: Path) -> None:
    small = [{"supply": "grid", "kwh": 1e8, "evidence": "电费单"}]
    files = [park(tmp_path, "小园", proven=0, electricity=small), park(tmp_path, "甲", proven=950)]
    assert outlook(compare(files), "小园").expected.outlook == "no_threshold"


def test_every_fault_of_every_file_at_once(tmp_path: Path) -> None:
    first = park(tmp_path, "甲园", proven=950)
    again = tmp_path / "again.json"
    again.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    bad = tmp_path / "bad.json"
    bad.write_text('{"name": "x", "region": "云南"}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        compare([first, again, bad, tmp_path / "none.json"])
    where = "\n".join(fault.where for fault in caught.value.faults)
    for word in ("again.json", "bad.json: year", "bad.json: electricity", "none.json"):
        assert word in where
    assert any("已见于 甲园-2025.json" in fault.what.zh for fault in caught.value.faults)


def test_one_certificate_for_two_parks_is_refused(tmp_path: Path) -> None:
    files = [park(tmp_path, name, proven=950, certificate="GEC-1") for name in ("甲园", "乙园")]
    with pytest.raises(InputError) as caught:
        compare(files)
    assert "GEC-1" in str(caught.value)


def test_two_rule_sets_need_one_to_be_chosen(tmp_path: Path) -> None:
    files = [park(tmp_path, "甲园", proven=950), park(tmp_path, "乙园", proven=950, region="贵州")]
    with pytest.raises(InputError) as caught:
        compare(files)
    assert "--rules" in caught.value.faults[0].do.zh
    assert compare(files, rules="cn-ndrc-2025-910").rules == "cn-ndrc-2025-910"


def test_one_file_is_no_comparison(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        compare([park(tmp_path, "甲园", proven=950)])


def test_different_coefficients_are_said(tmp_path: Path) -> None:
    files = [
        park(tmp_path, "甲园", proven=950),
        park(tmp_path, "乙园", proven=950, equivalence_kgce_per_kwh=0.285),
    ]
    assert "equivalence_differs" in {note.code for note in compare(files).notes}


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2024年3月—2026年6月", date(2026, 6, 30)),
        ("2026年底建成", date(2026, 12, 31)),
        ("2025-2026", date(2026, 12, 31)),
        ("2024/05-2026/11", date(2026, 11, 30)),
        ("2026", date(2026, 12, 31)),
        ("待定", None),
        ("", None),
    ],
)
def test_when_a_project_is_done(period: str, day: date | None) -> None:
    assert completion(period) == day


@pytest.mark.parametrize(("gj", "leaps"), [(3.1e6, False), (3.2e6, True), (1e9, True)])
def test_a_leap_from_one_year_to_the_next_is_told(tmp_path: Path, gj: float, leaps: bool) -> None:
    """Heat of 1,000,000 GJ the year before; half a power of ten is 3,162,278 GJ."""
    heat = {"direction": "in", "fossil": True, "evidence": "结算单"}
    files = [
        park(tmp_path, "甲园", 2024, proven=950, heat=[{**heat, "gj": 1e6}]),
        park(tmp_path, "甲园", 2025, proven=950, heat=[{**heat, "gj": gj}]),
    ]
    told = [note.zh for note in compare(files).notes if note.code.startswith("leap.")]
    assert any("热力能耗" in one and "请核对单位" in one for one in told) is leaps
