"""The one rule by which a dated official number is chosen for a year, and what is said of it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from tanzhe.errors import InputError, Words
from tanzhe.model import Note
from tanzhe.model.rules import ResolvedValue, RuleValue


def value_for_year(values: Sequence[RuleValue], year: int) -> ResolvedValue:
    """The value that holds for a year, with a note where it is another year's.

    Args:
        values: editions of one number, at least one.
        year: the calendar year it is used for.

    Returns:
        The value that describes the year, else that of the nearest earlier one, of editions of one
        year the youngest, carried forward. Where none is so early and the number may be carried
        either way, the earliest, carried back.

    Raises:
        InputError: the value may not be used for the year.
    """
    usable = [one for one in values if _begins(one) <= year]
    in_force = [one for one in usable if one.used_to is None or year <= one.used_to] or usable
    if in_force:
        chosen = max(in_force, key=_edition)
        if chosen.carrying == "refused" and _beyond(chosen, year):
            raise _not_for(chosen, year, "按规定不得沿用到其他年份", "may not be carried on")
        last = max(chosen.describes or 0, chosen.used_to or 0)
        notes = _carried(chosen, last, year, "forward") if _beyond(chosen, year) else ()
        return ResolvedValue(year=year, value=chosen, notes=notes)
    first = min(_begins(one) for one in values)
    chosen = max((one for one in values if _begins(one) == first), key=_edition)
    if chosen.carrying != "either_way":
        raise _not_for(chosen, year, f"最早用于 {first} 年", f"first for {first}")
    return ResolvedValue(year=year, value=chosen, notes=_carried(chosen, first, year, "back"))


def values_of_year(values: Iterable[RuleValue], year: int | None) -> dict[str, ResolvedValue]:
    """The value of each id that holds for a year, in the order of the ids.

    Args:
        values: editions of many numbers.
        year: the calendar year they are used for; None: the youngest edition of each.

    Returns:
        By id, each chosen by `value_for_year`; without those that may not be used for the year.
    """
    editions: dict[str, list[RuleValue]] = {}
    for one in values:
        editions.setdefault(one.id, []).append(one)
    found = {}
    for id, known in editions.items():
        with suppress(InputError):
            asked = max(map(_begins, known)) if year is None else year
            found[id] = value_for_year(known, asked)
    return found


def _begins(value: RuleValue) -> int:
    return max(value.used_from or 0, value.describes or 0)


def _edition(value: RuleValue) -> tuple[int, str]:
    return _begins(value), value.authority.published or ""


def _beyond(value: RuleValue, year: int) -> bool:
    """Whether a year lies after the one described or the last year of use."""
    described = value.describes is not None and year > value.describes
    return described or (value.used_to is not None and year > value.used_to)


def _carried(value: RuleValue, of: int, year: int, way: str) -> tuple[Note, ...]:
    back = "（没有更早的值）" if way == "back" else ""
    return (
        Note(
            code=f"carried.{value.id}",
            zh=f"“{value.name}”是 {of} 年的值，沿用于 {year} 年{back}。",
            en=f"“{value.id}” is the value of {of}, carried {way} to {year}.",
        ),
    )


def _not_for(value: RuleValue, year: int, zh: str, en: str) -> InputError:
    return InputError.of(
        Words(f"“{value.name}”不能用于 {year} 年：{zh}", f"“{value.id}” in {year}: {en}"),
        Words("请提供适用于该年的文件和数值", "Give a documented value for that year"),
        where=value.id,
    )
