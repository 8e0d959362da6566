"""Writing a sheet line by line in one language: values, headers, formulas only we can write."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell

from tanzhe.errors import Language, Words
from tanzhe.model.told import Told
from tanzhe.parks.office import style
from tanzhe.parks.office.template import put

PRECISE, TONNES, RATIO, SHARE = "General", "#,##0.00", "0.0000", "0.00%"


class Formula(str):
    """A formula of ours; a park's words that begin with `=` stay words."""


class Grid:
    """A new sheet of a workbook, written from the top down.

    Words and sentences in both languages are written in its own.

    Attributes:
        row: the next free row.
    """

    def __init__(
        self, book: Workbook, name: Words, title: Words, widths: Sequence[int], language: Language
    ) -> None:
        self.sheet = sheet = book.create_sheet(name.said(language))
        self.row = 2
        self._language = language
        self._widths = widths
        put(sheet, 1, 1, self.said(title))
        style.about(sheet, len(widths))
        style.widths(sheet, tuple(widths))
        style.page(sheet, landscape=True)

    def said(self, value: object) -> object:
        """A value as it stands, words in the language of the sheet."""
        return value.said(self._language) if isinstance(value, Words | Told) else value

    def head(self, *texts: Words | str) -> None:
        """A line of headers."""
        for column, text in enumerate(texts, 1):
            said = str(self.said(text))
            style.header(put(self.sheet, self.row, column, said), needed=True)
            style.fit_height(self.sheet, self.row, said, self._widths[column - 1])
        self.row += 1

    def write(self, *values: object, formats: Iterable[str] = ()) -> int:
        """A line of values; `formats` are of the second cell and on. Returns its row."""
        row, self.row = self.row, self.row + 1
        for column, value in enumerate(map(self.said, values), 1):
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
