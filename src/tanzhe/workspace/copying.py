"""A workspace copied into another, between a folder and a server, and both compared."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select, text, tuple_

from tanzhe.disk import put_whole
from tanzhe.errors import InputError
from tanzhe.faults import fault_of
from tanzhe.model import Record
from tanzhe.workspace import fulltext
from tanzhe.workspace.archive import sha256_of
from tanzhe.workspace.database import Database
from tanzhe.workspace.engines import is_missing
from tanzhe.workspace.log import now
from tanzhe.workspace.places import folder_of
from tanzhe.workspace.schema import documents, files, jobs, log, metadata, raws, retired, reviews
from tanzhe.workspace.store import LARGEST_RAW, Workspace

_PAGE = 200
# What is copied row by row; bytes and files are told apart below, and the index is made anew.
_ROWS = tuple(
    table for name, table in metadata.tables.items() if name not in ("meta", "raws", "files")
)
_NUMBERED = (documents, jobs, log, reviews)
_OWN = ("backups", "logs")  # folders of a workspace that are no part of it


class Sum(Record):
    """What a table, the archive or the folder of files comes to.

    Attributes:
        rows: how many.
        sha256: of all rows together, whatever their order.
    """

    rows: int
    sha256: str


def sums(workspace: Workspace) -> dict[str, Sum]:
    """A workspace in numbers: the same for a folder and a server that hold the same.

    Args:
        workspace: one that is whole.
    """
    with workspace.db.snapshot():
        found = {
            table.name: _sum(
                json.dumps([row[one.name] for one in table.c], ensure_ascii=False)
                for row in _rows(workspace.db, table)
            )
            for table in _ROWS
        }
        found["archive"] = _sum(
            f"{sha256} {sha256_of(raw) if raw is not None else '-'}"
            for sha256, raw in _archived(workspace)
        )
        found["files"] = _sum(f"{path} {sha256_of(raw)}" for path, raw in _files(workspace))
    return found


def _sum(lines: Iterator[str]) -> Sum:
    """Added up, so that the order of rows does not matter and memory stays small."""
    total = many = 0
    for line in lines:
        many += 1
        raw = line.encode("utf-8", "surrogatepass")
        total = (total + int.from_bytes(hashlib.sha256(raw).digest())) % (1 << 256)
    return Sum(rows=many, sha256=f"{total:064x}")


def _rows(db: Database, table: Table) -> Iterator[Any]:
    keys = list(table.primary_key.columns)
    asked = select(table).order_by(*keys).limit(_PAGE)
    last: tuple[Any, ...] | None = None
    while True:
        rows = db.all(asked if last is None else asked.where(tuple_(*keys) > tuple_(*last)))
        yield from (row._mapping for row in rows)
        if len(rows) < _PAGE:
            return
        last = tuple(rows[-1]._mapping[one.name] for one in keys)


def _archived(workspace: Workspace) -> Iterator[tuple[str, bytes | None]]:
    """Every document, also one taken out that still has its text, with its bytes."""
    seen = set()
    for table in (documents, retired):
        for row in _rows(workspace.db, table):
            if row["text"] is not None and row["sha256"] not in seen:
                seen.add(row["sha256"])
                yield row["sha256"], workspace.bytes_of(row["sha256"])


def _files(workspace: Workspace) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the files that belong to a workspace beside its documents."""
    if workspace.db.engine == "postgresql":
        for row in _rows(workspace.db, files):
            yield row["path"], bytes(row["content"])
        return
    folder = workspace.folder
    own = {sha256 for sha256, _ in _named(workspace)}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if not path.is_file() or path.is_symlink() or parts[0] in _OWN:
            continue
        if parts[0].startswith(("index.sqlite", ".")) or path.name.endswith(".part"):
            continue
        if parts[0] == "archive" and path.name in own:
            continue
        yield "/".join(parts), path.read_bytes()


def _named(workspace: Workspace) -> Iterator[tuple[str, str]]:
    for table in (documents, retired):
        for row in _rows(workspace.db, table):
            yield row["sha256"], row["name"]


