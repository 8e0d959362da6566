"""Zero-carbon parks, in the order in which a park's year passes through them.

    account     ledgers to CO2 and energy: fuels, conversion, electricity, heat, processes
    assessment  the account judged by a rule set: indicators, verdict, gap, evidence, outlook
    entry       what a park enters (JSON tree), refused whole with every fault at once
    office      the same entered in a workbook: template, reader
    measures    a file of measures with potential and cost
    planning    the cheapest measures that meet the thresholds, or why none do
    compare     parks side by side

A module imports from its own package and those above it in this list only.
"""

from tanzhe.parks.account.account import Account, account
from tanzhe.parks.account.certificates import repeated
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.assessment.indicators import shown
from tanzhe.parks.assessment.json import assessment_json, refusal_json
from tanzhe.parks.assessment.remarks import omitted
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.entry.park import Entry, read_entry, read_park
from tanzhe.parks.entry.source import ParkSource, parse_tree
from tanzhe.parks.terms import (
    SOURCES,
    STATUSES,
    TOTAL_ROW,
    VERDICTS,
    kind_words,
    level_words,
    state_words,
)

__all__ = [
    "SOURCES",
    "STATUSES",
    "TOTAL_ROW",
    "VERDICTS",
    "Account",
    "Entry",
    "ParkSource",
    "account",
    "assess_park",
    "assessment_json",
    "check_park",
    "kind_words",
    "level_words",
    "omitted",
    "parse_tree",
    "read_entry",
    "read_park",
    "refusal_json",
    "repeated",
    "shown",
    "state_words",
]
