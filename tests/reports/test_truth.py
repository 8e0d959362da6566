"""Every sentence must be true of its point: up and down, step, slope, pulse, and unsure."""

import re

import pytest

from reports.made import (
    END,
    IDLE,
    LEVELS,
    MANIFEST,
    SINGLE,
    odd,
    point,
    searched,
    series,
    shanghai,
    yunnan,
)
from reports.made_events import LEAD, NOTICE, TIN, event, linked
from tanzhe.errors import Language
from tanzhe.model import Evidence, LinkedEvent, Series, TurningPoint, TurningPoints, Unread
from tanzhe.reports import Findings, build, render


def told(
    turned: TurningPoint,
    register: str = "plain",
    *,
    of: Series | None = None,
    evidence: tuple[Evidence, ...] = (),
    top: int = 10,
) -> str:
    points = TurningPoints(series=of or series(), points=(turned,), manifest=MANIFEST)
    return render(Findings(points=points, evidence=evidence, top=top), register, "md")


def found_for(turned: TurningPoint, *events: LinkedEvent) -> Evidence:
    return Evidence(turning_point=turned.id, events=events, searched=searched())


def test_a_step_down_and_a_step_up() -> None:
    down = told(point("2021-09"))
    assert "碳排放下了一个台阶" in down and "低约12%" in down and "少310万吨" in down
    up = told(point("2021-09", 9.26, (4.2, 11.0), mt=2.0))
    assert "碳排放上了一个台阶" in up and "高约9.3%" in up and "在4.2%到11.0%之间" in up
    assert "多200万吨" in up and "低约" not in up
    assert "阶跃上升" in told(point("2021-09", 9.26, (4.2, 11.0)), "formal")


def test_a_slope_is_told_per_year() -> None:
    text = told(point("2021-09", -5.0, (-8.0, -2.0), kind="slope"))
    assert "走势弯向下" in text and "每年比原来的走势低约5.0%" in text
    assert "较原有趋势每年下降5.0%" in told(
        point("2021-09", -5.0, (-8.0, -2.0), kind="slope"), "formal"
    )


def test_a_pulse_ends() -> None:
    text = told(point("2020-02", kind="pulse", until="2021-02"))
    assert "低落了一阵" in text and "到2021年1—2月就过去了" in text
    assert "该变化到2021年1—2月已经结束" in told(
        point("2020-02", kind="pulse", until="2021-02"), "formal"
    )


@pytest.mark.parametrize("register", ["raw", "plain", "formal"])
def test_an_effect_across_nought_claims_no_direction(register: str) -> None:
    text = told(point("2021-09", -1.04, (-5.0, 3.0), drivers=(("cement", -7.6),)), register)
    assert "−1.0%" in text and "−5.0%" in text and "+3.0%" in text
    section = text[: text.index("可信度", text.index("2021年9月"))]
    assert (
        "下降" not in section and "低约" not in section and "台阶，" in section
    ) or "未定" in section
    assert "带头" not in text and "310万吨" not in text


def test_an_interval_of_one_period_and_a_merged_one() -> None:
    assert "90%的可能就在2021年9月这一期" in told(point("2021-09"))
    assert "2021年1—2月" in told(point("2021-02"))
    assert "2020年12月—2021年2月之间" in told(point("2021-02", when=("2020-12", "2021-02")))
    assert "2021年1月—4月之间" in told(point("2021-02", when=("2021-02", "2021-04")))


def test_output_of_a_product_and_of_the_users_own() -> None:
    of = series(sector="cement", unit="万吨")
    text = told(point("2021-09", mt=None, sector="cement"), of=of)
    assert "云南水泥产量" in text and "碳排放" not in text and "一年下来" not in text
    thermal = series(sector="thermal_power_generation", unit="亿千瓦时")
    power = told(point("2021-09", mt=None), of=thermal)
    assert "火力发电量下了一个台阶" in power and "量产量" not in power
    own = told(point("2021-09", mt=None), of=series("某园区", "锅炉房", "GJ"))
    assert "某园区锅炉房" in own and "GJ" in own


def test_years_have_no_season() -> None:
    of = Series(
        region="CN-YN", sector="industry", unit="MtCO2", frequency="year",
        periods=tuple(str(y) for y in range(2000, 2024)), values=(1.0,) * 24,
        source="my.csv", vintage="v", sha256="0",
    )  # fmt: skip
    assert "季节该有" not in told(point("2012", when=("2011", "2013")), of=of)
    formal = told(point("2012", when=("2011", "2013")), "formal", of=of)
    assert "经季节调整" not in formal and "2011年—2013年" in formal


