"""Level changes of output that come from the statistics: which leaps are booked, not made.

Three rules, each named by its note:

* `new_year`: a leap between December and January-February. The lists of enterprises that are
  counted are exchanged at New Year; leaps there are three and a half times as frequent as at any
  other turn of months. Upward ones are enough; a downward one may be a plant that closed by the
  year's end, and needs a second sign: another product of the province or another province of the
  product leaps with it, or the months of one of the two years were revised.
* `joined_statistics`: thermal generation and electricity consumption leap up in the same period,
  and both stay: captive plants came into the statistics.
* `companion_level`: a product leaps against what it is made from (or into), which stays on its
  course.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError
from tanzhe.model import Note, Series
from tanzhe.notes import note_of
from tanzhe.places import place_of, provinces
from tanzhe.series.leaps import TOGETHER, Leap, leaps, logs_of, without_season
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import Output, output
from tanzhe.series.span import as_known

Floats = NDArray[np.float64]
# Cement stops in winter and power follows the weather: they leap no more often at New Year than
# at other times (bench/faults.py).
WEATHER = (
    "cement", "thermal_power_generation", "hydro_power_generation", "electricity_consumption",
    "power_generation",
)  # fmt: skip
THERMAL, CONSUMPTION = "thermal_power_generation", "electricity_consumption"
# A proportion leaps by a quarter; the companion stays within an eighth.
PROPORTION = TOGETHER._replace(least=float(np.log(1.25)), deviations=4.0)
USUAL = np.log(1.12)
BESIDE = 5

NEW_YEAR = note_of("new_year")
JOINED = note_of("joined_statistics")
PROPORTION_LEAPS = note_of("companion_level")

# Gives the same region's series of another product, or None.
Companion = Callable[[str], Series | None]


def rebased_levels(
    own: Series, product: str, companion: Companion, made_from: str | None, of: Output | None
) -> dict[str, tuple[Leap, Note]]:
    """Leaps of a product that are changes of the statistics, by the period they begin.

    Args:
        own: the product's series, merged months.
        product: its id.
        companion: gives other products of the same region and source.
        made_from: product that it is made from or into, or None.
        of: the built-in output the series is from, for a second sign at New Year; None: a user's.
    """
    found: dict[str, tuple[Leap, Note]] = {}
    every = leaps(logs_of(own))
    if product not in WEATHER:
        booked = [leap for leap in every if own.periods[leap.at].endswith("-02")]
        for leap in booked:
            if leap.size > 0 or (of is not None and _second_sign(own, product, leap, of)):
                found[own.periods[leap.at]] = (leap, NEW_YEAR)
    if product in (THERMAL, CONSUMPTION):
        other = companion(CONSUMPTION if product == THERMAL else THERMAL)
        if other is not None:
            found |= dict(_joined(own, other))
    source = companion(made_from) if made_from is not None else None
    if source is not None:
        found |= dict(_against(own, source))
    return found


def _joined(own: Series, other: Series) -> list[tuple[str, tuple[Leap, Note]]]:
    """Upward leaps that both have."""
    theirs = {other.periods[leap.at] for leap in leaps(logs_of(other), TOGETHER) if leap.size > 0}
    mine = leaps(logs_of(own), TOGETHER)
    return [
        (own.periods[leap.at], (leap, JOINED))
        for leap in mine
        if leap.size > 0 and own.periods[leap.at] in theirs
    ]


def _against(own: Series, source: Series) -> list[tuple[str, tuple[Leap, Note]]]:
    """Leaps of the proportion to the companion that the companion did not make."""
    at = {p: i for i, p in enumerate(source.periods)}
    made = logs_of(source)
    beside = np.array([made[at[p]] if p in at else np.nan for p in own.periods])
    plain = without_season(beside)
    return [
        (own.periods[leap.at], (leap, PROPORTION_LEAPS))
        for leap in leaps(logs_of(own) - beside, PROPORTION)
        if abs(_moved(plain, leap.at)) < USUAL
    ]


def _moved(plain: Floats, at: int) -> float:
    """Level after a period less the level before it; infinite where either is not known."""
    before, after = plain[max(0, at - BESIDE) : at], plain[at : at + BESIDE]
    if not (np.isfinite(before).any() and np.isfinite(after).any()):
        return np.inf
    return float(np.nanmedian(after) - np.nanmedian(before))


def _second_sign(own: Series, product: str, leap: Leap, of: Output) -> bool:
    """Whether more than this one leap speaks of the statistics at that New Year."""
    place, period = place_of(own.region), own.periods[leap.at]
    if place is None:
        return False
    year = int(period[:4])
    # What the months and the year-end total differ by is known when the year is over.
    over = [y for y in (year - 1, year) if own.as_of is None or f"{y}-12" <= own.as_of]
    if any((product, place.adcode, y) in of.revised for y in over):
        return True
    row = next(i for i, one in enumerate(provinces()) if one.iso == own.region)
    others = ((p, row) for p in of.products if p != product and p not in WEATHER)
    elsewhere = ((product, i) for i in range(len(provinces())) if i != row)
    return any(period in _leaps_at_new_year(p, i, of) for p, i in (*elsewhere, *others))


@lru_cache(maxsize=1024)
def _leaps_at_new_year(product: str, row: int, of: Output) -> frozenset[str]:
    """Periods of the New Year leaps of one province's product."""
    values = output(product, of)[row]
    logs = np.log(np.where(values > 0, values, np.nan))
    return frozenset(of.periods[p.at] for p in leaps(logs) if of.periods[p.at].endswith("-02"))


def built_in_companion(region: str, of: Output, as_of: str | None = None) -> Companion:
    """Other products of a province in the built-in output, as known at the end of a month."""

    def get(product: str) -> Series | None:
        try:
            return as_known(nbs_series(region, product, of=of), as_of)
        except InputError:
            return None

    return get
