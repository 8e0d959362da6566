"""A filled workbook becomes the JSON tree of the interface, every cell remembered."""

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

from tanzhe.model import Note
from tanzhe.parks.amounts import Taken
from tanzhe.parks.entry.source import ParkSource
from tanzhe.parks.office.book import Cell, Table, open_book
from tanzhe.parks.office.cells import Wrong, as_text, is_blank, says_unknown
from tanzhe.parks.office.columns import ROW_UNIT, Column, Ledger
from tanzhe.parks.office.faults import Faults, cell_place
from tanzhe.parks.office.fuel import factor_faults, fuel_faults, fuel_uses, stock_balance
from tanzhe.parks.office.fuel_sheet import FUELS
from tanzhe.parks.office.layout import (
    CERTIFICATES,
    ELECTRICITY,
    EXCUSES,
    INDICATORS,
    LEDGERS,
    PARK,
    STATE,
)
from tanzhe.parks.office.options import Options
from tanzhe.parks.office.sheet_of_park import park_cells
from tanzhe.parks.office.table import Row, filled_rows, stray_ledgers
from tanzhe.parks.office.totals import total_notes, without_totals
from tanzhe.parks.office.values import cell_value, empty, left_over, unusable
from tanzhe.parks.office.words import PURPOSES
from tanzhe.quantity import Unit

EXAMPLE = "示例"
_PLAIN_LEDGERS = tuple(
    one for one in LEDGERS if one not in (FUELS, ELECTRICITY, CERTIFICATES, INDICATORS, EXCUSES)
)

_PATH = re.compile(
    r"\b(?:fuels|electricity|heat|processes|products|offsets|projects)\[\d+\](?:\.\w+(?:\[\d+\])?)*"
)
_MEASURED = ("factor_tco2", "energy_gj_per_unit")
_CODE = re.compile(r"\b[a-z][a-z_]+\b")
_WORDS_OF_CODES = {
    **{str(k): v for one in LEDGERS for c in one.columns for k, v in (c.choices or {}).items()},
    **{c.field: f"“{c.title}”" for one in LEDGERS for c in one.columns if "_" in c.field},
}


def read_workbook(path: Path, options: Options) -> ParkSource:
    """The entries of a filled template.

    Args:
        path: an .xlsx made by `tanzhe park template`.
        options: the open lists.

    Returns:
        The tree, with the faults of the cells themselves; `check_park` adds what the entries
        say together, and refuses them all at once.

    Raises:
        InputError: no workbook, or a broken, encrypted or oversized one.
    """
    tables = open_book(path)
    reading = _Reading(tables, options)
    tree = reading.tree()
    return ParkSource(
        tree=tree,
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        locate=reading.locate,
        reword=reading.reword,
        rank=reading.faults.rank,
        faults=tuple(reading.faults.sorted()),
        notes=tuple(reading.notes),
    )


