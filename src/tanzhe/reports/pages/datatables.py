"""Tables of data behind a page: typed columns, plain values, for workbooks and other programs."""

from typing import Literal

from tanzhe.errors import Language, Words
from tanzhe.model import Record

Cell = str | int | float | bool | None
# As Frictionless names them.
CellType = Literal["string", "integer", "number", "boolean", "date", "year", "yearmonth"]


class Column(Record):
    """A column of data.

    Attributes:
        name: for programs, e.g. `depth_percent`.
        title: for people.
        type: of its values.
        unit: of its numbers, or empty.
        choice: which closed choice its values are of, for words in `labels.yaml`; or empty.
    """

    name: str
    title: Words
    type: CellType = "string"
    unit: str = ""
    choice: str = ""

    def said(self, language: Language) -> str:
        """The title with its unit."""
        title = self.title.said(language)
        return f"{title} ({self.unit})" if self.unit else title


class DataTable(Record):
    """A table of data.

    Attributes:
        name: for programs and files, e.g. `episodes`.
        title: for people.
        columns: what its rows hold.
        rows: values in the order of the columns; None is not known.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


class YearValue(Record):
    """One value of a year in the terms of the IAMC format.

    Attributes:
        region: an ISO 3166 code, or a user's name.
        variable: levels parted by `|`.
        unit: of the value.
        year: the year.
        value: the value.
    """

    region: str
    variable: str
    unit: str
    year: int
    value: float
