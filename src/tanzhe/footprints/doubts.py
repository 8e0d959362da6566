"""Rows of a footprint that can be added up and still look wrong: told, never changed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from tanzhe.errors import listed
from tanzhe.footprints.records import ActivityRow, Line, PowerRow, Study
from tanzhe.footprints.units import factor_unit, ratio
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.quantity import Dimension, Unit

# Ours. Most materials bear under 100 kgCO2e a kg; a row above it that makes half of the whole is
# more often a factor in another unit than a precious metal.
_HEAVY, _HALF = Decimal(200), Decimal("0.5")
_MASSES_IN = 100  # kg of inputs a kg of product from which one of the units may be another
_KWH_A_KG = 150  # above what any material takes: aluminium 14, polysilicon 60
_OLD = 5  # years between a factor and the end of the study
_REPORT = re.compile(r"\bAR\s?([2-6])(?!\d)", re.I)


def doubts(study: Study, lines: Sequence[Line]) -> Iterator[Note]:
    """What a reader would ask about.

    Args:
        study: as entered.
        lines: calculated from it.
    """
    yield from _alike(study.activity)
    yield from _power_twice(study)
    yield from _other_report(study)
    yield from _heavy(lines)
    yield from _mass(study)
    yield from _power_much(study)
    yield from _old_factors(study)


def _alike(rows: Sequence[ActivityRow]) -> Iterator[Note]:
    held: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for one in rows:
        held[one.stage, one.what, one.amount, one.unit, one.factor, one.category].append(one.id)
    for ids in held.values():
        if len(ids) > 1:
            names = listed(ids)
            yield Note(
                code=f"alike.{ids[0]}",
                zh=f"{names.zh} 除编号外相同，都计入了；如是重复，请删去。",
                en=f"{names.en} are alike but for their ids and all count; take doubles out.",
            )


def _power_twice(study: Study) -> Iterator[Note]:
    """Power among the activities where the sheet of power has some too."""
    ids = [
        one.id
        for one in study.activity
        if (unit := Unit.known(one.unit)) is not None and unit.dimension is Dimension.ELECTRICITY
    ]
    if ids and study.power:
        names = listed(ids)
        yield note_of("power_twice", names=names)


def _other_report(study: Study) -> Iterator[Note]:
    """Factors whose source names another report of the IPCC than the study does."""
    own = study.product.gwp.upper()
    for one in (*study.activity, *study.power):
        named = {f"AR{n}" for n in _REPORT.findall(one.factor_source)}
        if named and own not in named:
            other = listed(sorted(named))
            yield Note(
                code=f"other_gwp.{one.id}",
                zh=f"{one.id}“{one.what}”的因子来源写的是 {other.zh}，本研究用 {own}，"
                "两套潜势不能混用。",
                en=f"The source of the factor of {one.id} “{one.what}” names {other.en}, the study "
                f"uses {own}: the two do not mix.",
            )


def _heavy(lines: Sequence[Line]) -> Iterator[Note]:
    """Rows that make half of the whole by a factor beyond what materials have."""
    whole = sum((abs(one.per_unit) for one in lines), Decimal(0))
    for one in lines:
        per = factor_unit(one.factor.unit)
        size = None if per is None else ratio(per.per, Unit.KG)
        if per is None or size is None or not whole:
            continue
        factor = one.factor.value * per.kg / size
        if factor > _HEAVY and abs(one.per_unit) / whole > _HALF:
            yield Note(
                code=f"heavy.{one.row}",
                zh=f"{one.row}“{one.what}”占全部的一半以上，因子 {factor:.5g} kgCO2e/kg "
                "远高于一般材料，请核对因子单位。",
                en=f"{one.row} “{one.what}” makes over half of the whole, by a factor of "
                f"{factor:.5g} kgCO2e/kg, far above what materials have: check its unit.",
            )


def _mass(study: Study) -> Iterator[Note]:
    """A product that is far lighter than what went into it."""
    raw = (one for one in study.activity if one.stage == "raw")
    times = _a_kilogram(study, raw, Unit.KG)
    if times is not None and times > _MASSES_IN:
        yield note_of("mass", times=times)


def _power_much(study: Study) -> Iterator[Note]:
    """More power a kilogram of product than any material takes."""
    each = _a_kilogram(study, study.power, Unit.KWH)
    if each is not None and each > _KWH_A_KG:
        yield note_of("power_much", each=each)


def _a_kilogram(
    study: Study, flows: Iterable[ActivityRow | PowerRow], unit: Unit
) -> Decimal | None:
    """What of some flows can be told in a unit, a kilogram of product; None without a mass."""
    made = Unit.known(study.product.output_unit)
    product = None if made is None else ratio(made, Unit.KG)
    if product is None or not study.product.output:
        return None
    used = sum(
        (
            one.amount * size
            for one in flows
            if (known := Unit.known(one.unit)) is not None
            and (size := ratio(known, unit)) is not None
        ),
        Decimal(0),
    )
    return used / (study.product.output * product)


def _old_factors(study: Study) -> Iterator[Note]:
    """Factors of years long before the study."""
    last = study.product.end.year
    ids = [
        f"{one.id} ({one.factor_year})"
        for one in (*study.activity, *study.power)
        if one.factor_year is not None and last - one.factor_year > _OLD
    ]
    if ids:
        yield note_of("old_factors", rows=listed(ids), years=_OLD)
