"""What a person is shown who asks how a table is read, and what changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tanzhe.errors import Fault, InputError, Language, Words
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.moments import Span
from tanzhe.tables.select import Group, group, groups_of
from tanzhe.tables.spans import SPAN_ZH
from tanzhe.tables.table import Table, read_table
from tanzhe.tables.told import ROLE_WORDS, ColumnTold, Telling, some

_SHOWN_COLUMNS = 14
_SHOWN_VALUES = 3


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a table is read.

    Attributes:
        file: its name.
        telling: form, sheet, header, columns, what was skipped and decided.
        regions: names of regions as the table writes them; empty without such a column.
        sectors: of sectors, likewise.
        span: how long each period lasts, or None where nothing could be taken.
        first: first period.
        last: last period.
        count: how many there are.
        unit: as stated; "" without one.
        values: periods and their values, of the first region and sector.
        open: what must be decided before values can be taken, or nothing.
        judged: what a search would say of the figures, or why it would refuse them.
    """

    file: str
    telling: Telling
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    span: Span | None = None
    first: str = ""
    last: str = ""
    count: int = 0
    unit: str = ""
    values: tuple[tuple[str, float | None], ...] = ()
    open: tuple[Fault, ...] = ()
    judged: tuple[Words, ...] = ()

    @property
    def begins(self) -> tuple[tuple[str, float | None], ...]:
        """The first periods and their values."""
        return self.values[:_SHOWN_VALUES]

    @property
    def ends(self) -> tuple[tuple[str, float | None], ...]:
        """The last ones."""
        return self.values[-_SHOWN_VALUES:]

    def lines(self, language: Language = "zh") -> Iterator[str]:
        """What is shown, line by line."""
        for words in _lines(self):
            yield words.said(language)

    def json(self) -> dict[str, Any]:
        """The same as data."""
        told = self.telling
        return {
            "file": self.file,
            "form": told.form,
            "sheets": list(told.sheets),
            "header_lines": list(told.header),
            "columns": [
                {"place": c.place, "name": c.name, "role": c.role, "why": c.why.en}
                for c in told.columns
            ],
            "regions": list(self.regions),
            "sectors": list(self.sectors),
            "frequency": self.span,
            "first": self.first,
            "last": self.last,
            "periods": self.count,
            "unit": self.unit or None,
            "first_values": [list(pair) for pair in self.begins],
            "last_values": [list(pair) for pair in self.ends],
            "skipped": [w._asdict() for w in told.skipped],
            "decided": [w._asdict() for w in told.decided],
            "judged": [w._asdict() for w in self.judged],
            "open": [{"what": f.what._asdict(), "do": f.do._asdict()} for f in self.open],
        }


def look(path: Path, choices: Choices = DEFAULT) -> Look:
    """How a table is read, without taking it for anything yet.

    Args:
        path: as `read_table`.
        choices: what was decided already.

    Raises:
        InputError: there is no table in the file, or its dates or numbers cannot be told.
    """
    return look_in(read_table(path, choices))


def look_in(table: Table) -> Look:
    """How a table that is at hand was read."""
    telling = Telling()
    telling.take(table.telling)
    try:
        groups = groups_of(table)
        pair, positions = next(iter(groups.items()))
        rows = group(table, pair, positions, telling)
    except InputError as error:
        return Look(file=table.file, telling=telling, open=error.faults)
    return _seen(table, telling, rows)


def _seen(table: Table, telling: Telling, rows: Group) -> Look:
    keys = table.records.keys
    shown = [(m.text, v) for m, v in zip(rows.moments, rows.values, strict=True)]
    names = (table.records.region, table.records.sector)
    regions, sectors = (
        tuple(dict.fromkeys(keys[name])) if name is not None else () for name in names
    )
    return Look(
        file=table.file,
        telling=telling,
        regions=regions,
        sectors=sectors,
        span=rows.span,
        first=rows.moments[0].text,
        last=rows.moments[-1].text,
        count=len(rows.moments),
        unit=rows.unit,
        values=tuple(shown),
    )


def _lines(seen: Look) -> Iterator[Words]:
    told = seen.telling
    yield Words(f"文件：{seen.file}（{told.form}）", f"File: {seen.file} ({told.form})")
    if told.sheets:
        sheets = some(told.sheets, 8)
        yield Words(
            f"工作表：{sheets.zh}    改：--sheet 名称",
            f"Sheet: {sheets.en}    change: --sheet NAME",
        )
    header = "、".join(map(str, told.header)) or "无"
    yield Words(
        f"表头：第 {header} 行    改：--header 行号",
        f"Header: line {header.replace('、', ', ')}    change: --header LINE",
    )
    yield from _columns(told.columns)
    if seen.span is not None:
        yield Words(
            f"日期：{seen.first} 至 {seen.last}，按{SPAN_ZH[seen.span]}，{seen.count} 期"
            "    改：--date 列，--dates dmy|mdy",
            f"Dates: {seen.first} to {seen.last}, by {seen.span}, {seen.count}"
            "    change: --date COLUMN, --dates dmy|mdy",
        )
        yield Words(
            f"单位：{seen.unit or '未写明'}    改：--unit 单位",
            f"Unit: {seen.unit or 'not stated'}    change: --unit UNIT",
        )
    for names, kind, option in (
        (seen.regions, Words("地区", "Regions"), Words("", "")),
        (seen.sectors, Words("部门", "Sectors"), Words("", "")),
    ):
        if names:
            held = some(names, 12)
            yield Words(f"{kind.zh}：{held.zh}{option.zh}", f"{kind.en}: {held.en}{option.en}")
    for words in told.decided:
        yield Words(f"决定：{words.zh}", f"Decided: {words.en}")
    for words in told.skipped:
        yield Words(f"略过：{words.zh}", f"Skipped: {words.en}")
    if seen.begins:
        yield Words(f"首：{_values(seen.begins)}", f"First: {_values(seen.begins)}")
        yield Words(f"末：{_values(seen.ends)}", f"Last: {_values(seen.ends)}")
    for words in seen.judged:
        yield Words(f"注意：{words.zh}", f"Note: {words.en}")
    for fault in seen.open:
        yield Words(
            f"须先决定：{fault.what.zh}。{fault.do.zh}",
            f"To decide: {fault.what.en}. {fault.do.en}",
        )


def _columns(columns: list[ColumnTold]) -> Iterator[Words]:
    for column in columns[:_SHOWN_COLUMNS]:
        role = ROLE_WORDS[column.role]
        why = Words(
            f"：{column.why.zh}" if column.why.zh else "",
            f": {column.why.en}" if column.why.en else "",
        )
        change = "    改：--column 列" if column.role == "value" else ""
        yield Words(
            f"  {column.place}  {column.name}  〔{role.zh}{why.zh}〕{change}",
            f"  {column.place}  {column.name}  [{role.en}{why.en}]"
            f"{change.replace('改：--column 列', 'change: --column NAME')}",
        )
    if len(columns) > _SHOWN_COLUMNS:
        yield Words(f"  … 共 {len(columns)} 列", f"  … {len(columns)} columns")


def _values(pairs: tuple[tuple[str, float | None], ...]) -> str:
    return "  ".join(f"{p} = {'—' if v is None else f'{v:,.10g}'}" for p, v in pairs)
