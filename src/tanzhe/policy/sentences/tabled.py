"""Goals that stand in the cells of a task table, with the day by which their row is due."""

from collections.abc import Iterator
from datetime import date

from tanzhe.model.policy import Goal, Passage
from tanzhe.policy.outline.view import repaired
from tanzhe.policy.sentences.goals import find_goals
from tanzhe.policy.tables.read import Cell, Table
from tanzhe.text import read_dates


def table_goals(source: str, table: Table, issued: date | None) -> Iterator[Goal]:
    """The numbers that rows of a task table aim at, each before the name of its task.

    Args:
        source: of the document.
        table: of tasks.
        issued: day of the document.
    """
    aims = [i for i, column in enumerate(table.header) if column == "requirement"]
    for row in table.rows:
        if len(row) == len(table.header):
            for cell in (row[i] for i in aims):
                yield from _of_cell(source, table, row, cell, issued)


def _of_cell(
    source: str, table: Table, row: tuple[Cell, ...], cell: Cell, issued: date | None
) -> Iterator[Goal]:
    held = dict(zip(table.header, row, strict=True))
    task = held.get("task") or held.get("name")
    due = read_dates(held["due"].words, issued)[-1:] if "due" in held else []
    view = repaired(source[cell.start : cell.end])
    for goal in find_goals(view, [], 0, len(view.text), issued, named=True):
        start, end = goal.span.start + cell.start, goal.span.end + cell.start
        when: dict[str, int | str] = {}
        if goal.by is None and due:
            day = due[0].last_day
            whole = due[0].precision in ("year", "period")
            when = {"by_year": day.year, "by": str(day.year) if whole else f"{day:%Y-%m}"}
        yield goal.model_copy(
            update={
                "metric": f"{goal.metric}（{task.words}）" if task else goal.metric,
                "span": Passage(start=start, end=end, text=source[start:end]),
                **when,
            }
        )
