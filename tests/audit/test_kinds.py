"""Every kind of finding by one report that has it and one close to it that has not."""

import pytest

from audit.made import audited, kinds, text_of
from tanzhe.bundled import rows
from tanzhe.errors import InputError
from tanzhe.reports.products.auditreport import kind_words


def test_the_right_report_has_no_finding() -> None:
    result = audited(text_of())
    assert result.findings == ()
    assert {p.field for p in result.passed} >= {"时间", "地点", "规模", "影响", "来源"}


WRONG = [
    ("date_out_of_window", {"when": "2022年3月"}),
    ("date_out_of_window", {"when": "2021年1月-2022年12月"}),
    ("date_implausible", {"when": "2021年9月1日", "effect": "2021年全年发电量达1200亿千瓦时"}),
    ("date_implausible", {"when": "2025年9月10日", "point": "转折点：2025年9月"}),
    ("date_missing_or_vague", {"when": "2021年"}),
    ("date_missing_or_vague", {"when": "2021年度工作报告"}),
    ("date_missing_or_vague", {"when": "近期"}),
    (
        "url_date_conflict",
        {"source": "[贵州省能源局](http://nyj.guizhou.gov.cn/2019-04/02/1.html)"},
    ),
    ("url_missing", {"source": "贵州省能源局"}),
    ("url_truncated", {"source": "[贵州省能源局](https://"}),
    ("url_truncated", {"source": "[贵州省能源局](https://======)"}),
    ("url_truncated", {"source": "贵州省能源局 http://nyj.guizhou.gov.cn/zwgk/..."}),
    ("publisher_domain_mismatch", {"source": "[贵州省能源局](https://www.163.com/dy/1.html)"}),
    ("publisher_domain_mismatch", {"source": "[贵州省能源局](http://nyj.zunyi.gov.cn/a.html)"}),
    ("publisher_domain_mismatch", {"source": "[贵州省能源局](http://sthj.guizhou.gov.cn/a.html)"}),
    ("publisher_domain_mismatch", {"source": "[国家能源局](http://nyj.guizhou.gov.cn/a.html)"}),
    ("publisher_domain_mismatch", {"source": "[贵阳新闻](https://www.cbc.ca/news/1.html)"}),
    (
        "publisher_type_overclaim",
        {"label": "官方来源", "source": "[北极星](https://news.bjx.com.cn/1)"},
    ),
    ("publisher_type_overclaim", {"source": "[世行官网](https://www.worldbank.org/p/1)"}),
    (
        "publisher_type_overclaim",
        {"source": "[北极星](https://news.bjx.com.cn/1)", "after": "\n以上均来自官方渠道。\n"},
    ),
    ("stage_confusion", {"name": "六盘水钢铁项目投产", "effect": "目前正在建设，年产能50万吨"}),
    (
        "stage_confusion",
        {"name": "《贵州省有序用电方案》印发", "effect": "征求意见稿提出压减3万吨"},
    ),
    ("target_as_fact", {"effect": "方案启动，计划投资5亿元。单位能耗下降12%，年减少碳排放30万吨"}),
    ("self_contradiction", {"name": "2021年6月贵阳水泥厂限产"}),
    ("self_contradiction", {"name": "遵义新增产能20万吨项目", "scale": "新增产能35万吨"}),
    ("arithmetic_or_count", {"effect": "电耗由100亿千瓦时降至80亿千瓦时，下降30%"}),
    ("arithmetic_or_count", {"effect": "下降18.2%，超额完成16%的目标达3.2个百分点"}),
    ("arithmetic_or_count", {"scale": "限产贵阳、遵义、安顺、毕节等三市"}),
    ("scope_mismatch", {"name": "《云南省有序用电方案》印发", "place": "昆明"}),
    ("scope_mismatch", {"name": "国务院印发《2030年前碳达峰行动方案》", "place": "全国"}),
    ("scope_mismatch", {"name": "绿色建筑推广", "effect": "面积30万平方米"}),
    ("not_an_event", {"name": "贵州省工业排放下降"}),
    ("not_an_event", {"name": "全省节能培训"}),
    ("field_missing", {"name": ""}),
    ("vague_or_vacuous_field", {"effect": "有效促进绿色低碳转型"}),
    ("vague_or_vacuous_field", {"scale": "好几个项目"}),
    ("vague_or_vacuous_field", {"place": "部分地区"}),
    ("structure", {"after": "\n## 转折点：2022年3月（可信度60%）\n"}),
    ("structure", {"title": "贵州省/市 工业碳排放"}),
]


