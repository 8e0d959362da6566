"""Whole workspaces: backed up, restored, copied between a folder and a server, looked over."""

import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.disk import settle
from tanzhe.errors import Fault, InputError, Words, why_not
from tanzhe.workspace import Workspace
from tanzhe.workspace.copying import Sum, copy, refuse_different, refuse_occupied
from tanzhe.workspace.engines import version_of
from tanzhe.workspace.integrity import faults, index_anew
from tanzhe.workspace.log import Entry, entries, note
from tanzhe.workspace.roles import Role, grant

_MANIFEST = "backup.json"
_INSIDE = "workspace"


def workspace_version(workspace: Workspace) -> str:
    """The version of the tables of a workspace."""
    return (version_of(workspace.db) or "").lstrip("0")


def copy_workspace(workspace: Workspace, target: str | Path) -> dict[str, Sum]:
    """Copy a workspace into an empty folder or database.

    Args:
        workspace: what is copied.
        target: a folder, or postgresql://USER@HOST/DATABASE.

    Returns:
        What both hold; they were compared.

    Raises:
        InputError: the target is not empty, or not like the source afterwards.
    """
    refuse_occupied(target)
    with Workspace.open(target) as other:
        done = copy(workspace, other)
        note(other.db, "copied", workspace.db.where)
    return done


def backup_workspace(workspace: Workspace, file: Path) -> dict[str, Sum]:
    """Write a whole workspace into one file.

    Args:
        workspace: a folder or a server.
        file: by custom `.zip`; one that is there is left alone.

    Returns:
        What the file holds.

    Raises:
        InputError: the file is there, or cannot be written; then nothing is left behind.
    """
    if file.exists():
        raise _wrong(Words("文件已存在，没有覆盖", "The file exists and was left alone"), str(file))
    part = file.with_name(f".{file.name}.part")
    try:
        with TemporaryDirectory(dir=file.parent, prefix=".tanzhe-") as passing:
            place = Path(passing) / _INSIDE
            with Workspace.open(place) as held:
                done = copy(workspace, held)
            _pack(place, done, part)
        part.replace(file)
        settle(file.parent)
    except OSError as error:
        why = why_not(error)
        words = Words(f"无法写入备份：{why.zh}", f"Cannot write the backup: {why.en}")
        raise _wrong(words, str(file)) from error
    finally:
        part.unlink(missing_ok=True)
    return done


def _pack(place: Path, done: dict[str, Sum], part: Path) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            told = {name: one.model_dump() for name, one in done.items()}
            packed.writestr(_MANIFEST, json.dumps({"tables": told}, indent=1))
            for path in sorted(place.rglob("*")):
                if path.is_file():
                    packed.write(path, f"{_INSIDE}/{path.relative_to(place).as_posix()}")
        out.flush()
        os.fsync(out.fileno())


def restore_workspace(file: Path, place: str | Path | None) -> tuple[dict[str, Sum], str]:
    """Bring a backup back into an empty workspace.

    Args:
        file: as `backup_workspace` wrote it.
        place: an empty folder or database, or None for the usual one; opened once the backup
            is seen to be sound.

    Returns:
        What was brought back, compared with what the backup says it holds; and where to.

    Raises:
        InputError: the file is no backup or is damaged, or the workspace is not empty; then the
            workspace is as before.
    """
    try:
        with TemporaryDirectory(prefix="tanzhe-") as passing:
            with zipfile.ZipFile(file) as packed:
                told = json.loads(packed.read(_MANIFEST))["tables"]
                inside = [name for name in packed.namelist() if name.startswith(f"{_INSIDE}/")]
                packed.extractall(passing, inside)
            wanted = {name: Sum.model_validate(one) for name, one in told.items()}
            with Workspace.open(Path(passing) / _INSIDE) as held:
                refuse_different(wanted, held)
                with Workspace.open(place) as workspace:
                    done = copy(held, workspace)
                    note(workspace.db, "brought back", file.name)
                    return done, workspace.db.where
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        what = Words("不是完整的备份文件", "It is no backup, or a damaged one")
        raise _wrong(what, str(file)) from error
    except OSError as error:
        raise _wrong(why_not(error), str(file)) from error


def check_workspace(workspace: Workspace, *, repair: bool = False) -> tuple[Fault, ...]:
    """Look a workspace over: its database, archive, index, and the places of quotations.

    Args:
        workspace: every document in it is read.
        repair: make the index of words anew first.

    Returns:
        What is not as it should be; nothing when all is well.
    """
    if repair:
        index_anew(workspace)
    return tuple(faults(workspace))


def grant_role(workspace: Workspace, user: str, role: Role | None) -> None:
    """Give a user of the server a role in a workspace; None takes it away.

    Raises:
        InputError: the workspace is a folder, or there is no such user.
        WorkspaceError: only the owner of the database may.
    """
    grant(workspace.db, user, role)


def workspace_log(workspace: Workspace) -> Sequence[Entry]:
    """Who did what in a workspace, oldest first."""
    return tuple(entries(workspace.db))


def _wrong(what: Words, where: str) -> InputError:
    do = Words(
        "请检查文件名、权限和磁盘空间后再试",
        "Check the name, permissions and space on the disk, and try again",
    )
    return InputError.of(what, do, where=where)
