"""The electricity ledger of a workbook, each row with the certificates that name it."""

from decimal import Decimal

from tanzhe.errors import Words, quoted
from tanzhe.parks.office.cell_rows import CellRows
from tanzhe.parks.office.layout import CERTIFICATES, ELECTRICITY
from tanzhe.parks.office.table import Row
from tanzhe.parks.office.totals import text_of
from tanzhe.quantity import Unit


def power_rows(reader: CellRows) -> list[dict[str, object]]:
    """The electricity ledger of the JSON tree, in kWh."""
    found: list[dict[str, object]] = []
    certificates: dict[str, list[dict[str, object]]] = {}
    for i, row in enumerate(reader.rows(ELECTRICITY)):
        fields = reader.fields(row, ELECTRICITY, f"electricity[{i}]")
        unit = fields.pop("kwh_unit", None)
        if isinstance(unit, str) and isinstance(amount := fields.get("kwh"), float):
            size = Unit.parse(unit).size / Unit.KWH.size
            fields["kwh"] = float(Decimal(repr(amount)) * Decimal(repr(size)))
        own: list[dict[str, object]] = []
        if "id" in fields:
            certificates[str(fields["id"])] = own
        found.append({**fields, "certificates": own})
    paths = {str(row["id"]): f"electricity[{i}]" for i, row in enumerate(found) if "id" in row}
    for row in reader.rows(CERTIFICATES):
        name = text_of(row, "row")
        if name not in paths:
            reader.fields(row, CERTIFICATES)
            if name:
                _no_such_row(reader, row, name, list(paths))
            continue
        of_row = f"{paths[name]}.certificates"
        if not certificates[name]:
            reader.places.put(of_row, CERTIFICATES.sheet, row.at("mwh"))
        fields = reader.fields(row, CERTIFICATES, f"{of_row}[{len(certificates[name])}]")
        fields.pop("row", None)
        certificates[name].append(fields)
    return found


def _no_such_row(reader: CellRows, row: Row, name: str, known: list[str]) -> None:
    have = quoted(known[:20]) if known else Words("（还没有）", "(none yet)")
    reader.faults.say(
        CERTIFICATES.sheet,
        row.at("row"),
        (f"电力台账中没有编号“{name}”的行", f"请填电力台账的编号，现有：{have.zh}"),
        (
            f"The electricity ledger has no row “{name}”",
            f"Give the id of a row: {have.en}",
        ),
    )
