"""What a workbook states for indicators, by indicator: values, and explanations."""

from tanzhe.parks.office.cell_rows import CellRows
from tanzhe.parks.office.cells import Wrong, is_blank
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.layout import EXCUSES


def indicator_rows(reader: CellRows, ledger: Ledger) -> dict[str, object]:
    """The rows of a sheet whose first column names an indicator, by its id."""
    found: dict[str, object] = {}
    for row in reader.rows(ledger):
        cell = row.cells.get("indicator")
        if cell is None or is_blank(cell.value) or cell.problem:
            reader.fields(row, ledger)
            continue
        code = reader.options.indicator(cell.value)
        if isinstance(code, Wrong):
            reader.faults.add(ledger.sheet, cell.at, code)
            continue
        if code in found:
            reader.twice(ledger, cell)
        path = f"{ledger.path}.{code}"
        offer = reader.options.indicators.get(code)
        fields = reader.fields(row, ledger, path, unit=offer.unit if offer else "")
        fields.pop("indicator", None)
        if ledger is EXCUSES:
            reader.places.put(path, ledger.sheet, row.at("reason"))
        found[code] = fields.get("reason", "") if ledger is EXCUSES else fields
    return found
