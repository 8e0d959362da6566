"""Title, reading guide, source of the series and footnotes of a report."""

from tanzhe.errors import Words
from tanzhe.model import Series
from tanzhe.reports.dates import moment_words, period_words, span_words
from tanzhe.reports.findings import Findings
from tanzhe.reports.ledger import Ledger, said
from tanzhe.reports.numbers import count_words, share_words
from tanzhe.reports.subject import measure_of, subject_slots
from tanzhe.reports.tree import Block
from tanzhe.reports.vocabulary import source_name, unit_name

# The borders of the bands, as defined by `tanzhe.model.turning.TurningPoint.band`.
ESTABLISHED_FROM = 0.8
POSSIBLE_FROM = 0.5


def title(ledger: Ledger, findings: Findings) -> Block:
    """What the report is about, when it was made, and over which years."""
    series = findings.points.series
    created = findings.points.manifest.created
    return Block(
        kind="title",
        about="title",
        sentences=(
            said("title", {"measure": measure_of(series)}, **subject_slots(ledger, series)),
            said("made", moment=ledger.enter("date", created, moment_words(created))),
            said("span", span=_span(ledger, series), source=_source(ledger, series)),
        ),
    )


def _span(ledger: Ledger, series: Series) -> str:
    first, last = series.periods[0], series.periods[-1]
    return ledger.enter("date", f"{first}/{last}", span_words(series, first, last))


def _source(ledger: Ledger, series: Series) -> str:
    return ledger.enter("name", series.source, source_name(series.source))


def reading(ledger: Ledger) -> Block:
    """How the two confidences are to be read."""
    borders = said(
        "borders",
        established=_share(ledger, ESTABLISHED_FROM),
        possible=_share(ledger, POSSIBLE_FROM),
    )
    return Block(kind="section", about="reading", sentences=(borders,))


def _share(ledger: Ledger, share: float) -> str:
    return ledger.enter("number", share, share_words(share), unit="%")


def series_section(ledger: Ledger, findings: Findings) -> Block:
    """Where the numbers come from: source, vintage, sha256, span, unit, gaps, software."""
    series = findings.points.series
    missing = sum(value is None for value in series.values)
    provisional = series.provisional_from
    words = period_words(series, provisional) if provisional else Words("", "")
    count = ledger.enter("number", len(series), count_words(len(series)))
    gaps = ledger.enter("number", missing, count_words(missing)) if missing else ""
    origin = said(
        "origin",
        {
            "measure": measure_of(series),
            "frequency": series.frequency,
            "merged": "yes" if series.merged else "no",
        },
        source=_source(ledger, series),
        vintage=ledger.same("code", series.vintage),
        digest=ledger.same("code", series.sha256),
        span=_span(ledger, series),
        periods=count,
        unit=ledger.enter("unit", series.unit, unit_name(series.unit)),
        missing=gaps,
        provisional=ledger.enter("date", provisional, words) if provisional else "",
        software=ledger.same("code", findings.points.manifest.tanzhe),
        **subject_slots(ledger, series),
    )
    return Block(
        kind="table", about="series", sentences=(origin,), notes=ledger.refer(series.notes)
    )


def footnotes(ledger: Ledger) -> Block:
    """The notes, each code once."""
    return Block(kind="footnotes", about="footnotes", sentences=ledger.footnotes())
