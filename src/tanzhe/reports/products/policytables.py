"""The data of an official document: goals, tasks, indicators, deadlines, definitions, citations."""

from collections.abc import Sequence
from typing import Protocol

from tanzhe.model.policy import Passage, PolicyDocument
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.products.tables import columns_of, data_table, record_table


class _Read(Protocol):
    """Something that was read in a document."""

    @property
    def span(self) -> Passage:
        """The passage it stands in."""


def policy_tables(policy: PolicyDocument) -> list[DataTable]:
    """Every list of the document as a table, each row with its passage.

    Args:
        policy: from `read_policy`.
    """
    tasks = [
        (t.number, t.heading, t.section,
         "；".join(f"{b.role}：{b.name}" for b in t.responsible_bodies))
        for t in policy.tasks
    ]  # fmt: skip
    return [
        _with_passages(record_table("policy.indicators", policy.indicators), policy.indicators),
        _with_passages(record_table("policy.goals", policy.goals), policy.goals),
        _with_passages(data_table("policy.tasks", tasks), policy.tasks),
        _with_passages(record_table("policy.deadlines", policy.deadlines), policy.deadlines),
        _with_passages(record_table("policy.definitions", policy.definitions), policy.definitions),
        _with_passages(
            record_table("policy.cited_documents", policy.cited_documents), policy.cited_documents
        ),
    ]


def _with_passages(table: DataTable, held: Sequence[_Read]) -> DataTable:
    rows = [
        (*row, one.span.start, one.span.end, one.span.text)
        for row, one in zip(table.rows, held, strict=True)
    ]
    columns = (*table.columns, *columns_of("policy.passage"))
    return table.model_copy(update={"columns": columns, "rows": tuple(rows)})
