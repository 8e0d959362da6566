"""Every sentence must be true of its point: up and down, step, slope, pulse, and unsure."""

import pytest

from reports.made import (
    END,
    LEVELS,
    MANIFEST,
    NOTICE,
    event,
    linked,
    point,
    searched,
    series,
    yunnan,
)
from tanzhe.model import Evidence, Series, TurningPoint, TurningPoints
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
    assert "该变化于2021年1—2月结束" in told(
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


def test_an_event_that_came_later_is_context_and_no_reason() -> None:
    turned = point("2021-09")
    late = linked(NOTICE, grade="strong", lag=-2, context=True)
    text = told(
        turned,
        evidence=(Evidence(turning_point=turned.id, events=(late,), searched=searched()),),
    )
    assert "可能的原因" not in text and "只作背景，不作原因" in text and "晚2个月" in text


def test_what_does_not_fit_is_background_in_one_line() -> None:
    turned = point("2021-09")
    unfit = linked(NOTICE, grade="none", p=None)
    for register in ("raw", "plain", "formal"):
        text = told(
            turned,
            register,
            evidence=(Evidence(turning_point=turned.id, events=(unfit,), searched=searched()),),
        )
        line = next(line for line in text.splitlines() if NOTICE.name in line)
        assert "无法归因" in line and NOTICE.summary not in text
        assert "可能的原因" not in text and "可能关联事项" not in text


def test_a_lead_without_a_checked_date_is_still_told() -> None:
    turned = point("2021-09")
    lead = linked(event("l", "一条线索", "2021-09-20", "x", status="unsupported", reviewed=False))
    none = linked(lead.event.model_copy(update={"name": "没有日期的线索", "dates": ()}))
    evidence = Evidence(turning_point=turned.id, events=(), leads=(lead, none), searched=searched())
    for register in ("raw", "plain", "formal"):
        text = told(turned, register, evidence=(evidence,))
        assert "一条线索**（事件，2021年9月20日）" in text and "没有日期的线索**（事件）" in text


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
