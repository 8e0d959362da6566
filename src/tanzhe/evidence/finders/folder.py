"""A user's documents: read, archived, and each unreadable one named with its reason."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tanzhe.errors import (
    ConnectionLost,
    Fault,
    InputError,
    TanzheError,
    Words,
    WorkspaceError,
    refuse,
    why_not,
)
from tanzhe.evidence.events.passages import posted_day
from tanzhe.faults import fault_of
from tanzhe.model import Progress, Record, Unread, silent
from tanzhe.text import MEDIA_TYPES, Document, load_bytes, read_bytes, read_document
from tanzhe.workspace import Retired, Workspace

BATCH = 200  # documents a transaction
_READING = Words("读取文档", "Reading documents")


class FolderContents(Record):
    """What adding a folder gave.

    Attributes:
        documents: sha256 of each readable document, in order of path, each once.
        paths: path of each of them below the folder it was found in.
        unread: the files that could not be read, each with the reason.
        new: paths of those that the library did not have.
        replaced: paths whose file had changed since the folder was added before.
        vanished: paths that the folder gave before and gives no more.
    """

    documents: tuple[str, ...]
    paths: tuple[str, ...]
    unread: tuple[Unread, ...] = ()
    new: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True)
class _File:
    """A file to read.

    Attributes:
        path: where it lies.
        name: its path below the folder, or its name.
        folder: the folder that was given; "" for a file named by itself.
    """

    path: Path
    name: str
    folder: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other files of its folder."""
        return self.name if self.folder else str(self.path.resolve())


def _walk(folder: Path, faults: list[Fault]) -> Iterator[Path]:
    """All regular files of a folder in order of name; hidden files and folders are skipped.

    What cannot be looked into, is no regular file, or is a link that leads out of the folder is
    named in `faults`; the rest is read.
    """
    home = folder.resolve()
    waiting = [folder]
    while waiting:  # no recursion: a folder may be thousands deep
        path = waiting.pop()
        try:
            if path is not folder and path.is_symlink() and not _leads_inside(path, home):
                faults.append(_not_opened(path, _LEADS_OUT))
            elif path.is_dir():
                if path is folder or not path.is_symlink():
                    waiting += sorted(map(Path, _shown_entries(path)), reverse=True)
            elif path.is_file():
                yield path
            else:
                faults.append(_not_opened(path, _NO_FILE))
        except OSError as error:
            faults.append(_not_opened(path, why_not(error)))


