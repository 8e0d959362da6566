"""Any table a person has, read: its values with when and what, and how it was read."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.names import folded
from tanzhe.tables.beside import beside_another, dates_of
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.columns import Roles, find_roles, sample_of
from tanzhe.tables.files import joined_digest, read_files, read_grids
from tanzhe.tables.grid import Grid, refused
from tanzhe.tables.layout import Block, find_block
from tanzhe.tables.mishaps import split_thousands
from tanzhe.tables.naming import is_sector, places_in, sectors_in, without_place
from tanzhe.tables.numbers import BAD, ERROR, FORMULA, Read, is_number, notation, read_number
from tanzhe.tables.records import SECTOR, SHEET, Records, records_of
from tanzhe.tables.row_moments import moments_of
from tanzhe.tables.told import ColumnTold, Telling, letter, lines_of, some
from tanzhe.tables.units import unit_in_name
from tanzhe.tables.vocabulary import has_role, is_part, is_total

_SAME = 0.8


@dataclass
class Table:
    """A table that was read.

    Attributes:
        file: its name.
        sha256: of its bytes.
        records: one for each value, with what it belongs to.
        values: the number of each record, or None where none is given.
        why: for records without a number, why: `error`, `formula` or `bad`.
        telling: how it was read.
        choices: the decisions it was read with.
        open: what a person must decide before values can be taken, or None.
        open_columns: names of the columns among which to choose.
        asked: region and sector that were asked for, as keys; "" where nobody asked.
    """

    file: str
    sha256: str
    records: Records
    values: list[float | None]
    why: dict[int, str]
    telling: Telling
    choices: Choices
    open: Fault | None = None
    percent: bool = False
    marked: int = 0
    names: tuple[str, ...] = field(default=())
    open_columns: tuple[str, ...] = ()
    asked: tuple[str, str] = ("", "")


def read_table(
    path: Path, choices: Choices = DEFAULT, further: tuple[Path, ...] = (), name: str = ""
) -> Table:
    """A table in any usual form, with how it was read.

    Args:
        path: as `read_grids`.
        further: files that go on with it, each read as one more sheet.
        name: of the whole, where there are such; else that of the file.
        choices: what a person decided; the rest is decided from the table.

    Returns:
        All values of the table; which of them are asked for is decided by `select`.

    Raises:
        InputError: no table with dates and numbers, or something that must be decided first, in
            one message with the option that decides it.
    """
    stat = path.stat() if path.is_file() else None
    if stat is None:
        read_grids(path)  # says what is wrong with the path
        raise AssertionError("unreachable")
    stamps = tuple((one.stat().st_mtime_ns, one.stat().st_size) for one in (path, *further))
    paths = tuple(one.resolve() for one in (path, *further))
    return _read(paths, name or path.name, stamps, choices)


# `look`, the series and its checks ask for the same file one after another.
@lru_cache(maxsize=4)
def _read(
    paths: tuple[Path, ...], name: str, stamps: tuple[tuple[int, int], ...], choices: Choices
) -> Table:
    grids = read_files(paths)
    telling = Telling()
    blocks = _blocks(grids, choices, telling, name)
    telling.form = _form(blocks[0].grid)
    telling.sheets = tuple(block.grid.sheet for block in blocks if block.grid.sheet)
    telling.decide(*(words for block in blocks for words in block.grid.told))
    telling.header = tuple(blocks[0].grid.lines[i] for i in blocks[0].header)
    if not telling.header:
        telling.decide(Words("没有表头，列名为 列1、列2……", "No header: columns are 列1, 列2…"))
    doubt = next((d for block in blocks if (d := block.doubt or split_thousands(block))), None)
    if doubt is not None:
        raise InputError.of(doubt[0], doubt[1], where=name)
    roles = find_roles(blocks[0], choices)
    open_ = _open_columns(blocks[0], roles, choices, name)
    _tell_columns(blocks[0], roles, choices, telling)
    telling.decide(*(words for block in blocks for words in block.told), *roles.told)
    parts = [records_of(block, find_roles(block, choices), choices, telling) for block in blocks]
    records = _stacked(parts, blocks)
    _unit_of_names(records, (blocks[0].grid.sheet, paths[0].stem), telling)
    digest = joined_digest([hashlib.sha256(one.read_bytes()).hexdigest() for one in paths])
    table = Table(
        name, digest, records, [], {}, telling, choices, open_, names=tuple(blocks[0].names),
        open_columns=tuple(blocks[0].names[c] for c in roles.open if choices.column is None),
    )  # fmt: skip
    _numbers(table, blocks[0].grid.form)
    return table


def _form(grid: Grid) -> str:
    return f"{grid.form}，{grid.encoding}" if grid.encoding else grid.form


def _blocks(grids: Sequence[Grid], choices: Choices, telling: Telling, file: str) -> list[Block]:
    """The blocks to read: of the sheet asked for, the only one with data, or several alike."""
    wanted = list(grids)
    if choices.sheet is not None:
        wanted = [g for g in grids if folded(g.sheet) == folded(choices.sheet)]
        if not wanted:
            have = some([g.sheet for g in grids], 12)
            raise refused(
                file,
                Words(f"没有工作表“{choices.sheet}”", f"There is no sheet “{choices.sheet}”"),
                Words(f"有：{have.zh}", f"There are: {have.en}"),
            )
    else:
        for grid in grids:
            if not grid.visible:
                telling.skip(
                    f"隐藏的工作表“{grid.sheet}”未读；要读它请加 --sheet {grid.sheet}",
                    f"The hidden sheet “{grid.sheet}” was not read; --sheet {grid.sheet} reads it",
                )
        wanted = [g for g in grids if g.visible]
    found = [(g, beside_another(find_block(g, choices), choices)) for g in wanted]
    found = [(grid, block if _holds_values(block) else None) for grid, block in found]
    blocks = [block for _, block in found if block is not None]
    blocks = blocks or [block for g in wanted if (block := find_block(g, choices)) is not None]
    for grid, block in found:
        if block is None and blocks:
            telling.skip(
                f"工作表“{grid.sheet}”没有日期和数值，未读",
                f"The sheet “{grid.sheet}” has no dates with values",
            )
    if not blocks:
        raise _no_table(file, grids, wanted)
    return _alike(blocks, telling, file) if len(blocks) > 1 else blocks


def _holds_values(block: Block | None) -> bool:
    """Whether numbers stand beside dates: a sheet of remarks has dates and numbers, but apart."""
    if block is None or block.periods:
        return block is not None
    rows = sample_of(block.grid.rows, block.begin)
    dates = block.dates.columns
    beside = [
        any(is_number(cell) for c, cell in enumerate(row) if c not in dates)
        for row, moment in zip(rows, moments_of(rows, block.dates, DEFAULT), strict=True)
        if moment is not None
    ]
    return sum(beside) >= max(1, len(beside) / 2)


def _no_table(file: str, grids: Sequence[Grid], wanted: Sequence[Grid]) -> InputError:
    hidden = [g.sheet for g in grids if not g.visible]
    if not wanted:
        have = some(hidden, 12)
        return refused(
            file,
            Words("工作表都是隐藏的", "Every sheet is hidden"),
            Words(f"请加 --sheet，有：{have.zh}", f"Add --sheet; there are: {have.en}"),
        )
    grid = max(wanted, key=lambda g: len(g.rows))
    from tanzhe.tables.hints import why_no_table

    return why_no_table(grid, file)


def _alike(blocks: list[Block], telling: Telling, file: str) -> list[Block]:
    """Sheets of one shape are one table; among others a person must choose."""
    alike = max(([b for b in blocks if _same_shape(a, b)] for a in blocks), key=len)
    if len(alike) == len(blocks):
        return blocks
    named = [b for b in alike if len(places_in(b.grid.sheet)) == 1 or _sector_of(b.grid.sheet)]
    if len(alike) > 1 and len(named) == len(alike):
        for block in blocks:
            if block not in alike:
                telling.skip(
                    f"工作表“{block.grid.sheet}”与其他表形状不同，未读；要读它请加 --sheet",
                    f"The sheet “{block.grid.sheet}” has another shape; --sheet reads it",
                )
        return alike
    have = some([b.grid.sheet for b in blocks], 12)
    example = blocks[0].grid.sheet
    raise refused(
        file,
        Words(f"有多个不同的工作表：{have.zh}", f"Several unlike sheets: {have.en}"),
        Words(f'请选一个，如 --sheet "{example}"', f'Choose one, e.g. --sheet "{example}"'),
    )


def _same_shape(one: Block, other: Block) -> bool:
    mine, yours = ({_bare(name) for name in block.names} for block in (one, other))
    wide = len(one.names) == len(other.names)
    return wide and len(mine & yours) >= _SAME * max(len(mine), len(yours))


def _sector_of(sheet: str) -> str:
    """The sector a sheet is named after, with or without a year: Power2019."""
    bare = re.sub(r"(?:19|20)\d{2}年?", "", sheet).strip(" _-")
    return bare if is_sector(bare) else ""


def _bare(name: str) -> str:
    """A column's name without the province and year its sheet is about, and without its unit."""
    if unit := unit_in_name(name):
        name = name.replace(unit, "")
    return folded(re.sub(r"(?:19|20)\d{2}年?", "", without_place(name)))


