"""Which pictures a report holds, each with the words of its caption."""

from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import largest_split
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.episode import enter_span
from tanzhe.reports.words.dates import span_words
from tanzhe.reports.words.subject import measure_of, subject_slots


def figures(ledger: Ledger, findings: Findings) -> tuple[Block, ...]:
    """Path with episodes, sums with the peak, contributions, all regions at the time."""
    series = findings.series
    names = subject_slots(ledger, series)
    marks = {
        "measure": measure_of(series),
        "frequency": series.frequency,
        "reach": findings.standing.reach or "none",
    }
    found = [_figure("path", said("caption", marks, **names))]
    if findings.peak is not None:
        found.append(_figure("sums", said("caption", marks, **names)))
    split = largest_split(findings.found)
    if split is not None:
        found.append(_figure("parts", said("caption", span=enter_span(ledger, series, split))))
    beside = findings.alongside
    if beside is not None:
        words = span_words(series, beside.first, beside.last)
        span = ledger.enter("date", f"{beside.first}/{beside.last}", words)
        found.append(_figure("ranks", said("caption", marks, span=span)))
    return tuple(found)


def _figure(about: str, caption: Sentence) -> Block:
    return Block(kind="chart", about=about, sentences=(caption,))
