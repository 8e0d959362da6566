"""Emissions estimated from output: a fixed basket of products times one factor each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Part, Series
from tanzhe.model.rules import ResolvedValue
from tanzhe.places import Place
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import fixed_factor
from tanzhe.sectors import Product, sector_of
from tanzhe.series.basket import MATERIAL, Choice, choose
from tanzhe.series.output import Output, covered, output
from tanzhe.series.remarks import (
    GAPS,
    INDICATIVE,
    MERGED,
    SUM_OF_PROVINCES,
    added_note,
    basket_note,
    left_out_note,
    revised_note,
)

SOURCE = "nbs-output"
# The last year of the packaged figures says which products and provinces matter.
A_YEAR = 11
# The nation goes on while provinces with this share of its emissions are published.
NATION = 0.95
BASKETS = {
    "industry": (
        "cement",
        "crude_steel",
        "nonferrous_metals_10",
        "flat_glass",
        "soda_ash",
        "caustic_soda",
        "ethylene",
    ),
    "power": ("thermal_power_generation",),
}


class Estimate(NamedTuple):
    """Emissions of a basket over a span.

    Attributes:
        products: product ids whose publication covers the span.
        rates: the fixed factor of each.
        grid: emissions in MtCO2, shape (n_products, n_places, n_periods), NaN: not published.
        choice: what enters, shape (n_products, n_places).
        of: where the output comes from.
        start: position of the first period.
        years: calendar year of each period.
    """

    products: tuple[str, ...]
    rates: tuple[ResolvedValue, ...]
    grid: NDArray[np.float64]
    choice: Choice
    of: Output
    start: int
    years: NDArray[np.int_]


def years_of(of: Output, start: int, end: int) -> NDArray[np.int_]:
    """Calendar year of each period."""
    return np.array([int(period[:4]) for period in of.periods[start:end]])


def frame(of: Output, start: int, end: int) -> dict[str, object]:
    """What all series of this source have in common."""
    return {
        "frequency": "month",
        "merged": True,
        "periods": of.periods[start:end],
        "source": SOURCE,
        "vintage": of.vintage,
        "sha256": of.sha256,
    }


def cells(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    """Values with None where not published."""
    return tuple(None if v != v else v for v in values.tolist())


def scale(product: str, rate: ResolvedValue) -> float:
    """MtCO2 per unit of published output."""
    known = sector_of(product)
    assert isinstance(known, Product)
    return (Quantity(1.0, Unit.parse(known.unit)) * rate.quantity).to(Unit.MT_CO2).value


def emissions(sector: str, of: Output) -> NDArray[np.float64]:
    """Emissions of each product of a basket, or output of a product: (products, 31, periods)."""
    if sector not in BASKETS:
        return output(sector, of)[None]
    return np.stack([output(p, of) * scale(p, fixed_factor(p)) for p in BASKETS[sector]])


def reach(sector: str, of: Output) -> NDArray[np.int_]:
    """How many periods each province has: to the last in which what matters of it is published.

    What matters is each product with 5 % of its emissions in the last packaged year. At least the
    packaged periods: what is missing there is the basket's matter.
    """
    grid = emissions(sector, of)
    weights = _recent(grid, of)
    matters = weights >= MATERIAL * np.maximum(weights.sum(axis=0), np.finfo(float).tiny)
    known = np.isfinite(grid)
    after = known.shape[-1] - np.argmax(known[:, :, ::-1], axis=-1)
    last = np.where(known.any(axis=-1) & matters, after, known.shape[-1]).min(axis=0)
    return np.where(matters.any(axis=0), np.maximum(last, of.packaged), of.packaged)


def national_reach(sector: str, of: Output) -> int:
    """How many periods the nation has: to the last in which 95 % of it is published."""
    grid = emissions(sector, of)
    weights = _recent(grid, of)[:, :, None]
    known = np.isfinite(grid) | (np.arange(grid.shape[-1]) < of.packaged)
    whole = (weights * known).sum(axis=(0, 1)) >= NATION * weights.sum()
    return int(np.flatnonzero(whole)[-1]) + 1


def _recent(grid: NDArray[np.float64], of: Output) -> NDArray[np.float64]:
    """Emissions of the last packaged year, shape (products, 31)."""
    year = grid[:, :, of.packaged - A_YEAR : of.packaged]
    return np.asarray(np.where(np.isfinite(year), year, 0.0).sum(axis=-1))


def _provincial(sector: str, of: Output, start: int, end: int) -> Estimate:
    """Each province with its own basket, chosen by the periods it has."""
    spans = {p: covered(p, of) for p in BASKETS[sector]}
    known_end = min(end, of.packaged)
    products = tuple(p for p, (a, b) in spans.items() if a <= start and known_end <= b)
    rates = tuple(fixed_factor(p) for p in products)
    grid = np.stack(
        [output(p, of)[:, start:end] * scale(p, r) for p, r in zip(products, rates, strict=True)]
    )
    ends = np.clip(reach(sector, of), start, end) - start
    grid[:, np.arange(end - start) >= ends[:, None]] = np.nan
    years = years_of(of, start, end)
    return Estimate(products, rates, grid, choose(grid, years, ends), of, start, years)


def _national(one: Estimate) -> Estimate:
    """The nation as the sum of province-product cells, each under the rule of the basket."""
    shape = one.grid.shape[:2]
    choice = choose(one.grid.reshape(-1, 1, one.grid.shape[2]), one.years)
    inside, outside = choice.enters.reshape(shape), choice.left_out.reshape(shape)
    grid = np.where(inside[:, :, None], one.grid, 0.0).sum(axis=1, keepdims=True)
    some = Choice(
        np.logical_or.reduce(inside, axis=1)[:, None],
        np.logical_or.reduce(outside, axis=1)[:, None],
    )
    return one._replace(grid=grid, choice=some)


def estimates(
    sector: str,
    of: Output,
    start: int,
    end: int,
    places: tuple[Place, ...],
    *,
    national: bool = False,
) -> dict[str, Series]:
    """One estimate per place, by ISO 3166-2 code; places with an empty basket are left out.

    Args:
        sector: a key of `BASKETS`.
        of: where the output comes from.
        start: position of the first period.
        end: position after the last.
        places: the provinces in order, or the nation alone with `national`.
        national: sum the provinces into one series.
    """
    one = _provincial(sector, of, start, end)
    if national:
        one = _national(one)
    return {
        place.iso: _series(sector, place, row, one, national=national)
        for row, place in enumerate(places)
        if one.choice.enters[:, row].any()
    }


def _series(sector: str, place: Place, row: int, one: Estimate, *, national: bool) -> Series:
    basket = np.flatnonzero(one.choice.enters[:, row])
    total = one.grid[basket, row].sum(axis=0)
    parts = tuple(_part(one.products[i], one.grid[i, row], one.rates[i]) for i in basket)
    left_out = [one.products[i] for i in np.flatnonzero(one.choice.left_out[:, row])]
    notes = [INDICATIVE, MERGED, basket_note(p.product for p in parts)]
    if national:
        notes.append(SUM_OF_PROVINCES)
    if left_out:
        notes.append(left_out_note(left_out, national=national))
    if np.isnan(total).any():
        notes.append(GAPS)
    products = [p.product for p in parts]
    revised = revised_note(products, place, one.years, one.of.revised)
    added = added_note(one.of, one.start + len(total), factors=True)
    return Series(
        region=place.iso,
        sector=sector,
        unit=Unit.MT_CO2.text,
        values=cells(total),
        parts=parts,
        notes=tuple(note for note in (*notes, revised, added) if note),
        **frame(one.of, one.start, one.start + len(total)),
    )


def _part(product: str, values: NDArray[np.float64], rate: ResolvedValue) -> Part:
    return Part(
        product=product,
        values=cells(values),
        factor=rate.quantity.value,
        factor_unit=rate.value.unit,
        factor_source=f"{rate.value.authority.title} ({rate.value.describes})",
    )