def test_confidence_is_never_overstated() -> None:
    assert "可信度79%，可能" in told(point("2021-09", confidence=0.7999))
    assert "可信度99%以上" in told(point("2021-09", confidence=1.0))


def test_weak_signals_are_never_in_a_headline() -> None:
    text = told(point("2021-09", confidence=0.4))
    assert "## 弱信号" in text
    assert not any("2021" in line for line in text.splitlines() if line.startswith("#"))
    assert "没有找到已确立或可能的转折点" in text
    assert "2021年9月**" not in told(point("2021-09", confidence=0.4), top=0)


@pytest.mark.parametrize("scope", ["calendar", "data"])
@pytest.mark.parametrize("register", ["raw", "plain", "formal", "brief"])
def test_calendar_and_data_points_are_never_explained(scope: str, register: str) -> None:
    turned = point("2022-03", scope=scope, confidence=0.99)
    evidence = Evidence(turning_point=turned.id, events=(linked(NOTICE),), searched=searched())
    text = told(turned, register, evidence=(evidence,))
    assert NOTICE.name not in text and "可能的原因" not in text


def test_national_points_are_said_to_be() -> None:
    for register in ("raw", "plain", "formal"):
        text = told(point("2020-02", scope="national", alike=(27, 30)), register)
        assert "全国多数省份" in text and "30个地区中，有27个" in text


def test_what_does_not_fit_or_came_later_is_counted_and_no_reason() -> None:
    turned = point("2021-09")
    events = (
        linked(NOTICE, grade="none", p=None),
        linked(TIN, grade="strong", lag=-2, context=True),
    )
    for register in ("raw", "plain", "formal"):
        text = told(turned, register, evidence=(found_for(turned, *events),))
        assert "无法归因的1件、转折之后才开始的1件" in text
        assert NOTICE.name not in text and TIN.name not in text
        assert "可能的原因" not in text and "可能关联事项" not in text
        assert "没查到" in text or "未找到" in text


def test_five_reasons_at_most_and_the_best_grades_first() -> None:
    turned = point("2021-09")
    grades = ["weak", "weak", "medium", "strong", "weak", "medium", "weak"]
    events = [
        linked(event(f"e{i}", f"第{sign}件事", "2021-09-11", "x"), grade=grade, p=None)
        for i, (sign, grade) in enumerate(zip("甲乙丙丁戊己庚", grades, strict=True))
    ]
    for register in ("raw", "plain", "formal"):
        text = told(turned, register, evidence=(found_for(turned, *events),))
        order = re.findall("第(.)件事", text)
        assert order == list("丁丙己甲乙"), register
        assert text.count("排序靠后的2件") == 1
        assert text.count("尚未与随机日期比较") == text.count("本次未取回原文") == 1


def test_a_product_point_has_three_reasons_and_counts_its_leads() -> None:
    turned = point("2021-05", sector="cement", mt=None)
    events = [
        linked(event(f"e{i}", f"第{sign}件事", "2021-05-11", "x"), p=0.1)
        for i, sign in enumerate("甲乙丙丁")
    ]
    evidence = found_for(turned, *events).model_copy(update={"leads": (linked(LEAD),)})
    cement = TurningPoints(
        series=series(sector="cement", unit="万吨"), points=(turned,), manifest=MANIFEST
    )
    nothing = TurningPoints(series=series(), points=(), manifest=MANIFEST)
    found = Findings(points=nothing, products=(cement,), evidence=(evidence,))
    for register in ("raw", "plain", "formal"):
        text = render(found, register, "md")
        assert re.findall("第(.)件事", text) == list("甲乙丙")
        assert "查到而未列出的：排序靠后的1件、未复核的线索1条。" in text
        assert LEAD.name not in text and "尚未与随机日期比较" not in text


def test_weak_signals_are_not_explained() -> None:
    turned = point("2021-09", confidence=0.4)
    evidence = found_for(turned, linked(NOTICE))
    for register in ("raw", "plain", "formal"):
        text = told(turned, register, evidence=(evidence,))
        assert len(re.findall("弱信号不(?:找原因|作归因)", text)) == 1 and NOTICE.name not in text
    assert NOTICE.name in render(
        Findings(
            points=TurningPoints(series=series(), points=(turned,), manifest=MANIFEST),
            evidence=(evidence,),
        ),
        format="json",
    )


