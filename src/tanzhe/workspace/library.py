"""Which folder a document came from, what took its place, and what rests on it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, union_all, update

from tanzhe.workspace import fulltext
from tanzhe.workspace.database import Database
from tanzhe.workspace.records import DESCRIBED, Retired
from tanzhe.workspace.schema import documents, folders, raws, uses
from tanzhe.workspace.schema import retired as marks

REMOVED, CORRECTED, REPLACED, VANISHED = "removed", "corrected", "replaced", "vanished"
_MARK = ("sha256", "name", "title", "at", "why", "words", "successor")


def next_id(db: Database) -> int:
    """An id that no document of an embedded workspace has or had."""
    last = (select(func.coalesce(func.max(one.c.id), 0)) for one in (documents, marks))
    return 1 + max(int(row[0]) for row in db.all(union_all(*last)))


def retire(
    db: Database, sha256: str, *, why: str, words: str, successor: str | None, at: str
) -> bool:
    """Take a document out of the library; text and bytes stay for those who quoted it."""
    row = db.first(select(documents).where(documents.c.sha256 == sha256))
    if row is None:
        return False
    told = {"at": at, "why": why, "words": words, "successor": successor}
    db.run(insert(marks), [{**row._mapping, **told}])
    fulltext.drop(db, [(row.id, row.title, row.text)])
    db.run(delete(documents).where(documents.c.sha256 == sha256))
    db.run(delete(folders).where(folders.c.sha256 == sha256))
    return True


def erase(db: Database, sha256: str) -> None:
    """Delete text and small bytes of a document that was taken out; the mark stays."""
    own = select(marks.c.id).where(marks.c.sha256 == sha256)
    db.run(delete(raws).where(raws.c.id.in_(own)))
    db.run(update(marks).where(marks.c.sha256 == sha256).values(text=None))


def retired(db: Database, sha256: str | None = None) -> list[Retired]:
    """All that was taken out and not taken in again, last first; or one."""
    again = marks.alias()
    newest = select(func.max(again.c.id)).where(again.c.sha256 == marks.c.sha256)
    asked = (
        select(*(marks.c[name] for name in _MARK))
        .where(~select(documents.c.id).where(documents.c.sha256 == marks.c.sha256).exists())
        .where(marks.c.id == newest.scalar_subquery())
        .order_by(marks.c.at.desc(), marks.c.id.desc())
    )
    if sha256 is not None:
        asked = asked.where(marks.c.sha256 == sha256)
    return [
        Retired(**dict(zip(_MARK, row, strict=True)), used_by=tuple(users_of(db, row[0])))
        for row in db.all(asked)
    ]


def users_of(db: Database, sha256: str) -> list[str]:
    """What quoted a document, and when."""
    asked = select(uses.c.at, uses.c.what).where(uses.c.sha256 == sha256)
    return [f"{at[:10]} {what}" for at, what in db.all(asked.order_by(uses.c.at, uses.c.what))]


def members(db: Database, folder: str) -> dict[str, str]:
    """Path to sha256 of the documents that a folder gave when it was added last."""
    asked = select(folders.c.path, folders.c.sha256).where(folders.c.folder == folder)
    return {row.path: row.sha256 for row in db.all(asked)}


def set_members(
    db: Database, folder: str, found: Mapping[str, str], gone: Collection[str] = ()
) -> None:
    """What a folder gives now, and the paths that it gives no more.

    Row by row: others who add to the same folder at the same time lose nothing.
    """
    if gone:
        out = delete(folders).where(folders.c.folder == folder, folders.c.path == bindparam("gone"))
        db.run(out, [{"gone": path} for path in sorted(gone)])
    rows = [
        {"folder": folder, "path": path, "sha256": sha256} for path, sha256 in sorted(found.items())
    ]
    if rows:
        db.run(db.replacing(folders, ("folder", "path")), rows)


def is_held(db: Database, sha256: str) -> bool:
    """Whether a folder still gives a document."""
    return db.first(select(folders.c.path).where(folders.c.sha256 == sha256).limit(1)) is not None


def note_uses(db: Database, quoted: Sequence[str], what: str, at: str) -> None:
    """That something quotes documents, in place of what it quoted before."""
    db.run(delete(uses).where(uses.c.what == what))
    rows = [{"sha256": one, "what": what, "at": at} for one in dict.fromkeys(quoted)]
    db.run(insert(uses), rows)


def documents_of(db: Database, what: str) -> list[str]:
    """The documents that something quoted."""
    return [row[0] for row in db.all(select(uses.c.sha256).where(uses.c.what == what))]


def lookups(wanted: str, sha256: str) -> list[Any]:
    """Where a text, or raw bytes and the text beside them, are: in the library, or at a mark.

    Args:
        wanted: "text" or "raw".
        sha256: of the bytes.
    """
    asked = []
    for table in (documents, marks):
        found: Any = select(table.c.text)
        if wanted == "raw":
            joined = table.outerjoin(raws, raws.c.id == table.c.id)
            found = select(raws.c.raw, table.c.text).select_from(joined)
        found = found.where(table.c.sha256 == sha256).where(table.c.text.is_not(None))
        asked.append(found.order_by(table.c.id.desc()).limit(1))
    return asked


def numbers_of(db: Database, sha256: str) -> list[int]:
    """Ids of a document, and of its marks that still have their text."""
    own = select(documents.c.id).where(documents.c.sha256 == sha256)
    gone = select(marks.c.id).where(marks.c.sha256 == sha256, marks.c.text.is_not(None))
    return [int(row.id) for asked in (own, gone) for row in db.all(asked)]


def described() -> list[Any]:
    """The columns of a document's record."""
    return [documents.c[name] for name in DESCRIBED]
