"""The span of a request: since and until as YYYY-MM, checked against what there is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tanzhe.errors import Fault, Words, refuse
from tanzhe.model import Series
from tanzhe.periods import Month

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def _malformed(name: str, text: str) -> Fault:
    return Fault(
        what=Words(f"“{text}”不是 YYYY-MM 形式的月份", f"“{text}” is not a month as YYYY-MM"),
        where=name,
        do=Words("请写成 2021-05 这样的形式", "Write it like 2021-05"),
    )


def chosen(
    periods: Sequence[str], since: str | None, until: str | None, *, merged: bool
) -> tuple[int, int]:
    """Positions of the periods from `since` to `until`.

    Args:
        periods: ascending, YYYY-MM-DD, YYYY-MM or YYYY.
        since: first month, YYYY-MM, or None for the first there is. With `merged`, January
            means the merged period YYYY-02.
        until: last month, or None for the last there is. With `merged`, a January ends the
            span with December before it, because February belongs to the same period.
        merged: whether January and February are one period.

    Returns:
        Start and end for slicing.

    Raises:
        InputError: malformed months, months outside the data, or nothing between them.

    Example:
        >>> chosen(("2020-12", "2021-02", "2021-03"), "2021-01", None, merged=True)
        (1, 3)
    """
    asked = (("since", since), ("until", until))
    refuse(_malformed(n, t) for n, t in asked if t is not None and not _MONTH.fullmatch(t))
    start, end = 0, len(periods)
    faults = [_outside(n, t, periods) for n, t in asked if t and not _inside(t, periods)]
    refuse(faults)
    if since:
        key = str(Month.parse(since).next()) if merged and since.endswith("-01") else since
        start = bisect_left(periods, key if len(periods[0]) != 4 else key[:4])
    if until:
        key = str(Month.parse(until).next(-1)) if merged and until.endswith("-01") else until
        # "~" sorts after every digit and hyphen, so all days of the month are inside.
        end = bisect_right(periods, key + "~" if len(periods[0]) != 4 else key[:4])
    if start >= end:
        refuse([_empty(since, until)])
    return start, end


def _inside(text: str, periods: Sequence[str]) -> bool:
    width = min(7, len(periods[0]))
    first, last = periods[0][:width], periods[-1][:width]
    if width == 7 and first.endswith("-02"):
        first = first[:5] + "01"
    return first <= text[:width] <= last


def _outside(name: str, text: str, periods: Sequence[str]) -> Fault:
    return Fault(
        what=Words(f"{text} 不在数据范围内", f"{text} is outside the data"),
        where=name,
        do=Words(
            f"数据从 {periods[0]} 到 {periods[-1]}",
            f"The data go from {periods[0]} to {periods[-1]}",
        ),
    )


def _empty(since: str | None, until: str | None) -> Fault:
    return Fault(
        what=Words(
            f"{since or '开头'} 到 {until or '结尾'} 之间没有数据",
            f"Nothing between {since or 'the start'} and {until or 'the end'}",
        ),
        where="since, until",
        do=Words("请让 since 早于 until", "Put since before until"),
    )


def cut(series: Series, since: str | None, until: str | None) -> Series:
    """The series, its parts, peers and reference from `since` to `until`.

    Raises:
        InputError: as `chosen`.
    """
    if since is None and until is None:
        return series
    start, end = chosen(series.periods, since, until, merged=series.merged)
    return _sliced(series, series.periods[start], series.periods[end - 1])


def _sliced(series: Series, first: str, last: str) -> Series:
    """The periods `first` to `last` of a series, whichever of them it has."""
    start, end = bisect_left(series.periods, first), bisect_right(series.periods, last)
    reference = series.reference
    return series.model_copy(
        update={
            "periods": series.periods[start:end],
            "values": series.values[start:end],
            "parts": tuple(
                p.model_copy(update={"values": p.values[start:end]}) for p in series.parts
            ),
            "peers": tuple(_sliced(peer, first, last) for peer in series.peers),
            "reference": _sliced(reference, first, last) if reference else None,
        }
    )
