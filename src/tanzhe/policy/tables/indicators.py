"""Rows of indicator tables, from columns in any order or from cells in a row."""

import re
from dataclasses import dataclass, field, replace

from tanzhe.model.policy import Passage, PolicyIndicator
from tanzhe.operators import Operator, every_spelling
from tanzhe.policy.tables.read import Cell, Column, Table, column_of
from tanzhe.policy.tables.requirement import NOTHING, Requirement, read_requirement
from tanzhe.text.quantities.units import UNITS

_KIND = re.compile(r"[\u4e00-\u9fff]{1,8}(?:类|性|型)?指标$|[\u4e00-\u9fff]{1,6}(?:性|类)$")
_ATTRIBUTE = re.compile(r"约束性|预期性|引导性|指导性|鼓励性")
_NAME_UNIT = re.compile(r"[（(](?P<unit>[^（）()]{1,14})[）)]$")
_DIRECTION = re.compile(every_spelling("signs", "words"))
_YEAR = re.compile(r"20\d\d")
_TIERS = re.compile(r"(?<=[）\d%])[；;、]?(?=[≥≤<>=])|[；;](?=\s*[≥≤<>=不\d])")
_HALF = re.compile(r"(?:\d|[≥≤=<>])$")
_OTHER_HALF = re.compile(
    r"(?:万|亿|千)?(?:个|项|家|%|吨|千瓦|座|种|克|元|立方|平方|公里|公顷|亩|辆|台|套|户|级).{0,60}"
)
_SIGN = re.compile(r"[≥≤=<>]$")
_HELD = ("requirement", "base")  # columns whose cells are numbers
_CODE = re.compile(r"^[\d.．、（）()]{1,5}$")


@dataclass(kw_only=True, slots=True)
class _State:
    """What rows without a type or name of their own take over from the row above."""

    kind: str = ""
    name: Cell | None = None
    attribute: str = ""
    unit: str = ""
    note: str = ""
    found: list[PolicyIndicator] = field(default_factory=list)


def is_indicator_table(table: Table) -> bool:
    """Whether a table names something and demands something of it."""
    columns = set(table.header)
    return "requirement" in columns and bool(columns & {"name", "kind"})


def _is_unit(words: str) -> bool:
    plain = words.strip("（）()")
    if plain in UNITS or plain in ("%", "—", "-", "/"):
        return True
    parts = re.split(r"[/·每]", plain)
    whole = [re.sub(r"^(?:万亿|百万|十万|亿|万|千|标)", "", p) for p in parts]
    return 0 < len(plain) <= 14 and all(
        p in UNITS or q in UNITS for p, q in zip(parts, whole, strict=True)
    )


def _passage(source: str, cell: Cell) -> Passage:
    return Passage(start=cell.start, end=cell.end, text=source[cell.start : cell.end])


def _add(source: str, state: _State, cell: Cell, title: str, *, strict: bool = False) -> bool:
    """Take over a demand of the column `title`; False where the cell states none."""
    if state.name is None:
        return False
    parts = [part for part in _TIERS.split(cell.words) if part.strip()]
    read = [read_requirement(part, strict=strict) for part in parts]
    if not any(read):
        return False
    for words, one in zip(parts, read, strict=True):
        if one is not None:
            state.found.append(_indicator(source, state, cell, words, one, title))
    return True


def _indicator(
    source: str, state: _State, cell: Cell, words: str, one: Requirement, title: str
) -> PolicyIndicator:
    assert state.name is not None
    name, named_unit = state.name.words, ""
    found = _NAME_UNIT.search(name)
    if found and _is_unit(found["unit"]):
        name, named_unit = name[: found.start()], found["unit"]
    heading_unit = _title_unit(title)
    stated = one.unit or state.unit or named_unit or heading_unit
    value, high, unit = _scaled(one, state.unit or named_unit or heading_unit, stated)
    falls = re.search(r"(?:下降|降低|减少|削减)(?:率|幅度|比例)?$", name)
    pace = "累计值" if one.cumulative else "年均" if title.startswith("年均") else ""
    note = "；".join(n for n in (state.note, pace) if n)
    return PolicyIndicator(
        kind=state.kind or state.attribute,
        name=name,
        operator=_noted_operator(state.note) or one.operator
        if one.operator == "=="
        else one.operator,
        value=value,
        high=high,
        unit=unit,
        condition=one.condition or ("" if column_of(title) not in (None, "base") else title),
        change=one.change or ("down" if falls else None),
        by_year=_year(title),
        attribute=state.attribute if state.kind else "",
        note=note,
        requirement=words,
        span=_passage(source, cell),
        name_span=_passage(source, state.name),
    )


