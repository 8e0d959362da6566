"""Shares that the rules of direct lines ask for, beside those of matched hours."""

from collections.abc import Iterator
from typing import NamedTuple

from tanzhe.errors import InputError, Words
from tanzhe.meters.hours.matching import HourlyScore
from tanzhe.model.rules import RuleValue
from tanzhe.rulebook import rule_value, rule_values


class DirectLine(NamedTuple):
    """One share that a document asks for.

    Attributes:
        name: as the rulebook calls it.
        value: of the hours, 0 to 1, or None without direct supply.
        threshold: 0 to 1.
        at_most: whether the share must not exceed the threshold.
        met: or None where it cannot be said.
        document: number of the document.
        notes: how far the figure was checked, and what the document leaves open.
    """

    name: str
    value: float | None
    threshold: float
    at_most: bool
    met: bool | None
    document: str
    notes: tuple[Words, ...]


# Available generation is metered plus curtailed; nobody meters what was curtailed.
CURTAILED = Words(
    "可用发电量应含弃电；弃电量未知，按计量的发电量计",
    "available generation includes curtailed power, which is not known: metered generation is used",
)


def _rule(id: str, year: int) -> tuple[RuleValue, list[Words], bool]:
    """A rule with what is to be said of it, and whether it holds for the year."""
    try:
        found = rule_value(id, year=year)
    except InputError as error:  # older than the rule: told beside it, and nothing is judged by it
        rule = next(one for one in rule_values("green_power") if one.id == id)
        return rule, [error.faults[0].what], False
    return found.value, [Words(one.zh, one.en) for one in found.notes], True


def direct_line(score: HourlyScore, year: int) -> Iterator[DirectLine]:
    """The shares of 发改能源〔2025〕650号 for a year, from the rulebook.

    Args:
        score: of matched hours.
        year: the rules of which year.
    """
    for key, value, at_most in (
        ("self_use_of_generation", score.own_use, False),
        ("self_use_of_consumption", score.own_use and score.direct_of_load, False),
        ("export_share", score.exported, True),
    ):
        rule, notes, holds = _rule(f"green_power.{key}", year)
        threshold = rule.value / 100
        met = None
        if value is not None and holds:
            met = value <= threshold if at_most else value >= threshold
        if rule.note:
            notes.append(Words(rule.note, rule.note))
        if key != "self_use_of_consumption":
            notes.append(CURTAILED)
        yield DirectLine(rule.name, value, threshold, at_most, met, rule.authority.number,
                         tuple(notes))  # fmt: skip
