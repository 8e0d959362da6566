"""Every word the rulebook quotes from 发改环资〔2025〕910号 stands in the stored full text."""

import hashlib
from pathlib import Path

import pytest

from tanzhe.model.rules import Authority
from tanzhe.rulebook import rule_set, rule_values
from tanzhe.rulebook.numerals import says_number

FILE = Path(__file__).parents[3] / "shared/data/new_2026_11/910_notice_and_annexes.txt"
NUMBER = "发改环资〔2025〕910号"
needs_text = pytest.mark.skipif(not FILE.exists(), reason="the document is not in ../shared")


def annex(number: int) -> str:
    """The text of one annex."""
    return FILE.read_text(encoding="utf-8").split(f"== 附件{number} ")[1].split("\n== 附件")[0]


def claimed() -> list[tuple[str, float, Authority]]:
    """Every value and threshold of the rulebook that claims the document."""
    values = [(one.id, one.value, one.authority) for one in rule_values("annex4")]
    rows = rule_set("cn-ndrc-2025-910").indicators
    found = [*values, *((one.id, one.threshold, one.authority) for one in rows)]
    return [one for one in found if one[2].number == NUMBER]


def test_what_is_claimed() -> None:
    assert len(claimed()) == 7 + 7


@needs_text
@pytest.mark.parametrize("one", claimed(), ids=lambda one: one[0])
def test_the_quote_stands_in_its_annex_and_holds_the_number(
    one: tuple[str, float, Authority],
) -> None:
    _, value, authority = one
    text = annex(int(authority.place[2]))  # 附件3 or 附件4
    assert authority.quote and text.count(authority.quote) >= 1
    assert says_number(authority.quote, value)


@needs_text
def test_hash_dates_and_title() -> None:
    raw = FILE.read_bytes()
    head = raw.decode("utf-8").split("== 附件1 ")[0]
    assert "2025年6月30日" in head and NUMBER in head
    for _, _, authority in claimed():
        assert authority.sha256 == hashlib.sha256(raw).hexdigest()
        assert (authority.signed, authority.published) == ("2025-06-30", "2025-07-08")
        assert "关于开展零碳园区建设的通知" in authority.title


@needs_text
def test_names_definitions_and_quoted_notes_stand_there_too() -> None:
    text, national = annex(3), rule_set("cn-ndrc-2025-910")
    for one in national.indicators:
        assert one.name in text and one.definition in text
    energy = national.indicators[0].note.split("原文“")[1].split("”等价系数")[0]
    assert energy in text
    for words in ("原则上不得申请验收", "作为园区验收的参考指标", "相关指标将不纳入验收要求"):
        assert words in text and words in national.note
