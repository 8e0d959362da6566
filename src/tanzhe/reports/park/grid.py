"""Writing a sheet line by line: values, headers, and formulas that only we can write."""

from collections.abc import Iterable, Sequence

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tanzhe.parks.office import style
from tanzhe.parks.office.template import put

PRECISE, TONNES, RATIO, SHARE = "General", "#,##0.00", "0.0000", "0.00%"


class Formula(str):
    """A formula of ours; a park's words that begin with `=` stay words."""


class Grid:
    """A sheet written from the top down.

    Attributes:
        row: the next free row.
    """

    def __init__(self, sheet: Worksheet, title: str, widths: Sequence[int]) -> None:
        self.sheet = sheet
        self.row = 2
        self._widths = widths
        put(sheet, 1, 1, title)
        style.about(sheet, len(widths))
        style.widths(sheet, tuple(widths))
        style.page(sheet, landscape=True)

    def head(self, *texts: str) -> None:
        """A line of headers."""
        for column, text in enumerate(texts, 1):
            style.header(put(self.sheet, self.row, column, text), needed=True)
        self.row += 1

    def write(self, *values: object, formats: Iterable[str] = ()) -> int:
        """A line of values; `formats` are of the second cell and on. Returns its row."""
        row, self.row = self.row, self.row + 1
        for column, value in enumerate(values, 1):
            style.field(self._put(row, column, value), entered=True)
            if isinstance(value, str) and not isinstance(value, Formula):
                style.fit_height(self.sheet, row, value, self._widths[column - 1])
        for column, form in enumerate(formats, 2):
            self.sheet.cell(row, column).number_format = form
        return row

    def _put(self, row: int, column: int, value: object) -> Cell:
        if isinstance(value, Formula):
            cell: Cell = self.sheet.cell(row, column, f"={value}")
            return cell
        return put(self.sheet, row, column, value)
