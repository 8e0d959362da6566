"""The years of one park: what each is compared in, row by row."""

from collections.abc import Iterable, Sequence
from math import fsum
from typing import NamedTuple

from tanzhe.model import Result
from tanzhe.model.park import Assessment
from tanzhe.model.park_choices import PURPOSES
from tanzhe.model.told import Told
from tanzhe.parks.terms import SOURCES
from tanzhe.quantity import Quantity, Unit
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import told_of

_SUPPLIES = told_of("reports.years.supplies")
_WAYS = {"in": Told("外购热力", "heat bought"), "out": Told("外供热力", "heat sent out")}


class ParkYears(Result):
    """A park's year beside those before it.

    Attributes:
        result: the latest year.
        earlier: years before, in any order.
        base_year: with which the years are compared, or None.
    """

    result: Assessment
    earlier: tuple[Assessment, ...] = ()
    base_year: int | None = None

    @property
    def in_order(self) -> list[Assessment]:
        """All years, the earliest first."""
        return sorted([*self.earlier, self.result], key=lambda one: one.park.year)


class YearRow(NamedTuple):
    """One line of a table by year.

    Attributes:
        name: what it is.
        unit: of its values.
        values: of each year, or None.
        digits: decimals.
        compared: whether the change since the base year means something.
    """

    name: Told
    unit: str
    values: tuple[float | None, ...]
    digits: int = 2
    compared: bool = True


def emission_rows(years: Sequence[Assessment]) -> list[YearRow]:
    """CO2 by term, energy and the ratio of every year."""
    sums = [one.emissions.model_dump() for one in years]
    rows = [
        YearRow(word, "tCO2", tuple(one[key] for one in sums))
        for key, word in SOURCES.items()
        if any(one[key] for one in sums)
    ]
    total = Told("碳排放合计", "emissions, all")
    ratio = Told("单位能耗碳排放", "emissions per energy")
    ratios = tuple(one.emission_per_energy for one in years)
    return [
        *rows,
        YearRow(total, "tCO2", tuple(one.emissions.total for one in years)),
        YearRow(_ENERGY, "tce", tuple(one.energy_tce for one in years)),
        YearRow(ratio, "tCO2/tce", ratios, digits=4),
    ]


_ENERGY = Told("综合能源消费量", "energy consumption")


def energy_rows(years: Sequence[Assessment]) -> list[YearRow]:
    """Energy by kind, bought or made, burnt, converted or feedstock, of every year."""
    fuels = dict.fromkeys(
        (row.fuel, row.purpose, row.unit) for one in years for row in one.park.fuels
    )
    rows = [
        YearRow(
            Told(
                f"{one_line(fuel)}：{PURPOSES[purpose].told.zh.split('，')[0]}",
                f"{one_line(fuel)}: {PURPOSES[purpose].told.en.split(',')[0]}",
            ),
            unit,
            tuple(_fuel(one, (fuel, purpose, unit)) for one in years),
            compared=False,
        )
        for fuel, purpose, unit in fuels
    ]
    rows += [
        YearRow(word, Unit.WAN_KWH.text, tuple(_power(one, key) for one in years), compared=False)
        for key, word in _SUPPLIES.items()
        if any(row.supply == key for one in years for row in one.park.electricity)
    ]
    rows += [
        YearRow(word, "GJ", tuple(_heat(one, way) for one in years), compared=False)
        for way, word in _WAYS.items()
        if any(row.direction == way for one in years for row in one.park.heat)
    ]
    energy = tuple(one.energy_tce for one in years)
    return [*rows, YearRow(_ENERGY, "tce", energy, compared=False)]


def _fuel(one: Assessment, key: tuple[str, str, str]) -> float | None:
    return _sum(r.quantity for r in one.park.fuels if (r.fuel, r.purpose, r.unit) == key)


def _power(one: Assessment, supply: str) -> float | None:
    rows = [Quantity(r.kwh, Unit.KWH) for r in one.park.electricity if r.supply == supply]
    return _sum(one.to(Unit.WAN_KWH).value for one in rows)


def _heat(one: Assessment, way: str) -> float | None:
    return _sum(row.gj for row in one.park.heat if row.direction == way)


def _sum(amounts: Iterable[float]) -> float | None:
    held = list(amounts)
    return fsum(held) if held else None
