"""What a download of the statistics office adds to the output there is, and what it changes.

A later figure takes the place of an earlier one; where the download has none, the earlier one
stays. The rules are those of the packaged figures (`published.py`).
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from tanzhe.errors import Fault, Words, refuse
from tanzhe.periods import Month, merged_periods
from tanzhe.places import Place, provinces
from tanzhe.sectors import sector_of
from tanzhe.series.output import Floats, Output, output
from tanzhe.series.published import REVISED, Axis, output_of

Measure = Literal["month", "year_to_date"]

# Over all products and months of 2015-2024 the typical province (the median) moved by at most 2.2
# times against the same month a year before (sugar, which is seasonal: 3.7). A download that does
# so by more is in another unit or of another product.
ANOTHER_UNIT = 4.0
FEWEST_MONTHS = 3  # of a province that are compared with those there are
# Figures are printed with four digits and more: a smaller difference is rounding.
CHANGED = 0.005


class Published(NamedTuple):
    """One published figure.

    Attributes:
        product: product id.
        adcode: GB/T 2260 code of the province.
        measure: of the month alone, or from January on.
        period: YYYY-MM as published; year-to-date of February is January and February.
        value: in the product's unit; zero means not published.
    """

    product: str
    adcode: str
    measure: Measure
    period: str
    value: float


class Change(NamedTuple):
    """A figure that another one takes the place of.

    Attributes:
        product: product id.
        place: the province.
        period: YYYY-MM, February for January and February.
        before: what stood there, None: not published.
        after: what stands there now.
    """

    product: str
    place: Place
    period: str
    before: float | None
    after: float


class Added(NamedTuple):
    """Output with a download added, and what that did."""

    output: Output
    new: list[Change]
    changed: list[Change]


def added(base: Output, published: Sequence[Published], *, vintage: str, sha256: str) -> Added:
    """The output there is, with a download on top.

    Args:
        base: what there is.
        published: the figures of the download; months before the base begins are not used.
        vintage: what the result calls itself.
        sha256: of everything it rests on.

    Returns:
        The new output, the figures where there was none, and those that differ by over half a
        percent from what stood there.
    """
    last = max([base.periods[-1], *(_merged(p.period) for p in published)])
    months = merged_periods(Month.parse(base.periods[0]), Month.parse(last))
    axis = Axis(tuple(str(m) for m in months))
    grids, revised, new, changed = {}, set(base.revised), [], []
    for product in sorted({p.product for p in published}):
        before = _longer(output(product, base), len(axis.periods))
        mine = [p for p in published if p.product == product]
        total, month = _grids(mine, axis)
        found = output_of(product, _bridged(total, before.T, axis), month, axis, before.T).T
        after = np.where(np.isfinite(found), found, before)
        after.flags.writeable = False
        grids[product] = after
        revised |= _revised(product, total, after.T, axis)
        some = _changes(product, before, found, axis)
        new += [c for c in some if c.before is None]
        changed += [c for c in some if c.before is not None and _differs(c.before, c.after)]

    def read(product: str) -> Floats:
        if product not in grids:
            grids[product] = _longer(output(product, base), len(axis.periods))
        return grids[product]

    whole = Output(
        vintage=vintage,
        periods=axis.periods,
        products=tuple(dict.fromkeys([*base.products, *grids])),
        sha256=sha256,
        revised=frozenset(revised),
        packaged=base.packaged,
        read=read,
    )
    return Added(whole, new, changed)


def _merged(period: str) -> str:
    return f"{period[:4]}-02" if period.endswith("-01") else period


def _longer(values: Floats, length: int) -> Floats:
    more = np.full((len(values), length - values.shape[1]), np.nan)
    out: Floats = np.concatenate([values, more], axis=1)
    out.flags.writeable = False
    return out


def _grids(published: Iterable[Published], axis: Axis) -> tuple[Floats, Floats]:
    """Cumulative values and months of one product, shape (n_periods, 31)."""
    rows = {p: i for i, p in enumerate(axis.periods)}
    columns = {place.adcode: j for j, place in enumerate(provinces())}
    total, month = (np.full((len(rows), len(columns)), np.nan) for _ in range(2))
    halves: dict[tuple[int, int], list[float]] = {}
    for one in published:
        at = rows.get(_merged(one.period)), columns.get(one.adcode)
        if at[0] is None or at[1] is None or one.value <= 0:
            continue
        place = (at[0], at[1])
        if one.measure == "year_to_date":
            if not one.period.endswith("-01"):
                total[place] = one.value
        elif axis.february[place[0]]:
            halves.setdefault(place, []).append(one.value)
        else:
            month[place] = one.value
    for place, values in halves.items():
        # January and February apart make their period; one of them alone is half of it.
        if len(values) == 2 and np.isnan(total[place]):
            total[place] = sum(values)
    return total, month


def _bridged(total: Floats, known: Floats, axis: Axis) -> Floats:
    """Cumulative values with those before a download's first month, summed from what there is."""
    out = total.copy()
    for year in np.unique(axis.years):
        rows = np.flatnonzero(axis.years == year)
        if axis.february[rows[0]]:
            sums = np.cumsum(known[rows], axis=0)
            needed = np.zeros_like(sums, dtype=bool)
            needed[:-1] = np.isnan(total[rows[:-1]]) & np.isfinite(total[rows[1:]])
            out[rows] = np.where(needed, sums, total[rows])
    return out


