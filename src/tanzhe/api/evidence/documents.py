"""The user's documents and own chronicle records in a workspace, and the way out of it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tanzhe.connectors._fetched import Fetched, FetchStore
from tanzhe.connectors.warc import write_warc
from tanzhe.disk import put_whole
from tanzhe.errors import Fault, InputError, Words, refuse, why_not
from tanzhe.evidence.chronicle import chronicle, load_chronicle
from tanzhe.evidence.finders.folder import FolderContents, add_folder, find_files
from tanzhe.faults import fault_of
from tanzhe.model import Event, Progress, silent
from tanzhe.text import MEDIA_TYPES
from tanzhe.text.files.reading import load_bytes
from tanzhe.workspace import Found, Retired, StoredDocument, Workspace, asked_for
from tanzhe.workspace.integrity import damaged


def add_documents(
    workspace: Workspace, paths: Sequence[Path], *, progress: Progress = silent
) -> FolderContents:
    """Read documents into the workspace: txt, md, html, docx, pdf.

    Raises:
        InputError: nothing readable; names each file's reason.
    """
    return add_folder(workspace, paths, progress)


def search_documents(workspace: Workspace, words: str, limit: int = 20) -> Found:
    """Documents that hold all the words, the most telling first.

    Args:
        workspace: to search in.
        words: separated by spaces; "in quotes" as they stand; -word must not be there.
        limit: most hits.

    Raises:
        InputError: there is no word to look for.
    """
    if not asked_for(words).wanted:
        raise InputError(fault_of("api.documents.search_documents", where=words))
    return workspace.search(words, limit)


def list_documents(workspace: Workspace) -> tuple[StoredDocument, ...]:
    """All documents of the library, in the order they were added."""
    return tuple(workspace.documents())


def retired_documents(workspace: Workspace) -> tuple[Retired, ...]:
    """The marks of documents that were taken out, last first, with what rests on each."""
    return tuple(workspace.retired())


def remove_document(
    workspace: Workspace, name: str, *, words: str = "", erase: bool = False
) -> Retired:
    """Take a document out of the library.

    Args:
        workspace: where it is.
        name: the beginning of its sha256, at least six signs, or its file name.
        words: why.
        erase: delete its text and bytes too, so that old quotations can be looked up no more.

    Returns:
        The mark that stays, with the reports that quoted it.

    Raises:
        InputError: there is no such document, or more than one.
    """
    document = _named(workspace, name)
    workspace.retire(document.sha256, why="removed", words=words)
    if erase:
        workspace.erase(document.sha256)
    return workspace.retired(document.sha256)[0]


def correct_document(workspace: Workspace, name: str, path: Path, *, words: str = "") -> Retired:
    """Put a corrected file in the place of a document.

    Args:
        workspace: where the document is.
        name: the beginning of its sha256, at least six signs, or its file name.
        path: the corrected file.
        words: why.

    Returns:
        The mark of the former document, with the reports that quoted it.

    Raises:
        InputError: there is no such document, or more than one; the file cannot be read, or is
            the same.
    """
    document = _named(workspace, name)
    with workspace.transaction():
        (successor,) = add_folder(workspace, [path]).documents
        if successor == document.sha256:
            raise _no_document(
                Words("更正后的文件与原来的一样", "The corrected file is the same as before"),
                str(path),
            )
        workspace.retire(document.sha256, why="corrected", words=words, successor=successor)
    return workspace.retired(document.sha256)[0]


def check_documents(workspace: Workspace) -> tuple[Fault, ...]:
    """The documents whose archived originals are missing, or not as they were.

    Args:
        workspace: every document in it is read.
    """
    return tuple(damaged(workspace))


def restore_documents(workspace: Workspace, paths: Sequence[Path]) -> tuple[str, ...]:
    """Put originals back into the archive from files that are the same to the byte.

    Args:
        workspace: whose archive has lost something.
        paths: files or folders in which the originals may be.

    Returns:
        Names of the files that were put back.

    Raises:
        InputError: a path that is none.
    """
    files, faults = find_files(paths)
    refuse(faults)
    done = []
    for path, name in files:
        if MEDIA_TYPES.get(path.suffix.lower()) and workspace.put_back(load_bytes(path)):
            done.append(name)
    return tuple(done)


FEWEST_SIGNS = 6  # of a sha256: few enough to type, seldom shared


def _named(workspace: Workspace, name: str) -> StoredDocument:
    wanted = name.strip().lower()
    is_id = len(wanted) >= FEWEST_SIGNS and all(c in "0123456789abcdef" for c in wanted)
    found = [
        one
        for one in workspace.documents()
        if (is_id and one.sha256.startswith(wanted)) or one.name == name
    ]
    if not found:
        raise _no_document(Words("文件库里没有这份文件", "The library has no such document"), name)
    if len(found) > 1:
        ids = "、".join(one.sha256[:12] for one in found[:5])
        what = Words(f"有 {len(found)} 份：{ids}", f"There are {len(found)}: {ids}")
        raise _no_document(what, name)
    return found[0]


def _no_document(what: Words, where: str) -> InputError:
    do = Words("用 tanzhe docs list 查编号", "tanzhe docs list shows the ids")
    return InputError.of(what, do, where=where)


def export_documents(workspace: Workspace, path: Path) -> int:
    """Write all that is archived as one WARC file: fetched pages and the user's documents.

    Args:
        workspace: its documents; one without a fetched address goes by `urn:sha256:`.
        path: by custom `.warc.gz`, or `.warc` uncompressed.

    Returns:
        The number of documents written.

    Raises:
        InputError: nothing is archived, or the file cannot be written.
    """
    store = FetchStore(workspace.folder)
    pages = list(store.pages())
    fetched = {page.sha256 for page in pages}
    pages += [_unfetched(one) for one in workspace.documents() if one.sha256 not in fetched]
    if not pages:
        raise _not_written(path, Words("文件库是空的", "Nothing is archived"))
    _refuse_damaged(workspace, pages, store, path)
    try:
        write_warc(pages, lambda page: _content(workspace, store, page), path)
    except OSError as error:
        why = why_not(error)
        words = Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}")
        raise _not_written(path, words) from error
    return len(pages)


def _refuse_damaged(
    workspace: Workspace, pages: Sequence[Fetched], store: FetchStore, path: Path
) -> None:
    """An archive is not handed on as whole when it is not."""
    bad = [page.asked for page in pages if not _content(workspace, store, page)]
    if bad:
        names = "、".join(bad[:5])
        what = Words(
            f"{len(bad)} 份原件丢失或被改动：{names}",
            f"{len(bad)} originals are missing or changed: {names}",
        )
        do = Words(
            "用 tanzhe docs restore 恢复后再导出；没有写入",
            "Put them back with tanzhe docs restore first; nothing was written",
        )
        raise InputError.of(what, do, where=str(path))


def _unfetched(one: StoredDocument) -> Fetched:
    """A document that was not fetched; the address that it gives itself is only a claim."""
    address = f"urn:sha256:{one.sha256}"
    return Fetched(
        asked=one.name, url=address, sha256=one.sha256, content_type=one.media_type,
        fetched=one.added, headers={},
    )  # fmt: skip


def _content(workspace: Workspace, store: FetchStore, page: Fetched) -> bytes:
    return workspace.bytes_of(page.sha256) or store.content(page)


def _not_written(path: Path, what: Words) -> InputError:
    do = Words(
        "先收入文件（tanzhe docs add），或换一个可写的位置",
        "Add documents first (tanzhe docs add), or choose a writable place",
    )
    return InputError.of(what, do, where=str(path))


def own_chronicles(workspace: Workspace | None) -> tuple[Path, ...]:
    """The chronicle files a user has added, by name."""
    if workspace is None:
        return ()
    return tuple(sorted((workspace.folder / "chronicle").glob("*.jsonl")))


def add_chronicle(workspace: Workspace, path: Path) -> int:
    """Check a chronicle file whole and keep it in the workspace.

    Args:
        workspace: where it is kept, by the sha256 of its bytes.
        path: JSON lines in the form of the built-in chronicle.

    Returns:
        The number of its records.

    Raises:
        InputError: lists every fault by line and field; then nothing is kept.
    """
    events = load_chronicle(path)
    raw = path.read_bytes()
    folder = workspace.folder / "chronicle"
    put_whole(folder / f"{hashlib.sha256(raw).hexdigest()[:16]}.jsonl", raw)
    return len(events)


def chronicle_events(workspace: Workspace | None = None) -> tuple[Event, ...]:
    """All records: the built-in ones and the user's."""
    own = (event for path in own_chronicles(workspace) for event in load_chronicle(path))
    return (*chronicle(), *own)
