"""Official rules, thresholds and factors as dated data with the words behind them."""

from tanzhe.rulebook.factors import (
    ActivityFactor,
    activity_factor,
    activity_factors,
    factor,
    fixed_factor,
)
from tanzhe.rulebook.fuels import Fuel, find_fuel, fuel_sets, fuel_words, fuels
from tanzhe.rulebook.measures import measure_of, measures
from tanzhe.rulebook.rule_sets import (
    asked_rule_set,
    dump_rule_set,
    parse_rule_set,
    read_rule_set,
    rule_set,
    rule_set_ids,
)
from tanzhe.rulebook.rule_values import rule_value, rule_values
from tanzhe.rulebook.table_file import Table
from tanzhe.rulebook.tables import table_names, tables

__all__ = [
    "ActivityFactor",
    "Fuel",
    "Table",
    "activity_factor",
    "activity_factors",
    "asked_rule_set",
    "dump_rule_set",
    "factor",
    "find_fuel",
    "fixed_factor",
    "fuel_sets",
    "fuel_words",
    "fuels",
    "measure_of",
    "measures",
    "parse_rule_set",
    "read_rule_set",
    "rule_set",
    "rule_set_ids",
    "rule_value",
    "rule_values",
    "table_names",
    "tables",
]
