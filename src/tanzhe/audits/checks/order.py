"""A thing that runs before its construction has begun."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tanzhe.audits.claims.read import ADDRESS
from tanzhe.audits.lines.marks import bare
from tanzhe.audits.records import Item, Verdicts
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import notions
from tanzhe.errors import Words

_CUT = re.compile(r"[，,；;。!！\n（()）、]|\bbut\b|\band\b|\.\s")
# Another part of the thing, which may well begin after the first runs.
_APART = re.compile(
    r"[一二三四五六首]期|第[一二三四五]|\d\s*号|[扩改技]建|扩产|扩能|改造|升级|新增|同时|此外|另|其他|其余|配套|重新|恢复"
    r"|phase|expansion|extension|upgrade|second|third|another|other|further|also|meanwhile|resum|again"
    r"|new line",
    re.I,
)
_FINE = ("day", "ten_days", "month", "quarter", "half_year", "year")


@dataclass(frozen=True, kw_only=True)
class _Step:
    """A stage of a project with the date it is told for."""

    words: str
    first: date
    last: date
    line: int


def check_order(item: Item, verdicts: Verdicts) -> None:
    """Operation told for a day before that of the construction of the same thing."""
    clauses = list(_clauses(item))
    if any(_APART.search(text) for text, _ in clauses):
        return
    running = list(_steps(clauses, "running"))
    started = list(_steps(clauses, "started"))
    for one in running:
        for other in started:
            if one.last < other.first:
                verdicts.wrong(
                    "date_implausible", other.line,
                    Words(
                        f"“{one.words}”早于“{other.words}”，不可能先投产后开工",
                        f"“{one.words}” is earlier than “{other.words}”: nothing runs before it is"
                        " built",
                    ),
                    severity="error", item=item,
                )  # fmt: skip
                return


def _clauses(item: Item) -> Iterator[tuple[str, int]]:
    """The clauses of an item; fields of dates count with their labels."""
    told = [(item.title, item.line)]
    for one in item.fields:
        if one.role != "source":
            label = f"{one.label}：" if one.role in ("date", "stage") else ""
            told.append((f"{label}{one.value}", one.line))
    for text, line in told:
        for clause in _CUT.split(bare(ADDRESS.sub(" ", text))):
            if clause.strip():
                yield clause.strip(), line


def _steps(clauses: list[tuple[str, int]], stage: str) -> Iterator[_Step]:
    """Clauses that tell of one stage and one date."""
    stages = [n for n in notions("stages") if n.id in ("started", "running")]
    for text, line in clauses:
        said = [n.id for n in stages if n.words.search(text)]
        spans = [s for s in dates_in(text) if s.precision in _FINE and not s.inferred]
        if said == [stage] and len(spans) == 1 and not spans[0].qualifier:
            yield _Step(
                words=text[-40:], first=spans[0].first_day, last=spans[0].last_day, line=line
            )
