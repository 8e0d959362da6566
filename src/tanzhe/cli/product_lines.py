"""Products against the energy limits as lines for a terminal."""

from collections.abc import Iterator, Sequence

from tanzhe.model.park import ProductResult
from tanzhe.parks import level_words


def product_lines(results: Sequence[ProductResult]) -> str:
    """A line a product with level and standard, below it the formula, the reason and notes."""
    lines = [line for one in results for line in _lines(one)]
    return "\n".join(["产品能耗限额：", *lines]) if lines else ""


def _lines(one: ProductResult) -> Iterator[str]:
    who = f"，{one.enterprise}" if one.enterprise else ""
    standard = one.standard or "没有找到当年施行的标准"
    since = f"，自 {one.in_force_from} 起施行" if one.in_force_from else ""
    name = " ".join(part for part in (one.product, one.metric) if part)
    yield f"  {one.row} {name}{who}：{level_words(one)}（{standard}{since}）"
    if one.formula:
        yield f"      {one.formula}{'；限额为二手' if one.second_hand else ''}"
    if one.reason:
        yield f"      {one.reason}"
    if one.reserved and one.status != "not_judged":
        yield f"      标准另按{one.reserved}修正限额，规则库没有修正公式，等级只作对照"
    yield from (f"      {note}" for note in one.notes)