def copy(source: Workspace, target: Workspace) -> dict[str, Sum]:
    """Copy a whole workspace into an empty one.

    Args:
        source: a folder or a server.
        target: empty; a folder or a server, of which who copies must be the owner.

    Returns:
        What both hold, table by table; they were compared after the copy.

    Raises:
        InputError: the target is not empty, or the copy is not like the source; then the target
            is as empty as before.
    """
    _refuse_full(target)
    wanted = sums(source)
    written: list[Path] = []
    try:
        with source.db.snapshot(), target.transaction():
            for table in _ROWS:
                _copy_rows(source.db, target.db, table)
            _copy_bytes(source, target, written)
            for path, raw in _files(source):
                _put_file(target, path, raw, written)
            _refuse_different(wanted, sums(target), target.db.where)
    except BaseException:
        for made in written:
            made.unlink(missing_ok=True)
        raise
    return wanted


def _copy_rows(source: Database, target: Database, table: Table) -> None:
    some: list[dict[str, Any]] = []
    for row in _rows(source, table):
        some.append({one.name: row[one.name] for one in table.c})
        if len(some) == _PAGE:
            _put_rows(target, table, some)
            some = []
    _put_rows(target, table, some)
    if target.engine == "postgresql" and table in _NUMBERED:
        # The next row of the table takes the next number.
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        last = f"(SELECT coalesce(max(id), 0) FROM {table.name})"
        if table is documents:
            last = f"greatest({last}, (SELECT coalesce(max(id), 0) FROM retired))"
        target.value(text(f"SELECT setval({sequence}, greatest({last}, 1), {last} > 0)"))


def _put_rows(target: Database, table: Table, rows: list[dict[str, Any]]) -> None:
    target.run(insert(table), rows)
    if table is documents:
        fulltext.put(target, [(row["id"], row["title"], row["text"]) for row in rows])


def _copy_bytes(source: Workspace, target: Workspace, written: list[Path]) -> None:
    for table in (documents, retired):
        for row in _rows(source.db, table):
            body = row["text"]
            raw = source.bytes_of(row["sha256"]) if body is not None else None
            if raw is None or raw == body.encode("utf-8", "replace"):
                continue
            if target.db.engine == "postgresql" or len(raw) <= LARGEST_RAW:
                target.db.run(insert(raws), {"id": row["id"], "raw": raw})
            else:
                name = row["sha256"]
                _put_file(target, f"archive/{name[:2]}/{name}", raw, written)


def _put_file(target: Workspace, path: str, raw: bytes, written: list[Path]) -> None:
    if target.db.engine == "postgresql":
        row = {"path": path, "sha256": sha256_of(raw), "content": raw, "at": now()}
        target.db.run(insert(files), row)
        return
    place = target.folder / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise InputError(fault_of("workspace.copying.put_file", where=path))
    if not place.exists():
        written.append(place)
    put_whole(place, raw, private=True)


def refuse_occupied(place: str | Path) -> None:
    """Refuse a folder that holds something else, before a workspace is begun in it.

    Raises:
        InputError: it does.
    """
    folder = folder_of(place)
    if is_missing(place) and folder.is_dir() and any(folder.iterdir()):
        raise InputError(
            fault_of("workspace.copying.refuse_full", names="files", where=str(folder))
        )


def _refuse_full(target: Workspace) -> None:
    held = [name for name, one in sums(target).items() if one.rows]
    if held:
        names = ", ".join(held)
        raise InputError(
            fault_of("workspace.copying.refuse_full", names=names, where=target.db.where)
        )


def _refuse_different(wanted: dict[str, Sum], found: dict[str, Sum], where: str) -> None:
    other = [name for name, one in wanted.items() if found.get(name) != one]
    if other:
        names = ", ".join(other)
        raise InputError(fault_of("workspace.copying.refuse_different", names=names, where=where))


def refuse_different(wanted: dict[str, Sum], workspace: Workspace) -> None:
    """Compare a workspace with what it should hold.

    Raises:
        InputError: names what differs.
    """
    _refuse_different(wanted, sums(workspace), workspace.db.where)
