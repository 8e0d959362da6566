"""What a person sees of a sheet otherwise than it is kept: numbers shown smaller, hidden rows."""

import html
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tanzhe.errors import Words

_CODES = re.compile(r'formatCode="([^"]*)"')
_STYLES = "xl/styles.xml"
_PLACE = r"[0#?]"
# Commas behind the last digit show thousandths: #,##0.0,, shows 7577000 as 7.6 under 百万吨.
_THOUSANDS = re.compile(rf"{_PLACE}(,+)(?=[^0#?]*$)")
# A point that stands among the digits as a letter: 0!.0, shows 7577000 as 757.7 under 万吨.
_LETTER_POINT = re.compile(rf'{_PLACE}(?:[!\\]\.|"\.")({_PLACE}+)')
_COLOURS = re.compile(r"\[[^\]]*\]")
_WORDS = re.compile(r'"[^".]+"|[\\!][^.\s]|[^\W\d_]')  # 0.0,"万": what is shown names its size
_HIDDEN = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"'
                     rb'|<row\b[^>]*?\bhidden="(?:1|true)"[^>]*?\br="(\d+)"')  # fmt: skip
_NAMED = 6
_LARGEST = 50_000_000  # bytes of a sheet, unfolded, that is looked through for them


@lru_cache(maxsize=256)
def shown_smaller(code: str) -> float:
    """How many times smaller a number format shows numbers; 1 as a rule.

    Example:
        >>> shown_smaller("#,##0.0,,"), shown_smaller("0!.0,"), shown_smaller("#,##0.00")
        (1000000.0, 10000.0, 1.0)
        >>> shown_smaller('0.0,"k"')
        1.0
    """
    first = _COLOURS.sub("", code.split(";")[0])
    point = _LETTER_POINT.search(first)
    rest = _LETTER_POINT.sub("0", first)
    commas = _THOUSANDS.search(rest)
    if commas is None or _WORDS.search(rest):
        return 1.0
    return 1000.0 ** len(commas[1]) * (10.0 ** len(point[1]) if point else 1.0)


def shows_scaled(path: Path) -> bool:
    """Whether a workbook has a number format that shows numbers smaller than they are."""
    with zipfile.ZipFile(path) as archive:
        if _STYLES not in archive.namelist():
            return False
        styles = archive.read(_STYLES).decode("utf-8", "replace")
    return any(shown_smaller(html.unescape(one)) != 1 for one in _CODES.findall(styles))


class Shown:
    """Cells of one sheet as they are shown; the head speaks of these."""

    def __init__(self) -> None:
        self._times: Counter[float] = Counter()

    def value(self, cell: Any) -> object:
        """The value of a cell, as small as it is shown."""
        value = cell.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        times = shown_smaller(cell.number_format or "")
        if times == 1:
            return value
        self._times[times] += 1
        return value / times

    def told(self) -> Iterator[Words]:
        """How many cells are shown how much smaller."""
        for times, count in self._times.items():
            yield Words(
                f"{count} 个单元格的数字格式把数缩小 {times:,.0f} 倍显示，按显示的数读",
                f"{count} cells are shown {times:,.0f} times smaller by their number format and "
                "are read as shown",
            )


def hidden_rows(sheet: Any, lines: Sequence[int]) -> Iterator[Words]:
    """Rows that hold something and are hidden, by hand or by a filter: they count."""
    where = getattr(sheet, "_worksheet_path", None)
    if where is None:
        return
    archive = sheet.parent._archive
    if archive.getinfo(where.lstrip("/")).file_size > _LARGEST:
        return  # nobody hides rows of such a sheet by hand
    raw = archive.read(where.lstrip("/"))
    found = {int(one or two) for one, two in _HIDDEN.findall(raw)}
    rows = sorted(found & set(lines))
    if rows:
        named = "、".join(map(str, rows[:_NAMED])) + ("……" if len(rows) > _NAMED else "")
        yield Words(
            f"隐藏或被筛选掉的 {len(rows)} 行也计入（第 {named} 行）；不要的请删去",
            f"{len(rows)} rows that are hidden or filtered out count too (rows {named}); delete "
            "what should not",
        )
