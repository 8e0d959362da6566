"""Settled months in a team's PostgreSQL: the tables a chart program reads, and the same queries.

What was settled is copied whole, month by month, in one transaction each; readings stay where
they are. The query of firms is the very text that DuckDB runs on the files.
"""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from tanzhe.errors import InputError, SourceError, Words, listed
from tanzhe.meters.engine import BY_FIRM, FirmMonth, firm_months_of, meter_totals, weights
from tanzhe.meters.store import Store
from tanzhe.workspace.places import address_of, parts_of, without_password

SCHEMA = "tanzhe_meters"
_TABLES = (
    f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.totals (
        month TEXT NOT NULL, meter TEXT NOT NULL, reverse INTEGER NOT NULL,
        energy BIGINT NOT NULL, covered BIGINT NOT NULL, seconds BIGINT NOT NULL,
        basis TEXT NOT NULL, PRIMARY KEY (month, meter, reverse))""",
    f"""CREATE TABLE IF NOT EXISTS {SCHEMA}.weights (
        meter TEXT NOT NULL, firm TEXT NOT NULL, carrier TEXT NOT NULL, unit TEXT NOT NULL,
        sign INTEGER NOT NULL)""",
)
_PART = 500  # rows of one statement


def publish(store: Store, address: str, months: Sequence[str]) -> int:
    """Copy settled months and what each meter counts for into a database.

    Args:
        store: of the park.
        address: e.g. `postgresql://user@server/database`.
        months: settled ones; what the database has of them is replaced.

    Returns:
        How many rows of totals were written.

    Raises:
        InputError: no address, the driver is not installed, or the server refuses.
        SourceError: the server cannot be reached.
    """
    totals = meter_totals(store, months)
    rows = [
        (one.month, one.meter, int(one.reverse), one.energy, one.covered, one.seconds, one.basis)
        for one in totals
    ]
    with closing(_connected(address)) as database:
        try:
            cursor = database.cursor()
            for statement in _TABLES:
                cursor.execute(statement)
            cursor.execute(f"DELETE FROM {SCHEMA}.weights")
            _insert(cursor, "weights", weights(store.tree))
            for month in sorted(set(months)):
                cursor.execute(f"DELETE FROM {SCHEMA}.totals WHERE month = %s", (month,))
            _insert(cursor, "totals", rows)
            database.commit()
        except BaseException as error:
            database.rollback()
            raise _told(error, address) from error
    return len(rows)


def months_by_firm(address: str, months: Sequence[str] = ()) -> list[FirmMonth]:
    """What each firm used in months, as the database answers it.

    Args:
        address: as of `publish`.
        months: which; all when left out.

    Raises:
        InputError: as `publish`; nothing was published there yet.
        SourceError: the server cannot be reached.
    """
    with closing(_connected(address)) as database:
        try:
            cursor = database.cursor()
            cursor.execute(f"SET search_path = {SCHEMA}")
            cursor.execute(BY_FIRM)
            found = firm_months_of(cursor.fetchall())
        except BaseException as error:
            raise _told(error, address) from error
    return [one for one in found if not months or one.month in months]


def _insert(cursor: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for first in range(0, len(rows), _PART):
        part = rows[first : first + _PART]
        one = f"({', '.join(['%s'] * len(part[0]))})"
        values = [value for row in part for value in row]
        statement = f"INSERT INTO {SCHEMA}.{table} VALUES {', '.join([one] * len(part))}"
        cursor.execute(statement, values)


def _connected(address: str) -> Any:
    where = address_of(address)
    if where is None:
        do = Words("写成 postgresql://用户@主机/库", "Write postgresql://user@server/database")
        what = Words(f"“{address}”不是数据库地址", f"“{address}” is no address of a database")
        raise InputError.of(what, do)
    try:
        import pg8000.dbapi
    except ImportError as error:
        what = Words("没有安装 PostgreSQL 的驱动", "The driver of PostgreSQL is not installed")
        do = listed(['pip install "tanzhe[postgres]"'])
        raise InputError.of(what, do) from error
    try:
        return pg8000.dbapi.connect(**parts_of(where))
    except Exception as error:
        raise _told(error, where) from error


def _told(error: BaseException, address: str) -> BaseException:
    """What the server said, in our words; what is not its doing goes on as it is."""
    where = without_password(address)
    if isinstance(error, OSError) or type(error).__name__ == "InterfaceError":
        do = Words("请检查地址和网络", "Check the address and the network")
        return SourceError.of(Words("连不上数据库", "The database is not reached"), do, where=where)
    if type(error).__module__.startswith("pg8000") or isinstance(error, ValueError):
        do = Words("请检查地址、权限，或先 publish", "Check address and rights, or publish first")
        what = Words(f"数据库不允许：{error}", f"The database refuses: {error}")
        return InputError.of(what, do, where=where)
    return error
