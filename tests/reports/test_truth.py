"""Every sentence must be true of what it tells: up and down, each shape, ended or not, unsure."""

import re

import pytest

from reports.made import (
    ALONE,
    DIP,
    FALL,
    FAULT,
    LEVELS,
    ODD,
    PEERS,
    effect_of,
    effects,
    episode,
    episodes,
    evidence,
    findings,
    hainan,
    month,
    point,
    points_of,
    series,
    shanghai,
    short,
    told,
    with_parts,
    yunnan,
)
from reports.made_events import LEAD, NOTICE, TIN, event, linked
from tanzhe.errors import Language
from tanzhe.model import Amount, Series, Unread
from tanzhe.reports import build, render

FULL = ["raw", "plain", "formal"]
ALL = [*FULL, "brief"]


def text_of(one, register: str = "plain", language: Language = "zh", **more) -> str:
    return render(told(one, **more), register, "md", language)


def section(text: str, heading: str) -> str:
    """From a heading to the next of its level."""
    begin = text.index(heading)
    return text[begin : text.find("\n## ", begin + 4)]


def test_a_fall_that_lasts_and_a_rise_that_lasts() -> None:
    fall = text_of(episode("2021-09", amount=-28.4))
    assert "一直比照原来的走势低，最多低了约12%，到数据末尾没有回来" in fall
    assert "到2023年12月，一共少排了约2840万吨（1700万吨到3980万吨）" in fall
    rise = text_of(episode("2021-09", 9.26, (4.2, 11.0), amount=19.0))
    assert "一直比照原来的走势高，最多高了约9.3%" in rise and "4.2%到11.0%" in rise
    assert "多排了约1900万吨" in rise and "少排" not in rise
    assert "持续低于原有走势，幅度达12%" in text_of(episode("2021-09"), "formal")


def test_what_ended_is_told_with_its_end_and_its_own_total_only() -> None:
    text = text_of(DIP)
    assert "2020年1月—3月" in text and "最多低了约14%" in text and "前后一共少排了约326万吨" in text
    assert "年化" not in text and "一年下来" not in text and "按全年" not in text
    assert "期间累计少排约326万吨" in text_of(DIP, "formal")


def test_nothing_that_lasted_a_month_has_a_total() -> None:
    text = text_of(month("2022-06", amount=-9.9))
    assert "单独一期偏低" in text and "比这个季节该有的水平低了约18%" in text
    assert "990万吨" not in text and "9.9" not in text


def test_a_bend_is_told_as_a_change_of_the_trend() -> None:
    bend = episode("2018-07", -8.4, (-12.0, -3.0), shape="bend", trend_change=-1.4)
    text = text_of(bend)
    assert "每年比原来少走1.4个百分点，到最后比照老样子走下去低8.4%" in text
    assert "增速发生转折，较原有趋势每年放缓1.4个百分点" in text_of(bend, "formal")
    assert "进入平台期" in text_of(bend.model_copy(update={"shape": "plateau"}), "formal")


def test_words_of_each_register() -> None:
    pulse = episode("2020-02", shape="pulse", end="2020-06")
    assert "跌了一阵又回来" in text_of(pulse) and "一次性冲击，随后恢复" in text_of(pulse, "formal")
    assert "脉冲" in text_of(pulse, "raw")
    for register in ("plain", "formal", "brief"):
        text = text_of(pulse, register)
        assert not re.search("脉冲|阶跃|置信|p值|后验|贝叶斯|变点", text), register


@pytest.mark.parametrize("register", FULL)
def test_what_the_nation_shares_is_told_with_what_is_own(register: str) -> None:
    text = text_of(DIP, register)
    # 14.2 less than usual, 3.1 of it beyond the nation's 11.1.
    assert "11%" in text and "3.1个百分点" in text
    assert re.search("排第7|列第7|第7位", text) and "31" in text
    assert re.search("比全国多跌3.1|比全国大3.1|比全国多降3.1", text)
    less = DIP.model_copy(update={"excess_percent": 3.1})
    assert re.search("比全国少跌3.1|比全国小3.1|比全国少降3.1", text_of(less, register))


