"""Questions to settled months, in SQL that DuckDB answers from the Parquet files."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tanzhe.extras import require
from tanzhe.meters.balance import SOURCES
from tanzhe.meters.store import Store
from tanzhe.meters.tree import Tree

MEMORY = "600MB"


class FirmMonth(NamedTuple):
    """What a firm used of a carrier in a month.

    Attributes:
        month: e.g. `2025-03`.
        firm: its name.
        carrier: electricity, heat, natural_gas, water or steam.
        unit: of the amount.
        amount: millionths of the unit, of what is known: its own meters less those of other firms
            behind them.
        coverage: least share of the time that any of the meters covers.
        complete: whether all of it is known.
        meters: how many meters it rests on.
        least: whether it cannot be less: no meter that is taken off is known in part.
    """

    month: str
    firm: str
    carrier: str
    unit: str
    amount: int
    coverage: float
    complete: bool
    meters: int
    least: bool


def connect() -> Any:
    """A database of its own in memory.

    Raises:
        InputError: DuckDB is not installed.
    """
    require("duckdb", "pyarrow", extra="meters")
    import duckdb

    database = duckdb.connect(":memory:")
    database.execute(f"SET memory_limit = '{MEMORY}'")
    return database


def weights(tree: Tree) -> list[tuple[str, str, str, str, int]]:
    """How each meter counts for firms: meter, firm, carrier, unit, +1 or -1.

    A meter counts for its firm and against the firm of its parent; a source behind a parent (a
    roof's power) counts for the parent's firm; what is sent out counts against it. So the firms'
    amounts add up to what the meters at the edge of the park received.
    """
    found: list[tuple[str, str, str, str, int]] = []
    firms = {one.meter: one.firm for one in tree.meters}
    for name in tree.names:
        one = tree.of(name)[-1]
        told = (one.carrier, one.unit)
        above = firms.get(one.parent)
        if above is None:
            sign = -1 if one.supply == "exported" else 1
            found.append((name, one.firm, *told, sign))
        elif one.supply in SOURCES:
            found.append((name, above, *told, 1))
        elif one.supply == "exported":
            found.append((name, above, *told, -1))
        elif above != one.firm:
            found += [(name, one.firm, *told, 1), (name, above, *told, -1)]
    return found


# One text for DuckDB and PostgreSQL.
BY_FIRM = """
SELECT t.month, w.firm, w.carrier, min(w.unit) AS unit,
       sum(t.energy * w.sign) AS amount,
       min(CASE WHEN t.seconds > 0 THEN 1.0 * t.covered / t.seconds ELSE 1.0 END) AS coverage,
       min(CASE WHEN t.covered = t.seconds THEN 1 ELSE 0 END) AS complete,
       count(DISTINCT t.meter) AS meters,
       min(CASE WHEN t.covered < t.seconds AND w.sign < 0 THEN 0 ELSE 1 END) AS least
FROM totals AS t JOIN weights AS w ON w.meter = t.meter
WHERE t.reverse = 0
GROUP BY t.month, w.firm, w.carrier
ORDER BY t.month, w.firm, w.carrier
"""


def month_by_firm(store: Store, months: Sequence[str], database: Any = None) -> list[FirmMonth]:
    """What each firm used in settled months."""
    held = database or connect()
    try:
        _totals(store, months, held)
        _weights(store.tree, held)
        rows = held.execute(BY_FIRM).fetchall()
    finally:
        if database is None:
            held.close()
    return firm_months_of(rows)


def firm_months_of(rows: Iterable[Sequence[Any]]) -> list[FirmMonth]:
    """The rows that `BY_FIRM` gives, of whichever database."""
    return [
        FirmMonth(
            m,
            firm,
            carrier,
            unit,
            int(amount),
            float(share),
            bool(whole),
            int(count),
            bool(least) and amount > 0,
        )
        for m, firm, carrier, unit, amount, share, whole, count, least in rows
    ]


def _totals(store: Store, months: Sequence[str], database: Any) -> None:
    """The totals of months as one table."""
    files = [
        (name, store.path(store.manifest.settled[name]["totals"]).as_posix())
        for name in months
        if "totals" in store.manifest.settled.get(name, {})
    ]
    parts = [
        f"SELECT '{name}' AS month, meter, reverse, energy, covered, seconds, text AS basis "
        f"FROM read_parquet('{_quoted(path)}', hive_partitioning = false)"
        for name, path in files
    ]
    none = "SELECT '' AS month, '' AS meter, 0 AS reverse, 0 AS energy, 0 AS covered, 0 AS seconds"
    body = " UNION ALL ".join(parts) if parts else f"{none}, '' AS basis WHERE false"
    database.execute(f"CREATE OR REPLACE TEMP TABLE totals AS {body}")


def _weights(tree: Tree, database: Any) -> None:
    database.execute(
        "CREATE OR REPLACE TEMP TABLE weights "
        "(meter TEXT, firm TEXT, carrier TEXT, unit TEXT, sign INTEGER)"
    )
    rows = weights(tree)
    if rows:
        values = ", ".join(
            "(" + ", ".join([*(f"'{_quoted(one)}'" for one in row[:4]), str(row[4])]) + ")"
            for row in rows
        )
        database.execute(f"INSERT INTO weights VALUES {values}")


def _quoted(text: str) -> str:
    return text.replace("'", "''")


class MeterTotal(NamedTuple):
    """What a meter added in a month; `reverse` of its reverse register."""

    month: str
    meter: str
    reverse: bool
    energy: int
    covered: int
    seconds: int
    basis: str

    @property
    def complete(self) -> bool:
        """Whether all of it is known."""
        return self.covered == self.seconds > 0


def meter_totals(store: Store, months: Iterable[str]) -> list[MeterTotal]:
    """What each meter added in settled months."""
    import pyarrow.parquet as pq

    found: list[MeterTotal] = []
    for name in sorted(months):
        file = store.manifest.settled.get(name, {}).get("totals")
        if not file:
            continue
        for row in pq.read_table(store.path(file), partitioning=None).to_pylist():
            found.append(
                MeterTotal(name, row["meter"], bool(row["reverse"]), row["energy"],
                           row["covered"], row["seconds"], row["text"])
            )  # fmt: skip
    return found
