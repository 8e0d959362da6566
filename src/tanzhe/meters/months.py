"""Settled months: kept beside the readings, each with the key of what it was made from."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Words
from tanzhe.kept import code
from tanzhe.meters.balance import balance_findings
from tanzhe.meters.clock import (
    instant,
    month_begin,
    month_name,
    month_number,
    month_numbers,
    said_time,
)
from tanzhe.meters.findings import KINDS, Finding, finding
from tanzhe.meters.rows import CHANNELS, STILL_COUNTS, WHYS
from tanzhe.meters.settling import CONTEXT, MeterMonth, Readings, settle_meter
from tanzhe.meters.store import (
    Correction,
    Part,
    Remark,
    Store,
    digest,
    manifest_key,
    remarks,
    write_table,
)
from tanzhe.meters.tree import Tree
from tanzhe.model.base import Progress, silent

Whole = NDArray[np.int64]


class Row(NamedTuple):
    """Where a reading stood."""

    file: str
    line: int


class _Month:
    """A month's readings with the days around, by meter and channel."""

    def __init__(self, parts: Sequence[Part], window: tuple[int, int]) -> None:
        self._parts = parts
        self._window = (window[0] - CONTEXT, window[1] + CONTEXT)
        self._places = [{name: at for at, name in enumerate(part.names)} for part in self._parts]
        self._starts = [
            np.searchsorted(part.rows.meter, np.arange(len(part.names) + 1)) for part in self._parts
        ]

    def readings(self, meter: str) -> dict[int, Readings]:
        """All figures of a meter."""
        held: dict[int, list[tuple[Whole, Whole]]] = {}
        for part, places, starts in zip(self._parts, self._places, self._starts, strict=True):
            if (at := places.get(meter)) is None:
                continue
            rows = part.rows.taken(slice(int(starts[at]), int(starts[at + 1])))
            channels = np.unique(rows.channel)
            for channel in channels:
                own = rows if len(channels) == 1 else rows.taken(rows.channel == channel)
                first, last = np.searchsorted(own.time, self._window)
                cut = slice(int(first), int(last))
                pair = (own.time[cut].astype(np.int64), own.value[cut])
                held.setdefault(int(channel), []).append(pair)
        return {
            channel: Readings._make(np.concatenate(one) for one in zip(*pairs, strict=True))
            for channel, pairs in held.items()
        }

    def row(self, sources: dict[str, str], meter: str, channel: int, time: int) -> Row | None:
        """Where a reading stood, or the next one where there was none."""
        for part, places, starts in zip(self._parts, self._places, self._starts, strict=True):
            if (at := places.get(meter)) is None:
                continue
            first, last = int(starts[at]), int(starts[at + 1])
            rows = part.rows
            later = rows.time[first:last] >= time
            own = np.flatnonzero(later & (rows.channel[first:last] == channel))
            own = own if len(own) else np.flatnonzero(later)
            if len(own):
                place = first + int(own[0])
                source = part.sources[int(part.source[place])]
                return Row(sources.get(source, source), int(part.rows.line[place]))
        return None


def settle(store: Store, months: Iterable[str], progress: Progress = silent) -> None:
    """Make settled months anew where what they rest on has changed; late data touch neighbours.

    Args:
        store: of the park.
        months: e.g. `2025-03`.
        progress: told of each month.
    """
    wanted = sorted(set(months) & set(store.manifest.months))
    stale = [name for name in wanted if not _fresh(store, name)]
    if not stale:
        return
    with store.locked():
        settled = dict(store.manifest.settled)
        kept = _remarks(store)
        for number, name in enumerate(stale):
            progress(Words(f"结算 {name}", f"settling {name}"), number, len(stale))
            settled[name] = _settled(store, name, kept.get(name, []))
        store.commit(store.manifest.model_copy(update={"settled": settled}))


def _key(store: Store, name: str) -> str:
    at = month_number(name)
    around = (store.manifest.months.get(month_name(at + by), "") for by in (-1, 0, 1))
    remarked = (one.remarks for one in store.manifest.sources)
    return digest(
        code(__name__), manifest_key(store.manifest), *around, *remarked, str(_newest(store))
    )


def _newest(store: Store) -> int:
    return max((one.last or 0 for one in store.manifest.sources), default=0)


def has_begun(store: Store, name: str) -> bool:
    """Whether there are readings after the first instant of a month, which is the last's edge."""
    return month_begin(month_number(name)) < _newest(store)


def _fresh(store: Store, name: str) -> bool:
    return store.manifest.settled.get(name, {}).get("key") == _key(store, name)


def _remarks(store: Store) -> dict[str, list[Remark]]:
    """Rows worth a word by month; those of no month known stand in the month they name."""
    found: dict[str, list[Remark]] = {}
    for one in remarks(store):
        if one.why == "future":
            one = _redated(one, store.manifest.months)
        name = month_name(int(month_numbers(np.array([one.time]))[0]))
        found.setdefault(name, []).append(one)
    return found


def _redated(one: Remark, months: Iterable[str]) -> Remark:
    """A row of the future in the year of the others: a mistyped year keeps month, day and hour."""
    told = said_time(one.time)
    years = [name[:4] for name in sorted(months) if name[5:] == told[5:7]]
    time = instant(f"{years[-1]}{told[4:]}") if years else None
    return one if time is None else one._replace(time=time, text=told)