def test_own_and_unknown() -> None:
    assert "本地自己的" in text_of(FALL)
    alone = findings(episodes(series(), FALL, notes=(ALONE,)))
    text = render(alone, "plain", "md")
    assert "本地自己的" not in text and "各省都有" not in text
    nation = series("CN")
    assert "本地自己的" not in text_of(FALL, of=nation)


def test_the_heading_is_the_finding() -> None:
    text = render(yunnan(), "plain", "md")
    peak = yunnan().peak
    assert peak is not None and peak.status == "past_peak"
    assert re.match(r"# 云南工业碳排放：2019—2021年间最高，此后下降\d", text)
    rising = series().model_copy(update={"values": tuple(1.0 + i / 10 for i in range(99))})
    head = render(findings(episodes(rising)), "plain", "md").splitlines()[0]
    assert head.startswith("# 云南工业碳排放：仍在上升，近三年每年约增")
    assert (
        "产量："
        in render(
            findings(episodes(series(sector="cement", unit="万吨"))), "plain", "md"
        ).splitlines()[0]
    )
    assert render(short(), "plain", "md").startswith("# 海南工业碳排放：数据不足一年")
    twice = series("CN-HI", first="2022-02")
    growth = render(findings(None, of=twice, peak=False), "plain", "md")
    # A month of 2023 is not published: the last whole twelve months end before it.
    assert growth.startswith("# 海南工业碳排放：2022年11月—2023年10月同比增长2.0%")


@pytest.mark.parametrize("register", ALL)
def test_the_tables_come_first_and_are_never_empty(register: str) -> None:
    for found in (yunnan(), hainan(), short()):
        text = render(found, register, "md")
        table = text.index("|---|")
        sections = [m.start() for m in re.finditer(r"^## ", text, re.MULTILINE)]
        assert not sections or table < (sections[1] if len(sections) > 1 else len(text))
        assert "最近十二个月" in text


def test_the_summary_names_every_episode_once() -> None:
    text = render(yunnan(), "formal", "md")
    rows = [line for line in text.splitlines() if re.match(r"\| \d　", line)]
    assert [row[2] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row.split("|")[3].strip() for row in rows] == [
        "+4.2%（截至末期）",
        "−14%",
        "−12%",
        "−18%",
        "+6.1%",
    ]
    dip, fall = rows[1], rows[2]
    assert "全国共性" in dip and "少排326万吨" in dip and "结束时：" in dip
    assert NOTICE.name in fall and "佐证强" in fall and "62%" in fall


def test_where_it_stands_by_hand() -> None:
    values = tuple(2.0 if p.endswith("-02") else 1.0 for p in series().periods)
    flat = series().model_copy(update={"values": values})
    double = flat.model_copy(update={"region": "CN-SC", "values": tuple(2 * v for v in values)})
    found = findings(episodes(flat.model_copy(update={"peers": (double,)})))
    text = render(found, "plain", "md")
    assert "2023年约1200万吨，比上年基本持平（0.0%），占各省合计的33.3%，在2个省份中居第2位" in text
    assert "| 2019年 | 1200万吨 | 0.0% | 33.3% | 2/2 |" in text
    assert "“十四五”以来（比2020年）变动0.0%（年均0.0%）" in text


def test_a_table_of_ones_own_is_no_nation() -> None:
    peer = series("乙厂").model_copy(update={"source": "my.csv"})
    of = series("甲厂", "锅炉", "GJ", peers=(peer,)).model_copy(update={"source": "my.csv"})
    text = text_of(FALL, of=of)
    assert "占表中各地区合计的50.0%，在2个地区中居第1位" in text and "全国" not in text
    assert "GJ" in text and "少排" not in text and "碳排放" not in text


def test_products_tell_only_what_the_total_did_not() -> None:
    text = section(render(yunnan(), "plain", "md"), "## 分产品看")
    assert "2019年8月—2020年3月" in text and "多产" in text
    # October 2021 began with the fall of the total in September.
    assert "2021年10月" not in text and "另有1段跟上面说过的起落同步" in text
    assert "水泥看不出自己的起落" in text
    assert "2017年" not in text  # a fault of the data


