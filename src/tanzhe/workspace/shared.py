"""Files that the members of a team share: their chronicles, rule sets, figures and fetched pages.

They lie in the database; each member has them in a folder of his own as well, for what reads files.
A list in the folder says what came from the database, so that a file that somebody else took away
goes, and one that was made here is handed on.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, select

from tanzhe.disk import put_whole
from tanzhe.workspace.archive import sha256_of
from tanzhe.workspace.database import Database
from tanzhe.workspace.log import now
from tanzhe.workspace.schema import files

SHARED = ("chronicle", "rules", "output", "fetched")
_LIST = ".shared.json"


class SharedFiles:
    """The shared files of a workspace on a server.

    Args:
        db: where they are for everybody.
        folder: where they are for this user.
    """

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder
        self._pulled = False

    def pull(self) -> None:
        """Bring the folder to what the database has, once."""
        if self._pulled:
            return
        known = self._known()
        asked = select(files.c.path, files.c.sha256)
        theirs = {row.path: row.sha256 for row in self._db.all(asked) if _is_shared(row.path)}
        for path, sha256 in theirs.items():
            if known.get(path) != sha256 or not (self._folder / path).is_file():
                content = self._db.value(select(files.c.content).where(files.c.path == path))
                target = self._folder / path
                put_whole(target, bytes(content), private=True)
        for path in known.keys() - theirs.keys():
            (self._folder / path).unlink(missing_ok=True)
        self._keep(theirs)
        self._pulled = True

    def push(self) -> None:
        """Hand on what was made, changed or taken away here."""
        if not self._pulled or self._db.read_only:
            return
        known = self._known()
        ours = {path: sha256_of((self._folder / path).read_bytes()) for path in self._there()}
        changed = [path for path, sha256 in ours.items() if known.get(path) != sha256]
        gone = sorted(known.keys() - ours.keys())
        if not changed and not gone:
            return
        with self._db.transaction():
            for path in changed:
                content = (self._folder / path).read_bytes()
                row = {"path": path, "sha256": ours[path], "content": content, "at": now()}
                self._db.run(self._db.replacing(files, ["path"]), row)
            for path in gone:
                self._db.run(delete(files).where(files.c.path == path))
        self._keep(ours)

    def _there(self) -> Iterator[str]:
        for name in SHARED:
            for path in sorted((self._folder / name).rglob("*")):
                if path.is_file() and not path.name.endswith(".part"):
                    yield path.relative_to(self._folder).as_posix()

    def _known(self) -> dict[str, str]:
        try:
            known = json.loads((self._folder / _LIST).read_bytes())
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _keep(self, known: dict[str, str]) -> None:
        put_whole(self._folder / _LIST, json.dumps(known).encode(), private=True)


def _is_shared(path: str) -> bool:
    return path.split("/")[0] in SHARED and ".." not in path.split("/")
