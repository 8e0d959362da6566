"""A study's footprint: line by line, by stage and category, with sensitivity and completeness."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.footprints.allocation import other_methods, shares
from tanzhe.footprints.choices import BOUNDARIES, CATEGORIES, GATE, METHODS, STAGES
from tanzhe.footprints.doubts import doubts
from tanzhe.footprints.factors import Found, factor_of, is_file, kilograms, primary_part
from tanzhe.footprints.pact import ProductFootprint
from tanzhe.footprints.power import Judged, judged
from tanzhe.footprints.records import (
    ActivityRow,
    Alternative,
    Factor,
    FootprintResult,
    Line,
    PowerRow,
    Row,
    Study,
)
from tanzhe.footprints.suppliers import parts, remarks
from tanzhe.footprints.units import DECLARED, measured, ratio
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.quantity import Unit

_NEGATIVE = ("land_removal", "uptake", "capture", "removal")
_APART = ("uptake", "biogenic_co2")  # never in the total; uptake is told beside it
_ONE = Decimal(1)
_FLOW, _ALL = Decimal(1), Decimal(5)  # percent; usual cut-off of product rules: a flow, all flows


def footprint(
    study: Study, suppliers: Mapping[str, ProductFootprint] | None = None
) -> FootprintResult:
    """The footprint of a product.

    Args:
        study: as entered.
        suppliers: footprints by the names of the files that rows give as factors.

    Returns:
        kgCO2e per declared unit, with every line behind it; offsets are listed, never subtracted.

    Raises:
        InputError: every row whose factor is unknown, of another family or of another unit.

    Reference:
        GB/T 24067-2024; ISO 14067:2018.
    """
    return _Account(study, suppliers or {}).result()


class _Account:
    """Adds up one study.

    Long because every kind of row adds to the same totals, notes and faults.
    """

    def __init__(self, study: Study, suppliers: Mapping[str, ProductFootprint]) -> None:
        self._study = study
        self._suppliers = suppliers
        self._faults: list[Fault] = []
        product = study.product
        declared, made = Unit.known(product.unit), Unit.known(product.output_unit)
        assert declared is not None and made is not None
        size = ratio(made, declared)
        assert size is not None and declared.dimension in DECLARED
        self._units = product.output * size / product.unit_amount
        self._shares = shares(study.allocation)
        self._judged: dict[str, Judged] = {}

    def result(self) -> FootprintResult:
        """The whole."""
        power = [self._power(row) for row in self._study.power]
        activity = [line for row in self._study.activity for line in self._activity(row)]
        refuse(self._faults)
        lines = tuple(one for one in (*activity, *power) if one is not None)
        inside = [one for one in lines if one.stage in self._stages_inside()]
        gate = [one for one in inside if one.stage in GATE]
        return FootprintResult(
            study=self._study,
            units=self._units,
            lines=lines,
            per_unit=_total(inside),
            to_gate=_total(gate),
            uptake=_sum(one.per_unit for one in gate if one.category == "uptake"),
            stages={s: _total(o for o in lines if o.stage == s) for s in STAGES},
            categories={
                c: _sum(one.per_unit for one in gate if one.category == c) for c in CATEGORIES
            },
            primary_share=_primary(gate),
            quality=_quality(gate),
            exempted=_sum(one.percent for one in self._study.cut_off),
            shares=self._shares,
            gaps=self._gaps(lines),
            alternatives=tuple(self._alternatives(lines)),
            offsets=_sum(one.tonnes for one in self._study.offsets),
            notes=tuple(_distinct(self._notes(lines, gate))),
        )

    def _stages_inside(self) -> tuple[str, ...]:
        return GATE if self._study.product.boundary == "gate" else tuple(STAGES)

    def _power(self, row: PowerRow) -> Line | None:
        counted = Counter(one.proof for one in self._study.power if one.proof)
        try:
            found = judged(row, self._study.product, repeated=counted[row.proof] > 1)
        except InputError as error:  # no footprint is published for the year
            self._faults += [Fault(f.what, f.do, where=row.at) for f in error.faults]
            return None
        self._judged[row.id] = found
        return self._line(row, found.found, "production", "fossil", Decimal(0))

    def _activity(self, row: ActivityRow) -> Iterator[Line]:
        primary = primary_part(row)
        if is_file(row.factor):
            one = self._suppliers[row.factor]
            notes = tuple(remarks(row, one, self._study.product))
            for part in parts(one, row.factor):
                found = self._line(
                    row, Found(part.factor, notes), row.stage, part.category, part.primary
                )
                if found is not None:
                    yield found
            return
        kg = measured(row.unit)
        if kg is not None and not row.factor:
            source = row.factor_source or row.evidence or "直接测量 measured"
            unit = f"kgCO2e/{row.unit}"
            known = Found(Factor(value=kg, unit=unit, source=source, year=row.factor_year))
            found = self._line(row, known, row.stage, row.category, primary, kg=row.amount * kg)
        else:
            known = factor_of(row, year=self._study.product.end.year)
            found = self._line(row, known, row.stage, row.category, primary)
        if found is not None:
            yield found

    def _line(
        self,
        row: Row,
        found: Found,
        stage: str,
        category: str,
        primary: Decimal,
        *,
        kg: Decimal | None = None,
    ) -> Line | None:
        factor = found.factor
        if factor is None:
            self._faults.append(Fault(found.what, found.do, where=row.at))
            return None
        amount = kg if kg is not None else kilograms(row.amount, row.unit, factor)
        if amount is None:
            self._faults.append(_unfit(row, factor))
            return None
        if category in _NEGATIVE:
            amount = -abs(amount)
        share = self._shares[row.share] if row.share else _ONE
        return Line(
            row=row.id, at=row.at, stage=stage, what=row.what, category=category,
            amount=row.amount, unit=row.unit, factor=factor, kg=amount, share=share,
            allocated=amount * share, per_unit=amount * share / self._units, primary=primary,
            ratings=row.ratings, notes=found.notes,
        )  # fmt: skip

    def _gaps(self, lines: tuple[Line, ...]) -> tuple[str, ...]:
        """Stages within the boundary with neither a row nor a word on why there is none."""
        told = {one.stage for one in lines} | {one.stage for one in self._study.cut_off}
        return tuple(stage for stage in self._stages_inside() if stage not in told)

    def _alternatives(self, lines: tuple[Line, ...]) -> Iterator[Alternative]:
        inside = [one for one in lines if one.stage in self._stages_inside()]
        if any(self._counts_by_contract(row) for row in self._study.power):
            yield Alternative(
                code="no_contracts",
                zh="电网来电全部按全国平均，不认合同和证书",
                en="all power over the grid at the national average, no contracts",
                per_unit=_sum(map(self._without_contract, inside)),
            )
        for method in other_methods(self._study.allocation):
            other = shares(self._study.allocation, method=method)
            groups = {row.id: row.share for row in (*self._study.power, *self._study.activity)}
            total = _sum(
                one.kg * (other[groups[one.row]] if groups[one.row] else _ONE) / self._units
                for one in inside
                if one.category not in _APART
            )
            yield Alternative(
                code=f"allocation_{method}",
                zh=f"改按{METHODS[method].zh}分配",
                en=f"allocation by {METHODS[method].en}",
                per_unit=total,
            )

    def _counts_by_contract(self, row: PowerRow) -> bool:
        one = self._judged[row.id]
        return one.average is not None and not one.unproven

    def _without_contract(self, line: Line) -> Decimal:
        if line.category in _APART:
            return Decimal(0)
        one = self._judged.get(line.row)
        if one is None or one.average is None:
            return line.per_unit
        kg = kilograms(line.amount, line.unit, one.average)
        assert kg is not None
        return kg * line.share / self._units

    def _notes(self, lines: tuple[Line, ...], gate: list[Line]) -> Iterator[Note]:
        study = self._study
        for line in lines:
            yield from line.notes
        for stage in self._gaps(lines):
            words = STAGES[stage]
            yield Note(
                code=f"gap.{stage}",
                zh=f"“{BOUNDARIES[study.product.boundary].zh}”应含“{words.zh}”，没有任何一行，"
                "也没有在“未计入”里说明；结果不完整。",
                en=f"“{BOUNDARIES[study.product.boundary].en}” holds {words.en}: no row has it, "
                f"nor is it said "
                "to be left out; the result is not complete.",
            )
        if study.offsets:
            yield note_of("offsets_listed")
        if any(one.category == "biogenic_co2" for one in lines):
            yield note_of("biogenic_apart")
        if any(one.percent > _FLOW for one in study.cut_off) or (
            _sum(one.percent for one in study.cut_off) > _ALL
        ):
            yield note_of("cut_off_large", flow=_FLOW, all=_ALL)
        yield from doubts(study, lines)
        if _quality(gate) is None:
            yield note_of("no_quality")


def _unfit(row: Row, factor: Factor) -> Fault:
    return Fault(
        Words(
            f"数量单位“{row.unit}”与因子单位“{factor.unit}”对不上",
            f"The unit {row.unit} does not fit the factor's {factor.unit}",
        ),
        Words(
            "请换算数量，或写明因子单位，如 kgCO2e/kg、tCO2e/万m3",
            "Convert the amount, or write the factor's unit, e.g. kgCO2e/kg or tCO2e/万m3",
        ),
        where=row.at,
    )


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _total(lines: Iterable[Line]) -> Decimal:
    return _sum(one.per_unit for one in lines if one.category not in _APART)


def _primary(lines: list[Line]) -> Decimal | None:
    """Percent of primary data in a total, or None where the total is not above zero."""
    counted = [one for one in lines if one.category not in _APART]
    total = _sum(abs(one.per_unit) for one in counted)
    if not total:
        return None
    return 100 * _sum(abs(one.per_unit) * one.primary for one in counted) / total


def _quality(lines: list[Line]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Ratings averaged by contribution; None where a line that counts has none."""
    counted = [one for one in lines if one.category not in _APART and one.per_unit]
    total = _sum(abs(one.per_unit) for one in counted)
    if not total or any(one.ratings is None for one in counted):
        return None

    def mean(which: int) -> Decimal:
        weighed = (abs(o.per_unit) * o.ratings[which] for o in counted if o.ratings is not None)
        return _sum(weighed) / total

    return mean(0), mean(1), mean(2)


def _distinct(notes: Iterator[Note]) -> Iterator[Note]:
    seen: set[str] = set()
    for note in notes:
        if note.code not in seen:
            seen.add(note.code)
            yield note
