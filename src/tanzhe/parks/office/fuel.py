"""A row of statistics forms 205-1 and 205-2 taken apart into uses of the fuel.

消费量合计 holds 用于原材料, 加工转换投入 and 国际航空航海; what remains is burnt. 加工转换产出 and
外销量 stand beside it. 库存 and 购进 serve to notice amounts in another unit.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.model.park_choices import PURPOSES, FuelPurpose
from tanzhe.parks.office.cells import Wrong

INSIDE = tuple(key for key, one in PURPOSES.items() if one.stands == "inside")
BESIDE = tuple(key for key, one in PURPOSES.items() if one.stands == "beside")
# A slip between 吨 and 万吨 is 10^4; differences of stocktaking are far below tenfold.
_SLIP = 10
# Of what came: beyond what rounding to whole tonnes and weighing (0.1 to 0.5 %) leaves open.
BALANCED = 0.005
_STOCK_IN, _STOCK_OUT = ("opening", "bought", "conversion_output"), ("total", "sold", "closing")


class Use(NamedTuple):
    """One use of a fuel: its purpose, amount or None, and the column it was entered in."""

    purpose: FuelPurpose
    quantity: float | None
    field: str


def fuel_uses(amounts: Mapping[str, float | None]) -> list[Use]:
    """The uses a row holds, the fuel burnt first.

    Args:
        amounts: what was filled in, by column; None where nobody knows it.

    Returns:
        Without an amount for what is burnt, where the whole or one of its parts is unknown, or
        where nothing was filled in.

    Example:
        >>> fuel_uses({"total": 100.1, "feedstock": 0.1})
        [Use(purpose='fuel', quantity=100.0, field='total'), \
Use(purpose='feedstock', quantity=0.1, field='feedstock')]
    """
    inside = [Use(name, amounts[name], name) for name in INSIDE if name in amounts]
    beside = [Use(name, amounts[name], name) for name in BESIDE if name in amounts]
    burnt: list[Use] = []
    parts = [amounts.get("total"), *(one.quantity for one in inside)]
    empty = not inside and not beside and "total" not in amounts
    if empty or ("total" in amounts and None in parts):
        burnt = [Use("fuel", None, "total")]
    elif "total" in amounts:
        rest = _exact(amounts["total"]) - sum(_exact(one.quantity) for one in inside)
        if rest != 0 or not inside:
            burnt = [Use("fuel", float(rest), "total")]
    return [*burnt, *inside, *beside]


def fuel_faults(filled: Mapping[str, float | None]) -> list[tuple[str, Wrong]]:
    """What cannot be right in a row, by column."""
    amounts = {name: amount for name, amount in filled.items() if amount is not None}
    if len(amounts) < len(filled):
        return []  # what is unknown cannot be compared
    found = []
    inside = [name for name in INSIDE if name in amounts]
    if inside and "total" not in amounts:
        found.append(("total", _no_total()))
    elif inside and sum(_exact(amounts[n]) for n in inside) > _exact(amounts["total"]):
        found.append(
            (
                "total",
                _too_small(
                    Words(
                        "用于原材料、加工转换投入、国际航空航海之和",
                        "Feedstock, conversion input and international transport together",
                    )
                ),
            )
        )
    if "industry" in amounts and amounts["industry"] > amounts.get("total", float("inf")):
        found.append(("industry", _too_small(Words("其中工业生产消费", "Industrial consumption"))))
    return found or _slip(amounts)


def stock_balance(filled: Mapping[str, float | None]) -> Words | None:
    """What came and what went, where the row states both stocks and they do not come out.

    Args:
        filled: amounts by column; None where nobody knows it.

    Returns:
        The numbers, or None: it comes out, or something of it is not stated.

    Example:
        >>> row = {"opening": 500.0, "bought": 6000.0, "total": 6200.0, "closing": 1500.0}
        >>> stock_balance(row).zh
        '年初库存 500 + 购进 6000 − 期末库存 1500 = 5000，消费 6200，相差 1200'
    """
    amounts = {name: amount for name, amount in filled.items() if amount is not None}
    if len(amounts) < len(filled) or not {"opening", "bought", "total", "closing"} <= set(amounts):
        return None
    came = sum(_exact(amounts.get(name)) for name in _STOCK_IN)
    rest = came - _exact(amounts["closing"]) - _exact(amounts.get("sold"))
    apart = abs(rest - _exact(amounts["total"]))
    if apart <= _exact(BALANCED) * came:
        return None
    made = [(name, amounts[name]) for name in ("conversion_output", "sold") if name in amounts]
    zh = {"conversion_output": " + 加工转换产出", "sold": " − 外销"}
    en = {"conversion_output": " + conversion output", "sold": " − sold"}
    opening, bought, closing = (amounts[n] for n in ("opening", "bought", "closing"))
    return Words(
        f"年初库存 {_digits(opening)} + 购进 {_digits(bought)}"
        f"{''.join(f'{zh[n]} {_digits(a)}' for n, a in made)} − 期末库存 {_digits(closing)}"
        f" = {_digits(rest)}，消费 {_digits(amounts['total'])}，相差 {_digits(apart)}",
        f"opening {_digits(opening)} + bought {_digits(bought)}"
        f"{''.join(f'{en[n]} {_digits(a)}' for n, a in made)} − closing {_digits(closing)}"
        f" = {_digits(rest)}, consumed {_digits(amounts['total'])}, {_digits(apart)} apart",
    )


def _digits(amount: float | Decimal) -> str:
    """An amount in plain digits."""
    return f"{_exact(amount) if isinstance(amount, float) else amount:f}".removesuffix(".0")


def factor_faults(fields: Mapping[str, object]) -> list[tuple[str, Wrong]]:
    """A row that is counted needs a chosen set, or measured values; none is taken silently."""
    counted = {"total", "conversion_input", "conversion_output", "international_transport"}
    measured = {"factor_tco2", "energy_gj_per_unit"} <= set(fields)
    if "factor_set" in fields or measured or not counted & set(fields):
        return []
    if "feedstock" in fields and fields.get("total") == fields["feedstock"]:
        return []
    what = Words("没有选因子集，也没有填实测因子和热值", "No factor set is chosen")
    do = Words(
        "请从下拉中选一套因子集，或把实测排放因子和实测热值两格都填上",
        "Choose a factor set, or fill in both the measured factor and heating value",
    )
    return [("factor_set", Wrong(what, do))]


def _exact(amount: float | None) -> Decimal:
    """The decimal a person typed, so that 100.1 less 0.1 is 100."""
    return Decimal(repr(amount or 0.0))


def _slip(amounts: Mapping[str, float]) -> list[tuple[str, Wrong]]:
    """Amounts that differ by a power of ten or more between what came and what went."""
    if not {"bought", "total"} <= set(amounts):
        return []
    came = sum(amounts.get(name, 0.0) for name in _STOCK_IN)
    went = sum(amounts.get(name, 0.0) for name in _STOCK_OUT)
    if min(came, went) <= 0 or max(came, went) < _SLIP * min(came, went):
        return []
    what = Words(
        f"来源合计 {came:g} 与去向合计 {went:g} 相差十倍以上，单位可能填错",
        f"What came ({came:g}) and what went ({went:g}) differ more than tenfold: a wrong unit?",
    )
    do = Words(
        "请核对购进、消费、库存是否同一计量单位", "Check that all amounts are in the row's unit"
    )
    return [("bought", Wrong(what, do))]


def _no_total() -> Wrong:
    return Wrong(
        Words("填了“其中”各项，没有填“消费量合计”", "Parts are given without 消费量合计"),
        Words("请填“消费量合计”，“其中”各项包含在内", "Fill in 消费量合计, which holds the parts"),
    )


def _too_small(parts: Words) -> Wrong:
    return Wrong(
        Words(f"{parts.zh}大于“消费量合计”", f"{parts.en}: more than 消费量合计 (the whole)"),
        Words("请核对两处数字和计量单位", "Check both numbers and their unit"),
    )
