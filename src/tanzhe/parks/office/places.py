"""Which cell each path of the JSON tree came from, and the names of the workbook for messages."""

from functools import cache

from tanzhe.parks.entry.naming import Naming
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.faults import Faults, cell_place
from tanzhe.parks.office.layout import LEDGERS, PARK
from tanzhe.parks.office.table import Row


class Places:
    """Sheet and cell by JSON path, as a workbook is read."""

    def __init__(self) -> None:
        self._cells: dict[str, tuple[str, str]] = {}

    def put(self, path: str, sheet: str, cell: str) -> None:
        """A path stands in a cell."""
        self._cells[path] = (sheet, cell)

    def put_row(self, path: str, row: Row, ledger: Ledger) -> None:
        """A path and its fields stand in a row; its first cell is for what has no column."""
        first = next((row.at(one.field) for one in ledger.columns if one.needed), f"A{row.number}")
        self.put(path, ledger.sheet, first)
        for name, cell in row.cells.items():
            self.put(f"{path}.{name}", ledger.sheet, cell.at)

    def has(self, path: str) -> bool:
        """Whether a path is known."""
        return path in self._cells

    def cell(self, path: str) -> str:
        """The cell of a path; the first of its sheet where it has none."""
        return self._cells.get(path, ("", "A1"))[1]

    def locate(self, path: str) -> str:
        """Sheet and cell of a path; of its row, where the field has no cell."""
        while path:
            if path in self._cells:
                return cell_place(*self._cells[path])
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return cell_place(PARK.sheet, "A1")

    def naming(self, faults: Faults) -> Naming:
        """How messages about the workbook speak: of its cells, columns and drop-downs."""
        return Naming(place=self.locate, words=_words(), rank=faults.rank)


@cache
def _words() -> dict[str, str]:
    """Fields and codes of the interface in the words of the workbook."""
    columns = [one for ledger in (PARK, *LEDGERS) for one in ledger.columns]
    fields = {one.field: f"“{one.title}”" for one in columns}
    return fields | {str(k): word for one in columns for k, word in (one.choices or {}).items()}
