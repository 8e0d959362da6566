"""The notes that travel with a series, without numbers."""

from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words, listed
from tanzhe.model import Note
from tanzhe.places import Place
from tanzhe.sectors import sector_of
from tanzhe.series.output import Output

INDICATIVE = Note(
    code="indicative_levels",
    zh="排放由产品产量乘以固定排放系数估算，水平值仅供参考，只解读相对变化。",
    en="Emissions are product output times a fixed factor: levels are indicative, only relative "
    "changes are interpreted.",
)
MERGED = Note(
    code="merged_january_february",
    zh="统计部门不公布一月数据，一月与二月合为一期，记作二月。",
    en="The statistics office publishes no January: January and February are one period, "
    "written as February.",
)
SUM_OF_PROVINCES = Note(
    code="sum_of_provinces",
    zh="全国数为各省公布数之和，与统计部门公布的全国数口径不同，也可能少了个别省份。",
    en="The nation is the sum of the figures published by province, which is not the figure the "
    "statistics office publishes for the nation, and may lack a province.",
)
GAPS = Note(
    code="basket_gaps",
    zh="个别月份有篮子内产品未公布，当月合计留空，不作填补。",
    en="Where a product of the basket was not published, the total of that month is left empty.",
)


def named(products: Iterable[str]) -> Words:
    """The products' names in Chinese and English."""
    known = [entry for p in products if (entry := sector_of(p)) is not None]
    return Words("、".join(e.zh for e in known), ", ".join(e.en for e in known))


def basket_note(basket: Iterable[str]) -> Note:
    """What the estimate is made of."""
    names = named(basket)
    return Note(code="basket", zh=f"估算所含产品：{names.zh}。", en=f"Products in it: {names.en}.")


def left_out_note(products: Iterable[str], *, national: bool) -> Note:
    """What is published for part of the span only and therefore does not enter."""
    names = named(products)
    whose = Words("部分省份的", " of some provinces") if national else Words("", "")
    return Note(
        code="left_out",
        zh=f"未纳入{whose.zh}{names.zh}：只在部分时段公布，或在时段内投产、停产。",
        en=f"Left out: {names.en}{whose.en}: published for part of the span only, "
        "or started or ended in it.",
    )


def unfit_note(regions: Iterable[str]) -> Note:
    """Regions of a user's table whose rows cannot be used, so nobody is compared with them."""
    names = listed(regions)
    return Note(
        code="unfit_peers",
        zh=f"表中以下地区的数据不可用，未参与比较：{names.zh}。",
        en=f"Not compared with these regions of the table, whose rows cannot be used: {names.en}.",
    )


def added_note(of: Output, end: int, *, factors: bool) -> Note | None:
    """Periods that a user's download added, or None; `end` is the position after the last."""
    if end <= of.packaged:
        return None
    first = of.periods[of.packaged]
    zh = f"{first} 起的产量来自加入工作区的统计局数据（{of.vintage}）"
    en = f"Output from {first} on comes from downloads added to the workspace ({of.vintage})"
    if factors:
        zh += "；排放系数沿用已有年份的值"
        en += "; the factors of known years are carried forward"
    return Note(code="added_output", zh=f"{zh}。", en=f"{en}.")


def revised_note(
    products: Iterable[str],
    place: Place,
    years: NDArray[np.int_],
    revised: Set[tuple[str, str, int]],
) -> Note | None:
    """Products whose months were revised afterwards in a year of the span, or None."""
    asked = [int(year) for year in np.unique(years)]
    found = [p for p in products if any((p, place.adcode, y) in revised for y in asked)]
    if not found:
        return None
    names = named(found)
    return Note(
        code="revised_output",
        zh=f"{names.zh}的年末累计数与各月之和相差较大，该年与次年之间的变化可能来自数据修订。",
        en=f"Year-end totals of {names.en} depart widely from the sum of the months: "
        "a change from such a year to the next may be a revision.",
    )
