"""The data of an official document: goals, tasks, indicators, deadlines, definitions, citations."""

from tanzhe.errors import Words
from tanzhe.model.policy import Passage, PolicyDocument
from tanzhe.reports.pages.datatables import Cell, Column, DataTable
from tanzhe.reports.products.datasets import column

_PASSAGE = (
    column("start", "起于第几字", "Start", "integer"),
    column("end", "止于第几字", "End", "integer"),
    column("quote", "原文", "Quote"),
)


def _span(passage: Passage) -> tuple[Cell, ...]:
    return (passage.start, passage.end, passage.text)


def _table(
    name: str, title: Words, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]
) -> DataTable:
    return DataTable(name=name, title=title, columns=(*columns, *_PASSAGE), rows=tuple(rows))


def policy_tables(policy: PolicyDocument) -> list[DataTable]:
    """Every list of the document as a table, each row with its passage.

    Args:
        policy: from `read_policy`.
    """
    return [
        _table(
            "indicators", Words("指标", "Indicators"),
            (column("kind", "类型", "Kind"), column("name", "指标", "Name"),
             column("operator", "怎么比", "Operator"), column("value", "值", "Value", "number"),
             column("high", "上限", "Upper end", "number"), column("unit", "单位", "Unit"),
             column("condition", "适用条件", "Condition"), column("change", "升降", "Change"),
             column("by_year", "年份", "By year", "integer"),
             column("annex", "所在附件", "Annex")),
            [(i.kind, i.name, i.operator, i.value, i.high, i.unit, i.condition, i.change, i.by_year,
              i.annex, *_span(i.span)) for i in policy.indicators],
        ),
        _table(
            "goals", Words("目标", "Goals"),
            (column("metric", "指标", "Metric"), column("operator", "怎么比", "Operator"),
             column("value", "值", "Value", "number"),
             column("high", "上限", "Upper end", "number"),
             column("unit", "单位", "Unit"), column("about", "约数", "About", "boolean"),
             column("change", "升降", "Change"), column("counting", "计法", "Counting"),
             column("base_year", "基年", "Base year", "integer"),
             column("by", "到", "By")),
            [(g.metric, g.operator, g.value, g.high, g.unit, g.about, g.change,
              g.counting, g.base_year, g.by,
              *_span(g.span)) for g in policy.goals],
        ),
        _table(
            "tasks", Words("任务", "Tasks"),
            (column("number", "编号", "Number"), column("heading", "任务", "Heading"),
             column("section", "所在部分", "Section"), column("bodies", "责任单位", "Bodies")),
            [(t.number, t.heading, t.section,
              "；".join(f"{b.role}：{b.name}" for b in t.responsible_bodies), *_span(t.span))
             for t in policy.tasks],
        ),
        _table(
            "deadlines", Words("时限", "Deadlines"),
            (column("kind", "类别", "Kind"), column("date", "日期", "Date"),
             column("until", "至", "Until"), column("when", "原话", "When"),
             column("consequence", "后果", "Consequence")),
            [(d.kind, d.date, d.until, d.when, d.consequence, *_span(d.span))
             for d in policy.deadlines],
        ),
        _table(
            "definitions", Words("定义", "Definitions"),
            (column("name", "名称", "Name"), column("annex", "所在附件", "Annex")),
            [(d.name, d.annex, *_span(d.span)) for d in policy.definitions],
        ),
        _table(
            "cited_documents", Words("所引文件", "Documents cited"),
            (column("title", "标题", "Title"), column("number", "文号", "Number")),
            [(c.title, c.number, *_span(c.span)) for c in policy.cited_documents],
        ),
    ]  # fmt: skip
