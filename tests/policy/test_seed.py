"""The seed document, whole and damaged; skipped where ../shared is absent."""

import random
import re
from pathlib import Path

import pytest

from policy.made import indicator_words, read, task_words
from policy.test_damage import DAMAGES
from tanzhe.model.policy import PolicyDocument
from tanzhe.policy.tables.rules_draft import draft_rule_set
from tanzhe.rulebook import dump_rule_set, parse_rule_set, rule_set

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "yunnan_zero_carbon_parks_2025_987.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="needs ../shared/seeds")


@pytest.fixture(scope="module")
def text() -> str:
    return SEED.read_text(encoding="utf-8").strip()


@pytest.fixture(scope="module")
def policy(text: str) -> PolicyDocument:
    return read(text)


def test_tasks_run_on_across_sections(policy: PolicyDocument) -> None:
    ordinals = [*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五")]
    assert [t.number for t in policy.tasks] == [f"（{n}）" for n in ordinals]
    leading = {b.name for b in policy.tasks[13].responsible_bodies if b.role == "牵头"}
    assert leading == {"省发展改革委", "省工业和信息化厅", "省能源局"}
    # （十二） has no note: 由…统筹推进，…指导推进，…指导加强, and who 要切实担负起主体责任.
    assert [b.name for b in policy.tasks[11].responsible_bodies] == [
        "发展改革部门", "工业和信息化部门", "能源部门",
        "零碳园区所在县（市、区）人民政府", "园区管理机构",
    ]  # fmt: skip


def test_eleven_indicators_the_core_one_in_two_tiers(policy: PolicyDocument) -> None:
    assert len(policy.indicators) == 12
    assert len({i.name for i in policy.indicators}) == 11
    duties = {t.name: t.duty for t in policy.indicator_types}
    assert duties == {"核心指标": "mandatory", "引导指标": "excusable", "特色指标": "mandatory"}


def test_definitions_review_and_traps(policy: PolicyDocument) -> None:
    assert len(policy.definitions) == 5
    (review,) = policy.deadlines
    assert (review.kind, review.date) == ("review", "2026-12-31")
    assert "调出省级零碳园区建设名单" in review.consequence
    notes = " ".join(note.zh for note in policy.notes)
    for words in ("新能源交通运输工具比例", "清洁交通运输比例", "三类能源", "最低一档"):
        assert words in notes


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
def test_damage_changes_nothing(text: str, policy: PolicyDocument, damage) -> None:  # type: ignore[no-untyped-def]
    for seed in range(3):
        hurt = read(damage(text, random.Random(seed)))
        assert task_words(hurt) == task_words(policy)
        assert indicator_words(hurt) == indicator_words(policy)


def test_table_flattened_to_blanks_or_lines(text: str, policy: PolicyDocument) -> None:
    start, end = text.index("指标类型\t"), text.index("一、指标类型说明")
    for mark in ("  ", "\n", " "):
        table = re.sub(r"\n\t\t", "\n", text[start:end]).replace("\t", mark)
        assert indicator_words(read(text[:start] + table + text[end:])) == indicator_words(policy)


def test_the_draft_agrees_with_the_built_in_rule_set(policy: PolicyDocument) -> None:
    draft = parse_rule_set(dump_rule_set(draft_rule_set(policy)), name="draft.yaml")
    built_in = {i.id: i for i in rule_set("cn-yn-2025-987").indicators}
    assert draft.id == "cn-yn-2025-987" and draft.draft
    for one in draft.indicators:
        other = built_in[one.id]
        assert (one.measure, one.operator, one.threshold, one.unit, one.duty, one.condition) == (
            other.measure, other.operator, other.threshold, other.unit, other.duty, other.condition
        )  # fmt: skip
