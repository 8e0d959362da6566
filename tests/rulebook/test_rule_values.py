"""Which value holds for a year: several dated values of one id, made up for the purpose."""

import sys

import pytest

from tanzhe.errors import InputError
from tanzhe.model.park import Override
from tanzhe.rulebook import rule_value
from tanzhe.rulebook import rule_values as look_up
from tanzhe.rulebook.table_file import Table, parse_table

HEAD = """
table: made
name: 试验
family: co2
documents:
  old: {title: 旧办法, number: 某文〔2022〕1号, published: 2022-06-30}
  new: {title: 新办法, number: 某文〔2024〕9号, published: 2024-03}
  newer: {title: 更正, number: 某文〔2025〕2号, published: 2025}
defaults: {place: 表1, confidence: confirmed, checked: {by: 某人, on: 2026-01-01}}
values:
"""
ROWS = {
    "factor, describes: 2021, document: old": "0.1",
    "factor, describes: 2022, document: new": "0.2",
    "factor, describes: 2022, document: newer": "0.25",
    "limit, used_from: 2023, used_to: 2025, document: old": "0.3",
    "limit, used_from: 2026, document: new": "0.4",
    "fixed, describes: 2022, carrying: refused, document: old": "0.5",
    "ended, used_to: 2023, carrying: refused, document: old": "0.6",
    "expired, used_to: 2023, document: old": "0.7",
}


@pytest.fixture(autouse=True)
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(
        f"  - {{id: {key}, name: 数, value: {value} tCO2/t}}\n" for key, value in ROWS.items()
    )
    made: tuple[Table, ...] = (parse_table(HEAD + rows, name="made.yaml"),)
    module = sys.modules["tanzhe.rulebook.rule_values"]  # its package has a function of this name
    monkeypatch.setattr(module, "tables", lambda name: made)


@pytest.mark.parametrize(
    ("key", "year", "known_on", "value", "carried"),
    [
        ("factor", 2021, None, 0.1, False),
        ("factor", 2022, None, 0.25, False),  # the youngest edition of the year described
        ("factor", 2030, None, 0.25, True),
        ("factor", 2022, "2024-12-31", 0.2, False),  # the correction of 2025 was not known
        ("factor", 2022, "2024-03-31", 0.2, False),
        ("factor", 2022, "2024-03-30", 0.1, True),  # a bare month counts from its end
        ("factor", 2022, "2022-06-30", 0.1, True),
        ("limit", 2023, None, 0.3, False),
        ("limit", 2025, None, 0.3, False),
        ("limit", 2026, None, 0.4, False),
        ("limit", 2040, None, 0.4, False),
        ("limit", 2026, "2023-01-01", 0.3, True),
        ("fixed", 2022, None, 0.5, False),
        ("ended", 2023, None, 0.6, False),
        ("ended", 1990, None, 0.6, False),
        ("expired", 2024, None, 0.7, True),
    ],
)
def test_value(key: str, year: int, known_on: str | None, value: float, carried: bool) -> None:
    found = rule_value(f"made.{key}", year=year, known_on=known_on)
    codes = [note.code for note in found.notes]
    assert found.value.value == value
    assert codes == ([f"carried.made.{key}"] if carried else [])


@pytest.mark.parametrize(
    ("key", "year", "known_on", "told"),
    [
        ("factor", 2020, None, "最早用于 2021 年"),
        ("factor", 2022, "2022-06-29", "尚未公布"),
        ("limit", 2022, None, "最早用于 2023 年"),
        ("fixed", 2023, None, "不得沿用"),
        ("fixed", 2021, None, "最早用于 2022 年"),
        ("ended", 2024, None, "不得沿用"),
        ("factor", 2022, "2024", "不是日期"),
        ("factor", 2022, "2024-02-30", "不是日期"),
    ],
)
def test_refused(key: str, year: int, known_on: str | None, told: str) -> None:
    with pytest.raises(InputError) as caught:
        rule_value(f"made.{key}", year=year, known_on=known_on)
    assert told in caught.value.said("zh")


def override(**changes: object) -> Override:
    base = {
        "id": "made.factor", "value": 0.31, "unit": "tCO2/t", "document": "检测报告〔2026〕5号",
        "quote": "实测为0.31吨/吨",
    }  # fmt: skip
    return Override.model_validate(base | changes)


def test_an_override_of_another_id_changes_nothing() -> None:
    found = rule_value("made.factor", year=2022, overrides=[override(id="made.limit")])
    assert found.value.value == 0.25


def test_an_override_is_told_with_both_numbers() -> None:
    found = rule_value("made.factor", year=2022, overrides=[override()])
    assert found.value.value == 0.31 and found.value.confidence == "user"
    assert found.value.authority.quote == "实测为0.31吨/吨" and found.value.checked is None
    (note,) = found.notes
    assert "0.31 tCO2/t" in note.zh and "0.25 tCO2/t" in note.zh and "检测报告" in note.zh


def test_two_overrides_of_one_id_are_refused() -> None:
    with pytest.raises(InputError, match="两个替代值"):
        rule_value("made.factor", year=2022, overrides=[override(), override(value=0.32)])


def test_all_faults_of_an_override_at_once() -> None:
    wrong = override(value=310.0, document=" ", quote="见附表")
    with pytest.raises(InputError) as caught:
        rule_value("made.factor", year=2022, overrides=[wrong])
    assert len(caught.value.faults) == 3


def test_the_look_up_lists_the_made_up_table() -> None:
    assert len(look_up("made")) == len(ROWS)