def _revised(product: str, total: Floats, values: Floats, axis: Axis) -> set[tuple[str, str, int]]:
    """Province-years whose months and December's cumulative value differ by over a tenth."""
    out = set()
    for year in np.unique(axis.years):
        rows = np.flatnonzero(axis.years == year)
        if not axis.periods[rows[-1]].endswith("-12"):
            continue
        december, sums = total[rows[-1]], values[rows].sum(axis=0)
        with np.errstate(invalid="ignore"):
            odd = np.abs(sums / december - 1) > REVISED
        out |= {(product, provinces()[j].adcode, int(year)) for j in np.flatnonzero(odd)}
    return out


def _changes(product: str, before: Floats, found: Floats, axis: Axis) -> list[Change]:
    places = provinces()
    return [
        Change(
            product,
            places[row],
            axis.periods[column],
            None if np.isnan(before[row, column]) else float(before[row, column]),
            float(found[row, column]),
        )
        for row, column in zip(*np.nonzero(np.isfinite(found)), strict=True)
    ]


def _differs(before: float, after: float) -> bool:
    return abs(after - before) > CHANGED * before


def _is_another(ratios: Floats) -> bool:
    """Whether figures are typically four times as large as those there are, or a quarter."""
    return not 1 / ANOTHER_UNIT < float(np.median(ratios)) < ANOTHER_UNIT


def refuse_another_unit(base: Output, grown: Output, where: str) -> None:
    """Refuse a download whose figures are of another size than those there are.

    Args:
        base: what there was.
        grown: with the download.
        where: the file, for the message.

    Raises:
        InputError: against the same months, or where there are none the same months a year
            before, the typical figure of a product is four times as large or a quarter; or that
            of one province against its own same months.
    """
    faults = []
    for product in grown.products:
        before, after = output(product, base), output(product, grown)
        same = _longer(before, after.shape[1])
        year = np.full_like(after, np.nan)
        year[:, 11:] = after[:, :-11]
        fresh = np.isfinite(after) & ~(after == same)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = after / np.where(np.isfinite(same), same, year)
        known = fresh & np.isfinite(ratios) & (ratios > 0)
        entry = sector_of(product)
        name = Words(entry.zh, entry.en) if entry else Words(product, product)
        if known.any() and _is_another(ratios[known]):
            faults.append(_of_another_size(name, ratios[known], where))
            continue
        # One province in another unit does not move the middle of all; its own months show it.
        for at, place in enumerate(provinces()):
            own = ratios[at][known[at] & np.isfinite(same[at])]
            if len(own) >= FEWEST_MONTHS and _is_another(own):
                whose = Words(f"{place.zh}的{name.zh}", f"{name.en} of {place.en}")
                faults.append(_of_another_size(whose, own, where))
    refuse(faults)


def _of_another_size(whose: Words, ratios: Floats, where: str) -> Fault:
    times = f"{float(np.median(ratios)):.3g}"
    what = Words(
        f"{whose.zh}的数值约为原有数据的 {times} 倍",
        f"{whose.en}: about {times} times the figures there are",
    )
    do = Words("请核对单位和指标名称", "Check the unit and the name of the indicator")
    return Fault(what, do, where=where)
