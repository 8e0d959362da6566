"""The tables that reading park entries rests on, read once."""

import re
from functools import cache
from importlib.resources import files

from tanzhe.rulebook.strict_yaml import read_yaml


@cache
def _words() -> dict[str, re.Pattern[str]]:
    tree = read_yaml(_text("words.yaml"), name="words.yaml")
    return {key: re.compile(words, re.I) for key, words in tree.items()}


def names(notion: str, text: str) -> bool:
    """Whether a name is of a notion, and not of its `not_` counterpart.

    Example:
        >>> names("steel", "转炉粗钢"), names("steel", "电炉粗钢"), names("gas", "液化石油气")
        (True, False, False)
    """
    words = _words()
    other = words.get(f"not_{notion}")
    return bool(words[notion].search(text)) and not (other and other.search(text))


@cache
def plausible_range(key: str) -> tuple[float, float]:
    """Lowest and highest plausible value; beyond it a unit is probably wrong.

    Example:
        >>> plausible_range("heat_tco2_per_gj")
        (0.02, 0.25)
    """
    one = read_yaml(_text("plausible.yaml"), name="plausible.yaml")[key]
    return float(one["low"]), float(one["high"])


@cache
def impossible_equivalence() -> float:
    """Above this coefficient (kgce/kWh) the unit is certainly wrong."""
    tree = read_yaml(_text("plausible.yaml"), name="plausible.yaml")
    return float(tree["equivalence"]["impossible_above"])


def _text(name: str) -> str:
    return files("tanzhe.parks.data").joinpath(name).read_text(encoding="utf-8")
