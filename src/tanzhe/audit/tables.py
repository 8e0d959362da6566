"""Tables in a report: rows of items, or rows of label and value."""

import re
from dataclasses import dataclass

from tanzhe.audit.labels import guessed_role, role_of
from tanzhe.audit.records import Role

_DASHES = re.compile(r"^:?-{1,}:?$")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item of a table: its line and label, role, value of each cell."""

    line: int
    cells: tuple[tuple[str, Role, str], ...]


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
        A row an item; for a table of two columns whose first names fields, one row in all.
    """
    cells = [(line, cells_of(text)) for line, text in rows]
    cells = [(line, row) for line, row in cells if not all(map(_is_dashes, row))]
    if not cells:
        return []
    roles = _roles(cells[0][1], [row for _, row in cells[1:]])
    if sum(role is not None for role in roles) >= 2 and len(cells[0][1]) > 2:
        header = cells[0][1]
        return [_row(line, header, row, roles) for line, row in cells[1:] if any(row)]
    upright = [(line, row) for line, row in cells if len(row) == 2 and role_of(row[0])]
    if len(upright) >= 2:
        triples = tuple((row[0], role_of(row[0]) or "other", row[1]) for _, row in upright)
        return [Row(line=upright[0][0], cells=triples)]
    if sum(role is not None for role in roles) >= 1:
        return [_row(line, cells[0][1], row, roles) for line, row in cells[1:] if any(row)]
    return []


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
            named = guess == "content" and "name" not in roles
            roles[at] = "name" if named else guess
    return roles


def _row(line: int, header: list[str], row: list[str], roles: list[Role | None]) -> Row:
    padded = row + [""] * (len(header) - len(row))
    return Row(
        line=line,
        cells=tuple(
            (label, role or "other", value)
            for label, role, value in zip(header, roles, padded, strict=False)
        ),
    )
