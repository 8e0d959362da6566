"""Products against the energy limits: a sheet of the workbook."""

from openpyxl import Workbook

from tanzhe.model.park import Assessment, ProductResult
from tanzhe.parks import level_words
from tanzhe.reports.park.grid import Grid
from tanzhe.reports.park.words import MISSING


def products_sheet(book: Workbook, result: Assessment) -> None:
    """The sheet of products in the result workbook; none where the park lists no product."""
    if not result.products:
        return
    title = "产品能耗：与当年施行的限额标准对照；限额数值为二手的，请与标准原文核对"
    grid = Grid(
        book.create_sheet("产品能耗"), title, (9, 22, 20, 14, 14, 10, 10, 10, 10, 18, 30, 90)
    )
    grid.head(
        "台账行", "产品", "企业", "限额指标", "单位能耗", "单位", "1级", "2级", "3级", "等级",
        "标准和施行日期", "计算和说明",
    )  # fmt: skip
    for one in result.products:
        limits = one.limits or (MISSING,) * 3
        standard = " ".join(part for part in (one.standard, one.in_force_from) if part)
        grid.write(
            one.row, one.product, one.enterprise or MISSING, one.metric or MISSING,
            MISSING if one.value is None else one.value, one.unit, *limits, level_words(one),
            standard or MISSING, _said(one),
        )  # fmt: skip
    grid.sheet.freeze_panes = "C3"


def _said(one: ProductResult) -> str:
    """Formula, reason and notes in one sentence."""
    correction = f"标准另按{one.reserved}修正限额，等级只作对照" if one.reserved else ""
    hand = "限额数值为二手，请与标准原文核对" if one.limits and one.second_hand else ""
    parts = (one.standard, one.formula, one.reason, correction, hand, *one.notes)
    return "；".join(part.rstrip("。") for part in parts if part) or level_words(one)
