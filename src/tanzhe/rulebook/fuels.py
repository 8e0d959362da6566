"""Named sets of fuel parameters; a set is chosen by its user, never taken silently."""

from functools import cache

from tanzhe.errors import UnknownName, Words, listed
from tanzhe.faults import fault_of
from tanzhe.model import Note, Record
from tanzhe.model.rules import ResolvedValue, RuleValue
from tanzhe.names import find_name, folded
from tanzhe.rulebook.table_file import Table
from tanzhe.rulebook.tables import tables
from tanzhe.rulebook.years import values_of_year

_PREFIX = "fuel."
_INITIALS = 3  # ids of three letters are initials: lng, lpg


class Fuel(Record):
    """The parameters of one fuel in one set; None where the set gives none.

    Attributes:
        set: id of the set, e.g. `industry_2013`.
        id: e.g. `bituminous_coal`.
        name: 烟煤.
        heating_value: GJ/t or GJ/万m3.
        carbon_content: tC/TJ.
        oxidation: percent.
        emission_factor: tCO2 per unit of fuel; see its note, some sets leave oxidation out.
        factor_by_heat: tCO2/TJ.
        notes: where a value is another year's.
    """

    set: str
    id: str
    name: str
    heating_value: RuleValue | None = None
    carbon_content: RuleValue | None = None
    oxidation: RuleValue | None = None
    emission_factor: RuleValue | None = None
    factor_by_heat: RuleValue | None = None
    notes: tuple[Note, ...] = ()


def fuel_sets() -> tuple[str, ...]:
    """Ids of the sets.

    Example:
        >>> "industry_2013" in fuel_sets()
        True
    """
    return tuple(one.table.removeprefix(_PREFIX) for one in tables("fuel"))


def fuels(set: str, year: int | None = None) -> tuple[Fuel, ...]:
    """All fuels of a set, in the order of its document.

    Args:
        set: id with or without `fuel.` before it.
        year: the calendar year they are burnt in; None: the youngest values.

    Raises:
        UnknownName: no such set; the message lists them.
    """
    name = set.removeprefix(_PREFIX)
    if name not in fuel_sets():
        known = fuel_sets()
        raise UnknownName(fault_of("rulebook.fuels", set=set, known=listed(known)))
    return _fuels(name, year)


@cache
def _fuels(name: str, year: int | None) -> tuple[Fuel, ...]:
    (table,) = tables(_PREFIX + name)
    found: dict[str, dict[str, ResolvedValue]] = {}
    for id, value in values_of_year(table.values, year).items():
        fuel, part = id.removeprefix(f"{table.table}.").split(".")
        found.setdefault(fuel, {})[part] = value
    return tuple(_fuel(table, id, parts) for id, parts in found.items())


@cache
def fuel_words(name: str) -> Words:
    """A fuel in Chinese and English, by the ids of the sets; as written where none knows it.

    Example:
        >>> fuel_words("烟煤").en, fuel_words("液化石油气").en, fuel_words("甲醇").en
        ('bituminous coal', 'LPG', '甲醇')
    """
    known = (one for set in fuel_sets() for one in fuels(set) if folded(one.name) == folded(name))
    found = next(known, None)
    if found is None:
        return Words(name, name)
    return Words(
        name, found.id.upper() if len(found.id) == _INITIALS else found.id.replace("_", " ")
    )


def _fuel(table: Table, id: str, parts: dict[str, ResolvedValue]) -> Fuel:
    values = {part: one.value for part, one in parts.items()}
    return Fuel.model_validate(
        {
            "set": table.table.removeprefix(_PREFIX),
            "id": id,
            "name": next(iter(values.values())).name.rpartition(" ")[0],
            "notes": tuple(note for one in parts.values() for note in one.notes),
            **values,
        }
    )


def find_fuel(set: str, name: str, year: int | None = None) -> Fuel:
    """A fuel of a set by its Chinese name or id, with the values of a year.

    Raises:
        UnknownName: no such set, or the set has no such fuel; names the nearest.

    Example:
        >>> find_fuel("industry_2013", "烟煤").emission_factor.value
        2.0715
    """
    known = {one.name: one for one in fuels(set, year)}
    index = {folded(word): one.name for one in known.values() for word in (one.id, one.name)}
    kind = Words(f"燃料（{set}）", f"fuel of {set}")
    examples = "、".join(known)
    return known[find_name(name, index, kind=kind, examples=examples)]
