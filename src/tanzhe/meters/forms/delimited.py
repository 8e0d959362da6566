"""Text files of readings by the million: pieces of a file at a time, lines counted."""

import re
from collections.abc import Iterator, Sequence
from csv import reader as rows_of
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.meters.forms.headings import Long
from tanzhe.meters.forms.long import SHOWN, batch_of_table
from tanzhe.meters.rows import Batch

SEGMENT = 16_000_000  # bytes of a file read at once
_NULLS = ("", "null", "NULL", "NaN", "nan", "None")
_MOST_WORDS = 40  # different words where numbers should be; with more every cell is read by itself
_NO_NUMBER = re.compile(r"to double: invalid value '(.*)'", re.S)


class Head(NamedTuple):
    """The head of a text file: its titles, where its rows begin, how they are parted.

    Attributes:
        titles: of the columns.
        skip: bytes before the first row.
        line: number of the first row.
        sign: what parts the columns.
        encoding: of the text.
    """

    titles: list[str]
    skip: int
    line: int
    sign: str
    encoding: str


def read_long_csv(path: Path, head: Head, columns: Long, meter: str) -> Iterator[Batch]:
    """The rows of a CSV file, some megabytes at a time.

    Args:
        path: of the file.
        head: of the file.
        columns: of its table.
        meter: whose the rows are, where no column says it.

    Raises:
        InputError: rows of another width, times that are no moment; all of a piece at once.
    """
    with path.open("rb") as file:
        file.seek(head.skip)
        line, nulls = head.line, list(_NULLS)
        # Read rather than mapped: pages of a mapped file count as memory of the process.
        while raw := file.read(SEGMENT):
            piece = _Piece(raw + file.readline(), head, columns, path.name, line)
            table, lines = piece.table(nulls)
            if len(lines):
                words = piece.words(table, lines)
                yield batch_of_table(table, lines, columns, meter, path.name, words)
            line += piece.count


class _Piece:
    """Some whole lines of a file."""

    def __init__(self, raw: bytes, head: Head, columns: Long, name: str, line: int) -> None:
        self._raw, self._head, self._columns, self._name, self._line = (
            raw,
            head,
            columns,
            name,
            line,
        )
        self.count = raw.count(b"\n")
        self._titles = [f"c{at}" for at in range(len(head.titles))]
        used = [columns.time, *(at for at, _, _ in columns.values)]
        self._used = [
            *used,
            *(
                at
                for at in (columns.meter, columns.quality, columns.unit, columns.multiplier)
                if at >= 0
            ),
        ]

    def table(self, nulls: list[str]) -> tuple[Any, NDArray[np.int32]]:
        """The piece as a table, and the line of each row.

        Words that stand where a number should be are few: each joins `nulls` and the piece is read
        again; with many every cell is read by itself.
        """
        import pyarrow as pa

        words = pa.dictionary(pa.int32(), pa.string())
        kinds: dict[str, Any] = {self._titles[at]: words for at in self._used}
        kinds |= {self._titles[at]: pa.float64() for at, _, _ in self._columns.values}
        kinds[self._titles[self._columns.time]] = pa.timestamp("s")
        table = None
        while table is None and len(nulls) < _MOST_WORDS:
            try:
                table = self._read(kinds, nulls)
            except pa.ArrowInvalid as error:
                word = _NO_NUMBER.search(str(error))
                if word is None:
                    break
                nulls.append(word[1])
        if table is None:
            kinds |= {self._titles[at]: pa.string() for at, _, _ in self._columns.values}
            kinds[self._titles[self._columns.time]] = words
            try:
                table = self._read(kinds, list(_NULLS))
            except (pa.ArrowInvalid, UnicodeDecodeError) as error:
                do = Words("请另存为 UTF-8 编码的 CSV", "Save it as CSV in UTF-8")
                what = Words(f"读不出此文件：{error}", f"The file cannot be read: {error}")
                raise InputError(Fault(what=what, where=self._name, do=do)) from error
        order = {self._titles[at]: at for at in self._used}
        table = table.rename_columns([str(order[one]) for one in table.column_names])
        return table, self._lines(table.num_rows)

    def _read(self, kinds: dict[str, Any], nulls: list[str]) -> Any:
        import pyarrow as pa
        from pyarrow import csv

        wrong: list[Any] = []

        def kept(row: Any) -> str:
            wrong.append(row)
            return "skip"

        table = csv.read_csv(
            pa.BufferReader(self._raw),
            read_options=csv.ReadOptions(
                column_names=self._titles, encoding=self._head.encoding, block_size=4_000_000
            ),
            parse_options=csv.ParseOptions(delimiter=self._head.sign, invalid_row_handler=kept),
            convert_options=csv.ConvertOptions(
                column_types=kinds, include_columns=[self._titles[at] for at in self._used],
                null_values=nulls, strings_can_be_null=False,
            ),
        )  # fmt: skip
        refuse(self._wide(wrong))
        return table

    def _wide(self, wrong: Sequence[Any]) -> Iterator[Fault]:
        """A fault for each row of another width."""
        rows = [row.strip() for row in self._raw.split(b"\n")] if wrong else []
        width = len(self._titles)
        for one in wrong[:SHOWN]:
            text = one.text.encode(self._head.encoding).strip()
            line = self._line + (rows.index(text) if text in rows else 0)
            yield Fault(
                what=Words(f"此行有 {one.actual_columns} 列，表头有 {width} 列",
                           f"This row has {one.actual_columns} cells, the head {width}"),
                where=f"{self._name} 第 {line} 行 row {line}",
                do=Words("请补全或删去此行（数字里的逗号须用引号括起）",
                         "Mend the row (commas inside numbers need quotes)"),
            )  # fmt: skip
        if len(wrong) > SHOWN:
            rest = len(wrong) - SHOWN
            what = Words(f"另有 {rest} 行列数不对", f"{rest} more rows are of another width")
            yield Fault(what=what, where=self._name, do=Words("请一并改正", "Mend them too"))

    def _lines(self, rows: int) -> NDArray[np.int32]:
        """The line of each row; empty lines hold none."""
        count = self.count + (0 if self._raw.endswith(b"\n") else 1)
        if count == rows:
            return np.arange(self._line, self._line + rows, dtype=np.int32)
        held = [at for at, one in enumerate(self._raw.split(b"\n")) if one.strip()]
        return np.array(held[:rows], np.int32) + np.int32(self._line)

    def words(self, table: Any, lines: NDArray[np.int32]) -> dict[tuple[int, int], str]:
        """What stood where no number was, by column and row, empty cells left out."""
        found: dict[tuple[int, int], str] = {}
        rows: list[bytes] = []
        for at, _, _ in self._columns.values:
            column = table.column(str(at))
            if not column.null_count or column.type != "double":
                continue
            rows = rows or self._raw.split(b"\n")
            for place in np.flatnonzero(column.is_null().to_numpy()).tolist():
                row = rows[int(lines[place]) - self._line]
                text = row.decode(self._head.encoding, "replace").rstrip("\r")
                cell = next(rows_of([text], delimiter=self._head.sign), [])[at].strip()
                if cell not in _NULLS:
                    found[at, place] = cell[:80]
        return found
