"""A user's own table becomes a Series: the rows asked for, on a calendar, in a known unit.

How the table stands is the business of `tables`; here its values become one series a region, and
everything wrong with them is one message for each class of fault.
"""

from calendar import isleap
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.model import Note, Record, Series
from tanzhe.notes import note_of
from tanzhe.periods import Month, period_days
from tanzhe.places import place_of
from tanzhe.sectors import Product, sector_of
from tanzhe.series.behaviour import JUDGED, behaved, refuse_rates
from tanzhe.series.behaviour.words import daily_mean_word, without_day
from tanzhe.series.calendar_of_table import FEWEST_YEARS, Entry, Standing, on_calendar
from tanzhe.series.company import company_of, is_compared
from tanzhe.series.hours import is_power
from tanzhe.series.level_changes import DOUBT, SURE
from tanzhe.series.remarks import unfit_note
from tanzhe.series.stated_unit import stated_unit
from tanzhe.series.subject import measured, other_place, other_sector, refused_quantity
from tanzhe.series.told_of_table import refuse_broken_days, with_jumps
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.naming import place_key, sector_key
from tanzhe.tables.select import Group, Pair, focused, group, groups_of
from tanzhe.tables.table import Table, read_table
from tanzhe.tables.told import Telling, some
from tanzhe.tables.units import spelled

_UNIT_UNKNOWN = note_of("unit_not_stated")
_DAILY_MEANS = note_of("daily_means")
_NO_SPRING = note_of("no_january_february")
_EQUIVALENT = note_of("co2_equivalent")
_CARBON = note_of("carbon_to_co2")
_NOT_EMISSIONS = note_of("not_emissions")


class _Wanted(NamedTuple):
    """Rows of the sector asked for, by region as the series will call it."""

    pairs: dict[str, Pair]
    region: str


def table_series(
    path: Path, region: str, sector: str, choices: Choices = DEFAULT, telling: Telling | None = None
) -> Series:
    """A region's and sector's series of a user's table, with the other regions as peers.

    Args:
        path: any file `tables.read_table` reads.
        region: any name of a province, or the user's own name of a city or park.
        sector: any name of a sector or product, or the user's own.
        choices: what the user decided about the table.
        telling: told what was left out and decided on the way.

    Returns:
        Daily, monthly or yearly series by the dates found; hours are added up to days, one date a
        month means months. A monthly table without any January counts as merged. Other regions of
        the table whose rows are usable become peers.

    Raises:
        InputError: each class of fault once, with file, rows and column, and what to do.
    """
    table = focused(read_table(path, choices), region, sector)
    groups = groups_of(table)
    wanted = _wanted(table, groups, region, sector)
    sector_id = _sector_id(sector)
    if telling is not None:
        telling.take(table.telling)
    own = _series(table, groups, wanted, wanted.region, sector_id, telling)
    peers, unfit = [], []
    # A peer that cannot be used is no peer; the asked region is judged without it.
    for name in company_of(wanted.region, [n for n in wanted.pairs if is_compared(n)]):
        try:
            peers.append(_series(table, groups, wanted, name, sector_id, None))
        except InputError:
            unfit.append(name)
    notes = (*own.notes, unfit_note(unfit)) if unfit else own.notes
    return own.model_copy(update={"peers": tuple(peers), "notes": notes})


class Unusable(Record):
    """A region and sector of a table that cannot be used, and why."""

    region: str
    sector: str
    faults: tuple[Fault, ...]


def table_contents(
    path: Path, choices: Choices = DEFAULT, further: tuple[Path, ...] = (), name: str = ""
) -> list[Series | Unusable]:
    """Every region and sector of a user's table, one series each, without peers.

    Args:
        path: the table.
        choices: what the user decided about it.
        further: files that go on with it.
        name: of the whole, where there are such.

    Raises:
        InputError: the table cannot be read at all.
    """
    return list(_contents(read_table(path, choices, further, name)))


MOST_JUDGED = 200  # regions and sectors of a table that is only looked at


def judged(table: Table) -> tuple[Words, ...]:
    """What a search would say of the figures of a table, or why it would refuse them.

    Args:
        table: as read; of many regions and sectors the first are judged.

    Returns:
        Each remark once: growth rates, cumulative figures, slips of a unit, jumps, output.
    """
    said: dict[Words, None] = {}
    for one in islice(_contents(table), MOST_JUDGED):
        if isinstance(one, Unusable):
            said |= {_refusal(fault): None for fault in one.faults}
        else:
            said |= {
                Words(note.zh.rstrip("。"), note.en.rstrip(".")): None
                for note in one.notes
                if note.code in TOLD_OF_FIGURES
            }
    return tuple(said)


TOLD_OF_FIGURES = JUDGED | {SURE, DOUBT, _NOT_EMISSIONS.code, _DAILY_MEANS.code, _NO_SPRING.code}


