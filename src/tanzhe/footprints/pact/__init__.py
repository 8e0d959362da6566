"""PACT 3: the data model, what it must hold beyond its schema, and reading it from files."""

from tanzhe.footprints.pact.checks import Checked, check
from tanzhe.footprints.pact.reading import footprint_of, read_footprint
from tanzhe.footprints.pact.records import CarbonFootprint, ProductFootprint

__all__ = [
    "CarbonFootprint",
    "Checked",
    "ProductFootprint",
    "check",
    "footprint_of",
    "read_footprint",
]
