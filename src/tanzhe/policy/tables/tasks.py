"""Task lists in tables: a task a row, with columns for who leads, answers and supports."""

import re
from collections.abc import Iterator

from tanzhe.model.policy import Deadline, Passage, ResponsibleBody, Role, Task
from tanzhe.policy.bodies.names import listed_bodies
from tanzhe.policy.bodies.responsible import body_of, responsible_bodies
from tanzhe.policy.outline.view import repaired
from tanzhe.policy.tables.read import Cell, Column, Table
from tanzhe.text import read_dates

_ROLES: dict[Column, Role] = {"lead": "牵头", "support": "配合", "charge": "负责"}


def is_task_table(table: Table) -> bool:
    """Whether a table names tasks and who answers for them."""
    columns = set(table.header)
    named = "task" in columns or ("name" in columns and "requirement" not in columns)
    return named and bool(columns & set(_ROLES)) and not table.flattened


def table_tasks(source: str, table: Table) -> list[Task]:
    """The tasks of a table, one a row; empty cells take over from the row above."""
    found: list[Task] = []
    above: dict[int, Cell] = {}
    wanted = max(i for i, c in enumerate(table.header) if c in ("task", "name"))
    for row in table.rows:
        if len(row) != len(table.header):
            continue
        if not row[wanted].words:
            continue
        cells = {i: cell if cell.words else above.get(i, cell) for i, cell in enumerate(row)}
        above = cells
        found.append(_task(source, table, cells, wanted, len(found) + 1))
    return found


def table_deadlines(source: str, table: Table) -> Iterator[Deadline]:
    """The days and months by which the rows of a task table are due."""
    due = [i for i, column in enumerate(table.header) if column == "due"]
    wanted = [i for i, column in enumerate(table.header) if column in ("task", "name")]
    for row in table.rows:
        if len(row) != len(table.header):
            continue
        for cell in (row[i] for i in due):
            days: list[str | None] = [d.last_day.isoformat() for d in read_dates(cell.words)[-1:]]
            for day in days or ([None] if cell.words.startswith("每") else []):
                # The day alone says nothing: the quote begins with what is due.
                cells = [row[i] for i in wanted if row[i].words] + [cell]
                start, end = min(c.start for c in cells), max(c.end for c in cells)
                yield Deadline(
                    kind="completion",
                    date=day,
                    when=cell.words,
                    span=Passage(start=start, end=end, text=source[start:end]),
                )


def _task(source: str, table: Table, cells: dict[int, Cell], wanted: int, counted: int) -> Task:
    numbers = [cells[i].words for i, c in enumerate(table.header) if c == "number"]
    groups = [
        cells[i].words
        for i, c in enumerate(table.header)
        if c in ("kind", "task", "name") and i != wanted
    ]
    start, end = min(c.start for c in cells.values() if c.words), max(c.end for c in cells.values())
    task = cells[wanted]
    start = min(start, task.start) if cells[0].start >= task.start - 400 else task.start
    return Task(
        number=numbers[0] if numbers and numbers[0] else str(counted),
        heading=task.words.split("。")[0][:60],
        section=groups[0] if groups else "",
        text=task.words,
        responsible_bodies=tuple(
            body
            for i, column in enumerate(table.header)
            if column in _ROLES
            for body in _bodies(source, cells[i], _ROLES[column])
        ),
        span=Passage(start=start, end=end, text=source[start:end]),
    )


def _bodies(source: str, cell: Cell, role: Role) -> list[ResponsibleBody]:
    """The bodies of a cell; a cell that says roles itself (A牵头，B配合) is believed."""
    part = repaired(source[cell.start : cell.end])
    spoken = (
        responsible_bodies(part, 0, len(part.text))
        if re.search(r"(?<![（〔])(?:牵头|配合)", part.text)
        else ()
    )
    named = spoken or tuple(
        one for n in listed_bodies(part.text, 0, len(part.text)) if (one := body_of(part, n, role))
    )
    return [
        one.model_copy(
            update={
                "span": Passage(
                    start=one.span.start + cell.start,
                    end=one.span.end + cell.start,
                    text=one.span.text,
                )
            }
        )
        for one in named
    ]
