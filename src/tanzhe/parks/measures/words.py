"""The words of a measures file: what may be written for each key and kind."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tanzhe import bundled
from tanzhe.errors import Fault, Words
from tanzhe.names import folded
from tanzhe.rulebook.strict_yaml import read_yaml

REPAIR = Words("请改正", "Mend it")


class MeasureWords(NamedTuple):
    """Folded words to identifiers, and the Chinese word that stands for each.

    Attributes:
        keys: words of keys.
        kinds: words of kinds.
        grid: words of purchased grid power.
        yes: words of true.
        no: words of false.
        lists: words of the list of measures.
        shown: Chinese word by identifier of key or kind.
    """

    keys: Mapping[str, str]
    kinds: Mapping[str, str]
    grid: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    lists: frozenset[str]
    shown: Mapping[str, str]


@cache
def words() -> MeasureWords:
    """The vocabulary of `data/measure_words.yaml`."""
    text = bundled.text("tanzhe.parks.data", "measure_words.yaml")
    tree = read_yaml(text, name="measure_words.yaml")
    return MeasureWords(
        keys=_index(tree["keys"]),
        kinds=_index(tree["kinds"]),
        grid=frozenset(_index(tree["rows"])),
        yes=frozenset(map(folded, tree["yes"])),
        no=frozenset(map(folded, tree["no"])),
        lists=frozenset(_index(tree["lists"])),
        shown={key: others[0] for key, others in {**tree["kinds"], **tree["keys"]}.items()},
    )


def _index(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {folded(word): key for key, others in table.items() for word in (key, *others)}


def fault_at(where: str, key: str, what: Words, do: Words = REPAIR) -> Fault:
    """A fault of one field of a measure; `key` "" for the measure as a whole."""
    field = f" · {words().shown[key]} {key}" if key else ""
    return Fault(what, do, where=f"{where}{field}")