def _open_columns(block: Block, roles: Roles, choices: Choices, file: str) -> Fault | None:
    names = block.names
    if choices.column is not None and not roles.values:
        have = some([n for i, n in enumerate(names) if i not in block.dates.columns], 12)
        what = Words(f"没有列“{choices.column}”", f"There is no column “{choices.column}”")
        return Fault(what, Words(f"有：{have.zh}", f"There are: {have.en}"), where=file)
    if roles.open:
        return open_columns(file, [names[c] for c in roles.open])
    empty = next((n for n in names if has_role(n, "value")), None)
    if not roles.values and empty is not None:
        what = Words(f"数值列“{empty}”全是空的", f"The value column is empty: “{empty}”")
        return Fault(what, Words("请填入数值", "Fill in the values"), where=file)
    if not roles.values:
        have = some(names, 12)
        return Fault(
            Words(f"没有数值列，现有列：{have.zh}", f"No value column; there are: {have.en}"),
            Words("请补上数值列，或用 --header 指明表头行", "Add one, or give --header LINE"),
            where=file,
        )
    return None


def open_columns(file: str, names: Sequence[str], asked: tuple[str, str] = ("", "")) -> Fault:
    """The message on several columns of values, with what was asked for as its example."""

    def worth(name: str) -> tuple[int, bool]:
        about = {*places_in(name), *sectors_in(name)}
        return len(about & {text for text in asked if text}), not (is_total(name) or is_part(name))

    first = max(names, key=worth)
    have = some(names, 12)
    return fault_of("tables.table.open_columns", have=have, first=first, where=file)


