"""What a notice hands on below its signature, and what makes a number no level."""

import pytest

from policy.made import goal_words, read
from tanzhe.reports.forms.markdown import render
from tanzhe.reports.products.policydocument import policy_page

NOTICE = """白山市人民政府办公室关于印发白山市蓝天行动方案的通知
白政办发〔2026〕7号
各县（市、区）人民政府，市政府各工作部门：
《白山市蓝天行动方案》已经市政府同意，现印发给你们，请认真组织实施。
白山市人民政府办公室
2026年4月2日
一、工作目标
到2027年，优良天数比率不低于92%。
二、重点任务
（一）淘汰小锅炉。不再新建燃煤锅炉。
责任单位：市发展改革委、市住房城乡建设局；完成时限：2026年12月底前
（二）治理散煤。改造居民用户。
牵头单位：市生态环境局；完成时限：2026年10月31日
"""


def test_a_short_plan_below_the_signature_is_the_document() -> None:
    policy = read(NOTICE)
    assert goal_words(policy) == ["优良天数比率 | >= | 92 | % | 2027"]
    assert [task.heading for task in policy.tasks] == ["淘汰小锅炉", "治理散煤"]
    assert [one.name for one in policy.tasks[0].responsible_bodies] == [
        "市发展改革委",
        "市住房城乡建设局",
    ]
    # The quote of a date begins with the task that is due, and none is of the task below it.
    spans = {one.when: one.span.text for one in policy.deadlines}
    assert spans["2026年12月底前"].startswith("（一）淘汰小锅炉")
    assert "治理散煤" not in spans["2026年12月底前"]


def test_what_is_forwarded_is_read() -> None:
    policy = read(
        """云南省工业和信息化厅转发工业和信息化部关于加快传统制造业转型升级指导意见的通知
云工信规划〔2024〕88号
各州、市工业和信息化局：
现将《关于加快传统制造业转型升级的指导意见》转发给你们，请结合实际贯彻落实。
附件：关于加快传统制造业转型升级的指导意见
云南省工业和信息化厅
2024年3月5日
附件
关于加快传统制造业转型升级的指导意见
一、发展目标
到2027年，研发设计工具普及率、关键工序数控化率分别超过90%、70%，用水量较2023年下降13%左右。
"""
    )
    assert goal_words(policy) == [
        "研发设计工具普及率 | > | 90 | % | 2027",
        "关键工序数控化率 | > | 70 | % | 2027",
        "用水量 | - | 13 | % | 2027",
    ]


def test_a_notice_with_parts_of_its_own_stays_the_document() -> None:
    own = NOTICE.replace(
        "请认真组织实施。",
        "并通知如下。\n一、加强领导。各单位要建立台账，由市发展改革委牵头。\n二、抓好落实。各单位要按月报送进展。",
    )
    assert [task.number for task in read(own).tasks] == ["一", "二"]


@pytest.mark.parametrize(
    ("words", "counting", "shown"),
    [
        ("新增新能源装机3000万千瓦以上", "新增", "新能源装机 新增≥3000万千瓦"),
        ("规模以上工业增加值年均增长6%左右", "年均", "规模以上工业增加值 年均提高6%左右"),
        ("累计节能500万吨标准煤", "累计", "节能 累计500万吨标准煤"),
        ("绿电交易电量每年不少于200亿千瓦时", "每年", "绿电交易电量 每年≥200亿千瓦时"),
        ("新能源装机达到7000万千瓦", "", "新能源装机 7000万千瓦"),
        ("新型储能装机比2025年翻一番", "", "新型储能装机 为2025年的2倍"),
        ("细颗粒物年均浓度降至28微克/立方米", "", "细颗粒物年均浓度 28微克/立方米"),
    ],
)
def test_additions_and_paces_are_no_levels(words: str, counting: str, shown: str) -> None:
    policy = read(f"某省能源发展方案\n2026年3月2日\n一、发展目标\n到2030年，{words}。")
    assert [one.counting for one in policy.goals] == [counting]
    assert f"2030年 {shown}\n" in render(policy_page(policy)).decode().replace("\\", "")


def test_a_cited_goal_is_told_with_its_document() -> None:
    policy = read(
        "某市节能方案\n2026年3月2日\n一、形势\n《甲省节能规划》要求到2030年全省能耗强度下降14%。"
        "\n二、主要目标\n到2030年，全市能耗强度下降15%。"
    )
    assert [one.metric for one in policy.goals] == [
        "《甲省节能规划》要求，全省能耗强度",
        "能耗强度",
    ]


def test_rows_without_a_year_and_their_attribute_are_shown() -> None:
    policy = read(
        """甲省国民经济和社会发展第十五个五年规划纲要
| 类别 | 指标 | 2025年 | 2030年 | 年均增长/[累计] | 属性 |
|---|---|---|---|---|---|
| 绿色 | 单位地区生产总值二氧化碳排放降低（%） | — | — | [17] | 约束性 |
| 绿色 | 森林覆盖率（%） | 42.5 | 43 | — | 约束性 |
| 经济 | 地区生产总值增长（%） | 5.4 | — | 5左右 | 预期性 |
"""
    )
    read_as = [(i.name, i.value, i.by_year, i.note, i.attribute) for i in policy.indicators]
    assert read_as == [
        ("单位地区生产总值二氧化碳排放降低", 17.0, None, "累计值", "约束性"),
        ("森林覆盖率", 43.0, 2030, "", "约束性"),
        ("地区生产总值增长", 5.0, None, "年均", "预期性"),
    ]
    page = render(policy_page(policy)).decode().replace("\\", "")
    assert "[经济·预期性] 地区生产总值增长 5%左右 注：年均" in page
    assert "不是政策文件" not in page