def _refusal(fault: Fault) -> Words:
    return Words(
        f"不能检索转折点：{fault.what.zh}。{fault.do.zh}",
        f"No turning points can be searched: {fault.what.en}. {fault.do.en}",
    )


def _contents(table: Table) -> Iterator[Series | Unusable]:
    groups = groups_of(table)
    regions, sectors = (_spelled(table, position) for position in (0, 1))
    for pair in groups:
        known = place_of(pair[0])
        name = known.iso if known else regions.get(pair[0]) or pair[0] or table.file
        wanted = _Wanted({name: pair}, "")
        shown = sectors.get(pair[1]) or pair[1]
        sector = _sector_id(shown) if pair[1] else "total"
        try:
            yield _series(table, groups, wanted, name, sector, None)
        except InputError as error:
            yield Unusable(region=name, sector=sector, faults=error.faults)


def _spelled(table: Table, position: int) -> dict[str, str]:
    """Regions or sectors by key, each as the table writes it first."""
    name = (table.records.region, table.records.sector)[position]
    fold = (place_key, sector_key)[position]
    found: dict[str, str] = {}
    for text in dict.fromkeys(table.records.keys[name] if name else ()):
        found.setdefault(fold(text), text)
    return found


def _sector_id(sector: str) -> str:
    known = sector_key(sector)
    return known if sector_of(known) else sector


def _wanted(table: Table, groups: dict[Pair, list[int]], region: str, sector: str) -> _Wanted:
    """The rows asked for.

    Raises:
        InputError: the region or sector is not in the file; the message lists what is.
    """
    regions = {pair[0] for pair in groups}
    sectors = {pair[1] for pair in groups}
    refuse([*_unnamed(table, groups, 0), *_unnamed(table, groups, 1)])
    asked_region, asked_sector = place_key(region), sector_key(sector)
    faults = []
    if sectors != {""} and asked_sector not in sectors:
        faults.append(_not_there(table, sector, groups, 1, Words("部门", "sector")))
    if regions != {""} and asked_region not in regions:
        faults.append(_not_there(table, region, groups, 0, Words("地区", "region")))
    if regions == {""}:
        faults.extend(other_place(table, asked_region, region))
    if sectors == {""}:
        faults.extend(other_sector(table, sector))
    refuse(faults)
    kind = asked_sector if sectors != {""} else ""
    spelled = _spelled(table, 0)
    pairs: dict[str, Pair] = {}
    for pair in groups:
        if pair[1] == kind:
            named = region if not pair[0] and not place_of(asked_region) else pair[0]
            known = place_of(named or asked_region)
            shown = (spelled.get(pair[0]) or pair[0]) if pair[0] else region
            pairs[known.iso if known else shown] = pair
    found = next((n for n, pair in pairs.items() if pair[0] in ("", asked_region)), "")
    if not found:
        both = Words("组合", "combination")
        refuse([_not_there(table, f"{region} × {sector}", groups, 0, both)])
    return _Wanted(pairs, found)


def _unnamed(table: Table, groups: dict[Pair, list[int]], position: int) -> list[Fault]:
    """Rows without a region or sector where other rows have one."""
    bare = [i for pair, rows in groups.items() if not pair[position] for i in rows]
    if not bare or len({pair[position] for pair in groups}) == 1:
        return []
    words = (Words("地区", "region"), Words("部门", "sector"))[position]
    what = Words(f"{len(bare)} 行没有写{words.zh}", f"{len(bare)} rows have no {words.en}")
    where = f"{table.file}, {table.records.lines[bare[0]]}"
    return [Fault(what, Words("请补全该列", "Complete the column"), where=where)]


def _not_there(
    table: Table, asked: str, groups: dict[Pair, list[int]], position: int, kind: Words
) -> Fault:
    spelled = _spelled(table, position)
    keys = {pair[position] for pair in groups} - {""}
    names = sorted({spelled.get(key) or key for key in keys})
    have = some(names, 40)
    what = Words(f"表中没有{kind.zh}“{asked}”", f"The table has no {kind.en} “{asked}”")
    do = Words(f"表中有：{have.zh}", f"It has: {have.en}")
    column = (table.records.region, table.records.sector)[position]
    if position == 1 and column is not None and names:
        # Which of them stands for what was asked is not ours to suggest.
        do = Words(
            f'{do.zh}；要取其一请加 --where "{column}=名称"',
            f'{do.en}; to take one add --where "{column}=NAME"',
        )
    return Fault(what, do, where=table.file)


def _series(
    table: Table, groups: dict[Pair, list[int]], wanted: _Wanted, name: str, sector: str,
    telling: Telling | None,
) -> Series:  # fmt: skip
    """The series of one region.

    Raises:
        InputError: everything that is wrong with its rows.
    """
    pair = wanted.pairs[name]
    rows = group(table, pair, groups[pair], telling)
    return _of_group(table, rows, name, sector, telling)


