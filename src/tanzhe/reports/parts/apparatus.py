"""Title and footnotes of a report."""

from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block
from tanzhe.reports.parts.summary import claim
from tanzhe.reports.words.dates import moment_words, span_words
from tanzhe.reports.words.subject import measure_of, subject_slots
from tanzhe.reports.words.vocabulary import source_name


def title(ledger: Ledger, findings: Findings) -> Block:
    """The finding as heading; what the report is about, when it was made, over which years."""
    series = findings.series
    first, last = series.periods[0], series.periods[-1]
    created = findings.manifest.created
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
        ),
    )


def footnotes(ledger: Ledger) -> Block:
    """The notes, each code once."""
    return Block(kind="footnotes", about="footnotes", sentences=ledger.footnotes())
