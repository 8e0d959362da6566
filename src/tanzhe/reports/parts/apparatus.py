"""Title and footnotes of a report."""

from tanzhe.errors import Words
from tanzhe.model import Series
from tanzhe.periods import Month, months_between
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.summary import claim
from tanzhe.reports.words.dates import moment_words, period_words, span_words
from tanzhe.reports.words.subject import measure_of, subject_slots
from tanzhe.reports.words.vocabulary import source_name

# A reader takes "now" for the day of the report: where the data end earlier by so much, it says so.
STALE = 12


def title(ledger: Ledger, findings: Findings) -> Block:
    """The finding as heading; what the report is about, when it was made, over which years."""
    series = findings.series
    first, last = series.periods[0], series.periods[-1]
    created = findings.manifest.created
    age = months_between(Month.parse(last[:7]), Month.parse(created[:7])) if len(last) > 4 else 0
    old = age >= STALE and series.as_of is None
    return Block(
        kind="title",
        about="title",
        sentences=(
            claim(ledger, findings),
            said("title", {"measure": measure_of(series)}, **subject_slots(ledger, series)),
            said("made", moment=ledger.enter("date", created, moment_words(created))),
            said(
                "span",
                {"offline": "yes" if findings.offline else "no"},
                span=ledger.enter("date", f"{first}/{last}", span_words(series, first, last)),
                source=ledger.enter("name", series.source, source_name(series.source)),
            ),
            *([_stale(ledger, series, age)] if old else []),
        ),
    )


def _stale(ledger: Ledger, series: Series, age: int) -> Sentence:
    """That the data end long before the report was made."""
    last = series.periods[-1]
    return said(
        "stale",
        {},
        until=ledger.enter("date", last, period_words(series, last)),
        age=ledger.enter("number", age, Words(f"{age}个月", f"{age} months"), unit="months"),
    )


def footnotes(ledger: Ledger) -> Block:
    """The notes, each code once."""
    return Block(kind="footnotes", about="footnotes", sentences=ledger.footnotes())
