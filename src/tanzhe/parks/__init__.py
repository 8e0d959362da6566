"""Zero-carbon parks: ledgers, CO2 accounting, indicators and assessment."""

from tanzhe.parks.accounting import Account, account
from tanzhe.parks.assessment import assess_park
from tanzhe.parks.certificates import repeated
from tanzhe.parks.entry import Entry, province_of, read_entry, read_park
from tanzhe.parks.faults import check_park
from tanzhe.parks.indicators import OPERATORS, shown
from tanzhe.parks.json import assessment_json, refusal_json, verdict_text
from tanzhe.parks.remarks import omitted
from tanzhe.parks.source import ParkSource, parse_tree
from tanzhe.parks.verdict import KINDS, STATUSES

__all__ = [
    "KINDS",
    "OPERATORS",
    "STATUSES",
    "Account",
    "Entry",
    "ParkSource",
    "account",
    "assess_park",
    "assessment_json",
    "check_park",
    "omitted",
    "parse_tree",
    "province_of",
    "read_entry",
    "read_park",
    "refusal_json",
    "repeated",
    "shown",
    "verdict_text",
]
