"""Cells as a file holds them, before anybody decides what they mean."""

from collections.abc import Iterable
from typing import NamedTuple

from tanzhe.errors import InputError, Words

# Daily values of 32 regions and 5 sectors over ten years are under 600,000 rows; no sheet of a
# workbook holds more than 1,048,576, nor more than 16,384 columns.
LARGEST_BYTES = 200_000_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_CELLS = 30_000_000
MOST_UNFOLDED = 500_000_000

Cell = object
Row = tuple[Cell, ...]

RESAVE = Words("请另存为 CSV、XLSX 或 Parquet", "Save it as CSV, XLSX or Parquet")
FEWER = Words("请只保留需要的地区和部门", "Keep only the regions and sectors needed")


class NoResult(NamedTuple):
    """A formula of a workbook that was saved without its result."""

    formula: str

    def __str__(self) -> str:
        return self.formula


class Grid(NamedTuple):
    """One sheet, or one text file.

    Attributes:
        file: name of the file.
        sheet: name of the sheet; empty for text files.
        visible: whether a person who opens the file sees it.
        lines: the number of each row as a person sees it, from 1.
        rows: cells of the rows that hold anything.
        form: what the file was, for telling: `CSV ;`, `XLSX`.
        encoding: of text files.
        told: what a person who looks at the sheet sees otherwise.
    """

    file: str
    sheet: str
    visible: bool
    lines: list[int]
    rows: list[Row]
    form: str
    encoding: str = ""
    told: tuple[Words, ...] = ()

    @property
    def width(self) -> int:
        """Cells of the widest row."""
        return max((len(row) for row in self.rows), default=0)


def refused(file: str, what: Words, do: Words) -> InputError:
    """One fault of a whole file."""
    return InputError.of(what, do, where=file)


def too_many_rows(file: str) -> InputError:
    """More rows than any sheet has."""
    return refused(file, Words(f"超过 {MOST_ROWS} 行", f"Over {MOST_ROWS} rows"), FEWER)


def too_many_columns(file: str) -> InputError:
    """More columns than any sheet has."""
    zh, en = f"超过 {MOST_COLUMNS} 列", f"Over {MOST_COLUMNS} columns"
    do = Words("请把时期或地区改为一行一个", "Put a period or a region into each row instead")
    return refused(file, Words(zh, en), do)


def too_many_cells(file: str) -> InputError:
    """More cells than are looked at."""
    zh, en = f"超过 {MOST_CELLS} 个单元格（含空格）", f"Over {MOST_CELLS} cells, empty ones too"
    return refused(file, Words(zh, en), FEWER)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing at all."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def filled(lines: Iterable[tuple[int, Row]], file: str) -> tuple[list[int], list[Row]]:
    """The rows that hold anything, with their numbers.

    Raises:
        InputError: more rows or cells than the limit.
    """
    numbers: list[int] = []
    rows: list[Row] = []
    cells = 0
    for number, row in lines:
        cells += len(row)  # empty ones too: a row of sixteen thousand takes as long
        if cells > MOST_CELLS:
            raise too_many_cells(file)
        if len(row) > MOST_COLUMNS:
            raise too_many_columns(file)
        first = row[0] if row else None
        if not (isinstance(first, str) and first.strip()) and all(map(is_blank, row)):
            continue
        numbers.append(number)
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise too_many_rows(file)
    return numbers, rows


def cell_at(row: Row, position: int) -> Cell:
    """The cell of a row, None beyond its end."""
    return row[position] if 0 <= position < len(row) else None


def text_of(cell: Cell) -> str:
    """A cell as one line of text; empty for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split())


def letters(at: int) -> str:
    """The name of a column as spreadsheets write it.

    Example:
        >>> letters(0), letters(25), letters(26), letters(701), letters(702)
        ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
