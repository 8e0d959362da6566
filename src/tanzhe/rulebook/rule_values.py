"""Looking up an official number for a year, as it was known on a day."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from tanzhe.errors import InputError, UnknownName, Words, listed
from tanzhe.faults import fault_of
from tanzhe.model import Note
from tanzhe.model.park import Override
from tanzhe.model.rules import ResolvedValue, RuleValue
from tanzhe.rulebook.overrides import overridden
from tanzhe.rulebook.support import SUPPORT
from tanzhe.rulebook.tables import tables
from tanzhe.rulebook.years import value_for_year


def rule_values(table: str) -> tuple[RuleValue, ...]:
    """All values of a table, or of one of its files.

    Args:
        table: `annex4`, `grid`, `fuel`, `fuel.industry_2013`, ...

    Raises:
        UnknownName: no such table; the message lists the tables.

    Example:
        >>> [v.value for v in rule_values("annex4") if v.id == "annex4.heat_fossil_default"]
        [0.11]
    """
    return tuple(value for one in tables(table) for value in one.values)


def rule_value(
    id: str, *, year: int, known_on: str | None = None, overrides: Sequence[Override] = ()
) -> ResolvedValue:
    """The official number that holds for a year.

    Args:
        id: table and key, e.g. `annex4.grid_other_electricity`, `grid.average.CN-YN`.
        year: the calendar year it is used for.
        known_on: ISO day; only values published on or before it are seen.
        overrides: the user's documented values; the one of this id stands in.

    Returns:
        The value that describes the year, else the nearest earlier one with a note that it is
        carried forward. A value not compared with the official text has a note too.

    Raises:
        UnknownName: no such id; the message names the nearest.
        InputError: nothing was published by `known_on`, the value may not be used for the year,
            or the override is refused or stands twice.

    Example:
        >>> rule_value("annex4.grid_other_electricity", year=2025).value.value
        0.8325
    """
    found = value_for_year(_published(_candidates(id), known_on), year)
    value, notes = found.value, (*found.notes, *_second_hand(found.value))
    own = [one for one in overrides if one.id == id]
    if len(own) > 1:
        raise InputError(fault_of("rulebook.rule_values.twice", id=id, where=id))
    if own:
        value, notes = overridden(value, own[0])
    return ResolvedValue(year=year, value=value, notes=notes)


def _candidates(id: str) -> list[RuleValue]:
    values = rule_values(id.partition(".")[0])
    found = [value for value in values if value.id == id]
    if found:
        return found
    ids = list(dict.fromkeys(value.id for value in values))
    near = get_close_matches(id, ids, n=3, cutoff=0.5) or ids[:3]
    raise UnknownName(fault_of("rulebook.rule_values.candidates", id=id, near=listed(near)))


def _published(values: list[RuleValue], known_on: str | None) -> list[RuleValue]:
    """Those published by a day; a date that names only month or year counts from its end."""
    if known_on is None:
        return values
    _must_be_a_day(known_on)
    seen = [v for v in values if _last_day(v.authority.published) <= known_on]
    if seen:
        return seen
    first = min(v.authority.published or "—" for v in values)
    raise InputError.of(
        Words(
            f"{known_on} 时“{values[0].name}”尚未公布（公布于 {first}）",
            f"“{values[0].id}” was not published by {known_on} (published {first})",
        ),
        Words("请用更晚的日期，或提供当时的文件", "Use a later day, or your own document"),
        where=values[0].id,
    )


def _last_day(published: str | None) -> str:
    """The last day a date may mean: 2025-03-31 for 2025-03; never, where it is not known."""
    rest = {len("2025"): "-12-31", len("2025-03"): "-31", len("2025-03-01"): ""}
    text = published or "9999"
    return text + rest.get(len(text), "")


def _must_be_a_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            fault_of("rulebook.rule_values.must_be_a_day", text=text, where="known_on")
        ) from error


def _second_hand(value: RuleValue) -> tuple[Note, ...]:
    if value.checked is not None and value.confidence == "confirmed":
        return ()
    support = SUPPORT[value.confidence]
    return (
        Note(
            code=f"not_checked.{value.id}",
            zh=f"“{value.name}”尚未与官方原文核对（{support.zh}），出自{value.authority.number}。",
            en=f"“{value.id}” is not checked against the official text ({support.en}); it is from "
            f"{value.authority.number}.",
        ),
    )
