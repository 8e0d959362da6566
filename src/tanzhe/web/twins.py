"""Twins: what a page says, in the other forms."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from tanzhe.api.forms import write
from tanzhe.errors import Language, Words
from tanzhe.reports.escape import inert
from tanzhe.reports.renderers import FORMS
from tanzhe.web.desk import Told

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ics": "text/calendar; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
}
# The order in which a reader is offered them; what else there is comes after.
OFFERED = ("docx", "pdf", "xlsx", "csv", "json", "md")
# A spreadsheet program takes what begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | None


class Twin(Protocol):
    """The other forms of a page."""

    @property
    def name(self) -> str:
        """Of a file, without its end."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Ends of the path, in the order they are offered."""

    def made(self, form: str, language: Language) -> bytes | str:
        """The page in a form of `forms`."""


class Table:
    """A page that is a table: CSV, Markdown and JSON.

    Args:
        name: of files.
        title: what the page says.
        columns: names of the columns; their Chinese and English.
        rows: cells; text, numbers, or None where nothing is known.
        answer: for JSON, as programs read it; the rows by column when left out.
    """

    def __init__(
        self,
        name: str,
        title: Words,
        columns: Sequence[Words],
        rows: Sequence[Sequence[Cell]],
        answer: Any = None,
    ) -> None:
        self.name = name
        self._title = title
        self._columns = tuple(columns)
        self._rows = [tuple(row) for row in rows]
        self._answer = answer

    @property
    def forms(self) -> tuple[str, ...]:
        """CSV, JSON, Markdown."""
        return ("csv", "json", "md")

    def made(self, form: str, language: Language) -> bytes | str:
        """The table in a form."""
        head = [column.said(language) for column in self._columns]
        if form == "csv":
            return csv_of([head, *self._rows])
        if form == "md":
            return self._markdown(head, language)
        answer = self._answer
        if answer is None:
            names = [column.en for column in self._columns]
            answer = {
                "title": self._title.said(language),
                "rows": [dict(zip(names, row, strict=True)) for row in self._rows],
            }
        return json.dumps(answer, ensure_ascii=False, indent=1)

    def _markdown(self, head: Sequence[str], language: Language) -> str:
        lines = [f"# {inert(self._title.said(language))}", ""]
        lines.append("| " + " | ".join(inert(cell) for cell in head) + " |")
        lines.append("|" + "---|" * len(head))
        for row in self._rows:
            cells = ("—" if cell is None else inert(str(cell)) for cell in row)
            lines.append("| " + " | ".join(cells) + " |")
        return "\n".join(lines) + "\n"


class Report:
    """A page that tells findings: every form that a report has, and CSV of what is drawn.

    Args:
        name: of files.
        told: the findings.
        rows: for CSV, the head first.
        register: of the words.
    """

    def __init__(
        self, name: str, told: Told, rows: Sequence[Sequence[Cell]], register: str = "plain"
    ) -> None:
        self.name = name
        self._told = told
        self._rows = rows
        self._register = register

    @property
    def forms(self) -> tuple[str, ...]:
        """Those of the reports, Word first."""
        there = {form for form in FORMS if form in MEDIA}
        return (*(one for one in OFFERED if one in there), *sorted(there - set(OFFERED)))

    def made(self, form: str, language: Language) -> bytes | str:
        """The report in a form."""
        if form == "csv":
            return csv_of(self._rows)
        return self._told.report(self._register, form, language)


class Made:
    """A page whose product writes itself.

    Args:
        name: of files.
        makers: by form, in the order they are offered.
    """

    def __init__(self, name: str, makers: Mapping[str, Callable[[Language], bytes | str]]) -> None:
        self.name = name
        self._makers = dict(makers)

    @property
    def forms(self) -> tuple[str, ...]:
        """Those there are makers for."""
        return tuple(self._makers)

    def made(self, form: str, language: Language) -> bytes | str:
        """The product in a form."""
        return self._makers[form](language)


def makers_of(product: object) -> dict[str, Callable[[Language], bytes | str]]:
    """Makers of the forms that a browser offers, of a result that has a page.

    Args:
        product: as `tanzhe.api.forms.write` takes it.
    """

    def maker(form: str) -> Callable[[Language], bytes | str]:
        return lambda language: write(product, form, language).content

    return {form: maker(form) for form in (*OFFERED, "html")}


def csv_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Rows as CSV that every spreadsheet opens: UTF-8 with its mark, no cell a formula."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
