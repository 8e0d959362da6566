"""What the catalogued events did: event, expected, measured, verdict, as rows of a table."""

from collections.abc import Sequence
from itertools import combinations

from tanzhe.errors import Words
from tanzhe.model import EventEffect
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Block
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.numbers import count_words, effect_digits, percent_words
from tanzhe.reports.words.subject import enter_sector

# What was decided comes first; so many rows are read.
ORDER = ("effect", "contradicted", "no_effect_visible", "cannot_tell")
MOST_ROWS = 12
# Windows that overlap measure one move.
A_QUARTER = 3


def effects_section(ledger: Ledger, findings: Findings) -> Block:
    """The table, what is left out of it, and how many verdicts chance alone would give."""
    found = findings.effects
    if found is None or not len(found):
        return Block(kind="section", about="effects")
    first = sorted(found.effects, key=lambda one: ORDER.index(one.verdict))[:MOST_ROWS]
    shown = sorted(first, key=lambda one: (one.event.date, one.product))
    counts = {"all": len(found), "left": len(found) - len(shown), "unfit": len(found.not_measured)}
    ids = {k: ledger.enter("number", n, count_words(n)) for k, n in counts.items() if n}
    rest = [one for one in found.effects if one not in shown]
    marks = {
        "rest": "open" if all(one.verdict == "cannot_tell" for one in rest) else "mixed",
        "decided": "yes" if any(one.verdict == "effect" for one in shown) else "no",
        "twins": "yes" if _have_twins(shown) else "no",
        "crossing": "yes" if any(_holds_zero(one) for one in shown) else "no",
        "power": "yes" if findings.power is not None else "no",
    }
    chance = Words(f"{found.by_chance:.1f}项", f"{found.by_chance:.1f}")
    return Block(
        kind="section",
        about="effects",
        sentences=(
            said("measured", marks, **ids, chance=ledger.enter("number", found.by_chance, chance)),
        ),
        blocks=tuple(_row(ledger, one) for one in shown),
    )


def _have_twins(shown: Sequence[EventEffect]) -> bool:
    """Whether two events of one product began within a quarter, so that one move counts twice."""
    decided = [one for one in shown if one.verdict == "effect"]
    return any(
        one.product == other.product and abs(_month_of(one) - _month_of(other)) <= A_QUARTER
        for one, other in combinations(decided, 2)
    )


def _holds_zero(one: EventEffect) -> bool:
    """Whether an effect was judged though its interval holds zero."""
    size = one.effect
    if one.verdict != "effect" or size is None:
        return False
    return size.percent_interval[0] < 0 < size.percent_interval[1]


def _month_of(one: EventEffect) -> int:
    return int(one.event.date[:4]) * 12 + int(one.event.date[5:7] or 1)


def measured_of(findings: Findings, event: str, *, way: float) -> EventEffect | None:
    """The largest decided effect of an event that has the sign of `way`; None without one."""
    if findings.effects is None:
        return None
    decided = [
        one
        for one in findings.effects.effects
        if one.event.id == event
        and one.verdict == "effect"
        and one.effect is not None
        and one.effect.percent * way > 0
    ]
    return max(decided, key=lambda one: abs(one.effect.percent if one.effect else 0), default=None)


# Why a verdict is withheld, by the code of its note; the first that is there is the reason.
WHY_OPEN = ("unclear", "noisy", "base_off", "others_moved_too", "few_placebos")


def why_open(one: EventEffect) -> str:
    """Why it cannot be told, as a closed choice; empty where a verdict was reached."""
    if one.verdict != "cannot_tell":
        return ""
    return next((note.code for note in one.notes if note.code in WHY_OPEN), "other")


def enter_measured(ledger: Ledger, one: EventEffect) -> str:
    """The fact of a measured size, signed."""
    assert one.effect is not None
    digits = effect_digits(one.effect.percent)
    words = percent_words(one.effect.percent, digits=digits, signed=True)
    return ledger.enter("number", one.effect.percent, words, unit="%")


def _row(ledger: Ledger, one: EventEffect) -> Block:
    event = one.event
    length = 7 if len(event.date) > 7 else len(event.date)
    slots = {
        "date": ledger.enter("date", event.date[:length], day_words(event.date[:length])),
        "event": ledger.enter(
            "name", f"effect {event.id}", Words(event.name, event.name_en or event.name)
        ),
        "product": enter_sector(ledger, one.product),
    }
    if one.effect is not None:
        digits = effect_digits(one.effect.percent)
        low, high = (
            ledger.enter("number", end, percent_words(end, digits=digits, signed=True), unit="%")
            for end in one.effect.percent_interval
        )
        slots |= {"percent": enter_measured(ledger, one), "low": low, "high": high}
    marks = {"sign": event.sign, "verdict": one.verdict, "basis": one.basis, "why": why_open(one)}
    return Block(kind="table", about="effect", sentences=(said("effect", marks, **slots),))
