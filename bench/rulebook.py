"""How well the rulebook is supported: `python bench/rulebook.py`, seconds.

Counts of values and indicators: how many there are, with the words of their document, compared
with it, second-hand; and what the registers lack. The figures stand in docs/rulebook/rulebook.md.
"""

from collections import Counter
from collections.abc import Iterable

from tanzhe.model.rules import Indicator, RuleValue
from tanzhe.rulebook import activity_factors, rule_set, rule_set_ids, rule_values, table_names
from tanzhe.rulebook.documents import rule_documents
from tanzhe.rulebook.energy_standards import energy_standards
from tanzhe.rulebook.limited_products import limited_products
from tanzhe.rulebook.park_register import registered_parks

_SECOND_HAND = ("secondary", "corroborated")


def row(name: str, found: Iterable[RuleValue | Indicator]) -> str:
    """One line of the table: all, with quote, compared with the text, by support."""
    values = list(found)
    quoted = sum(bool(one.authority.quote) for one in values)
    checked = sum(one.checked is not None for one in values)
    hand = Counter(one.confidence for one in values if one.checked is None)
    second = sum(hand[key] for key in _SECOND_HAND)
    other = sum(hand.values()) - second
    return f"| {name} | {len(values)} | {quoted} | {checked} | {second} | {other} |"


def main() -> None:
    """Print the table of support, then the registers."""
    print("| | values | with quote | compared | second-hand | other |\n|---|---|---|---|---|---|")
    everything = [value for name in table_names() for value in rule_values(name)]
    for name in table_names():
        print(row(f"`{name}`", rule_values(name)))
    print(row("all tables", everything))
    for id in rule_set_ids():
        print(row(f"`{id}`", rule_set(id).indicators))
    factors = [value for one in activity_factors().values() for value in one.values]
    kinds = Counter(one.confidence for one in factors)
    print(f"activity factors: {len(factors)}, {dict(kinds)}")
    print(f"documents: {dict(Counter(one.state for one in rule_documents()))}")
    standards = energy_standards()
    undated = sum(one.in_force_from is None for one in standards)
    known = {v.authority.number for v in rule_values("energy_limits")}
    print(
        f"standards: {len(standards)}, without a day in force {undated}, with limits {len(known)}, "
        f"convention of electricity known {sum(s.electricity != 'unknown' for s in standards)}; "
        f"products with limits {len(limited_products())}"
    )
    parks = registered_parks()
    print(f"parks: {dict(Counter(one.level for one in parks))}, "
          f"scope {dict(Counter(str(one.scope) for one in parks))}")  # fmt: skip


if __name__ == "__main__":
    main()
