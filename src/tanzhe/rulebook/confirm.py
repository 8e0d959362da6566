"""A person's confirmation of a draft rule set."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tanzhe.disk import put_whole
from tanzhe.errors import Fault, InputError, Words, refuse, why_not
from tanzhe.faults import fault_of
from tanzhe.model.rules import Checked, Indicator, RuleSet
from tanzhe.periods import today
from tanzhe.rulebook.contradictions import row_place
from tanzhe.rulebook.rule_set_faults import rule_set_faults
from tanzhe.rulebook.rule_sets import dump_rule_set, rule_set_ids

_LONGEST_NAME = 60


def confirmation_faults(
    rule_set: RuleSet, *, where: str, document: str | None = None
) -> list[Fault]:
    """What a person must mend before the set can be confirmed.

    Args:
        rule_set: the draft.
        where: file name for messages.
        document: text of the archived document, when the workspace holds it; then every quote
            must stand in it word for word.

    Returns:
        Every fault at once; empty when only the person's word is missing.
    """
    faults = rule_set_faults(rule_set, where=where)
    if rule_set.id in rule_set_ids():
        faults.append(_built_in(rule_set.id, where))
    if not rule_set.indicators:
        faults.append(fault_of("rulebook.confirm.confirmation_faults", where=where))
    for at, one in enumerate(rule_set.indicators, 1):
        faults += _wordless(one, row_place(where, at, one), document)
    return faults


def _built_in(id: str, where: str) -> Fault:
    return fault_of("rulebook.confirm.built_in", id=id, where=where)


def _wordless(one: Indicator, where: str, document: str | None) -> Iterator[Fault]:
    quote = one.authority.quote
    if not quote.strip():
        yield Fault(
            Words(f"“{one.name}”没有引文", f"“{one.id}” has no quote"),
            Words("请抄录原文中含有该数的字句", "Copy the words that hold the number"),
            where=where,
        )
    elif document is not None and quote not in document:
        yield fault_of("rulebook.confirm.wordless", quote=quote, where=where)


def confirmed(rule_set: RuleSet, *, by: str, on: str) -> RuleSet:
    """The set with a person's name and day on every indicator, and no longer a draft.

    Args:
        rule_set: a draft without faults.
        by: name of the person who compared it with the document.
        on: ISO day of the comparison, today or earlier.

    Raises:
        InputError: no usable name, or no such day.
    """
    refuse([*_name_faults(by), *_day_faults(on)])
    checked = Checked(by=by.strip(), on=on)
    return rule_set.model_copy(
        update={
            "draft": False,
            "indicators": tuple(
                one.model_copy(update={"checked": checked, "confidence": "confirmed"})
                for one in rule_set.indicators
            ),
        }
    )


def _name_faults(by: str) -> Iterator[Fault]:
    name = by.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        yield fault_of("rulebook.confirm.name_faults", where="--by")


def _day_faults(on: str) -> Iterator[Fault]:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        day = date.max
    if day > today() or len(on) != len("2026-11-21"):
        yield fault_of("rulebook.confirm.day_faults", on=on, where="--on")


def install(rule_set: RuleSet, folder: Path) -> Path:
    """Keep a confirmed set in a workspace folder, whole or not at all.

    Args:
        rule_set: confirmed.
        folder: the workspace folder.

    Returns:
        The file, `rules/ID.yaml`; an earlier one of the same id is replaced.

    Raises:
        InputError: the id is a built-in one's, or the folder cannot be written.
    """
    if rule_set.id in rule_set_ids():
        raise InputError(_built_in(rule_set.id, rule_set.id))
    path = folder / "rules" / f"{rule_set.id}.yaml"
    try:
        put_whole(path, dump_rule_set(rule_set).encode())
    except OSError as error:
        raise InputError(
            fault_of("rulebook.confirm.install", error=why_not(error), where=str(path))
        ) from error
    return path
