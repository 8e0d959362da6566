"""Kinds of tables that people drop again and again: what was decided holds for the next."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import text_of
from tanzhe.workspace import Workspace

KIND = "table_kinds"
# Lines in which a table says what it is; words with digits (years, totals) change each time.
_LINES = 12


def kind_of(path: Path) -> str:
    """A sign for the kind of a table: the words of its first lines, without figures and dates.

    Args:
        path: any table.

    Raises:
        InputError: there is no table in the file.
    """
    words = [
        text.strip().casefold()
        for grid in read_grids(path)
        for row in grid.rows[:_LINES]
        for cell in row
        if (text := text_of(cell)).strip() and not any(sign.isdigit() for sign in text)
    ]
    return hashlib.sha256("\n".join(dict.fromkeys(words)).encode()).hexdigest()


def remember_table(workspace: Workspace, kind: str, decided: Mapping[str, str]) -> None:
    """Keep what was decided about a kind of table.

    Args:
        workspace: where it is kept, for everybody who uses it.
        kind: of `kind_of`.
        decided: decisions by name, as an address writes them; none: it is forgotten.

    Raises:
        WorkspaceError: the workspace can only be read.
    """
    with workspace.transaction():
        workspace.store_json(KIND, kind, json.dumps(dict(decided), ensure_ascii=False))


def recall_table(workspace: Workspace, kind: str) -> dict[str, str]:
    """What was decided about a kind of table; empty where nothing was."""
    held = workspace.fetch_json(KIND, kind)
    return {} if held is None else {str(name): str(one) for name, one in json.loads(held).items()}
