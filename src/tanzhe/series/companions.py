"""Faults of output figures that the figures themselves give away.

Three rules, each named by its note:

* `companion`: steel needs iron, and iron becomes steel. A product that leaves its usual proportion
  to what it is made from, while that stays on its course, was booked and not made.
* `mistaken_month`: two neighbouring months are off by as much in opposite directions and together
  they are as usual: output was counted in the wrong one. February and March above all.
* `booked_correction`: December, or the merged January-February, alone is off in a year whose months
  and year-end total are known to differ: a correction was booked there.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError
from tanzhe.model import Episode, Episodes, Note, Series
from tanzhe.places import place_of
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import output_of
from tanzhe.series.span import as_known

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

COMPANION = Note(
    code="companion",
    zh="与其原料产量的比例突变，而原料产量照常：是统计或修订的问题，不是生产的变化，不用政策解释。",
    en="Its proportion to what it is made from leaps while that stays on its course: a matter of "
    "booking or revision, no change of production, and not to be explained by policies.",
)
MISTAKEN = Note(
    code="mistaken_month",
    zh="相邻两期一高一低、合计照常：产量计错了月份，不是生产的变化。",
    en="Two neighbouring periods are off in opposite directions and together as usual: output was "
    "counted in the wrong one.",
)
BOOKED = Note(
    code="booked_correction",
    zh="该年各月之和与年末累计数相差较大，偏离只在年末或年初一期：是补记或核减，不是生产的变化。",
    en="The months of this year and its year-end total differ widely, and only the period at the "
    "turn of the year is off: a correction was booked there.",
)


def faulty_periods(region: str, product: str, series: Series) -> dict[str, Note]:
    """Periods of a product's built-in output that are faults of the data, with the reason.

    Args:
        region: ISO 3166-2 code of a province.
        product: product id.
        series: whose figures are meant: its `sha256` names the output, its periods the span.

    Returns:
        By period; empty for a product without such a fault or outside the built-in output.

    Example:
        >>> from tanzhe.series import nbs_series
        >>> found = faulty_periods("CN-FJ", "crude_steel", nbs_series("CN-FJ", "crude_steel"))
        >>> found["2022-10"].code, found["2022-11"].code
        ('companion', 'companion')
    """
    return dict(_faults(region, product, series.sha256, series.as_of))


@lru_cache(maxsize=256)
def _faults(
    region: str, product: str, sha256: str, as_of: str | None
) -> tuple[tuple[str, Note], ...]:
    own = _output(region, product, sha256, as_of)
    place = place_of(region)
    if own is None or place is None:
        return ()
    found = dict.fromkeys(_booked(own, product, place.adcode, sha256), BOOKED)
    found |= dict.fromkeys(_mistaken(own), MISTAKEN)
    made_from = MADE_FROM.get(product)
    source = _output(region, made_from, sha256, as_of) if made_from else None
    if source is not None:
        found |= dict.fromkeys(_out_of_proportion(own, source), COMPANION)
    return tuple(sorted(found.items()))


def _output(region: str, product: str, sha256: str, as_of: str | None) -> Series | None:
    try:
        return as_known(nbs_series(region, product, of=output_of(sha256)), as_of)
    except InputError:
        return None


def _logs(series: Series) -> Floats:
    return np.log(np.where(series.array > 0, series.array, np.nan))


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
    season = np.array([_middle(gaps[month == m]) for m in range(A_YEAR)])
    return np.asarray(gaps - season[month])


def _middle(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0


def _spread(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return NORMAL * float(np.median(np.abs(known))) if known.size else np.inf


def _out_of_proportion(own: Series, source: Series) -> list[str]:
    at = {p: i for i, p in enumerate(source.periods)}
    made = _logs(source)
    beside = np.array([made[at[p]] if p in at else np.nan for p in own.periods])
    gap = _course(_logs(own) - beside)
    far = np.abs(gap) > max(LARGE, DEVIATIONS * _spread(gap))
    steady = np.abs(_course(beside)) < USUAL
    return [p for p, odd in zip(own.periods, far & steady, strict=True) if odd]


def _mistaken(own: Series) -> list[str]:
    logs = _logs(own)
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
    gap = _course(_logs(own))
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
    """The episodes, those that are faults of the built-in output of scope `data` with the reason.

    An episode is one where half of its periods, a year of them at most, are faulty; of a sector
    where they are so in the product that brought half of its depth or more.
    """
    if place_of(found.series.region) is None:
        return found
    return found.model_copy(
        update={"episodes": tuple(_judged(found.series, one) for one in found.episodes)}
    )


def _judged(series: Series, one: Episode) -> Episode:
    product = series.sector
    if series.parts:
        leading = one.contributions[:1]
        if not leading or 2 * abs(leading[0].percentage_points) < abs(one.depth_percent):
            return one
        product = leading[0].product
    faults = faulty_periods(series.region, product, series)
    life = [p for p in series.periods if p >= one.begin and (one.end is None or p < one.end)]
    reasons = [faults[p] for p in life[:A_YEAR] if p in faults]
    if 2 * len(reasons) < len(life[:A_YEAR]):
        return one
    return one.model_copy(update={"scope": "data", "notes": (*one.notes, reasons[0])})
