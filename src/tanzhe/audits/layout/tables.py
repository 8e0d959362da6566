"""Tables in a report: rows of items, or rows of label and value."""

import re
from dataclasses import dataclass, replace

from tanzhe.audits.layout.draft import Draft
from tanzhe.audits.layout.prose import plain_words
from tanzhe.audits.lines.headings import Heading
from tanzhe.audits.lines.labels import Labelled, guessed_role, role_of
from tanzhe.audits.lines.marks import Mark, bare, point_days
from tanzhe.audits.records import Role
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said

_UNNAMED = re.compile(r"其他|其它|其余|无|备注|[-—–/]+|others?|none|n/?a", re.I)
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数|total|sum)\W*", re.I)

_DASHES = re.compile(r"^:?-{1,}:?$")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of an item: its line, and what its column or row is called and plays."""

    line: int
    label: str
    role: Role
    value: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item of a table: its line and cells."""

    line: int
    cells: tuple[Cell, ...]

    def of(self, role: Role) -> str:
        """The first filled cell of a role, "" without one."""
        return next((c.value for c in self.cells if c.role == role and c.value), "")


def cells_of(row: str) -> list[str]:
    r"""The cells of a Markdown table row.

    Example:
        >>> cells_of("| 名称 | 时间 |")
        ['名称', '时间']
    """
    inner = row.strip().strip("|")
    return [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def read_table(rows: list[tuple[int, str]]) -> list[Row]:
    """The items of a table.

    Args:
        rows: line number and text of consecutive rows.

    Returns:
        A row an item; for a table whose first column names fields, a column an item.
    """
    cells = [(line, cells_of(text)) for line, text in rows]
    cells = [(line, row) for line, row in cells if not all(map(_is_dashes, row))]
    if not cells or _only_figures([row for _, row in cells]):
        return []
    upright = [(line, row) for line, row in cells if len(row) > 1 and role_of(row[0])]
    if len(upright) >= (2 if len(cells[0][1]) == 2 else 3) and _names_down(upright, cells):
        return _columns(upright)
    at = _header_at([row for _, row in cells])
    if at is None and (roles := _by_values([row for _, row in cells])):
        told = _tells_names(cells[0][1], roles, [row for _, row in cells[1:]])
        header = cells[0][1] if told else [""] * len(roles)
        return [_row(line, header, row, roles) for line, row in cells[told:]]
    header, body = cells[at or 0][1], cells[(at or 0) + 1 :]
    roles = _roles(header, [row for _, row in body])
    if sum(role is not None for role in roles) >= (2 if len(header) > 2 else 1):
        return [_row(line, header, row, roles) for line, row in body if any(row)]
    return []


_FIGURE = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?\s*%?|[-—–/]*")


def _only_figures(rows: list[list[str]]) -> bool:
    """Whether a table below its header holds years or names beside numbers: data, no events."""
    body = [[cell.strip("* ") for cell in row[1:]] for row in rows[1:]]
    return len(body) > 1 and all(row and all(map(_FIGURE.fullmatch, row)) for row in body)


def _names_down(upright: list[tuple[int, list[str]]], cells: list[tuple[int, list[str]]]) -> bool:
    """Whether fields are named down the first column, and not across the first row."""
    across = sum(role_of(cell) is not None for cell in cells[0][1])
    down = {role_of(row[0]) for _, row in upright}
    return len(upright) > across and len(down) >= 2 and 2 * len(upright) >= len(cells) - 1


def _columns(upright: list[tuple[int, list[str]]]) -> list[Row]:
    """Each column after the first as an item; a row that only numbers the columns is left out."""
    named = [(line, row) for line, row in upright if not _numbers_columns(row)]
    found = []
    for at in range(1, max(len(row) for _, row in named)):
        cells = tuple(
            Cell(line=line, label=row[0], role=role_of(row[0]) or "other", value=row[at])
            for line, row in named
            if at < len(row)
        )
        if any(cell.value for cell in cells):
            lines = [c.line for c in cells if c.role == "name"] or [cells[0].line]
            found.append(Row(line=lines[0], cells=cells))
    return found


def _numbers_columns(row: list[str]) -> bool:
    return all(
        re.fullmatch(r"\D{0,6}(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[A-Z])", c) for c in row[1:]
    )


def _by_values(rows: list[list[str]]) -> list[Role | None]:
    """Roles of the columns of a table without a header, where they tell a date and a source."""
    if len({len(row) for row in rows}) != 1 or len(rows[0]) < 3:
        return []
    roles: list[Role | None] = []
    for at in range(len(rows[0])):
        guess = guessed_role([row[at] for row in rows if row[at]] or [""])
        roles.append("name" if guess == "content" and "name" not in roles else guess)
    return roles if {"date", "name"} <= set(roles) else []


def _tells_names(row: list[str], roles: list[Role | None], below: list[list[str]]) -> bool:
    """Whether a first row names columns: it has no number, and no date where the others do."""
    at = roles.index("date")
    dated = [bool(dates_in(other[at])) for other in below]
    return (
        bool(dated) and all(dated) and not dates_in(row[at]) and not re.search(r"\d", "".join(row))
    )


SHORTEST_TEXT = 4  # letters: a column of shorter cells classifies and tells nothing
MOST_TITLES = 4  # rows above the header: titles, units


def _header_at(rows: list[list[str]]) -> int | None:
    """The first of the upper rows that names at least two fields, or None."""
    for at, row in enumerate(rows[:MOST_TITLES]):
        if sum(role_of(cell) is not None for cell in row) >= 2 and not _repeats(row):
            return at
    return None


def _repeats(row: list[str]) -> bool:
    """Whether a row is one text over merged cells."""
    return len({cell for cell in row if cell}) == 1


def _is_dashes(cell: str) -> bool:
    return not cell or bool(_DASHES.match(cell))


def _roles(header: list[str], rows: list[list[str]]) -> list[Role | None]:
    """The role of each column: by its heading, else by its cells; one of them names the item."""
    roles = [role_of(cell) for cell in header]
    if len(header) <= 2 or sum(role is not None for role in roles) < 2:
        return roles
    for at, role in enumerate(roles):
        values = [row[at] for row in rows if at < len(row) and not _is_dashes(row[at])]
        if role is None and values and not all(re.fullmatch(r"\W*\d+\W*", v) for v in values):
            guess = guessed_role(values)
            if guess == "content" and max(map(len, values)) <= SHORTEST_TEXT:
                continue  # a mark such as 上升, not a text
            named = guess == "content" and "name" not in roles
            roles[at] = "name" if named else guess
        elif role == "name" and "name" in roles[:at]:
            roles[at] = "content"
    return [_trusted(role, at, rows) for at, role in enumerate(roles)]


def _trusted(role: Role | None, at: int, rows: list[list[str]]) -> Role | None:
    """A column called a date in which hardly a cell is one is something else."""
    if role != "date":
        return role
    values = [row[at] for row in rows if at < len(row) and not _is_dashes(row[at])]
    dated = sum(bool(dates_in(v)) or bool(re.search(r"\d{4}|期", v)) for v in values)
    return role if 2 * dated >= len(values) else "other"


def _row(line: int, header: list[str], row: list[str], roles: list[Role | None]) -> Row:
    padded = row + [""] * (len(header) - len(row))
    return Row(
        line=line,
        cells=tuple(
            Cell(line=line, label=label, role=role or "other", value=value)
            for label, role, value in zip(header, roles, padded, strict=False)
        ),
    )


def _tells(rows: list[Row]) -> bool:
    """Whether rows hold anything to tell beside dates and marks, or a source."""
    telling = ("name", "content", "scale", "effect", "source", "actor", "target", "cause")
    return any(
        len(cell.value) > SHORTEST_TEXT or said("not_found", cell.value)
        for row in rows
        for cell in row.cells
        if cell.role in telling
    )


class TableReader:
    """Collects consecutive rows of a report and reads them into the draft.

    Args:
        draft: the report while it is read.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rows: list[tuple[int, str]] = []

    def add(self, number: int, text: str) -> None:
        """One more row."""
        self.rows.append((number, text))

    def end(self) -> None:
        """The table is over: its rows become items, unless it sums up what was told."""
        rows, self.rows = self.rows, []
        if not rows:
            return
        self.draft.close()
        found = read_table(rows)
        if self.draft.aside or not _tells(found) or self._sums_up(found):
            self.draft.report.asides += rows
            return
        for row in found:
            self._row(row)
        self.draft.close()

    def _sums_up(self, rows: list[Row]) -> bool:
        """Whether a table lists turning points that have headings and items of their own."""
        known = {p.days.first for p in self.draft.report.points if p.days}
        cells = [value for row in rows if (value := row.of("point"))]
        days = [s.first_day for v in cells for s in dates_in(v)[:1]]
        return bool(known) and len(days) >= 2 and sum(d in known for d in days) * 2 > len(days)

    def _banner(self, row: Row) -> bool:
        """A row of one text across the table heads what follows: a turning point, or a note."""
        told = {cell.value for cell in row.cells if not _is_dashes(cell.value)}
        if len(told) != 1 or len(row.cells) < 3:
            return False
        text = bare(told.pop())
        if said("not_found", text):
            return False
        is_point, days = point_days(Mark(kind="plain", text=text), first_line=False, alone=True)
        if is_point:
            self.draft.begin_point(row.line, Heading(text=text, days=days))
        else:
            self.draft.report.asides.append((row.line, text))
        return True

    def _row(self, row: Row) -> None:
        draft = self.draft
        if any(_TOTAL.fullmatch(cell.value) for cell in row.cells[:3]):
            return
        if self._banner(row):
            return
        at, title = row.of("point"), row.of("name")
        if at and (draft.point is None or bare(at) != draft.point.heading):
            mark = Mark(kind="heading", text=f"转折点：{bare(at)}", level=9)
            _, days = point_days(mark, first_line=False, alone=True)
            draft.begin_point(row.line, Heading(text=bare(at), days=days))
        unnamed = not title or bool(_UNNAMED.fullmatch(title))
        others = [c.value for c in row.cells if c.role not in ("point", "name")]
        nothing = bool(title) and all(_is_dashes(value) for value in others)
        if said("not_found", title) or (
            unnamed and (nothing or any(said("not_found", value) for value in others))
        ):
            draft.here(row.line).empty = True
            draft.here(row.line).prose.append((row.line, title))
            return
        item = draft.begin_item(row.line, plain_words(title), "row")
        item.in_table = True
        for cell in row.cells:
            if cell.role != "point":
                label = Labelled(label=cell.label, value=cell.value, role=cell.role, bold=False)
                draft.add(cell.line, label, cell.role)
        publisher = row.of("actor")
        for one in item.fields if publisher else ():
            one.links = [replace(link, label=link.label or publisher) for link in one.links]
