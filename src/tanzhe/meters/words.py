"""What columns of lists, readings, sheets and bills are called, and the words in their cells."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words, listed
from tanzhe.meters.rows import Side
from tanzhe.names import folded
from tanzhe.tables.vocabulary import is_sum

# On which side of the transformers a heading says its figures are.
_SIDES = re.compile(
    r"(?P<secondary>未乘(?:以)?倍率|[未不]折算|不含倍率|二次[侧值]|\bsecondary\b)"
    r"|(?P<primary>[已乘含]+(?:以)?倍率|已?折算|一次[侧值]|\bprimary\b)",
    re.I,
)
_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")


def plain(title: object) -> str:
    """A heading without brackets, sides, blanks, case, width and low lines.

    Example:
        >>> plain(" 示数 (kWh)"), plain("Time_Local"), plain("Ｍeter ID")
        ('示数', 'timelocal', 'meterid')
    """
    bare = _SIDES.sub("", _BRACKETS.sub("", str(title or "")))
    return folded("".join(bare.split()))


def side_of(titles: Sequence[object]) -> Side:
    """On which side of the transformers headings say that figures are; "" where they do not.

    Example:
        >>> side_of(["表号", "电量（已乘倍率）"]), side_of(["二次侧功率"]), side_of(["电量"])
        ('primary', 'secondary', '')
    """
    found = {one.lastgroup for title in titles for one in _SIDES.finditer(str(title or ""))}
    return "" if len(found) != 1 else "primary" if "primary" in found else "secondary"


def bracketed(title: object) -> str:
    """What a heading says in brackets, "" for nothing: as a rule its unit.

    Example:
        >>> bracketed("电量（MWh）"), bracketed("示数")
        ('MWh', '')
    """
    found = _BRACKETS.search(str(title or ""))
    return "" if found is None else unicodedata.normalize("NFKC", found[0])[1:-1].strip()


@cache
def headings(table: str) -> Mapping[str, tuple[str, ...]]:
    """Headings by field, as people write them: of a `list`, `readings`, a `sheet` or `bills`."""
    return {
        row["field"]: tuple(row["words"].split(";"))
        for row in bundled.rows("tanzhe.meters.data", "headings.csv")
        if row["table"] in (table, "any")
    }


def places(table: str, titles: Sequence[object]) -> dict[str, int]:
    """Where each field of a table stands; the word that is named first in the data wins.

    Example:
        >>> places("list", ["序号", "计量表编号", "所属企业", "介质"])
        {'meter': 1, 'firm': 2, 'carrier': 3}
    """
    names = [plain(title) for title in titles]
    found: dict[str, int] = {}
    for field, words in headings(table).items():
        at = next((names.index(one) for one in map(plain, words) if one in names), None)
        if at is not None and at not in found.values():
            found[field] = at
    return found


@cache
def choices(field: str) -> Mapping[str, str]:
    """The value that each word of a cell stands for, the words folded."""
    return {
        folded(word): row["value"]
        for row in bundled.rows("tanzhe.meters.data", "choices.csv")
        if row["field"] == field
        for word in (row["value"], *row["words"].split(";"))
    }


def instrument(text: str) -> str | None:
    """What a thing is that measures, by what it is called; None where it does not say.

    Example:
        >>> instrument("DN50 水表"), instrument("三相四线电能表"), instrument("E-100")
        ('water', 'electricity', None)
    """
    named = choices("instrument")
    own = folded(text)
    held = [word for word in named if word in own]
    return named[max(held, key=len)] if held else None


def figure_of(text: str) -> str:
    """Whether a text speaks of registers, amounts or powers; "" where it says none or several.

    Example:
        >>> figure_of("3月各表示数"), figure_of("2025年用电量统计表"), figure_of("1月")
        ('register', 'interval', '')
    """
    own, named = folded(text), choices("figure")
    held = [word for word in named if word in own]
    kinds = {named[one] for one in held if not any(one != o and one in o for o in held)}
    return kinds.pop() if len(kinds) == 1 else ""


def is_total(cell: object) -> bool:
    """Whether a cell stands at the head of a row that adds up others."""
    return isinstance(cell, str) and is_sum(cell)


def totals_left(lines: Iterable[int]) -> Words:
    """What is told of rows that add up others."""
    rows = listed(map(str, lines))
    return Words(f"合计行没有计入：第 {rows.zh} 行", f"totals left out: rows {rows.en}")
