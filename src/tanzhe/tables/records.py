"""From a table that stands any way to records: one value, when, and what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tanzhe.tables.beside import dates_of
from tanzhe.tables.choices import Choices
from tanzhe.tables.columns import Roles, sample_of, telling_apart
from tanzhe.tables.grid import Cell, Row, cell_at, is_blank, text_of
from tanzhe.tables.layout import Block, is_section
from tanzhe.tables.moments import Moment, joined
from tanzhe.tables.naming import is_place, place_codes, places_in, without_place
from tanzhe.tables.numbers import is_number, read_number
from tanzhe.tables.row_moments import DateColumns, moments_of
from tanzhe.tables.told import Telling, lines_of
from tanzhe.tables.units import unit_in_line, unit_in_name
from tanzhe.tables.vocabulary import is_foot, is_sum, key

REGION, SECTOR, UNIT, SERIES, SHEET = "地区", "部门", "单位", "指标", "工作表"


@dataclass
class Records:
    """A table as a list of values, column by column.

    Attributes:
        lines: where each value stands.
        moments: when it is.
        cells: as the file holds them.
        keys: what it belongs to, by the name of the column.
        region: the key that tells the region, or None.
        sector: the key that tells the sector, or None.
        units: the unit of each value, where a row or column says one.
        unit: the unit that a line, the header or the column says for all; "" without one.
        bad_dates: lines with a value whose date cannot be read, and one such date.
        names: names of the value columns.
        titles: lines above the table and the name of the sheet.
        year_to_date: whether dates say sums since January.
        merged: whether a date says January and February together.
        period_columns: whether the periods ran across.
    """

    lines: list[int] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    keys: dict[str, list[str]] = field(default_factory=dict)
    region: str | None = None
    sector: str | None = None
    units: list[str] | None = None
    unit: str = ""
    bad_dates: list[tuple[int, str]] = field(default_factory=list)
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    year_to_date: bool = False
    merged: bool = False
    period_columns: bool = False

    def __len__(self) -> int:
        return len(self.lines)


def records_of(block: Block, roles: Roles, choices: Choices, telling: Telling) -> Records:
    """The records of one block.

    Args:
        block: the table with header and dates.
        roles: what each column holds.
        choices: order of day and month.
        telling: told what is left out.
    """
    rows, lines = _body(block, telling)
    words = {**_words(block, roles, rows), **_sections(block, roles, rows)}
    made = Records(
        names=() if block.periods else tuple(block.names[c] for c in roles.values),
        period_columns=bool(block.periods),
        titles=(*block.titles, block.grid.sheet),
        year_to_date=block.year_to_date,
        merged=block.merged,
    )
    made.keys = {name: [] for name in words}
    units = words.pop(UNIT, None)
    if units is not None and roles.unit is not None and block.names[roles.unit] == UNIT:
        words[UNIT] = units  # --where may choose among the units
    else:
        made.keys.pop(UNIT, None)
    if block.periods:
        moments = moments_of(rows, block.dates, choices)
        _across(made, block, roles, rows, lines, moments, words, units, telling)
    else:
        _down(made, block, roles, rows, lines, choices, words, units, telling)
    made.region = _key_name(block, roles.region, roles.spread == "region", REGION)
    made.sector = _key_name(block, roles.sector, roles.spread == "sector", SECTOR)
    made.unit = _unit(block, roles)
    made.region = made.region or (REGION if made.keys.get(REGION) else None)
    made.sector = made.sector or (SECTOR if made.keys.get(SECTOR) else None)
    _regions_in_names(made)
    return made


def _regions_in_names(made: Records) -> None:
    """Where every series is named with its province, the province is what it belongs to."""
    if made.region is not None:
        return
    for name, texts in made.keys.items():
        found = {text: places_in(text) for text in set(texts)}
        single = [places[0] for places in found.values() if len(places) == 1]
        if len(set(single)) > 1 and len(single) >= 0.8 * len(found):
            made.region = REGION
            made.keys[REGION] = [found[t][0] if len(found[t]) == 1 else t for t in texts]
            made.keys[name] = [without_place(text) for text in texts]
            return


def _key_name(block: Block, column: int | None, spread: bool, name: str) -> str | None:
    if spread:
        return name
    return None if column is None else block.names[column]


def _words(block: Block, roles: Roles, rows: Sequence[Row]) -> dict[str, list[str]]:
    """What each row says besides its values, by column; a merged cell holds downwards."""
    found: dict[str, list[str]] = {}
    columns = [c for c in (roles.region, roles.sector, *roles.keys) if c is not None]
    for c in columns:
        found[block.names[c]] = _held_down([text_of(cell_at(row, c)) for row in rows])
    if roles.unit is not None:
        name = block.names[roles.unit]
        found[name] = found[UNIT] = _held_down([text_of(cell_at(row, roles.unit)) for row in rows])
    return found


def _sections(block: Block, roles: Roles, rows: Sequence[Row]) -> dict[str, list[str]]:
    """Regions or sectors in lines of their own, each for the rows below it."""
    if block.periods or not block.header:
        return {}
    above = block.grid.rows[block.begin - 1] if block.begin else ()
    held = text_of(cell_at(above, 0)) if is_section(above) else ""
    found: list[str] = []
    names: dict[str, None] = {held: None} if held else {}
    for row in rows:
        if is_section(row):
            held = text_of(cell_at(row, 0))
            names[held] = None
        found.append(held)
    if len(names) < 2 or not found[0]:
        return {}
    place = all(map(is_place, names))
    if (place and roles.region is None) or (not place and roles.sector is None):
        return {REGION if place else SECTOR: found}
    return {}


def _held_down(texts: list[str]) -> list[str]:
    """Texts with blanks filled from above, where at least half are blank: cells were merged."""
    blank = sum(not text for text in texts)
    if not texts or not texts[0] or 2 * blank < len(texts):
        return texts
    held = ""
    return [held := text or held for text in texts]


def _body(block: Block, telling: Telling) -> tuple[list[Row], list[int]]:
    """The rows of data: until another table begins, without repeated headers."""
    rows, numbers = block.grid.rows, block.grid.lines
    last = rows[block.header[-1]] if block.header else None
    begin = block.begin
    stop = len(rows)
    repeated: set[int] = set()
    date = block.dates.columns[0] if block.dates.columns else 0
    named = key(block.names[date]) if block.header and date < len(block.names) else None
    cells = [cell_at(rows[i], date) for i in range(begin, len(rows))]
    headers = {cell for cell in set(cells) if isinstance(cell, str) and cell and key(cell) == named}
    for i, cell in enumerate(cells, start=begin) if headers else ():
        if cell not in headers:
            continue
        if rows[i] == last:
            repeated.add(i)
        elif sum(not is_blank(c) for c in rows[i]) > 1:
            stop = i
            telling.skip(
                f"第 {numbers[i]} 行起是另一张表，未读；要读它请加 --header {numbers[i]}",
                f"Another table begins in line {numbers[i]}: --header {numbers[i]} reads it",
            )
            break
    if repeated:
        told = lines_of([numbers[i] for i in sorted(repeated)])
        telling.skip(f"{told.zh}：重复的表头", f"{told.en}: the header again")
        keep = [i for i in range(begin, stop) if i not in repeated]
        return [rows[i] for i in keep], [numbers[i] for i in keep]
    return list(rows[begin:stop]), list(numbers[begin:stop])


def _is_note(row: Row) -> bool:
    first = next((text_of(cell) for cell in row if not is_blank(cell)), "")
    return is_foot(first) or is_sum(first)


def _has_number(row: Row, columns: Sequence[int]) -> bool:
    return any(is_number(cell_at(row, c)) for c in columns)


def _down(
    made: Records, block: Block, roles: Roles, rows: Sequence[Row], lines: Sequence[int],
    choices: Choices, words: dict[str, list[str]], units: list[str] | None, telling: Telling,
) -> None:  # fmt: skip
    spread = len(roles.values) > 1
    names = _said(block, roles)
    if spread:
        made.keys.setdefault(REGION if roles.spread == "region" else SECTOR, [])
        made.keys.setdefault(SERIES, [])
        made.units = []
    elif units is not None:
        made.units = []
    beside: dict[DateColumns, list[int]] = {}
    for c in roles.values:
        beside.setdefault(dates_of(block, c, choices), []).append(c)
    for dates, columns in beside.items():
        moments = moments_of(rows, dates, choices)
        good = _dated(made, rows, lines, moments, dates.columns, columns, telling)
        for c in columns:
            who, series = names[c]
            unit = block.units[c] or unit_in_name(block.names[c])
            made.lines.extend(lines[i] for i, _ in good)
            made.moments.extend(moment for _, moment in good)
            made.cells.extend(cell_at(rows[i], c) for i, _ in good)
            if made.units is not None:
                made.units.extend(units[i] if units is not None else unit for i, _ in good)
            for name, texts in words.items():
                made.keys[name].extend([texts[i] for i, _ in good])
            if spread:
                made.keys[REGION if roles.spread == "region" else SECTOR].extend([who] * len(good))
                made.keys[SERIES].extend([series] * len(good))


def _dated(
    made: Records, rows: Sequence[Row], lines: Sequence[int], moments: Sequence[Moment | None],
    dates: Sequence[int], values: Sequence[int], telling: Telling,
) -> list[tuple[int, Moment]]:  # fmt: skip
    """Rows with a date, and it; notes are left out, values without a date kept as faults."""
    skipped: list[int] = []
    good: list[tuple[int, Moment]] = []
    for i, moment in enumerate(moments):
        if moment is not None and moment.year is not None:
            good.append((i, moment))
        elif (
            not _has_number(rows[i], values)
            or _is_note(rows[i])
            or any(is_sum(text_of(cell_at(rows[i], c))) for c in dates)
        ):
            skipped.append(lines[i])
        else:
            said = " ".join(text_of(cell_at(rows[i], c)) for c in dates).strip()
            made.bad_dates.append((lines[i], said))
    _skip_notes(skipped, telling)
    return good


def _said(block: Block, roles: Roles) -> dict[int, tuple[str, str]]:
    """Whom each value column belongs to, and what is left of its name."""
    names = {c: block.names[c] for c in roles.values}
    if roles.spread != "region":
        bare = telling_apart(list(names.values()))
        return {c: (text or names[c], "") for c, text in zip(names, bare, strict=True)}
    found: dict[int, tuple[str, str]] = {}
    for c, name in names.items():
        inside = places_in(name)
        places = inside or places_in(block.regions[c]) or place_codes(name)
        found[c] = places[0] if places else name, key(without_place(name)) if inside else ""
    return found


def _skip_notes(skipped: Sequence[int], telling: Telling) -> None:
    if skipped:
        told = lines_of(skipped)
        telling.skip(f"{told.zh}：注、合计或空行", f"{told.en}: notes, totals or nothing")


def _across(
    made: Records, block: Block, roles: Roles, rows: Sequence[Row], lines: Sequence[int],
    moments: Sequence[Moment | None], words: dict[str, list[str]], units: list[str] | None,
    telling: Telling,
) -> None:  # fmt: skip
    skipped = []
    periods = block.periods
    made.units = []
    for i, row in enumerate(rows):
        moment = moments[i]
        if not _has_number(row, tuple(periods)) or is_foot(_first(row)):
            skipped.append(lines[i])
            continue
        if moment is None:
            said = " ".join(text_of(cell_at(row, c)) for c in block.dates.columns).strip()
            if is_sum(said) or not said:
                skipped.append(lines[i])
            else:
                made.bad_dates.append((lines[i], said))
            continue
        unit = units[i] if units is not None else _unit_of_row(words, i)
        for c, part in periods.items():
            whole = joined(moment, part) if moment != Moment() else part
            if whole is None or whole.year is None or not _exists(whole):
                if not is_blank(cell_at(row, c)) and read_number(cell_at(row, c)).value:
                    made.bad_dates.append((lines[i], block.names[c]))
                continue
            made.lines.append(lines[i])
            made.moments.append(whole)
            made.cells.append(cell_at(row, c))
            made.units.append(unit)
            for name, texts in words.items():
                made.keys[name].append(texts[i])
    _skip_notes(skipped, telling)


def _first(row: Row) -> str:
    return next((text_of(cell) for cell in row if not is_blank(cell)), "")


def _exists(moment: Moment) -> bool:
    """Whether the calendar has the day: forms give every month 31 columns."""
    if moment.day is None or moment.month is None:
        return True
    from calendar import monthrange

    return moment.day <= monthrange(moment.year or 1, moment.month)[1]


def _unit_of_row(words: dict[str, list[str]], i: int) -> str:
    return next((unit for texts in words.values() if (unit := unit_in_name(texts[i]))), "")


def _unit(block: Block, roles: Roles) -> str:
    """The unit that holds for the whole table."""
    if not block.periods and len(roles.values) == 1:
        column = roles.values[0]
        if unit := (block.units[column] or unit_in_name(block.names[column])):
            return unit
    corner = [block.names[c] for c in (*roles.keys, roles.region, roles.sector) if c is not None]
    if block.periods:
        for name in corner:
            if unit := unit_in_name(name):
                return unit
        said = {block.units[c] or unit_in_name(block.names[c]) for c in block.periods}
        if len(said) == 1 and (unit := said.pop()):
            return unit
    lines = [*block.titles, *(block.names if len(block.names) < 60 else ()), *_below(block)]
    for line in lines:
        if unit := unit_in_line(line):
            return unit
    for line in block.titles:
        if unit := unit_in_name(line):
            return unit
    return ""


def _below(block: Block) -> list[str]:
    """Notes in the last lines, where a unit may stand."""
    rows = sample_of(block.grid.rows, block.begin)[-8:]
    return [text_of(row[0]) for row in rows if row and is_foot(text_of(row[0]))]
