"""Documents with what is known of them, and the register of zero-carbon parks."""

import csv
from pathlib import Path

import pytest

from tanzhe.errors import UnknownName
from tanzhe.rulebook import activity_factors, rule_set, rule_set_ids, rule_values, table_names
from tanzhe.rulebook.documents import CITABLE, rule_documents
from tanzhe.rulebook.park_register import parks_in, recognised, registered_parks

FOLDER = Path(__file__).parents[3] / "shared/data/new_2026_11"
needs_data = pytest.mark.skipif(not FOLDER.exists(), reason="the lists are not in ../shared")


def test_a_lead_never_stands_behind_a_number() -> None:
    leads = {one.number for one in rule_documents() if one.state not in CITABLE and one.number}
    cited = {value.authority.number for name in table_names() for value in rule_values(name)}
    cited |= {rule_set(id).document.number for id in rule_set_ids()}
    cited |= {v.authority.number for factor in activity_factors().values() for v in factor.values}
    assert not leads & cited


def test_what_is_not_known_is_said() -> None:
    for one in rule_documents():
        assert one.known or one.unknown or one.state == "news", one.id
        assert one.unknown or one.state in CITABLE or one.state == "news", one.id


def test_the_rules_of_2026() -> None:
    found = {one.id: one for one in rule_documents()}
    assert found["order-42"].state == "lead"
    assert found["renewable-minimum-draft-2025"].state == "draft"
    certificates = found["gec-rules-2026-01"]
    assert certificates.state == "trial" and certificates.date == "2026-01-07"
    assert any("全文" in said for said in certificates.unknown)


@needs_data
def test_every_document_of_the_list_is_there() -> None:
    with (FOLDER / "documents_2025_2026.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["title"].startswith("附件")]
    ours = {one.title.partition("（附件")[0]: one for one in rule_documents()}
    states = {"in force": "in_force", "standard plan": "standard_plan", "news of a policy": "news"}
    for row in rows:
        one = ours[row["title"]]
        assert one.state == states.get(row["state"], row["state"])
        assert row["number"].partition(" (")[0] in one.number


@needs_data
def test_every_park_of_the_list_is_there() -> None:
    with (FOLDER / "zero_carbon_parks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scopes = {"whole": "整体", "part": "园中园", None: ""}
    ours = [
        (one.name, one.province, one.city, scopes[one.scope], str(one.start), str(one.end or ""))
        for one in registered_parks()
    ]
    keys = ("park", "province", "city", "scope", "start", "end")
    assert ours == [tuple(row[key] for key in keys) for row in rows]
    assert len(ours) == 71


def test_parks_of_a_region() -> None:
    assert {one.level for one in parks_in("广东")} == {"national", "provincial"}
    assert parks_in("Sichuan") == parks_in("CN-SC") and len(parks_in("四川")) == 5
    assert len(parks_in()) == len(parks_in("全国")) == 71
    assert parks_in("新疆")[-1].places == (
        "新疆生产建设兵团", "Xinjiang (Production and Construction Corps)",
    )  # fmt: skip
    with pytest.raises(UnknownName):
        parks_in("东瀛")


@pytest.mark.parametrize(
    ("name", "region", "found", "certain"),
    [
        ("云南曲靖经济技术开发区", "CN-YN", "云南曲靖经济技术开发区", True),
        ("曲靖经济技术开发区零碳园区", "CN-YN", "云南曲靖经济技术开发区", True),
        ("曲靖经济技术开发区（园中园）", "CN-YN", "云南曲靖经济技术开发区", True),
        ("祥云经开区", "CN-YN", "云南大理祥云经济技术开发区", False),
        ("大理州祥云县经济技术开发区", "CN-YN", "云南大理祥云经济技术开发区", False),
        ("北京经开区", "CN-BJ", "北京经济技术开发区", False),
        ("石河子经济技术开发区", "CN-XJ", "新疆生产建设兵团石河子经济技术开发区", True),
        ("广西北海铁山港工业区", "CN-GX", "广西北海铁山港（临海）工业区", True),
        ("阳江高新区", "CN-GD", None, False),  # in brackets behind another name
        ("曲靖经济技术开发区", "CN-SC", None, False),  # another province
        ("昆明经济技术开发区", "CN-YN", None, False),
        ("经济技术开发区", "CN-TJ", None, False),
        ("高新区", "CN-HE", None, False),
        ("示例零碳园区（虚构）", "CN-YN", None, False),
        ("", "CN-YN", None, False),
    ],
)
def test_a_park_is_recognised_by_its_name(
    name: str, region: str, found: str | None, certain: bool
) -> None:
    parks, sure = recognised(name, region)
    assert ([one.name for one in parks], sure) == ([found] if found else [], certain)


def test_a_park_on_two_lists_is_told_of_both() -> None:
    twice = [one.name for one in registered_parks()]
    assert len(set(twice)) == len(twice)  # none is today
