"""Products against the energy limits, as a table of the report."""

from tanzhe.model.park import Assessment, ProductResult
from tanzhe.parks import level_words
from tanzhe.reports.park.paper import Draft
from tanzhe.reports.park.words import MISSING


def products_part(draft: Draft, result: Assessment) -> None:
    """A row a product, then why some were not judged and what else must be known."""
    if not result.products:
        return
    rows = [
        (
            one.product,
            one.metric or MISSING,
            MISSING if one.value is None else f"{one.value:,.6g} {one.unit}",
            "/".join(f"{limit:g}" for limit in one.limits) or MISSING,
            _standard(one),
            level_words(one),
        )
        for one in result.products
    ]
    draft.table(
        "产品单位能耗与限额",
        ("产品", "限额指标", "单位能耗", "限额\n（1/2/3级）", "标准和施行日期", "等级"),
        rows,
        shares=(17, 13, 17, 16, 23, 14),
        align=("left", "left", "right", "right", "left", "centre"),
    )
    draft.small([f"{one.row}（{one.product}）：{_said(one)}。" for one in result.products])


def _standard(one: ProductResult) -> str:
    if not one.standard:
        return MISSING
    return f"{one.standard}，{one.in_force_from}" if one.in_force_from else one.standard


def _said(one: ProductResult) -> str:
    """Formula, reason and notes in one sentence."""
    correction = f"标准另按{one.reserved}修正限额，等级只作对照" if one.reserved else ""
    hand = "限额数值为二手，请与标准原文核对" if one.limits and one.second_hand else ""
    parts = (one.formula, one.reason, correction, hand, *one.notes)
    return "；".join(part.rstrip("。") for part in parts if part) or level_words(one)
