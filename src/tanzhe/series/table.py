"""A user's own table becomes a Series: any file with a date and a value column.

Region, sector and unit columns are optional. Everything wrong is listed at once, with file, row
and column; a hole in the calendar is kept as None, with a Note, while the holes stay under a tenth
of the periods.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from tanzhe.errors import Fault, InputError, UnknownName, Words, refuse
from tanzhe.model import Note, Series
from tanzhe.model.series import Frequency
from tanzhe.names import folded
from tanzhe.periods import Month
from tanzhe.places import find_place
from tanzhe.sectors import find_sector, sector_of
from tanzhe.series.behaviour import behaved, refuse_rates
from tanzhe.series.cells import NAMES, Role, is_empty, is_wide, read_number, read_period, role_of
from tanzhe.series.remarks import unfit_note
from tanzhe.series.sheet import Sheet, read_sheet
from tanzhe.series.stated_unit import stated_unit
from tanzhe.series.table_rules import Entry, fault_at, gap_faults, row_faults

# Enough to see what is wrong; the rest is counted.
MOST_FAULTS = 20
LONG = Words(
    "请改成长表：每行一个地区一个时期，列为 日期、地区、数值",
    "Make it long: a row for each region and period, with columns date, region, value",
)
_HOLES = Note(
    code="calendar_holes",
    zh="表格中缺少个别时期，这些时期留空，不作填补。",
    en="Some periods are missing in the table; they are left empty, not filled.",
)
_UNIT_UNKNOWN = Note(
    code="unit_not_stated",
    zh="表格没有写明单位，只解读相对变化。",
    en="The table states no unit: only relative changes are interpreted.",
)


class Columns(NamedTuple):
    """Positions of the columns by role, and the unit in the value column's name."""

    at: dict[Role, int]
    unit: str | None


def _columns(sheet: Sheet) -> Columns:
    """Which column is which.

    Raises:
        InputError: no date or value column, or two of a kind.
    """
    at: dict[Role, int] = {}
    unit = None
    faults = []
    for position, name in enumerate(sheet.columns):
        role, told = role_of(name)
        if role is None:
            continue
        if role in at:
            other = sheet.columns[at[role]]
            what = Words(f"“{other}”和“{name}”是同一类列", f"“{other}” and “{name}” mean the same")
            faults.append(fault_at(sheet.file, what, Words("请只保留一列", "Keep one of them")))
            continue
        at[role] = position
        unit = told or unit
    if "date" not in at and "year" not in at and "month" in at:
        at["date"] = at.pop("month")  # a column 月 or month that holds 2021-05
    if "date" not in at and "year" in at and "month" not in at:
        at["date"] = at.pop("year")
    if "date" not in at and "year" not in at:
        faults.append(_missing(sheet, "date", Words("日期", "date")))
    if "value" not in at:
        faults.append(_missing(sheet, "value", Words("数值", "value")))
    refuse(faults)
    return Columns(at, unit)


def _missing(sheet: Sheet, role: Role, kind: Words) -> Fault:
    have = "、".join(sheet.columns)
    names = "、".join(NAMES[role])
    do = Words(f"请把该列命名为：{names}", f"Name it one of: {names}")
    if is_wide(sheet.columns):
        do = LONG
    what = Words(f"没有{kind.zh}列，现有列：{have}", f"No {kind.en} column; there are: {have}")
    return fault_at(sheet.file, what, do)


def _text(row: tuple[object, ...], at: dict[Role, int], role: Role) -> str:
    if role not in at or at[role] >= len(row) or is_empty(row[at[role]]):
        return ""
    return str(row[at[role]]).strip()


def _when(row: tuple[object, ...], at: dict[Role, int]) -> tuple[Frequency, str] | None:
    if "date" in at:
        return read_period(row[at["date"]]) if at["date"] < len(row) else None
    return read_period(f"{_text(row, at, 'year')[:4]}-{_text(row, at, 'month').rstrip('月')}")


