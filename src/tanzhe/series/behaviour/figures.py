"""The figures of a series with what is needed to name a place in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.model import Series

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int_]

# Defects of up to a tenth of the periods are set apart (left empty and named), as holes in the
# calendar are; with more the table must be mended by who knows what happened.
MOST_APART = 0.10
# Values are compared to so many digits: sums and unit factors leave noise beyond.
DIGITS = 10


@dataclass(frozen=True)
class Figures:
    """A series and where its values stand.

    Attributes:
        series: what was read.
        lines: row of each period in the file, as far as known.
        file: name for messages.
    """

    series: Series
    lines: Mapping[str, int]

    @property
    def values(self) -> Floats:
        """Values, NaN where there is none."""
        return self.series.array

    def where(self, period: str) -> str:
        """The file, the row and the period, for a message."""
        row = f", {self.lines[period]}" if period in self.lines else ""
        return f"{self.series.source}{row}, {period}"

    def fault(self, period: str, what: Words, do: Words) -> InputError:
        """A refusal at a period."""
        return InputError.of(what, do, where=self.where(period))


def places(periods: Sequence[str]) -> Integers:
    """Periods as numbers without holes: days, months or years."""
    return np.array([place(period) for period in periods], dtype=np.int_)


def place(period: str) -> int:
    """A day as its ordinal, a month as months since year 0, a year as itself."""
    if len(period) == 10:
        return date.fromisoformat(period).toordinal()
    return int(period[:4]) * 12 + int(period[5:7]) - 1 if len(period) == 7 else int(period)


def quantum(values: Floats) -> float:
    """The largest power of ten of which all values are multiples: how finely they are printed.

    Example:
        >>> quantum(np.array([1278.5, 1175.0])), quantum(np.array([12000.0, 3000.0]))
        (0.1, 1000.0)
    """
    known = values[np.isfinite(values) & (values != 0)]
    return float(f"1e{min(map(_last_digit, known.tolist()))}") if len(known) else 1.0


def _last_digit(value: float) -> int:
    """Position of the last digit that is not zero: 0 for units, -1 for tenths, 3 for thousands."""
    mantissa, exponent = f"{value:.{DIGITS - 1}e}".split("e")
    digits = mantissa.replace("-", "").replace(".", "").rstrip("0")
    return int(exponent) - len(digits) + 1


def spread(values: Floats) -> float:
    """Robust standard deviation: the median distance from the median, times 1.4826."""
    known = values[np.isfinite(values)]
    return 1.4826 * float(np.median(np.abs(known - np.median(known)))) if len(known) else 0.0


def runs(marked: Bools, shortest: int) -> list[tuple[int, int]]:
    """First position and the one after the last of each run of at least so many."""
    ends = np.flatnonzero(np.diff(np.concatenate([[0], marked.astype(np.int64), [0]])))
    return [(int(a), int(b)) for a, b in ends.reshape(-1, 2) if b - a >= shortest]


def span(first: str, last: str) -> Words:
    """A period, or the first and last of several."""
    return Words(first, first) if first == last else Words(f"{first} 至 {last}", f"{first}..{last}")
