"""Work grows with the length of a report, not with its square: calls are counted, not seconds."""

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from audit.made import TODAY
from tanzhe.audits.layout.read import read_layout
from tanzhe.audits.report import audit_report

SMALL, LARGE = 60, 240
MOST = 1.25  # times the calls an item took in the small report


def _labelled(n: int) -> list[str]:
    lines = ["# 贵州省工业碳排放说明", "", "分析时间：2025年1月5日", ""]
    for i in range(n):
        year, month = 2010 + i % 15, 1 + i % 12
        if i % 3 == 0:
            lines += [f"## 转折点：{year}年{month}月（可信度70%）", ""]
        lines += [
            f"1. **事件名称**：《第{i}号有序用电方案》印发",
            f"   - **时间**：{year}年{month}月{1 + i % 28}日",
            "   - **地点**：贵阳、遵义",
            f"   - **规模**：压减负荷{i + 100}万千瓦，其中贵阳{i % 50}万千瓦",
            f"   - **来源**：[贵州省能源局](http://nyj.guizhou.gov.cn/{year}/t_{i}.html)",
            "",
        ]
    return lines


def _prose(n: int) -> list[str]:
    lines = ["# 贵州省工业碳排放说明", ""]
    for i in range(n):
        if i % 4 == 0:
            lines += ["", f"## {2010 + i % 15}年{1 + i % 12}月", ""]
        lines += [
            f"第{i}家企业压减{i + 100}万千瓦，产量由{i + 50}万吨降至{i + 40}万吨[{i + 1}]。",
            "",
        ]
    lines += ["## 参考文献", ""]
    return lines + [f"[{i + 1}] 通知. 贵州省能源局. https://a.gov.cn/{i}.html" for i in range(n)]


def _table(n: int) -> list[str]:
    lines = ["# 贵州省工业", "", "| 转折点 | 事件 | 时间 | 地点 | 来源 |", "|---|---|---|---|---|"]
    for i in range(n):
        month = f"{2010 + i % 15}年{1 + i % 12}月"
        lines.append(
            f"| {month} | 第{i}号铝厂限产 | {month} | 贵阳 | [报道](http://a.cn/{i}.html) |"
        )
    return lines


def _one_section(n: int) -> list[str]:
    lines = ["# 贵州省工业碳排放", "", "## 2021年9月", ""]
    return lines + [f"- **第{i}号铝厂限产**：2021年9月压减{i}万千瓦" for i in range(n)]


def _same(n: int) -> list[str]:
    lines = ["# 贵州省工业碳排放", "", "## 2021年9月", ""]
    return lines + ["- **铝厂限产**：2021年9月压减7万千瓦。[报道](http://a.cn/1.html)"] * n


def _links_below(n: int) -> list[str]:
    lines = [*_one_section(n), ""]
    return lines + [f"[铝厂{i}报道](http://a.example.com/{i}.html)" for i in range(n)]


def _bullets(n: int) -> list[str]:
    return ["# 贵州省工业碳排放", "", *(f"- 第{i}点：2021年限电{i}次" for i in range(4 * n))]


def _calls(lines: list[str]) -> int:
    """Python functions called while a report is read and audited."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        audit_report(read_layout("a.md", lines), today=TODAY)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "made", [_labelled, _prose, _table, _one_section, _same, _links_below, _bullets]
)
def test_work_grows_with_length(made: Callable[[int], list[str]]) -> None:
    _calls(made(4))  # tables and patterns are read once
    small, large = _calls(made(SMALL)), _calls(made(LARGE))
    assert large <= MOST * small * LARGE / SMALL
