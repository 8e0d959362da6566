"""Which regions of a table are compared with each other: all of them, as far as they are not many.

The search of a panel grows with its members, and after some hundred they teach nothing new. The
regions of a larger table are dealt into several companies of about equal size, each with regions
from the whole of the table.
"""

from collections.abc import Sequence

from tanzhe.tables.vocabulary import is_sum

# All prefecture-level cities of China, 333 of them, are one company.
LARGEST_COMPANY = 400


def is_compared(region: str) -> bool:
    """Whether a region of a table is one of several: the nation and totals are none.

    Example:
        >>> is_compared("昆明"), is_compared("CN"), is_compared("合计")
        (True, False, False)
    """
    return region != "CN" and not is_sum(region)


def companies(regions: Sequence[str]) -> list[list[str]]:
    """Regions dealt in turn into as few companies as there must be.

    Args:
        regions: of one table and sector, in its order.

    Returns:
        Companies of at most `LARGEST_COMPANY`, their sizes at most one apart.

    Example:
        >>> [len(one) for one in companies([str(i) for i in range(1000)])]
        [334, 333, 333]
    """
    number = max(1, -(-len(regions) // LARGEST_COMPANY))
    return [list(regions[first::number]) for first in range(number)]


def company_of(region: str, regions: Sequence[str]) -> list[str]:
    """The other regions that a region is compared with; a total's are the first company.

    Example:
        >>> company_of("b", ["a", "b", "c"])
        ['a', 'c']
    """
    dealt = companies(regions)
    own = next((one for one in dealt if region in one), dealt[0])
    return [one for one in own if one != region]
