"""Entries made a study: every cell read by its kind, every fault told with its place."""

from collections.abc import Iterable
from typing import TypeVar

from tanzhe.errors import InputError, refuse
from tanzhe.footprints.entries import Entries
from tanzhe.footprints.flows import Ledger, activity_row, power_row
from tanzhe.footprints.records import (
    ActivityRow,
    CoProduct,
    CutOff,
    Offset,
    PowerRow,
    Product,
    Study,
)
from tanzhe.footprints.regions import region_code
from tanzhe.footprints.rows import ReadRow, read_rows
from tanzhe.footprints.sheets import ACTIVITY, ALLOCATION, CUT_OFF, OFFSETS, POWER, PRODUCT
from tanzhe.footprints.units import DECLARED, ratio
from tanzhe.model import Record
from tanzhe.quantity import Dimension

Made = TypeVar("Made", bound=Record)
# Of these the mass is the declared unit itself, or there is none.
_NO_MASS_ASKED = (
    Dimension.MASS,
    Dimension.ELECTRICITY,
    Dimension.ENERGY,
    Dimension.TRANSPORT,
    Dimension.HOURS,
)


def study_of(entries: Entries, *, ledger: Ledger | None = None, sha256: str = "") -> Study:
    """The study that a file holds.

    Args:
        entries: as read.
        ledger: amounts and units of a park's ledger by row id, for rows that name one.
        sha256: of the file.

    Returns:
        The study; amounts are exactly those typed.

    Raises:
        InputError: every fault of the file at once, each with sheet and cell, or path.
    """
    product = _product(entries)
    co_products = _allocation(entries)
    groups, held = {one.group for one in co_products}, ledger or {}
    power = _sound(power_row(row, groups, held) for row in read_rows(POWER, entries))
    activity = _sound(activity_row(row, groups, held) for row in read_rows(ACTIVITY, entries))
    cut_off = _sound(row.made(CutOff) for row in read_rows(CUT_OFF, entries))
    offsets = _sound(row.made(Offset) for row in read_rows(OFFSETS, entries))
    _ids([*power, *activity], entries)
    if not (entries.rows["power"] or entries.rows["activity"]):
        entries.wrong(
            entries.name,
            ("没有任何活动数据", "请填“电力”和“活动数据”"),
            ("There is no activity at all", "Fill in power and activity"),
        )
    refuse(entries.faults)
    assert product is not None
    return Study(
        product=product,
        power=tuple(power),
        activity=tuple(activity),
        allocation=tuple(co_products),
        cut_off=tuple(cut_off),
        offsets=tuple(offsets),
        name=entries.name,
        sha256=sha256,
    )


def _sound(rows: Iterable[Made | None]) -> list[Made]:
    """The rows that could be read."""
    return [one for one in rows if one is not None]


def _product(entries: Entries) -> Product | None:
    rows = read_rows(PRODUCT, entries)
    if not rows:
        entries.wrong(
            PRODUCT.title,
            ("缺少“产品”表", "请从模板补上"),
            ("The product is missing", "Add it from the template"),
        )
        return None
    (row,) = rows
    _region(row)
    _period(row)
    _units(row)
    _above_zero(row)
    return row.made(Product)


def _region(row: ReadRow) -> None:
    if (named := row.values.get("region")) is None:
        return
    try:
        region_code(named)
    except InputError as error:
        row.add("region", error.faults[0].what, error.faults[0].do)


def _period(row: ReadRow) -> None:
    start, end = row.values.get("start"), row.values.get("end")
    if start and end and end < start:
        row.wrong(
            "end",
            (f"结束日期 {end} 早于起始日期 {start}", "请核对"),
            (f"The end {end} is before the start {start}", "Check both"),
        )


def _units(row: ReadRow) -> None:
    values = row.values
    declared = row.unit("unit")
    made = row.unit("output_unit")
    if declared is not None and declared.dimension not in DECLARED:
        row.wrong(
            "unit",
            (
                f"“{values['unit']}”不能作声明单位",
                "请用 kg、件、kWh、MJ、m3、L、t·km、m2、小时",
            ),
            (f"“{values['unit']}” cannot be a declared unit", "Use kg, kWh, MJ, m3, L ..."),
        )
    elif declared is not None and made is not None and ratio(made, declared) is None:
        row.wrong(
            "output_unit",
            (
                f"产量单位“{values['output_unit']}”与声明单位“{values['unit']}”不是同一类",
                "请用同类的单位",
            ),
            (
                f"Output in {values['output_unit']}, declared in {values['unit']}",
                "Use one kind",
            ),
        )
    if (
        declared is not None
        and declared.dimension not in _NO_MASS_ASKED
        and values.get("unit_mass") is None
    ):
        row.wrong(
            "unit_mass",
            ("按件、体积、面积声明的产品要填一个声明单位的质量", "请填千克数，不含包装"),
            ("The mass of a declared unit is needed", "Write it in kg, without packaging"),
        )


def _above_zero(row: ReadRow) -> None:
    values = row.values
    for key in ("unit_amount", "output"):
        if values.get(key) == 0:
            row.wrong(
                key,
                (f"“{PRODUCT.column(key).title}”不能为零", "请填大于零的数"),
                (f"{key} must not be zero", "Write a number above zero"),
            )


def _allocation(entries: Entries) -> list[CoProduct]:
    made = _sound(row.made(CoProduct) for row in read_rows(ALLOCATION, entries))
    for group in dict.fromkeys(one.group for one in made):
        _group(group, [one for one in made if one.group == group], entries)
    return made


def _group(group: str, members: list[CoProduct], entries: Entries) -> None:
    where = f"{ALLOCATION.title}（{group}）"
    if sum(one.own for one in members) != 1:
        entries.wrong(
            where,
            ("每个分配组要恰有一行是本产品", "请核对“本产品”列"),
            ("Exactly one row of a group is the product itself", "Check the column"),
        )
    methods = {one.method for one in members}
    if len(methods) > 1:
        entries.wrong(
            where,
            ("一个组用了几种方法", "请统一为一种；其他方法会作为敏感性列出"),
            ("A group has several methods", "Use one; others are shown as sensitivity"),
        )
        return
    (method,) = methods
    figures = [getattr(one, method) for one in members]
    if None in figures or not sum(figures):
        title = ALLOCATION.column(method).title
        entries.wrong(
            where,
            (f"按“{title}”分配，却有行没有填，或合计为零", f"请把“{title}”填全"),
            (f"Allocation by {method}, yet figures are missing or sum to zero", "Fill them in"),
        )


def _ids(rows: list[PowerRow | ActivityRow], entries: Entries) -> None:
    seen: dict[str, str] = {}
    for one in rows:
        if one.id in seen:
            entries.wrong(
                one.at,
                (f"编号“{one.id}”与 {seen[one.id]} 的重复", "请改成不同的编号"),
                (f"The id “{one.id}” stands at {seen[one.id]} too", "Give each its own"),
            )
        seen.setdefault(one.id, one.at)
