"""Why a verdict is withheld, where sources stand, since when there are figures."""

import json

import pytest

from reports.made import (
    FOUND,
    effect_of,
    effects,
    episode,
    evidence,
    findings,
    hainan,
    series,
    told,
)
from reports.made_events import event, linked
from tanzhe.errors import Language
from tanzhe.model import Note, Source
from tanzhe.reports import Findings, render
from tanzhe.reports.effectpage import effects_rows

FULL = ("raw", "plain", "formal")
REGISTERS = (*FULL, "brief")
HOST = "http://lu-xu.com/tiyu/628638.html"


def text_of(found: Findings, register: str, language: str) -> str:
    spoken: Language = "en" if language == "en" else "zh"
    return str(render(found, register, "md", spoken))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("noisy", ("本身波动太大", "its own ups and downs are too large")),
        ("unclear", ("与平常的波动分不开", "no larger than ordinary ups and downs")),
        ("base_off", ("事件之前就已偏离", "before the event")),
        ("others_moved_too", ("其他地区同期也这样", "other regions moved the same way")),
        ("few_placebos", ("缺少可对照的时段", "too short")),
    ],
)
def test_what_cannot_be_told_says_why_in_the_table(
    code: str, says: tuple[str, str], language: str
) -> None:
    one = effect_of("x", "限电", -8.0, "cannot_tell").model_copy(
        update={"notes": (Note(code=code, zh="理由。", en="Why."),)}
    )
    found = effects(one)
    for register in FULL:
        text = text_of(told(episode("2021-09"), effects=found), register, language)
        assert says[language == "en"] in text
    spoken: Language = "en" if language == "en" else "zh"
    assert says[language == "en"] in effects_rows(found, spoken)[1][-1]
    decided = one.model_copy(update={"verdict": "effect"})
    row = effects_rows(effects(decided), spoken)[1]
    assert says[language == "en"] not in row[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", FULL)
def test_addresses_nobody_vouches_for_stand_once_in_the_annex(register: str, language: str) -> None:
    mirror = Source(url=HOST, publisher="lu-xu.com（转载）", tier="unknown", as_text=True)
    paper = Source(url="https://www.eeo.com.cn/1.html", publisher="经济观察网", tier="media")
    one = episode("2021-09")
    what = event("lock", "一级响应", "2021-09-02", "启动响应。", name_en="Level one")
    both = what.model_copy(update={"sources": (mirror, paper)})
    text = text_of(told(one, evidence=(evidence(one, linked(both)),)), register, language)
    body, annex = text.split("## 附录" if language == "zh" else "## Annex")
    shown = HOST.replace(":", "\\:", 1)
    assert "lu-xu" not in body and "经济观察网" in body
    assert annex.count(shown) == 1 and "转载网站" not in body
    alone = what.model_copy(update={"sources": (mirror, mirror)})
    text = text_of(told(one, evidence=(evidence(one, linked(alone)),)), register, language)
    body = text.split("## 附录" if language == "zh" else "## Annex")[0]
    assert body.count("转载网站" if language == "zh" else "a site that repeats others") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", REGISTERS)
def test_a_works_that_opened_within_the_data_says_when(register: str, language: str) -> None:
    note = Note(code="started", zh="2019年5月以前数值为零。", en="Zero before 2019-05.")
    of = series("某厂", "排放", "tCO2", first="2018-05").model_copy(update={"notes": (note,)})
    text = text_of(told(episode("2021-09"), of=of), register, language)
    assert ("2018年5月起有数值" if language == "zh" else "May 2018 is the first") in text
    assert "排放碳排放" not in text and "of 排放" not in text
    assert "起有数值" not in text_of(hainan(), register, language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", REGISTERS)
def test_nothing_but_zeros_says_what_to_do(register: str, language: str) -> None:
    idle = series().model_copy(update={"values": (None,) * 99})
    text = text_of(findings(None, of=idle, peak=False), register, language)
    assert ("请" in text and "列" in text and "留空" in text) or "Check the column" in text


def test_the_json_of_a_report_holds_the_power_system() -> None:
    assert json.loads(render(hainan(), "plain", "json"))["power"] is None
    told_power = json.loads(render(FOUND["yunnan"](), "plain", "json"))["power"]
    assert told_power["changes"][0]["shares"][0]["term"] == "hydro_power_generation"
