"""How sure a report is: what could have been seen, what the words mean, what was searched."""

from tanzhe.model import Episodes, Note
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import faults, told_episodes
from tanzhe.reports.facts.shocks import calendar_edges
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.words.dates import period_words
from tanzhe.reports.words.numbers import count_words, percent_words, share_words
from tanzhe.reports.words.vocabulary import NATION
from tanzhe.turning.episodes.points import ESTABLISHED_FROM, POSSIBLE_FROM


def sure_section(ledger: Ledger, findings: Findings) -> Block:
    """What could have been seen, how to read the probabilities, what is provisional."""
    if findings.found is None:
        return Block(kind="section", about="sure")
    return Block(
        kind="section",
        about="sure",
        notes=ledger.refer(_notes(findings.found)),
        sentences=(
            *tellable(ledger, findings),
            *_borders(ledger, findings),
            *_search(ledger, findings),
            *_provisional(ledger, findings),
            *_aside(ledger, findings),
        ),
    )


def _notes(found: Episodes) -> list[Note]:
    """The notes on the search; the nation has no other regions beside it, and needs none."""
    nation = found.series.region == NATION
    return [note for note in found.notes if not (nation and note.code == "no_company")]


def tellable(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """The smallest departure that would have been told; nothing where nothing was searched."""
    size = None if findings.found is None else findings.found.smallest_tellable_percent
    if size is None:
        return []
    words = percent_words(size, digits=0)
    marks = {"frequency": findings.series.frequency}
    return [said("tellable", marks, percent=ledger.enter("number", size, words, unit="%"))]


def _borders(ledger: Ledger, findings: Findings) -> list[Sentence]:
    if not told_episodes(findings.found):
        return []
    return [
        said(
            "borders",
            {"evidence": "yes" if findings.evidence else "no"},
            **{
                name: ledger.enter("number", value, share_words(value), unit="%")
                for name, value in (
                    ("established", ESTABLISHED_FROM), ("possible", POSSIBLE_FROM),
                )
            },
        )
    ]  # fmt: skip


def _search(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """How much was looked through for reasons, in one line; the rest is in the annex."""
    if not findings.evidence:
        return []
    most = max(one.searched.documents_read for one in findings.evidence)
    marks = {"offline": "yes" if findings.offline else "no"}
    return [said("search", marks, documents=ledger.enter("number", most, count_words(most)))]


def _provisional(ledger: Ledger, findings: Findings) -> list[Sentence]:
    first = findings.series.provisional_from
    fresh = any(note.code == "fresh" for one in told_episodes(findings.found) for note in one.notes)
    if not first and not fresh:
        return []
    words = period_words(findings.series, first) if first else None
    return [
        said(
            "provisional",
            {"fresh": "yes" if fresh else "no"},
            first=ledger.enter("date", first, words) if first and words else "",
        )
    ]


def _aside(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """How many matters of calendar and data stand in the annex."""
    counts = {"calendar": len(calendar_edges(findings)), "faults": len(faults(findings.found))}
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in counts.items() if n}
    return [said("aside", {}, **ids)] if ids else []
