"""Dates, differences, fields and places as they stand in reports of other hands."""

from itertools import pairwise

import pytest

from audit.made import audited, kinds, read, text_of
from tanzhe.audits.lines.labels import listed_fields


@pytest.mark.parametrize(
    ("effect", "impossible"),
    [
        ("2021年3月全国粗钢产量9402万吨，贵州下降3%", False),
        ("2021年1—8月粗钢产量300万吨", False),
        ("2021年前三季度粗钢产量300万吨", False),
        ("2021年上半年用电量600亿千瓦时", False),
        ("2021年第二季度发电量300亿千瓦时", False),
        ("2021年8月发电量120亿千瓦时", False),
        ("2021年粗钢产量460万吨", True),
        ("2021年全年发电量1200亿千瓦时", True),
        ("2021年度用电量1200亿千瓦时", True),
    ],
)
def test_the_figure_of_a_part_of_a_year_is_no_yearly_total(effect: str, impossible: bool) -> None:
    assert ("date_implausible" in kinds(text_of(effect=effect))) == impossible


ITEMS = "# Hebei industry\n\n{head}## Turn 1: September 2021 (down)\n\n{items}{tail}"
ONE = (
    "1. Steel output cap. Date: 2021-07-20. Source: https://gxt.hebei.gov.cn/2021/07/20/1.html\n"
    "2. Power cut. Date: 2021-09-01. Source: https://www.hebei.gov.cn/2021/09/01/2.html\n"
)
LABELLED = (
    "1. **名称**：限产\n   - **发布日期**：2021年7月20日\n   - **来源**：[省政府](http://www.hebei.gov.cn/a/1)\n"
    "\n2. **名称**：限电\n   - **来源**：[省政府](http://www.hebei.gov.cn/a/2)\n"
    "   - **发布日期**：2021年9月1日\n"
)  # fmt: skip


@pytest.mark.parametrize(
    ("head", "items", "tail", "written"),
    [
        ("", ONE, "", None),
        ("", LABELLED, "", None),
        ("Date: 2022-03-01\n\n", ONE, "", "2022-03-01"),
        ("", ONE, "\nGenerated 2022-03-01\n", "2022-03-01"),
        ("", LABELLED, "\n报告日期：2022年3月1日\n", "2022-03-01"),
        ("", LABELLED, "\n2022年3月1日\n", "2022-03-01"),
    ],
)
def test_a_report_is_dated_in_its_head_or_at_its_end_and_by_no_item(
    head: str, items: str, tail: str, written: str | None
) -> None:
    day = read(ITEMS.format(head=head, items=items, tail=tail)).written
    assert (day.isoformat() if day else None) == written


def test_a_name_ends_at_its_sentence() -> None:
    report = read(ITEMS.format(head="", items=ONE, tail=""))
    assert [item.title for item in report.items] == ["Steel output cap", "Power cut"]


@pytest.mark.parametrize(
    ("effect", "wrong"),
    [
        ("output is cut by 21.71 million t to 227.6 million t from 249.8 million t", True),
        ("output is cut by 22.2 million t to 227.6 million t from 249.8 million t", False),
        ("output fell from 249.8 million t to 227.6 million t, down 22.17 million t", False),
        ("output fell by 18 million t, from 249.8 million t to 227.6 million t", True),
        ("产能由50万吨降至30万吨，减少15万吨", True),
        ("产能由50万吨降至30万吨，减少20万吨", False),
        ("产能从50.4万吨增加到70.1万吨，净增19.7万吨", False),
        ("产能由50万吨降至30万吨，累计减少35万吨", False),  # of more years
        ("产能由50万吨降至30万吨，其中水泥减少15万吨", False),
        ("粗钢产量从2020年的24977万吨压减到2021年的22760万吨，压减2100万吨", True),
        ("减少排放15万吨，从50万吨降至30万吨", True),
        ("产能由50万吨降至30万吨，电量减少15亿千瓦时", False),
    ],
)
def test_a_change_is_the_difference_of_its_levels(effect: str, wrong: bool) -> None:
    assert ("arithmetic_or_count" in kinds(text_of(effect=effect))) == wrong


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Clean energy reached the target of 80% in 2030", True),
        ("The province has achieved its goal of 80% for 2030", True),
        ("Clean energy reached 40% in 2021", False),
        ("It met the conditions for 2030 pilot status in 2021", False),
        ("Clean energy will have reached 80% in 2030", False),
        ("Clean energy is planned to have reached 80% in 2030", False),
    ],
)
def test_what_is_due_in_a_later_year_has_not_been_reached(name: str, wrong: bool) -> None:
    items = f"1. Power cut. {name}. Date: 2021-09-01. Source: https://www.hebei.gov.cn/2/3.html\n"
    text = ITEMS.format(head="", items=items, tail="")
    assert ("target_as_fact" in kinds(text)) == wrong


def test_an_unknown_label_among_fields_is_a_field() -> None:
    block = (
        "### {n}. {name}\n- 时间：2017年11月{n}日\n"
        "- 依据：《京津冀及周边地区2017—2018年攻坚行动方案》\n"
        "- 影响：电解铝限产30%\n- 来源：山东省政府 http://www.shandong.gov.cn/art/2017/11/{n}/a.html\n\n"
    )
    one = block.format(n=1, name="采暖季错峰生产")
    text = f"# 山东省工业碳排放转折点\n\n## 转折点：2017年11月\n\n{one}"
    result = audited(text)
    assert [item.title for item in result.items] == ["采暖季错峰生产"]
    assert result.items[0].fields.keys() >= {"时间", "依据", "影响", "来源"}
    assert result.findings == ()


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (["- 依据：某方案", "- 时间：2021年", "- 来源：某厅", "", "- 点评：好"], {1, 5}),
        (["- 钢铁：限产", "- 水泥：停窑", "- 时间：2021年"], set()),  # items by sector
        (["- 来源：甲", "- 钢铁：限产", "- 水泥：停窑", "- 铝：停槽"], set()),
        (["- 时间：甲", "- 限产", "- 来源：乙"], set()),
    ],
)
def test_fields_of_a_list_are_known_by_their_neighbours(lines: list[str], fields: set[int]) -> None:
    assert set(listed_fields(lines)) == fields


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("京津冀及周边地区错峰生产", False),
        ("云南及其周边省份限电", False),
        ("京津冀错峰生产", True),
        ("云南省限电", True),
        ("云南限电减少周边居民用电", True),
    ],
)
def test_a_region_without_an_edge_is_no_other_place(name: str, wrong: bool) -> None:
    assert ("scope_mismatch" in kinds(text_of(name=name, place=""))) == wrong


@pytest.mark.parametrize(
    ("effect", "wrong"),
    [
        ("The plant entered operation in August 2021 (construction began in October 2021)", True),
        ("项目2021年8月投产，2021年10月开工", True),
        ("项目2021年10月开工建设，2021年8月建成", True),
        ("项目2020年10月开工，2021年8月投产", False),
        ("一期2021年8月投产，二期2021年10月开工", False),
        ("项目2021年8月投产，扩建工程2021年10月开工", False),
        ("公司2021年8月投产一条生产线，同时2021年10月开工建设研发大楼", False),
        ("项目2021年投产，2021年10月开工", False),  # the year alone leaves it open
    ],
)
def test_nothing_runs_before_it_is_built(effect: str, wrong: bool) -> None:
    found = audited(text_of(effect=effect)).findings
    told = [f for f in found if f.kind == "date_implausible" and "先投产后开工" in f.explanation]
    assert bool(told) == wrong
    assert all(a.line <= b.line for a, b in pairwise(found))
