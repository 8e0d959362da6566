"""References and footnotes are joined to what cites them; apparatus is no item."""

import pytest

from audit.made import audited, kinds, read
from tanzhe.audits.layout.references import cited_in, find_references

NUMBERED = """# 某省工业碳排放转折点报告

## 2021年9月

2021年9月，省发展改革委要求高耗能企业压减负荷[1]，9月水泥产量同比下降31%[2]。

## 2023年3月

2023年3月，省工业和信息化厅公布产能置换方案[3]。

## 参考文献

[1] 关于做好能耗双控工作的通知. 某省发展改革委. 2021-09-12. https://fgw.example.gov.cn/a/1.html
[2] 2021年9月份规模以上工业生产情况. 某省统计局. 2021-10-20. https://tjj.example.gov.cn/b/2.html
[3] 产能置换方案公告. 某省工业和信息化厅. 2023-03-15. https://gxt.example.gov.cn/c/3.html
"""
FOOTNOTES = """# 某省工业碳排放报告

## 2021年9月

2021年9月，省发展改革委要求高耗能企业压减负荷[^1]。

## 2023年3月

2023年3月，省工业和信息化厅公布产能置换方案[^2]。

[^1]: 省发展改革委，2021-09-12，https://fgw.example.gov.cn/a/20210912.html
[^2]: 省工业和信息化厅，2023-03-15，https://gxt.example.gov.cn/c/20230315.html
"""


@pytest.mark.parametrize("text", [NUMBERED, FOOTNOTES])
@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("[^", "[^n"), ("[1]", "①"), ("[1]", "¹"), ("[1]", "【1】"), ("[1]", "〔1〕")],
)
def test_references_stand_behind_the_sentences_that_cite_them(
    text: str, old: str, new: str
) -> None:
    text = text.replace(old, new) if old else text
    report = read(text)
    assert all(item.links for item in report.items)
    assert audited(text).findings == ()
    last = max(item.last_line for item in report.items)
    assert last < text.split("\n").index(next(x for x in text.split("\n") if "2021-09-12" in x))


def test_a_page_may_follow_what_it_tells_of_but_not_precede_it() -> None:
    assert kinds(NUMBERED.replace("2021-10-20", "2022-06-20")) == set()
    early = NUMBERED.replace(
        "https://tjj.example.gov.cn/b/2.html", "https://a.gov.cn/2019/0102/2.html"
    )
    assert "url_date_conflict" in kinds(early)


def test_a_publisher_among_the_references_is_held_against_its_host() -> None:
    told = audited(
        NUMBERED.replace("https://tjj.example.gov.cn/b/2.html", "https://www.sohu.com/a/2_1")
    )
    assert [(f.kind, f.line) for f in told.findings] == [("publisher_domain_mismatch", 14)]


@pytest.mark.parametrize(
    "after",
    [
        "## 附录 数据说明\n\n1. 水泥产量取自统计年鉴 2015—2023\n2. 钢铁产量见 https://a.cn\n",
        "## 方法\n\n检验期为 2015 年 1 月至 2024 年 12 月，置信水平 90%。\n",
        "## Limitations\n\n- Data before 2017 were revised.\n",
    ],
)
def test_an_annex_is_no_item(after: str) -> None:
    assert audited(FOOTNOTES + "\n" + after).findings == ()


def test_a_list_of_events_nobody_cites_is_no_list_of_references() -> None:
    lines = ["## 2021年9月", "", "1. 限电 https://a.cn/1.html", "2. 限产 https://a.cn/2.html"]
    assert find_references(lines).entries == ()


def test_powers_and_unknown_marks_stay() -> None:
    known = find_references(["限产[2]。", "", "[2] 通知 https://a.cn/b.html"]).by_mark
    assert cited_in("面积77万m²，停产[7]。", known) == ("面积77万m²，停产[7]。", [])


def test_a_home_page_is_no_source() -> None:
    told = FOOTNOTES.replace(
        "https://fgw.example.gov.cn/a/20210912.html", "https://fgw.example.gov.cn/"
    )
    assert "url_missing" in kinds(told)


def test_a_title_that_says_since_when_dates_no_report() -> None:
    assert read("# 甲\n\n整理 2019 年以来的事件\n\n## 2021年9月\n\n未找到。").written is None
    assert (
        str(read("# 甲\n\n整理于 2024 年 5 月\n\n## 2021年9月\n\n未找到。").written) == "2024-05-31"
    )


def test_an_upper_bound_may_be_told_in_july() -> None:
    text = (
        "# 甲\n\n## 2021年7月\n\n1. **事件名称**：粗钢产量压减\n   - **时间**：2021年7月5日\n"
        "   - **规模**：2021年全年粗钢产量不超过3000万吨\n"
        "   - **来源**：[通知](http://a.gov.cn/202107/t20210706_1.html)\n"
    )
    assert "date_implausible" not in kinds(text)
    assert "date_implausible" in kinds(text.replace("不超过", "为"))
