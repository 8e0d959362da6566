"""Tables in a text: with pipes or tabs, flattened to blanks, or to one cell a line."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from tanzhe.policy.outline.view import FURNITURE
from tanzhe.policy.tables.requirement import read_requirement
from tanzhe.policy.words import groups

Column = Literal[
    "number", "kind", "name", "requirement", "base", "unit", "attribute", "note",
    "task", "lead", "support", "charge", "due",
]  # fmt: skip
_COLUMNS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple(
    (cast(Column, name), re.compile(words)) for name, words in groups("column")
)
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*")
_STOP = re.compile(
    r"[。！]|^\s*(?:注[：:]|说明[：:]|(?:指标|名词)(?:说明|解释|释义|含义)\s*$|附件|[一二三四五六七八九十]+、"
    r"|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章条])"
)
_COMMA = r"[,，](?!\d{3}(?!\d))"
LONGEST_CELL = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell: repaired words and offsets in the source."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table.

    Attributes:
        header: what each column holds, None where the heading says nothing we know.
        titles: the headings.
        rows: cells of each row; of a flattened table one row with all cells.
        lines: numbers of the source's lines, from 0.
        flattened: whether the columns were lost.
    """

    header: tuple[Column | None, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: range
    flattened: bool = False


def column_of(words: str) -> Column | None:
    """What a column holds, by its heading."""
    plain = re.sub(r"[\s*#]+", "", words).replace("(", "（").replace(")", "）")
    for column, pattern in _COLUMNS:
        if pattern.fullmatch(plain):
            return column
    return None


def _cell(source: str, start: int, end: int) -> Cell:
    raw = source[start:end]
    lead, tail = len(raw) - len(raw.lstrip(' \t*#"')), len(raw.rstrip(' \t*"'))
    start, end = start + lead, max(start + lead, start + tail)
    words = re.sub(r"\*\*|<br\s*/?>|&nbsp;", "", source[start:end])
    words = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", words.strip())
    wide = words.replace("(", "（").replace(")", "）").replace("％", "%").replace("＝", "=")
    return Cell(start=start, end=end, words=wide.replace("＜", "<").replace("＞", ">"))


def _split(source: str, start: int, end: int, pattern: str) -> tuple[Cell, ...]:
    cells, at = [], start
    for match in re.finditer(pattern, source[start:end]):
        cells.append(_cell(source, at, start + match.start()))
        at = start + match.end()
    cells.append(_cell(source, at, end))
    return tuple(cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    number: int
    start: int
    end: int
    text: str


def _lines(source: str) -> list[_Line]:
    lines, at = [], 0
    for number, text in enumerate(source.split("\n")):
        lines.append(_Line(number=number, start=at, end=at + len(text), text=text))
        at += len(text) + 1
    return lines


def _kind_of(line: _Line) -> str | None:
    if line.text.count("|") >= 2:
        return "|"
    return "\t" if "\t" in line.text.rstrip() else None


def _row(source: str, line: _Line, kind: str) -> tuple[Cell, ...]:
    if kind == "\t":
        return _split(source, line.start, line.end, "\t")
    body = line.text.strip()
    start = line.start + line.text.index(body[0])
    start += body.startswith("|")
    end = line.start + len(line.text.rstrip()) - body.endswith("|")
    return _split(source, start, end, r"\|")


def _columned(source: str, lines: list[_Line]) -> list[Table]:
    """Tables whose cells are parted by tabs or pipes."""
    found: list[Table] = []
    i = 0
    while i < len(lines):
        kind = _kind_of(lines[i])
        if kind is None:
            i += 1
            continue
        first, last, gap = i, i, 0
        while i < len(lines) and gap <= 3:
            if _kind_of(lines[i]) == kind:
                last, gap = i, 0
            else:
                gap += 1 + 3 * bool(
                    _STOP.search(lines[i].text) or len(lines[i].text) > LONGEST_CELL
                )
            i += 1
        i = last + 1
        rows = [
            _row(source, line, kind)
            for line in lines[first : last + 1]
            if _kind_of(line) == kind and not _SEPARATOR.fullmatch(line.text)
        ]
        found += _headed(rows, range(first, last + 1))
    return found


def _punctuated(source: str, lines: list[_Line]) -> list[Table]:
    """Tables whose cells are parted by commas, as copied from a sheet."""
    found: list[Table] = []
    i = 0
    while i < len(lines):
        cells = _split(source, lines[i].start, lines[i].end, _COMMA)
        known = sum(column_of(c.words) is not None for c in cells)
        if known < 2 or known < len(cells) - 1:
            i += 1
            continue
        rows, first = [cells], i
        for line in lines[first + 1 :]:
            row = _split(source, line.start, line.end, _COMMA)
            if len(row) == len(cells):
                rows.append(row)
                i = lines.index(line)
            elif line.text.strip() and not FURNITURE.fullmatch(line.text):
                break
        i += 1
        found += _headed(rows, range(lines[first].number, lines[i - 1].number + 1))
    return found


def _headed(rows: list[tuple[Cell, ...]], lines: range) -> list[Table]:
    """The table below its heading, which may take two rows."""
    for at, row in enumerate(rows[:4]):
        titles = [cell.words for cell in row]
        if sum(column_of(t) is not None for t in titles) < 2:
            continue
        body = rows[at + 1 :]
        if body and _continues_header(titles, [c.words for c in body[0]]):
            below = [c.words for c in body[0]]
            titles = [b or t for t, b in zip(titles, below, strict=False)] + below[len(titles) :]
            body = body[1:]
        header = _with_demands(titles, body)
        return [Table(header=header, titles=tuple(titles), rows=tuple(body), lines=lines)]
    return []


def _with_demands(titles: list[str], rows: list[tuple[Cell, ...]]) -> tuple[Column | None, ...]:
    """The columns; where none is headed as a demand, those that hold demands count as one."""
    header = [column_of(t) for t in titles]
    if "requirement" in header or "name" not in header:
        return tuple(header)
    for number, column in enumerate(header):
        cells = [row[number].words for row in rows if len(row) > number and row[number].words]
        held = sum(read_requirement(words, strict=True) is not None for words in cells)
        if column is None and cells and held >= 0.6 * len(cells):
            header[number] = "requirement"
    return tuple(header)


def _continues_header(titles: list[str], below: list[str]) -> bool:
    said = [b for b in below if b]
    return bool(said) and all(column_of(b) for b in said) and len(below) >= len(titles) - 1


def _words_of(source: str, line: _Line, *, whole: bool = False) -> list[Cell]:
    """The cells of a line whose blanks part them: wide ones, else every one unless `whole`."""
    text = line.text
    wide = re.search(r"\S(?:\s{2,}|\u3000)\S", text)
    pattern = r"(?:\s{2,}|\u3000+)" if wide or whole else r"\s+"
    body = text.strip()
    if not body or FURNITURE.fullmatch(text):
        return []
    start = line.start + text.index(body[0])
    return [c for c in _split(source, start, start + len(body), pattern) if c.words]


def _flattened(source: str, lines: list[_Line]) -> list[Table]:
    """Tables whose columns became blanks, or whose cells became lines."""
    found: list[Table] = []
    i = 0
    while i < len(lines):
        titles, cells, after = _flat_header(source, lines, i)
        if titles is None:
            i += 1
            continue
        end = after
        blank = 0
        a_line_a_cell = after - i >= len(titles)
        for line in lines[after:]:
            if _STOP.search(line.text) or len(line.text.strip()) > 2 * LONGEST_CELL or blank > 3:
                break
            blank = blank + 1 if not line.text.strip() else 0
            cells += _words_of(source, line, whole=a_line_a_cell)
            end = line.number + 1
        header = _flat_columns(titles)
        found.append(
            Table(
                header=header,
                titles=tuple(titles),
                rows=(tuple(cells),),
                lines=range(lines[i].number, end),
                flattened=True,
            )
        )
        i = max(end, i + 1)
    return found


def _flat_columns(titles: list[str]) -> tuple[Column | None, ...]:
    """Columns of a flattened table; unknown headings between known ones are demands."""
    header = [column_of(t) for t in titles]
    if "requirement" not in header:
        header = [column or "requirement" for column in header]
    return tuple(header)


def _sandwiched(cells: list[Cell]) -> bool:
    """Whether a line is all headings, some of which are not known: 指标名称 单位 甲类园区 属性."""
    known = [column_of(cell.words) for cell in cells]
    plain = all(len(c.words) <= 14 and not re.search(r"[\d%≥≤]", c.words) for c in cells)
    return plain and known[-1] is not None and sum(k is not None for k in known) >= 3


def _flat_header(
    source: str, lines: list[_Line], at: int
) -> tuple[list[str] | None, list[Cell], int]:
    """Headings on one line or one a line; the cells that follow them on the same line."""
    titles: list[str] = []
    rest: list[Cell] = []
    i = at
    while i < len(lines) and i < at + 16:
        cells = _words_of(source, lines[i])
        known = 0
        while known < len(cells) and column_of(cells[known].words):
            known += 1
        if cells and not known:
            break
        if known < len(cells) and _sandwiched(cells):
            known = len(cells)
        titles += [c.words for c in cells[:known]]
        rest = cells[known:]
        i += 1
        if rest:
            break
    columns = _flat_columns(titles)
    whole = "requirement" in columns and ("name" in columns or "kind" in columns)
    return (titles, rest, i) if whole and len(titles) >= 2 else (None, [], i)


def find_tables(source: str) -> list[Table]:
    """The tables of a text whose headings we know."""
    lines = _lines(source)
    found = _columned(source, lines)
    taken = {n for table in found for n in table.lines}
    found += _punctuated(source, [line for line in lines if line.number not in taken])
    taken = {n for table in found for n in table.lines}
    rest = [
        line
        if line.number not in taken
        else _Line(number=line.number, start=line.start, end=line.end, text="。")
        for line in lines
    ]
    return sorted([*found, *_flattened(source, rest)], key=lambda t: t.lines.start)
