"""The made-up park of `tanzhe park template --example`."""

import json

from tanzhe import bundled
from tanzhe.model.park import ParkYear
from tanzhe.parks.entry.park import read_park


def example_park() -> ParkYear:
    """A made-up park with every ledger filled; all its words begin with 示例.

    Example:
        >>> example_park().name
        '示例零碳园区（虚构）'
    """
    text = bundled.text("tanzhe.parks.office.data", "example.json")
    return read_park(json.loads(text))
