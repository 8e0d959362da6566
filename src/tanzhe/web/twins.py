"""Twins: what a page says, in the other forms, by the one page model of the reports."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

from tanzhe.api.files.forms import write
from tanzhe.errors import Language, Words
from tanzhe.reports.forms import FORMS, find_renderer
from tanzhe.reports.pages.datatables import Cell, Column, DataTable
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.pages.page import Page
from tanzhe.reports.products.datasets import series_table
from tanzhe.web.desk import Told
from tanzhe.web.inbox import Held

MEDIA = {
    **{name: form.media for name, form in FORMS.items() if form.suffix == f".{name}"},
    "svg": "image/svg+xml",
    "png": "image/png",
    "ics": "text/calendar; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "xml": "application/atom+xml; charset=utf-8",
}
# The order in which a reader is offered them; what else there is comes after.
OFFERED = ("docx", "pdf", "xlsx", "csv", "json", "md")
ALL = (*OFFERED, *sorted({name for name in FORMS if name in MEDIA} - set(OFFERED)))


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


class Paper:
    """A page that is told by the page model: it has every form that reports have.

    Args:
        name: of files.
        make: gives the page in a language.
    """

    def __init__(self, name: str, make: Callable[[Language], Page]) -> None:
        self.name = name
        self._make = make

    @property
    def forms(self) -> tuple[str, ...]:
        """Those of the reports, Word first."""
        return ALL

    def made(self, form: str, language: Language) -> bytes | str:
        """The page in a form."""
        return find_renderer(form)(self._make(language))


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
        product: as `tanzhe.api.files.forms.write` takes it.
    """

    def maker(form: str) -> Callable[[Language], bytes | str]:
        return lambda language: write(product, form, language).content

    return {form: maker(form) for form in (*OFFERED, "html")}


class Table(Paper):
    """A page that is a table.

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
        super().__init__(name, self._page)
        self._title = title
        self._columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)
        self._answer = answer

    def _page(self, language: Language) -> Page:
        draft = Draft(language, self._title)
        cells = [[_read(cell) for cell in row] for row in self._rows]
        draft.table(self._title, self._columns, cells)
        return draft.page(
            product="page", about=self.name, made=datetime.now(UTC).isoformat(timespec="seconds"),
            answer=partial(self._told, language), tables=[self._data()],
        )  # fmt: skip

    def _data(self) -> DataTable:
        columns = tuple(
            Column(
                name=re.sub(r"\W+", "_", column.en.lower()).strip("_") or f"column_{at + 1}",
                title=column,
                type="number" if self._is_number(at) else "string",
            )
            for at, column in enumerate(self._columns)
        )
        return DataTable(name="rows", title=self._title, columns=columns, rows=self._rows)

    def _is_number(self, at: int) -> bool:
        held = [row[at] for row in self._rows if row[at] is not None]
        return bool(held) and all(isinstance(cell, (int, float)) for cell in held)

    def _told(self, language: Language) -> Any:
        if self._answer is not None:
            return self._answer
        names = [column.en for column in self._columns]
        return {
            "title": self._title.said(language),
            "rows": [dict(zip(names, row, strict=True)) for row in self._rows],
        }


def _read(cell: Cell) -> str:
    """A cell as a page has it; the data beside it keep every digit.

    Example:
        >>> _read(0.431624752), _read(1027260.0), _read(2025), _read(None)
        ('0.4316', '1,027,260', '2025', '—')
    """
    if cell is None:
        return "—"
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 1000 else f"{cell:.4g}"
    return str(cell)


class Files(Table):
    """A page that lists the files dropped on it.

    Args:
        name: of files.
        title: what the page says.
        held: the files, each with its id and name.
    """

    def __init__(self, name: str, title: Words, held: Sequence[Held]) -> None:
        columns = (Words("编号", "id"), Words("文件", "file"))
        super().__init__(name, title, columns, [(one.id, one.name) for one in held])


class Report(Paper):
    """A page that tells findings: their report; as CSV the path that is drawn.

    Args:
        name: of files.
        told: the findings.
        register: of the words.
    """

    def __init__(self, name: str, told: Told, register: str = "plain") -> None:
        super().__init__(name, partial(told.page, register))
        self._told = told
        self._register = register

    def made(self, form: str, language: Language) -> bytes | str:
        """The report in a form."""
        if form != "csv":
            return self._told.report(self._register, form, language)
        found = self._told.findings
        page = self._make(language)
        path = series_table(found.series, found.found)
        others = [table for table in page.tables if table.name != path.name]
        return find_renderer(form)(replace(page, tables=(path, *others)))
