"""The first minute of a report: the finding, one paragraph, two tables."""

from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import (
    aside,
    faults,
    is_idle,
    largest,
    own_episodes,
    told_episodes,
)
from tanzhe.reports.facts.shocks import calendar_edges
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.episode import (
    amount_slots,
    enter_depth,
    enter_number,
    enter_span,
    episode_marks,
    reach_of,
)
from tanzhe.reports.parts.peak import (
    has_two_levels,
    no_peak,
    outlook,
    peak_marks,
    status,
    stop_slots,
)
from tanzhe.reports.parts.row import episode_row
from tanzhe.reports.parts.standing import change, latest, way
from tanzhe.reports.parts.sure import tellable
from tanzhe.reports.words.dates import period_words
from tanzhe.reports.words.numbers import count_words, effect_digits, percent_words
from tanzhe.reports.words.subject import enter_sector, measure_of, subject_slots

# What must be known of the levels before they are read.
LEVELS = ("indicative_levels", "level_jump", "level_doubt")


def claim(ledger: Ledger, findings: Findings) -> Sentence:
    """The heading that is the finding."""
    series, peak, total = findings.series, findings.peak, findings.standing.latest
    names = subject_slots(ledger, series)
    marks: dict[str, str] = {"measure": measure_of(series), "frequency": series.frequency}
    if is_idle(series):
        return said("claim", {**marks, "says": "idle"}, **names)
    if series.stopped_since is not None:
        return said("claim", {**marks, "says": "stopped"}, **names, **stop_slots(ledger, series))
    if has_two_levels(series):
        return said("claim", {**marks, "says": "levels"}, **names)
    if peak is not None:
        told = status(ledger, peak).facts
        slope = peak.slope_percent_per_year
        words = percent_words(slope, digits=effect_digits(slope))
        marks["record"] = "years" if told.get("years") or series.frequency == "year" else "months"
        moving = peak.status == "rising" and peak_marks(peak)["course"] == "told"
        facts = {"month": told.get("years", told["month"]), "change": told.get("change", ())}
        if moving:
            facts["slope"] = (ledger.enter("number", slope, words, unit="%"),)
        return said("claim", {**marks, **peak_marks(peak), "says": "peak"}, **names, **facts)
    if total is not None and total.growth_percent is not None:
        now = latest(ledger, findings)[0].facts
        facts = {slot: ids for slot, ids in now.items() if slot in ("span", "growth")}
        marks |= {"direction": way(total.growth_percent), "says": "growth"}
        return said("claim", marks, **names, **facts)
    return said("claim", {**marks, "says": "short"}, **names)


def summary(ledger: Ledger, findings: Findings) -> Block:
    """One paragraph, and the tables a director reads in a minute."""
    series, found = findings.series, findings.found
    if is_idle(series):
        return Block(kind="section", about="summary", sentences=(_count(ledger, findings),))
    return Block(
        kind="section",
        about="summary",
        sentences=(
            *latest(ledger, findings),
            *_started(ledger, findings),
            *_peak(ledger, findings),
            _count(ledger, findings),
            *_largest(ledger, findings),
            *_of_products(ledger, findings),
            *tellable(ledger, findings),
            *_changes(ledger, findings),
        ),
        blocks=() if found is None else tuple(
            episode_row(ledger, findings, found, number, one)
            for number, one in enumerate(told_episodes(found), 1)
        ),
        notes=ledger.refer([n for n in series.notes if n.code in LEVELS]),
    )  # fmt: skip


def _changes(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """What moved over years; nothing across a change of unit or definition."""
    if has_two_levels(findings.series):
        return []
    return [change(ledger, one) for one in findings.standing.changes]


def _started(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """Since when there are figures, of a works that opened within the data."""
    series = findings.series
    if not any(note.code == "started" for note in series.notes):
        return []
    first = series.periods[0]
    words = period_words(series, first)
    return [said("started", {}, since=ledger.enter("date", f"since {first}", words))]


def _peak(ledger: Ledger, findings: Findings) -> list[Sentence]:
    peak = findings.peak
    if peak is None:
        return [no_peak(ledger, findings)]
    ahead = [outlook(ledger, months, p) for months, p in peak.record_stands.items()]
    return [status(ledger, peak), *ahead]


def _count(ledger: Ledger, findings: Findings) -> Sentence:
    """How many episodes there are, of which kind; a number that is nought is not named."""
    told = told_episodes(findings.found)
    numbers = {
        "all": len(told),
        "shared": sum(one.scope == "national" for one in told),
        "months": sum(one.shape == "month" for one in told),
        "faults": len(faults(findings.found)),
        "calendar": len(calendar_edges(findings)),
    }
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in numbers.items() if n}
    state = "idle" if is_idle(findings.series) else "short" if findings.found is None else "judged"
    marks = {
        "state": state,
        "any": "yes" if told else "no",
        "one": "yes" if len(told) == 1 else "no",
        "every": "shared" if numbers["shared"] == len(told) else "some",
        "measure": measure_of(findings.series),
        "reach": reach_of(findings.series),
        "frequency": findings.series.frequency,
        "offline": "yes" if findings.offline else "no",
        "aside": aside(findings.series, findings.found),
    }
    return said("count", marks, **ids, **subject_slots(ledger, findings.series))


def _largest(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """The largest episode in a breath: when, what, how much in all."""
    one = largest(findings.found)
    if one is None or findings.found is None:
        return []
    number = 1 + told_episodes(findings.found).index(one)
    return [
        said(
            "largest",
            episode_marks(findings.found, one),
            number=enter_number(ledger, number),
            span=enter_span(ledger, findings.series, one),
            percent=enter_depth(ledger, one),
            **(amount_slots(ledger, findings.found, one)),
        )
    ]


def _of_products(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """How many episodes the products have beside the total's, and the one that weighs most."""
    shares = {one.product: one.share_percent for one in findings.standing.products}
    own = [
        (product, one)
        for product in findings.products
        for one in own_episodes(product, findings.found)
    ]
    if not own:
        return []
    of, most = max(
        own, key=lambda pair: abs(pair[1].depth_percent) * shares.get(pair[0].series.sector, 0.0)
    )
    return [
        said(
            "of_products",
            episode_marks(of, most),
            count=ledger.enter("number", len(own), count_words(len(own))),
            product=enter_sector(ledger, of.series.sector),
            span=enter_span(ledger, of.series, most),
            percent=enter_depth(ledger, most),
        )
    ]
