"""Sentences of an item with the amounts in them, for checks that reckon."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tanzhe.audits.claims.compare import MOST_NUMBERS
from tanzhe.audits.claims.read import ADDRESS
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Field, Item, ReportText, Verdicts
from tanzhe.audits.spans import dates_in, quantities_in
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

_END = re.compile(r"[。；;\n！？]|\.(?=\s+[A-Z“\"(]|\s*$)")


MOST_KEPT = 16384  # fields whose reading is kept: those of a report of two million characters


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of an item.

    Attributes:
        item: the item it stands in; None beside the items: of the introduction or a remark.
        line: of its field.
        label: of its field.
        text: without addresses and Markdown.
        spans: its quantities in order; numbers that belong to dates are left out.
    """

    item: Item | None
    line: int
    label: str
    text: str
    spans: tuple[QuantitySpan, ...]

    def around(self, span: QuantitySpan, before: int, after: int) -> str:
        """The words around a quantity."""
        return self.text[max(0, span.start - before) : span.end + after]


def sentences_of(item: Item) -> Iterator[Sentence]:
    """All sentences of an item that may hold numbers."""
    told = [f for f in item.fields if f.role not in ("source", "date") and f.value.strip()]
    if not told:
        told = [Field(label="", role="text", value=item.title, line=item.line)]
    for one in told:
        for text, spans in _cut(one.value):
            yield Sentence(item=item, line=one.line, label=one.label, text=text, spans=spans)


def sentences_in(report: ReportText) -> Iterator[Sentence]:
    """All sentences of a report: those of its items, and the prose beside them."""
    for item in report.items:
        yield from sentences_of(item)
    prose = [line for point in report.points for line in point.prose]
    for line, text in (*report.head, *prose, *report.asides):
        if not text.lstrip().startswith("|"):
            for sentence, spans in _cut(text):
                yield Sentence(item=None, line=line, label="", text=sentence, spans=spans)


@lru_cache(maxsize=MOST_KEPT)
def _cut(value: str) -> tuple[tuple[str, tuple[QuantitySpan, ...]], ...]:
    """The sentences of a field with their quantities."""
    value = bare(ADDRESS.sub(" ", value))
    ends = [0, *(m.end() for m in _END.finditer(value)), len(value)]
    cut = (value[start:end] for start, end in itertools.pairwise(ends))
    return tuple((text, amounts(text)) for text in cut if text.strip())


@lru_cache(maxsize=MOST_KEPT)
def amounts(text: str) -> tuple[QuantitySpan, ...]:
    """The quantities of a text without numbers that belong to dates."""
    dates = [(s.start, s.end) for s in dates_in(text)]
    spans = quantities_in(text)[:MOST_NUMBERS]
    return tuple(
        s
        for s in spans
        if not any(first <= s.start < last for first, last in dates)
        and not (not s.unit and re.match(r"\s*[月日号时点](?!\d)", text[s.end :]))
    )


def tell(at: Sentence, words: Words, verdicts: Verdicts) -> None:
    """Numbers of a sentence that do not come out."""
    verdicts.wrong(
        "arithmetic_or_count", at.line, words, severity="error", item=at.item, field=at.label
    )
