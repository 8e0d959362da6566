"""Text files: CSV and its kin, whatever parts the columns."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from tanzhe.errors import Words
from tanzhe.tables.encoding import decoded
from tanzhe.tables.grid import MOST_ROWS, RESAVE, Grid, Row, filled, refused, too_many_rows

# In the order in which a tie is decided: a comma may also stand in numbers and sentences.
SIGNS = ("\t", ";", "|", ",", "，")
_SHOWN = {"\t": "tab"}
_LOOKED_AT = 200
_SPACES = re.compile(r"\t+|\s{2,}")


def read_text(raw: bytes, file: str) -> Grid:
    """The one grid of a text file.

    Raises:
        InputError: unknown encoding, no text, too many rows.
    """
    text, encoding = decoded(raw, file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sign = _told(text)
    above = 0 if sign is None else 1
    if sign is not None:
        text = text.split("\n", 1)[1] if "\n" in text else ""
    else:
        sign = _delimiter(text)
    lines = _spaced(text) if sign is None else _parted(text, sign, file)
    numbers, rows = filled(((n + above, row) for n, row in lines), file)
    return Grid(file, "", True, numbers, rows, f"CSV {_shown(sign)}", encoding)


def _shown(sign: str | None) -> str:
    return "space" if sign is None else _SHOWN.get(sign, sign)


def _told(text: str) -> str | None:
    """The sign that Excel's own first line `sep=;` names."""
    found = re.match(r"sep=(.)\n", text[:8])
    return found.group(1) if found else None


def _delimiter(text: str) -> str | None:
    """What parts the columns: the sign that gives most lines the same number of cells."""
    lines = [line for line in text[:200_000].split("\n")[:_LOOKED_AT] if line.strip()]
    best: tuple[float, int, str] | None = None
    for order, sign in enumerate(SIGNS):
        counts = _counts(lines, sign)
        several = [count for count in counts if count > 1]
        if not several:
            continue
        _, often = Counter(several).most_common(1)[0]
        score = (often / len(counts), -order, sign)
        best = score if best is None or score[:2] > best[:2] else best
    return best[2] if best else None


def _counts(lines: list[str], sign: str) -> list[int]:
    try:
        return [len(row) for row in csv.reader(lines, delimiter=sign)]
    except csv.Error:
        return [line.count(sign) + 1 for line in lines]


def _parted(text: str, sign: str, file: str) -> Iterator[tuple[int, Row]]:
    # Months, names and units repeat: kept once, a million rows stay small.
    known: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text), delimiter=sign)
    try:
        for row in reader:
            if reader.line_num > 4 * MOST_ROWS:
                raise too_many_rows(file)
            yield reader.line_num, tuple([known.setdefault(cell, cell) for cell in row])
    except csv.Error as error:
        raise refused(
            file, Words(f"不是有效的 CSV：{error}", f"Not valid CSV: {error}"), RESAVE
        ) from error


def _spaced(text: str) -> Iterator[tuple[int, Row]]:
    """Columns parted by blanks: two or more, or single ones where there are no others."""
    lines = text.split("\n")
    wide = any(_SPACES.search(line.strip()) for line in lines[:_LOOKED_AT])
    for number, line in enumerate(lines, start=1):
        yield number, tuple(_SPACES.split(line.strip()) if wide else line.split())
