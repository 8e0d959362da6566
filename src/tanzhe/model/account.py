"""What the ledgers of a park's year add up to: line by line, by term, by firm."""

from typing import Literal

from tanzhe.model.base import Record
from tanzhe.model.told import Told

EmissionSource = Literal["fuel", "conversion", "electricity", "heat", "process"]


class AccountLine(Record):
    """One product of amount and factor: a tonne of the total walks back to a row through it.

    Attributes:
        row: ledger-row id.
        source: which term of the method.
        what: what was counted.
        amount: in `unit`; negative where the method subtracts.
        unit: unit of the amount.
        factor: CO2 per unit.
        factor_unit: unit of the factor.
        tco2: amount times factor, t.
        tce: the row's energy in the park's consumption, tce.
        basis: document or evidence behind the factor.
        factor_id: id of the factor in the rulebook, or "" for one the park entered.
    """

    row: str
    source: EmissionSource
    what: Told
    amount: float
    unit: str
    factor: float
    factor_unit: str
    tco2: float
    tce: float = 0.0
    basis: Told = Told("")
    factor_id: str = ""


class Emissions(Record):
    """CO2 of a park's year by the terms of the method, t."""

    fuel: float
    conversion: float
    electricity: float
    heat: float
    process: float
    total: float


class MissingEvidence(Record):
    """Something a reviewer will ask for: the ledger-row or indicator id, and what is missing."""

    where: str
    what: Told


class FirmResult(Record):
    """What the rows of one firm add up to: an account of its part, never a verdict on it.

    Attributes:
        name: as first written; "" for the rows that name no firm.
        rows: ids of its ledger rows, those with an unknown figure included.
        emissions: totals by term, tCO2; over all firms they are the park's.
        energy_tce: its part of 综合能源消费量, tce.
        emission_per_energy: tCO2/tce, or None: no energy, or a figure of it is unknown.
        share: of the park's CO2, or None where the park emits none.
        power_kwh: electricity used: received and made, less sent out.
        unproven_kwh: of it, what counts as other power: no proof of its origin.
        unknown: figures of it that nobody knows; its totals are then incomplete.
        missing_evidence: what a reviewer will ask this firm for.
    """

    name: str
    rows: tuple[str, ...]
    emissions: Emissions
    energy_tce: float
    emission_per_energy: float | None
    share: float | None
    power_kwh: float
    unproven_kwh: float
    unknown: tuple[Told, ...] = ()
    missing_evidence: tuple[MissingEvidence, ...] = ()
