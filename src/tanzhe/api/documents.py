"""The user's documents and own chronicle records in a workspace."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from tanzhe.evidence import FolderContents, add_folder, chronicle, load_chronicle
from tanzhe.model import Event, Progress, silent
from tanzhe.workspace import Hit, Workspace


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
