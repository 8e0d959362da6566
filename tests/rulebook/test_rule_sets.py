"""The built-in rule sets against the document, their YAML form, and what is refused."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError, TanzheError, UnknownName
from tanzhe.model.rules import Condition, Indicator, RuleSet
from tanzhe.rulebook import dump_rule_set, parse_rule_set, rule_set, rule_set_ids
from tanzhe.rulebook.confirm import confirmation_faults, confirmed, install
from tanzhe.rulebook.strict_yaml import read_yaml

SEED = Path(__file__).parents[3] / "shared/seeds/yunnan_zero_carbon_parks_2025_987.txt"
needs_seed = pytest.mark.skipif(not SEED.exists(), reason="the document is not in ../shared")


def draft(**changes: object) -> RuleSet:
    """The Yunnan set as a draft of another province, unchecked."""
    base = rule_set("cn-yn-2025-987")
    rows = tuple(one.model_copy(update={"checked": None}) for one in base.indicators)
    given = {"id": "cn-sc-2026-12", "draft": True, "indicators": rows}
    return base.model_copy(update=given | changes)


def first(**changes: object) -> tuple[Indicator, ...]:
    rows = draft().indicators
    return (rows[0].model_copy(update=changes), *rows[1:])


@needs_seed
def test_every_quote_stands_in_the_document() -> None:
    text = SEED.read_text(encoding="utf-8")
    yunnan = rule_set("cn-yn-2025-987")
    for one in yunnan.indicators:
        assert one.authority.quote in text, one.id
        assert one.definition in text, one.id
        assert one.name in text, one.id
    for review in yunnan.reviews:
        assert review.quote in text and review.consequence in text
    assert yunnan.document.title in text and yunnan.document.number in text


def test_the_yunnan_set() -> None:
    yunnan = rule_set("cn-yn-2025-987")
    told = {one.id: (one.kind, one.operator, one.threshold, one.unit, one.duty)
            for one in yunnan.indicators}  # fmt: skip
    assert told == {
        "core_020": ("core", "<=", 0.2, "tCO2/tce", "mandatory"),
        "core_030": ("core", "<=", 0.3, "tCO2/tce", "mandatory"),
        "clean_energy": ("guiding", ">=", 90, "%", "excusable"),
        "product_limit": ("guiding", "at_least_level", 2, "级", "excusable"),
        "solid_waste": ("guiding", ">=", 80, "%", "excusable"),
        "waste_energy": ("guiding", ">=", 50, "%", "excusable"),
        "water_reuse": ("guiding", ">=", 80, "%", "excusable"),
        "clean_transport": ("characteristic", ">=", 60, "%", "mandatory"),
        "roof_pv": ("characteristic", ">=", 50, "%", "mandatory"),
        "green_building": ("characteristic", ">=", 30, "%", "mandatory"),
        "cfp_products": ("characteristic", ">=", 10, "个", "mandatory"),
        "energy_diagnosis": ("characteristic", "==", 100, "%", "mandatory"),
    }
    assert [review.date for review in yunnan.reviews] == ["2026-12"]
    notes = {one.id: one.note for one in yunnan.indicators}
    assert "清洁交通运输比例" in notes["clean_transport"] and "运输量" in notes["clean_transport"]
    assert "三类能源" in notes["waste_energy"]
    assert "没有门槛" in yunnan.note


@pytest.mark.parametrize("id", ["cn-yn-2025-987", "cn-ndrc-2025-910"])
@pytest.mark.parametrize(
    ("tce", "tier"),
    [
        (199_999.99, []),
        (200_000, ["core_020"]),
        (999_999.99, ["core_020"]),
        (1_000_000, ["core_030"]),
        (5e7, ["core_030"]),
    ],
)
def test_tiers_meet_and_do_not_overlap(id: str, tce: float, tier: list[str]) -> None:
    rows = [one for one in rule_set(id).indicators if one.condition is not None]
    assert [one.id for one in rows if one.condition and one.condition.holds(tce)] == tier


def test_the_national_set() -> None:
    national = rule_set("cn-ndrc-2025-910")
    told = {one.id: (one.kind, one.operator, one.threshold, one.unit, one.duty)
            for one in national.indicators}  # fmt: skip
    assert told == {
        "core_020": ("core", "<=", 0.2, "tCO2/tce", "mandatory"),
        "core_030": ("core", "<=", 0.3, "tCO2/tce", "mandatory"),
        "clean_energy": ("guiding", ">=", 90, "%", "excusable"),
        "product_limit": ("guiding", "at_least_level", 2, "级", "excusable"),
        "solid_waste": ("guiding", ">=", 80, "%", "excusable"),
        "waste_energy": ("guiding", ">=", 50, "%", "excusable"),
        "water_reuse": ("guiding", ">=", 80, "%", "excusable"),
    }
    assert (national.issued, national.document.published) == ("2025-06-30", "2025-07-08")
    for one in national.indicators:
        assert one.authority.quote and one.checked and "没有与官方网址" in one.checked.how


@pytest.mark.parametrize("one", [*map(rule_set, rule_set_ids()), draft()], ids=lambda r: r.id)
def test_what_is_written_is_read_back(one: RuleSet) -> None:
    assert parse_rule_set(dump_rule_set(one), name="x.yaml") == one


def test_a_draft_says_how_to_review_it() -> None:
    text = dump_rule_set(draft())
    assert text.startswith("# 指标体系草案") and "tanzhe rules confirm" in text
    assert "checked: null" in text and "draft: true" in text
    assert "at_least: 200000\n" in text  # not 200000.0


def test_an_indicator_may_rest_on_another_document() -> None:
    rows = first(authority=draft().document.model_copy(update={"title": "另一份", "quote": "≤0.2"}))
    one = draft(indicators=rows)
    assert parse_rule_set(dump_rule_set(one), name="x.yaml") == one


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (first(measure=None), "还没有对应的量"),
        (first(measure="emission_per_enrgy"), "不认识的量"),
        (first(unit="吨每吨"), "不认识的单位"),
        (first(unit="%"), "不是一类"),
        (first(threshold=0.25), "引文中没有 0.25"),
        (first(threshold=200.0), "可信范围"),
        (first(operator="at_least_level"), "级"),
        (first(condition=Condition(measure="energy_tce", unit="tce")), "没有上下限"),
        (
            first(condition=Condition(measure="energy_tce", at_least=5e4, unit="tce")),
            "引文中没有 50000",
        ),
        (
            first(condition=Condition(measure="energy_tce", at_least=1e6, below=2e5, unit="tce")),
            "不小于上限",
        ),
        (first(condition=Condition(measure="enrgy", at_least=2e5, unit="tce")), "不认识的量"),
        (first(condition=Condition(measure="energy_tce", at_least=2e5, unit="度")), "不是一类"),
        (first(condition=None), "重叠"),
    ],
)
def test_a_confirmed_set_may_not_have_gaps(rows: tuple[Indicator, ...], told: str) -> None:
    faulty = draft(indicators=rows)
    read = parse_rule_set(dump_rule_set(faulty), name="x.yaml")  # a draft may
    faults = confirmation_faults(read, where="x.yaml")
    assert any(told in fault.what.zh for fault in faults)
    ready = faulty.model_copy(update={"draft": False})
    with pytest.raises(InputError) as caught:
        parse_rule_set(dump_rule_set(ready), name="x.yaml")
    assert told in caught.value.said("zh")


def test_own_measures_are_allowed_by_name() -> None:
    rows = first(measure="own_green_area")
    assert confirmation_faults(draft(indicators=rows), where="x") == []


def test_all_gaps_at_once() -> None:
    rows = draft().indicators
    faulty = (
        rows[0].model_copy(update={"measure": None}),
        rows[2].model_copy(update={"threshold": 95.0}),
        rows[3].model_copy(
            update={"authority": rows[3].authority.model_copy(update={"quote": ""})}
        ),
    )
    faults = confirmation_faults(
        draft(id="cn-yn-2025-987", region="CN-XX", indicators=faulty), where="x.yaml"
    )
    told = "".join(fault.what.zh for fault in faults)
    for part in ("没有对应的量", "引文中没有 95", "没有引文", "内置的指标体系", "地区代码"):
        assert part in told


def test_quotes_are_compared_with_the_archived_document() -> None:
    assert confirmation_faults(draft(), where="x", document="另一份文件") != []
    words = "\n".join(one.authority.quote for one in draft().indicators)
    assert confirmation_faults(draft(), where="x", document=words) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("threshold: 0.2", "threshold: 零点二", "不是数字"),
        ("threshold: 0.2", "threshold: 0.2\n    threshold: 0.3", "出现两次"),
        ("duty: mandatory", "duty: 必须", "只能是"),
        ("kind: core", "knid: core", "不认识的键"),
        ("region: CN-SC", "region: CN-SC\nextra: 1", "不认识的键"),
        ("id: core_030", "id: core_020", "core_020"),
        ("id: cn-sc-2026-12", "id: ../../etc/passwd", "不能用作文件名"),
        ("id: cn-sc-2026-12", "id: 四川", "不能用作文件名"),
        ("operator: <=", "operator: 小于", "只能是"),
        ("threshold: 0.2", "threshold: .inf", "不是"),
    ],
)
def test_faulty_files_are_refused(old: str, new: str, told: str) -> None:
    text = dump_rule_set(draft(region="CN-SC"))
    assert old in text
    with pytest.raises(InputError) as caught:
        parse_rule_set(text.replace(old, new, 1), name="x.yaml")
    assert told in caught.value.said("zh")


def test_references_and_depth_are_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]"
    for text in (bomb, "a: &a [*a]", "a: " + "[" * 100_000, "- " * 100_000, "? [a]\n: b"):
        with pytest.raises(InputError):
            read_yaml(text, name="x.yaml")


@settings(max_examples=60)
@given(st.data())
def test_any_damage_is_told_or_harmless(data: st.DataObject) -> None:
    """A rule set with some characters changed is read or refused; nothing else happens."""
    text = dump_rule_set(draft())
    start = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 40))
    piece = data.draw(st.text(max_size=8))
    with suppress(TanzheError):
        parse_rule_set(text[:start] + piece + text[start + length :], name="x.yaml")


def test_confirming_writes_name_and_day(tmp_path: Path) -> None:
    done = confirmed(draft(), by=" 张三 ", on="2026-01-05")
    assert not done.draft
    assert {one.checked.by for one in done.indicators if one.checked} == {"张三"}
    assert all(one.confidence == "confirmed" for one in done.indicators)
    path = install(done, tmp_path)
    assert path == tmp_path / "rules" / "cn-sc-2026-12.yaml"
    assert rule_set("cn-sc-2026-12", folder=tmp_path) == done
    assert rule_set_ids(tmp_path) == (*rule_set_ids(), "cn-sc-2026-12")
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("by", "on"),
    [
        ("", "2026-01-05"),
        ("  ", "2026-01-05"),
        ("张\x1b[2J", "2026-01-05"),
        ("张" * 99, "2026-01-05"),
        ("张三", "2026-13-05"),
        ("张三", "今天"),
        ("张三", "20260105"),
        ("张三", "2999-01-01"),
    ],
)
def test_name_and_day_must_be_usable(by: str, on: str) -> None:
    with pytest.raises(InputError):
        confirmed(draft(), by=by, on=on)


def test_built_in_sets_are_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="内置"):
        install(rule_set("cn-yn-2025-987"), tmp_path)
    folder = tmp_path / "rules"
    folder.mkdir()
    text = dump_rule_set(rule_set("cn-yn-2025-987")).replace("0.2", "0.9")
    (folder / "cn-yn-2025-987.yaml").write_text(text, encoding="utf-8")
    assert rule_set("cn-yn-2025-987", folder=tmp_path).indicators[0].threshold == 0.2


def test_a_draft_in_the_workspace_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    path = tmp_path / "rules" / "cn-sc-2026-12.yaml"
    path.write_text(dump_rule_set(draft()), encoding="utf-8")
    with pytest.raises(InputError, match="草案"):
        rule_set("cn-sc-2026-12", folder=tmp_path)
    with pytest.raises(UnknownName, match="cn-yn-2025-987"):
        rule_set("cn-sc-2026-13", folder=tmp_path)
