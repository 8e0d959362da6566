"""Products against the energy limits as lines for a terminal."""

from collections.abc import Iterator, Sequence

from tanzhe.cli.shared.language import of_documents, told
from tanzhe.model.park import ProductResult
from tanzhe.parks.terms import level_words


def product_lines(results: Sequence[ProductResult]) -> str:
    """A line a product with level and standard, below it the formula, the reason and notes."""
    lines = [line for one in results for line in _lines(one)]
    head = told("产品能耗限额：", "Energy limits of products:")
    return "\n".join([head, *lines]) if lines else ""


def _lines(one: ProductResult) -> Iterator[str]:
    language, level = of_documents(), level_words(one)
    standard = one.standard or told("没有找到当年施行的标准", "no standard of the year was found")
    since = one.in_force_from
    if since:
        since = told(f"，自 {since} 起施行", f", in force since {since}")
    name = " ".join(part for part in (one.product, one.metric) if part)
    yield told(
        f"  {one.row} {name}{f'，{one.enterprise}' if one.enterprise else ''}：{level}"
        f"（{standard}{since or ''}）",
        f"  {one.row} {name}{f', {one.enterprise}' if one.enterprise else ''}: {level.en} "
        f"({standard}{since or ''})",
    )
    if one.formula:
        hand = told("；限额为二手", "; limits are second-hand") if one.second_hand else ""
        yield f"      {one.formula.said(language)}{hand}"
    if one.reason:
        yield f"      {one.reason.said(language)}"
    if one.reserved and one.status != "not_judged":
        yield told(
            f"      标准另按{one.reserved}修正限额，规则库没有修正公式，等级只作对照",
            f"      the standard corrects the limit by {one.reserved}; the rulebook has no "
            "formula for it, so the level decides nothing",
        )
    yield from (f"      {note.said(language)}" for note in one.notes)