def _settled(store: Store, name: str, kept: Sequence[Remark]) -> dict[str, str]:
    number = month_number(name)
    window = (month_begin(number), month_begin(number + 1))
    parts = [store.part(number + by) for by in (-1, 0, 1)]
    month = _Month(parts, window)
    tree, newest = store.tree, _newest(store)
    sources = {one.id: one.name for one in store.manifest.sources}
    whose: dict[str, list[Correction]] = {}
    for row in store.manifest.corrections:
        whose.setdefault(row.meter, []).append(row)
    made: list[MeterMonth] = []
    found: list[Finding] = []
    for meter in _expected(tree, parts[1].names, window):
        readings = month.readings(meter)
        away = {
            channel: np.array(
                [r.time for r in kept if r.meter == meter and r.channel == CHANNELS[channel]
                 and WHYS.index(r.why) not in STILL_COUNTS], np.int64)
            for channel in readings
        }  # fmt: skip
        one = settle_meter(tree.of(meter), readings, away, whose.get(meter, ()), window, newest)
        made.append(one)
        found += [_placed(row, month, sources) for row in one.findings]
    found += _of_remarks(kept)
    found += [_placed(row, month, sources) for row in balance_findings(tree, made, window)]
    found.sort(key=lambda one: (one.meter, one.begin, one.kind))
    return {"key": _key(store, name), **_written(store, name, made, found)}


def _expected(tree: Tree, read: Sequence[str], window: tuple[int, int]) -> list[str]:
    """Meters of a month: those with readings, and those without that count beside them.

    A firm's amount without one of its meters would be told as the whole.
    """
    carriers = {tree.of(name)[-1].carrier for name in read}
    silent_ones = (
        one.meter
        for one in tree.meters
        if one.carrier in carriers
        and one.begins < window[1]
        and (one.ends or window[1]) > window[0]
    )
    return sorted({*read, *silent_ones})


def _placed(row: Finding, month: _Month, sources: dict[str, str]) -> Finding:
    """A finding with the row of the file that its first reading stood in."""
    place = month.row(sources, row.meter, CHANNELS.index(row.channel), row.begin)
    if place is None:
        return row
    return row.model_copy(update={"file": place.file, "line": place.line})


def _of_remarks(kept: Iterable[Remark]) -> list[Finding]:
    """A finding for each row; one that holds several figures is told once."""
    first: dict[tuple[str, int, str], int] = {}
    for one in kept:
        place, channel = (one.file, one.line, one.why), CHANNELS.index(one.channel)
        first[place] = min(channel, first.get(place, channel))
    return [
        _of_remark(one)
        for one in kept
        if CHANNELS.index(one.channel) == first[one.file, one.line, one.why]
    ]


def remarks_elsewhere(store: Store) -> list[Finding]:
    """Rows worth a word in months of which there are no readings."""
    kept = _remarks(store)
    return [
        one
        for name in sorted(set(kept) - set(store.manifest.months))
        for one in _of_remarks(kept[name])
    ]


def _of_remark(one: Remark) -> Finding:
    kind = one.why
    text = one.text if kind != "ok" else ""
    found = finding(kind, one.meter, one.time, told=Words(text, text), channel=one.channel)
    assert kind in KINDS
    return found.model_copy(update={"file": one.file, "line": one.line})


def _written(
    store: Store, name: str, made: Sequence[MeterMonth], found: Sequence[Finding]
) -> dict[str, str]:
    import pyarrow as pa

    year, month = name.split("-")
    folder = f"settled/year={year}/month={month}"
    names = [one.meter for one in made]
    sizes = [len(one.stretches.begin) for one in made]
    codes = np.repeat(np.arange(len(made), dtype=np.int32), sizes)
    none = np.empty(0, np.int64)

    def column(field: str) -> NDArray[np.int64]:
        parts = [getattr(one.stretches, field) for one in made]
        return np.concatenate(parts).astype(np.int64) if parts else none

    stretches = pa.table(
        {
            "meter": pa.DictionaryArray.from_arrays(codes, names),
            "begin": pa.array(column("begin")), "end": pa.array(column("end")),
            "energy": pa.array(column("energy")), "known": pa.array(column("known")),
        }
    )  # fmt: skip
    rows = [(one.meter, False, one.total) for one in made]
    rows += [(one.meter, True, one.reverse) for one in made if one.reverse is not None]
    totals = pa.table(
        {
            "meter": pa.array([meter for meter, _, _ in rows]).dictionary_encode(),
            "reverse": pa.array([int(back) for _, back, _ in rows], pa.int64()),
            "energy": pa.array([t.energy for _, _, t in rows], pa.int64()),
            "covered": pa.array([t.covered for _, _, t in rows], pa.int64()),
            "seconds": pa.array([t.seconds for _, _, t in rows], pa.int64()),
            "text": pa.array([t.basis for _, _, t in rows]),
        }
    )
    told = pa.table({"text": pa.array([one.model_dump_json() for one in found], pa.string())})
    return {
        "stretches": write_table(store, folder, stretches),
        "totals": write_table(store, folder, totals),
        "findings": write_table(store, folder, told),
    }


def findings_of(store: Store, months: Iterable[str]) -> list[Finding]:
    """What was found in settled months, by meter and time."""
    import pyarrow.parquet as pq

    found: list[Finding] = []
    for name in sorted(months):
        file = store.manifest.settled.get(name, {}).get("findings")
        if file:
            table = pq.read_table(store.path(file), partitioning=None)
            found += [Finding.model_validate_json(t) for t in table.column("text").to_pylist()]
    return found
