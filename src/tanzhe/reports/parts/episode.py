"""One episode as sentences and as a row of the summary."""

from tanzhe.errors import Words
from tanzhe.model import Episode, Episodes, Series
from tanzhe.places import place_of
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.selection import has_amount, leaders, shown_drivers
from tanzhe.reports.facts.tree import Block, Sentence
from tanzhe.reports.parts.evidence import evidence_block, shown_of
from tanzhe.reports.words.dates import is_vague, period_words, span_words, years_words
from tanzhe.reports.words.numbers import (
    amount_words,
    confidence_words,
    count_words,
    effect_digits,
    kept_words,
    likelihood,
    percent_words,
    points_words,
    share_words,
)
from tanzhe.reports.words.subject import enter_sector, measure_of, subject_slots
from tanzhe.reports.words.vocabulary import NATION

# Below this the kind is not named: another is as likely.
SURE_SHAPE = 0.5
# The end of what lasted less than half a year needs no reason of its own.
HALF_A_YEAR = 6
# What may be a fault of the data.
DOUBTS = ("disputed", "level_doubt")
# What these notes say, the words around an episode say.
SAID_ANYWAY = ("shared", "single_month", "unclear_shape", "no_company", "against_others")


def direction_of(value: float) -> str:
    """Up or down."""
    return "down" if value < 0 else "up"


def episode_marks(found: Episodes, one: Episode) -> dict[str, str]:
    """The closed choices that the words about an episode depend on."""
    way = direction_of(one.depth_percent)
    codes = {note.code for note in (*one.notes, *found.notes)}
    return {
        "shape": shape_mark(found.series, one),
        "family": one.family,
        "told": "yes" if one.shape_probability >= SURE_SHAPE else "no",
        "direction": way,
        "whose": _whose(found, one),
        "band": one.band,
        "likelihood": likelihood(one.probability),
        "lasting": "yes" if one.end is None and one.family != "month" else "no",
        "usual": "others" if "against_others" in codes else found.series.frequency,
        "fresh": "yes" if "fresh" in codes else "no",
        "doubt": "no" if codes.isdisjoint(DOUBTS) else "yes",
        "measure": measure_of(found.series),
        "frequency": found.series.frequency,
    }


def last_of_month(one: Episode) -> str:
    """The last period of what may be a single one: where its kind is open, the one furthest off."""
    return max(one.begin, one.deepest)


def shape_mark(series: Series, one: Episode) -> str:
    """The kind and its direction; another level that a later change took back did not last."""
    kind: str = "stepped" if one.shape == "step" and one.end is not None else one.shape
    if kind == "month" and series.frequency == "year":
        kind = "year"
    if one.family == "level" and one.end is None and _lags(series, one):
        kind = "lag"
    return f"{kind}_{direction_of(one.depth_percent)}"


def _lags(series: Series, one: Episode) -> bool:
    """Whether the figures themselves moved the other way: they only left their former course."""
    a_year = {"year": 1, "month": 11 if series.merged else 12, "day": 365}[series.frequency]
    began = series.periods.index(one.begin)
    before, now = series.array[max(0, began - a_year) : began], series.array[-a_year:]
    if min(len(before), len(now), len(series) - began) < a_year:
        return False
    change = float(now.sum() / before.sum() - 1)  # NaN where a period is missing: not told
    return change * one.depth_percent < 0


def _whose(found: Episodes, one: Episode) -> str:
    """Own, shared by the nation or a table, the nation's, or not to be told without company."""
    if found.series.region == NATION:
        return "nation"
    if one.scope == "national":
        return "common" if reach_of(found.series) == "table" else "shared"
    alone = any(note.code == "no_company" for note in (*found.notes, *one.notes))
    return "unknown" if alone else "own"


def enter_number(ledger: Ledger, number: int) -> str:
    """The fact of an episode's number, as in the pictures."""
    return ledger.enter("number", number, count_words(number))


def enter_span(ledger: Ledger, series: Series, one: Episode) -> str:
    """The fact of the periods of an episode: the first alone where it lasts to the end.

    A begin that cannot be dated to a month is told as its years.
    """
    last = one.begin if one.end is None else _before(series, one.end, one.begin)
    if one.family == "month":
        last = last_of_month(one)
    words = span_words(series, one.begin, last)
    if is_vague(*one.begin_interval):
        years, ended = years_words(*one.begin_interval), period_words(series, last)
        words = years if last == one.begin else Words(
            f"{years.zh}至{ended.zh}", f"{years.en} to {ended.en}"
        )  # fmt: skip
    return ledger.enter("date", f"{one.begin}/{last}", words)


