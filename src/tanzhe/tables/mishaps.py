"""What happens to tables on their way: split numbers, years taken for days."""

import re
from collections.abc import Sequence
from itertools import pairwise

from tanzhe.errors import Fault, Words, refuse
from tanzhe.tables.grid import cell_at, text_of
from tanzhe.tables.layout import Block
from tanzhe.tables.moments import Moment

_HEAD = re.compile(r"[+-]?[1-9]\d{0,2}")
_REST = re.compile(r"\d{3}(?:\.\d+)?")
_LOOKED_AT = 500


def split_thousands(block: Block) -> tuple[Words, Words] | None:
    """Rows with more cells than the header, because 1,278.5 stands without quotes."""
    if not block.header or not block.grid.form.startswith("CSV ,"):
        return None
    names = len(block.grid.rows[block.header[-1]])
    rows = block.grid.rows[block.begin : block.begin + _LOOKED_AT]
    longer = [row for row in rows if len(row) > names]
    if len(longer) < max(2, len(rows) / 2):
        return None
    for c in range(names):
        pairs = [(text_of(cell_at(row, c)), text_of(cell_at(row, c + 1))) for row in longer]
        good = [pair for pair in pairs if _HEAD.fullmatch(pair[0]) and _REST.fullmatch(pair[1])]
        if len(good) >= 0.95 * len(longer):
            return (
                Words(
                    f"各行比表头多出单元格：“{','.join(good[0])}”的千分位逗号把一个数分成了两格",
                    f"Rows longer than the header: the comma of “{','.join(good[0])}” splits it",
                ),
                Words(
                    "请给带逗号的数加引号，或去掉千分位后再存",
                    "Quote numbers with commas, or save without thousands separators",
                ),
            )
    return None


def years_as_days(moments: Sequence[Moment], file: str) -> None:
    """Refuse months whose year became a day: Excel reads Jan-18 as 18 January of this year.

    Raises:
        InputError: every month of one year on the same day, then again on the next day.
    """
    if len(moments) < 13 or {m.span for m in moments} != {"day"}:
        return
    if len({m.year for m in moments}) > 1:
        return
    steps = list(pairwise(moments))
    months = sum(a.month != b.month and a.day == b.day for a, b in steps)
    turns = sum(a.day != b.day for a, b in steps)
    days = sorted({m.day for m in moments if m.day is not None})
    in_turn = days == list(range(days[0], days[-1] + 1))
    if (
        len(days) < 2
        or not in_turn
        or turns != len(days) - 1
        or months + turns != len(steps)
        or months <= turns
    ):
        return
    first = moments[0]
    what = Words(
        f"Excel 把年份当成了日：{first.text} 应是 20{first.day:02d} 年 {first.month} 月",
        f"Excel took the year for a day: {first.text} is 20{first.day:02d}-{first.month:02d}",
    )
    do = Words(
        "请把该列设为文本，写成 2018-01 这样的形式", "Make the column text and write 2018-01"
    )
    refuse([Fault(what, do, where=file)])
