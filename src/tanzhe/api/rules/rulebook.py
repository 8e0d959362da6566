"""The rulebook for its users: what there is, what a value rests on, confirming a draft."""

from pathlib import Path
from typing import Literal

from tanzhe.api.rules.registers import DOCUMENTS, STANDARDS, registered
from tanzhe.errors import TanzheError, UnknownName, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.model.rules import ResolvedValue, RuleSet
from tanzhe.rulebook import (
    Table,
    read_rule_set,
    rule_set,
    rule_set_ids,
    rule_value,
    rule_values,
    table_names,
    tables,
)
from tanzhe.rulebook.confirm import confirmation_faults, confirmed, install
from tanzhe.rulebook.documents import RuleDocument, rule_documents
from tanzhe.rulebook.energy_standards import EnergyStandard, energy_standards
from tanzhe.rulebook.park_register import registered_parks
from tanzhe.rulebook.remarks import draft_remarks
from tanzhe.workspace import Workspace

Registered = tuple[RuleDocument, ...] | tuple[EnergyStandard, ...]
Origin = Literal["built_in", "own"]


class KnownRuleSet(Record):
    """A rule set in the list: built in or the user's own, and how many indicators are checked."""

    id: str
    title: str
    region: str
    document: str
    origin: Origin
    indicators: int
    checked: int


class KnownTable(Record):
    """A table in the list: its family, how many values it holds, how many are checked."""

    id: str
    name: str
    family: str
    values: int
    checked: int


class KnownRegister(Record):
    """A register in the list: entries, and how many are leads or lack a date of force."""

    id: str
    entries: int
    open: int


class RuleList(Record):
    """All rule sets, tables and registers; a workspace's unreadable files with the reason."""

    rule_sets: tuple[KnownRuleSet, ...]
    tables: tuple[KnownTable, ...]
    registers: tuple[KnownRegister, ...] = ()
    unreadable: tuple[str, ...] = ()


def list_rules(workspace: Workspace | None = None) -> RuleList:
    """What the rulebook holds, and what the workspace adds."""
    folder = None if workspace is None else workspace.folder
    sets, unreadable = [], []
    for id in rule_set_ids(folder):
        try:
            sets.append(_known_set(rule_set(id, folder=folder)))
        except TanzheError as error:
            unreadable.append(f"{id}: {error.said()}")
    return RuleList(
        rule_sets=tuple(sets),
        tables=tuple(_known_table(t) for name in table_names() for t in _whole(name)),
        registers=_registers(),
        unreadable=tuple(unreadable),
    )


def _registers() -> tuple[KnownRegister, ...]:
    documents, standards = rule_documents(), energy_standards()
    leads = sum(one.state == "lead" for one in documents)
    undated = sum(one.in_force_from is None for one in standards)
    periods = sum(one.end is None for one in registered_parks())
    return (
        KnownRegister(id=DOCUMENTS, entries=len(documents), open=leads),
        KnownRegister(id=STANDARDS, entries=len(standards), open=undated),
        KnownRegister(id="parks", entries=len(registered_parks()), open=periods),
    )


def _known_set(one: RuleSet) -> KnownRuleSet:
    return KnownRuleSet(
        id=one.id,
        title=one.title,
        region=one.region,
        document=one.document.number or one.document.title,
        origin="built_in" if one.id in rule_set_ids() else "own",
        indicators=len(one.indicators),
        checked=sum(row.checked is not None for row in one.indicators),
    )


def _whole(name: str) -> tuple[Table, ...]:
    """The files of a table, those of one id (years of the grid) together."""
    merged: dict[str, Table] = {}
    for one in tables(name):
        before = merged.get(one.table)
        if before is not None:
            values = (*before.values, *one.values)
            one = one.model_copy(update={"values": values})
        merged[one.table] = one
    return tuple(merged.values())


def _known_table(one: Table) -> KnownTable:
    return KnownTable(
        id=one.table,
        name=one.name,
        family=one.family,
        values=len(one.values),
        checked=sum(value.checked is not None for value in one.values),
    )


def show_rule(
    id: str,
    *,
    year: int,
    known_on: str | None = None,
    workspace: Workspace | None = None,
) -> RuleSet | tuple[Table, ...] | ResolvedValue | Registered:
    """What an id stands for: a rule set, a table, one value for a year, or register entries.

    Args:
        id: `cn-yn-2025-987`, `annex4`, `fuel.industry_2013`, `annex4.heat_fossil_default`, ...
        year: the year a value is asked for.
        known_on: ISO day; only what was published by then.
        workspace: where the user's own rule sets stand.

    Raises:
        UnknownName: nothing of this id; names what is near.
        InputError: the value may not be used for the year.
    """
    folder = None if workspace is None else workspace.folder
    if id in rule_set_ids(folder):
        return rule_set(id, folder=folder)
    if found := registered(id):
        return found
    root = id.partition(".")[0]
    if root not in table_names():
        known = (*rule_set_ids(folder), *table_names(), DOCUMENTS, STANDARDS)
        raise UnknownName(fault_of("api.rulebook.show_rule", id=id, known=listed(known)))
    if any(id == value.id for value in rule_values(root)):
        return rule_value(id, year=year, known_on=known_on)
    return _tables_below(id)


def _tables_below(id: str) -> tuple[Table, ...]:
    """The tables of an id, or the values that begin with it (all parts of one fuel)."""
    root = id.partition(".")[0]
    whole = tuple(one for one in _whole(root) if id in (root, one.table))
    if whole:
        return whole
    parts = tuple(
        one.model_copy(update={"values": found})
        for one in _whole(root)
        if (found := tuple(v for v in one.values if v.id.startswith(f"{id}.")))
    )
    if not parts:
        rule_value(id, year=0)  # tells what is near
    return parts


class Draft(Record):
    """A draft as read for confirmation.

    Attributes:
        rule_set: what the file holds.
        compared: whether its quotes were found in the archived document by program.
        remarks: gaps between tiers and the like, for the person to look at, in both languages.
    """

    rule_set: RuleSet
    compared: bool
    remarks: tuple[Words, ...] = ()


def read_draft(path: Path, workspace: Workspace | None = None) -> Draft:
    """A draft rule set that only needs a person's word.

    Args:
        path: the YAML file.
        workspace: where the document may be archived under the draft's sha256.

    Raises:
        InputError: every fault: rows nobody mapped, words without the number, quotes that the
            archived document lacks, the id of a built-in set.
    """
    found = read_rule_set(path)
    sha256 = found.document.sha256
    text = workspace.text_of(sha256) if workspace is not None and sha256 else None
    refuse(confirmation_faults(found, where=path.name, document=text))
    return Draft(rule_set=found, compared=text is not None, remarks=draft_remarks(found))


def confirm_rules(draft: RuleSet, workspace: Workspace, *, by: str, on: str) -> Path:
    """Write a person's name and day on a draft and keep it in the workspace.

    Args:
        draft: from `read_draft`.
        workspace: `park assess --rules ID` finds the set there.
        by: who compared it with the document.
        on: ISO day.

    Returns:
        The installed file.

    Raises:
        InputError: name, day or folder cannot be used.
    """
    return install(confirmed(draft, by=by, on=on), workspace.folder)
