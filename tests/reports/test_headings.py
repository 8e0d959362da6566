"""What the heading and the first table may say: no month that is not known, no cause by chance."""

import re

import pytest

from reports.made import (
    episode,
    evidence,
    told,
    yunnan,
)
from reports.made_events import LEAD, NOTICE, TIN, linked
from tanzhe.errors import Language
from tanzhe.model import Evidence, Note, PeakStatus
from tanzhe.reports import Findings, render

REGISTERS = ("raw", "plain", "formal", "brief")
EVERYWHERE = [(register, language) for register in REGISTERS for language in ("zh", "en")]


def text_of(found: Findings, register: str, language: str) -> str:
    spoken: Language = "en" if language == "en" else "zh"
    return str(render(found, register, "md", spoken))


def with_record(first: str, last: str) -> Findings:
    made = yunnan()
    assert isinstance(made.peak, PeakStatus) and made.peak.month == "2021-08"
    return made.model_copy(
        update={"peak": made.peak.model_copy(update={"month_interval": (first, last)})}
    )


def heading(text: str) -> str:
    """The finding: the first line, in raw a line of its own below the title."""
    found = [line for line in text.splitlines() if "此后下降" in line or "since" in line]
    return found[0]


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_a_record_is_dated_as_well_as_it_is_known(register: str, language: str) -> None:
    narrow = heading(text_of(with_record("2021-06", "2021-09"), register, language))
    assert (
        "十二个月合计2021年8月最高"
        if language == "zh"
        else "highest in the twelve months to August 2021"
    ) in narrow
    wide = heading(text_of(with_record("2016-09", "2022-10"), register, language))
    assert ("2016—2022年间最高" if language == "zh" else "highest in 2016–2022") in wide
    assert "8月" not in wide and "August" not in wide
    year = heading(text_of(with_record("2021-02", "2021-12"), register, language))
    assert ("：2021年最高" if language == "zh" else "highest in 2021,") in year


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_an_episode_is_dated_as_well_as_it_is_known(register: str, language: str) -> None:
    wide = episode("2021-09").model_copy(update={"begin_interval": ("2019-03", "2021-11")})
    text = text_of(told(wide), register, language)
    assert ("2019—2021年间起" if language == "zh" else "rom 2019–2021") in text
    ended = episode("2021-09", shape="pulse", end="2022-03").model_copy(
        update={"begin_interval": ("2020-11", "2021-11")}
    )
    text = text_of(told(ended), register, language)
    last = "2020—2021年间至2022年1—2月"
    assert (last if language == "zh" else "2020–2021 to January–February 2022") in text


def row_of(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(("| 1　", "| 1 ·")))


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_what_may_be_chance_is_no_cause_in_the_summary(register: str, language: str) -> None:
    one = episode("2021-09")
    weak = told(one, evidence=(evidence(one, linked(TIN, grade="weak")),), effects=None)
    row = row_of(text_of(weak, register, language))
    assert TIN.name not in row and str(TIN.name_en) not in row
    named = ("没查到比碰巧更说得通的", "未查到比偶然巧合更可信的事项", "better than chance")
    assert any(words in row.lower() for words in named)
    medium = told(one, evidence=(evidence(one, linked(NOTICE, grade="medium")),), effects=None)
    row = row_of(text_of(medium, register, language))
    assert (NOTICE.name if language == "zh" else str(NOTICE.name_en)) in row
    nothing = told(one, evidence=(evidence(one),), effects=None)
    row = row_of(text_of(nothing, register, language)).lower()
    assert any(words in row for words in ("未查到", "没查到", "not found"))
    assert isinstance(weak.evidence[0], Evidence)


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_another_trend_is_sized_by_the_end_of_the_data(register: str, language: str) -> None:
    bend = episode("2018-07", -8.4, (-12.0, -3.0), shape="bend", trend_change=-1.4)
    row = row_of(text_of(told(bend), register, language))
    says = ("到数据末尾", "截至末期", "by the end of the data")
    assert any(words in row for words in says)
    step = row_of(text_of(told(episode("2021-09")), register, language))
    assert not any(words in step for words in says)


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_what_may_be_a_fault_says_so_beside_the_shape(register: str, language: str) -> None:
    note = Note(code="disputed", zh="真实变动和数据问题都有可能。", en="Either reading is open.")
    one = episode("2021-09").model_copy(update={"notes": (note,)})
    text = text_of(told(one), register, language)
    row = row_of(text)
    assert "也可能是数据问题" in row or "or a fault of the data" in row
    if register != "brief":
        assert note.zh.rstrip("。") in text or note.en.rstrip(".") in text


@pytest.mark.parametrize(("register", "language"), EVERYWHERE)
def test_the_summary_names_the_weightiest_of_the_products(register: str, language: str) -> None:
    text = text_of(yunnan(), register, language)
    says = {
        "zh": r"(单看产品|分产品)另?有?，?另?有?\d(段|次|个)\S*十种有色金属2019年8月—2020年3月",
        "en": r"Of single products: \d more; the weightiest: ten nonferrous metals, August 2019",
    }
    head = text.split("\n## ")[0] if register == "raw" else text
    assert re.search(says[language], head)


def test_a_lead_that_began_afterwards_is_not_printed() -> None:
    one = episode("2021-09")
    lead = linked(LEAD, grade="none", p=None)
    late = lead.model_copy(update={"link": lead.link.model_copy(update={"context": True})})
    early = evidence(one).model_copy(update={"leads": (lead,)})
    assert LEAD.name in text_of(told(one, evidence=(early,)), "plain", "zh")
    after = evidence(one).model_copy(update={"leads": (late,)})
    assert LEAD.name not in text_of(told(one, evidence=(after,)), "plain", "zh")
