"""The user's documents and own chronicle records in a workspace, and the way out of it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tanzhe.connectors._fetched import Fetched, FetchStore
from tanzhe.connectors.warc import write_warc
from tanzhe.errors import Fault, InputError, Words
from tanzhe.evidence import FolderContents, add_folder, chronicle, load_chronicle
from tanzhe.model import Event, Progress, silent
from tanzhe.workspace import Hit, StoredDocument, Workspace


def add_documents(
    workspace: Workspace, paths: Sequence[Path], *, progress: Progress = silent
) -> FolderContents:
    """Read documents into the workspace: txt, md, html, docx, pdf.

    Raises:
        InputError: nothing readable; names each file's reason.
    """
    return add_folder(workspace, paths, progress)


def search_documents(workspace: Workspace, words: str, limit: int = 20) -> list[Hit]:
    """Documents that hold all the words; two-character Chinese words are found exactly."""
    return workspace.search(words, limit)


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
    try:
        write_warc(pages, lambda page: _content(workspace, store, page), path)
    except OSError as error:
        words = Words(f"无法写入：{error.strerror}", f"Cannot write: {error.strerror}")
        raise _not_written(path, words) from error
    return len(pages)


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
    return InputError(Fault(what=what, where=str(path), do=do))


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
    folder.mkdir(exist_ok=True)
    target = folder / f"{hashlib.sha256(raw).hexdigest()[:16]}.jsonl"
    part = target.with_suffix(".part")
    part.write_bytes(raw)
    part.replace(target)
    return len(events)


def chronicle_events(workspace: Workspace | None = None) -> tuple[Event, ...]:
    """All records: the built-in ones and the user's."""
    own = (event for path in own_chronicles(workspace) for event in load_chronicle(path))
    return (*chronicle(), *own)
