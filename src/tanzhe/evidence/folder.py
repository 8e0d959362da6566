"""A user's documents: read, archived, and each unreadable one named with its reason."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tanzhe.errors import Fault, InputError, TanzheError, Words, refuse
from tanzhe.evidence.passages import posted_day
from tanzhe.model import Progress, Record, Unread, silent
from tanzhe.text import MEDIA_TYPES, Document, load_bytes, read_bytes, read_document
from tanzhe.workspace import Workspace

BATCH = 200  # documents a transaction
_READING = Words("读取文档", "Reading documents")


class FolderContents(Record):
    """What adding a folder gave.

    Attributes:
        documents: sha256 of each readable document, in order of path, each once.
        paths: path of each of them below the folder it was found in.
        unread: the files that could not be read, each with the reason.
    """

    documents: tuple[str, ...]
    paths: tuple[str, ...]
    unread: tuple[Unread, ...] = ()


def _walk(folder: Path) -> Iterator[Path]:
    """All files of a folder in order of name; hidden files and folders are skipped."""
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def find_files(paths: Iterable[str | Path]) -> tuple[list[tuple[Path, str]], list[Fault]]:
    """Files of folders (or files named one by one), each with its name below the folder."""
    found: list[tuple[Path, str]] = []
    faults: list[Fault] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            try:
                found += [(file, file.relative_to(path).as_posix()) for file in _walk(path)]
            except OSError as error:
                faults.append(_missing(path, type(error).__name__))
        elif path.is_file():
            found.append((path, path.name))
        else:
            faults.append(_missing(path, "FileNotFoundError"))
    return found, faults


def _missing(path: Path, reason: str) -> Fault:
    return Fault(
        what=Words(f"文件夹打不开（{reason}）", f"The folder cannot be opened ({reason})"),
        where=path.name,
        do=Words("请检查路径", "Check the path"),
    )


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


def _add(workspace: Workspace, path: Path, name: str) -> str:
    """Read and archive one file; a file already archived is not read again."""
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        return read_document(path).sha256  # raises with the list of known kinds
    raw = load_bytes(path)
    sha256 = hashlib.sha256(raw).hexdigest()
    if sha256 not in workspace:
        _keep(workspace, raw, read_bytes(raw, media_type, path.name, path.stem), name)
    return sha256


def add_folder(
    workspace: Workspace, paths: Sequence[str | Path], progress: Progress = silent
) -> FolderContents:
    """Add a user's documents to the workspace, also thousands of them.

    Args:
        workspace: where they are archived and indexed.
        paths: folders, searched below, or files; hidden files are skipped.
        progress: told after each file.

    Raises:
        InputError: there is no readable document at all; names each file's reason.
    """
    files, faults = find_files(paths)
    kept: dict[str, str] = {}
    unread = [_unread(InputError(fault), fault.where) for fault in faults]
    for at in range(0, len(files), BATCH):
        with workspace.transaction():
            for number, (path, name) in enumerate(files[at : at + BATCH], at + 1):
                try:
                    kept.setdefault(_add(workspace, path, name), name)
                except TanzheError as error:
                    faults += [_named(fault, name) for fault in error.faults]
                    unread.append(_unread(error, name))
                progress(_READING, number, len(files))
    workspace.index()
    if not kept:
        refuse(faults or [_nothing(paths)])
    return FolderContents(
        documents=tuple(kept),
        paths=tuple(kept.values()),
        unread=tuple(unread),
    )


def _unread(error: TanzheError, name: str) -> Unread:
    what = error.faults[0].what
    return Unread(file=name, kind=type(error).__name__, reason=what.zh, reason_en=what.en)


def _named(fault: Fault, name: str) -> Fault:
    return Fault(what=fault.what, where=name, do=fault.do)


def _nothing(paths: Sequence[str | Path]) -> Fault:
    return Fault(
        what=Words("文件夹里没有文件", "There are no files in the folder"),
        where="、".join(Path(p).name for p in paths),
        do=Words(
            "请放入 txt、md、html、docx 或 pdf 文件", "Put txt, md, html, docx or pdf files there"
        ),
    )