def _entries(sheet: Sheet, columns: Columns) -> tuple[list[Entry], list[Fault]]:
    at, found, faults = columns.at, [], []
    date_name = sheet.columns[at.get("date", at.get("year", 0))]
    value_name = sheet.columns[at["value"]]
    for line, row in sheet.rows:
        when = _when(row, at)
        if when is None:
            cell = row[at["date"]] if "date" in at and at["date"] < len(row) else row
            what = Words(f"看不懂的日期“{cell}”", f"Not a date: “{cell}”")
            do = Words("请写成 2021-05 这样的形式", "Write it like 2021-05")
            faults.append(fault_at(f"{sheet.file}, {line}, {date_name}", what, do))
            continue
        cell = row[at["value"]] if at["value"] < len(row) else None
        value = None if is_empty(cell) else read_number(cell)
        if value is None and not is_empty(cell):
            what = Words(f"不是数字：“{cell}”", f"Not a finite number: “{cell}”")
            do = Words("请填数字，没有数据则留空", "Give a number, or leave it empty")
            faults.append(fault_at(f"{sheet.file}, {line}, {value_name}", what, do))
            continue
        names = (_text(row, at, "region"), _text(row, at, "sector"), _text(row, at, "unit"))
        found.append(Entry(line, *when, value, *names))
    return found, faults


def _region_key(name: str) -> str:
    try:
        return find_place(name).iso if name else ""
    except UnknownName:
        return folded(name)


def _sector_key(name: str) -> str:
    try:
        return find_sector(name).id if name else ""
    except UnknownName:
        return folded(name)


class Wanted(NamedTuple):
    """Rows of the sector asked for, by region as the series will call it."""

    rows: dict[str, list[Entry]]
    region: str


def _wanted(sheet: Sheet, entries: list[Entry], region: str, sector: str) -> Wanted:
    """The rows asked for.

    Raises:
        InputError: the region or sector is not in the file; the message lists what is.
    """
    refuse([*_unnamed(sheet, entries, "region"), *_unnamed(sheet, entries, "sector")])
    kinds = {name: _sector_key(name) for name in dict.fromkeys(e.sector for e in entries)}
    places = {name: _region_key(name) for name in dict.fromkeys(e.region for e in entries)}
    shown = {key: name for name, key in reversed(places.items())}
    asked_sector, asked_region = _sector_key(sector), _region_key(region)
    faults = []
    if set(kinds) != {""} and asked_sector not in kinds.values():
        faults.append(_not_there(sheet, sector, kinds, Words("部门", "sector")))
    if set(places) != {""} and asked_region not in places.values():
        faults.append(_not_there(sheet, region, places, Words("地区", "region")))
    refuse(faults)
    rows: dict[str, list[Entry]] = {}
    for entry in entries:
        if kinds[entry.sector] in ("", asked_sector):
            place = places[entry.region] or asked_region
            name = place if place.startswith("CN") else (shown.get(place) or region)
            rows.setdefault(name, []).append(entry)
    found = next((name for name in rows if _region_key(name) == asked_region), None)
    if found is None:
        fault = _not_there(sheet, f"{region} × {sector}", places, Words("组合", "combination"))
        raise InputError(fault)
    return Wanted(rows, found)


def _unnamed(sheet: Sheet, entries: list[Entry], role: Literal["region", "sector"]) -> list[Fault]:
    """Rows without a region or sector where other rows have one."""
    bare = [entry.line for entry in entries if not getattr(entry, role)]
    if not bare or len(bare) == len(entries):
        return []
    words = {"region": Words("地区", "region"), "sector": Words("部门", "sector")}[role]
    what = Words(f"{len(bare)} 行没有写{words.zh}", f"{len(bare)} rows have no {words.en}")
    return [fault_at(f"{sheet.file}, {bare[0]}", what, Words("请补全该列", "Complete the column"))]


def _not_there(sheet: Sheet, asked: str, names: Iterable[str], kind: Words) -> Fault:
    have = "、".join(sorted(name for name in names if name)[:40])
    what = Words(f"表中没有{kind.zh}“{asked}”", f"The table has no {kind.en} “{asked}”")
    return fault_at(sheet.file, what, Words(f"表中有：{have}", f"It has: {have}"))


def _calendar(first: str, last: str, frequency: Frequency, *, merged: bool) -> list[str]:
    if frequency == "year":
        return [str(year) for year in range(int(first), int(last) + 1)]
    if frequency == "day":
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        return [str(start + timedelta(days=i)) for i in range((end - start).days + 1)]
    month, end_month, found = Month.parse(first), Month.parse(last), []
    while month <= end_month:
        found.append(str(month))
        month = month.next()
    return [p for p in found if not (merged and p.endswith("-01"))]


def _monthly_days(entries: list[Entry]) -> list[Entry]:
    """Dates of which each month has one are months: 2021-05-31 stands for May."""
    months = {entry.period[:7] for entry in entries}
    if entries and entries[0].frequency == "day" and len(months) == len(entries) > 1:
        return [e._replace(frequency="month", period=e.period[:7]) for e in entries]
    return entries


