"""A data frame becomes a panel of arrays, or is refused with every reason."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tanzhe.errors import Fault, Words, refuse
from tanzhe.turning.treesearch import Floats, Integers

if TYPE_CHECKING:
    import pandas as pd

FEWEST_UNITS = 2
FEWEST_PERIODS = 3
# Squares of larger numbers, and of the smallest spread of smaller ones, leave double precision.
LARGEST, SMALLEST = 1e100, 1e-100


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
    frame: "pd.DataFrame",
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
    named = [outcome, *controls, unit, time, *([season] if season else [])]
    refuse(_unknown(frame, named))
    refuse(_not_numeric(frame, [outcome, *controls]))
    refuse(_out_of_range(frame, [outcome, *controls]))
    refuse(_repeated(frame, unit, time))
    units = tuple(dict.fromkeys(frame[unit].tolist()))
    periods = tuple(sorted(set(frame[time].tolist())))
    at = {name: i for i, name in enumerate(units)}
    when = {name: i for i, name in enumerate(periods)}
    rows_unit = np.array([at[name] for name in frame[unit]], dtype=np.intp)
    rows_period = np.array([when[name] for name in frame[time]], dtype=np.intp)
    refuse(_too_small(len(units), len(periods)))
    order = np.lexsort((rows_period, rows_unit))
    values = frame[[outcome, *controls]].to_numpy(dtype=np.float64)[order]
    return Panel(
        outcome=values[:, 0],
        controls=values[:, 1:],
        control_names=tuple(controls),
        unit=rows_unit[order],
        period=rows_period[order],
        units=units,
        periods=periods,
        seasons=_seasons(frame, time, season, periods) if season else (),
    )


def _seasons(
    frame: "pd.DataFrame", time: str, season: str, periods: Sequence[Hashable]
) -> tuple[int, ...]:
    """The season of each period, numbered in the order of first appearance.

    Raises:
        InputError: a period with two seasons.
    """
    pairs = frame[[time, season]].drop_duplicates()
    refuse(
        Fault(
            what=Words("同一时期有两个季节", "One period has two seasons"),
            where=str(period),
            do=Words("每个时期只能属于一个季节", "Give each period one season"),
        )
        for period in pairs[time][pairs[time].duplicated()].tolist()
    )
    of = dict(zip(pairs[time].tolist(), pairs[season].tolist(), strict=True))
    names = list(dict.fromkeys(of[period] for period in periods))
    return tuple(names.index(of[period]) for period in periods)


def _unknown(frame: "pd.DataFrame", named: Sequence[str]) -> list[Fault]:
    there = ", ".join(map(str, frame.columns))
    return [
        Fault(
            what=Words(f"没有这一列：“{name}”", f"No such column: “{name}”"),
            do=Words(f"现有列：{there}", f"There are: {there}"),
        )
        for name in named
        if name not in frame.columns
    ]


def _not_numeric(frame: "pd.DataFrame", names: Sequence[str]) -> list[Fault]:
    out = []
    for name in names:
        column = frame[name]
        try:
            finite = np.isfinite(column.to_numpy(dtype=np.float64))
        except (TypeError, ValueError):
            finite = np.zeros(len(column), dtype=bool)
        if not finite.all() or not len(column):
            first = frame.index[int(np.argmin(finite))] if len(column) else ""
            out.append(
                Fault(
                    what=Words(
                        f"有 {int((~finite).sum())} 个缺失或非数值",
                        f"{int((~finite).sum())} values are missing or not numbers",
                    ),
                    where=f"{name}, {first}",
                    do=Words("请补齐或删去这些行", "Complete or drop these rows"),
                )
            )
    return out


def _out_of_range(frame: "pd.DataFrame", names: Sequence[str]) -> list[Fault]:
    sizes = {name: float(np.abs(frame[name].to_numpy(dtype=np.float64)).max()) for name in names}
    return [
        Fault(
            what=Words(
                f"最大绝对值为 {size:.3g}，超出可计算范围",
                f"The largest absolute value is {size:.3g}: out of the range of computation",
            ),
            where=name,
            do=Words("请换一个计量单位", "Choose another unit"),
        )
        for name, size in sizes.items()
        if size and not SMALLEST <= size <= LARGEST
    ]


def _repeated(frame: "pd.DataFrame", unit: str, time: str) -> list[Fault]:
    again = frame.duplicated([unit, time])
    if not again.any():
        return []
    first = frame[again].iloc[0]
    return [
        Fault(
            what=Words("同一单元同一时期有多行", "Several rows for one unit and period"),
            where=f"{first[unit]}, {first[time]}",
            do=Words("每个单元每个时期只留一行", "Keep one row for each unit and period"),
        )
    ]


def _too_small(units: int, periods: int) -> list[Fault]:
    if units >= FEWEST_UNITS and periods >= FEWEST_PERIODS:
        return []
    return [
        Fault(
            what=Words(
                f"只有 {units} 个单元、{periods} 个时期", f"Only {units} units, {periods} periods"
            ),
            do=Words(
                f"至少需要 {FEWEST_UNITS} 个单元、{FEWEST_PERIODS} 个时期",
                f"At least {FEWEST_UNITS} units and {FEWEST_PERIODS} periods are needed",
            ),
        )
    ]