def test_faults_and_calendar_stand_in_the_annex_and_get_no_reason() -> None:
    for register in FULL:
        text = render(yunnan(), register, "md")
        body, annex = text.split("\n## 附录")
        assert FAULT.zh not in body and FAULT.zh.rstrip("。") in annex
        assert "2021年3月、2022年3月" in annex or "2022年3月、2021年3月" in annex
        assert body.count("2022年3月") == 0
        assert re.search("2处.{0,6}日历|日历.{0,6}2处", body)


def test_reasons_stand_at_the_begin_and_at_the_end() -> None:
    dip = episode("2020-02", shape="pulse", end="2020-05")
    found = told(
        dip,
        evidence=(
            evidence(dip, linked(NOTICE, lag=2)),
            evidence(dip, linked(TIN, grade="medium", lag=0), edge="end"),
        ),
    )
    for register in FULL:
        text = render(found, register, "md")
        body = text[text.index("\n## ") :].split("\n## 附录")[0]
        end = re.search("(到|至|结束（)2020年5月", body)
        assert end is not None
        assert body.rindex(NOTICE.name) < end.start() < body.rindex(TIN.name)
        assert "比开始早2个月" in text and "与结束同期" in text


def test_three_good_reasons_or_two_weak_ones() -> None:
    grades = ["weak", "weak", "medium", "strong", "weak", "medium", "medium"]
    made = [
        linked(event(f"e{i}", f"第{sign}件事", "2021-09-11", "x"), grade=grade, p=None)
        for i, (sign, grade) in enumerate(zip("甲乙丙丁戊己庚", grades, strict=True))
    ]
    for register in FULL:
        text = text_of(FALL, register, evidence=(evidence(FALL, *made),))
        rest = text[text.index("\n## ") :]
        body = rest[rest.index("17.9%" if "17.9%" in rest else "18%") :]
        assert re.findall("第(.)件事", body) == list("丁丙己"), register
        assert text.count("排序靠后的4件") == 1
        weak = text_of(FALL, register, evidence=(evidence(FALL, *made[:2], made[4]),))
        assert "不足以归因" in weak or "说不上是原因" in weak
        assert "可能是因为" not in weak and "可能关联事项" not in weak


def test_what_does_not_fit_or_came_later_is_counted_and_no_reason() -> None:
    events = (
        linked(NOTICE, grade="none", p=None),
        linked(TIN, grade="strong", lag=-2, context=True),
    )
    for register in ALL:
        text = text_of(FALL, register, evidence=(evidence(FALL, *events),))
        assert NOTICE.name not in text and TIN.name not in text
        if register != "brief":
            assert any(
                words in text
                for words in ("对不上的1件、之后才开始的1件", "不相吻合的1件、其后才开始的1件")
            )
        assert "没查到" in text or "未查到" in text or "未找到" in text


def test_not_found_says_how_much_was_looked_through() -> None:
    for register in FULL:
        text = text_of(FALL, register, evidence=(evidence(FALL),))
        assert "1,551份" in text or "资料1,551份" in text
        assert "2021年6月1日—2022年1月31日" in text and "内置大事记" in text.split("## 附录")[1]


def test_nobody_searched() -> None:
    assert "原因还没有查" in text_of(FALL) and "尚未检索" in text_of(FALL, "formal")


def test_leads_are_apart_and_never_in_the_summary() -> None:
    lead = linked(event("l", "一条线索", "2021-09-20", "x", status="unsupported", reviewed=False))
    none = linked(lead.event.model_copy(update={"name": "没有日期的线索", "dates": ()}))
    for register in FULL:
        text = text_of(FALL, register, evidence=(evidence(FALL, leads=(lead, none, linked(LEAD))),))
        assert text.index("线索（未复核）") < text.index("一条线索")
        assert "没有日期的线索**（事件，日期待核）" in text and "未复核的线索1条" in text
        assert LEAD.name not in text