def _before(series: Series, end: str, begin: str) -> str:
    earlier = [period for period in series.periods if begin <= period < end]
    return earlier[-1] if earlier else begin


def headline(ledger: Ledger, found: Episodes, number: int | None, one: Episode) -> Sentence:
    """Its number, when, what kind, whose, and what led; no number for a product's."""
    return said(
        "headline",
        episode_marks(found, one),
        number="" if number is None else enter_number(ledger, number),
        span=enter_span(ledger, found.series, one),
        leader=[] if number is None else [enter_sector(ledger, d.product) for d in leaders(one)],
        **subject_slots(ledger, found.series),
    )


def depth(ledger: Ledger, found: Episodes, one: Episode) -> Sentence:
    """How far off at most, with interval, and when."""
    digits = effect_digits(one.depth_percent)
    low, high = sorted(one.depth_interval, key=abs)
    mixed = one.depth_interval[0] < 0 < one.depth_interval[1]
    values = (one.depth_percent, *(one.depth_interval if mixed else (low, high)))
    ids = [
        ledger.enter("number", value, percent_words(value, digits=digits, signed=s), unit="%")
        for value, s in zip(values, (False, mixed, mixed), strict=True)
    ]
    aside = one.deepest != one.begin and one.family != "trend"
    deepest = period_words(found.series, one.deepest)
    return said(
        "depth",
        episode_marks(found, one),
        percent=ids[0],
        low=ids[1],
        high=ids[2],
        deepest=ledger.enter("date", one.deepest, deepest) if aside else "",
        level=ledger.enter("number", one.level, share_words(one.level), unit="%"),
    )


def enter_depth(ledger: Ledger, one: Episode) -> str:
    """The fact of the largest departure, signed, for a table."""
    digits = effect_digits(one.depth_percent)
    words = percent_words(one.depth_percent, digits=digits, signed=True)
    return ledger.enter("number", one.depth_percent, words, unit="%")


def amount_slots(ledger: Ledger, found: Episodes, one: Episode) -> dict[str, str]:
    """What it added up to over its life; empty of a month, and where the sum has another sign.

    Only what was is told: a yearly figure of something that did not last a year never was.
    """
    if one.family == "month" or not has_amount(found, one):
        return {}
    value, unit, until = one.amount.value, one.amount.unit, found.series.periods[-1]
    told = {"value": ledger.enter("number", value, amount_words(value, unit), unit=unit)}
    if one.end is None:
        told["until"] = ledger.enter("date", until, period_words(found.series, until))
    return told


def amount(ledger: Ledger, found: Episodes, one: Episode) -> list[Sentence]:
    """What it added up to, with its interval."""
    slots = amount_slots(ledger, found, one)
    if not slots:
        return []
    unit = one.amount.unit
    low, high = (
        ledger.enter("number", end, amount_words(end, unit), unit=unit)
        for end in sorted(one.amount.interval, key=abs)
    )
    return [said("amount", episode_marks(found, one), **slots, low=low, high=high)]


def bend(ledger: Ledger, one: Episode, found: Episodes) -> list[Sentence]:
    """How much the trend changed."""
    if one.trend_change is None:
        return []
    words = points_words(one.trend_change)
    value = ledger.enter("number", one.trend_change, words, unit="percentage points")
    return [said("bend", {"direction": direction_of(one.trend_change)}, points=value)]


def begin(ledger: Ledger, found: Episodes, one: Episode) -> list[Sentence]:
    """When it may have begun, where that is not one period."""
    first, last = one.begin_interval
    if first == last:
        return []
    span = ledger.enter("date", f"{first}/{last}", span_words(found.series, first, last))
    return [said("begin", {"frequency": found.series.frequency}, span=span)]


def certainty(ledger: Ledger, found: Episodes, one: Episode) -> Sentence:
    """How surely it happened, and how surely of this kind."""
    return said(
        "certainty",
        episode_marks(found, one),
        value=ledger.enter("number", one.probability, confidence_words(one.probability), unit="%"),
        kind=_enter_shape(ledger, one),
        **_stability_slots(ledger, one),
    )


def _enter_shape(ledger: Ledger, one: Episode) -> str:
    """The fact of how sure the kind is; empty where no kind is told."""
    if one.shape_probability < SURE_SHAPE:
        return ""
    words = confidence_words(one.shape_probability)
    return ledger.enter("number", one.shape_probability, words, unit="%")


