"""What may be passed as a plain sequence of numbers, and how it is refused."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from numbers import Real

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.turning.sequences.segments import Floats

Numbers = Sequence[float | Decimal | Fraction | None] | NDArray[np.number]

LEAST_POINTS = 8
# Enough positions to see what is wrong; how many there are is told.
NAMED = 5
# Real numbers to Python or to NumPy, but not to who reads a series.
NO_NUMBERS = (bool, np.timedelta64)
A_LIST = Words("请传入一列数", "Pass one sequence of numbers")
CONVERT = Words("请先换成数；缺失请写 NaN", "Convert them to numbers; NaN means missing")


def numbers_of(values: Numbers) -> Floats:
    """The numbers of a sequence, NaN where missing.

    Args:
        values: a list, an array or a column of a table. Missing: NaN, None, the NA of pandas, and
            what the mask of a masked array hides.

    Raises:
        InputError: not one sequence; text, dates, complex numbers or truth values; infinite
            numbers or such as no float can hold; fewer than eight. All of it at once.

    Example:
        >>> numbers_of([Decimal("1.5"), Fraction(1, 4), None, 2, 3, 4, 5, 6, 7]).tolist()[:4]
        [1.5, 0.25, nan, 2.0]
    """
    cells = _cells(values)
    if cells.dtype.kind not in "fiuO":
        name = cells.dtype.name
        what = Words(f"{name} 类型的数据不是数", f"Data of the type {name} are no numbers")
        raise InputError.of(what, CONVERT, where="values")
    if cells.dtype.kind == "O":
        read = [_read(cell) for cell in cells]
        wrong = np.array([number is None for number in read], bool)
        x = np.array([0.0 if number is None else number for number in read], np.float64)
    else:
        with np.errstate(over="ignore"):
            x, wrong = cells.astype(np.float64), np.zeros(len(cells), bool)
    x[_hidden(values, cells)] = np.nan
    refuse(_faults(x, cells, wrong & ~np.isnan(x)))
    return x


def _cells(values: Numbers) -> NDArray[np.generic]:
    """One cell for each position, with the type it came with; a list is not made of one type."""
    data = values.data if isinstance(values, np.ma.MaskedArray) else values
    try:
        cells = np.asarray(data) if hasattr(data, "dtype") else np.array(data, dtype=object)
    except (TypeError, ValueError, RuntimeError):
        cells = np.empty((), dtype=object)
    if cells.ndim == 1:
        return cells
    what = Words("不是一列数", "This is not a sequence of numbers")
    if cells.ndim:
        what = Words(f"数据有 {cells.ndim} 维", f"The data have {cells.ndim} dimensions")
    raise InputError.of(what, A_LIST, where="values")


def _read(cell: object) -> float | None:
    """The number in a cell, NaN where it is missing, infinite where too large; None: no number."""
    if isinstance(cell, np.ndarray) and cell.ndim == 0 and cell is not np.ma.masked:
        cell = cell[()]
    if cell is None or cell is np.ma.masked or type(cell).__name__ == "NAType":
        return float("nan")
    if isinstance(cell, NO_NUMBERS) or not isinstance(cell, Real | Decimal):
        return None
    try:
        return float(cell)
    except OverflowError:
        return float("inf")
    except ValueError:  # the signalling NaN of decimals
        return float("nan")


def _hidden(values: Numbers, cells: NDArray[np.generic]) -> NDArray[np.bool_]:
    if isinstance(values, np.ma.MaskedArray):
        return np.ma.getmaskarray(values)
    return np.zeros(len(cells), bool)


def _faults(x: Floats, cells: NDArray[np.generic], wrong: NDArray[np.bool_]) -> list[Fault]:
    kinds = sorted({type(cell).__name__ for cell in cells[wrong]})[:NAMED]
    beyond = np.isinf(x)
    endless = beyond.copy()
    pairs = zip(cells[beyond], x[beyond].tolist(), strict=True)
    endless[beyond] = [bool(a == b) for a, b in pairs]
    large, most = beyond & ~endless, f"{np.finfo(np.float64).max:.1e}"
    count = len(x) - int(np.isnan(x).sum())
    return [
        *_at(
            wrong,
            Words(f"不是数（{'、'.join(kinds)}）", f"no number ({', '.join(kinds)})"),
            CONVERT,
        ),
        *_at(
            endless,
            Words("无穷大", "infinite"),
            Words("请改为缺失值 NaN", "Make it NaN, which means missing"),
        ),
        *_at(
            large,
            Words(f"绝对值超过 {most}", f"beyond {most}"),
            Words("请换更大的单位", "Use a larger unit"),
        ),
        *([] if count >= LEAST_POINTS else [_few(count)]),
    ]


def _at(there: NDArray[np.bool_], kind: Words, do: Words) -> list[Fault]:
    """One fault for all positions of a kind, the first of them named; none where there is none."""
    count = int(there.sum())
    if not count:
        return []
    named = [f"values[{k}]" for k in np.flatnonzero(there)[:NAMED].tolist()]
    where = ", ".join([*named, *(["…"] if count > NAMED else [])])
    return [Fault(Words(f"{count} 处{kind.zh}", f"{count} x {kind.en}"), do, where=where)]


def _few(count: int) -> Fault:
    return Fault(
        Words(f"只有 {count} 个数", f"There are only {count} numbers"),
        Words(f"至少需要 {LEAST_POINTS} 个数", f"At least {LEAST_POINTS} numbers are needed"),
        where="values",
    )
