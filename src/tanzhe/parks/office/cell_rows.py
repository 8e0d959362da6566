"""The filled rows of a workbook as fields, each cell in the kind of its column."""

from tanzhe.model import Note
from tanzhe.model.columns import ROW_UNIT, Column
from tanzhe.parks.amounts import Taken
from tanzhe.parks.office.book import Cell, Table
from tanzhe.parks.office.cells import Wrong, as_text, is_blank, says_unknown
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.faults import Faults, cell_place
from tanzhe.parks.office.layout import LEDGERS, PARK
from tanzhe.parks.office.options import Options
from tanzhe.parks.office.places import Places
from tanzhe.parks.office.table import Row, filled_rows
from tanzhe.parks.office.totals import text_of, total_notes, without_totals
from tanzhe.parks.office.values import cell_value, empty, left_over, unusable

EXAMPLE = "示例"


class CellRows:
    """Reads rows and cells of a workbook, and keeps what is wrong, said, and where it stood.

    Attributes:
        tables: the sheets.
        options: the open lists.
        faults: of cells.
        places: cells by JSON path.
        notes: how cells were read that hold more than plain digits.
        is_example: whether the park is the made-up one, whose words are no faults.
    """

    def __init__(self, tables: list[Table], options: Options) -> None:
        self.tables = tables
        self.options = options
        self.faults = Faults((PARK.sheet, *(one.sheet for one in LEDGERS)))
        self.places = Places()
        self.notes: list[Note] = []
        self.is_example = False

    def rows(self, ledger: Ledger) -> list[Row]:
        """The filled rows of a ledger, without totals; an id that stands twice is a fault."""
        rows = without_totals(filled_rows(self.tables, ledger, self.faults), ledger, self.faults)
        self.notes += total_notes(rows, ledger)
        self.places.put(ledger.path, ledger.sheet, "A2")
        seen: set[str] = set()
        for row in rows:
            cell = row.cells.get("id") if ledger.prefix else None
            name = text_of(row, "id") if ledger.prefix else ""
            if cell is not None and name in seen:
                self.twice(ledger, cell)
            if name:
                seen.add(name)
        return rows

    def twice(self, ledger: Ledger, cell: Cell) -> None:
        """A fault: what may stand once stands in a second row."""
        name = as_text(cell.value)
        self.faults.say(
            ledger.sheet,
            cell.at,
            (f"“{name}”出现两次", "请只保留一行，或改用不同的编号"),
            (f"“{name}” stands twice", "Keep one row, or use another id"),
        )

    def fields(
        self, row: Row, ledger: Ledger, path: str = "", *, unit: str | None = None
    ) -> dict[str, object]:
        """The fields of a row that could be read.

        Args:
            row: the row.
            ledger: its sheet.
            path: of the row in the JSON tree, "" where it has none.
            unit: of its numbers; as the columns say where it is None.
        """
        if path:
            self.places.put_row(path, row, ledger)
        found: dict[str, object] = {}
        for column in ledger.columns:
            if column.field in row.cells:
                own = _unit(row, ledger, column) if unit is None else unit
                self.field(found, row.cells[column.field], ledger, column, unit=own)
        return found

    def field(
        self, found: dict[str, object], cell: Cell, ledger: Ledger, column: Column, *, unit: str
    ) -> None:
        """One cell into its field, or its fault."""
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
            self._taken(ledger, cell, value)
            value = value.value
        if not self.is_example and isinstance(value, str) and value.startswith(EXAMPLE):
            self.faults.add(ledger.sheet, cell.at, left_over(value))
        found[column.field] = value

    def _taken(self, ledger: Ledger, cell: Cell, taken: Taken) -> None:
        """A number that was not written in plain digits is told with its cell."""
        place = cell_place(ledger.sheet, cell.at)
        zh, en = f"{place} 的{taken.said.zh}。", f"{place}: {taken.said.en}."
        self.notes.append(Note(code=f"taken.{place}", zh=zh, en=en))


def _unit(row: Row, ledger: Ledger, column: Column) -> str:
    """The unit a number of a row is wanted in, as its column or its row says."""
    field = ledger.unit_field(column)
    if not field:
        return column.unit
    own = text_of(row, field)
    return column.unit.replace(ROW_UNIT, own) if "/" in column.unit else own
