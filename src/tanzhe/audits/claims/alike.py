"""Items that may tell of the same event, found without comparing each with each."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from tanzhe.audits.claims.compare import addresses, cities, large_numbers, name_pairs
from tanzhe.audits.records import Item
from tanzhe.text import read_titles

MOST_COMPARED = 50  # items under one key; a key that more share tells nothing
LEAST_SHARED = 0.3  # of the shorter name's pairs of letters; `likeness` asks for more


class Alike:
    """Items by what makes two of them comparable.

    Args:
        items: put in at once, in order.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self.items: list[Item] = []
        self._pairs: dict[Hashable, list[int]] = {}
        self._keys: dict[Hashable, list[int]] = {}
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """One more item."""
        number = len(self.items)
        self.items.append(item)
        for pair in () if item.loose else name_pairs(item.title):
            _put(self._pairs, pair, number)
        for key in _keys(item):
            _put(self._keys, key, number)

    def near(self, item: Item) -> Sequence[Item]:
        """Items that share a document, an address, a large number in a city, or part of the name.

        Those with the most in common are among them; which of them tell of the same event is
        for the caller to judge.
        """
        mine = () if item.loose else name_pairs(item.title)
        shared = Counter(number for pair in mine for number in self._pairs.get(pair, ()))
        least = LEAST_SHARED * len(mine)
        found = {
            number
            for number, count in shared.items()
            if count >= min(least, LEAST_SHARED * len(name_pairs(self.items[number].title)))
        }
        for key in _keys(item):
            found.update(self._keys.get(key, ()))
        best = sorted(found, key=lambda number: (-shared[number], number))[:MOST_COMPARED]
        return [self.items[number] for number in sorted(best)]


def _put(index: dict[Hashable, list[int]], key: Hashable, number: int) -> None:
    held = index.setdefault(key, [])
    if len(held) < MOST_COMPARED:
        held.append(number)


def _keys(item: Item) -> Iterable[Hashable]:
    if item.loose:
        return [("text", item.text)]
    keys: list[Hashable] = [("title", t.text) for t in read_titles(item.title)]
    keys += [("address", a) for a in addresses(item)]
    where = cities(item)
    keys += [("large", n, city) for n in large_numbers(item) for city in where]
    return keys
