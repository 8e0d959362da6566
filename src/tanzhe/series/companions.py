"""Faults of output figures that the figures themselves give away, before any event is sought.

Four rules on single periods, each named by its note; levels that change for good are judged by
`rebased.py`:

* `companion`: steel needs iron, and iron becomes steel. A product that leaves its usual proportion
  to what it is made from, while that stays on its course, was booked and not made.
* `generation_total`: the same of thermal power and all generation less the other sources.
* `mistaken_month`: two neighbouring months are off by as much in opposite directions and together
  they are as usual: output was counted in the wrong one. February and March above all.
* `booked_correction`: December, or the merged January-February, alone is off in a year whose months
  and year-end total are known to differ: a correction was booked there.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Episode, Episodes, Note, Series
from tanzhe.notes import note_of
from tanzhe.places import place_of
from tanzhe.quantity import Unit
from tanzhe.sectors import Product, sector_of
from tanzhe.series.estimate import SOURCE
from tanzhe.series.leaps import Leap, logs_of, middle
from tanzhe.series.output import output_of
from tanzhe.series.rebased import (
    CONSUMPTION,
    THERMAL,
    Companion,
    built_in_companion,
    rebased_levels,
)

Floats = NDArray[np.float64]
MADE_FROM = {"crude_steel": "pig_iron", "rolled_steel": "crude_steel", "pig_iron": "crude_steel"}
# A departure stands out by a quarter and by four robust standard deviations of its kind: one normal
# value in 16,000, one period of all provinces and products in ten years.
LARGE, DEVIATIONS = np.log(1.25), 4.0
# What a product is made from, or two months together, are on their course within this.
USUAL = np.log(1.12)
NORMAL = 1.4826
A_YEAR = 11
YEAR_ENDS = ("-12", "-02")
TOTAL_GENERATION = "power_generation"
OTHER_SOURCES = ("hydro_power_generation", "nuclear_power_generation", "solar_power_generation")

COMPANION = note_of("companion")
TOTAL = note_of("generation_total")
MISTAKEN = note_of("mistaken_month")
BOOKED = note_of("booked_correction")


def beside(product: str) -> tuple[str, ...]:
    """Products that tell faults of a product.

    Example:
        >>> beside("crude_steel"), beside("cement")
        (('pig_iron',), ())
    """
    if product == THERMAL:
        return (CONSUMPTION, TOTAL_GENERATION, *OTHER_SOURCES)
    if product == CONSUMPTION:
        return (THERMAL,)
    return (MADE_FROM[product],) if product in MADE_FROM else ()


def faulty_periods(region: str, product: str, series: Series) -> dict[str, Note]:
    """Periods of a product's output that are faults of the data, with the reason.

    Args:
        region: ISO 3166-2 code of a province.
        product: product id.
        series: whose figures are meant: the built-in output that its `sha256` names, or a table of
            the user's own with what stands beside it in `companions`.

    Returns:
        By period; empty for a product without such a fault.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> found = faulty_periods("CN-FJ", "crude_steel", nbs_series("CN-FJ", "crude_steel"))
        >>> found["2022-10"].code, found["2022-11"].code
        ('companion', 'companion')
    """
    if series.source == SOURCE:
        return dict(_built_in_faults(region, product, series.sha256, series.as_of))
    companion = _companion(region, series)
    own = companion(product)
    return {} if own is None else _faults(own, product, companion)


@lru_cache(maxsize=256)
def _built_in_faults(
    region: str, product: str, sha256: str, as_of: str | None
) -> tuple[tuple[str, Note], ...]:
    of, place = output_of(sha256), place_of(region)
    companion = built_in_companion(region, of, as_of)
    own = companion(product)
    if own is None or place is None:
        return ()
    found = dict.fromkeys(_booked(own, product, place.adcode, sha256), BOOKED)
    return tuple(sorted((found | _faults(own, product, companion)).items()))


def _faults(own: Series, product: str, companion: Companion) -> dict[str, Note]:
    """What the figures and their companions give away without further knowledge."""
    found = dict.fromkeys(_mistaken(own), MISTAKEN)
    source, note = _source(product, companion)
    if source is not None:
        odd = _out_of_proportion(own, source, 1)
        found |= {own.periods[t]: note for t in np.flatnonzero(odd)}
    return found


def _source(product: str, companion: Companion) -> tuple[Series | None, Note]:
    """What a product is in proportion to, and the note where it is not."""
    if product == THERMAL:
        return _rest_of_total(companion), TOTAL
    return (companion(MADE_FROM[product]) if product in MADE_FROM else None), COMPANION


def _rest_of_total(companion: Companion) -> Series | None:
    """All generation less what is published of the other sources: what thermal power should be."""
    total, others = companion(TOTAL_GENERATION), [companion(name) for name in OTHER_SOURCES]
    if total is None:
        return None
    rest = total.array
    for one in others:
        if one is not None:
            known = dict(zip(one.periods, one.values, strict=True))
            rest = rest - np.array([known.get(p) or 0.0 for p in total.periods])
    return total.model_copy(update={"values": tuple(float(v) for v in rest)})


def _companion(region: str, series: Series) -> Companion:
    """Products of the region from where the series is from."""
    if series.source == SOURCE:
        return built_in_companion(region, output_of(series.sha256), series.as_of)
    told = {one.sector: one for one in (series, *series.companions) if _is_output(one)}
    return told.get


def _is_output(series: Series) -> bool:
    """Whether these are merged months of a product, no emissions."""
    of_product = isinstance(sector_of(series.sector), Product)
    return of_product and series.merged and Unit.T_CO2.text not in series.unit


def rebased(region: str, product: str, series: Series) -> dict[str, tuple[Leap, Note]]:
    """Levels of a product that changed for good in the statistics only, by their first period.

    Args:
        region: ISO 3166-2 code of a province.
        product: product id.
        series: as for `faulty_periods`.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> series = nbs_series("CN-LN", "flat_glass")
        >>> {p: note.code for p, (_, note) in rebased("CN-LN", "flat_glass", series).items()}
        {'2017-02': 'new_year'}
    """
    companion = _companion(region, series)
    own = companion(product)
    if own is None:
        return {}
    of = output_of(series.sha256) if series.source == SOURCE else None
    known = tuple(p for p in own.periods if p <= series.periods[-1])
    cut = own.model_copy(update={"periods": known, "values": own.values[: len(known)]})
    return rebased_levels(cut, product, companion, MADE_FROM.get(product), of)


def _beside(logs: Floats, reach: int) -> Floats:
    """Median of the periods around each one, itself and its neighbours left out."""
    out = np.full(len(logs), np.nan)
    for t in range(len(logs)):
        around = np.r_[logs[max(0, t - reach) : max(0, t - 3)], logs[t + 4 : t + reach + 1]]
        known = around[np.isfinite(around)]
        if known.size >= reach // 2:
            out[t] = np.median(known)
    return out


def _course(logs: Floats) -> Floats:
    """Departure from the usual course: season and the level around taken out."""
    month = np.arange(len(logs)) % A_YEAR
    level = _beside(logs, A_YEAR + 4)
    gaps = logs - level
    season = np.array([middle(gaps[month == m]) for m in range(A_YEAR)])
    return np.asarray(gaps - season[month])


def _spread(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return NORMAL * float(np.median(np.abs(known))) if known.size else np.inf


def _out_of_proportion(own: Series, source: Series, length: int) -> Floats:
    """Which way so many periods from each on left their proportion, their mean; 0: not."""
    at = {p: i for i, p in enumerate(source.periods)}
    made = logs_of(source)
    beside = np.array([made[at[p]] if p in at else np.nan for p in own.periods])
    gap = _mean_ahead(_course(logs_of(own) - beside), length)
    far = np.abs(gap) > max(LARGE, DEVIATIONS * _spread(gap))
    steady = np.abs(_mean_ahead(_course(beside), length)) < USUAL
    return np.where(far & steady, np.sign(gap), 0.0)


def _mean_ahead(values: Floats, length: int) -> Floats:
    """Mean of so many periods from each on, NaN where less than half of them are known."""
    window, known = np.ones(length), np.isfinite(values)
    count = np.convolve(known, window, "valid")
    sums = np.convolve(np.where(known, values, 0.0), window, "valid")
    out = np.full(len(values), np.nan)
    out[: len(sums)] = np.where(2 * count >= length, sums / np.maximum(count, 1), np.nan)
    return out


def _mistaken(own: Series) -> list[str]:
    logs = logs_of(own)
    gap = _course(logs)
    usual = np.exp(logs - gap)
    spread = _spread(gap)
    found = []
    for t in range(len(gap) - 1):
        one, two = gap[t], gap[t + 1]
        if np.isnan(two) and own.periods[t].endswith("-02") and one > max(LARGE, 1.5 * spread):
            # So much was booked until February that March came out as nothing or less.
            found.append(own.periods[t])
        large = min(abs(one), abs(two)) > max(LARGE, 1.5 * spread)
        if not large or one * two > 0:
            continue
        both = np.exp(logs[t]) + np.exp(logs[t + 1])
        if abs(np.log(both / (usual[t] + usual[t + 1]))) < USUAL:
            found += [own.periods[t], own.periods[t + 1]]
    return found


def _booked(own: Series, product: str, adcode: str, sha256: str) -> list[str]:
    gap = _course(logs_of(own))
    limit = max(LARGE, DEVIATIONS / 2 * _spread(gap))
    # How far months and year-end total differ is known when the year is over.
    revised = {one for one in output_of(sha256).revised
               if own.as_of is None or f"{one[2]}-12" <= own.as_of}  # fmt: skip
    found = []
    for t, period in enumerate(own.periods):
        if not period.endswith(YEAR_ENDS) or not abs(gap[t]) > limit:
            continue
        years = {int(period[:4]), int(period[:4]) - (1 if period.endswith("-02") else 0)}
        alone = all(abs(gap[k]) < limit / 2 for k in (t - 1, t + 1) if 0 <= k < len(gap))
        if alone and any((product, adcode, year) in revised for year in years):
            found.append(period)
    return found


def without_faults(found: Episodes) -> Episodes:
    """The episodes, those that are faults of the data of scope `data` with the reason.

    An episode is one where half of its periods, a year of them at most, are faulty, where its
    periods together are out of proportion, or where it lasts and begins with a level that was
    rebased; of a sector where they are so in the product that brought half of its depth or more.
    """
    if found.series.frequency != "month" or place_of(found.series.region) is None:
        return found
    levels: dict[str, Mapping[str, tuple[Leap, Note]]] = {}
    told = tuple(_judged(found.series, one, levels) for one in found.episodes)
    return found.model_copy(update={"episodes": told})


def _judged(
    series: Series, one: Episode, levels: dict[str, Mapping[str, tuple[Leap, Note]]]
) -> Episode:
    product = series.sector
    if series.parts:
        leading = one.contributions[:1]
        if not leading or 2 * abs(leading[0].percentage_points) < abs(one.depth_percent):
            return one
        product = leading[0].product
    whole = [p for p in series.periods if p >= one.begin and (one.end is None or p < one.end)]
    life = [one.deepest] if one.family == "month" else whole
    reasons = _booked_in(series, product, life[:A_YEAR])
    if not reasons and len(life) <= A_YEAR:
        reasons = _booked_over(series, product, one, life)
    if not reasons:
        if product not in levels:
            levels[product] = rebased(series.region, product, series)
        reasons = _rebasing(series.periods, one, len(whole), levels[product])
    if not reasons:
        return one
    return one.model_copy(update={"scope": "data", "notes": (*one.notes, reasons[0])})


def _booked_in(series: Series, product: str, life: Sequence[str]) -> list[Note]:
    """Faults of single periods, where half of an episode's are faulty."""
    faults = faulty_periods(series.region, product, series)
    reasons = [faults[p] for p in life if p in faults]
    return reasons if 2 * len(reasons) >= len(life) else []


def _booked_over(series: Series, product: str, one: Episode, life: Sequence[str]) -> list[Note]:
    """Why an episode of months was booked: its mean is as far out of proportion as one month's.

    Where a correction is spread over months, each of them may lie within what one month does.
    """
    companion = _companion(series.region, series)
    own = companion(product)
    source, note = _source(product, companion)
    if own is None or source is None or life[0] not in own.periods:
        return []
    way = _out_of_proportion(own, source, len(life))[own.periods.index(life[0])]
    return [note] if way * one.depth_percent > 0 else []


def _rebasing(
    periods: Sequence[str], one: Episode, length: int, levels: Mapping[str, tuple[Leap, Note]]
) -> list[Note]:
    """Why an episode that lasts begins with a level that was rebased: its sign, its place.

    A level that changed for good is no fault of an episode that is over within a year.
    """
    if one.end is not None and length < A_YEAR:
        return []
    first, last = (periods.index(p) for p in one.begin_interval)
    near = periods[max(0, first - 1) : last + 2]
    return [
        note
        for period, (leap, note) in levels.items()
        if period in near and leap.size * one.depth_percent > 0
    ]
