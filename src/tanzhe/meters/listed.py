"""A row of a list of meters: its cells by what they say, and what is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args

from tanzhe.errors import Fault, Words, listed, refuse
from tanzhe.meters.clock import instant, said_time
from tanzhe.meters.plates import base_unit, ratio, unit_of
from tanzhe.meters.tree import UNITS, Carrier, HeatSource, Kind, Meter
from tanzhe.meters.words import choices, headings, instrument, places, plain
from tanzhe.model.park import Generation, Supply
from tanzhe.names import folded
from tanzhe.tables.grid import Grid, cell_at, is_blank, text_of

_WORDS_OF = {
    "carrier": Carrier,
    "kind": Kind,
    "supply": Supply,
    "generation": Generation,
    "heat": HeatSource,
}
_MERGED = ("firm", "carrier")  # whose cells people merge downwards
_CARRIERS = get_args(Carrier)
_OF_UNIT = {"kWh": "electricity", "GJ": "heat", "Nm3": "natural_gas"}
_OUT_OF_USE = ("停用", "报废", "拆除", "已拆", "removed", "retired", "decommissioned")


def fields_of(said: Mapping[str, str]) -> dict[str, str]:
    """Fields of a list by their names, whatever heading of them was written.

    Raises:
        InputError: a field that lists do not have.

    Example:
        >>> fields_of({"企业": "安装位置", "carrier": "电力"})
        {'firm': '安装位置', 'carrier': '电力'}
    """
    known = headings("list")
    words = {plain(word): field for field, held in known.items() for word in (field, *held)}
    refuse(
        Fault(
            Words(f"清单没有“{one}”这一项", f"Lists have no field “{one}”"),
            Words(f"可用：{listed(map(heading_of, known)).zh}", f"Known: {listed(known).en}"),
            where=f"--field {one}",
        )
        for one in said
        if plain(one) not in words
    )
    return {words[plain(one)]: value for one, value in said.items()}


def _usual(field: str, title: str) -> bool:
    """Whether a column is headed as the documentation says."""
    return plain(title) in (plain(field), plain(headings("list")[field][0]), heading_of(field))


def heading_of(field: str) -> str:
    """The Chinese heading of a field of lists.

    Example:
        >>> heading_of("multiplier")
        '倍率'
    """
    return next((one for one in headings("list")[field] if not one.isascii()), field)


class Given:
    """The columns of a list, and what was said of those that lack.

    Attributes:
        at: where each field stands.
        fixed: what a field is for all rows.
    """

    def __init__(self, grid: Grid, given: Mapping[str, str]) -> None:
        self.at = places("list", grid.rows[0])
        self.fixed: dict[str, str] = {}
        self._titles = [text_of(cell) for cell in grid.rows[0]]
        for field, said in given.items():
            if said in self._titles:
                self.at[field] = self._titles.index(said)
            else:
                self.at.pop(field, None)
                self.fixed[field] = said
        if "meter" not in self.at and "name" in self.at:
            self.at["meter"] = self.at.pop("name")
        self.sheet = instrument(f"{grid.sheet} {grid.file}") or _carrier(grid.sheet)

    def has(self, field: str) -> bool:
        """Whether a field has a column or is said."""
        return field in self.at or field in self.fixed

    def title(self, field: str) -> str:
        """The heading of a field, or what it would be."""
        return self._titles[self.at[field]] if field in self.at else headings("list")[field][0]

    def text(self, field: str, row: Sequence[object]) -> str:
        """What a row says of a field."""
        if field in self.fixed:
            return self.fixed[field]
        return text_of(cell_at(tuple(row), self.at[field])) if field in self.at else ""


class Cells:
    """The cells of one row as what they say.

    Attributes:
        faults: what is wrong with them: field, what, what to do.
    """

    def __init__(self, row: Sequence[object], columns: Given) -> None:
        self._row, self._columns = row, columns
        self.faults: list[tuple[str, Words, Words]] = []

    def _fault(self, field: str, what: Words, do: Words) -> None:
        self.faults.append((field, what, do))

    def _text(self, field: str) -> str:
        return self._columns.text(field, self._row)

    def _needed(self, field: str) -> str:
        text = self._text(field)
        if text:
            return text
        if self._columns.has(field):
            self._fault(field, Words("空着", "It is empty"), Words("请填写", "Fill it in"))
        else:
            self._fault(field, *_no_column(field))
        return ""

    def _choice(self, field: str) -> str | None:
        said = self._text(field)
        if not said:
            return None
        known = get_args(_WORDS_OF[field])
        found = said if said in known else choices(field).get(folded(said))
        if found not in known:
            self._unknown(field, said, known)
            return None
        return found

    def _unknown(self, field: str, said: str, known: Sequence[str]) -> None:
        words = choices(field)
        first = {value: word for word, value in reversed([*words.items()]) if not word.isascii()}
        names = Words(listed(first.get(one, one) for one in known).zh, listed(known).en)
        self._fault(
            field, Words(f"不认识“{said}”", f"“{said}” is not known"),
            Words(f"可用：{names.zh}；别的请从清单中删去",
                  f"Known: {names.en}; take others out of the list"),
        )  # fmt: skip

    def _number(self, field: str) -> Decimal | None:
        text = self._text(field).replace(",", "")
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if number.is_finite() and number >= 0:
            return number
        self._fault(
            field, Words(f"“{text}”不是数", f"“{text}” is no number"),
            Words("请填非负的数", "Give a number of zero or more"),
        )  # fmt: skip
        return None

    def _day(self, field: str) -> date | None:
        text = self._text(field)
        if not text:
            return None
        seconds = instant(text)
        if seconds is None:
            do = Words("请写成 2025-01-01", "Write it as 2025-01-01")
            self._fault(field, Words(f"“{text}”不是日期", f"“{text}” is no date"), do)
            return None
        return date.fromisoformat(said_time(seconds)[:10])


class Line(Cells):
    """A row of a list as a meter."""

    def meter(self) -> Meter | None:
        """The meter of the row, or None where it cannot be one."""
        name, firm, carrier = self._needed("meter"), self._needed("firm"), self._carrier()
        start, multiplier, end = self._day("start"), self._multiplier(), self._day("end")
        if start is not None and end is not None and end < start:
            do = Words("请核对启用和停用日期", "Check the dates of taking into and out of use")
            self._fault("end", Words("停用早于启用", "It ends before it begins"), do)
        numbers = {one: self._number(one) for one in ("digits", "decimals", "capacity", "gj_per_t")}
        digits, decimals = numbers["digits"], numbers["decimals"]
        values = {
            "meter": name, "firm": firm, "carrier": carrier, "unit": self._unit(carrier),
            "parent": self._text("parent"), "multiplier": multiplier,
            "digits": None if digits is None else int(digits),
            "decimals": None if decimals is None else int(decimals),
            "kind": self._kind(), "start": start or date(2000, 1, 1), "end": end,
            "remark": self._text("remark"), "supply": self._choice("supply"),
            "generation": self._choice("generation"), "heat": self._choice("heat"),
            "gj_per_t": float(numbers["gj_per_t"]) if numbers["gj_per_t"] else None,
            "capacity": float(numbers["capacity"]) if numbers["capacity"] else None,
            "points": tuple(re.split(r"[;；、\s]+", self._text("points")))
            if self._text("points") else (),
        }  # fmt: skip
        return None if self.faults else Meter.model_validate(values)

    def _carrier(self) -> str | None:
        said = self._text("carrier")
        if said:
            found = _carrier(said)
            if found is None:
                self._unknown("carrier", said, _CARRIERS)
            return found
        beside = (instrument(self._text(one)) for one in ("sort", "kind", "name", "meter"))
        found = next((one for one in beside if one), None) or self._columns.sheet
        found = found or _OF_UNIT.get(base_unit(self._text("unit"))[0])
        if found is None:
            self._needed("carrier")
        return found

    def _kind(self) -> str:
        said = self._text("kind")
        found = choices("kind").get(folded(said)) if said else "register"
        if found is None and instrument(said) is None:
            self._unknown("kind", said, get_args(Kind))
        return found or "register"

    def _multiplier(self) -> float:
        """That of the row, or what its transformers make."""
        if self._text("multiplier"):
            return float(self._ratio("multiplier"))
        return float(self._ratio("ct") * self._ratio("pt"))

    def _ratio(self, field: str) -> Decimal:
        text = self._text(field)
        number = ratio(text)
        if number:
            return number
        told = Words(f"“{text}”不成倍率", f"“{text}” is no multiplier")
        self._fault(
            field,
            told if number is None else Words("倍率为零", "The multiplier is zero"),
            Words(
                "请写数或变比（400/5，10kV/100V）；没有互感器的填 1",
                "Write a number or a ratio (400/5, 10kV/100V); 1 where there is no transformer",
            ),
        )
        return Decimal(1)

    def _unit(self, carrier: str | None) -> str:
        """The unit of the carrier; another one is asked to become part of the multiplier."""
        known, said = UNITS.get(carrier or "", ()), self._text("unit")
        if not known or not said:
            return said or (known[0] if known else "")
        unit, times = unit_of(carrier or "", said)
        if unit:
            return unit
        what = Words(f"{said} 不是此品种的单位", f"{said} is no unit of it")
        names = listed(known)
        do = Words(f"请用 {names.zh}", f"Use {names.en}")
        if times:
            do = Words(
                f"1 {said} = {times:g} {known[0]}：请把倍率乘以 {times:g}，单位写 {known[0]}",
                f"1 {said} = {times:g} {known[0]}: multiply the multiplier by {times:g} and write "
                f"the unit {known[0]}",
            )
        self._fault("unit", what, do)
        return ""


def _carrier(text: str) -> str | None:
    return choices("carrier").get(folded(text)) or instrument(text)


def _no_column(field: str) -> tuple[Words, Words]:
    """A field that no column of a list holds: what to decide."""
    word = heading_of(field)
    name = Words("某企业", "FIRM") if field == "firm" else Words("电力", "electricity")
    return (
        Words(f"清单没有“{word}”列", f"The list has no column “{field}”"),
        Words(
            f"请加此列；或用 --field {field}=列名 指明哪一列是，全表相同的用 "
            f"--field {field}={name.zh}",
            f"Add it; or say which column it is with --field {field}=COLUMN, or what it is for "
            f"all with --field {field}={name.en}",
        ),
    )


def filled_down(grid: Grid, columns: Given) -> tuple[Grid, list[int]]:
    """A sheet with cells that were merged downwards, and the rows that had them empty.

    Text files have no merged cells: there an empty cell is empty.
    """
    if not grid.form.startswith(("XLS", "ODS")):
        return grid, []
    rows: list[tuple[object, ...]] = []
    lines: list[int] = []
    for line, row in zip(grid.lines, grid.rows, strict=True):
        cells = list(row)
        if len(rows) > 1 and not is_blank(cell_at(row, columns.at.get("meter", -1))):
            for field in _MERGED:
                at = columns.at.get(field, -1)
                if 0 <= at < len(cells) and is_blank(cells[at]):
                    cells[at] = cell_at(rows[-1], at)
                    lines += [line] if not is_blank(cells[at]) else []
        rows.append(tuple(cells))
    return grid._replace(rows=rows), sorted(set(lines))


def told_columns(
    grid: Grid, columns: Given, left: Sequence[int], filled: Sequence[int]
) -> Iterator[Words]:
    """What was read from where, and what was not read."""
    titles = [text_of(cell) for cell in grid.rows[0]]
    used = [(one, titles[at]) for one, at in columns.at.items() if not _usual(one, titles[at])]
    if used:
        yield Words(
            "；".join(f"{heading_of(field)}＝“{title}”列" for field, title in used),
            "; ".join(f"{field} = column “{title}”" for field, title in used),
        )
    for field, said in columns.fixed.items():
        yield Words(f"{heading_of(field)}一律为“{said}”", f"{field} is “{said}” for all")
    unread = [one for at, one in enumerate(titles) if one and at not in columns.at.values()]
    if unread:
        shown = listed(unread)
        yield Words(f"没有用到的列：{shown.zh}", f"Columns not used: {shown.en}")
    above = Words("空着的企业或品种取上一行的（合并单元格）", "firm or carrier of the row above")
    for lines, what in (
        (filled, above),
        (left, Words("不是计量表，没有读", "no meters, left out")),
    ):
        if lines:
            shown = listed(str(line) for line in lines[:12])
            yield Words(f"第 {shown.zh} 行{what.zh}", f"rows {shown.en}: {what.en}")
    out = [row for row in grid.rows[1:] if columns.text("status", row).casefold() in _OUT_OF_USE]
    if out:
        yield Words(
            f"{len(out)} 块的状态是停用或拆除，仍按在用计；请填停用日期",
            f"{len(out)} are said to be out of use and still count: give them their last day",
        )
