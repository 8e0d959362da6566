"""The form of a file of official numbers, and everything that is refused in it."""

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite
from typing import Literal

from pydantic import Field

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.model.rules import Authority, Carrying, Checked, Confidence, RuleValue
from tanzhe.quantity import Dimension, Unit
from tanzhe.rulebook.plausible import number_faults, plausible_ranges
from tanzhe.rulebook.reading import record_or_faults, without_nulls
from tanzhe.rulebook.strict_yaml import read_yaml

Family = Literal["co2", "co2e", "energy", "rule"]

# Life-cycle CO2e and CO2 are different quantities: each table holds one family only.
_FAMILY_UNITS: dict[Family, frozenset[Dimension]] = {
    "co2": frozenset(
        {
            Dimension.INTENSITY_MASS,
            Dimension.INTENSITY_VOLUME,
            Dimension.INTENSITY_ELECTRICITY,
            Dimension.INTENSITY_ENERGY,
            Dimension.CARBON_PER_ENERGY,
            Dimension.ENERGY_PER_MASS,
            Dimension.ENERGY_PER_VOLUME,
            Dimension.SHARE,
        }
    ),
    "co2e": frozenset({Dimension.FOOTPRINT_ELECTRICITY, Dimension.FOOTPRINT_MASS}),
    "energy": frozenset(
        {
            Dimension.ENERGY_PER_MASS,
            Dimension.ENERGY_PER_VOLUME,
            Dimension.ENERGY_PER_ELECTRICITY,
            Dimension.ENERGY_PER_ENERGY,
            Dimension.ELECTRICITY_PER_MASS,
        }
    ),
    "rule": frozenset(
        {
            Dimension.SHARE,
            Dimension.ELECTRICITY,
            Dimension.COUNT,
            Dimension.LEVEL,
            Dimension.MONTHS,
            Dimension.HOURS,
        }
    ),
}


class Table(Record):
    """One file of official numbers.

    Attributes:
        table: the id its values begin with, e.g. `grid` or `fuel.industry_2013`.
        name: what it is, in Chinese.
        family: `co2`, life-cycle `co2e`, `energy` or `rule`; families never mix.
        note: rules of the document that are not numbers, and traps, in Chinese.
        values: in the order of the file.
    """

    table: str
    name: str
    family: Family
    note: str = ""
    values: tuple[RuleValue, ...]


class _Document(Record):
    title: str
    number: str
    published: str = Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    signed: str | None = Field(default=None, pattern=r"^\d{4}-\d\d-\d\d$")
    used_from: int | None = None
    read_in: str = ""
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


class _Entry(Record):
    """One entry of a file after its defaults: a number, or several parts with one source."""

    id: str
    name: str
    value: str | None = None
    parts: dict[str, str] | None = None
    document: str
    place: str = ""
    quote: str = ""
    describes: int | None = None
    used_from: int | None = None
    used_to: int | None = None
    carrying: Carrying = "allowed"
    replaced_only_by: str = ""
    confidence: Confidence
    checked: Checked | None = None
    note: str = ""


class _Head(Record):
    """What stands above the entries of a file."""

    table: str
    name: str
    family: Family
    note: str = ""
    documents: dict[str, _Document]
    parts: dict[str, str] = Field(default_factory=dict)
    defaults: dict[str, object] = Field(default_factory=dict)
    values: tuple[dict[str, object], ...]


def parse_table(text: str, *, name: str) -> Table:
    """The table of a YAML text.

    Args:
        text: the YAML.
        name: file name for messages.

    Raises:
        InputError: every fault: equal or unknown keys, units nobody knows or of another family,
            implausible values, a quote without the number, an id that stands twice.
    """
    tree = without_nulls(read_yaml(text, name=name))
    head, faults = record_or_faults(_Head, tree, where=name)
    if head is None:
        raise InputError(*faults)
    values: list[RuleValue] = []
    for at, raw in enumerate(head.values, start=1):
        where = f"{name}: {raw.get('id', f'第{at}项')}"
        entry, wrong = record_or_faults(_Entry, {**head.defaults, **raw}, where=where)
        faults += wrong
        if entry is not None:
            made, wrong = _values_of(entry, head, where)
            values += made
            faults += wrong
    faults += _twice(values, name)
    refuse(faults)
    return Table(
        table=head.table, name=head.name, family=head.family, note=head.note, values=tuple(values)
    )


def _values_of(entry: _Entry, head: _Head, where: str) -> tuple[list[RuleValue], list[Fault]]:
    """The values of an entry, or its faults."""
    document = head.documents.get(entry.document)
    if document is None:
        known = "、".join(head.documents)
        return [], [
            Fault(
                Words(f"没有文件“{entry.document}”", f"No document “{entry.document}”"),
                Words(f"可用：{known}", f"There are: {known}"),
                where=where,
            )
        ]
    if (entry.value is None) == (entry.parts is None):
        return [], [fault_of("rulebook.table_file.values_of", where=where)]
    values, faults = [], []
    for part, text in (entry.parts or {"": str(entry.value)}).items():
        if part and part not in head.parts:
            faults.append(_no_part(where, part, head))
            continue
        try:
            number, unit = _measure(text, where, head.family)
        except InputError as error:
            faults += [replace(fault, where=where) for fault in error.faults]
            continue
        faults += _number_faults(number, unit, entry.quote, where)
        values.append(_value(entry, head, document, part, number, unit))
    return values, faults


def _value(
    entry: _Entry, head: _Head, document: _Document, part: str, number: float, unit: Unit
) -> RuleValue:
    kept = entry.model_dump(
        include={
            "describes", "used_from", "used_to", "carrying", "replaced_only_by", "confidence",
            "checked", "note",
        }
    )  # fmt: skip
    if kept["used_from"] is None:
        kept["used_from"] = document.used_from
    return RuleValue(
        id=".".join(filter(None, (head.table, entry.id, part))),
        name=f"{entry.name} {head.parts[part]}" if part else entry.name,
        value=number,
        unit=unit.text,
        authority=Authority(
            title=document.title,
            number=document.number,
            place=entry.place,
            quote=entry.quote,
            published=document.published,
            signed=document.signed,
            read_in=document.read_in,
            sha256=document.sha256,
        ),
        **kept,
    )


def _measure(text: str, where: str, family: Family) -> tuple[float, Unit]:
    """Number and unit of `NUMBER UNIT`; raises `InputError`."""
    number, _, unit_text = text.strip().partition(" ")
    unit = Unit.parse(unit_text)
    if unit.dimension not in _FAMILY_UNITS[family]:
        raise InputError(
            fault_of("rulebook.table_file.other_family", unit=unit.text, family=family, where=where)
        )
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if isfinite(value):
        return value, unit
    raise InputError(fault_of("rulebook.table_file.measure", text=text, where=where))


def _number_faults(number: float, unit: Unit, quote: str, where: str) -> Iterator[Fault]:
    if unit.text not in plausible_ranges():
        yield fault_of("rulebook.table_file.number_faults", unit=unit.text, where=where)
    yield from number_faults(number, unit.text, quote, where)


def _twice(values: list[RuleValue], name: str) -> Iterator[Fault]:
    seen: set[tuple[str, int | None, int | None, str | None]] = set()
    for one in values:
        key = (one.id, one.describes, one.used_from, one.authority.published)
        if key in seen:
            yield fault_of("rulebook.table_file.twice", one=one.id, where=name)
        seen.add(key)


def _no_part(where: str, part: str, head: _Head) -> Fault:
    known = ", ".join(head.parts)
    return fault_of("rulebook.table_file.no_part", part=part, known=known, where=where)
