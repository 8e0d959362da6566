"""Everything that is wrong with a park's entries, those that need the rulebook included."""

from collections.abc import Iterable
from dataclasses import replace

from tanzhe.errors import Fault, refuse
from tanzhe.model.park import ParkYear
from tanzhe.model.rules import RuleSet
from tanzhe.parks.account.factors import Factors, override_faults
from tanzhe.parks.account.fuels import fuel_faults
from tanzhe.parks.entry.park import read_entry
from tanzhe.parks.entry.source import ParkSource
from tanzhe.parks.entry.statements import statement_faults


def check_park(source: ParkSource, rules: RuleSet) -> ParkYear:
    """The park's year of a source, refused whole with every fault at once.

    Args:
        source: what a JSON file or workbook held.
        rules: the rule set it will be judged by.

    Raises:
        InputError: every fault, each where the user finds it: JSON path, or sheet and cell.
    """
    entry = read_entry(source.tree, source.naming)
    found = list(entry.faults)
    replaced = override_faults(entry.park.year, entry.park.overrides)
    found += replaced
    factors = Factors(entry.park.year, () if replaced else entry.park.overrides)
    found += fuel_faults(entry.park, entry.places, factors)
    found += statement_faults(entry.park, rules)
    refuse(_told(found, source))
    return entry.park


def _told(found: Iterable[Fault], source: ParkSource) -> list[Fault]:
    """The file's own faults and those of what it says, one a place of the file's own."""
    own = {one.where for one in source.faults}
    place = source.naming.place
    located = dict.fromkeys(replace(one, where=place(one.where)) for one in found)
    told = [*source.faults, *(one for one in located if one.where not in own)]
    return sorted(told, key=lambda one: source.naming.rank(one.where))
