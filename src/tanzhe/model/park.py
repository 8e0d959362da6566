"""A park's year as entered, and what accounting and assessment say about it."""

from typing import Literal

from pydantic import Field

from tanzhe.model.account import AccountLine, Emissions, FirmResult, MissingEvidence
from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.rules import Duty, IndicatorKind
from tanzhe.model.verdict import Bound, Doubt, UnknownFigure, Verdict, VerdictReason
from tanzhe.operators import Operator

FuelPurpose = Literal[
    "fuel", "feedstock", "conversion_input", "conversion_output", "sold", "international_transport"
]
Supply = Literal["grid", "direct", "onsite", "green_trade", "nuclear_trade", "exported"]
Generation = Literal["nonfossil", "fossil", "waste_heat"]
CertificateStatus = Literal["cancelled", "held"]
HeatDirection = Literal["in", "out"]
IndicatorStatus = Literal["met", "not_met", "missing", "excused", "undefined"]
ElectricityBasis = Literal["calorific", "equivalence"]
ProductStatus = Literal["level", "below_levels", "not_judged"]


class FuelUse(Record):
    """One row of the fuel ledger.

    Attributes:
        id: ledger-row id, e.g. `fuels-1`.
        fuel: name of the fuel.
        purpose: burnt, feedstock, into or out of conversion, sold, or international transport.
        quantity: amount over the year in `unit`.
        unit: e.g. t, 万m3.
        factor_tco2: tCO2 per unit, or None when a named factor set is to supply it.
        energy_gj_per_unit: GJ per unit (29.3076 GJ = 1 tce), or None likewise.
        factor_set: id of the rulebook's fuel set chosen for this row, or None.
        evidence: invoice, meter, statistics form.
        firm: whose fuel it is, or "" where nobody said.
    """

    id: str
    firm: str = ""
    fuel: str
    purpose: FuelPurpose
    quantity: float
    unit: str
    factor_tco2: float | None = None
    energy_gj_per_unit: float | None = None
    factor_set: str | None = None
    evidence: str = ""


class Certificate(Record):
    """Green certificates of one number: volume, generation month, state and holder."""

    id: str
    mwh: float
    generated: str
    status: CertificateStatus
    holder: str


class ElectricityRow(Record):
    """One row of the electricity ledger: where whose power came from, how much, what proves it."""

    id: str
    firm: str = ""
    supply: Supply
    generation: Generation | None = None
    kwh: float
    evidence: str = ""
    certificates: tuple[Certificate, ...] = ()


class HeatRow(Record):
    """Heat bought or sold, GJ; the factor in tCO2/GJ where measured, else None."""

    id: str
    firm: str = ""
    direction: HeatDirection
    gj: float
    fossil: bool
    factor_tco2_per_gj: float | None = None
    evidence: str = ""


class ProcessRow(Record):
    """A product whose making frees CO2: output in t, factor in tCO2/t, and its basis."""

    id: str
    firm: str = ""
    product: str
    output_t: float
    factor_tco2_per_t: float
    basis: str = ""


class ProductRow(Record):
    """What a product of the park took to make in the year, for the energy limits of products.

    Attributes:
        id: ledger-row id, e.g. `products-1`.
        product: its name.
        route: how it is made, where limits differ by that.
        metric: which limit is meant, e.g. 综合电耗; "" where the unit of the energy tells.
        output: sound product of the year in `output_unit`.
        output_unit: t, or another unit of quantity.
        energy: in `energy_unit`; negative where a process gives more than it takes.
        energy_unit: tce, kgce, GJ, or of electricity kWh and its multiples.
        electricity_basis: how electricity is counted in standard coal, or None where not told.
        enterprise: who makes it.
        evidence: meter, statistics form.
    """

    id: str
    product: str
    route: str = ""
    metric: str = ""
    output: float
    output_unit: str = "t"
    energy: float
    energy_unit: str
    electricity_basis: ElectricityBasis | None = None
    enterprise: str = ""
    evidence: str = ""


class ProductResult(Record):
    """A product's energy against the limits of its standard.

    Attributes:
        row: ledger-row id.
        product: as the rulebook calls it, route included; as entered where it knows no such one.
        enterprise: who makes it.
        metric: which limit it was held against, or "".
        status: a level was reached, none was, or it could not be judged.
        level: 1, 2 or 3 where reached; smaller is better.
        value: energy per unit of product in `unit`, or None.
        unit: kgce/t, kWh/t, or "".
        limits: of levels 1, 2 and 3, or empty.
        standard: number and subject of the standard that holds for the year, or "".
        in_force_from: the day it came into force, or None.
        second_hand: whether the limits were not compared with the standard itself.
        reserved: what the standard corrects the limit by and the rulebook does not hold, or "":
            then the level is by the uncorrected limit and decides nothing.
        formula: with its numbers and units, in Chinese.
        reason: why it was not judged, and what to do, in Chinese, or "".
        notes: convention of electricity, editions, in Chinese.
    """

    row: str
    product: str
    enterprise: str = ""
    metric: str = ""
    status: ProductStatus
    level: int | None = None
    value: float | None = None
    unit: str = ""
    limits: tuple[float, ...] = ()
    standard: str = ""
    in_force_from: str | None = None
    second_hand: bool = True
    reserved: str = ""
    formula: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()


class Offset(Record):
    """A sink or capture, tCO2: listed beside the account, never subtracted."""

    kind: str
    tco2: float


