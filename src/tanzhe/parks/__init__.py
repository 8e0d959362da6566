"""Zero-carbon parks: ledgers, CO2 accounting, indicators and assessment."""

from tanzhe.parks.entry import read_park
from tanzhe.parks.source import ParkSource, parse_tree

__all__ = ["ParkSource", "parse_tree", "read_park"]
