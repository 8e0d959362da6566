"""The workspace: archived documents, their text, search, and a small cache."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import delete, func, insert, select

from tanzhe.workspace import fulltext, library
from tanzhe.workspace.archive import Archive, sha256_of
from tanzhe.workspace.bigrams import AT_ONCE
from tanzhe.workspace.database import Database
from tanzhe.workspace.engines import open_embedded, open_server
from tanzhe.workspace.log import note, now
from tanzhe.workspace.places import address_of, folder_of
from tanzhe.workspace.records import Found, Retired, StoredDocument, stored
from tanzhe.workspace.schema import cache, documents, raws
from tanzhe.workspace.search import find
from tanzhe.workspace.shared import SharedFiles
from tanzhe.workspace.words import asked_for

LARGEST_RAW = 131_072  # bytes kept in an embedded database; larger ones are files
_PAGE = 500


class Workspace:
    """A project folder, or a database of a team. Open it with `Workspace.open`.

    Usable by several threads and processes. Every change is one transaction: a killed run leaves
    a workspace that opens.

    Long because it is the face of the folder: short methods that open its rooms.
    """

    def __init__(self, folder: Path, db: Database) -> None:
        self.db = db
        self._folder = folder
        self._archive = Archive(folder / "archive")
        self._shared = SharedFiles(db, folder) if db.engine == "postgresql" else None
        # Made once: the library looks a statement over whenever it meets a new one.
        self._insert = db.insert(documents, ignoring=["sha256"])
        self._next: int | None = None  # id, known inside a transaction
        self._waiting: list[tuple[int, str, str]] = []  # added, not yet indexed
        self._characters = 0

    @classmethod
    def open(cls, place: str | Path | None = None) -> Self:
        """Open or create a workspace.

        Args:
            place: a folder, or postgresql://USER@HOST/DATABASE; None for the default folder.

        Raises:
            WorkspaceError: the folder cannot be used, the server refuses, or it is of a newer
                version.
            ConnectionLost: the server cannot be reached.
        """
        address = address_of(place)
        folder = folder_of(place)
        return cls(folder, open_embedded(folder) if address is None else open_server(address))

    def close(self) -> None:
        """Give the database back; archived files stay."""
        try:
            self.share()
        finally:
            self.db.close()

    def share(self) -> None:
        """Hand files that were made here on to the other members; nothing to do in a folder."""
        if self._shared is not None:
            self._shared.push()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.db.close()
        else:
            self.close()

    @property
    def folder(self) -> Path:
        """The folder of files beside the database; of a team's, with what the others put there."""
        if self._shared is not None:
            self._shared.pull()
        return self._folder

    @property
    def read_only(self) -> bool:
        """Whether changes are refused: by the folder, or by the role on a server."""
        return self.db.read_only

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several changes as one, also much faster than one by one; may be nested.

        Raises:
            WorkspaceError: the workspace can only be read.
        """
        with self.db.lock:
            if self.db.depth:
                yield
                return
            try:
                with self.db.transaction():
                    yield
                    self.index()
            finally:
                self._next = None
                self._waiting.clear()
                self._characters = 0

    def add(
        self,
        raw: bytes,
        *,
        text: str,
        name: str,
        media_type: str,
        encoding: str | None = None,
        title: str = "",
        publisher: str | None = None,
        published: str | None = None,
        url: str | None = None,
    ) -> str:
        """Archive a document with its extracted text; the same bytes again change nothing.

        Args:
            raw: the bytes as received.
            text: what quotes will refer to by offset.
            name: file name or address.
            media_type: e.g. text/html.
            encoding: of the bytes, None for PDF and Word.
            title: "" when there is none.
            publisher: as the document names it.
            published: day it was posted, YYYY-MM-DD.
            url: address it came from.

        Returns:
            The sha256 of the bytes: the id of the document.
        """
        sha256 = sha256_of(raw)
        row = {
            "sha256": sha256, "name": name, "url": url, "media_type": media_type,
            "encoding": encoding, "title": title, "publisher": publisher, "published": published,
            "added": now(), "text": text,
        }  # fmt: skip
        with self.transaction():
            number = self._inserted(row)
            if number is not None:
                self._keep(number, raw, text)
                self._wait(number, title, text)
        return sha256

    def _inserted(self, row: Mapping[str, str | None]) -> int | None:
        """The id of a new document; None where the library has it."""
        if self.db.engine == "postgresql":
            found = self.db.first(self._insert.returning(documents.c.id), row)
            return None if found is None else int(found[0])
        if self._next is None:
            self._next = library.next_id(self.db)
        if not self.db.run(self._insert, {"id": self._next, **row}):
            return None
        self._next += 1
        return self._next - 1

    def _keep(self, number: int, raw: bytes, text: str) -> None:
        """Keep raw bytes: nowhere where the text gives them back, large ones as a file."""
        if raw == text.encode("utf-8", "replace"):
            return
        if len(raw) > LARGEST_RAW and self.db.engine == "sqlite":
            self._archive.put(raw)
        else:
            self.db.run(insert(raws), {"id": number, "raw": raw})

    def _wait(self, number: int, title: str, text: str) -> None:
        self._waiting.append((number, title, text))
        self._characters += len(title) + len(text)
        if self._characters >= AT_ONCE:
            self.index()

    def index(self) -> None:
        """Index what was added in this transaction; ending it does so as well."""
        with self.db.lock:
            if self._waiting:
                fulltext.put(self.db, self._waiting)
            self._waiting = []
            self._characters = 0

    def __len__(self) -> int:
        return int(self.db.value(select(func.count()).select_from(documents)))

    def __bool__(self) -> bool:
        """An empty workspace is a workspace: only None is none."""
        return True

    def __contains__(self, sha256: object) -> bool:
        return isinstance(sha256, str) and self.document(sha256) is not None

    def documents(self) -> Iterator[StoredDocument]:
        """All documents in the order they were added."""
        asked = select(documents.c.id, *library.described()).order_by(documents.c.id).limit(_PAGE)
        last = 0
        while rows := self.db.all(asked.where(documents.c.id > last)):
            for row in rows:
                yield stored(row[1:])
            last = rows[-1][0]

    def document(self, sha256: str) -> StoredDocument | None:
        """What is known of one document, or None."""
        row = self.db.first(select(*library.described()).where(documents.c.sha256 == sha256))
        return stored(row) if row is not None else None

    def text_of(self, sha256: str) -> str | None:
        """The extracted text that quotes refer to, or None for an unknown document."""
        for asked in library.lookups("text", sha256):
            if (row := self.db.first(asked)) is not None:
                return str(row[0])
        return None

    def bytes_of(self, sha256: str) -> bytes | None:
        """The raw bytes as archived, or None where they are not kept as they were."""
        for asked in library.lookups("raw", sha256):
            row = self.db.first(asked)
            if row is None:
                continue
            raw = bytes(row[0]) if row[0] is not None else self._archive.get(sha256)
            raw = str(row[1]).encode("utf-8", "replace") if raw is None else raw
            return raw if sha256_of(raw) == sha256 else None
        return None

    def put_back(self, raw: bytes) -> bool:
        """Archive the bytes of a document again whose own are missing or changed.

        Args:
            raw: the bytes; only those of a document, or of its mark, are kept.

        Returns:
            Whether something was put back.
        """
        sha256 = sha256_of(raw)
        numbers = library.numbers_of(self.db, sha256)
        if not numbers or self.bytes_of(sha256) == raw:
            return False
        with self.transaction():
            self.db.run(delete(raws).where(raws.c.id.in_(numbers)))
            self._keep(numbers[0], raw, "")
            note(self.db, "restored", sha256)
        return True

    def search(self, words: str, limit: int = 50) -> Found:
        """Documents that contain all words, the most telling first.

        Chinese words are found as they stand, also two characters long and in either script; Latin
        words whole, in any case and width. A word in quotes stands as quoted; -word must not be
        there. Stars and the like have no meaning.

        Args:
            words: separated by spaces.
            limit: most hits.

        Returns:
            One hit a document, and how many documents there are.
        """
        asked = asked_for(words)
        if not asked.wanted or limit < 1:
            return Found(hits=(), total=0)
        with self.db.lock:
            self.index()
            with self.db.snapshot():
                return find(self.db, asked, limit)

    def retire(
        self, sha256: str, *, why: str, words: str = "", successor: str | None = None
    ) -> bool:
        """Take a document out of the library: searched and listed no more, its mark stays.

        Args:
            sha256: of its bytes.
            why: removed, corrected, replaced or vanished.
            words: the user's reason.
            successor: sha256 of the document that takes its place.

        Returns:
            Whether there was such a document.
        """
        with self.transaction():
            self.index()
            done = library.retire(
                self.db, sha256, why=why, words=words, successor=successor, at=now()
            )
            if done:
                note(self.db, why, sha256, words)
            return done

    def erase(self, sha256: str) -> None:
        """Delete text and bytes of a document that was taken out; the mark stays."""
        with self.transaction():
            library.erase(self.db, sha256)
            note(self.db, "erased", sha256)
        self._archive.path_of(sha256).unlink(missing_ok=True)

    def retired(self, sha256: str | None = None) -> list[Retired]:
        """What was taken out and not taken in again, last first; or the mark of one document."""
        return library.retired(self.db, sha256)

    def members(self, folder: str) -> dict[str, str]:
        """Path to sha256 of the documents that a folder gave when it was added last."""
        return library.members(self.db, folder)

    def set_members(
        self, folder: str, found: Mapping[str, str], gone: Collection[str] = ()
    ) -> None:
        """Keep what a folder gives now, without the paths that are gone."""
        with self.transaction():
            library.set_members(self.db, folder, found, gone)

    def is_held(self, sha256: str) -> bool:
        """Whether a folder that was added still gives a document."""
        return library.is_held(self.db, sha256)

    def note_uses(self, documents: Sequence[str], what: str) -> None:
        """Keep that something (a report) quotes documents, in place of what it quoted before."""
        if self.read_only:
            return
        with self.transaction():
            library.note_uses(self.db, documents, what, now())

    def outdated(self, what: str) -> list[Retired]:
        """The documents that something quoted and that were taken out since."""
        quoted = library.documents_of(self.db, what)
        return [mark for one in quoted for mark in library.retired(self.db, one)]

    def store_json(self, kind: str, key: str, text: str) -> None:
        """Keep a text under a kind and a key, in place of what was there.

        A workspace that can only be read keeps nothing: what is kept here only saves time.
        """
        if self.read_only:
            return
        row = {"kind": kind, "key": key, "value": text, "added": now()}
        with self.transaction():
            self.db.run(delete(cache).where(cache.c.kind == kind, cache.c.key == key))
            self.db.run(insert(cache), row)

    def fetch_json(self, kind: str, key: str) -> str | None:
        """The text kept under a kind and a key, or None."""
        asked = select(cache.c.value).where(cache.c.kind == kind, cache.c.key == key)
        found = self.db.value(asked)
        return None if found is None else str(found)
