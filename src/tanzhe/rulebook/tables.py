"""The tables of official numbers, one YAML file or folder each; read when first asked for."""

from functools import cache

from tanzhe.errors import InputError, UnknownName, listed
from tanzhe.faults import fault_of
from tanzhe.rulebook.reading import data_folder
from tanzhe.rulebook.table_file import Table, parse_table


@cache
def _files() -> dict[str, tuple[str, ...]]:
    """Table name to its files, found by name alone: nothing is read yet."""
    found: dict[str, list[str]] = {}
    for entry in sorted(data_folder().joinpath("tables").iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            found.setdefault(entry.name.removesuffix(".yaml"), []).append(entry.name)
        elif entry.is_dir():
            parts = sorted(e.name for e in entry.iterdir() if e.name.endswith(".yaml"))
            found.setdefault(entry.name, []).extend(f"{entry.name}/{part}" for part in parts)
    return {name: tuple(parts) for name, parts in found.items()}


def table_names() -> tuple[str, ...]:
    """Names of the tables, e.g. `annex4`, `fuel`, `grid`.

    Example:
        >>> "annex4" in table_names()
        True
    """
    return tuple(_files())


@cache
def tables(name: str) -> tuple[Table, ...]:
    """The files of a table, read and checked once.

    Args:
        name: a table, or one of its files, e.g. `fuel.industry_2013`.

    Raises:
        UnknownName: no such table.
    """
    root = name.partition(".")[0]
    found = tuple(_read(path, root) for path in _files().get(root, ()))
    wanted = tuple(t for t in found if name in (root, t.table))
    if not wanted:
        raise _unknown(name, (*table_names(), *(t.table for t in found)))
    return wanted


def _read(path: str, root: str) -> Table:
    text = data_folder().joinpath("tables", *path.split("/")).read_text(encoding="utf-8")
    table = parse_table(text, name=path)
    if table.table.partition(".")[0] != root:
        raise InputError(fault_of("rulebook.tables.read", table=table.table, root=root, where=path))
    return table


def _unknown(name: str, known: tuple[str, ...]) -> UnknownName:
    return UnknownName(fault_of("rulebook.tables.unknown", name=name, known=listed(known)))
