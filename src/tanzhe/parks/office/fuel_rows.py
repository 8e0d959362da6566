"""Rows of the sheet 燃料 as rows of the fuel ledger: one for each use of the fuel."""

from collections.abc import Mapping
from typing import TypeGuard

from tanzhe.model import Note
from tanzhe.model.park import FuelUse
from tanzhe.model.park_choices import PURPOSES
from tanzhe.parks.office.cell_rows import CellRows
from tanzhe.parks.office.faults import cell_place
from tanzhe.parks.office.fuel import factor_faults, fuel_faults, fuel_uses, stock_balance
from tanzhe.parks.office.fuel_sheet import FUELS
from tanzhe.parks.office.table import Row

_MEASURED = ("factor_tco2", "energy_gj_per_unit")


def fuel_rows(reader: CellRows) -> list[dict[str, object]]:
    """The fuel ledger of the JSON tree."""
    found: list[dict[str, object]] = []
    for row in reader.rows(FUELS):
        fields = reader.fields(row, FUELS, f"fuels[{len(found)}]")
        kept = {k: v for k, v in fields.items() if k in FuelUse.model_fields}
        amounts = {k: v for k, v in fields.items() if k not in kept and _is_amount(v)}
        if not any(reader.faults.stands_at(FUELS.sheet, row.at(k)) for k in row.cells):
            for field, wrong in (*fuel_faults(amounts), *factor_faults(fields)):
                reader.faults.add(FUELS.sheet, row.at(field), wrong)
            _balance(reader, row, amounts)
        uses = fuel_uses(amounts)
        for use in uses:
            path = f"fuels[{len(found)}]"
            one = {**kept, "purpose": use.purpose, "quantity": use.quantity}
            if "id" in one and len(uses) > 1:
                one["id"] = f"{one['id']}（{PURPOSES[use.purpose].word}）"
            reader.places.put_row(path, row, FUELS)
            if not fields.keys() & {"factor_set", *_MEASURED}:  # told once, at the choice
                for key in _MEASURED:
                    reader.places.put(f"{path}.{key}", FUELS.sheet, row.at("factor_set"))
            for key in ("quantity", "purpose"):
                reader.places.put(f"{path}.{key}", FUELS.sheet, row.at(use.field))
            found.append(one)
    return found


def _is_amount(value: object) -> TypeGuard[float | None]:
    return value is None or isinstance(value, float)


def _balance(reader: CellRows, row: Row, amounts: Mapping[str, float | None]) -> None:
    """Stocks, purchases and uses of a row that do not come out are told with their numbers."""
    told = stock_balance(amounts)
    if told:
        place = cell_place(FUELS.sheet, row.at("closing"))
        reader.notes.append(
            Note(
                code=f"stocks.{place}",
                zh=f"{place} 所在行的库存不平：{told.zh}。",
                en=f"{place}: the stocks of the row do not come out: {told.en}.",
            )
        )
