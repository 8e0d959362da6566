"""Numbered captions of tables and figures."""

import re

from tanzhe.reports.pages.blocks import Block, Figure, Heading, Table, plain
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.vocabulary import label

# The number of a heading, which is none of a caption.
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.\s　]+)")


# Second columns by which tables of series are known.
_TITLED = ("answer", "what", "total", "year_total", "event")


class Captions:
    """Numbers tables and figures in their order; a table without a caption has its heading's."""

    def __init__(self, page: Page) -> None:
        self._language = page.language
        self._tables = self._figures = 0
        self._heading = page.title

    def pass_by(self, block: Block) -> None:
        """Remember the heading under which the next blocks stand."""
        if isinstance(block, Heading) and block.level > 1:
            self._heading = plain(block.line)

    def of_table(self, block: Table) -> str:
        """表1 and its caption."""
        self._tables += 1
        text = block.caption or self._known(block) or self._by_column(block)
        return self._numbered("table", self._tables, text)

    def _known(self, block: Table) -> str:
        """The title of a table that reports of series have; empty for others."""
        second = plain(block.head[1]) if len(block.head) > 1 else ""
        for column in _TITLED:
            for tone in ("", "plain"):
                if second == label("table", column, self._language, tone=tone):
                    return label("table_title", column, self._language)
        return ""

    def _by_column(self, block: Table) -> str:
        """The heading above a table, and what its rows are."""
        return label("page", "by", self._language).format(
            heading=_NUMBER.sub("", self._heading), column=self._small(plain(block.head[0]))
        )

    def of_figure(self, block: Figure) -> str:
        """图1 and its title."""
        self._figures += 1
        return self._numbered("figure", self._figures, plain(block.title))

    def _small(self, text: str) -> str:
        """A name of a column inside a sentence."""
        return text if self._language == "zh" else text[:1].lower() + text[1:]

    def _numbered(self, kind: str, number: int, text: str) -> str:
        word = label("page", kind, self._language)
        return f"{word}{number}　{text}" if self._language == "zh" else f"{word} {number}. {text}"
