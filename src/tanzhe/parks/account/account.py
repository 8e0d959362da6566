"""CO2 of a park's year by annex 4 of 发改环资〔2025〕910号, every tonne with its ledger row."""

from dataclasses import dataclass
from math import fsum

from tanzhe.model import Note
from tanzhe.model.account import AccountLine, Emissions, EmissionSource
from tanzhe.model.park import ParkYear, ProcessRow
from tanzhe.model.told import Told
from tanzhe.model.verdict import Doubt
from tanzhe.parks.account.balance import Balance, balance_of, doubts
from tanzhe.parks.account.electricity import electricity_lines
from tanzhe.parks.account.factors import Factors, entered
from tanzhe.parks.account.fuels import fuel_factor, fuel_lines
from tanzhe.parks.account.heat import heat_lines
from tanzhe.parks.account.unknown import is_incomplete
from tanzhe.quantity import Unit

SOURCES: tuple[EmissionSource, ...] = ("fuel", "conversion", "electricity", "heat", "process")
# Sums are told apart from a tier's bound or a limit only beyond what binary fractions lose:
# a gram of a total, and a part in a billion of a ratio.
_TOTAL_DIGITS = 6
_RATIO_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Account:
    """The account of a park's year.

    Attributes:
        park: as entered.
        lines: row by row.
        emissions: totals by term, tCO2.
        energy_tce: 综合能源消费量, tce.
        factors: the method's factors, for further questions to the same year.
        notes: about the factors used.
        doubts: why the ratio cannot be judged, though every row was read.
        balance: what is left of what deductions were made from.
    """

    park: ParkYear
    lines: tuple[AccountLine, ...]
    emissions: Emissions
    energy_tce: float
    factors: Factors
    notes: tuple[Note, ...]
    doubts: tuple[Doubt, ...]
    balance: Balance

    @property
    def emission_per_energy(self) -> float | None:
        """E over energy, tCO2/tce; None without energy, with data missing, or with doubts."""
        if is_incomplete(self.park) or self.doubts:
            return None
        return per_energy(self.emissions.total, self.energy_tce)


def per_energy(tco2: float, tce: float) -> float | None:
    """Emissions per energy, tCO2/tce; None where there is no energy to divide by.

    Example:
        >>> per_energy(40_000.0, 200_000.0), per_energy(1.0, 0.0)
        (0.2, None)
    """
    return rounded(tco2 / tce, _RATIO_DIGITS) if tce > 0 else None


def rounded(number: float, digits: int = _TOTAL_DIGITS) -> float:
    """A result without the noise of binary fractions, so that 200,000 tce is 200,000 tce.

    Example:
        >>> rounded(0.1 + 0.2)
        0.3
    """
    return round(number, digits) + 0.0  # never -0.0


def account(park: ParkYear) -> Account:
    """The CO2 account of a park's year: E = fuel + conversion + electricity + heat + process.

    Args:
        park: one calendar year, checked by `read_park`.

    Returns:
        Lines with factor, document and row; totals in tCO2; energy in tce with electricity at
        the park's own equivalence coefficient.

    Raises:
        InputError: a fuel set or override that does not fit.

    Note:
        零碳园区碳排放核算方法（试行）, annex 4: one calendar year, CO2 only, inside the park; no
        term for sinks or capture.
    """
    factors = Factors(park.year, park.overrides)
    fuels = {row.id: fuel_factor(row, factors) for row in park.fuels}
    lines = (
        *fuel_lines(park, fuels),
        *electricity_lines(park, factors),
        *heat_lines(park, factors),
        *(_process_line(row) for row in park.processes),
    )
    sets = {note.code: note for one in fuels.values() for note in one.notes}
    return Account(
        park=park,
        lines=lines,
        emissions=emissions_of(lines),
        energy_tce=rounded(fsum(line.tce for line in lines)),
        factors=factors,
        notes=(*sets.values(), *factors.notes.values()),
        doubts=doubts(park, lines, fuels, factors),
        balance=balance_of(park, lines, fuels),
    )


def _process_line(row: ProcessRow) -> AccountLine:
    return AccountLine(
        row=row.id,
        source="process",
        what=Told(row.product),
        amount=row.output_t,
        unit=Unit.T.text,
        factor=row.factor_tco2_per_t,
        factor_unit=Unit.T_CO2_PER_T.text,
        tco2=row.output_t * row.factor_tco2_per_t,
        basis=entered(row.basis),
    )


def emissions_of(lines: tuple[AccountLine, ...]) -> Emissions:
    """Totals by term of the method, tCO2."""
    by_source = {
        source: rounded(fsum(line.tco2 for line in lines if line.source == source))
        for source in SOURCES
    }
    return Emissions(**by_source, total=rounded(fsum(line.tco2 for line in lines)))