class IndicatorEntry(Record):
    """What a park states for an indicator: shares from 0 to 1, counts and levels as they are."""

    value: float | None = None
    evidence: str = ""


class Project(Record):
    """A project of the park: who does what, at what cost (万元), when, and what it cuts (tCO2)."""

    name: str
    owner: str = ""
    content: str = ""
    investment: float | None = None
    period: str = ""
    abatement: float | None = None


class Override(Record):
    """A documented value that replaces one of the rulebook in this account."""

    id: str
    value: float
    unit: str
    document: str
    quote: str


class ParkYear(Record):
    """One park in one calendar year, as entered by workbook or JSON.

    Attributes:
        name: name of the park.
        region: ISO 3166-2 code.
        year: calendar year.
        equivalence_kgce_per_kwh: 等价 coefficient of electricity, kgce/kWh; no national constant
            exists, so it is entered and printed in every result.
        equivalence_source: where the coefficient comes from.
        reporter: the body that reports, e.g. the park's administration.
        indicators: values stated for indicators, by indicator id.
        excuses: reasons given for guiding indicators, by indicator id.
        overrides: documented values that replace the rulebook's.
        products: products with their energy, for the limits of products; no part of the account.
        absent_ledgers: ledgers whose data are said to be missing; sums over them are unknown.
        unknown: single figures that are said to be missing; their rows are in no ledger.
    """

    name: str
    region: str
    year: int
    equivalence_kgce_per_kwh: float
    equivalence_source: str = ""
    reporter: str = ""
    fuels: tuple[FuelUse, ...] = ()
    electricity: tuple[ElectricityRow, ...] = ()
    heat: tuple[HeatRow, ...] = ()
    processes: tuple[ProcessRow, ...] = ()
    products: tuple[ProductRow, ...] = ()
    offsets: tuple[Offset, ...] = ()
    indicators: dict[str, IndicatorEntry] = Field(default_factory=dict)
    excuses: dict[str, str] = Field(default_factory=dict)
    projects: tuple[Project, ...] = ()
    overrides: tuple[Override, ...] = ()
    absent_ledgers: tuple[str, ...] = ()
    unknown: tuple[UnknownFigure, ...] = ()


class Reading(Record):
    """One reading of an indicator that the document leaves undefined."""

    name: str
    value: float | None
    status: IndicatorStatus
    formula: str


class IndicatorResult(Record):
    """One indicator judged.

    Attributes:
        id: indicator id; the tier that applies, for the core indicator.
        value: in the unit of INTERFACE: shares 0 to 1; None where missing.
        threshold: likewise; None where none exists.
        gap: how far the value is on the wrong side, in the same unit; 0 when met.
        formula: with its numbers.
        readings: both readings where the document defines none.
    """

    id: str
    name: str
    kind: IndicatorKind
    duty: Duty
    operator: Operator
    value: float | None
    threshold: float | None
    unit: str
    status: IndicatorStatus
    gap: float | None
    formula: str
    evidence: str = ""
    readings: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()


class Sensitivity(Record):
    """The core indicator with another equivalence coefficient, and where that one comes from."""

    equivalence_kgce_per_kwh: float
    source: str
    energy_tce: float
    emission_per_energy: float | None


class Assessment(Result):
    """What a rule set says about a park's year.

    Attributes:
        park: the year as entered.
        rules: id of the rule set.
        lines: the account, row by row.
        emissions: totals by term, tCO2.
        energy_tce: 综合能源消费量, tce, electricity at the equivalence coefficient.
        emission_per_energy: tCO2/tce, or None where the park used no energy.
        tier: id of the core indicator that applies, or None.
        direct_share: power supplied directly over all power used, or None.
        indicators: each judged.
        products: each product against the energy limits.
        firms: the account by firm, in the order of the ledgers; empty where no row names one.
        verdict: the whole.
        reason: why, in one word; None where all is met.
        reasons: why, in Chinese, one sentence each.
        doubts: why the core indicator cannot be judged though all rows were read.
        bounds: totals that are at least, at most or open, because data are missing.
        rests_on: rows without which a park that meets its core limit, or is too small for one,
            would not.
        gap_by_source: tCO2 above the core limit, shared out by term of the method.
        offsets_listed: tCO2, listed and never subtracted.
        listed_apart: tCO2 that is in the total and listed apart too, e.g. international transport.
        missing_evidence: what a reviewer will ask for.
        unproven_share_limit: for an all-electric park, the largest share of power without proof
            of non-fossil origin that meets the core limit; None where no tier applies.
        sensitivity: the core indicator with other equivalence coefficients.
        notes: what changes how the numbers should be read.
        manifest: what the result rests on.
    """

    park: ParkYear
    rules: str
    lines: tuple[AccountLine, ...]
    emissions: Emissions
    energy_tce: float
    emission_per_energy: float | None
    tier: str | None
    direct_share: float | None
    indicators: tuple[IndicatorResult, ...]
    products: tuple[ProductResult, ...] = ()
    firms: tuple[FirmResult, ...] = ()
    verdict: Verdict
    reason: VerdictReason | None = None
    reasons: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    bounds: dict[str, Bound] = Field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    gap_by_source: dict[str, float]
    offsets_listed: float
    listed_apart: dict[str, float] = Field(default_factory=dict)
    missing_evidence: tuple[MissingEvidence, ...] = ()
    unproven_share_limit: float | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    notes: tuple[Note, ...] = ()
    manifest: Manifest
