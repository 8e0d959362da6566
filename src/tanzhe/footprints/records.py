"""A product study as entered, and its footprint line by line."""

from datetime import date
from decimal import Decimal

from tanzhe.model import Note, Record, Result


class Factor(Record):
    """An emission factor with everything that has to be said about it.

    Attributes:
        value: in `unit`.
        unit: e.g. `kgCO2e/kWh`.
        source: database or document.
        year: the year it describes, or None where nobody knows.
        region: where it holds.
        id: in the rulebook, or the file of the supplier, or "".
        family: `co2e` of a life cycle, or `co2` of burning alone.
    """

    value: Decimal
    unit: str
    source: str
    year: int | None = None
    region: str = ""
    id: str = ""
    family: str = "co2e"


class Product(Record):
    """The product, its declared unit, boundary and period; see `form.PRODUCT`."""

    name: str
    description: str = ""
    company: str
    company_id: str = ""
    product_id: str = ""
    classification: str = ""
    region: str
    start: date
    end: date
    boundary: str
    processes: str
    unit: str
    unit_amount: Decimal
    unit_mass: Decimal | None = None
    output: Decimal
    output_unit: str
    fossil_carbon: Decimal | None = None
    biogenic_carbon: Decimal | None = None
    recycled_carbon: Decimal | None = None
    gwp: str = "AR6"
    rules: str = ""
    purpose: str = ""
    comment: str = ""


class Row(Record):
    """What rows of power and of activity share.

    Attributes:
        id: of the row.
        at: the cell or path of its amount.
        what: its name.
        amount: in `unit`.
        factor: as entered: a number, an id of the rulebook, a file; or "".
        share: an allocation group, or "" for wholly to the product.
        ratings: of technology, geography and time, 1 to 5, or None.
    """

    id: str
    at: str
    what: str
    amount: Decimal
    unit: str
    factor: str = ""
    factor_unit: str = ""
    factor_source: str = ""
    factor_year: int | None = None
    factor_region: str = ""
    share: str = ""
    ratings: tuple[Decimal, Decimal, Decimal] | None = None
    evidence: str = ""


class PowerRow(Row):
    """Electricity: where it is from, and on what proof."""

    source: str
    generation: str = ""
    proof: str = ""
    generated: str = ""
    cancelled: bool | None = None
    sold: bool | None = None


class ActivityRow(Row):
    """A flow: its stage, gas category and kind of data."""

    stage: str
    category: str = "fossil"
    data: str
    primary_share: Decimal | None = None


class CoProduct(Record):
    """A product of an allocation group, with the figures that methods use."""

    group: str
    product: str
    own: bool
    method: str
    mass: Decimal | None = None
    energy: Decimal | None = None
    economic: Decimal | None = None
    other: Decimal | None = None
    reason: str


class CutOff(Record):
    """What was left out on purpose; a stage where the whole stage is."""

    what: str
    stage: str = ""
    percent: Decimal
    reason: str


class Offset(Record):
    """Purchased credits, tCO2e: listed, never subtracted."""

    what: str
    tonnes: Decimal
    evidence: str = ""


class Study(Record):
    """A product study as entered."""

    product: Product
    power: tuple[PowerRow, ...] = ()
    activity: tuple[ActivityRow, ...] = ()
    allocation: tuple[CoProduct, ...] = ()
    cut_off: tuple[CutOff, ...] = ()
    offsets: tuple[Offset, ...] = ()
    name: str = ""
    sha256: str = ""


class Line(Record):
    """One product of amount, factor and share: every kilogram walks back through it.

    Attributes:
        row: id of the row.
        at: cell of the amount.
        stage: of the life cycle.
        what: what was counted.
        category: gas category; `biogenic_co2` is listed apart.
        amount: in `unit`.
        factor: with its source.
        kg: kgCO2e of the amount.
        share: of the product in it, 0 to 1.
        allocated: kgCO2e of the product.
        per_unit: kgCO2e per declared unit.
        primary: share of primary data in it, 0 to 1.
        ratings: of technology, geography and time, or None.
        notes: what changes how the line should be read.
    """

    row: str
    at: str
    stage: str
    what: str
    category: str
    amount: Decimal
    unit: str
    factor: Factor
    kg: Decimal
    share: Decimal
    allocated: Decimal
    per_unit: Decimal
    primary: Decimal
    ratings: tuple[Decimal, Decimal, Decimal] | None = None
    notes: tuple[Note, ...] = ()


class Alternative(Record):
    """The result with another choice."""

    code: str
    zh: str
    en: str
    per_unit: Decimal


class FootprintResult(Result):
    """A product's footprint.

    Attributes:
        study: as entered.
        units: declared units made in the period.
        lines: the account.
        per_unit: kgCO2e per declared unit within the boundary, without biogenic uptake.
        to_gate: the same, to the gate.
        uptake: biogenic uptake per declared unit, not positive.
        stages: kgCO2e per declared unit by stage, without uptake.
        categories: kgCO2e per declared unit by gas category, to the gate.
        primary_share: percent of primary data in `to_gate`.
        quality: ratings averaged by contribution, or None where rows have none.
        exempted: percent left out, as estimated.
        shares: of the product, by allocation group.
        gaps: stages within the boundary of which nothing is said.
        alternatives: sensitivity.
        offsets: tonnes listed, never subtracted.
        notes: what changes how the numbers should be read.
    """

    study: Study
    units: Decimal
    lines: tuple[Line, ...]
    per_unit: Decimal
    to_gate: Decimal
    uptake: Decimal
    stages: dict[str, Decimal]
    categories: dict[str, Decimal]
    primary_share: Decimal | None
    quality: tuple[Decimal, Decimal, Decimal] | None
    exempted: Decimal
    shares: dict[str, Decimal]
    gaps: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    offsets: Decimal
    notes: tuple[Note, ...]