def test_no_draft_stamp_where_every_fact_is_reviewed() -> None:
    for register in ALL:
        text = render(yunnan(), register, "md")
        assert "未审核" not in text and "草稿" not in text


def test_probabilities_are_never_overstated_and_have_words() -> None:
    assert "较可能（79%）" in text_of(episode("2021-09", probability=0.7999))
    assert "几乎可以肯定（99%以上）" in text_of(episode("2021-09", probability=1.0))
    assert "很可能（概率83%）" in text_of(episode("2021-09", probability=0.8399), "formal")


def test_fresh_and_provisional_are_said() -> None:
    text = render(yunnan(), "plain", "md")
    assert "2023年11月起的数还会修订" in text and "时间太近" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("register", ALL)
def test_an_idle_series_is_not_judged(register: str, language: Language) -> None:
    text = render(shanghai(), register, "md", language)
    top = "\n".join(text.splitlines()[:12])
    assert "零" in top if language == "zh" else "nought" in top
    assert not re.search("没有找到|未识别|起落：|No clear", text) and "|---|" not in text


def test_nothing_happened_is_a_full_report() -> None:
    text = render(hainan(), "plain", "md")
    assert "看不出明显的起落" in text and "小于约21%的变动" in text
    assert "## 现在在什么位置" in text and "| 2016年 | 未齐 |" in text
    assert (
        "还在往上走" in text or "已经过了最高点" in text or "说不准" in text or "不上不下" in text
    )


def test_a_short_series_says_what_it_cannot_say() -> None:
    for register in ALL:
        text = render(short(), register, "md")
        assert "不足五年，不作判断" in text or "数据不到五年，不判断" in text
        if register != "brief":
            assert "太短" in text or "长度不足" in text


def test_years_have_no_season_and_no_twelve_months() -> None:
    of = Series(
        region="CN-YN", sector="industry", unit="MtCO2", frequency="year",
        periods=tuple(str(y) for y in range(2000, 2024)),
        values=tuple(float(100 + i) for i in range(24)),
        source="my.csv", vintage="v", sha256="0",
    )  # fmt: skip
    for register in FULL:
        text = text_of(episode("2012", when=("2011", "2013"), end=None), register, of=of)
        assert "季节该有" not in text and "十二个月合计" not in text and "三个月" not in text
        assert "2011年—2013年" in text and "2023年" in text


