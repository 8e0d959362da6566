"""A thing told as running and as not yet built in the same item."""

import re
from dataclasses import dataclass

from tanzhe.audits.checks.sentences import sentences_of
from tanzhe.audits.claims.read import Claim
from tanzhe.audits.records import Item, Verdicts
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import notions, said
from tanzhe.errors import Words

_PHASE = re.compile(
    r"[一二三四五首]期|第[一二三四]阶段|\d号|phase|(?:first|second|third) (?:line|unit|stage)", re.I
)
_CLAUSE = re.compile(r"[，,；;。!！\n]|\bbut\b|\band\b|\.\s")
_OTHER = re.compile(r"另|其他|其余|同时|此外|配套|another|other|further")
EARLIER = 60  # days by which an early stage may lie before the start and be history


@dataclass(frozen=True, kw_only=True)
class _Told:
    text: str
    words: str
    line: int


def is_progress_told(item: Item, claim: Claim, verdicts: Verdicts) -> bool:
    """Running, and at the same time on paper or under construction.

    Nothing is said where phases, further plants, or an earlier date tell the two apart.

    Returns:
        Whether it is told so.
    """
    clauses = _clauses(item)
    running = next((c for c in clauses if _is_running(c)), None)
    if running is None:
        return False
    for early in clauses:
        words = said("not_yet", early.text) or _begun(early, clauses, item)
        if not words or (early.text == running.text and not _both(early.text)):
            continue
        if _PHASE.search(early.text) or _OTHER.search(early.text) or _is_history(early, claim):
            continue
        verdicts.wrong(
            "stage_confusion", early.line,
            Words(
                f"“{running.text.strip()[-30:]}”说的是建成投产，“{early.text.strip()[-30:]}”说的是还没有建成",
                f"“{running.text.strip()[-40:]}” says it runs, “{early.text.strip()[-40:]}” says it"
                " does not yet",
            ),
            severity="error", item=item,
        )  # fmt: skip
        return True
    return False


def _clauses(item: Item) -> list[_Told]:
    told = [(item.title, item.line)]
    told += [(s.text, s.line) for s in sentences_of(item)]
    return [
        _Told(text=clause, words=text, line=line)
        for text, line in told
        for clause in _CLAUSE.split(text)
        if clause.strip()
    ]


def _is_running(told: _Told) -> bool:
    match = notions("stages")[3].words.search(told.text)
    ahead = told.text[: match.start()] if match else ""
    return match is not None and not said("not_done", ahead) and not said("not_yet", told.text)


def _both(clause: str) -> bool:
    return bool(notions("stages")[3].words.search(clause))


def _begun(told: _Told, clauses: list[_Told], item: Item) -> re.Match[str] | None:
    """开工 below a title that says 投产, where nothing else in the text says it runs."""
    title = notions("stages")[3].words.search(item.title)
    started = notions("stages")[2].words.search(told.text)
    only = not any(_is_running(c) for c in clauses if c.words is not item.title)
    return started if title and started and told.words is not item.title and only else None


def _is_history(told: _Told, claim: Claim) -> bool:
    """Whether a clause has a date well before the one claimed."""
    spans = dates_in(told.text, claim.days.first if claim.days else None)
    if not spans or claim.days is None:
        return False
    return (claim.days.first - spans[0].last_day).days > EARLIER
