"""What accounting and assessment say about a park's year; its entries stand here by name too."""

from typing import Literal

from pydantic import Field

from tanzhe.model.account import AccountLine, Emissions, FirmResult, MissingEvidence
from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.ledgers import (
    Certificate,
    ElectricityRow,
    FuelUse,
    HeatRow,
    ProcessRow,
)
from tanzhe.model.park_choices import (
    CertificateStatus,
    ElectricityBasis,
    FuelPurpose,
    Generation,
    HeatDirection,
    Supply,
)
from tanzhe.model.park_year import IndicatorEntry, Offset, Override, ParkYear, Project
from tanzhe.model.products import ProductRow
from tanzhe.model.rules import Duty, IndicatorKind
from tanzhe.model.told import Told
from tanzhe.model.verdict import Bound, Doubt, Verdict, VerdictReason
from tanzhe.operators import Operator

__all__ = [
    "Assessment",
    "Certificate",
    "CertificateStatus",
    "ElectricityBasis",
    "ElectricityRow",
    "FuelPurpose",
    "FuelUse",
    "Generation",
    "HeatDirection",
    "HeatRow",
    "IndicatorEntry",
    "IndicatorResult",
    "IndicatorStatus",
    "Offset",
    "Override",
    "ParkYear",
    "ProcessRow",
    "ProductResult",
    "ProductRow",
    "ProductStatus",
    "Project",
    "Reading",
    "Sensitivity",
    "Supply",
]

IndicatorStatus = Literal["met", "not_met", "missing", "excused", "undefined"]
ProductStatus = Literal["level", "below_levels", "not_judged"]


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
        formula: with its numbers and units.
        reason: why it was not judged, and what to do, or "".
        notes: convention of electricity, editions.
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
    formula: Told = Told("")
    reason: Told = Told("")
    notes: tuple[Told, ...] = ()


class Reading(Record):
    """One reading of an indicator that the document leaves undefined."""

    name: Told
    value: float | None
    status: IndicatorStatus
    formula: Told


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
    name: Told
    kind: IndicatorKind
    duty: Duty
    operator: Operator
    value: float | None
    threshold: float | None
    unit: str
    status: IndicatorStatus
    gap: float | None
    formula: Told
    evidence: Told = Told("")
    readings: tuple[Reading, ...] = ()
    notes: tuple[Told, ...] = ()


class Sensitivity(Record):
    """The core indicator with another equivalence coefficient, and where that one comes from."""

    equivalence_kgce_per_kwh: float
    source: Told
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
        reasons: why, one sentence each.
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
    reasons: tuple[Told, ...]
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
