"""What a park's energy is made of: power by proof of origin, clean energy, direct supply."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from tanzhe.model.account import AccountLine
from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ParkYear
from tanzhe.parks.account.account import Account
from tanzhe.parks.account.certificates import covered_kwh
from tanzhe.parks.account.fuels import BURNT
from tanzhe.parks.words import names
from tanzhe.quantity import Quantity, Unit


@dataclass(frozen=True, kw_only=True)
class Power:
    """A year's electricity by proof of origin, kWh.

    Attributes:
        direct: non-fossil power from direct lines and made in the park, less what of it was sent
            out.
        certified: grid power with certificates that count.
        traded: green-power trade.
        nuclear: nuclear power bought on the market.
        used: all power used in the park: received and made, less sent out.
    """

    direct: float
    certified: float
    traded: float
    nuclear: float
    used: float

    @property
    def renewable(self) -> float:
        """Power that the method counts 0 for its origin."""
        return self.direct + self.certified + self.traded

    @property
    def nonfossil(self) -> float:
        """Renewable and nuclear power."""
        return self.renewable + self.nuclear

    def share(self, kwh: float) -> float | None:
        """A part of the power used, or None where none was used."""
        return kwh / self.used if self.used > 0 else None


def power(park: ParkYear) -> Power:
    """The electricity ledger summed up by proof of origin."""
    rows = park.electricity
    own = [r for r in rows if r.supply in ("direct", "onsite")]
    sent = [r for r in rows if r.supply == "exported"]
    covered = covered_kwh(rows, park.year)
    return Power(
        direct=max(0.0, kwh_of(_green(own)) - kwh_of(_green(sent))),
        certified=fsum(covered.values()),
        traded=kwh_of(r for r in rows if r.supply == "green_trade"),
        nuclear=kwh_of(r for r in rows if r.supply == "nuclear_trade"),
        used=kwh_of(r for r in rows if r.supply != "exported") - kwh_of(sent),
    )


def _green(rows: Iterable[ElectricityRow]) -> list[ElectricityRow]:
    return [row for row in rows if row.generation == "nonfossil"]


def kwh_of(rows: Iterable[ElectricityRow]) -> float:
    """Electricity of rows together, kWh."""
    return fsum(row.kwh for row in rows)


@dataclass(frozen=True)
class EnergyUse:
    """A park's consumption by what it is made of, tce, electricity at the equivalence value.

    Attributes:
        account: of the park's year.
    """

    account: Account

    @property
    def total(self) -> float:
        """综合能源消费量."""
        return self.account.energy_tce

    @cached_property
    def power(self) -> Power:
        """Electricity by proof of origin, kWh."""
        return power(self.account.park)

    def of_power(self, kwh: float) -> float:
        """Power as tce at the park's equivalence coefficient."""
        coefficient = self.account.park.equivalence_kgce_per_kwh
        return Quantity(kwh * coefficient, Unit.KGCE).to(Unit.TCE).value

    @property
    def nonfossil_heat(self) -> float:
        """Non-fossil heat bought, less sold."""
        return max(0.0, self._tce([row for row in self.account.park.heat if not row.fossil]))

    @property
    def natural_gas(self) -> float:
        """Natural gas burnt."""
        return self._fuel("natural_gas")

    @property
    def nonfossil_fuel(self) -> float:
        """Biomass and other non-fossil fuel burnt."""
        return self._fuel("nonfossil_fuel")

    def _fuel(self, notion: str) -> float:
        rows = [row for row in self.account.park.fuels if row.purpose in BURNT]
        return self._tce([row for row in rows if _kind(row) == notion])

    def _tce(self, rows: list[FuelUse] | list[HeatRow]) -> float:
        ids = {row.id for row in rows}
        return fsum(line.tce for line in self.account.lines if line.row in ids)

    @property
    def electricity(self) -> float:
        """All electricity in the consumption."""
        return fsum(line.tce for line in self.account.lines if line.source == "electricity")

    def with_coefficient(self, coefficient: float) -> float:
        """The consumption, had another equivalence coefficient been used."""
        other = self.electricity * coefficient / self.account.park.equivalence_kgce_per_kwh
        return self.total - self.electricity + other


def _kind(row: FuelUse) -> str:
    """Bio-natural gas is non-fossil, so that is asked first."""
    for notion in ("nonfossil_fuel", "natural_gas"):
        if names(notion, row.fuel):
            return notion
    return ""


def lines_of(account: Account, source: str) -> list[AccountLine]:
    """The lines of one term of the method."""
    return [line for line in account.lines if line.source == source]