def _tell_columns(block: Block, roles: Roles, choices: Choices, telling: Telling) -> None:
    periods = sorted(block.periods)
    own = [dates_of(block, c, choices).columns for c in (*roles.values, *roles.open)]
    dates = [c for columns in (block.dates.columns, *own) for c in columns]
    for c, name in enumerate(block.names):
        role = roles.role_of(c, dates)
        if c in block.periods:
            if c not in (periods[0], periods[-1]):
                continue
            role = "value"
        telling.columns.append(
            ColumnTold(
                place=letter(c), name=name, role=role, why=roles.unused.get(c, Words("", ""))
            )
        )


def _stacked(parts: list[Records], blocks: Sequence[Block]) -> Records:
    """Records of several sheets as one, with the sheet as what they belong to."""
    first = parts[0]
    if len(parts) == 1:
        return first
    made = Records(
        region=first.region, sector=first.sector, names=first.names, unit=first.unit,
        titles=first.titles[:-1], year_to_date=any(p.year_to_date for p in parts),
        merged=any(p.merged for p in parts), period_columns=first.period_columns,
    )  # fmt: skip
    common = [name for name in first.keys if all(name in part.keys for part in parts)]
    made.keys = {name: [] for name in (*common, SHEET)}
    made.units = []
    for part, block in zip(parts, blocks, strict=True):
        made.lines.extend(part.lines)
        made.moments.extend(part.moments)
        made.cells.extend(part.cells)
        made.bad_dates.extend(part.bad_dates)
        made.units.extend(part.units or [part.unit] * len(part))
        for name in common:
            made.keys[name].extend(part.keys[name])
        made.keys[SHEET].extend([block.grid.sheet] * len(part))
    sheets = [block.grid.sheet for block in blocks]
    if made.region is None and sum(len(places_in(s)) == 1 for s in sheets) >= _SAME * len(sheets):
        made.region = SHEET
    elif made.sector is None and all(map(_sector_of, sheets)):
        made.sector = SECTOR
        made.keys[SECTOR] = [_sector_of(sheet) for sheet in made.keys[SHEET]]
    return made


