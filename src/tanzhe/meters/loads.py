"""The load of each meter over its hours: base at night and on days of rest, peak, weeks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.meters.balance import HOUR, hourly
from tanzhe.meters.clock import BEIJING, DAY, month_begin, month_number
from tanzhe.meters.rows import MICRO
from tanzhe.meters.settling import Stretch
from tanzhe.meters.store import Store
from tanzhe.periods import is_rest_day, spring_festivals

Floats = NDArray[np.float64]
Truth = NDArray[np.bool_]

HOURS_A_DAY, DAYS_A_WEEK = 24, 7
NIGHT_ENDS, WORK_BEGINS, WORK_ENDS = 6, 8, 18  # hours of the day, Beijing
# Weeks so near to Spring Festival tell nothing of a meter's level.
_AROUND = 14
FEWEST_HOURS = 14 * HOURS_A_DAY


class Load(NamedTuple):
    """What the hours of a meter say; loads are mean kW (or unit an hour).

    Attributes:
        meter: its name.
        hours: how many of its hours are known.
        mean: over all hours.
        peak: of the busiest hour.
        night: at night, 0 to 6 o'clock.
        work: 8 to 18 o'clock of working days.
        rest: at the same hours of weekends and holidays, or None where there was none.
        night_hours: how many of them.
        rest_hours: likewise.
        weeks: first day of each week, a Monday.
        weekly: mean load of each week; NaN where under six days are known, near Spring Festival,
            and where a holiday or a make-up workday changes its days of rest.
    """

    meter: str
    hours: int
    mean: float
    peak: float
    night: float
    work: float
    rest: float | None
    night_hours: int
    rest_hours: int
    weeks: tuple[date, ...]
    weekly: Floats


def loads(store: Store, months: Sequence[str], carrier: str = "electricity") -> Iterator[Load]:
    """The load of each meter that reads hours or less, over settled months.

    Args:
        store: of the park.
        months: settled ones.
        carrier: of the meters.

    Returns:
        Meters with at least two weeks of known hours, by name.
    """
    names = [n for n in store.tree.names if store.tree.of(n)[-1].carrier == carrier]
    begins: list[NDArray[np.int64]] = []
    held: dict[str, list[tuple[NDArray[np.int64], Truth]]] = {name: [] for name in names}
    for month in sorted(months):
        number = month_number(month)
        window = (month_begin(number), month_begin(number + 1))
        count = (window[1] - window[0]) // HOUR
        begins.append(window[0] + HOUR * np.arange(count, dtype=np.int64))
        found = dict(_month(store, month))
        size = len(begins[-1])
        none = np.zeros(size, np.int64), np.zeros(size, bool)
        for name in names:
            held[name].append(hourly(found[name], window) if name in found else none)
    if not begins:
        return
    times = np.concatenate(begins)
    for name in names:
        energy = np.concatenate([one for one, _ in held[name]]) / MICRO
        sure = np.concatenate([one for _, one in held[name]])
        if sure.sum() >= FEWEST_HOURS and energy[sure].max() > 0:
            yield _load(name, times, energy, sure)


def _month(store: Store, month: str) -> Iterator[tuple[str, Stretch]]:
    """The stretches of each meter of a month, which is read once."""
    import pyarrow.parquet as pq

    file = store.manifest.settled.get(month, {}).get("stretches")
    if not file:
        return
    table = pq.read_table(store.path(file), partitioning=None).combine_chunks()
    meters = table.column("meter").combine_chunks()
    codes = meters.indices.to_numpy()
    columns = [table.column(name).to_numpy() for name in ("begin", "end", "energy")]
    known = table.column("known").to_numpy().astype(bool)
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(len(meters.dictionary) + 1))
    for code, name in enumerate(meters.dictionary.to_pylist()):
        own = order[edges[code] : edges[code + 1]]
        yield name, Stretch(columns[0][own], columns[1][own], columns[2][own], known[own])


def _load(name: str, times: NDArray[np.int64], energy: Floats, sure: Truth) -> Load:
    local = times + BEIJING
    hour = (local % DAY) // HOUR
    days = [date(1970, 1, 1) + timedelta(days=int(one)) for one in np.unique(local // DAY)]
    resting = dict(zip(np.unique(local // DAY), map(is_rest_day, days), strict=True))
    rest = np.array([resting[one] for one in local // DAY])
    night = sure & (hour < NIGHT_ENDS)
    daytime = sure & (hour >= WORK_BEGINS) & (hour < WORK_ENDS)
    work, idle = daytime & ~rest, daytime & rest
    weeks, weekly = _weeks(local, energy, sure)
    return Load(
        meter=name,
        hours=int(sure.sum()),
        mean=float(energy[sure].mean()),
        peak=float(energy[sure].max()),
        night=_mean(energy, night),
        work=_mean(energy, work),
        rest=_mean(energy, idle) if idle.any() else None,
        night_hours=int(night.sum()),
        rest_hours=int(idle.sum()),
        weeks=weeks,
        weekly=weekly,
    )


def _mean(energy: Floats, chosen: Truth) -> float:
    return float(energy[chosen].mean()) if chosen.any() else 0.0


def _weeks(
    local: NDArray[np.int64], energy: Floats, sure: Truth
) -> tuple[tuple[date, ...], Floats]:
    """Weeks from Monday to Sunday and their mean loads."""
    week = (local // DAY + 3) // DAYS_A_WEEK  # 1970-01-01 was a Thursday
    first, last = int(week[0]), int(week[-1])
    found = np.full(last - first + 1, np.nan)
    days = []
    for at, number in enumerate(range(first, last + 1)):
        monday = date(1970, 1, 1) + timedelta(days=number * DAYS_A_WEEK - 3)
        days.append(monday)
        own = sure & (week == number)
        if own.sum() >= 6 * HOURS_A_DAY and _is_usual(monday):
            found[at] = energy[own].mean()
    return tuple(days), found


def _is_usual(monday: date) -> bool:
    """Whether a week has five days of work and two of rest, and is not near Spring Festival."""
    if any(-DAYS_A_WEEK <= (monday - one).days <= _AROUND for one in spring_festivals()):
        return False
    days = (monday + timedelta(days=at) for at in range(DAYS_A_WEEK))
    return all(is_rest_day(day) == (day.weekday() >= DAYS_A_WEEK - 2) for day in days)
