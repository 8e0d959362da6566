"""Why a verdict is withheld, where sources stand, since when there are figures."""

import io
import json
import re

import docx
import pytest

from reports.made import (
    FOUND,
    effect_of,
    effects,
    episode,
    episodes,
    evidence,
    findings,
    hainan,
    point,
    points_of,
    power,
    series,
    told,
)
from reports.made_events import event, linked
from tanzhe.errors import Language
from tanzhe.model import Note, Source
from tanzhe.reports import Findings, render
from tanzhe.reports.answers.effect import effects_rows

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
    named = "经济观察网" if language == "zh" else "Economic Observer"
    assert "lu-xu" not in body and named in body
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


def of_all(shock: float) -> Findings:
    """A loud region among ten that did the same in early 2020, with an edge of that spring."""
    quiet = series().periods
    values = tuple(
        10 * (1.75 if p.endswith("-02") else 1.0) * (shock if p in ("2020-02", "2020-03") else 1.0)
        for p in quiet
    )
    peers = tuple(series(f"CN-{n}").model_copy(update={"values": values}) for n in range(10))
    of = series(peers=peers)
    edges = points_of(episodes(of), point("2020-03", "calendar"), point("2019-03", "calendar"))
    return findings(episodes(of), points=edges)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", FULL)
def test_what_all_regions_did_is_no_matter_of_the_calendar(register: str, language: str) -> None:
    text = text_of(of_all(0.84), register, language)
    says = ("普遍下降（中位数16%", "16% in the median")[language == "en"]
    assert says in text and ("2020年3月" if language == "zh" else "March 2020") not in text
    assert ("2019年3月" if language == "zh" else "March 2019") in text
    usual = text_of(of_all(0.97), register, language)
    assert says not in usual and ("2020年3月" if language == "zh" else "March 2020") in usual
    up = text_of(of_all(1.2), register, language)
    assert ("普遍上升（中位数20%" if language == "zh" else "most were up (20%") in up


def test_the_year_after_a_shock_is_its_rebound_and_no_shock() -> None:
    made = of_all(0.84)
    points = points_of(episodes(made.series), point("2021-03", "calendar"))
    text = text_of(made.model_copy(update={"points": points}), "plain", "zh")
    assert "普遍" not in text and "2021年3月" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", REGISTERS)
def test_what_moved_thermal_power_stands_in_its_row(register: str, language: str) -> None:
    one = episode("2021-09", 30.0, (20.0, 40.0), sector="power")
    change = (
        power()
        .changes[0]
        .model_copy(update={"of": "episode", "episode": one.id, "against": "expected"})
    )
    system = power().model_copy(update={"changes": (change,)})
    assert change.thermal > 0
    of = series(sector="power")
    text = text_of(told(one, of=of, power=system, evidence=(evidence(one),)), register, language)
    row = next(line for line in text.splitlines() if line.startswith(("| 1　", "| 1 ·")))
    assert ("水电少发（占原因的100%）" if language == "zh" else "ydropower was lower (100%") in row
    fell = episode("2021-09", -30.0, (-40.0, -20.0), sector="power")
    other = told(fell, of=of, power=system, evidence=(evidence(fell),))
    assert "占原因的" not in text_of(other, register, "zh")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("zh", ("主要结论", "历次起落及可能的原因", "各年总量", "产品构成", "各项事件的作用")),
        (
            "en",
            (
                "Main findings",
                "What happened",
                "Yearly totals",
                "By product",
                "What the events did",
            ),
        ),
    ],
)
@pytest.mark.parametrize("register", FULL)
def test_tables_in_word_have_titles_of_their_own(
    register: str, language: str, titles: tuple[str, ...]
) -> None:
    spoken: Language = "en" if language == "en" else "zh"
    raw = render(FOUND["yunnan"](), register, "docx", spoken)
    assert isinstance(raw, bytes)
    lines = [one.text for one in docx.Document(io.BytesIO(raw)).paragraphs]
    captions = [line for line in lines if re.match(r"(表|Table )\d", line)]
    assert all(any(title in line for line in captions) for title in titles), captions
    assert not any("按时间" in line or "by when" in line for line in captions)