def _noted_operator(note: str) -> Operator | None:
    """The direction where only the remark states it: 备注 不低于."""
    read = read_requirement(f"{note}1%") if _DIRECTION.fullmatch(note) else None
    return read.operator if read else None


def _scaled(one: Requirement, column: str, stated: str) -> tuple[float | None, float | None, str]:
    """Value and unit, where the unit (万千瓦) stands in a column of its own."""
    if one.unit or one.value is None or not column:
        return (
            one.value,
            one.high,
            one.unit if one.unit else ("" if NOTHING.match(stated) else stated),
        )
    again = read_requirement(f"{one.value:.12g}{column.strip('（）()')}")
    if again is None or again.value is None or not again.unit:
        return one.value, one.high, column.strip("（）()")
    factor = again.value / one.value if one.value else 1.0
    return again.value, None if one.high is None else one.high * factor, again.unit


def _columned_row(source: str, table: Table, row: tuple[Cell, ...], state: _State) -> None:
    """A row with as many cells as there are columns."""
    fresh = replace_row(state)
    demands: list[tuple[Cell, str]] = []
    kinds = [i for i, c in enumerate(table.header) if c == "kind"]
    for number, cell in enumerate(row):
        column = table.header[number] if number < len(table.header) else None
        title = table.titles[number] if number < len(table.titles) else ""
        if column == "requirement" or (column == "base" and _DIRECTION.match(cell.words)):
            demands.append((cell, title))
        else:
            _take(fresh, column, cell, last_kind=not kinds or number == kinds[-1])
    _store(state, fresh)
    base = _base_years(table)
    for cell, title in demands:
        if _year(title) not in base:
            _add(source, state, cell, title)


def replace_row(state: _State) -> _State:
    """A new row's state: it takes over type and name, not unit and remark."""
    return _State(kind=state.kind, name=state.name, attribute=state.attribute, unit="", note="")


def _store(state: _State, fresh: _State) -> None:
    same = state.name is not None and fresh.name is state.name
    state.unit = fresh.unit or (state.unit if same else "")
    state.kind, state.name, state.attribute = fresh.kind, fresh.name, fresh.attribute
    state.note = fresh.note


def _take(state: _State, column: Column | None, cell: Cell, *, last_kind: bool) -> None:
    words = cell.words
    if not words:
        return
    match column:
        case "kind" if last_kind or not state.kind:
            state.kind = words
        case "name" if not _CODE.match(words):
            state.name = replace(cell, words=re.sub(r"^\d{1,2}[.．、]\s*", "", words))
            state.attribute = ""
        case "unit":
            state.unit = "" if NOTHING.match(words) else words
        case "attribute":
            state.attribute = words
        case "note" | "charge":
            state.note = words
        case _:
            pass


def _year(title: str) -> int | None:
    found = _YEAR.search(title)
    return int(found[0]) if found else None


def _title_unit(title: str) -> str:
    found = _NAME_UNIT.search(title)
    return found["unit"] if found and _is_unit(found["unit"]) else ""


def _base_years(table: Table) -> set[int]:
    """Years of columns that only tell where things stand: the first of several bare years."""
    years = [
        _year(t) for t, c in zip(table.titles, table.header, strict=True) if c == "requirement"
    ]
    bare = [
        y
        for y, t in zip(years, _requirement_titles(table), strict=True)
        if y and re.fullmatch(r"20\d\d年?(?:（[^）]*）)?", t)
    ]
    aims = [y for y in years if y]
    return (
        {min(bare)}
        if bare
        and len(aims) > 1
        and min(bare) == min(aims)
        and min(bare) % 5 == 0
        and max(aims) - min(bare) <= 5
        else set()
    )


def _requirement_titles(table: Table) -> list[str]:
    return [t for t, c in zip(table.titles, table.header, strict=True) if c == "requirement"]


