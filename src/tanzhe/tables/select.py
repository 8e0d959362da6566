"""From a whole table to the rows that are asked for: by region, sector and what else there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.names import folded
from tanzhe.tables.apart import column_of, may_be_added, one_each
from tanzhe.tables.mishaps import years_as_days
from tanzhe.tables.moments import Moment, Span
from tanzhe.tables.naming import is_sector, place_key, places_in, sector_key, without_place
from tanzhe.tables.spans import one_span
from tanzhe.tables.table import Table, open_columns
from tanzhe.tables.told import Telling, lines_of, some
from tanzhe.tables.units import spelled
from tanzhe.tables.vocabulary import is_ahead, is_part, is_total

Pair = tuple[str, str]


class Group(NamedTuple):
    """The records of one region and sector, one for each moment.

    Attributes:
        region: as the table writes it; "" where it does not.
        sector: as the table writes it; "" where it does not.
        span: how long each moment lasts.
        moments: in ascending order, each once.
        values: of each moment; None where none is given.
        lines: where each stands.
        unit: as the table states it; "" where it does not.
        names: what the table calls these figures: the column, their category, their unit.
    """

    region: str
    sector: str
    span: Span
    moments: list[Moment]
    values: list[float | None]
    lines: list[int]
    unit: str
    names: tuple[str, ...]


def focused(table: Table, region: str, sector: str) -> Table:
    """The table with the columns that hold what is asked for as its regions and sectors.

    Args:
        table: as read.
        region: asked for; where the column of regions does not hold it and another column does,
            that column tells the regions: a city beside its country.
        sector: asked for, likewise.
    """
    records = table.records
    asked = (place_key(region), sector_key(sector))
    return replace(
        table,
        asked=asked,
        open=open_columns(table.file, table.open_columns, asked)
        if table.open_columns
        else table.open,
        records=replace(
            records,
            region=_holding(table, region, records.region, place=True),
            sector=_holding(table, sector, records.sector, place=False),
        ),
    )


def groups_of(table: Table) -> dict[Pair, list[int]]:
    """Positions of the records of each region and sector, after `--where`.

    Raises:
        InputError: a column or value of `--where` or `--sum-by` that is not in the table.
    """
    if table.open is not None:
        refuse([table.open])
    keep = _where(table)
    for name in table.choices.sum_by:
        may_be_added(table, column_of(table, name, "--sum-by"), list(keep))
    regions = _keys(table, table.records.region, place=True)
    sectors = _keys(table, table.records.sector, place=False)
    found: dict[Pair, list[int]] = defaultdict(list)
    for i in keep:
        found[regions[i] if regions else "", sectors[i] if sectors else ""].append(i)
    return dict(found)


def _holding(table: Table, asked: str, told: str | None, *, place: bool) -> str | None:
    """The column that holds what is asked for, where the one that should does not."""
    fold = place_key if place else sector_key
    wanted = fold(asked)
    keys = table.records.keys
    if not asked or (told is not None and wanted in map(fold, set(keys[told]))):
        return told
    others = (table.records.region, table.records.sector)
    found = [n for n in keys if n not in others and wanted in map(fold, set(keys[n]))]
    # A word that stands by chance among categories does not make a region of each of them.
    sure = told is not None or place or (len(found) == 1 and _all_sectors(keys[found[0]]))
    return found[0] if len(found) == 1 and sure else told


def _all_sectors(texts: Sequence[str]) -> bool:
    return all(is_sector(text) or is_total(text) or is_part(text) for text in set(texts))


def _keys(table: Table, name: str | None, *, place: bool) -> list[str] | None:
    chosen = {folded(column) for column, _ in table.choices.where}
    if name is None or folded(name) in chosen | set(map(folded, table.choices.sum_by)):
        return None
    fold = place_key if place else sector_key
    known = {text: _named(text, place=place) for text in set(table.records.keys[name])}
    return [fold(known[text]) for text in table.records.keys[name]]


def _named(text: str, *, place: bool) -> str:
    """A sheet or column that names one province among other words stands for it."""
    if place and place_key(text) == folded(text):
        found = places_in(text)
        if len(found) == 1 and not without_place(text).strip("0123456789年-_ 省市"):
            return found[0]
    return text


def _where(table: Table) -> Iterable[int]:
    count = len(table.records)
    if not table.choices.where:
        return range(count)
    keep = list(range(count))
    for column, value in table.choices.where:
        name = column_of(table, column, "--where")
        texts = table.records.keys[name]
        wanted = folded(value)
        found = [i for i in keep if folded(texts[i]) == wanted]
        if not found:
            have = some(list(dict.fromkeys(texts[i] for i in keep)), 12)
            what = Words(f"“{name}”里没有“{value}”", f"“{name}” has no “{value}”")
            do = Words(f"有：{have.zh}", f"There are: {have.en}")
            refuse([Fault(what, do, where=f"{table.file}, --where")])
        keep = found
    return keep


def group(
    table: Table, pair: Pair, positions: Sequence[int], telling: Telling | None = None
) -> Group:
    """The records of one region and sector as one series of moments.

    Raises:
        InputError: unreadable dates or values, units that mix, moments that stand twice, each
            class of fault once with its lines.
    """
    records = table.records
    said = Telling() if telling is None else telling
    years_as_days([records.moments[i] for i in positions], table.file)
    _days_as_months(table, positions)
    positions = _measured(table, positions, said)
    positions, span = one_span(table, positions, said)
    faults: list[Fault] = []
    positions = one_each(table, list(positions), said, faults)
    unit, mixed = _unit(table, positions)
    refuse([*faults, *_cell_faults(table, positions), *mixed])
    by_moment: dict[Moment, list[int]] = defaultdict(list)
    for i in positions:
        by_moment[records.moments[i]].append(i)
    ordered = sorted(by_moment, key=lambda moment: moment.text)
    values = [_sum([table.values[i] for i in by_moment[m]]) for m in ordered]
    lines = [records.lines[by_moment[m][0]] for m in ordered]
    first = positions[0]
    region = records.keys[records.region][first] if records.region and pair[0] else ""
    sector = records.keys[records.sector][first] if records.sector and pair[1] else ""
    names = (*_called(table, positions), unit)
    return Group(region, sector, span, ordered, values, lines, unit, names)


def _measured(table: Table, positions: Sequence[int], telling: Telling) -> Sequence[int]:
    """Without the rows that a category calls forecasts, where others are none, unless chosen."""
    records = table.records
    chosen = {folded(column) for column, _ in table.choices.where}
    for name, texts in records.keys.items():
        if name in (records.region, records.sector) or folded(name) in chosen:
            continue
        ahead = [i for i in positions if is_ahead(texts[i])]
        if not 0 < len(ahead) < len(positions):
            continue
        kinds = some(list(dict.fromkeys(texts[i] for i in ahead)), 3)
        zh = f"“{name}”为 {kinds.zh} 的 {len(ahead)} 行不是实际数，未用"
        en = f"{len(ahead)} rows whose “{name}” is {kinds.en} were never measured and are not used"
        telling.skip(zh, en)
        out = set(ahead)
        positions = [i for i in positions if i not in out]
    return positions


def _days_as_months(table: Table, positions: Sequence[int]) -> None:
    """Where some months are written with a day and others without, the days are months."""
    moments = table.records.moments
    spans = {moments[i].span for i in positions}
    if spans != {"day", "month"}:
        return
    months = [moments[i]._replace(day=None) for i in positions]
    if len(set(months)) == len(months):
        for i, month in zip(positions, months, strict=True):
            moments[i] = month


def _called(table: Table, positions: Sequence[int]) -> Iterator[str]:
    """What the table calls the figures: their column, or the category of their rows."""
    records = table.records
    if len(records.names) == 1:
        yield records.names[0]
    for name, texts in records.keys.items():
        if name not in (records.region, records.sector):
            here = {texts[i] for i in positions}
            yield from here if len(here) == 1 else ()
    if records.period_columns:
        yield from (title for title in records.titles if title.startswith("指标"))
    if records.year_to_date:
        yield "累计"


def _sum(values: Sequence[float | None]) -> float | None:
    """The sum of rows that belong together; nothing where one of them is missing."""
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _cell_faults(table: Table, positions: Sequence[int]) -> list[Fault]:
    faults = []
    lines = table.records.lines
    bad = [i for i in positions if table.why.get(i) == "bad"]
    if bad:
        told, cells = lines_of([lines[i] for i in bad]), [table.records.cells[i] for i in bad]
        shown = some([f"“{cell}”" for cell in dict.fromkeys(map(str, cells))], 3)
        faults.append(
            Fault(
                Words(f"不是数字：{shown.zh}", f"Not a finite number: {shown.en}"),
                Words("请填数字，没有数据则留空", "Give a number, or leave it empty"),
                where=f"{table.file}, {_places(table, told)}",
            )
        )
    formulas = [lines[i] for i in positions if table.why.get(i) == "formula"]
    if formulas:
        told = lines_of(formulas)
        faults.append(
            fault_of("tables.select.cell_faults", where=f"{table.file}, {_places(table, told)}")
        )
    if table.records.bad_dates:
        numbers = [line for line, _ in table.records.bad_dates]
        cells_said = dict.fromkeys(f"“{said}”" for _, said in table.records.bad_dates)
        shown = some(list(cells_said), 3)
        faults.append(
            Fault(
                Words(f"看不懂的日期{shown.zh}", f"Not a date: {shown.en}"),
                Words(
                    "请写成 2021-05 这样的形式；不是数据的行请删去",
                    "Write it like 2021-05, or delete the line if it is no data",
                ),
                where=f"{table.file}, {_places(table, lines_of(numbers))}",
            )
        )
    return faults


def _places(table: Table, told: Words) -> str:
    digits = told.en.removeprefix("lines ").removeprefix("line ")
    value = next((c.name for c in table.telling.columns if c.role == "value"), "")
    return f"{digits}, {value}" if value else digits


def _unit(table: Table, positions: Sequence[int]) -> tuple[str, list[Fault]]:
    if table.choices.unit is not None:
        return table.choices.unit, []
    units = table.records.units
    told = sorted({units[i] for i in positions if units[i]}) if units is not None else []
    if len({spelled(text) or text for text in told}) > 1:
        what = Words(f"单位混用：{'、'.join(told)}", f"Mixed units: {', '.join(told)}")
        do = Words("请先统一单位，或用 --where 选一种", "Convert to one, or choose by --where")
        return "", [Fault(what, do, where=table.file)]
    if told:
        return told[0], []
    return table.records.unit or ("%" if table.percent else ""), []
