"""A filled workbook becomes the JSON tree of the interface, every cell remembered."""

import hashlib
from pathlib import Path

from tanzhe.parks.entry.source import ParkSource
from tanzhe.parks.office.book import open_book
from tanzhe.parks.office.cell_rows import CellRows
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.fuel_rows import fuel_rows
from tanzhe.parks.office.indicator_rows import indicator_rows
from tanzhe.parks.office.layout import LEDGERS
from tanzhe.parks.office.options import Options
from tanzhe.parks.office.power_rows import power_rows
from tanzhe.parks.office.sheet_of_park import park_lines, settle_states
from tanzhe.parks.office.table import stray_ledgers


def read_workbook(path: Path, options: Options) -> ParkSource:
    """The entries of a filled template.

    Args:
        path: an .xlsx made by `tanzhe park template`.
        options: the open lists.

    Returns:
        The tree, with the faults of the cells themselves; `check_park` adds what the entries
        say together, and refuses them all at once.

    Raises:
        InputError: no workbook, or a broken, encrypted or oversized one.
    """
    reader = CellRows(open_book(path), options)
    tree = _tree(reader)
    return ParkSource(
        tree=tree,
        name=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        naming=reader.places.naming(reader.faults),
        faults=tuple(reader.faults.sorted()),
        notes=tuple(reader.notes),
    )


def _tree(reader: CellRows) -> dict[str, object]:
    """The whole, with what could not be read left out or left as it stands."""
    tree = park_lines(reader)
    for ledger in LEDGERS:
        if ledger.path != "certificates":  # they stand in the rows of electricity
            tree[ledger.path] = _ledger(reader, ledger)
    stray_ledgers(reader.tables, reader.faults)
    settle_states(reader, tree)
    return tree


def _ledger(reader: CellRows, ledger: Ledger) -> object:
    match ledger.path:
        case "fuels":
            return fuel_rows(reader)
        case "electricity":
            return power_rows(reader)
        case "indicators" | "excuses":
            return indicator_rows(reader, ledger)
        case path:
            rows = enumerate(reader.rows(ledger))
            return [reader.fields(row, ledger, f"{path}[{i}]") for i, row in rows]
