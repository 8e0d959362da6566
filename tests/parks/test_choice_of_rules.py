"""Which rule set judges a park: by province, year and workspace; broken ones are told."""

from pathlib import Path
from typing import Any

import pytest

from tanzhe.api.parks.assessment import assess
from tanzhe.errors import InputError
from tanzhe.workspace import Workspace

PARK: dict[str, Any] = {
    "name": "园区", "region": "四川省成都市", "year": 2026, "equivalence_kgce_per_kwh": 0.3,
    "electricity": [{"supply": "direct", "generation": "nonfossil", "kwh": 1e9}],
}  # fmt: skip
OWN = """\
id: cn-sc-2026-1
title: 四川省零碳园区建设指标体系
region: CN-SC
document: {title: 四川方案, number: 川发改〔2026〕1号, place: 附件, published: 2026-05-01}
issued: 2026-05-01
used_from: 2026
indicators:
  - {id: core, kind: core, name: 单位能耗碳排放, measure: emission_per_energy, operator: <=,
     threshold: 0.15, unit: tCO2/tce, duty: mandatory, place: 表, quote: ≤0.15,
     confidence: confirmed, checked: {by: 张三, on: 2026-06-01}}
draft: false
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Any:
    (tmp_path / "rules").mkdir()
    with Workspace.open(tmp_path) as opened:
        yield opened


def own(workspace: Workspace, text: str = OWN, name: str = "cn-sc-2026-1") -> None:
    (workspace.folder / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_confirmed_set_of_the_province_is_chosen_and_said(workspace: Workspace) -> None:
    own(workspace)
    told = assess(PARK, workspace=workspace)
    assert (told.rules, told.tier, told.verdict) == ("cn-sc-2026-1", "core", "met")
    assert any("cn-sc-2026-1" in note.zh for note in told.notes)


def test_a_year_before_the_set_is_judged_by_it_with_a_note(workspace: Workspace) -> None:
    own(workspace)
    told = assess({**PARK, "year": 2025}, workspace=workspace)
    assert told.rules == "cn-sc-2026-1"
    assert any(note.code == "rules_later" for note in told.notes)


def test_of_two_sets_the_one_for_the_year(workspace: Workspace) -> None:
    own(workspace)
    later = OWN.replace("2026-1", "2027-1").replace("issued: 2026", "issued: 2027")
    own(workspace, later.replace("used_from: 2026", "used_from: 2027"), "cn-sc-2027-1")
    assert assess(PARK, workspace=workspace).rules == "cn-sc-2026-1"
    assert assess({**PARK, "year": 2027}, workspace=workspace).rules == "cn-sc-2027-1"


def test_a_broken_set_is_told_and_not_fatal(workspace: Workspace) -> None:
    own(workspace, "id: [", "cn-sc-2026-9")
    told = assess(PARK, workspace=workspace)
    assert told.rules == "cn-ndrc-2025-910"
    assert any("cn-sc-2026-9" in note.zh for note in told.notes)
    with pytest.raises(InputError):
        assess(PARK, rules="cn-sc-2026-9", workspace=workspace)


def test_other_provinces_have_the_national_set_and_yunnan_its_own() -> None:
    assert assess(PARK).rules == "cn-ndrc-2025-910"
    for name in ("云南", "云南省曲靖市", "Yunnan", "530000", 530000, "CN-YN", "滇"):
        assert assess({**PARK, "region": name}).rules == "cn-yn-2025-987"