def _series(
    sheet: Sheet, entries: list[Entry], region: str, sector: str, columns: Columns
) -> Series:
    """The series of one region.

    Raises:
        InputError: everything that is wrong with its rows.
    """
    entries = _monthly_days(entries)
    refuse(row_faults(sheet, entries)[:MOST_FAULTS])
    ordered = sorted(entries, key=lambda e: e.period)
    told = next((entry.unit for entry in entries if entry.unit), "") or columns.unit or ""
    name = sheet.columns[columns.at["value"]]
    refuse_rates((name, told), sheet.file)
    text, scale = stated_unit(told, sector, where=sheet.file)
    by_period = {e.period: None if e.value is None else e.value * scale for e in ordered}
    frequency = entries[0].frequency
    first, last = next(iter(by_period)), next(reversed(by_period))
    merged = frequency == "month" and len(by_period) > 11
    merged = merged and not any(period.endswith("-01") for period in by_period)
    periods = _calendar(first, last, frequency, merged=merged)
    holes = [period for period in periods if period not in by_period]
    refuse(gap_faults(sheet, periods, holes, frequency, merged=merged))
    notes = [note for note in (_HOLES if holes else None, None if told else _UNIT_UNKNOWN) if note]
    read = Series(
        region=region,
        sector=sector,
        unit=text,
        frequency=frequency,
        merged=merged,
        periods=tuple(periods),
        values=tuple(by_period.get(period) for period in periods),
        source=sheet.file,
        vintage=f"to {last}",
        sha256="",
        notes=tuple(notes),
    )
    return behaved(read, (name, told), {entry.period: entry.line for entry in entries})


class Table(NamedTuple):
    """A table that could be read: its usable rows and what its header says."""

    sheet: Sheet
    entries: list[Entry]
    columns: Columns
    sha256: str


def _table(path: Path) -> Table:
    """The rows of a file.

    Raises:
        InputError: what is wrong with the file or with single cells.
    """
    sheet = read_sheet(path)
    columns = _columns(sheet)
    entries, faults = _entries(sheet, columns)
    if len(faults) > MOST_FAULTS:
        more = len(faults) - MOST_FAULTS
        what = Words(f"另有 {more} 处同类问题", f"{more} more of the same kind")
        last = fault_at(sheet.file, what, Words("请一并改正", "Correct them"))
        faults = [*faults[:MOST_FAULTS], last]
    refuse(faults)
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return Table(sheet, entries, columns, sha)


def _chosen(table: Table, region: str, sector: str) -> Series:
    wanted = _wanted(table.sheet, table.entries, region, sector)
    sector_id = _sector_key(sector) if sector_of(_sector_key(sector)) else sector

    def series(name: str) -> Series:
        made = _series(table.sheet, wanted.rows[name], name, sector_id, table.columns)
        return made.model_copy(update={"sha256": table.sha256})

    own, peers, unfit = series(wanted.region), [], []
    for name in wanted.rows:
        # A peer that cannot be used is no peer; the asked region is judged without it.
        if name not in (wanted.region, "CN"):
            try:
                peers.append(series(name))
            except InputError:
                unfit.append(name)
    notes = (*own.notes, unfit_note(unfit)) if unfit else own.notes
    return own.model_copy(update={"peers": tuple(peers), "notes": notes})


def table_contents(path: Path) -> list[Series]:
    """Every region and sector of a user's table, one series each, without peers.

    Raises:
        InputError: as `table_series`; a series that cannot be used refuses the whole file.
    """
    table = _table(path)
    pairs = dict.fromkeys((entry.region, entry.sector) for entry in table.entries)
    unique = {(_region_key(r), _sector_key(s)): (r, s) for r, s in pairs}
    found = [_chosen(table, region, sector) for region, sector in unique.values()]
    return [series.model_copy(update={"peers": ()}) for series in found]


def table_series(path: Path, region: str, sector: str) -> Series:
    """A region's and sector's series of a user's table, with the other regions as peers.

    Args:
        path: CSV (UTF-8 or GB18030), XLSX (first sheet) or Parquet.
        region: any name of a province, or the user's own name of a city or park.
        sector: any name of a sector or product, or the user's own.

    Returns:
        Daily, monthly or yearly series by the dates found; one date a month means months. A
        monthly table without any January counts as merged. Other regions of the table whose rows
        are usable become peers.

    Raises:
        InputError: all faults found, with file, row and column.
    """
    return _chosen(_table(path), region, sector)