@pytest.mark.parametrize("register", ["raw", "plain", "formal"])
@pytest.mark.parametrize("top", [0, 10])
def test_a_single_odd_month_is_listed_apart(register: str, top: int) -> None:
    turned = odd("2021-09", mt=-70.7, drivers=(("crude_steel", -12.5),), alike=(5, 30))
    evidence = found_for(turned, linked(NOTICE, p=None))
    text = told(turned, register, evidence=(evidence,), top=top)
    section = text[text.index("单月异常\n") :]
    assert "2021年9月**：" in section and "18%" in section and "24%" in section
    assert "89%" in section and "12.5个百分点" in section and "5个" in section
    assert NOTICE.name in section and "与这次异常同期" in section
    assert SINGLE.zh not in text and "不到1%" not in text and "7100万吨" not in text
    assert "1处单月异常" in text or "单月异常：1处" in text
    assert "弱信号\n" not in text and "1个弱信号" not in text and "个可能的转折点" not in text


def test_a_national_odd_month_says_so() -> None:
    turned = odd("2021-09", scope="national", alike=(27, 30))
    for register in ("raw", "plain", "formal"):
        section = told(turned, register).split("单月异常\n")[1]
        assert "全国多数省份" in section
    assert "single odd months: 1" in render(
        Findings(points=TurningPoints(series=series(), points=(turned,), manifest=MANIFEST)),
        "formal",
        language="en",
    )


def test_an_odd_month_of_a_product_is_told_as_one() -> None:
    cement = TurningPoints(
        series=series(sector="cement", unit="万吨"),
        points=(odd("2021-09", sector="cement", mt=None),),
        manifest=MANIFEST,
    )
    nothing = TurningPoints(series=series(), points=(), manifest=MANIFEST)
    text = render(Findings(points=nothing, products=(cement,)), "plain", "md")
    assert "- 单月异常，**2021年9月**：产量比这个季节该有的水平低约18%" in text
    assert "没有找到转折点。\n" not in text.split("## 分产品看")[1]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", ["raw", "plain", "formal", "brief"])
def test_an_idle_series_is_not_judged(register: str, language: Language) -> None:
    text = render(shanghai(), register, "md", language)
    top = "\n".join(text.splitlines()[:12])
    assert "零" in top if language == "zh" else "nought" in top
    assert not re.search("没有找到|未识别|没有转折点|No established|none", text)
    assert "households" in text or language == "zh"


def test_an_idle_product_is_not_called_unturned() -> None:
    idle = TurningPoints(
        series=series(sector="sugar", unit="万吨").model_copy(update={"notes": (IDLE,)}),
        points=(),
        manifest=MANIFEST,
    )
    nothing = TurningPoints(series=series(), points=(), manifest=MANIFEST)
    text = render(Findings(points=nothing, products=(idle,)), "plain", "md")
    assert "成品糖的数值几乎全是零，判断不了" in text and "成品糖没有" not in text


def test_quantities_are_told_in_the_language_of_the_report() -> None:
    turned = point("2021-09")
    stated = (
        ("capacity", 203.0, "Mt/yr", "203万吨"),
        ("investment", 40.0, "yuan", "40 billion yuan"),
        ("capacity at benchmark 2025", 31.0, "%", "31%"),
        ("load", 3.0, "GW", "3.7 GW"),
    )
    evidence = found_for(turned, linked(event("q", "某事", "2021-09-11", "x", quantities=stated)))
    found = Findings(
        points=TurningPoints(series=series(), points=(turned,), manifest=MANIFEST),
        evidence=(evidence,),
    )
    for register in ("raw", "plain", "formal"):
        chinese = render(found, register, "md", "zh")
        assert "产能：203万吨；负荷：3.7 GW" in chinese
        assert "billion" not in chinese and "benchmark" not in chinese
        english = render(found, register, "md", "en")
        assert "investment: 40 billion yuan" in english and "203万吨" not in english


def test_a_draft_without_any_evidence_has_nothing_to_review() -> None:
    nothing = TurningPoints(series=series(), points=(), manifest=MANIFEST)
    assert "未审核" not in render(Findings(points=nothing), "plain", "md")


