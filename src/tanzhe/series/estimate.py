"""Emissions estimated from output: a fixed basket of products times one factor each."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Note, Part, Series
from tanzhe.places import Place
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import ResolvedFactor, fixed_factor
from tanzhe.sectors import Product, sector_of
from tanzhe.series.basket import Choice, choose
from tanzhe.series.output import covered, lines, output
from tanzhe.series.remarks import (
    GAPS,
    INDICATIVE,
    MERGED,
    basket_note,
    left_out_note,
    revised_note,
)

SOURCE = "nbs-output"
FIRST, LAST = "2015-02", "2024-12"
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
        start: position of the first period.
        years: calendar year of each period.
    """

    products: tuple[str, ...]
    rates: tuple[ResolvedFactor, ...]
    grid: NDArray[np.float64]
    choice: Choice
    start: int
    years: NDArray[np.int_]


def years_of(start: int, end: int) -> NDArray[np.int_]:
    """Calendar year of each period."""
    return np.array([int(period[:4]) for period in lines().periods[start:end]])


def frame(start: int, end: int) -> dict[str, object]:
    """What all series of this source have in common."""
    return {
        "frequency": "month",
        "merged": True,
        "periods": lines().periods[start:end],
        "source": SOURCE,
        "vintage": f"{FIRST}..{LAST}",
        "sha256": lines().sha256,
    }


def cells(values: NDArray[np.float64]) -> tuple[float | None, ...]:
    """Values with None where not published."""
    return tuple(None if v != v else v for v in values.tolist())


def scale(product: str, rate: ResolvedFactor) -> float:
    """MtCO2 per unit of published output."""
    known = sector_of(product)
    assert isinstance(known, Product)
    return (Quantity(1.0, Unit.parse(known.unit)) * rate.quantity).to(Unit.MT_CO2).value


def _provincial(sector: str, start: int, end: int) -> Estimate:
    """Each province with its own basket."""
    spans = {p: covered(p) for p in BASKETS[sector]}
    products = tuple(p for p, (a, b) in spans.items() if a <= start and end <= b)
    rates = tuple(fixed_factor(p) for p in products)
    grid = np.stack(
        [output(p)[:, start:end] * scale(p, r) for p, r in zip(products, rates, strict=True)]
    )
    years = years_of(start, end)
    return Estimate(products, rates, grid, choose(grid, years), start, years)


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
    sector: str, start: int, end: int, places: tuple[Place, ...], *, national: bool = False
) -> dict[str, Series]:
    """One estimate per place, by ISO 3166-2 code; places with an empty basket are left out.

    Args:
        sector: a key of `BASKETS`.
        start: position of the first period.
        end: position after the last.
        places: the provinces in order, or the nation alone with `national`.
        national: sum the provinces into one series.
    """
    one = _provincial(sector, start, end)
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
    if left_out:
        notes.append(left_out_note(left_out, national=national))
    if np.isnan(total).any():
        notes.append(GAPS)
    revised: Note | None = revised_note([p.product for p in parts], place, one.years)
    return Series(
        region=place.iso,
        sector=sector,
        unit=Unit.MT_CO2.text,
        values=cells(total),
        parts=parts,
        notes=(*notes, revised) if revised else tuple(notes),
        **frame(one.start, one.start + len(total)),
    )


def _part(product: str, values: NDArray[np.float64], rate: ResolvedFactor) -> Part:
    return Part(
        product=product,
        values=cells(values),
        factor=rate.quantity.value,
        factor_unit=rate.unit,
        factor_source=f"{rate.value.source} ({rate.described_year})",
    )