@pytest.mark.parametrize(("kind", "change"), WRONG, ids=lambda v: str(v)[:40])
def test_a_defect_is_found(kind: str, change: dict[str, str]) -> None:
    assert kind in kinds(text_of(**change))


LATE = "[贵州省能源局](http://nyj.guizhou.gov.cn/zwgk/202112/t20211231_1.html)"
RIGHT = [
    {"when": "2021年12月31日", "source": LATE},  # the last day of the window
    {"when": "2021年7月起"},
    {"when": "2021年8月30日", "effect": "2020年全年发电量1200亿千瓦时"},
    {"effect": "预计到2025年减少碳排放30万吨"},
    {"effect": "力争单位能耗下降12%"},
    {"effect": "下降18.2%，超额完成16%的目标达2.2个百分点"},
    {"effect": "电耗由100亿千瓦时降至80亿千瓦时，下降20%"},
    {"scale": "限产贵阳、遵义、安顺等三市"},
    {"source": "[贵州省能源局](http://nyj.guizhou.gov.cn/zwgk/a.html)"},
    {"source": "[贵州省发改委](http://www.guizhou.gov.cn/zwgk/202109/a.html)"},
    {"source": "[新华网](http://www.news.cn/2021-09/13/c_1.htm)"},
    {"label": "官方来源"},
    {"label": "官方来源", "source": "[新华社](http://www.xinhuanet.com/2021-09/13/c_1.htm)"},
    {"name": "六盘水钢铁项目投产", "effect": "项目2019年开工，2021年9月投产，产能50万吨"},
    {"name": "六盘水钢铁项目开工", "effect": "预计2023年投产，产能50万吨"},
    {"place": "全省"},
    {"after": "\n未找到其他事件。\n"},
]


@pytest.mark.parametrize("change", RIGHT, ids=lambda v: str(v)[:40])
def test_what_is_right_is_left_alone(change: dict[str, str]) -> None:
    assert kinds(text_of(**change)) == set()


def test_one_address_for_two_claims() -> None:
    second = text_of(point="转折点：2022年1月", name="毕节焦化厂关停", when="2022年1月8日")
    text = text_of() + "\n" + second[second.index("## ") :]
    found = [f for f in audited(text).findings if f.kind == "same_url_multiple_claims"]
    assert [f.turning_point for f in found] == ["2021-09", "2022-01"]


def test_the_same_event_twice() -> None:
    second = text_of(point="转折点：2021年12月", scale="压减负荷90万千瓦")
    result = audited(text_of() + "\n" + second[second.index("## ") :])
    assert {"duplicate_item"} <= set(result.by_kind)


def test_two_reports_that_disagree() -> None:
    other = text_of(scale="压减负荷150万千瓦", effect="减少电解铝产能3万吨", when="2021年9月12日")
    found = audited(text_of(), other).findings
    assert {f.kind for f in found} == {"fact_diff_between_reports"}
    assert {f.field for f in found} == {"影响", "时间"} | ({"规模"} & {f.field for f in found})
    assert all(f.against and f.against.startswith("other.md:") for f in found)
    assert kinds(text_of(), against=text_of()) == set()


def test_every_kind_has_names_in_both_languages() -> None:
    named = list(rows("tanzhe.audits.data", "kinds.csv"))
    assert [row["kind"] for row in named if not (row["zh"] and row["en"])] == []
    assert {kind for kind, _ in WRONG} <= {row["kind"] for row in named}


def test_english_explanations_hold_no_chinese_but_quotes() -> None:
    for _, change in WRONG:
        for one in audited(text_of(**change)).findings:
            assert one.explanation and one.explanation_en
            assert one.explanation != one.explanation_en


def test_a_kind_without_a_name_says_what_to_add() -> None:
    with pytest.raises(InputError) as caught:
        kind_words("no_such_kind")
    (fault,) = caught.value.faults
    assert "kinds.csv" in fault.do.zh and "kinds.csv" in fault.do.en
    assert "no_such_kind" in fault.what.zh and "no_such_kind" in fault.what.en
