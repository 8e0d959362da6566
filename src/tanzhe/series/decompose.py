"""Which products moved: contributions to the change between two sets of periods."""

import math
from collections.abc import Sequence

from tanzhe.errors import Fault, Words, refuse
from tanzhe.model import Driver, Part, Series
from tanzhe.periods import Month, period_days


def days_in(period: str, *, merged: bool) -> int:
    """Days of a period written YYYY, YYYY-MM or YYYY-MM-DD.

    Example:
        >>> days_in("2020-02", merged=True), days_in("2021", merged=False)
        (60, 365)
    """
    if len(period) == 4:
        return sum(period_days(Month(int(period), m), merged=False) for m in range(1, 13))
    return 1 if len(period) == 10 else period_days(Month.parse(period), merged=merged)


def common_basket(parts: Sequence[Part], positions: Sequence[int]) -> tuple[Part, ...]:
    """The parts published at every one of the positions: the basket of a comparison."""
    return tuple(p for p in parts if all(p.values[i] is not None for i in positions))


def _positions(series: Series, periods: Sequence[str], name: str) -> list[int]:
    where = {period: i for i, period in enumerate(series.periods)}
    missing = [period for period in periods if period not in where]
    faults = [
        Fault(
            what=Words(f"序列中没有 {period}", f"The series has no {period}"),
            where=name,
            do=Words("请改用序列中的时段", "Use periods of the series"),
        )
        for period in missing
    ]
    if not periods:
        faults.append(
            Fault(
                what=Words("比较窗口为空", "The window is empty"),
                where=name,
                do=Words("请至少给出一个时段", "Give at least one period"),
            )
        )
    refuse(faults)
    return [where[period] for period in periods]


def _daily_mean(part: Part, positions: Sequence[int], days: int) -> float:
    return math.fsum(part.values[i] or 0.0 for i in positions) / days


def drivers(series: Series, before: Sequence[str], after: Sequence[str]) -> tuple[Driver, ...]:
    """Each product's contribution to the change of the mean daily total, in percentage points.

    Args:
        series: a series with parts.
        before: periods of the first window, normally the same calendar months as `after`.
        after: periods of the second window.

    Returns:
        The products by size of their contribution. They add up to the change of the total of the
        products that are published in every period of both windows: a fixed basket, so that no
        product's start or end counts as a change. Empty when there are no such parts.

    Raises:
        InputError: periods that the series does not have; an empty window.

    Example:
        >>> one = Part(product="cement", values=(6.0, 3.0))
        >>> two = Part(product="crude_steel", values=(4.0, 5.0))
        >>> series = Series(region="X", sector="industry", unit="MtCO2", frequency="month",
        ...     periods=("2020-05", "2021-05"), values=(10.0, 8.0), source="", vintage="",
        ...     sha256="", parts=(one, two))
        >>> [(d.product, round(d.percentage_points, 6))
        ...     for d in drivers(series, ["2020-05"], ["2021-05"])]
        [('cement', -30.0), ('crude_steel', 10.0)]
    """
    first = _positions(series, before, "before")
    second = _positions(series, after, "after")
    basket = common_basket(series.parts, [*first, *second])
    days = [
        sum(days_in(series.periods[i], merged=series.merged) for i in window)
        for window in (first, second)
    ]
    old = [_daily_mean(part, first, days[0]) for part in basket]
    new = [_daily_mean(part, second, days[1]) for part in basket]
    total = math.fsum(old)
    if total == 0:
        return ()
    found = [
        Driver(product=part.product, percentage_points=100 * (b - a) / total)
        for part, a, b in zip(basket, old, new, strict=True)
    ]
    return tuple(sorted(found, key=lambda d: (-abs(d.percentage_points), d.product)))