def test_each_note_is_printed_once_and_numbered() -> None:
    text = render(yunnan(), "plain", "md")
    assert text.count(LEVELS.zh) == 1
    numbers = [int(n) for n in re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_brief_is_one_page() -> None:
    text = render(yunnan(), "brief", "md")
    assert len(text) < 1800 and "##" not in text and "chart" not in text


def test_quantities_are_told_in_the_language_of_the_report() -> None:
    stated = (
        ("capacity", 203.0, "Mt/yr", "203万吨"),
        ("investment", 40.0, "yuan", "40 billion yuan"),
        ("load", 3.0, "GW", "3.7 GW"),
    )
    one = linked(event("q", "某事", "2021-09-11", "x", quantities=stated))
    for register in FULL:
        chinese = text_of(FALL, register, evidence=(evidence(FALL, one),))
        assert "产能：203万吨；负荷：3.7 GW" in chinese and "billion" not in chinese
        english = text_of(FALL, register, "en", evidence=(evidence(FALL, one),))
        assert "investment: 40 billion yuan" in english and "203万吨" not in english


def test_odd_dates_of_sources_do_not_stop_a_report() -> None:
    odd = event("odd", "某事", "2021-13-45", "x").model_copy(
        update={
            "places": NOTICE.places,
            "sources": (NOTICE.sources[0].model_copy(update={"published": "去年"}),),
        }
    )
    text = text_of(FALL, evidence=(evidence(FALL, linked(odd)),))
    assert "2021-13-45" in text and "去年" in text


@pytest.mark.parametrize("register", FULL)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_not_read_and_what_was_compared_is_said(register: str, language: Language) -> None:
    unread = (
        Unread(file="扫描件.pdf", kind="NoText", reason="没有文字", reason_en="no text"),
        Unread(
            address="https://a.gov.cn/x", kind="Blocked", reason="不允许", reason_en="forbidden"
        ),
    )
    made = linked(NOTICE, p=0.1)
    beside = made.model_copy(
        update={"link": made.link.model_copy(update={"compared": "provinces"})}
    )
    one = evidence(FALL, beside)
    what = one.searched.model_copy(update={"unread": unread})
    text = text_of(FALL, register, language, evidence=(one.model_copy(update={"searched": what}),))
    assert "扫描件" in text and "a.gov.cn" in text
    assert ("没有文字" if language == "zh" else "no text") in text
    assert ("省" if language == "zh" else "another province at the same date fits") in text


def test_the_tree_holds_ids_and_no_words() -> None:
    report = build(yunnan())
    assert report.fact_ids() <= {fact.id for fact in report.facts}
    assert report == type(report).model_validate_json(report.model_dump_json())


def test_contributions_add_up_to_the_depth_in_the_picture() -> None:
    from tanzhe.reports.charts.parts import rows_of

    rows = rows_of(FALL, "zh")
    assert [round(end - start, 2) for _, start, end in rows] == [-9.1, -4.04, 0.84, -12.3]
    partly = FALL.model_copy(update={"contributions": FALL.contributions[:2]})
    assert rows_of(partly, "zh")[-2][0] == "其他"
    assert rows_of(partly, "zh")[-2][2] == pytest.approx(-12.3)


def test_events_are_told_with_what_was_expected_measured_and_judged() -> None:
    for register in FULL:
        text = render(yunnan(), register, "md")
        row = next(x for x in text.splitlines() if x.startswith("| 2021年9月 |") and "水泥" in x)
        assert NOTICE.name in row and "| 降 | −31%（−40%至−22%） | 有作用 |" in row
        assert "| 未定 | — | 不能判断：数据不足 |" in text and "看不出作用" in text
        assert "共测算3项" in text and "0.3项被判为" in text
    brief = render(yunnan(), "brief", "md")
    assert re.search(r"（佐证强，实测\S+−31%", brief) and "第三件" not in brief


def test_a_long_table_keeps_what_was_decided() -> None:
    many = effects(
        *(effect_of(f"e{i}", f"第{i}项", None, "cannot_tell") for i in range(20)),
        effect_of("last", "最后一项", -9.0, "contradicted", date="2024-01"),
    )
    text = render(told(FALL, effects=many), "formal", "md")
    assert "最后一项" in text and "表中未列的9项都不能判断" in text


def test_power_tells_what_water_did() -> None:
    for register in FULL:
        text = render(yunnan(), register, "md")
        assert "多发30.0亿千瓦时（+30%）；主要因为水电少发40.0亿千瓦时（占100%）" in text
    assert "火电比" not in render(hainan(), "plain", "md")


def test_background_is_no_evidence() -> None:
    one = evidence(FALL).model_copy(update={"background": (linked(NOTICE, grade="none", p=None),)})
    for register in FULL:
        text = text_of(FALL, register, evidence=(one,))
        assert f"不作佐证）：{NOTICE.name}" in text
        assert NOTICE.name not in text.split("现状")[0].split("现在在什么位置")[0]


def test_a_record_just_passed_is_told_with_how_far() -> None:
    values = (*(1.0 + 0.01 * i for i in range(98)), 1.6)
    of = series().model_copy(update={"values": values})
    text = render(findings(episodes(of)), "plain", "md")
    assert "也就是目前" not in text and "眼下就是最高" not in text and "此后下降" in text


@pytest.mark.parametrize(
    ("interval", "said"),
    [((-1.6, 26.6), "方向还不能断定"), ((-2.0, 2.0), "大体走平"), ((1.0, 3.0), "")],
)
def test_a_trend_whose_direction_is_open_is_not_called_flat(interval, said) -> None:
    found = yunnan()
    assert found.peak is not None
    for status in ("rising", "plateau"):
        peak = found.peak.model_copy(update={"slope_interval": interval, "status": status})
        text = render(found.model_copy(update={"peak": peak}), "plain", "md")
        lede, body = text.split("## 一眼看完")
        assert ("方向还不能断定" in body) == ("方向" in said)
        assert ("大体走平" in body) == ("走平" in said)
        if status == "rising":
            assert "方向还不能断定" not in lede and "走平" not in lede


def test_a_kind_that_is_not_sure_is_not_named() -> None:
    one = episode("2021-09", shape="fading", end="2022-06", shape_probability=0.34)
    for register in FULL:
        text = text_of(one, register)
        assert "形态尚难判断" in text and not re.search("猛跌|骤降|衰减", text)


def test_the_end_of_a_month_or_of_a_short_one_needs_no_reason() -> None:
    for one in (month("2022-06"), episode("2020-03", shape="pulse", end="2020-06")):
        text = text_of(one, evidence=(evidence(one), evidence(one, edge="end")))
        assert "恢复，可能是因为" not in text
    long = episode("2020-03", shape="pulse", end="2021-03")
    assert "恢复，可能是因为" in text_of(long, evidence=(evidence(long, edge="end"),))


def test_what_was_lifted_is_told_by_its_end() -> None:
    one = episode("2020-03", shape="pulse", end="2020-06")
    lifted = linked(NOTICE)
    link = lifted.link.model_copy(update={"moment": "end"})
    found = evidence(one, lifted.model_copy(update={"link": link}), edge="end")
    text = text_of(one, evidence=(found,))
    assert "解除或结束" in text and "按道理会减少排放" not in text


def test_what_was_told_at_the_begin_is_told_in_a_line_at_the_end() -> None:
    one = episode("2020-03", shape="pulse", end="2021-03")
    lead = (linked(LEAD, grade="weak", p=None),)
    both = (
        evidence(one, linked(NOTICE), leads=lead),
        evidence(one, linked(NOTICE), edge="end", leads=lead),
    )
    text = text_of(one, evidence=both).split("## 发生了什么")[1]
    assert text.count(NOTICE.summary) == 1 and text.count(LEAD.name) == 1
    assert text.count(NOTICE.name) == 2


def test_an_own_part_larger_than_the_nations_is_said() -> None:
    hubei = DIP.model_copy(update={"depth_percent": -36.0, "excess_percent": -20.6})
    assert "本地因素为主" in text_of(hubei, "formal") and "不宜单独" not in text_of(hubei, "formal")
    assert "不宜单独归因于本地措施" in text_of(DIP, "formal")


def test_the_made_findings_hold_what_the_tests_say() -> None:
    assert {e.id for e in (DIP, FALL, ODD)} <= {e.id for e in yunnan().found.episodes}  # type: ignore[union-attr]
    assert (
        points_of(episodes(with_parts(series(peers=PEERS)), FALL), point("2022-03"))[0].id
        == FALL.id
    )


def test_a_level_that_was_left_again_is_not_told_to_last() -> None:
    text = text_of(episode("2021-09", shape="step", end="2022-06"))
    assert "后来回来了" in text and "没再回来" not in text
    assert "没再回来" in text_of(episode("2021-09", shape="step", end=None))


def test_an_amount_that_its_depth_cannot_reach_is_not_told() -> None:
    """Two periods of about 8.4 and 14.7 Mt at 12.3 % are 2.9 Mt at most, whatever is stated."""
    made = series()
    short = episode("2021-11", shape="pulse", end="2022-03", amount=-2.0)
    usual = [v * 1.05 for v, p in zip(made.values, made.periods, strict=True)
             if v is not None and "2021-11" <= p < "2022-03"]  # fmt: skip
    most = sum(usual) * 0.123
    told_, hidden = (
        text_of(short.model_copy(update={"amount": Amount(
            value=-size, interval=(-1.4 * size, -0.6 * size), unit="MtCO2")}))
        for size in (1.05 * most, 1.15 * most)
    )  # fmt: skip
    assert "少排了约" in told_ and "少排了约" not in hidden and "12%" in hidden
