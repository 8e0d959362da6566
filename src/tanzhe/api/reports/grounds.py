"""What a report rests on: figures, catalogue, documents, pages, window, words, all by sha256."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tanzhe.api.batches.tasks import PACKAGED, packaged_input
from tanzhe.errors import Language
from tanzhe.evidence.finders.find import Finder
from tanzhe.kept import code
from tanzhe.model import Evidence, Manifest, ManifestInput, new_manifest

CHRONICLE = "chronicle"


def grounds(
    figures: Manifest,
    asked: dict[str, object],
    evidence: Iterable[Evidence],
    read: Sequence[ManifestInput],
    own: Iterable[Path],
    created: str | None,
) -> Manifest:
    """The manifest of a report.

    Args:
        figures: of the search behind it, whose inputs and settings stay.
        asked: what else was asked for, by name.
        evidence: what was found; pages that are quoted and were read in an earlier run count too.
        read: documents and pages that were read.
        own: the user's own chronicles.
        created: UTC time of the report; now when left out.
    """
    known = {one.sha256 for one in read}
    quoted = {
        quote.document
        for one in evidence
        for linked in (*one.events, *one.leads, *one.background)
        for quote in linked.event.quotes
    }
    inputs = [
        *figures.inputs,
        ManifestInput(name=PACKAGED, sha256=packaged_input().sha256),
        ManifestInput(name=CHRONICLE, sha256=_chronicle()),
        *(ManifestInput(name=path.name, sha256=_of_file(path)) for path in own),
        *read,
        *(ManifestInput(name="quoted", sha256=one) for one in sorted(quoted - known)),
    ]
    parameters = {**figures.parameters, **asked, "engine": code("tanzhe.api.series.turning")}
    return new_manifest(tuple(dict.fromkeys(inputs)), parameters, created=created)


def with_words(manifest: Manifest, register: str, format_: str, language: Language) -> Manifest:
    """The manifest of a report once it is told: in which register, by which templates."""
    told = {
        "register": register, "register_sha256": _register(register), "format": format_,
        "language": language,
    }  # fmt: skip
    parameters = dict(sorted({**manifest.parameters, **told}.items()))
    return manifest.model_copy(update={"parameters": parameters})


def documents_of(finders: Iterable[Finder]) -> tuple[ManifestInput, ...]:
    """The documents and pages that finders have read, by name."""
    found = (one for finder in finders for one in getattr(finder, "documents", ()))
    return tuple(ManifestInput(name=name, sha256=sha256) for name, sha256 in sorted(set(found)))


@cache
def _chronicle() -> str:
    raw = files("tanzhe.data").joinpath("chronicle.jsonl").read_bytes()
    return hashlib.sha256(raw).hexdigest()


def _of_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _register(name: str) -> str:
    """Digest of a register's templates and of those it shares with the others."""
    digest = hashlib.sha256()
    home = files("tanzhe.reports").joinpath("registers")
    for folder in ("shared", name):
        _add(digest.update, home.joinpath(folder), folder)
    return digest.hexdigest()


def _add(update: Callable[[bytes], None], folder: Traversable, name: str) -> None:
    if not folder.is_dir():
        return
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir():
            _add(update, one, f"{name}/{one.name}")
        elif one.name.endswith((".j2", ".yaml")):
            update(f"{name}/{one.name}".encode())
            update(one.read_bytes())