def test_a_lead_without_a_checked_date_is_still_told() -> None:
    turned = point("2021-09")
    lead = linked(event("l", "一条线索", "2021-09-20", "x", status="unsupported", reviewed=False))
    none = linked(lead.event.model_copy(update={"name": "没有日期的线索", "dates": ()}))
    blank = linked(event("b", "空白的线索", "", "x", reviewed=False))
    evidence = Evidence(
        turning_point=turned.id, events=(), leads=(lead, none, blank), searched=searched()
    )
    for register in ("raw", "plain", "formal"):
        text = told(turned, register, evidence=(evidence,))
        assert "一条线索**（事件，2021年9月20日）" in text
        assert (
            "没有日期的线索**（事件，日期待核）" in text
            and "空白的线索**（事件，日期待核）" in text
        )
        assert "，）" not in text


def test_not_found_names_what_was_searched() -> None:
    turned = point("2021-09")
    what = searched().model_copy(update={"queries": tuple(f"词{i}组" for i in range(9))})
    for register in ("raw", "plain", "formal"):
        text = told(
            turned,
            register,
            evidence=(Evidence(turning_point=turned.id, events=(), searched=what),),
        )
        assert "1,551份" in text and "内置大事记" in text and "2021年6月1日—2022年1月31日" in text
        assert "词0组" in text and "共9组" in text


def test_a_point_nobody_searched_for_says_so() -> None:
    assert "原因还没有查" in told(point("2021-09"))


def test_chance_not_judged_is_said() -> None:
    for register in ("raw", "plain", "formal"):
        assert "尚未与随机日期比较" in render(yunnan(), register, "md")


def test_each_note_is_printed_once() -> None:
    text = told(point("2021-09", notes=(END, LEVELS)))
    assert text.count(END.zh) == text.count(LEVELS.zh) == 1


def test_odd_dates_of_sources_do_not_stop_a_report() -> None:
    turned = point("2021-09")
    odd = event("odd", "某事", "2021-13-45", "x").model_copy(
        update={
            "places": NOTICE.places,
            "sources": (NOTICE.sources[0].model_copy(update={"published": "去年"}),),
        }
    )
    text = told(
        turned,
        evidence=(Evidence(turning_point=turned.id, events=(linked(odd),), searched=searched()),),
    )
    assert "2021-13-45" in text and "去年" in text


def test_drafts_and_offline_reports_say_so() -> None:
    text = render(yunnan(), "plain", "md")
    assert "断网" in text and "未审核" in text
    online = yunnan().model_copy(update={"offline": False, "reviewed": True})
    assert "断网" not in render(online, "plain", "md")
    assert "未审核" not in render(online, "plain", "md")


def test_the_tree_holds_ids_and_no_words() -> None:
    report = build(yunnan())
    ids = {fact.id for fact in report.facts}
    assert report.fact_ids() <= ids
    assert report == type(report).model_validate_json(report.model_dump_json())


@pytest.mark.parametrize("register", ["raw", "plain", "formal", "brief"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_not_read_and_what_was_compared_is_said(register: str, language: Language) -> None:
    findings = yunnan()
    unread = (
        Unread(file="扫描件.pdf", kind="NoText", reason="没有文字", reason_en="no text"),
        Unread(
            address="https://a.gov.cn/x", kind="Blocked", reason="不允许", reason_en="forbidden"
        ),
    )
    told = []
    for one in findings.evidence:
        events = tuple(
            e.model_copy(update={"link": e.link.model_copy(update={"compared": "provinces"})})
            for e in one.events
        )
        nothing = register == "brief"  # it tells the search only where nothing was found
        searched = one.searched.model_copy(update={"unread": unread})
        changed = {"events": () if nothing else events, "leads": (), "searched": searched}
        told.append(one.model_copy(update=changed))
    text = render(findings.model_copy(update={"evidence": tuple(told)}), register, "md", language)
    assert "扫描件" in text and "a.gov.cn" in text
    assert ("没有文字" if language == "zh" else "no text") in text
    if register != "brief":
        dates = {"zh": ("随便挑个日子也能", "随机日期也能"), "en": ("a random date fits",)}
        assert not any(words in text for words in dates[language])
        assert ("省" if language == "zh" else "another province at the same date fits") in text
