"""The notes that travel with a series, without numbers."""

from collections.abc import Iterable, Set

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words, listed
from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.places import Place
from tanzhe.sectors import sector_of
from tanzhe.series.output import Output

INDICATIVE = note_of("indicative_levels")
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
GAPS = note_of("basket_gaps")


def named(products: Iterable[str]) -> Words:
    """The products' names in Chinese and English."""
    known = [entry for p in products if (entry := sector_of(p)) is not None]
    return Words("、".join(e.zh for e in known), ", ".join(e.en for e in known))


def basket_note(basket: Iterable[str]) -> Note:
    """What the estimate is made of."""
    return note_of("basket", names=named(basket))


def left_out_note(products: Iterable[str], *, national: bool) -> Note:
    """What is published for part of the span only and therefore does not enter."""
    names = named(products)
    whose = Words("部分省份的", " of some provinces") if national else Words("", "")
    return note_of("left_out", whose=whose, names=names)


def unfit_note(regions: Iterable[str]) -> Note:
    """Regions of a user's table whose rows cannot be used, so nobody is compared with them."""
    names = listed(regions)
    return note_of("unfit_peers", names=names)


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
    return note_of("revised_output", names=names)
