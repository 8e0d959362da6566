"""The span of a request: since and until as YYYY-MM, checked against what there is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.model import Series
from tanzhe.notes import note_of
from tanzhe.periods import Month

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


AS_OF = note_of("as_of")


def _malformed(name: str, text: str) -> Fault:
    return fault_of("series.span.malformed", text=text, where=name)


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
        Words(f"{text} 不在数据范围内", f"{text} is outside the data"),
        Words(
            f"数据从 {periods[0]} 到 {periods[-1]}",
            f"The data go from {periods[0]} to {periods[-1]}",
        ),
        where=name,
    )


def _empty(since: str | None, until: str | None) -> Fault:
    return Fault(
        Words(
            f"{since or '开头'} 到 {until or '结尾'} 之间没有数据",
            f"Nothing between {since or 'the start'} and {until or 'the end'}",
        ),
        Words("请让 since 早于 until", "Put since before until"),
        where="since, until",
    )


def as_known(series: Series, month: str | None) -> Series:
    """The series as it would have been asked about at the end of a month.

    Args:
        series: with parts, peers and reference, which are cut as it is.
        month: YYYY-MM, the last month whose figures are used; a year counts when it is over, a
            merged January-February when February is. None: the series as it is.

    Raises:
        InputError: a malformed month, or nothing until then.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> as_known(nbs_series("CN-YN", "cement"), "2022-01").periods[-1]
        '2021-12'
    """
    if month is None:
        return series
    last = last_known(series.periods, month)
    known = sliced(series, series.periods[0], last)
    later = last == series.periods[-1] and _ends(last) < month
    said = note_of("as_of_later", last=_ends(last), month=month) if later else AS_OF
    return known.model_copy(update={"as_of": month, "notes": (*series.notes, said)})


def last_known(periods: Sequence[str], month: str) -> str:
    """The last of some periods that is over at the end of a month.

    Raises:
        InputError: a malformed month, or none is.
    """
    refuse([_malformed("as-of", month)] if not _MONTH.fullmatch(month) else ())
    over = [period for period in periods if _ends(period) <= month]
    if not over:
        refuse([fault_of("series.span.nothing_yet", month=month, first=periods[0], where="as-of")])
    return over[-1]


def _ends(period: str) -> str:
    """The month in which a period ends; of a merged January-February it is February."""
    return f"{period}-12" if len(period) == 4 else period[:7]


def cut(series: Series, since: str | None, until: str | None) -> Series:
    """The series, its parts, peers and reference from `since` to `until`.

    Raises:
        InputError: as `chosen`.
    """
    if since is None and until is None:
        return series
    start, end = chosen(series.periods, since, until, merged=series.merged)
    return sliced(series, series.periods[start], series.periods[end - 1])


def sliced(series: Series, first: str, last: str) -> Series:
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
            "peers": tuple(sliced(peer, first, last) for peer in series.peers),
            "companions": tuple(sliced(one, first, last) for one in series.companions),
            "reference": sliced(reference, first, last) if reference else None,
        }
    )
