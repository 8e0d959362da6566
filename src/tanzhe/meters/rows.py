"""Readings as arrays: millions of them at once, exact to a millionth of the meter's unit."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words

# A millionth of the displayed unit: as fine as any export (MyEMS keeps six decimals); sums of
# whole numbers are exact, and 9.2e12 units fit.
MICRO = 1_000_000
_EXACT = 4e9  # below this a float times MICRO rounds to the right whole number

# What a figure is. The first counts; the others stand beside it and are held against it. That of a
# month is its amount after the multiplier, and stands at its begin.
REGISTER, SHARP, PEAK, FLAT, VALLEY, REVERSE, INTERVAL, POWER, MONTH = range(9)
CHANNELS = (
    "register", "sharp", "peak", "flat", "valley", "reverse", "interval", "power", "month",
)  # fmt: skip

# Why a row does not count, or is worth a word though it does.
WHYS = (
    "ok", "duplicate", "conflict", "out_of_order", "flagged", "empty", "text", "future",
    "retained", "unborn", "sequence", "word_order", "timeout", "no_such_day", "broken",
)  # fmt: skip
WHY = {name: code for code, name in enumerate(WHYS)}
STILL_COUNTS = (WHY["ok"], WHY["out_of_order"], WHY["sequence"])


# Figures after the multiplier of their meter, before it, or nobody said.
Side = Literal["", "primary", "secondary"]


class Rows(NamedTuple):
    """Readings of one or several meters, one a position.

    Attributes:
        meter: position of the meter's name in `names` of whoever holds the rows.
        channel: what the figure is, by its place in `CHANNELS`.
        time: seconds UTC; of an interval its start.
        value: millionths of the displayed unit; 0 where there is none.
        why: 0, or why the row does not count, by its place in `WHYS`.
        line: row of the file.
    """

    meter: NDArray[np.int32]
    channel: NDArray[np.int8]
    time: NDArray[np.uint32]
    value: NDArray[np.int64]
    why: NDArray[np.int8]
    line: NDArray[np.int32]

    def taken(self, chosen: NDArray[np.bool_] | NDArray[np.integer] | slice) -> "Rows":
        """Some of the rows."""
        return Rows._make(column[chosen] for column in self)


_TYPES = (np.int32, np.int8, np.uint32, np.int64, np.int8, np.int32)


def empty_rows() -> Rows:
    """No rows."""
    return Rows._make(np.empty(0, kind) for kind in _TYPES)


def joined_rows(parts: list[Rows]) -> Rows:
    """Rows behind each other."""
    if not parts:
        return empty_rows()
    if len(parts) == 1:
        return parts[0]
    return Rows._make(np.concatenate(columns) for columns in zip(*parts, strict=True))


class Batch(NamedTuple):
    """What a reader gives: rows with the names of their meters as the file writes them.

    Attributes:
        names: as written.
        rows: `meter` counts in `names`.
        texts: what stood where no number was, by position in the rows.
        told: what was decided in reading.
        units: in what the figures of each name are said to be, where the file says it.
        multipliers: of readings, which the file says beside each name.
        after: channels whose figures are after the multiplier, by their form or heading.
        sure: whether the file says itself on which side of the multiplier its figures are.
    """

    names: list[str]
    rows: Rows
    texts: dict[int, str]
    told: tuple[Words, ...] = ()
    units: Mapping[str, frozenset[str]] = MappingProxyType({})
    multipliers: Mapping[str, frozenset[str]] = MappingProxyType({})
    after: frozenset[int] = frozenset()
    sure: bool = False

    def on(self, side: Side) -> "Batch":
        """The batch with what its headings say of the side of its figures."""
        after = frozenset(range(MONTH)) if side == "primary" else frozenset()
        return self._replace(after=after, sure=True) if side else self


class Row(NamedTuple):
    """One reading of a small file; `text` is what stood there, where it was no number."""

    meter: str
    time: int
    value: int | None
    line: int
    channel: int = REGISTER
    why: str = "ok"
    text: str = ""


def batch_of(found: list[Row], told: tuple[Words, ...] = ()) -> Batch:
    """Rows of a small file as arrays."""
    names = sorted({one.meter for one in found})
    place = {name: at for at, name in enumerate(names)}
    columns = (
        [place[one.meter] for one in found], [one.channel for one in found],
        [one.time for one in found], [one.value or 0 for one in found],
        [WHY[one.why] for one in found], [one.line for one in found],
    )  # fmt: skip
    rows = Rows._make((np.array(c, kind) for c, kind in zip(columns, _TYPES, strict=True)))
    return Batch(names, rows, {at: one.text for at, one in enumerate(found) if one.text}, told)


def micro(cell: object, factor: Decimal | int = 1) -> int | None:
    """A number of a cell in millionths, or None where it is none.

    Example:
        >>> micro("5010.2"), micro(-1), micro("抄不到")
        (5010200000, -1000000, None)
    """
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        number = Decimal(str(cell).strip().replace(",", ""))
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number) > Decimal(9_000_000_000_000):
        return None
    return int((number * factor * MICRO).to_integral_value())


def micros(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Numbers in millionths; those that floats cannot hold exactly go by their shortest text."""
    found = np.rint(values * MICRO).astype(np.int64)
    for at in np.flatnonzero(np.abs(values) >= _EXACT):
        found[at] = int((Decimal(repr(float(values[at]))) * MICRO).to_integral_value())
    return found
