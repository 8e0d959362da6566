"""The tools by name; the names are stable (docs/mcp/mcp.md)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tanzhe.errors import Words
from tanzhe.mcp import series_tools, text_tools
from tanzhe.mcp.asked import (
    Asked,
    ChronicleAsked,
    DocumentsAsked,
    EffectAsked,
    EventEffectsAsked,
    ParkAsked,
    PowerAsked,
    ReportAsked,
    RuleAsked,
    SeriesAsked,
    TextAsked,
)


class ToolEntry(NamedTuple):
    """One tool.

    Attributes:
        words: what it is for.
        asked: the record of its arguments.
        answer: the function that answers.
    """

    words: Words
    asked: type[Asked]
    answer: Callable[..., dict[str, Any]]


TOOLS = {
    "turns": ToolEntry(
        Words(
            "一个地区和部门的排放何时转折、多大、哪些产品",
            "When a region's sector turned, by how much, which products moved",
        ),
        SeriesAsked, series_tools.turns,
    ),
    "episodes": ToolEntry(
        Words(
            "发生了什么：每个时期的起止、性质、深度、是否全国共有",
            "What happened: each episode's begin, end, kind, depth and scope",
        ),
        SeriesAsked, series_tools.told_episodes,
    ),
    "peak": ToolEntry(
        Words("是否达峰，峰值能否保持", "Whether it has peaked and whether the record will stand"),
        SeriesAsked, series_tools.told_peak,
    ),
    "report": ToolEntry(
        Words(
            "完整的报告，含依据；不联网", "The whole report with its evidence; no network is used"
        ),
        ReportAsked, series_tools.told_report,
    ),
    "effect": ToolEntry(
        Words("一件事有没有起作用，多大", "Whether one event moved a product, and by how much"),
        EffectAsked, series_tools.told_effect,
    ),
    "event_effects": ToolEntry(
        Words(
            "大事记中一个地区的全部事件各起了什么作用（较慢）",
            "What each catalogued event of a region did (slow)",
        ),
        EventEffectsAsked, series_tools.told_effects,
    ),
    "power": ToolEntry(
        Words(
            "火电为何多发少发：来水、用电、送受电",
            "Why thermal power moved: water, demand, exchange",
        ),
        PowerAsked, series_tools.told_power,
    ),
    "chronicle_search": ToolEntry(
        Words(
            "大事记：按地区、行业、时间查政策和事件",
            "The chronicle: policies and events by place, industry, time",
        ),
        ChronicleAsked, text_tools.chronicle_search,
    ),
    "documents_search": ToolEntry(
        Words("检索用户收入的文件", "Search the documents that the user added"),
        DocumentsAsked, text_tools.documents_search,
    ),
    "audit_text": ToolEntry(
        Words(
            "核查别人写的报告：哪里不对，哪里对",
            "Audit somebody's report: what is wrong, what is right",
        ),
        TextAsked, text_tools.audit_text,
    ),
    "policy_read": ToolEntry(
        Words(
            "读政策文件：目标、任务、责任单位、指标，各附原文",
            "Read an official document: goals, tasks, bodies, indicators, with their words",
        ),
        TextAsked, text_tools.policy_read,
    ),
    "park_assess": ToolEntry(
        Words(
            "按官方指标核算和评估一个园区", "Account for a park and judge it by official indicators"
        ),
        ParkAsked, text_tools.park_assess,
    ),
    "rules_list": ToolEntry(
        Words("列出指标体系和数表", "The rule sets and tables of numbers"),
        Asked, text_tools.rules_list,
    ),
    "rules_show": ToolEntry(
        Words(
            "一个指标体系、数表或数值，附文件和原文",
            "One rule set, table or value with its document and words",
        ),
        RuleAsked, text_tools.rules_show,
    ),
    "data_list": ToolEntry(
        Words(
            "内置了哪些数据：范围、版本、已知的缺口",
            "What data are built in: span, vintage, known gaps",
        ),
        Asked, text_tools.data_list,
    ),
}  # fmt: skip
