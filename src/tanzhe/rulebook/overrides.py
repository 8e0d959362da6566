"""A user's documented value in place of the rulebook's."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Note
from tanzhe.model.park import Override
from tanzhe.model.rules import Authority, RuleValue
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook.numerals import says_number
from tanzhe.rulebook.plausible import not_said, number_faults

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def overridden(value: RuleValue, override: Override) -> tuple[RuleValue, tuple[Note, ...]]:
    """The rule value with the user's number, in the rulebook's unit, and the note that says so.

    Args:
        value: what the rulebook holds.
        override: the user's number with unit, document and words.

    Raises:
        InputError: every fault: another kind of unit, an implausible number, no document, words
            that do not hold the number, or a rule that no such document may replace.
    """
    number, faults = _converted(value, override)
    refuse([*faults, *_undocumented(value, override)])
    changed = value.model_copy(
        update={
            "value": number,
            "authority": Authority(
                title=override.document, number="", place="", quote=override.quote
            ),
            "describes": None,
            "used_from": None,
            "used_to": None,
            "confidence": "user",
            "checked": None,
            "note": "",
        }
    )
    return changed, (_note(value, override),)


def _converted(value: RuleValue, override: Override) -> tuple[float, list[Fault]]:
    try:
        given = Quantity(override.value, Unit.parse(override.unit))
        number = given.to(Unit.parse(value.unit)).value
    except InputError as error:
        return 0.0, [replace(fault, where=override.id) for fault in error.faults]
    return number, list(number_faults(number, value.unit, "", override.id))


def _undocumented(value: RuleValue, override: Override) -> Iterator[Fault]:
    if not override.document.strip():
        yield fault_of("rulebook.overrides.undocumented", where=override.id)
    if not says_number(override.quote, override.value):
        yield not_said(override.value, override.id)
    if value.replaced_only_by and not _may_replace(value, override):
        told = value.authority.published or ""
        yield Fault(
            Words(
                f"“{value.name}”写在《{value.authority.title}》正文中，不得用其他数值代替"
                "（包括省级电网因子）",
                f"“{value.id}” is written into 《{value.authority.title}》; "
                "no other figure may replace it, "
                "a provincial grid factor least of all",
            ),
            Words(
                f"只有晚于 {told} 且写明“{value.replaced_only_by}”的文件可以代替",
                f"Only a document younger than {told} that names “{value.replaced_only_by}” may",
            ),
            where=override.id,
        )


def _may_replace(value: RuleValue, override: Override) -> bool:
    """A younger document that speaks of the method itself.

    Young is judged by the years the document's title and number name: a document of the same
    year cannot be told from an older one, so it must be of a later year.
    """
    words = override.document + override.quote
    years = [int(year) for year in _YEAR.findall(override.document)]
    published = int((value.authority.published or "9999")[:4])
    return value.replaced_only_by in words and bool(years) and max(years) > published


def _note(value: RuleValue, override: Override) -> Note:
    return Note(
        code=f"override.{value.id}",
        zh=(
            f"“{value.name}”采用用户提供的 {override.value:.12g} {override.unit}"
            f"（{override.document}），代替规则库的 {value.value:.12g} {value.unit}。"
        ),
        en=(
            f"“{value.id}”: the user's {override.value:.12g} {override.unit} ({override.document}) "
            "stands in for the "
            f"rulebook's {value.value:.12g} {value.unit}."
        ),
    )