def _shown_entries(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.name.startswith((".", "~$")):
                yield entry.path


def _leads_inside(link: Path, home: Path) -> bool:
    try:
        return link.resolve().is_relative_to(home)
    except (OSError, RuntimeError):  # links that go in a circle
        return False


def find_files(paths: Iterable[str | Path]) -> tuple[list[tuple[Path, str]], list[Fault]]:
    """Files of folders (or files named one by one), each with its name below the folder."""
    files, faults = _files(paths)
    return [(one.path, one.name) for one in files], faults


def _files(paths: Iterable[str | Path]) -> tuple[list[_File], list[Fault]]:
    found: list[_File] = []
    faults: list[Fault] = []
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                folder = str(path.resolve())
                found += [
                    _File(file, _shown(file.relative_to(path).as_posix()), folder)
                    for file in _walk(path, faults)
                ]
            elif path.exists() and not path.is_file():
                faults.append(_not_opened(path, _NO_FILE))
            else:
                path.stat()
                found.append(_File(path, _shown(path.name)))
        except OSError as error:
            faults.append(_not_opened(path, why_not(error)))
    return found, faults


def _shown(name: str) -> str:
    """A name as people read it: one of an old archive may be GBK, which the system hands on raw.

    Example:
        >>> _shown("云南.txt"), _shown("云南.txt".encode("gbk").decode("utf-8", "surrogateescape"))
        ('云南.txt', '云南.txt')
    """
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


_LEADS_OUT = Words(
    "是指向文件夹之外的链接，没有读", "It is a link that leads out of the folder and was not read"
)
_NO_FILE = Words("既不是普通文件也不是文件夹", "It is neither a regular file nor a folder")


def _not_opened(path: Path, why: Words) -> Fault:
    return fault_of("evidence.folder.not_opened", why=why, where=_shown(path.name) or str(path))


def _keep(workspace: Workspace, raw: bytes, document: Document, name: str) -> None:
    posted = posted_day(document.text)
    workspace.add(
        raw,
        text=document.text,
        name=name,
        media_type=document.media_type,
        encoding=document.encoding,
        title=document.title,
        publisher=document.publisher,
        published=document.posted or (posted.day.isoformat() if posted else None),
        url=document.url,
    )


def _add(workspace: Workspace, file: _File) -> tuple[str, bool]:
    """Read and archive one file, unless it is archived already; its sha256, and whether it is new.

    Raises:
        InputError: it cannot be read, or it was taken out of the library and is not named itself.
    """
    path = file.path
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        return read_document(path).sha256, True  # raises with the list of known kinds
    raw = load_bytes(path)
    sha256 = hashlib.sha256(raw).hexdigest()
    if sha256 in workspace:
        if not workspace.read_only:
            workspace.put_back(raw)  # where the archived original is missing or changed
        return sha256, False
    if file.folder:
        refuse(
            _taken_out(mark, file.name)
            for mark in workspace.retired(sha256)
            if mark.why in ("removed", "corrected")
        )
    _keep(workspace, raw, read_bytes(raw, media_type, file.name, Path(file.name).stem), file.name)
    return sha256, True


def _taken_out(mark: Retired, name: str) -> Fault:
    """A file that somebody took out of the library on purpose; a folder does not bring it back."""
    because = (f"：{mark.words}", f": {mark.words}") if mark.words else ("", "")
    return Fault(
        Words(
            f"{mark.at[:10]} 已从文件库移除或更正{because[0]}",
            f"It was removed from the library or corrected on {mark.at[:10]}{because[1]}",
        ),
        Words(
            "要重新收入，请单独指明这个文件：tanzhe docs add 文件",
            "Name the file itself to take it in again: tanzhe docs add FILE",
        ),
        where=name,
    )


def add_folder(
    workspace: Workspace, paths: Sequence[str | Path], progress: Progress = silent
) -> FolderContents:
    """Add a user's documents to the workspace, also thousands of them.

    A folder that was added before is followed: a changed file takes the place of the former one,
    and a file that is gone leaves the library. A folder without any file changes nothing.

    Args:
        workspace: where they are archived and indexed.
        paths: folders, searched below, or files; hidden files are skipped.
        progress: told after each file.

    Raises:
        InputError: there is no readable document at all; names each file's reason.
    """
    files, faults = _files(paths)
    done = _Done(unread=[_unread(InputError(fault), fault.where) for fault in faults])
    for at in range(0, len(files), BATCH):
        with workspace.transaction():
            for number, file in enumerate(files[at : at + BATCH], at + 1):
                try:
                    sha256, new = _add(workspace, file)
                    done.take(file, sha256, new=new)
                except (WorkspaceError, ConnectionLost):
                    raise  # no fault of the file
                except TanzheError as error:
                    faults += [_named(fault, file.name) for fault in error.faults]
                    done.unread.append(_unread(error, file.name))
                progress(_READING, number, len(files))
    if not done.kept:
        refuse(
            faults
            or [fault_of("evidence.folder.nothing", where="、".join(Path(p).name for p in paths))]
        )
    with workspace.transaction():
        for folder in dict.fromkeys(file.folder for file in files):
            _follow(workspace, folder, files, done)
    return FolderContents(
        documents=tuple(done.kept),
        paths=tuple(done.kept.values()),
        unread=tuple(done.unread),
        new=tuple(done.new),
        replaced=tuple(done.replaced),
        vanished=tuple(done.vanished),
    )


@dataclass
class _Done:
    """What adding has come to so far; `kept` is sha256 to path, `members` by folder and path."""

    unread: list[Unread]
    kept: dict[str, str] = field(default_factory=dict)
    members: dict[tuple[str, str], str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)

    def take(self, file: _File, sha256: str, *, new: bool) -> None:
        self.kept.setdefault(sha256, file.name)
        self.members[file.folder, file.key] = sha256
        if new:
            self.new.append(file.name)


def _follow(workspace: Workspace, folder: str, files: Sequence[_File], done: _Done) -> None:
    """Take out what a folder gave before and gives no more, and keep what it gives now."""
    before = workspace.members(folder)
    there = {file.key for file in files if file.folder == folder}
    now = {key: sha256 for (own, key), sha256 in done.members.items() if own == folder}
    # A file that is there but cannot be read just now is not gone; of files named one by one,
    # those not named this time are not gone either.
    gone = [path for path in before if folder and path not in there]
    workspace.set_members(folder, now, gone)
    for path, former in before.items():
        if former in done.kept or workspace.is_held(former):
            continue  # moved, renamed, or given by another folder too
        if path in now:
            workspace.retire(former, why="replaced", successor=now[path])
            done.replaced.append(path)
            if path in done.new:
                done.new.remove(path)
        elif folder and path not in there:
            workspace.retire(former, why="vanished")
            done.vanished.append(path)


def _unread(error: TanzheError, name: str) -> Unread:
    what = error.faults[0].what
    return Unread(file=name, kind=type(error).__name__, reason=what.zh, reason_en=what.en)


def _named(fault: Fault, name: str) -> Fault:
    return Fault(fault.what, fault.do, where=name)
