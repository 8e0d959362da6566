"""The tables that reading park entries rests on, read once."""

import re
from functools import cache

from tanzhe import bundled
from tanzhe.names import folded
from tanzhe.quantity import Unit
from tanzhe.rulebook import fuel_sets, fuels
from tanzhe.rulebook.strict_yaml import read_yaml

_SPREAD = 1.5


@cache
def _words() -> dict[str, re.Pattern[str]]:
    tree = read_yaml(bundled.text("tanzhe.parks.data", "words.yaml"), name="words.yaml")
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
    one = read_yaml(bundled.text("tanzhe.parks.data", "plausible.yaml"), name="plausible.yaml")[key]
    return float(one["low"]), float(one["high"])


@cache
def carbon_per_energy(fuel: str) -> tuple[float, float]:
    """The lowest and highest tCO2/GJ a fossil fuel may have: as published, and half as much again.

    Fuels of one name differ by a fifth at most between publications; a unit that slipped or a
    factor that was made up differs by more.

    Args:
        fuel: its name; the span of all fuels where no publication has it.

    Example:
        >>> [round(bound, 3) for bound in carbon_per_energy("烟煤")]
        [0.06, 0.144]
    """
    spans = _spans()
    known = spans.get(folded(fuel), [one for span in spans.values() for one in span])
    return min(known) / _SPREAD, max(known) * _SPREAD


@cache
def _spans() -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for one in (fuel for name in fuel_sets() for fuel in fuels(name)):
        factor, heat = one.emission_factor, one.heating_value
        if factor is not None and heat is not None and heat.value:
            size = Unit.parse(factor.unit).size / Unit.parse(heat.unit).size
            found.setdefault(folded(one.name), []).append(factor.value / heat.value * size)
    return found


@cache
def impossible_equivalence() -> float:
    """Above this coefficient (kgce/kWh) the unit is certainly wrong."""
    tree = read_yaml(bundled.text("tanzhe.parks.data", "plausible.yaml"), name="plausible.yaml")
    return float(tree["equivalence"]["impossible_above"])
