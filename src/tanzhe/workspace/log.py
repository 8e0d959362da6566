"""Who did what in a workspace, and when: entries are added, never changed."""

import getpass
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import insert, select, text

from tanzhe.model import Record
from tanzhe.workspace.database import Database
from tanzhe.workspace.schema import log

_PAGE = 500


class Entry(Record):
    """One thing that was done.

    Attributes:
        at: UTC time.
        by: who did it: the user of the database, or TANZHE_USER, else the user of the system.
        what: a word for it, such as removed or accepted.
        subject: sha256 of a document, id of an event, or name of a file.
        words: the reason that was given; "" for none.
    """

    at: str
    by: str
    what: str
    subject: str
    words: str


def now() -> str:
    """UTC time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who(db: Database) -> str:
    """Who is at work; a server knows it itself and believes nobody."""
    if db.engine == "postgresql":
        return str(db.value(text("SELECT session_user")))
    named = os.environ.get("TANZHE_USER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def note(db: Database, what: str, subject: str, words: str = "") -> None:
    """Add an entry; inside the transaction of what it tells of."""
    row = {"at": now(), "by": who(db), "what": what, "subject": subject, "words": words}
    db.run(insert(log), row)


def entries(db: Database) -> Iterator[Entry]:
    """All entries, oldest first."""
    last = 0
    while True:
        asked = select(log).where(log.c.id > last).order_by(log.c.id).limit(_PAGE)
        rows = db.all(asked)
        if not rows:
            return
        for row in rows:
            own = dict(row._mapping)
            last = own.pop("id")
            yield Entry(**own)
