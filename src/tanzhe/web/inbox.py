"""Files that a reader drops on a page: kept by content until they are thrown away."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import anyio.to_thread
from fastapi import UploadFile

from tanzhe.child import in_child
from tanzhe.disk import put_whole
from tanzhe.errors import Fault, InputError, NotFound, TanzheError, Words
from tanzhe.faults import fault_of

# Signs of a sha256 that name a file in addresses: 64 bits, and short enough to read out.
SIGNS = 16
LONGEST_NAME = 120
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


class Held(NamedTuple):
    """A file in the inbox.

    Attributes:
        id: of its content, in addresses.
        path: where it is kept; its name is the reader's, made harmless.
    """

    id: str
    path: Path

    @property
    def name(self) -> str:
        """As the reader calls it."""
        return self.path.name


class Inbox:
    """The files dropped on one kind of page.

    Args:
        folder: of the workspace; None: a folder that goes with the server.
        kind: of page, e.g. tables.
        member: whose files alone are seen; None: one reader has them all.
    """

    def __init__(self, folder: Path | None, kind: str, member: str | None = None) -> None:
        place = (folder or _passing()) / "inbox"
        if member is not None:
            # Names of users may hold any sign: a folder is named by their hash.
            place /= f"of-{hashlib.sha256(member.encode()).hexdigest()[:SIGNS]}"
        self._place = place / kind

    async def put(self, file: UploadFile, read: Callable[[Path], object] | None = None) -> Held:
        """Keep what was sent; the same content again is the same file.

        Args:
            file: as sent.
            read: how the page will read it, a function of a module: tried first in a process of
                its own with limits on time and memory, which a file made to do harm hurts alone.

        Raises:
            InputError: no file was chosen, it is empty, or it cannot be read within the limits.
        """
        content = await file.read()
        if not file.filename or not content:
            raise InputError(_NOTHING)
        held = self.put_bytes(file.filename, content)
        if read is not None:
            try:
                await anyio.to_thread.run_sync(_try, read, held)
            except TanzheError:
                self.drop(held.id)
                raise
        return held

    def put_bytes(self, name: str, content: bytes) -> Held:
        """Keep a file of that name."""
        id = hashlib.sha256(content).hexdigest()[:SIGNS]
        held = self._found(id)
        if held is not None:
            return held
        return Held(id, put_whole(self._place / id / harmless(name), content))

    def of(self, id: str) -> Held:
        """The file of an address.

        Raises:
            NotFound: it is not here (any more).
        """
        held = self._found(id)
        if held is None:
            raise NotFound(fault_of("web.inbox.gone", where=id))
        return held

    def all(self) -> list[Held]:
        """All of them, the newest first."""
        if not self._place.is_dir():
            return []
        found = [held for place in self._place.iterdir() if (held := self._found(place.name))]
        return sorted(found, key=lambda held: -held.path.stat().st_mtime_ns)

    def drop(self, id: str) -> None:
        """Throw a file away."""
        shutil.rmtree(self.of(id).path.parent)

    def _found(self, id: str) -> Held | None:
        if re.fullmatch(f"[0-9a-f]{{{SIGNS}}}", id) is None:
            return None
        place = self._place / id
        names = (one for one in place.iterdir() if one.is_file()) if place.is_dir() else iter(())
        path = next((one for one in names if not one.name.endswith(".part")), None)
        return None if path is None else Held(id, path)


def _try(read: Callable[[Path], object], held: Held) -> None:
    in_child(attempt, read.__module__, read.__qualname__, held.path, where=held.name)


def attempt(module: str, name: str, path: Path) -> None:
    """Read a file and say nothing of it; what is wrong with it the page tells later.

    Args:
        module: of the function that reads.
        name: of the function.
        path: the file.
    """
    with suppress(TanzheError):
        getattr(import_module(module), name)(path)


def harmless(name: str) -> str:
    """The name of a file without folders, control signs and what turns the line around.

    Example:
        >>> harmless("资料/../园区.xlsx"), harmless("/etc/passwd"), harmless("...")
        ('园区.xlsx', 'passwd', 'file')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, end = plain.rpartition(".")
    if dot and len(end) < 10:
        return f"{stem[: LONGEST_NAME - len(end)] or 'file'}.{end}"
    return plain[:LONGEST_NAME] or "file"


_PASSING: list[tempfile.TemporaryDirectory[str]] = []


def _passing() -> Path:
    """A folder that goes when the server ends: where no workspace can be made."""
    if not _PASSING:
        _PASSING.append(tempfile.TemporaryDirectory(prefix="tanzhe-"))
    return Path(_PASSING[0].name)


_NOTHING = Fault(
    Words("没有选文件，或文件是空的", "No file was chosen, or it is empty"),
    Words("请选一个文件再提交", "Choose a file and send it again"),
)
