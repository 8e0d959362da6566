"""One connection to the database of a workspace, and its transactions.

The connection is in autocommit mode, and transactions are begun and ended here in so many words,
so that both engines behave alike: a change takes the lock of writers first, a reader never does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any, Literal

from sqlalchemy import Connection, Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from tanzhe.errors import TanzheError
from tanzhe.workspace.mishaps import is_lost, lost, only_read, told

Engine = Literal["sqlite", "postgresql"]
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

_BEGIN = {
    ("sqlite", True): "BEGIN IMMEDIATE",
    ("sqlite", False): "BEGIN",
    ("postgresql", True): "BEGIN",
    ("postgresql", False): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


class Database:
    """An open database, for one thread at a time.

    Args:
        connect: makes the connection; called again when it was lost.
        where: what messages call it; without a password.
        read_only: whether changes are refused.

    Long because all that both engines do to a transaction passes here.
    """

    def __init__(
        self, connect: Callable[[], Connection], where: str, *, read_only: bool = False
    ) -> None:
        self.where = where
        self.read_only = read_only
        self._connect = connect
        self._open: Connection | None = connect()
        self.engine: Engine = "sqlite" if self._open.dialect.name == "sqlite" else "postgresql"
        self.lock = RLock()
        self.depth = 0  # of transactions

    @property
    def connection(self) -> Connection:
        """The connection, made anew where it was lost."""
        if self._open is None:
            try:
                self._open = self._connect()
            except DBAPIError as error:
                raise told(error, self.where) from error
            except OSError as error:
                raise lost(self.where) from error
        return self._open

    def close(self) -> None:
        """Give the connection back."""
        with self.lock:
            self._drop()

    def _drop(self) -> None:
        """A connection that is lost cannot be closed in order either."""
        opened, self._open = self._open, None
        if opened is not None and not opened.invalidated:
            with suppress(Exception):
                opened.detach()
                opened.close()

    def all(self, statement: Executable, parameters: Parameters | None = None) -> list[Any]:
        """The rows that a statement gives."""
        return list(self._done(lambda: self.connection.execute(statement, parameters or {}).all()))

    def first(self, statement: Executable, parameters: Parameters | None = None) -> Any:
        """The first row, or None."""
        return self._done(lambda: self.connection.execute(statement, parameters or {}).first())

    def value(self, statement: Executable, parameters: Parameters | None = None) -> Any:
        """The only value of the first row; None where there is no row."""
        row = self.first(statement, parameters)
        return None if row is None else row[0]

    def run(self, statement: Executable, parameters: Parameters | None = None) -> int:
        """Change something; how many rows. Nothing is done for an empty list."""
        if parameters is not None and not parameters:
            return 0
        return int(
            self._done(lambda: self.connection.execute(statement, parameters or {}).rowcount)
        )

    def plain(self, sql: str) -> None:
        """A statement of the engine's own."""
        self._done(lambda: self.connection.exec_driver_sql(sql))

    def _done(self, work: Callable[[], Any]) -> Any:
        with self.lock:
            try:
                return work()
            except DBAPIError as error:
                if not is_lost(error):
                    raise told(error, self.where) from error
                self._drop()
                if self.depth:
                    raise told(error, self.where) from error
            # Outside a transaction nothing was begun, so that the same may be asked once more.
            try:
                return work()
            except DBAPIError as error:
                if is_lost(error):
                    self._drop()
                raise told(error, self.where) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several changes as one; may be nested.

        Raises:
            WorkspaceError: the workspace can only be read.
            ConnectionLost: the connection was lost; then nothing of it was kept.
        """
        if self.read_only:
            raise only_read(self.where)
        with self._transaction(writing=True):
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One state of the database for several look-ups; takes no lock of writers."""
        with self._transaction(writing=False):
            yield

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[None]:
        with self.lock:
            if self.depth:
                yield
                return
            self.plain(_BEGIN[self.engine, writing])
            self.depth += 1
            try:
                yield
                self.plain("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self.depth -= 1

    def _roll_back(self) -> None:
        """Undo what was begun; a disk that is full may have undone it, a lost connection has."""
        if self._open is not None:
            with suppress(TanzheError):
                self.plain("ROLLBACK")

    def insert(self, table: Table, *, ignoring: Sequence[str] | None = None) -> Any:
        """A statement that inserts.

        Args:
            table: into which.
            ignoring: columns that tell one row from another: one that is there is left alone.
        """
        if ignoring is None:
            return Insert(table)
        made = postgresql.insert(table) if self.engine == "postgresql" else sqlite.insert(table)
        return made.on_conflict_do_nothing(index_elements=list(ignoring))

    def replacing(self, table: Table, keys: Sequence[str]) -> Any:
        """A statement that inserts, or changes the row that has the same keys."""
        made = postgresql.insert(table) if self.engine == "postgresql" else sqlite.insert(table)
        others = {one.name: made.excluded[one.name] for one in table.c if one.name not in keys}
        return made.on_conflict_do_update(index_elements=list(keys), set_=others)
