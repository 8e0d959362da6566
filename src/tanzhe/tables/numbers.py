"""Numbers of a whole column: decimal commas, thousands, blanks, marks and signs."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tanzhe.characters import narrow
from tanzhe.errors import Words
from tanzhe.numerals import SCALE, number_in_full, scale_of, signed_percent
from tanzhe.tables.choices import Decimal
from tanzhe.tables.grid import Cell, NoResult
from tanzhe.tables.units import spelled
from tanzhe.tables.vocabulary import words

EMPTY = frozenset(("", *words("empty")))
_ERRORS = re.compile(r"#(?:div/0!|name\?|null!|num!|ref!|value!|spill!|calc!|getting_data|error.*)")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:e[+-]?\d+)?")
_BLANKS = re.compile(r"(?<=\d)[ '’`](?=\d{3}(?:\D|$))")
_MARKS = re.compile(
    r"\s*(?:[*†‡§#]+|\^\d{1,2}|[(\[{][a-z0-9,;*估修初预正订计步p-]{1,6}[)\]}]"
    r"|(?<=\d) ?[prebscufvi]{1,2})$"
)
_UNIT_BEHIND = re.compile(r"([+-]?\d[\d.,' ]*)(\D.{0,30})")
_LEADING = re.compile(r"^(?:[prec]|约|[*†~≈])\s*(?=[-+]?\d)")
_SCALE = re.compile(rf"(.*\d)\s*({SCALE})$")
_SPELT = re.compile(
    r"[百千万亿佰仟]|[×x*]10\^"
)  # 二万五千, 1亿2000万; 十一 alone may be a month or a label
LONGEST = 500  # characters of a cell that may be a number with its blanks and remarks
# Excel counts a formula that fails, a person counts what is missing: both are no number.
BAD = "bad"
ERROR = "error"
FORMULA = "formula"
HOLE = "empty"


class Read(NamedTuple):
    """What one cell holds: a number, or why there is none.

    Attributes:
        value: the number, or None.
        why: `empty`, `error` (of a formula), `formula` (saved without result), `bad`; or "".
        percent: whether it carries a percent sign.
        mark: the mark of a preliminary, revised or estimated figure, or "".
        unit: the unit that stands behind the number in its cell, or "".
    """

    value: float | None
    why: str = ""
    percent: bool = False
    mark: str = ""
    unit: str = ""


def read_number(cell: Cell, decimal: Decimal = ".") -> Read:
    """The number of a cell.

    Args:
        cell: a number or text with thousands separators (commas, blanks, apostrophes), full width,
            a percent sign, brackets for negative, 万 or 亿, Chinese numerals from a hundred on, or
            a mark of a preliminary figure.
        decimal: whether the point or the comma parts the decimals.

    Example:
        >>> read_number("1,234.5").value, read_number("１２").value, read_number("(3.5)").value
        (1234.5, 12.0, -3.5)
        >>> read_number("1,278", ",").value, read_number("约三成").why, read_number("—").why
        (1.278, 'bad', 'empty')
    """
    if isinstance(cell, bool):
        return Read(None, BAD)
    if isinstance(cell, int | float):
        if isinstance(cell, float) and math.isnan(cell):
            return Read(None, HOLE)
        return Read(float(cell)) if math.isfinite(cell) else Read(None, BAD)
    if cell is None:
        return Read(None, HOLE)
    if isinstance(cell, NoResult):
        return Read(None, FORMULA)
    text = str(cell)
    if text.isascii() and decimal == "." and _PLAIN.fullmatch(text):
        return Read(float(text)) if math.isfinite(float(text)) else Read(None, BAD)
    return _of_text(text, decimal)


def _of_text(told: str, decimal: Decimal) -> Read:
    if len(told.strip()) > LONGEST:
        return Read(None, BAD)
    text = narrow(told).strip().casefold()
    text = text.replace("−", "-").replace("﹣", "-").replace("，", ",").strip("\"' ")
    if text in EMPTY or told.strip() in EMPTY:
        return Read(None, HOLE)
    if _ERRORS.fullmatch(text):
        return Read(None, ERROR)
    mark = ""
    if found := (_LEADING.match(text) or None):
        mark, text = found.group().strip(), text[found.end() :]
    percent = signed_percent(text).endswith("%")
    spelt = percent and not text.endswith("%")
    text = signed_percent(text).removesuffix("%").strip()
    value = number_in_full(text) if spelt else _signed(text, decimal)
    if value is None and (tail := _MARKS.search(text)):
        mark = tail.group().strip()
        value = _signed(text[: tail.start()].strip(), decimal)
    if value is None and (behind := _UNIT_BEHIND.fullmatch(text)) and spelled(behind[2]):
        value = _signed(behind[1].strip(), decimal)
        return Read(None, BAD) if value is None else Read(value, unit=behind[2].strip())
    return Read(None, BAD) if value is None else Read(value, "", percent, mark)


def _signed(text: str, decimal: Decimal) -> float | None:
    if text.startswith("(") and text.endswith(")"):
        inner = _bare(text[1:-1].strip(), decimal)
        return None if inner is None else -abs(inner)
    if text.endswith("-") and text[:-1].replace(".", "").replace(",", "").isdecimal():
        inner = _bare(text[:-1], decimal)  # ledgers put the minus behind
        return None if inner is None else -inner
    if found := _SCALE.fullmatch(text):
        inner = _bare(found.group(1).strip(), decimal)
        if inner is not None:
            return inner * scale_of(found.group(2))
    if _SPELT.search(text) and not _SPELT.fullmatch(text):
        return number_in_full(text)
    return _bare(text, decimal)


def _bare(text: str, decimal: Decimal) -> float | None:
    text = _BLANKS.sub("", text)
    if decimal == ",":
        if "," in text and "." in text and text.rfind(".") > text.rfind(","):
            return None
        if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) or "," in text:
            text = text.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number in either notation, or a formula that should give one."""
    read = read_number(cell)
    if read.why == BAD and isinstance(cell, str) and "," in cell:
        read = read_number(cell, ",")
    return read.value is not None or read.why in (ERROR, FORMULA)


