"""Products against the energy limits: a sheet of the workbook."""

from openpyxl import Workbook

from tanzhe.errors import Language, Words
from tanzhe.model.park import Assessment, ProductResult
from tanzhe.model.told import Told
from tanzhe.parks.terms import level_words
from tanzhe.reports.park.grid import Grid
from tanzhe.reports.park.words import MISSING
from tanzhe.reports.words.escape import one_line
from tanzhe.rulebook.limited_products import limited_words, metric_words

_HEAD = (
    Words("台账行", "Row"), Words("产品", "Product"), Words("企业", "Firm"),
    Words("限额指标", "Limit"), Words("单位能耗", "Energy per unit"), Words("单位", "Unit"),
    Words("1级", "Level 1"), Words("2级", "Level 2"), Words("3级", "Level 3"),
    Words("等级", "Level"), Words("标准和施行日期", "Standard, and in force from"),
    Words("计算和说明", "Computation and notes"),
)  # fmt: skip
_TITLE = Words(
    "产品能耗：与当年施行的限额标准对照；限额数值为二手的，请与标准原文核对",
    "Energy of products beside the limit standards in force in the year; second-hand limits: "
    "compare them with the text of the standard",
)


def products_sheet(book: Workbook, result: Assessment, language: Language) -> None:
    """The sheet of products in the result workbook; none where the park lists no product."""
    if not result.products:
        return
    widths = (9, 22, 20, 14, 14, 10, 10, 10, 10, 18, 30, 90)
    grid = Grid(book, Words("产品能耗", "Products"), _TITLE, widths, language)
    grid.head(*_HEAD)
    for one in result.products:
        limits = one.limits or (MISSING,) * 3
        standard = " ".join(part for part in (one.standard, one.in_force_from) if part)
        grid.write(
            one.row, limited_words(one.product), one.enterprise or MISSING,
            metric_words(one.metric or MISSING),
            MISSING if one.value is None else one.value, one.unit, *limits, level_words(one),
            standard or MISSING, product_notes(one),
        )  # fmt: skip
    grid.sheet.freeze_panes = "C3"


def product_notes(one: ProductResult) -> Words:
    """Standard, formula, reason and notes in one sentence; the level where there are none."""
    notes = [Told(one.standard), one.formula, one.reason]
    if one.reserved:
        notes.append(
            Told(
                f"标准另按{one.reserved}修正限额，等级只作对照",
                f"the standard corrects the limit by {one.reserved}: the level decides nothing",
            )
        )
    if one.limits and one.second_hand:
        notes.append(
            Told(
                "限额数值为二手，请与标准原文核对",
                "limits are second-hand: compare them with the text of the standard",
            )
        )
    held = [note for note in (*notes, *one.notes) if note] or [level_words(one)]
    zh = "；".join(one_line(note.zh).rstrip("。") for note in held)
    en = "; ".join(one_line(note.en).rstrip("。.") for note in held)
    return Words(zh, en)
