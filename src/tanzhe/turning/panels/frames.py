"""A data frame becomes a panel of arrays, or is refused with every reason."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.extras import require
from tanzhe.turning.panels.treesearch import Floats, Integers

if TYPE_CHECKING:
    import pandas as pd

FEWEST_UNITS = 2
FEWEST_PERIODS = 3
# Squares of larger numbers, and of the smallest spread of smaller ones, leave double precision.
LARGEST, SMALLEST = 1e100, 1e-100
# Enough places to see what is wrong; the rest is counted.
MOST_PLACES = 5
_DIGITS = re.compile(r"\d+")


class ArrowTable(Protocol):
    """A table of another library that hands its columns over as Arrow: Polars, pyarrow, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The columns."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Outcome and controls by row; units in order of first appearance, periods ascending.

    Attributes:
        outcome: shape (n_rows,), rows by unit and then by period.
        controls: shape (n_rows, n_controls).
        control_names: their names.
        unit: position of each row's unit.
        period: position of each row's period.
        units: names of the units.
        periods: the periods.
        seasons: position of each period's season, shape (n_periods,); empty: no seasons.
    """

    outcome: Floats
    controls: Floats
    control_names: tuple[str, ...]
    unit: Integers
    period: Integers
    units: tuple[Hashable, ...]
    periods: tuple[Hashable, ...]
    seasons: tuple[int, ...] = ()

    def table(self, column: Floats) -> Floats:
        """A column of the rows as units x periods, NaN where there is no row."""
        out = np.full((len(self.units), len(self.periods)), np.nan)
        out[self.unit, self.period] = column
        return out

    def __len__(self) -> int:
        return len(self.outcome)


def read_panel(
    frame: "pd.DataFrame | ArrowTable",
    *,
    outcome: str,
    controls: Sequence[str],
    unit: str,
    time: str,
    season: str | None = None,
) -> Panel:
    """The panel of a frame.

    Raises:
        InputError: with every fault.
    """
    table = _pandas(frame)
    names = [unit, time, *([season] if season is not None else [])]
    refuse([*_unusable(table, [outcome, *controls, *names]), *_both(outcome, [*controls, *names])])
    values = {name: _numbers(table[name]) for name in (outcome, *controls)}
    labels = {name: table[name].tolist() for name in names}
    faults = [
        *(fault for name in values for fault in _not_numbers(name, values[name], table.index)),
        *(fault for name in labels for fault in _not_names(name, labels[name], table.index)),
    ]
    refuse(faults or _empty(len(table)))
    periods, faults = _ascending(table[time])
    faults += _repeated(labels[unit], labels[time])
    faults += _too_small(len(set(labels[unit])), len(set(labels[time])))
    seasons = dict(zip(labels[time], labels[season], strict=True)) if season is not None else {}
    if season is not None:
        faults += _two_seasons(labels[time], labels[season])
    refuse(faults)
    return _panel(values, tuple(controls), labels[unit], labels[time], periods, seasons)


def _panel(
    values: dict[str, Floats],
    controls: tuple[str, ...],
    rows_unit: Sequence[Hashable],
    rows_period: Sequence[Hashable],
    periods: Sequence[Hashable],
    seasons: dict[Hashable, Hashable],
) -> Panel:
    """The panel of columns that are known to be usable."""
    units = tuple(dict.fromkeys(rows_unit))
    at = {name: i for i, name in enumerate(units)}
    when = {name: i for i, name in enumerate(periods)}
    unit = np.array([at[name] for name in rows_unit], dtype=np.intp)
    period = np.array([when[name] for name in rows_period], dtype=np.intp)
    order = np.lexsort((period, unit))
    outcome, *_ = values.values()
    columns = [values[name][order] for name in controls]
    kinds = list(dict.fromkeys(seasons[p] for p in periods)) if seasons else []
    return Panel(
        outcome=outcome[order],
        controls=np.column_stack(columns) if columns else np.empty((len(order), 0)),
        control_names=controls,
        unit=unit[order],
        period=period[order],
        units=units,
        periods=tuple(periods),
        seasons=tuple(kinds.index(seasons[p]) for p in periods) if seasons else (),
    )


def _pandas(frame: "pd.DataFrame | ArrowTable") -> "pd.DataFrame":
    """The frame as pandas has it.

    Raises:
        InputError: it is no frame.
    """
    import pandas as pd

    if isinstance(frame, pd.DataFrame):
        return frame
    if hasattr(frame, "__arrow_c_stream__"):
        require("pyarrow", where="frame")
        import pyarrow

        table: pd.DataFrame = pyarrow.table(frame).to_pandas()
        return table
    kind = type(frame).__name__
    raise InputError.of(
        Words(f"不是数据框，而是 {kind}", f"Not a data frame but {kind}"),
        Words(
            "请传入 pandas 数据框，或 Polars、pyarrow 的表",
            "Pass a pandas DataFrame, or a table of Polars or pyarrow",
        ),
        where="frame",
    )


def _unusable(frame: "pd.DataFrame", named: Sequence[str]) -> list[Fault]:
    """Columns asked for that are not there, or there more than once."""
    there = ", ".join(map(str, frame.columns))
    faults = []
    for name in dict.fromkeys(map(_hashable, named)):
        count = int((frame.columns == name).sum()) if name in frame.columns else 0
        if count == 1 and frame[name].ndim == 1:
            continue
        what = Words(f"没有这一列：“{name}”", f"No such column: “{name}”")
        do = Words(f"现有列：{there}", f"There are: {there}")
        if name is not None and name in frame.index.names:
            do = Words(
                "它在索引里，请先用 reset_index()", "It is in the index: reset_index() first"
            )
        if count > 1 or name in frame.columns:
            what = Words(f"有多列叫“{name}”", f"Several columns are called “{name}”")
            do = Words("请只保留一列", "Keep one of them")
        faults.append(Fault(what, do, where=str(name)))
    return faults


def _hashable(name: object) -> Hashable:
    """A name to look up, also where somebody passes a list."""
    return name if isinstance(name, Hashable) else str(name)


def _both(outcome: str, others: Sequence[str]) -> list[Fault]:
    """The outcome named as something else too: nothing would be left to search."""
    if outcome not in others:
        return []
    return [
        Fault(
            Words(
                "因变量同时又是控制变量、单元、时期或季节",
                "The outcome is also a control, the unit, the period or the season",
            ),
            Words("每列只作一种用途", "Use each column for one thing"),
            where=str(outcome),
        )
    ]


def _empty(rows: int) -> list[Fault]:
    if rows:
        return []
    what = Words("数据框是空的", "The frame has no rows")
    return [Fault(what, Words("请传入数据", "Pass some data"), where="frame")]


def _numbers(column: "pd.Series") -> Floats:
    """Numbers, and numbers written as text; NaN for everything else."""
    import pandas as pd

    # Booleans count as numeric; categories do not, whatever they hold.
    real = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_complex_dtype(column)
    if real:
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.array([_number(cell) for cell in column.tolist()], dtype=np.float64)


def _number(cell: object) -> float:
    try:
        return float(cell)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return np.nan


def _not_numbers(name: str, values: Floats, index: "pd.Index") -> list[Fault]:
    """Missing, infinite or no numbers; or numbers that cannot be squared."""
    bad = np.flatnonzero(~np.isfinite(values))
    if len(bad):
        return [
            Fault(
                Words(
                    f"有 {len(bad)} 个缺失、无穷或非数值",
                    f"{len(bad)} values are missing, infinite or not numbers",
                ),
                Words("请补齐或删去这些行", "Complete or drop these rows"),
                where=f"{name}, {_some(index[bad])}",
            )
        ]
    size = float(np.abs(values).max()) if len(values) else 0.0
    if not size or SMALLEST <= size <= LARGEST:
        return []
    return [
        Fault(
            Words(
                f"最大绝对值为 {size:.3g}，超出可计算范围",
                f"The largest absolute value is {size:.3g}: out of the range of computation",
            ),
            Words("请换一个计量单位", "Choose another unit"),
            where=name,
        )
    ]


def _some(places: Iterable[object]) -> str:
    """The first places, and dots where there are more."""
    shown = [str(place) for place in places]
    return ", ".join(shown[:MOST_PLACES]) + ("…" if len(shown) > MOST_PLACES else "")


def _not_names(name: str, cells: Sequence[object], index: "pd.Index") -> list[Fault]:
    """Cells that cannot name a unit, a period or a season."""
    bad = [row for row, cell in zip(index, cells, strict=True) if not _is_name(cell)]
    if not bad:
        return []
    return [
        Fault(
            Words(
                f"有 {len(bad)} 个单元格为空、无穷或不是名称",
                f"{len(bad)} cells are empty, infinite or no names",
            ),
            Words("请补齐或删去这些行", "Complete or drop these rows"),
            where=f"{name}, {_some(bad)}",
        )
    ]


def _is_name(cell: object) -> bool:
    """Whether a cell is a value that equals itself: not empty, not a list, not infinite."""
    if cell is None or not isinstance(cell, Hashable):
        return False
    try:
        return bool(cell == cell) and cell not in (np.inf, -np.inf)
    except TypeError:  # pandas' NA, and tuples that hold lists
        return False


def _ascending(column: "pd.Series") -> tuple[list[Hashable], list[Fault]]:
    """The periods in order: that of the categories where they have one, else their own."""
    import pandas as pd

    found = list(dict.fromkeys(column.tolist()))
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype) and kind.ordered:
        return [period for period in kind.categories.tolist() if period in set(found)], []
    try:
        periods = sorted(found)
    except TypeError:
        names = sorted({type(period).__name__ for period in found})
        what = Words(
            f"时期混用了不能比较先后的类型：{'、'.join(names)}",
            f"Periods of kinds that cannot be compared: {', '.join(names)}",
        )
        return found, [_in_time(column, what)]
    text = [period for period in periods if isinstance(period, str)]
    wrong = next((pair for pair in pairwise(text) if not _follows(*pair)), None)
    if wrong is None:
        return periods, []
    what = Words(
        f"从文字看不出时期的先后：“{wrong[0]}”“{wrong[1]}”",
        f"The order of periods cannot be told from text: “{wrong[0]}”, “{wrong[1]}”",
    )
    return found, [_in_time(column, what)]


def _in_time(column: "pd.Series", what: Words) -> Fault:
    return Fault(
        what,
        Words(
            "请用数字、日期，或 2021-05 这样补零的文字",
            "Use numbers, dates, or text with zeros in front like 2021-05",
        ),
        where=str(column.name),
    )


def _follows(before: str, after: str) -> bool:
    """Whether two texts in the order of their letters are in the order of their numbers too.

    The longest number, the year, must come first: 2021-05 and 2021Q2 will do, 05/2021 will not.
    """
    numbers = [[len(part) for part in _DIGITS.findall(text)] for text in (before, after)]
    if any(not sizes or sizes[0] < max(sizes) for sizes in numbers):
        return False
    first, second = ([int(part) for part in _DIGITS.findall(text)] for text in (before, after))
    return first < second


def _repeated(units: Sequence[Hashable], periods: Sequence[Hashable]) -> list[Fault]:
    seen: set[tuple[Hashable, Hashable]] = set()
    again = []
    for pair in zip(units, periods, strict=True):
        if pair in seen:
            again.append(f"{pair[0]} {pair[1]}")
        seen.add(pair)
    if not again:
        return []
    return [
        Fault(
            Words(
                f"同一单元同一时期有多行，多出 {len(again)} 行",
                f"Several rows for one unit and period: {len(again)} too many",
            ),
            Words("每个单元每个时期只留一行", "Keep one row for each unit and period"),
            where=_some(again),
        )
    ]


def _two_seasons(periods: Sequence[Hashable], seasons: Sequence[Hashable]) -> list[Fault]:
    of: dict[Hashable, Hashable] = {}
    torn = [p for p, s in zip(periods, seasons, strict=True) if of.setdefault(p, s) != s]
    if not torn:
        return []
    return [
        Fault(
            Words("同一时期有两个季节", "One period has two seasons"),
            Words("每个时期只能属于一个季节", "Give each period one season"),
            where=_some(dict.fromkeys(torn)),
        )
    ]


def _too_small(units: int, periods: int) -> list[Fault]:
    if units >= FEWEST_UNITS and periods >= FEWEST_PERIODS:
        return []
    return [
        Fault(
            Words(
                f"只有 {units} 个单元、{periods} 个时期", f"Only {units} units, {periods} periods"
            ),
            Words(
                f"至少需要 {FEWEST_UNITS} 个单元、{FEWEST_PERIODS} 个时期",
                f"At least {FEWEST_UNITS} units and {FEWEST_PERIODS} periods are needed",
            ),
        )
    ]
