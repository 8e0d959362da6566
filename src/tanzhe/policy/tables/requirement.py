"""What an indicator table demands: ≥90%, 不低于80%, 10个及以上, 达到或优于二级, [13.5]."""

import re
from dataclasses import dataclass

from tanzhe.model.policy import Change
from tanzhe.numerals import small_number
from tanzhe.operators import BOUNDS, Operator, every_spelling, operator_of, spellings
from tanzhe.text import QuantitySpan, read_quantities

_LEVEL = re.compile(
    r"(?:达到|优于|不低于|满足|符合|执行)[^。；]{0,24}?(?P<level>[一二三四五1-5])级"
)
_SIGNS = tuple(
    (re.compile(rf"^(?:{spellings(kind, 'signs', 'words', 'demanded')})"), operator_of(kind))
    for kind in (*BOUNDS[:4], "equal")
)
_CUMULATIVE = re.compile(r"^[\[［【〔]\s*(?P<inner>[^\]］】〕]+)[\]］】〕]$")
_CONDITION = re.compile(r"（(?P<inner>[^（）]*(?:（[^（）]*）[^（）]*)*)）?$")
# 年综合能源消费量20万—100万吨标准煤的园区：≤0.2
_AHEAD = re.compile(
    r"(?P<inner>[^：（）]*[\u4e00-\u9fff][^：（）]*)：(?=[≥≤<>=]|[不达大小至优超高低])"
)
_UNIT_ONLY = re.compile(
    r"^[%‰㎡℃A-Za-z/吨千瓦时万亿元个家项座辆套公顷亩立方平米标准煤度年户人次·]+$"
)
_FILL = re.compile(
    r"(?:左右|以上|以下|以内|及其?以上|及|达到|达|力争|完成|约|提高|提升|下降|降低"
    rf"|减少|增长|增加|累计|到|至|为|每年|年均|{every_spelling('words')}|比|较|以|\d{{4}}年"
    r"|[≥≤><=≧≦⩾⩽+\-—–~～\[\]［］【】〔〕（）()，、；*]|\s)+"
)
LONGEST_REST = 4  # letters beside number and operator; more make a name, not a demand
NOTHING = re.compile(r"^[-—–/\\\s无]*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """A demand taken apart; `value` is None where it is no number."""

    operator: Operator | None
    value: float | None
    high: float | None = None
    unit: str = ""
    condition: str = ""
    change: Change | None = None
    cumulative: bool = False


def _split_condition(words: str) -> tuple[str, str]:
    """The demand, and the words in brackets or before a colon that say for whom it holds."""
    ahead = _AHEAD.match(words)
    if ahead:
        return words[ahead.end() :], ahead["inner"]
    found = _CONDITION.search(words)
    if not found or found.start() == 0 or _UNIT_ONLY.match(found["inner"]):
        return words, ""
    return words[: found.start()], found["inner"]


def _quantity(words: str) -> QuantitySpan | None:
    found = read_quantities(words)
    return found[0] if found else None


def _operator(words: str, quantity: QuantitySpan) -> Operator | None:
    for pattern, operator in _SIGNS:
        if pattern.match(words):
            return operator
    if quantity.bound is None:
        return "==" if quantity.low == quantity.high else None
    return operator_of(quantity.bound)


def read_requirement(words: str, *, strict: bool = False) -> Requirement | None:
    """The demand a cell states.

    Args:
        words: the cell, repaired.
        strict: refuse cells in which other words outweigh the number, as names of indicators.

    Returns:
        None where the cell states nothing, or, when strict, no demand.

    Example:
        >>> found = read_requirement("≥90%")
        >>> found.operator, found.value, found.unit
        ('>=', 90.0, '%')
    """
    words = re.sub(r"\s+", "", words)
    if NOTHING.match(words):
        return None
    bracket = _CUMULATIVE.match(words)
    body, condition = _split_condition(bracket["inner"] if bracket else words)
    level = _LEVEL.search(body)
    if level:
        number = small_number(level["level"]) or 0
        return Requirement(
            operator="at_least_level", value=float(number), unit="级", condition=condition
        )
    quantity = _quantity(body)
    if quantity is None or (strict and not _is_demand(body, quantity)):
        return None if strict else Requirement(operator=None, value=None, condition=condition)
    return Requirement(
        operator=_operator(body, quantity),
        value=quantity.low,
        high=quantity.high if quantity.high != quantity.low else None,
        unit=quantity.unit or _trailing_unit(body, quantity),
        condition=condition,
        change=quantity.change,
        cumulative=bracket is not None,
    )


def _is_demand(body: str, quantity: QuantitySpan) -> bool:
    rest = body[: quantity.start] + body[quantity.end :]
    return len(_FILL.sub("", rest)) <= LONGEST_REST


def _trailing_unit(body: str, quantity: QuantitySpan) -> str:
    """A unit nobody knows: what follows the number, without 以上."""
    rest = _FILL.sub("", body[quantity.end :])
    return rest if 0 < len(rest) <= 8 else ""
