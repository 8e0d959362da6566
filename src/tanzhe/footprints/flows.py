"""Rows of power and of activity: amounts, factors of one's own, allocation."""

from collections.abc import Mapping, Set
from decimal import Decimal

from tanzhe.footprints.cells import UNKNOWN_YEAR
from tanzhe.footprints.choices import WHOLE
from tanzhe.footprints.records import ActivityRow, PowerRow
from tanzhe.footprints.rows import ReadRow
from tanzhe.footprints.sheets import ACTIVITY
from tanzhe.footprints.units import measured, ratio
from tanzhe.quantity import Dimension, Unit

Ledger = Mapping[str, tuple[Decimal, str]]
_RATINGS = ("technological", "geographical", "temporal")
_OF_ONES_OWN = ("factor_unit", "factor_source", "factor_year", "factor_region")


def power_row(row: ReadRow, groups: Set[str], ledger: Ledger) -> PowerRow | None:
    """A row of power, or None where something is wrong with it.

    Args:
        row: as read.
        groups: allocation groups of the study.
        ledger: amounts and units of a park's ledger by row id.
    """
    _common(row, groups, ledger)
    values = row.values
    unit = Unit.known(values.get("unit", ""))
    if unit is not None and unit.dimension is not Dimension.ELECTRICITY:
        row.wrong(
            "unit",
            (f"“{values['unit']}”不是电量单位", "请用 kWh、MWh、万kWh、亿千瓦时"),
            (f"“{values['unit']}” is no unit of electricity", "Use kWh, MWh, 万kWh"),
        )
    if values.get("source") not in (None, "grid") and not values.get("generation"):
        row.wrong(
            "generation",
            ("缺少发电类型，无法取因子", "请选风电、光伏、水电等"),
            ("The kind of generation is missing", "Choose wind, hydro, ..."),
        )
    return row.made(PowerRow)


def activity_row(row: ReadRow, groups: Set[str], ledger: Ledger) -> ActivityRow | None:
    """A row of activity, or None where something is wrong with it; arguments as above."""
    _common(row, groups, ledger)
    values = row.values
    if not values.get("factor") and measured(values.get("unit", "")) is None:
        row.wrong(
            "factor",
            ("缺少因子", "请填数字、规则库编号或供应商文件；直接测得排放的把单位写成 tCO2e"),
            ("The factor is missing", "A number, an id of the rulebook, or a supplier's file"),
        )
    return row.made(ActivityRow)


def _common(row: ReadRow, groups: Set[str], ledger: Ledger) -> None:
    _amount(row, ledger)
    row.values["share"] = _share(row, groups)
    row.values["at"] = row.at("amount")
    given = [row.values.pop(key, None) for key in _RATINGS]
    if all(one is not None for one in given):
        row.values["ratings"] = tuple(given)
    elif any(one is not None for one in given):
        lost = _RATINGS[given.index(None)]
        row.wrong(
            lost,
            ("三个代表性评分要么都填，要么都不填", "请补上"),
            ("All three ratings or none", "Add what is missing"),
        )
    _own_factor(row)


def _amount(row: ReadRow, ledger: Ledger) -> None:
    """The amount and its unit, typed or from the park's ledger; never both unlike."""
    values, named = row.values, row.values.get("ledger")
    held = None
    if named is not None:
        held = ledger.get(str(named))
        if held is None:
            row.wrong(
                "ledger",
                (f"园区台账里没有“{named}”行", "请核对行号，并用 --park 给出园区文件"),
                (f"The park's ledger has no row “{named}”", "Check it; give --park FILE"),
            )
            return
        values.setdefault("unit", held[1])
    typed, unit = values.get("amount"), _unit_of_row(row)
    if held is not None and unit is not None:
        size = ratio(Unit.parse(held[1]), unit) if Unit.known(held[1]) else None
        if size is None or (typed is not None and typed != held[0] * size):
            told = f"{held[0]} {held[1]}"
            row.wrong(
                "amount",
                (f"与台账“{named}”行的 {told} 不符", "请核对；数量可留空，取台账的"),
                (f"It differs from the ledger's {told}", "Check it, or leave it empty"),
            )
            return
        values["amount"] = held[0] * size
    elif typed is None and row.blank("amount"):
        row.wrong(
            "amount",
            ("缺少数量，不能当作零", "请填写；确实为零的填 0"),
            ("The amount is missing, which is not zero", "Fill it in; write 0 where it is"),
        )


def _unit_of_row(row: ReadRow) -> Unit | None:
    text = row.values.get("unit")
    if text is None:
        row.wrong(
            "unit",
            ("缺少单位", "请填写，如 t、kWh"),
            ("The unit is missing", "Fill it in, e.g. t, kWh"),
        )
        return None
    return None if measured(text) is not None else row.unit("unit")


def _share(row: ReadRow, groups: Set[str]) -> str:
    named = str(row.values.get("share", ""))
    if named in ("", WHOLE):
        if groups and not named:
            row.wrong(
                "share",
                (
                    "有分配组，这一行没有说怎么分",
                    f"请填 {'、'.join(sorted(groups))}，或“{WHOLE}”",
                ),
                ("There are allocation groups; this row names none", f"Name one, or {WHOLE}"),
            )
        return ""
    if named not in groups:
        have = "、".join(sorted(groups)) or "（没有分配组）"
        row.wrong(
            "share",
            (f"没有分配组“{named[:40]}”", f"可用：{have}，或“{WHOLE}”"),
            (
                f"There is no allocation group “{named[:40]}”",
                f"Use one of the groups or {WHOLE}",
            ),
        )
    return named


def _own_factor(row: ReadRow) -> None:
    """A factor of one's own needs unit, source, year and region."""
    values = row.values
    typed = values.get("factor", "")
    if typed and _is_number(typed):
        for key in _OF_ONES_OWN:
            if values.get(key) in (None, ""):
                title = ACTIVITY.column(key).title
                more = "；确实不知道年份写“不详”" if key == "factor_year" else ""
                row.wrong(
                    key,
                    (f"自有因子缺少“{title}”", f"请填写{more}"),
                    (f"A factor of one's own lacks its {key}", "Fill it in"),
                )
    if values.get("factor_year") == UNKNOWN_YEAR:
        values["factor_year"] = None


def _is_number(text: str) -> bool:
    try:
        return Decimal(text.replace(",", "")).is_finite()
    except ArithmeticError:
        return False