def _loose_cells(source: str, table: Table, cells: tuple[Cell, ...], state: _State) -> None:
    """Cells whose columns are lost: type and name are what stands before a demand."""
    titles = [t for t, c in zip(table.titles, table.header, strict=True) if c in _HELD]
    has = set(table.header)
    pending: list[Cell] = []
    taken = len(titles)
    for cell in _rejoined(cells):
        words = cell.words
        if not words or (
            "number" in has and _CODE.match(words) and not pending and taken >= len(titles)
        ):
            continue
        if "attribute" in has and _ATTRIBUTE.fullmatch(words):
            _set_last(state, attribute=words)
            continue
        if "unit" in has and _is_unit(words) and pending:
            state.unit = words
            continue
        if read_requirement(words, strict=True) and (pending or state.name):
            if pending:
                _name_from(state, pending, kinds="kind" in has)
                pending, taken = [], 0
            title = titles[taken] if taken < len(titles) else titles[-1]
            tier = column_of(title) != "base" or _DIRECTION.match(words)
            if tier and _year(title) not in _base_years(table):
                _add(source, state, cell, title, strict=True)
            taken += 1
            continue
        if NOTHING.match(words) and 0 < taken < len(titles):
            taken += 1
            continue
        if NOTHING.match(words) and pending and len(titles) > 1:  # 降低（%） — ［17］
            _name_from(state, pending, kinds="kind" in has)
            pending, taken = [], 1
            continue
        if not pending:
            state.unit = ""
        pending.append(cell)


def _set_last(state: _State, *, attribute: str) -> None:
    """The attribute stands after the demand: it belongs to the rows just read."""
    name = state.found[-1].name_span if state.found else None
    for number, one in enumerate(state.found):
        if name is not None and one.name_span == name:
            fields = (
                {"attribute": attribute}
                if one.kind and one.kind != one.attribute
                else {"kind": attribute}
            )
            state.found[number] = one.model_copy(update=fields)


def _torn_word(words: str) -> bool:
    """Whether a demand ends inside a word: 达到或优于二级能耗限额标|准."""
    return "\u4e00" <= words[-1:] <= "\u9fff" and read_requirement(words, strict=True) is not None


def _rejoined(cells: tuple[Cell, ...]) -> list[Cell]:
    """Cells that blanks or line ends tore apart: an open bracket, or a number and its unit."""
    joined: list[Cell] = []
    for cell in cells:
        last = joined[-1] if joined else None
        torn = last is not None and (
            last.words.count("（") > last.words.count("）")
            or bool(_HALF.search(last.words) and _OTHER_HALF.fullmatch(cell.words))
            or cell.words.startswith("（")
            or (_is_unit(last.words + cell.words) and not _is_unit(cell.words))
            or bool(_SIGN.search(last.words) and cell.words[:1].isdigit())
            or bool(len(cell.words) == 1 and _torn_word(last.words))
        )
        if last is not None and torn:
            joined[-1] = Cell(start=last.start, end=cell.end, words=last.words + cell.words)
        else:
            joined.append(cell)
    return joined


def _name_from(state: _State, pending: list[Cell], *, kinds: bool) -> None:
    """Type and name from the cells before a demand; a name may have been torn apart."""
    cells = list(pending)
    first = cells[0].words
    if (
        kinds
        and len(cells) >= 2
        and (_KIND.fullmatch(first) or (len(cells) == 2 and len(first) <= 10))
    ):
        state.kind = first
        cells = cells[1:]
    elif kinds and len(cells) == 1:
        found = re.match(r"(?P<kind>[\u4e00-\u9fff]{2,4}指标)(?=.)", first)
        if found:
            state.kind = found["kind"]
            at = cells[0].start + len(found["kind"])
            cells = [Cell(start=at, end=cells[0].end, words=first[found.end() :])]
    words = "".join(c.words for c in cells)
    state.name = Cell(
        start=cells[0].start, end=cells[-1].end, words=re.sub(r"^\d{1,2}[.．、]\s*", "", words)
    )
    state.attribute = ""


def table_indicators(source: str, table: Table) -> list[PolicyIndicator]:
    """The indicators of one table; two tiers of one indicator give two."""
    state = _State()
    for row in table.rows:
        full = len(row) == len(table.header) and not table.flattened
        if full:
            _columned_row(source, table, row, state)
        else:
            _loose_cells(source, table, tuple(c for c in row if c.words), state)
    return state.found