def _source(table: Table) -> str:
    """The file, and which part of it a person chose: a report on coal alone must say so."""
    chosen = table.choices
    parts = [
        *(f"{column}={value}" for column, value in chosen.where),
        *(text for text in (chosen.sheet, chosen.column) if text is not None),
        *(f"∑{column}" for column in chosen.sum_by),
    ]
    return f"{table.file}（{'，'.join(parts)}）" if parts else table.file


# An index with the same month of the year before as 100 stays near it; levels rarely do.
INDEX, INDEX_NEAR, INDEX_MIDDLE, INDEX_SHARE = 100.0, 0.15, (0.97, 1.06), 0.75


def _index_like(values: Sequence[float | None], file: str) -> Iterator[Fault]:
    """Figures without a unit that stay near 100, as those of an index do."""
    known = [v for v in values if v is not None]
    near = [v for v in known if abs(v / INDEX - 1) <= INDEX_NEAR]
    if len(known) < FEWEST_YEARS or len(near) < INDEX_SHARE * len(known):
        return
    if INDEX_MIDDLE[0] <= median(known) / INDEX <= INDEX_MIDDLE[1]:
        yield Fault(
            Words(
                "数值都在 100 上下而没有单位：像是以上年同期为 100 的指数，不是排放量",
                "The figures stay near 100 and have no unit: as an index with the year before as "
                "100, no level of emissions",
            ),
            Words(
                "请换用数量列；确是数量的，请用 --unit 写明单位",
                "Use a column of quantities; state the unit by --unit if they are",
            ),
            where=file,
        )


def _no_spring(stands: Standing) -> Iterator[Note]:
    """A note where no year has a figure of January or February, as columns of single months."""
    if stands.frequency != "month":
        return
    given = dict(zip(stands.periods, stands.values, strict=True))
    years = {p[:4] for p, v in given.items() if p[5:] == "03" and v is not None}
    spring = [v for p, v in given.items() if p[5:] in ("01", "02")]
    if len(years) > 1 and all(v is None for v in spring):
        yield _NO_SPRING


def _days_of(names: Sequence[str], stands: Standing) -> tuple[int, ...]:
    """Days of each period where figures are means a day, empty where they are totals."""
    if stands.frequency == "day" or not daily_mean_word(names):
        return ()
    if stands.frequency == "year":
        return tuple(365 + isleap(int(period)) for period in stands.periods)
    months = map(Month.parse, stands.periods)
    return tuple(period_days(month, merged=stands.merged) for month in months)


def _of_group(
    table: Table, rows: Group, region: str, sector: str, telling: Telling | None
) -> Series:
    refuse_rates(rows.names, table.file)
    entries = [
        Entry(moment, value, line)
        for moment, value, line in zip(rows.moments, rows.values, rows.lines, strict=True)
    ]
    power = is_power((*rows.names, rows.unit))
    stands = on_calendar(entries, rows.span, table.file, merged=table.records.merged, power=power)
    if telling is not None:
        telling.decide(*stands.told)
    kind = measured(rows.names[:-1], table.records.titles, table.file)
    if kind == "other":
        refuse([refused_quantity(next(iter(rows.names), table.file), table.file)])
    if not kind and not rows.unit:
        refuse(_index_like(rows.values, table.file))
    output = kind == "activity" and not isinstance(sector_of(sector), Product)
    # A table on cement that says emissions holds emissions of cement, not its output.
    carbon = True if kind == "co2" else False if output else None
    unit = without_day(rows.unit)
    text, scale = stated_unit(unit, sector, where=table.file, carbon=carbon)
    days = _days_of((*rows.names, rows.unit), stands)
    values = tuple(
        None if v is None else v * scale * length
        for v, length in zip(stands.values, days or (1,) * len(stands.values), strict=True)
    )
    notes = [
        *stands.notes,
        *([_DAILY_MEANS] if days else []),
        *_no_spring(stands),
        *(() if rows.unit else (_UNIT_UNKNOWN,)),
    ]
    stated = spelled(unit, carbon=True)
    if stated is not None and stated.equivalent:
        notes.append(_EQUIVALENT)
    if stated is not None and stated.element:
        notes.append(_CARBON)
    if output:
        notes.append(_NOT_EMISSIONS)
    read = Series(
        region=region,
        sector=sector,
        unit=text,
        frequency=stands.frequency,
        merged=stands.merged,
        periods=stands.periods,
        values=values,
        source=_source(table),
        vintage=f"to {stands.periods[-1]}",
        sha256=table.sha256,
        notes=tuple(notes),
    )
    at = {period: line for period, line in stands.lines.items() if period in stands.periods}
    found = behaved(read, rows.names, at, as_levels=table.choices.figures == "level")
    refuse_broken_days(found)
    return found if table.choices.figures == "level" else with_jumps(found)
