"""Dates that run down: the column, or the columns together, that tell when."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.tables.axis import Axis, axis
from tanzhe.tables.choices import Choices
from tanzhe.tables.grid import Cell, Row, cell_at, is_blank, text_of
from tanzhe.tables.moments import Moment
from tanzhe.tables.readings import ROMAN_MONTHS, plain
from tanzhe.tables.row_moments import DateColumns, part_of
from tanzhe.tables.vocabulary import has_role, key

_HEAD, _TAIL = 400, 100
_WIDEST = 80
# Footnotes, totals and titles stand among the sample; most of a date column is dates all the same.
_MOSTLY = 0.6
_ALL = 0.95
_NOT_WHEN = (
    "更新", "创建", "录入", "发布", "修改", "导出", "下载", "结束", "截止", "入库", "成立", "投产",
    "update", "creat", "modif", "publish", "download", "end_time", "enddate", "end date", "retriev",
    "released", "insert", "start date",
)  # fmt: skip


_UTC = Words("时间为 UTC，已换算为北京时间", "Times are UTC; they are put into Beijing time")


class _Candidate(NamedTuple):
    column: int
    name: str
    start: int
    found: Axis
    kind: str
    spans: frozenset[str | None]
    sparse: bool


def find_date_columns(
    rows: Sequence[Row],
    choices: Choices,
    outside: Sequence[str],
    *,
    parts: frozenset[str] = frozenset(),
) -> DateColumns | None:
    """The columns that tell when, or None.

    Args:
        rows: of the grid.
        choices: a column named by the reader.
        outside: names and lines that may tell the year.
        parts: what the header tells already, e.g. the month.
    """
    sample = rows if len(rows) <= _HEAD + _TAIL else [*rows[:_HEAD], *rows[-_TAIL:]]
    width = min(max((len(row) for row in sample), default=0), _WIDEST)
    found = [c for i in range(width) if (c := _candidate(sample, i, choices)) is not None]
    if choices.date is not None:
        named = [c for c in found if key(c.name) == key(choices.date)]
        found = named or found
    whole = [c for c in found if None not in c.spans and c.spans != {"year"}]
    years = [c for c in found if c.spans == {"year"}]
    apart = [c for c in found if None in c.spans and "year" not in c.spans]
    headed = [c for c in found if c.spans == {None, "year"} and c.kind == "year"]
    if headed and not parts:
        return _one(max(headed, key=_score), [])._replace(kinds=("headed",))
    if "year" in parts:
        finer = [one for one in apart if one.kind not in parts]
        return _several(finer[0], finer[1:2]) if finer else None
    if whole and (not parts or parts == {"minute"}):
        return _one(max(whole, key=_score), [c for c in apart if c.kind in ("minute", "hour")])
    if years:
        year = max(years, key=_score)
        return _several(year, [one for one in apart if one.kind not in parts])
    if apart or parts:
        begin = max((one.start for one in apart), default=1)
        titles = [text_of(cell) for row in rows[:begin] for cell in row[:3]]
        return _year_from_outside(apart, (*outside, *titles), begin, parts=bool(parts))
    return None


def _candidate(rows: Sequence[Row], column: int, choices: Choices) -> _Candidate | None:
    cells = [cell_at(row, column) for row in rows]
    found = axis(cells, choices)
    at = [i for i, moment in enumerate(found.moments) if moment is not None]
    name = _name(cells, at[0] if at else _first_number(cells, roman=True))
    if not at or _share(cells, found, at[0]) < _MOSTLY:
        return _numbered(cells, column, name)
    if not _plausible(cells, found, at, name, column):
        return _numbered(cells, column, name)
    below = [m for m in found.moments[at[0] :] if m is not None]
    spans = frozenset(m.span for m in below)
    held = sum(not is_blank(cell) for cell in cells[at[0] :])
    sparse = held <= (len(cells) - at[0]) / 2
    kind = _kind_of(below[0]) if None in spans else ""
    return _Candidate(column, name, at[0], found, kind, spans, sparse)


def _name(cells: Sequence[Cell], start: int) -> str:
    above = [text_of(cell) for cell in cells[:start] if not is_blank(cell)]
    return above[-1] if above else ""


def _first_number(cells: Sequence[Cell], *, roman: bool = False) -> int:
    told = ((i, text_of(c)) for i, c in enumerate(cells))
    return next(
        (i for i, t in told if t.isdecimal() or (roman and t.casefold() in ROMAN_MONTHS)),
        len(cells),
    )


def _share(cells: Sequence[Cell], found: Axis, start: int) -> float:
    held = [i for i in range(start, len(cells)) if not is_blank(cells[i])]
    good = sum(found.moments[i] is not None for i in held)
    return good / len(held) if held else 0.0


def _kind_of(moment: Moment) -> str:
    for part in ("minute", "day", "week", "month", "quarter", "half", "year"):
        if getattr(moment, part) is not None:
            return part
    return ""


def _plausible(
    cells: Sequence[Cell], found: Axis, at: Sequence[int], name: str, column: int
) -> bool:
    """Whether a column of bare numbers is dates: by its name, or by how they follow one another."""
    bare = [i for i in at if _is_bare(cells[i])]
    if len(bare) < _MOSTLY * len(at):
        return True
    if any(has_role(name, role) for role in ("date", "year")):
        return True
    if found.counted in ("seconds", "milliseconds") or has_role(name, "value"):
        return False
    moments = [m for i in at if (m := found.moments[i]) is not None]
    if len(moments) < 3 or _share(cells, found, at[0]) < _ALL:
        return False
    steps = [_ordinal(b) - _ordinal(a) for a, b in pairwise(moments)]
    small = sum(abs(step) <= 31 for step in steps)
    turns = sum((a > 0) != (b > 0) for a, b in pairwise([s for s in steps if s]))
    if found.counted == "serial":
        return column == 0 and small > 0.9 * len(steps)
    years = all(m.span == "year" for m in moments)
    if years:
        return sum(abs(step) <= 366 for step in steps) >= 0.8 * len(steps) and turns <= max(
            2, len(steps) // 4
        )
    return turns <= max(2, len(steps) // 4)


def _is_bare(cell: Cell) -> bool:
    text = plain(cell) if not isinstance(cell, int | float) else text_of(cell)
    return text.replace(".", "", 1).isdecimal()


def _ordinal(moment: Moment) -> int:
    month = moment.month or 3 * (moment.quarter or 0) or 1
    return 366 * (moment.year or 0) + 31 * month + (moment.day or 0)


_PART_NAMES = {
    "month": ("月", "月份", "month", "mon", "mm", "月度", "m"),
    "day": ("日", "号", "day", "dd", "日期"),
    "quarter": ("季度", "季", "quarter", "qtr", "q"),
}  # fmt: skip
_HOURS = ("小时", "时", "hour", "hr", "hh", "时刻")


def _numbered(cells: Sequence[Cell], column: int, name: str) -> _Candidate | None:
    """A column of small whole numbers that is called month, day, quarter or hour."""
    folded = key(name)
    kind = next((k for k, names in _PART_NAMES.items() if folded in names), None)
    hours = folded in _HOURS
    if kind is None and not hours:
        return None
    start = _first_number(cells, roman=kind == "month")
    moments = [
        part_of(cell, "hour" if hours else kind or "") if i >= start else None
        for i, cell in enumerate(cells)
    ]
    held = [i for i in range(start, len(cells)) if not is_blank(cells[i])]
    good = sum(moments[i] is not None for i in held)
    if not held or good < _MOSTLY * len(held):
        return None
    return _Candidate(
        column,
        name,
        start,
        Axis(moments),
        "hour" if hours else kind or "",
        frozenset({None}),
        False,
    )


def _score(candidate: _Candidate) -> tuple[int, int, int]:
    name = candidate.name.casefold()
    named = any(has_role(candidate.name, role) for role in ("date", "year"))
    other = any(word in name for word in _NOT_WHEN)
    return (named - 3 * other, len(candidate.spans - {"year"}) > 0, -candidate.column)


def _one(best: _Candidate, times: Sequence[_Candidate]) -> DateColumns:
    columns, kinds = [best.column], [""]
    if times and "day" in best.spans:
        columns.append(times[0].column)
        kinds.append(times[0].kind)
    found = best.found
    utc = "utc" in best.name.casefold() and "hour" in best.spans
    told = (*found.told, *((_UTC,) if utc else ()))
    return DateColumns(
        tuple(columns), tuple(kinds), best.start, Moment(),
        (best.column,) if best.sparse and times else (), told, found.doubt,
        found.year_to_date, found.merged, utc,
    )  # fmt: skip


def _several(year: _Candidate, apart: Sequence[_Candidate]) -> DateColumns:
    """Year, and beside it month, quarter, day or time."""
    chosen = [year]
    taken = {"year", year.kind}
    for part in apart:
        kind = part.kind
        if kind not in taken:
            chosen.append(part)
            taken.add(kind)
    told = tuple(words for one in chosen for words in one.found.told)
    doubts = [one.found.doubt for one in chosen if one.found.doubt]
    return DateColumns(
        tuple(one.column for one in chosen),
        tuple(one.kind for one in chosen),
        # A year written once holds from its own row on, were it that of the total.
        year.start if year.sparse else max(one.start for one in chosen),
        Moment(),
        tuple(one.column for one in chosen if one.sparse),
        told,
        doubts[0] if doubts else None,
        any(one.found.year_to_date for one in chosen),
        any(one.found.merged for one in chosen),
    )


def _year_from_outside(
    apart: Sequence[_Candidate], outside: Sequence[str], begin: int, *, parts: bool
) -> DateColumns | None:
    """A year that stands once, in the name of the sheet or a title."""
    years = {m.year for text in outside for m in [_year_in(text)] if m is not None}
    if len(years) != 1 or (not apart and not parts):
        return None
    year = Moment(year=years.pop())
    told = (Words(f"年份 {year.year} 取自表名或标题", f"The year {year.year} is the title's"),)
    columns = tuple(one.column for one in apart[:2])
    return DateColumns(
        columns, tuple(one.kind for one in apart[:2]), begin, year, (), told, None,
        any(one.found.year_to_date for one in apart), any(one.found.merged for one in apart),
    )  # fmt: skip


def _year_in(text: str) -> Moment | None:
    import re

    found = re.findall(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|$|[^\d\-—~至])", text)
    return Moment(year=int(found[0])) if len(set(found)) == 1 else None