class Notation(NamedTuple):
    """How a column writes its numbers.

    Attributes:
        decimal: the sign of the decimals.
        told: the decision, where a reader should know it.
        doubt: what cannot be decided and what to do, or None.
    """

    decimal: Decimal = "."
    told: Words | None = None
    doubt: tuple[Words, Words] | None = None


_COMMA_PROOF = re.compile(
    r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)(?:%|e.*)?$"
)
_POINT_PROOF = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:,\d{3}|\.\d+)(?:%|e.*)?$|[+-]?\d*\.\d+$")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}$")
_POINT_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+$")
# How much smoother one way must be before it is believed: neighbours of a series differ by less
# than threefold, a mistaken comma makes them differ a thousandfold.
_FAR = 30.0


def notation(cells: Sequence[Cell], delimiter: str = "", chosen: Decimal | None = None) -> Notation:
    """Whether a column's comma parts thousands or decimals.

    Proven by any number that can be read one way only; else by which way makes the column
    smoother. Else a person is asked where the file is parted by semicolons, as files with decimal
    commas are; elsewhere the comma parts thousands.

    Example:
        >>> notation(["1,5", "2,25"]).decimal, notation(["1,278", "998"]).decimal
        (',', '.')
    """
    if chosen is not None:
        return Notation(chosen)
    texts = [_cleaned(cell) for cell in cells if isinstance(cell, str) and "," in cell]
    if not texts:
        return _dots(cells, delimiter)
    comma = next((t for t in texts if _COMMA_PROOF.match(t)), None)
    every = [_cleaned(c) for c in cells if isinstance(c, str)]
    point = next((t for t in every if _POINT_PROOF.match(t)), None)
    if comma and point and not _POINT_EITHER.match(point):
        return Notation(
            doubt=(
                Words(
                    f"逗号有时是小数点（{comma}），有时是千分位（{point}）",
                    f"The comma parts decimals in {comma} and thousands in {point}",
                ),
                Words("请加 --decimal , 或 --decimal .", "Add --decimal , or --decimal ."),
            )
        )
    if comma:
        return Notation(",", Words(f"逗号是小数点（{comma}）", f"The comma is decimal ({comma})"))
    if point or not all(_EITHER.match(t) for t in texts):
        return Notation()
    return _by_smoothness(cells, texts, delimiter)


def _dots(cells: Sequence[Cell], delimiter: str) -> Notation:
    """Points before three digits in every number may part thousands: 1.278 beside 965.

    A person is asked where files with decimal commas are usual (semicolons), and elsewhere where
    whole numbers stand beside them and thousands make the column far smoother.
    """
    texts = [_cleaned(cell) for cell in cells if isinstance(cell, str)]
    numbers = [t for t in texts if read_number(t).value is not None]
    dotted = [t for t in numbers if "." in t]
    whole = [t for t in numbers if "." not in t]
    if not dotted or not all(_POINT_EITHER.match(t) for t in dotted):
        return Notation()
    if any(len(t.lstrip("+-")) > 3 for t in whole):
        return Notation()
    smoother = _spread(read_number(t, ",").value for t in numbers) * _FAR < _spread(
        read_number(t).value for t in numbers
    )
    return _asked(dotted[0], "点") if delimiter == ";" or smoother else Notation()


def _cleaned(cell: str) -> str:
    text = narrow(cell).strip().replace("，", ",")
    text = _BLANKS.sub("", text)
    return text.strip("\"'() ").replace("−", "-")


def _by_smoothness(cells: Sequence[Cell], texts: list[str], delimiter: str) -> Notation:
    spread = {d: _spread(read_number(c, d).value for c in cells) for d in (".", ",")}
    example = texts[0]
    if spread["."] * _FAR < spread[","]:
        return Notation(".")
    if spread[","] * _FAR < spread["."]:
        return Notation(
            ",", Words(f"逗号是小数点（{example}）", f"The comma is decimal ({example})")
        )
    if delimiter != ";":  # commas of a file parted by them, or of a workbook, part thousands
        return Notation(".")
    return _asked(example, "逗号")


def _asked(example: str, sign: str) -> Notation:
    english = "comma" if sign == "逗号" else "point"
    return Notation(
        doubt=(
            Words(
                f"“{example}”的{sign}是小数点还是千分位，表中看不出",
                f"“{example}”: does the {english} part decimals or thousands?",
            ),
            Words(
                "请加 --decimal ,（逗号是小数点）或 --decimal .（点是小数点）",
                "Add --decimal , (the comma is decimal) or --decimal . (the point is decimal)",
            ),
        )
    )


def _spread(values: Iterable[float | None]) -> float:
    known = sorted(abs(v) for v in values if v)
    return known[-1] / known[0] if known else 1.0
