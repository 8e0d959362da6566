"""A page of a series as a document: its own Markdown through the renderers of reports."""

from collections.abc import Callable, Sequence
from typing import Any

from tanzhe.errors import Language
from tanzhe.reports.build import build
from tanzhe.reports.page import Page
from tanzhe.reports.renderers import RENDERERS
from tanzhe.web.desk import Told
from tanzhe.web.twins import OFFERED, Cell, csv_of, json_of


class Paper:
    """The twins of a page on one series.

    Args:
        name: of files.
        told: the findings it rests on.
        markdown: the page in our own Markdown, in a language.
        answer: for programs, in a language.
        rows: for CSV, the head first.
    """

    def __init__(
        self,
        name: str,
        told: Told,
        markdown: Callable[[Language], str],
        answer: Callable[[Language], Any],
        rows: Sequence[Sequence[Cell]],
    ) -> None:
        self.name = name
        self._told = told
        self._markdown = markdown
        self._answer = answer
        self._rows = rows

    @property
    def forms(self) -> tuple[str, ...]:
        """Those of the reports, and CSV."""
        there = {*RENDERERS, "csv"}
        return tuple(one for one in OFFERED if one in there)

    def made(self, form: str, language: Language) -> bytes | str:
        """The page in a form."""
        if form == "csv":
            return csv_of(self._rows)
        if form == "json":
            return json_of(self._answer(language))
        findings = self._told.findings
        tree = build(findings, language=language)
        return RENDERERS[form](Page(findings, tree, self._markdown(language), language))