class _Reading:
    """One pass over a workbook: the tree, and which cell each path of it came from."""

    def __init__(self, tables: list[Table], options: Options) -> None:
        self.tables = tables
        self.options = options
        self.faults = Faults((PARK.sheet, *(one.sheet for one in LEDGERS)))
        self.places: dict[str, tuple[str, str]] = {}
        self.is_example = False
        self.notes: list[Note] = []

    def tree(self) -> dict[str, object]:
        """The whole, with what could not be read left out or left as it stands."""
        tree = self._park()
        tree["fuels"] = self._fuels()
        tree["electricity"] = self._electricity()
        tree["indicators"] = self._by_indicator(INDICATORS)
        tree["excuses"] = self._by_indicator(EXCUSES)
        for ledger in _PLAIN_LEDGERS:
            rows = self._rows(ledger)
            tree[ledger.path] = [
                self._fields(row, ledger, f"{ledger.path}[{i}]") for i, row in enumerate(rows)
            ]
        stray_ledgers(self.tables, self.faults)
        self._settle_states(tree)
        return tree

    def _settle_states(self, tree: dict[str, object]) -> None:
        """An empty ledger says whether there is nothing or nobody knows: missing is not zero."""
        for column in PARK.columns:
            if not column.field.startswith(STATE):
                continue
            path = column.field.removeprefix(STATE)
            state, rows = tree.pop(column.field, None), tree[path]
            if state == "absent" and not rows:
                tree[path] = None
            elif bool(rows) == (state in ("none", "absent")) and self._was_read(path):
                self._wrong_state(column, empty=not rows)

    def _was_read(self, path: str) -> bool:
        """Whether the sheet itself was readable, so that its emptiness means something."""
        sheet = next(one.sheet for one in LEDGERS if one.path == path)
        return not any(place.startswith(f"{sheet}!") for place in self.faults.found)

    def _wrong_state(self, column: Column, *, empty: bool) -> None:
        sheet = column.title.removesuffix("填报情况")
        zh = (
            (f"“{sheet}”表是空的，没有说明原因", "确实没有选“没有此项”，有而缺数据选“数据缺失”")
            if empty
            else (f"“{sheet}”表有数据，这里却选了没有或缺失", "请改选“已填报”，或清空那张表")
        )
        en = (
            (f"The sheet “{sheet}” is empty without a reason", "Choose: none, or data missing")
            if empty
            else (f"The sheet “{sheet}” holds rows", "Choose 已填报, or empty that sheet")
        )
        _, cell = self.places.get(column.field, (PARK.sheet, "A1"))
        self.faults.say(PARK.sheet, cell, zh, en)

    def locate(self, path: str) -> str:
        """Sheet and cell of a JSON path; of its row, where the field has no cell."""
        while path:
            if path in self.places:
                return cell_place(*self.places[path])
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return PARK.sheet + "!A1"

    def reword(self, text: str) -> str:
        """A message in the words of the workbook: cells for paths, Chinese for field names."""
        told = _PATH.sub(lambda match: self.locate(match[0]), text)
        return _CODE.sub(lambda match: _WORDS_OF_CODES.get(match[0], match[0]), told)

    def _park(self) -> dict[str, object]:
        cells = park_cells(self.tables, self.faults)
        name = cells.get("name")
        self.is_example = bool(name and as_text(name.value).startswith(EXAMPLE))
        tree: dict[str, object] = {}
        for column in PARK.columns:
            if column.field in cells:
                self._field(tree, cells[column.field], PARK, column, "", unit=column.unit)
        return tree

    def _fuels(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        kept = {
            "id",
            "firm",
            "fuel",
            "unit",
            "factor_set",
            "factor_tco2",
            "energy_gj_per_unit",
            "evidence",
        }
        for row in self._rows(FUELS):
            fields = self._fields(row, FUELS, f"fuels[{len(found)}]")
            amounts = {k: v for k, v in fields.items() if _is_amount(v) and k not in kept}
            unread = [k for k in row.cells if (FUELS.sheet, row.at(k)) in self._faulty()]
            if not unread:
                for field, wrong in (*fuel_faults(amounts), *factor_faults(fields)):
                    self.faults.add(FUELS.sheet, row.at(field), wrong)
                self._balance(row, amounts)
            uses = fuel_uses(amounts)
            for use in uses:
                path = f"fuels[{len(found)}]"
                one = {k: v for k, v in fields.items() if k in kept}
                one |= {"purpose": use.purpose, "quantity": use.quantity}
                if "id" in one and len(uses) > 1:
                    one["id"] = f"{one['id']}（{PURPOSES[use.purpose]}）"
                self._remember(path, row, FUELS)
                if not fields.keys() & {"factor_set", *_MEASURED}:  # told once, at the choice
                    for key in _MEASURED:
                        self.places[f"{path}.{key}"] = (FUELS.sheet, row.at("factor_set"))
                self.places[f"{path}.quantity"] = (FUELS.sheet, row.at(use.field))
                self.places[f"{path}.purpose"] = (FUELS.sheet, row.at(use.field))
                found.append(one)
        return found

    def _balance(self, row: Row, amounts: Mapping[str, float | None]) -> None:
        """Stocks, purchases and uses of a row that do not come out are told with their numbers."""
        told = stock_balance(amounts)
        if told:
            place = cell_place(FUELS.sheet, row.at("closing"))
            self.notes.append(
                Note(
                    code=f"stocks.{place}",
                    zh=f"{place} 所在行的库存不平：{told.zh}。",
                    en=f"{place}: the stocks of the row do not come out: {told.en}.",
                )
            )

    def _electricity(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for i, row in enumerate(self._rows(ELECTRICITY)):
            fields = self._fields(row, ELECTRICITY, f"electricity[{i}]")
            unit = fields.pop("kwh_unit", None)
            if isinstance(unit, str) and isinstance(amount := fields.get("kwh"), float):
                size = Unit.parse(unit).size / Unit.KWH.size
                fields["kwh"] = float(Decimal(repr(amount)) * Decimal(repr(size)))
            found.append({**fields, "certificates": []})
        self._certificates(found)
        return found

    def _certificates(self, electricity: list[dict[str, object]]) -> None:
        """Certificates join the electricity row whose id they name."""
        index = {str(row["id"]): i for i, row in enumerate(electricity) if "id" in row}
        for row in self._rows(CERTIFICATES):
            wanted = row.cells.get("row")
            name = "" if wanted is None or is_blank(wanted.value) else as_text(wanted.value)
            if name not in index:
                fields = self._fields(row, CERTIFICATES, "")
                if name:
                    self._no_such_row(row, name, list(index))
                continue
            i = index[name]
            certificates = electricity[i]["certificates"]
            assert isinstance(certificates, list)
            path = f"electricity[{i}].certificates[{len(certificates)}]"
            of_row = f"electricity[{i}].certificates"
            self.places.setdefault(of_row, (CERTIFICATES.sheet, row.at("mwh")))
            fields = self._fields(row, CERTIFICATES, path)
            fields.pop("row", None)
            certificates.append(fields)

    def _no_such_row(self, row: Row, name: str, known: list[str]) -> None:
        have = "、".join(known[:20]) or "（还没有）"
        self.faults.say(
            CERTIFICATES.sheet,
            row.at("row"),
            (f"电力台账中没有编号“{name}”的行", f"请填电力台账的编号，现有：{have}"),
            (f"The electricity ledger has no row “{name}”", f"Ids there: {have}"),
        )

    def _by_indicator(self, ledger: Ledger) -> dict[str, object]:
        found: dict[str, object] = {}
        for row in self._rows(ledger):
            cell = row.cells.get("indicator")
            if cell is None or is_blank(cell.value) or cell.problem:
                self._fields(row, ledger, "")
                continue
            code = self.options.indicator(cell.value)
            if isinstance(code, Wrong):
                self.faults.add(ledger.sheet, cell.at, code)
                continue
            if code in found:
                self._twice(ledger, cell)
            path = f"{ledger.path}.{code}"
            offer = self.options.indicators.get(code)
            fields = self._fields(row, ledger, path, unit=offer.unit if offer else "")
            fields.pop("indicator", None)
            if ledger is EXCUSES:
                self.places[path] = (ledger.sheet, row.at("reason"))
            found[code] = fields.get("reason", "") if ledger is EXCUSES else fields
        return found

    def _rows(self, ledger: Ledger) -> list[Row]:
        rows = without_totals(filled_rows(self.tables, ledger, self.faults), ledger, self.faults)
        self.notes += total_notes(rows, ledger)
        self.places[ledger.path] = (ledger.sheet, "A2")
        seen: set[str] = set()
        for row in rows:
            cell = row.cells.get("id") if ledger.prefix else None
            name = "" if cell is None or is_blank(cell.value) else as_text(cell.value)
            if cell is not None and name and name in seen:
                self._twice(ledger, cell)
            seen.add(name)
        return rows

    def _twice(self, ledger: Ledger, cell: Cell) -> None:
        name = as_text(cell.value)
        self.faults.say(
            ledger.sheet,
            cell.at,
            (f"“{name}”出现两次", "请只保留一行，或改用不同的编号"),
            (f"“{name}” stands twice", "Keep one row, or use another id"),
        )

    def _say(self, ledger: Ledger, cell: Cell, taken: Taken) -> None:
        """A number that was not written in plain digits is told with its cell."""
        place = cell_place(ledger.sheet, cell.at)
        zh, en = f"{place} 的{taken.said.zh}。", f"{place}: {taken.said.en}."
        self.notes.append(Note(code=f"taken.{place}", zh=zh, en=en))

    def _faulty(self) -> set[tuple[str, str]]:
        return {
            (sheet, at) for place in self.faults.found for sheet, _, at in [place.rpartition("!")]
        }

    def _remember(self, path: str, row: Row, ledger: Ledger) -> None:
        """The cells a path stands in; the row's first cell for what has no column."""
        first = next((row.at(one.field) for one in ledger.columns if one.needed), f"A{row.number}")
        self.places[path] = (ledger.sheet, first)
        for name, cell in row.cells.items():
            self.places[f"{path}.{name}"] = (ledger.sheet, cell.at)

    def _fields(
        self, row: Row, ledger: Ledger, path: str, *, unit: str | None = None
    ) -> dict[str, object]:
        """The fields of a row that could be read; `unit`: of its numbers, else as columns say."""
        if path:
            self._remember(path, row, ledger)
        found: dict[str, object] = {}
        for column in ledger.columns:
            if column.field in row.cells:
                own = _unit(row, ledger, column) if unit is None else unit
                self._field(found, row.cells[column.field], ledger, column, path, unit=own)
        return found

    def _field(
        self,
        found: dict[str, object],
        cell: Cell,
        ledger: Ledger,
        column: Column,
        path: str,
        *,
        unit: str,
    ) -> None:
        """One cell into its field, or its fault."""
        if not path and ledger is PARK:
            self.places[column.field] = (ledger.sheet, cell.at)
        if cell.problem:
            self.faults.add(ledger.sheet, cell.at, unusable(cell.problem))
            return
        blank = is_blank(cell.value)
        if column.figure and (says_unknown(cell.value) or (blank and column.needed)):
            found[column.field] = None
            return
        if blank:
            if column.needed:
                self.faults.add(ledger.sheet, cell.at, empty(column))
            return
        value = cell_value(cell, column, self.options, unit)
        if isinstance(value, Wrong):
            self.faults.add(ledger.sheet, cell.at, value)
            return
        if isinstance(value, Taken):
            self._say(ledger, cell, value)
            value = value.value
        if not self.is_example and isinstance(value, str) and value.startswith(EXAMPLE):
            self.faults.add(ledger.sheet, cell.at, left_over(value))
        found[column.field] = value


def _is_amount(value: object) -> TypeGuard[float | None]:
    return value is None or isinstance(value, float)


def _unit(row: Row, ledger: Ledger, column: Column) -> str:
    """The unit a number of a row is wanted in, as its column or its row says."""
    field = ledger.unit_field(column)
    if not field:
        return column.unit
    cell = row.cells.get(field)
    own = "" if cell is None or is_blank(cell.value) else as_text(cell.value)
    return column.unit.replace(ROW_UNIT, own) if "/" in column.unit else own
