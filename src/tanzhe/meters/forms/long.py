"""Long tables, a reading a row: columns become rows of figures; Parquet; sheets of workbooks."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, Words, refuse
from tanzhe.meters.clock import BEIJING, instant, said_time
from tanzhe.meters.forms.headings import GOOD, Long, unit_factor
from tanzhe.meters.rows import INTERVAL, POWER, WHY, Batch, Row, Rows, batch_of, micro, micros
from tanzhe.meters.words import is_total, totals_left
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

# A time of day by itself, or at the end of a moment: 24:00, or 24 in a column of hours.
_MIDNIGHT = re.compile(r"(?<!\d)24[:：]00|^24[时点]?$")
_FIRST = re.compile(r"(?<!\d)0?0[:：]00(?!:0?[1-9])|^0?0[时点]?$")
SHOWN = 20  # faults of one kind that are listed; the rest is counted


def read_long_parquet(path: Path, columns: Long, meter: str) -> Iterator[Batch]:
    """The rows of a Parquet file, a group of rows at a time."""
    import pyarrow.parquet as pq

    line = 2  # as a sheet with one row of titles would count
    with pq.ParquetFile(path) as file:
        for piece in file.iter_batches(batch_size=2_000_000):
            import pyarrow as pa

            table = pa.Table.from_batches([piece])
            lines = np.arange(line, line + len(piece), dtype=np.int32)
            line += len(piece)
            if len(lines):
                yield batch_of_table(table, lines, columns, meter, path.name)


def batch_of_table(
    table: Any,
    lines: NDArray[np.int32],
    columns: Long,
    meter: str,
    name: str,
    words: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> Batch:
    """A table as rows; figures of several columns stand one behind the other."""
    by_place = _by_place(table, columns)
    totals = _totals(by_place, columns, len(lines))
    times, clocks = _times(by_place[columns.time], lines, columns, name, totals)
    ends = _are_ends(columns, clocks)
    if columns.meter >= 0:
        codes, names = _words(by_place[columns.meter])
    else:
        codes, names = np.zeros(len(lines), np.int32), [meter]
    bad = _flagged(by_place, columns, len(lines))
    parts: list[Rows] = []
    texts: dict[int, str] = {}
    for number, (at, channel, unit) in enumerate(columns.values):
        value, why, told = _figures(by_place[at])
        for (place, row), word in words.items():
            if place == at:
                number_of = micro(word)
                why[row] = WHY["text"] if number_of is None else 0
                value[row] = number_of or 0
                told |= {row: word} if number_of is None else {}
        value = _in_unit(value, by_place, columns, lines, name, unit)
        why = np.where((why == 0) & bad, np.int8(WHY["flagged"]), why)
        many = len(columns.values) > 1
        when = _begins(times, totals) if ends and channel in (INTERVAL, POWER) else times
        parts.append(Rows(codes, np.full(len(lines), channel, np.int8), when, value, why, lines))
        texts |= {at + number * len(lines): text for at, text in told.items()}
        if many and not (why != WHY["empty"]).any():
            parts.pop()  # a column of rates that is empty says nothing
    rows = Rows._make(np.concatenate(one) for one in zip(*parts, strict=True))
    units = _said(by_place, columns.unit, codes, names) or _of_headings(columns, names)
    multipliers = _said(by_place, columns.multiplier, codes, names)
    batch = Batch(names, rows, texts, _told(columns, ends), units, multipliers).on(columns.side)
    return without_totals(batch, np.tile(totals, len(parts)))


def _of_headings(columns: Long, names: Sequence[str]) -> dict[str, frozenset[str]]:
    """The units of headings, which hold for every meter."""
    said = frozenset(unit for _, _, unit in columns.values if unit)
    return dict.fromkeys(names, said) if said else {}


def _said(
    columns: dict[int, Any], at: int, codes: NDArray[np.int32], names: Sequence[str]
) -> dict[str, frozenset[str]]:
    """What a column says beside each meter."""
    if at < 0:
        return {}
    whose, words = _words(columns[at])
    pairs = np.unique(np.stack((codes, whose)), axis=1).T.tolist() if len(codes) else []
    return {
        name: frozenset(words[one] for meter, one in pairs if meter == place and words[one])
        for place, name in enumerate(names)
    }


def _totals(columns: dict[int, Any], held: Long, count: int) -> NDArray[np.bool_]:
    """Rows that add up others, by what stands where their meter or their time should."""
    import pyarrow as pa

    found = np.zeros(count, bool)
    for at in (held.meter, held.time):
        if at < 0 or pa.types.is_timestamp(columns[at].type):
            continue
        codes, words = _words(columns[at])
        found |= np.array([is_total(one) for one in words] or [False], bool)[codes]
    return found


def without_totals(batch: Batch, totals: NDArray[np.bool_]) -> Batch:
    """A batch without the rows that add up others, which are told."""
    if not totals.any():
        return batch
    lines = np.unique(batch.rows.line[totals])[:SHOWN]
    place = np.cumsum(~totals) - 1
    return batch._replace(
        rows=batch.rows.taken(~totals),
        texts={int(place[at]): text for at, text in batch.texts.items() if not totals[at]},
        told=(*batch.told, totals_left(lines)),
    )


def _by_place(table: Any, columns: Long) -> dict[int, Any]:
    """Columns of a table by their place in the file."""
    names = table.column_names
    if names and all(one.isdigit() for one in names):
        return {int(one): table.column(one) for one in names}
    wanted = [columns.time, columns.meter, columns.quality, columns.unit, columns.multiplier]
    wanted += [at for at, _, _ in columns.values]
    return {at: table.column(at) for at in wanted if at >= 0}


def _told(columns: Long, ends: bool) -> tuple[Words, ...]:
    """What was decided of figures of intervals; of readings there is nothing to decide."""
    if not _of_intervals(columns):
        return ()
    zh, en, other = ("末", "ends", "begin") if ends else ("起", "begins", "end")
    side = Words("已乘", "after") if columns.side == "primary" else Words("未乘", "before")
    return (
        Words(
            f"时间是区间{zh}（否则加 --slots {other}），数值按{side.zh}倍率计",
            f"times are {en} of intervals (else --slots {other}), figures {side.en} the multiplier",
        ),
    )


def _of_intervals(columns: Long) -> bool:
    return any(channel in (INTERVAL, POWER) for _, channel, _ in columns.values)


def _are_ends(columns: Long, clocks: Sequence[str]) -> bool:
    """Whether times of intervals are their ends: said, or 24:00 stands there and 00:00 does not."""
    if columns.end or columns.begin or not _of_intervals(columns):
        return columns.end
    last = any(_MIDNIGHT.search(one) for one in clocks)
    return last and not any(_FIRST.search(one) for one in clocks)


def _words(column: Any) -> tuple[NDArray[np.int32], list[str]]:
    import pyarrow as pa

    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = array.unify_dictionaries().combine_chunks()
    if not isinstance(array, pa.DictionaryArray):
        array = array.cast(pa.string()).dictionary_encode()
    names = ["" if one is None else str(one) for one in array.dictionary.to_pylist()]
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    if (codes < 0).any():
        codes[codes < 0] = len(names)
        names.append("")
    return codes, names


def _times(
    column: Any,
    lines: NDArray[np.int32],
    columns: Long,
    name: str,
    totals: NDArray[np.bool_],
) -> tuple[NDArray[np.uint32], Sequence[str]]:
    """Instants of a column and how they are written, where that is text.

    Refused where one is no moment; rows that add up others need none.
    """
    import pyarrow as pa

    texts: list[str] = []

    if pa.types.is_timestamp(column.type):
        zoned = column.type.tz is not None
        held = column.cast(pa.timestamp("s", column.type.tz), safe=False).cast(pa.int64())
        seconds = held.fill_null(0).to_numpy().astype(np.int64)
        known = seconds != 0
        seconds = seconds if zoned or columns.utc else seconds - BEIJING
    else:
        codes, texts = _words(column)
        found = [instant(text, utc=columns.utc) for text in texts]
        table = np.array([one or 0 for one in found], np.int64)
        seconds, known = table[codes], table[codes] != 0
    known |= totals
    if not known.all():
        refuse(_no_moments(np.flatnonzero(~known), lines, name))
    return seconds.astype(np.uint32), texts


def _begins(ends: NDArray[np.uint32], totals: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """The begins of intervals that end then: the shortest time between two of them before."""
    steps = np.diff(np.unique(ends[~totals]))
    begins: NDArray[np.uint32] = ends - (steps.min() if len(steps) else 0)
    return begins


def _no_moments(at: NDArray[np.int64], lines: NDArray[np.int32], name: str) -> Iterator[Fault]:
    for line in lines[at[:SHOWN]]:
        yield Fault(
            what=Words("时间读不出", "The time is no moment"),
            where=f"{name} 第 {line} 行 row {line}, 时间 time",
            do=Words("请写成 2025-03-01 00:15", "Write it as 2025-03-01 00:15"),
        )
    if len(at) > SHOWN:
        rest = len(at) - SHOWN
        what = Words(f"另有 {rest} 行的时间读不出", f"{rest} more times are no moments")
        yield Fault(what=what, where=name, do=Words("请一并改正", "Mend them too"))


def _figures(column: Any) -> tuple[NDArray[np.int64], NDArray[np.int8], dict[int, str]]:
    """Values in millionths, why a row has none, and what stood there instead."""
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return _of_texts(column.to_pylist())
    if pa.types.is_decimal(column.type):
        return _of_texts(column.cast(pa.string()).to_pylist())
    numbers = column.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False)
    empty = ~np.isfinite(numbers)
    why = np.where(empty, np.int8(WHY["empty"]), np.int8(0)).astype(np.int8)
    return micros(np.where(empty, 0.0, numbers)), why, {}


def _of_texts(
    cells: Sequence[object],
) -> tuple[NDArray[np.int64], NDArray[np.int8], dict[int, str]]:
    value = np.zeros(len(cells), np.int64)
    why = np.zeros(len(cells), np.int8)
    texts: dict[int, str] = {}
    for at, cell in enumerate(cells):
        if is_blank(cell):
            why[at] = WHY["empty"]
        elif (found := micro(cell)) is None:
            why[at], texts[at] = WHY["text"], text_of(cell)[:80]
        else:
            value[at] = found
    return value, why, texts


def _flagged(columns: dict[int, Any], held: Long, count: int) -> NDArray[np.bool_]:
    """Rows that the source itself says are bad."""
    if held.quality < 0:
        return np.zeros(count, bool)
    codes, words = _words(columns[held.quality])
    bad = np.array([word.strip().casefold() not in GOOD for word in words] or [False], bool)
    return bad[codes] if len(words) else np.zeros(count, bool)


def _in_unit(
    value: NDArray[np.int64],
    columns: dict[int, Any],
    held: Long,
    lines: NDArray[np.int32],
    name: str,
    unit: str,
) -> NDArray[np.int64]:
    """Values in the unit of the meter: that of the row, or of the heading."""
    if held.unit < 0:
        factor = unit_factor(unit) or 1
        return value if factor == 1 else np.rint(value * float(factor)).astype(np.int64)
    codes, words = _words(columns[held.unit])
    factors = [unit_factor(word) for word in words]
    unknown = [at for at, one in enumerate(factors) if one is None]
    refuse(_no_unit(words[at], name, int(lines[np.argmax(codes == at)])) for at in unknown)
    times = np.array([float(one or 1) for one in factors] or [1.0])[codes]
    return value if (times == 1).all() else np.rint(value * times).astype(np.int64)


def read_long_grid(grid: Grid, columns: Long, meter: str) -> Iterator[Batch]:
    """The rows of a sheet of a workbook."""
    found: list[Row] = []
    faults: list[Fault] = []
    units: dict[str, set[str]] = {}
    multipliers: dict[str, set[str]] = {}
    totals: list[bool] = []
    clocks: set[str] = set()
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        whose = meter if columns.meter < 0 else text_of(cell_at(row, columns.meter))
        total = is_total(whose) or is_total(cell_at(row, columns.time))
        seconds = _moment(row, columns)
        if seconds is None and not total:
            if is_blank(cell_at(row, columns.time)) and _says_nothing(row, columns):
                continue  # a note below the table
            faults += _no_moments(np.array([0]), np.array([line], np.int32), grid.file)
            continue
        clocks |= {text_of(cell_at(row, at)) for at in (columns.time, columns.clock)}
        mark = text_of(cell_at(row, columns.quality))
        multipliers.setdefault(whose, set()).add(text_of(cell_at(row, columns.multiplier)))
        for at, channel, unit in columns.values:
            cell = cell_at(row, at)
            said = text_of(cell_at(row, columns.unit)) if columns.unit >= 0 else unit
            factor = unit_factor(said)
            if factor is None:
                faults.append(_no_unit(said, grid.file, line))
            if said:
                units.setdefault(whose, set()).add(said)
            value = micro(cell, factor or 1)
            why = "ok" if mark.casefold() in GOOD else "flagged"
            why = "empty" if is_blank(cell) else "text" if value is None else why
            text = text_of(cell)[:80] if why == "text" else ""
            found.append(Row(whose, seconds or 0, value, line, channel, why, text))
            totals.append(total)
    refuse(faults[:SHOWN])
    ends = _are_ends(columns, [*clocks])
    batch = batch_of(found, _told(columns, ends)).on(columns.side)
    batch = batch._replace(units=_frozen(units), multipliers=_frozen(multipliers))
    apart = np.array(totals, bool)
    if ends:
        begins = _begins(batch.rows.time, apart)
        slots = np.isin(batch.rows.channel, (INTERVAL, POWER))
        batch = batch._replace(
            rows=batch.rows._replace(time=np.where(slots, begins, batch.rows.time))
        )
    yield without_totals(batch, apart)


def _frozen(said: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(held - {""}) for name, held in said.items()}


def _moment(row: Sequence[object], columns: Long) -> int | None:
    """The instant of a row: of one cell, or of a day and the time of it."""
    day = cell_at(tuple(row), columns.time)
    clock = text_of(cell_at(tuple(row), columns.clock)) if columns.clock >= 0 else ""
    if not clock:
        return instant(day, utc=columns.utc)
    if (whole := instant(clock, utc=columns.utc)) is not None:
        return whole
    begin = instant(day, utc=columns.utc)
    return None if begin is None else instant(f"{said_time(begin)[:10]} {clock}", utc=columns.utc)


def _says_nothing(row: Sequence[object], columns: Long) -> bool:
    return all(is_blank(cell_at(tuple(row), at)) for at, _, _ in columns.values)


def _no_unit(unit: str, name: str, line: int) -> Fault:
    return Fault(
        what=Words(f"不认识的单位“{unit}”", f"Unknown unit “{unit}”"),
        where=f"{name} 第 {line} 行 row {line}",
        do=Words("可用：Wh、kWh、MWh、万千瓦时、GJ、MJ、m3、Nm3、t",
                 "Known: Wh, kWh, MWh, 万千瓦时, GJ, MJ, m3, Nm3, t"),
    )  # fmt: skip
