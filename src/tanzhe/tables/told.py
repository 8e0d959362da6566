"""How a table was read, in the words of a person who looks at the file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tanzhe.errors import Words
from tanzhe.terms import words_of

ColumnRole = Literal["date", "value", "region", "sector", "unit", "category", "left_out"]
ROLE_WORDS: dict[ColumnRole, Words] = words_of("tables.told.role_words")


NOTHING = Words("", "")


@dataclass(frozen=True, kw_only=True)
class ColumnTold:
    """One column as it was understood.

    Attributes:
        place: its letter as spreadsheets write it.
        name: from the header.
        role: what it is used for.
        why: what it holds, or why it is not used.
    """

    place: str
    name: str
    role: ColumnRole
    why: Words = NOTHING


@dataclass(kw_only=True)
class Telling:
    """What is said about the reading of one table; grows while it is read.

    Attributes:
        form: kind of file, delimiter and encoding.
        sheets: sheets that were read.
        header: numbers of the header's lines.
        columns: every column with its role.
        skipped: lines or sheets left out, and why.
        decided: decisions, each with the option that changes it.
    """

    form: str = ""
    sheets: tuple[str, ...] = ()
    header: tuple[int, ...] = ()
    columns: list[ColumnTold] = field(default_factory=list)
    skipped: list[Words] = field(default_factory=list)
    decided: list[Words] = field(default_factory=list)

    def take(self, other: "Telling") -> None:
        """What another reading of the same table told."""
        self.form, self.sheets, self.header = other.form, other.sheets, other.header
        self.columns = list(other.columns)
        self.decide(*other.decided)
        self.skipped.extend(words for words in other.skipped if words not in self.skipped)

    def line(self, file: str, dates: str, unit: str) -> Words:
        """The reading in one line.

        Args:
            file: its name.
            dates: first and last period and how many.
            unit: of the values; "" where the table states none.
        """
        values = some([c.name for c in self.columns if c.role == "value"], 3)
        parts = [
            some(self.sheets, 3),
            Words(f"表头第 {self.header[-1]} 行", f"header in line {self.header[-1]}")
            if self.header
            else Words("", ""),
            Words(f"数值“{values.zh}”", f"values “{values.en}”") if values.zh else Words("", ""),
            Words(dates, dates),
            Words(f"单位 {unit}", f"unit {unit}")
            if unit
            else Words("单位未写明", "no unit stated"),
            *self.decided,
            *self.skipped,
        ]
        zh = "；".join(part.zh for part in parts if part.zh)
        en = "; ".join(part.en for part in parts if part.en)
        return Words(
            f"读表 {file}：{zh}。详见 tanzhe data look",
            f"Read {file}: {en}. More: tanzhe data look",
        )

    def skip(self, zh: str, en: str) -> None:
        """Note what was left out."""
        if (words := Words(zh, en)) not in self.skipped:
            self.skipped.append(words)

    def decide(self, *told: Words) -> None:
        """Note decisions, each once."""
        self.decided.extend(words for words in told if words not in self.decided)


def letter(column: int) -> str:
    """The letter of a column.

    Example:
        >>> letter(0), letter(27)
        ('A', 'AB')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def some(names: Sequence[object], most: int = 6) -> Words:
    """A few of many names, and how many there are."""
    held = [str(name) for name in names]
    zh, en = "、".join(held[:most]), ", ".join(held[:most])
    more = len(held) - most
    return Words(
        f"{zh} 等 {len(held)} 个" if more > 0 else zh, f"{en} … ({len(held)})" if more > 0 else en
    )


def lines_of(numbers: Sequence[int], most: int = 3) -> Words:
    """Line numbers for a message: 第 4、9、12 行."""
    numbers = list(dict.fromkeys(numbers))
    shown = "、".join(map(str, numbers[:most]))
    more = len(numbers) > most
    return Words(
        f"第 {shown} 行{f'等 {len(numbers)} 行' if more else ''}",
        f"line{'s' if len(numbers) > 1 else ''} {shown.replace('、', ', ')}"
        + (f" … ({len(numbers)})" if more else ""),
    )