def _stability_slots(ledger: Ledger, one: Episode) -> dict[str, str]:
    """Of a fresh one, how many like it were still told a year later, and of how many."""
    if one.stability is None or one.scope == "data":
        return {}
    kept, cases = one.stability.kept, one.stability.n
    return {
        "kept": ledger.enter("number", kept, kept_words(kept), unit="%"),
        "cases": ledger.enter("number", cases, count_words(cases)),
    }


def reach_of(series: Series) -> str:
    """Whether the other regions are the nation's, or those of a table."""
    return "table" if place_of(series.region) is None else "nation"


def shared(ledger: Ledger, found: Episodes, one: Episode) -> list[Sentence]:
    """What the nation did, and what the province had more or less, with its rank."""
    if one.excess_percent is None:
        return []
    nation = one.depth_percent - one.excess_percent
    beyond = one.excess_percent * (-1 if one.depth_percent < 0 else 1) > 0
    words = percent_words(nation, digits=effect_digits(nation))
    rank, of = one.rank, one.of
    return [
        said(
            "shared",
            {
                "direction": direction_of(nation),
                "reach": reach_of(found.series),
                "beyond": "more" if beyond else "less",
                "mostly": "own" if beyond and abs(one.excess_percent) > abs(nation) else "nation",
            },
            nation=ledger.enter("number", nation, words, unit="%"),
            excess=ledger.enter(
                "number", one.excess_percent, points_words(one.excess_percent),
                unit="percentage points",
            ),
            rank=ledger.enter("number", rank, count_words(rank)) if rank else "",
            of=ledger.enter("number", of, count_words(of)) if of else "",
        )
    ]  # fmt: skip


def drivers(ledger: Ledger, one: Episode) -> list[Sentence]:
    """What each product contributed."""
    return [
        said(
            "driver",
            {"direction": direction_of(driver.percentage_points)},
            product=enter_sector(ledger, driver.product),
            points=ledger.enter(
                "number", driver.percentage_points, points_words(driver.percentage_points),
                unit="percentage points",
            ),
        )
        for driver in shown_drivers(one)
    ]  # fmt: skip


def episode_block(
    ledger: Ledger, findings: Findings, found: Episodes, number: int, one: Episode
) -> Block:
    """Everything about an episode of the series asked for, with its reasons."""
    return Block(
        kind="section",
        about="episode",
        notes=_notes(ledger, one),
        sentences=(
            headline(ledger, found, number, one),
            depth(ledger, found, one),
            *bend(ledger, one, found),
            *amount(ledger, found, one),
            *begin(ledger, found, one),
            *shared(ledger, found, one),
            *drivers(ledger, one),
            certainty(ledger, found, one),
        ),
        blocks=(
            evidence_block(ledger, findings.evidence_for(one.id), edge="begin"),
            *_at_the_end(ledger, findings, found, one),
        ),
    )


def _at_the_end(
    ledger: Ledger, findings: Findings, found: Episodes, one: Episode, *, short: bool = False
) -> tuple[Block, ...]:
    """Why it ended: where something was found, or where it lasted so long that one asks."""
    evidence = findings.evidence_for(one.id, "end")
    if one.end is None or evidence is None or one.family == "month":
        return ()
    months = [period for period in found.series.periods if one.begin <= period < one.end]
    if not shown_of(evidence) and (short or len(months) < HALF_A_YEAR):
        return ()
    before = findings.evidence_for(one.id)
    known = frozenset(e.event.id for e in shown_of(before)) if before else frozenset[str]()
    made = evidence_block(ledger, evidence, edge="end", short=short, known=known)
    ended = ledger.enter("date", one.end, period_words(found.series, one.end))
    when = said("ended", period=ended)
    return (made.model_copy(update={"sentences": (when, *made.sentences)}),)


def short_episode_block(ledger: Ledger, findings: Findings, found: Episodes, one: Episode) -> Block:
    """An episode of a product, in a line."""
    return Block(
        kind="list",
        about="short_episode",
        notes=_notes(ledger, one),
        sentences=(
            headline(ledger, found, None, one),
            depth(ledger, found, one),
            *amount(ledger, found, one),
            certainty(ledger, found, one),
        ),
        blocks=(
            evidence_block(ledger, findings.evidence_for(one.id), edge="begin", short=True),
            *_at_the_end(ledger, findings, found, one, short=True),
        ),
    )


def _notes(ledger: Ledger, one: Episode) -> tuple[int, ...]:
    return ledger.refer([note for note in one.notes if note.code not in SAID_ANYWAY])