def _unit_of_names(records: Records, names: Sequence[str], telling: Telling) -> None:
    """Where nothing in the table says a unit: that of the sheet's or the file's name."""
    if records.unit or any(records.units or ()):
        return
    # A single letter behind a name (data_t) is as likely a version.
    records.unit = next((u for name in names if len(u := unit_in_name(name)) > 1), "")
    if records.unit:
        telling.decide(
            Words(
                f"单位 {records.unit} 取自工作表名或文件名",
                f"The unit {records.unit} is that of the sheet's or file's name",
            )
        )


def _numbers(table: Table, form: str) -> None:
    """Every cell as a number, by how the whole column writes them."""
    cells = table.records.cells
    delimiter = ";" if form == "CSV ;" else ""
    style = notation(cells, delimiter, table.choices.decimal)
    if style.doubt is not None:
        raise InputError.of(style.doubt[0], style.doubt[1], where=table.file)
    if style.told is not None:
        table.telling.decide(style.told)
    known: dict[object, Read] = {}
    percent = 0
    behind: list[str] = []
    marks: Counter[str] = Counter()
    for i, cell in enumerate(cells):
        read = known.get(cell) if isinstance(cell, str) else None
        if read is None:
            read = read_number(cell, style.decimal)
            if isinstance(cell, str):
                known[cell] = read
        table.values.append(read.value)
        if read.why in (ERROR, FORMULA, BAD):
            table.why[i] = read.why
        percent += read.percent
        behind.append(read.unit)
        if read.mark:
            marks[read.mark] += 1
    if any(behind):
        _units_behind(table.records, table.values, behind)
    # The cells are numbers now; a million texts need not stay.
    table.percent = percent > len(cells) / 2
    table.marked = sum(marks.values())
    _tell_numbers(table, marks)


def _units_behind(records: Records, values: Sequence[float | None], behind: list[str]) -> None:
    """Units that stand in the cells; a number without one has that of the column."""
    others = records.units or [records.unit] * len(records)
    units = [unit or other for unit, other in zip(behind, others, strict=True)]
    bare = any(not unit and value is not None for unit, value in zip(units, values, strict=True))
    if bare:  # numbers beside them of which nobody knows the unit
        units = [
            unit or ("" if value is None else "?")
            for unit, value in zip(units, values, strict=True)
        ]
    records.units = units


def _tell_numbers(table: Table, marks: Counter[str]) -> None:
    errors = [table.records.lines[i] for i, why in table.why.items() if why == ERROR]
    if errors:
        told = lines_of(errors)
        table.telling.skip(
            f"{told.zh}是 Excel 错误值，按缺失处理", f"{told.en}: Excel errors, taken as missing"
        )
    if marks:
        shown = some(list(marks), 4)
        table.telling.decide(
            Words(
                f"{table.marked} 个数值带标记（{shown.zh}），标记已去掉",
                f"{table.marked} values carry marks ({shown.en}), which were taken off",
            )
        )
