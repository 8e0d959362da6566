"""The project folder: archived documents, their text, search, and a small cache."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

import platformdirs

from tanzhe.errors import Fault, InputError, Words
from tanzhe.model import Record
from tanzhe.workspace.archive import Archive, sha256_of
from tanzhe.workspace.postings import MOST_DOCUMENTS, candidates, index_pending, indexed_until
from tanzhe.workspace.schema import connect, prepare
from tanzhe.workspace.terms import intervals_of
from tanzhe.workspace.words import phrase_pattern, phrases

SNIPPET = 60  # characters each side of a hit
LARGEST_RAW = 131_072  # bytes kept in the index; larger ones are files
MOST_UNINDEXED = 256  # documents that a search reads through; more are indexed first
WAITING_CHARACTERS = 8_000_000  # so many characters added are indexed at once
_CHECKED = 64  # candidates whose text is read at once
_COLUMNS = "sha256, name, url, media_type, encoding, title, publisher, published, added"
_TITLE = _COLUMNS.split(", ").index("title")


class StoredDocument(Record):
    """What the index knows of a document.

    Attributes:
        sha256: of the raw bytes.
        name: file name or address it came under.
        url: address, or None.
        media_type: e.g. text/html.
        encoding: of the bytes, None for PDF and Word.
        title: "" when there is none.
        publisher: as the document names it, or None.
        published: day it was posted, YYYY-MM-DD, or None.
        added: UTC time it was added.
    """

    sha256: str
    name: str
    url: str | None
    media_type: str
    encoding: str | None
    title: str
    publisher: str | None
    published: str | None
    added: str


class Hit(Record):
    """A document that has all the words, and where the first of them stands in its text."""

    document: StoredDocument
    start: int
    end: int
    snippet: str


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
                f"INSERT OR IGNORE INTO documents ({_COLUMNS}, text) VALUES (?,?,?,?,?,?,?,?,?,?)",
                row,
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
                    f"SELECT id, {_COLUMNS} FROM documents WHERE id > ? ORDER BY id LIMIT 500",
                    (last,),
                ).fetchall()
            if not rows:
                return
            for row in rows:
                yield _stored(row[1:])
            last = rows[-1][0]

    def document(self, sha256: str) -> StoredDocument | None:
        """What is known of one document, or None."""
        with self._lock:
            row = self._db.execute(
                f"SELECT {_COLUMNS} FROM documents WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return _stored(row) if row else None

    def text_of(self, sha256: str) -> str | None:
        """The extracted text that quotes refer to, or None for an unknown document."""
        with self._lock:
            row = self._db.execute(
                "SELECT text FROM documents WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return None if row is None else str(row[0])

    def bytes_of(self, sha256: str) -> bytes | None:
        """The raw bytes as archived, or None."""
        with self._lock:
            row = self._db.execute(
                "SELECT raw, text FROM documents LEFT JOIN raws USING (id) WHERE sha256 = ?",
                (sha256,),
            ).fetchone()
        if row is None or row[0] is not None:
            return None if row is None else bytes(row[0])
        filed = self._archive.get(sha256)
        return filed if filed is not None else str(row[1]).encode()

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """Documents that contain all words, newest added first.

        Chinese words are found as they stand, also two characters long; Latin words whole and in
        any case. Quotes, stars and the like have no meaning.

        Args:
            words: separated by spaces.
            limit: most hits.

        Returns:
            One hit a document; its span is the first word's first place in the text, or (0, 0)
            when the word stands only in the title.
        """
        wanted = phrases(words)
        if not wanted or limit < 1:
            return []
        patterns = [phrase_pattern(phrase) for phrase in wanted]
        hits: list[Hit] = []
        with self._lock, self._reading():
            for numbers in self._possible(intervals_of(wanted)):
                hits += self._hits(numbers, patterns)
                if len(hits) >= limit:
                    break
        return hits[:limit]

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

    def _possible(self, intervals: list[tuple[int, int]]) -> Iterator[list[int]]:
        """Ids of documents that may have all words, newest first, a few at once."""
        fresh = "SELECT id FROM documents WHERE id > ? ORDER BY id DESC"
        rows = self._db.execute(fresh, (indexed_until(self._db),)).fetchall()
        for numbers in chain([[row[0] for row in rows]], candidates(self._db, intervals)):
            for at in range(0, len(numbers), _CHECKED):
                yield numbers[at : at + _CHECKED]

    def _hits(self, numbers: list[int], patterns: list[re.Pattern[str]]) -> list[Hit]:
        """The documents of these ids whose text really has all words."""
        marks = ",".join("?" * len(numbers))
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, text FROM documents WHERE id IN ({marks}) ORDER BY id DESC",
            numbers,
        )
        return [hit for row in rows if (hit := _hit(row, patterns)) is not None]

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _stored(row: tuple[str, ...]) -> StoredDocument:
    return StoredDocument(**dict(zip(_COLUMNS.split(", "), row, strict=True)))


def _hit(row: tuple[str, ...], patterns: list[re.Pattern[str]]) -> Hit | None:
    document, text = row[:-1], row[-1]
    first = patterns[0].search(text)
    elsewhere = patterns[1:] if first else patterns
    if elsewhere:
        whole = f"{row[_TITLE]}\n{text}"
        if not all(pattern.search(whole) for pattern in elsewhere):
            return None
    start, end = first.span() if first else (0, 0)
    snippet = text[max(0, start - SNIPPET) : end + SNIPPET]
    return Hit(document=_stored(document), start=start, end=end, snippet=" ".join(snippet.split()))


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
