"""The project folder: archived documents, their text, search, and a small cache."""

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

import platformdirs

from tanzhe.errors import Fault, InputError, Words
from tanzhe.workspace import library
from tanzhe.workspace.archive import Archive, sha256_of
from tanzhe.workspace.postings import MOST_DOCUMENTS, index_pending, indexed_until
from tanzhe.workspace.records import COLUMNS, Found, Retired, StoredDocument, stored
from tanzhe.workspace.schema import connect, prepare
from tanzhe.workspace.search import find
from tanzhe.workspace.words import asked_for

LARGEST_RAW = 131_072  # bytes kept in the index; larger ones are files
MOST_UNINDEXED = 256  # documents that a search reads through; more are indexed first
WAITING_CHARACTERS = 8_000_000  # so many characters added are indexed at once


def default_folder() -> Path:
    """`TANZHE_WORKSPACE`, else a folder in the user's data directory."""
    named = os.environ.get("TANZHE_WORKSPACE", "").strip()
    return Path(named) if named else Path(platformdirs.user_data_dir("tanzhe", appauthor=False))


class Workspace:
    """A project folder. Open it with `Workspace.open`; usable by several threads and processes.

    Every change is one transaction: a killed run leaves a workspace that opens.
    """

    def __init__(self, folder: Path, db: sqlite3.Connection) -> None:
        self.folder = folder
        self._db = db
        self._archive = Archive(folder / "archive")
        self._lock = RLock()
        self._indexed = 0  # at least so many ids are indexed
        self._waiting = 0  # characters added since

    @classmethod
    def open(cls, folder: str | Path | None = None) -> Self:
        """Open or create a workspace.

        Args:
            folder: None for the default folder.

        Raises:
            InputError: the folder cannot be written, or is of another version.
        """
        path = Path(folder) if folder is not None else default_folder()
        try:
            path.mkdir(parents=True, exist_ok=True)
            db = connect(str(path / "index.sqlite"))
        except (OSError, sqlite3.Error) as error:
            raise _cannot_open(path, error) from error
        try:
            prepare(db, str(path))
        except sqlite3.Error as error:
            db.close()
            raise _cannot_open(path, error) from error
        except InputError:
            db.close()
            raise
        return cls(path, db)

    def close(self) -> None:
        """Close the index; archived files stay."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several changes as one, also much faster than one by one; may be nested."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                self._indexed = 0
                raise
            self._db.execute("COMMIT")

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
        row = (sha256, name, url, media_type, encoding, title, publisher, published, _now(), text)
        with self.transaction():
            new = self._db.execute(
                f"INSERT OR IGNORE INTO documents (id, {COLUMNS}, text) "
                "VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (library.next_id(self._db), *row),
            )
            if new.rowcount and new.lastrowid:
                self._keep(new.lastrowid, sha256, raw, text)
                self._index_when_many(new.lastrowid, len(text))
        return sha256

    def _keep(self, number: int, sha256: str, raw: bytes, text: str) -> None:
        """Keep raw bytes: large ones as a file, small ones unless the text gives them back."""
        if len(raw) > LARGEST_RAW:
            self._archive.put(raw)
        elif raw != text.encode("utf-8", "replace") and self._archive.get(sha256) is None:
            self._db.execute("INSERT OR REPLACE INTO raws VALUES (?, ?)", (number, raw))

    def _index_when_many(self, newest: int, characters: int) -> None:
        self._waiting += characters
        if newest - self._indexed < MOST_DOCUMENTS and self._waiting < WAITING_CHARACTERS:
            return
        self._indexed = indexed_until(self._db)
        if newest - self._indexed >= MOST_DOCUMENTS or self._waiting >= WAITING_CHARACTERS:
            self.index()

    def index(self) -> None:
        """Make the documents added last quick to search; searching does so where it must."""
        with self.transaction():
            index_pending(self._db)
            self._indexed = indexed_until(self._db)
            self._waiting = 0

    def __len__(self) -> int:
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM documents").fetchone()[0])

    def __bool__(self) -> bool:
        """An empty workspace is a workspace: only None is none."""
        return True

    def __contains__(self, sha256: object) -> bool:
        return isinstance(sha256, str) and self.document(sha256) is not None

    def documents(self) -> Iterator[StoredDocument]:
        """All documents in the order they were added."""
        last = 0
        while True:
            with self._lock:
                rows = self._db.execute(
                    f"SELECT id, {COLUMNS} FROM documents WHERE id > ? ORDER BY id LIMIT 500",
                    (last,),
                ).fetchall()
            if not rows:
                return
            for row in rows:
                yield stored(row[1:])
            last = rows[-1][0]

    def document(self, sha256: str) -> StoredDocument | None:
        """What is known of one document, or None."""
        with self._lock:
            row = self._db.execute(
                f"SELECT {COLUMNS} FROM documents WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return stored(row) if row else None

    def text_of(self, sha256: str) -> str | None:
        """The extracted text that quotes refer to, or None for an unknown document."""
        with self._lock:
            row = self._db.execute(_TEXT, (sha256, sha256)).fetchone()
        return None if row is None else str(row[0])

    def bytes_of(self, sha256: str) -> bytes | None:
        """The raw bytes as archived, or None."""
        with self._lock:
            row = self._db.execute(_RAW, (sha256, sha256)).fetchone()
        if row is None or row[0] is not None:
            return None if row is None else bytes(row[0])
        filed = self._archive.get(sha256)
        return filed if filed is not None else str(row[1]).encode()

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
        with self._lock, self._reading():
            return find(self._db, asked, limit)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One state of the index for several look-ups, with all but a few documents indexed."""
        pending = "SELECT coalesce(max(id), 0) FROM documents"
        newest = int(self._db.execute(pending).fetchone()[0])
        if newest - indexed_until(self._db) > MOST_UNINDEXED:
            self.index()
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

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
            return library.retire(
                self._db, sha256, why=why, words=words, successor=successor, at=_now()
            )

    def erase(self, sha256: str) -> None:
        """Delete text and bytes of a document that was taken out; the mark stays."""
        with self.transaction():
            library.erase(self._db, sha256)
        self._archive.path_of(sha256).unlink(missing_ok=True)

    def retired(self, sha256: str | None = None) -> list[Retired]:
        """What was taken out and not taken in again, last first; or the mark of one document."""
        with self._lock:
            return library.retired(self._db, sha256)

    def members(self, folder: str) -> dict[str, str]:
        """Path to sha256 of the documents that a folder gave when it was added last."""
        with self._lock:
            return library.members(self._db, folder)

    def set_members(self, folder: str, found: Mapping[str, str]) -> None:
        """Keep what a folder gives now."""
        with self.transaction():
            library.set_members(self._db, folder, found)

    def is_held(self, sha256: str) -> bool:
        """Whether a folder that was added still gives a document."""
        with self._lock:
            return library.is_held(self._db, sha256)

    def note_uses(self, documents: Sequence[str], what: str) -> None:
        """Keep that something (a report) quotes documents, in place of what it quoted before."""
        with self.transaction():
            library.forget_uses(self._db, what)
            library.note_uses(self._db, documents, what, _now())

    def outdated(self, what: str) -> list[Retired]:
        """The documents that something quoted and that were taken out since."""
        with self._lock:
            quoted = library.documents_of(self._db, what)
            return [mark for one in quoted for mark in library.retired(self._db, one)]

    def store_json(self, kind: str, key: str, text: str) -> None:
        """Keep a text under a kind and a key, in place of what was there."""
        with self.transaction():
            self._db.execute(
                "INSERT OR REPLACE INTO cache VALUES (?, ?, ?, ?)", (kind, key, text, _now())
            )

    def fetch_json(self, kind: str, key: str) -> str | None:
        """The text kept under a kind and a key, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT value FROM cache WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        return None if row is None else str(row[0])


# Of a document that was taken out too: what quoted it can still be looked up.
_TEXT = (
    "SELECT text FROM documents WHERE sha256 = ? UNION ALL "
    "SELECT text FROM retired WHERE sha256 = ? AND text IS NOT NULL LIMIT 1"
)
_RAW = (
    "SELECT raw, text FROM documents LEFT JOIN raws USING (id) WHERE sha256 = ? UNION ALL "
    "SELECT raw, text FROM retired LEFT JOIN raws USING (id) WHERE sha256 = ? "
    "AND text IS NOT NULL LIMIT 1"
)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _cannot_open(path: Path, error: Exception) -> InputError:
    return InputError(
        Fault(
            what=Words(f"工作区打不开：{error}", f"The workspace cannot be opened: {error}"),
            where=str(path),
            do=Words(
                "请检查文件夹权限，或用 TANZHE_WORKSPACE 指定另一个文件夹",
                "Check the folder's permissions, or name another in TANZHE_WORKSPACE",
            ),
        )
    )
