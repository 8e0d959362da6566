"""A park's year as the cells of the template, ledger by ledger."""

from collections.abc import Mapping

from tanzhe.model import Record
from tanzhe.model.columns import Column
from tanzhe.model.park import FuelUse, ParkYear
from tanzhe.model.park_choices import LEDGER_STATES
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.fuel import INSIDE
from tanzhe.parks.office.layout import LEDGERS, PARK, STATE
from tanzhe.parks.office.options import Options
from tanzhe.places import place_of

Fields = Mapping[str, object]


def park_fields(park: ParkYear, options: Options) -> dict[str, object]:
    """What stands in each line of the sheet on the park."""
    found: dict[str, object] = {}
    for column in PARK.columns:
        if column.field.startswith(STATE):
            found[column.field] = LEDGER_STATES[_state(park, column.field.removeprefix(STATE))]
        else:
            found[column.field] = _shown(getattr(park, column.field), column, options)
    return found


def ledger_rows(park: ParkYear, options: Options) -> dict[str, list[dict[str, object]]]:
    """The rows of every ledger by its path, as the template shows them."""
    return {
        one.path: [_row(fields, one, options) for fields in _raw(park, one, options)]
        for one in LEDGERS
    }


def _raw(park: ParkYear, ledger: Ledger, options: Options) -> list[Fields]:
    """What the rows of a ledger hold, by field; of most the fields of their records."""
    match ledger.path:
        case "fuels":
            return [_fuel(one) for one in park.fuels]
        case "certificates":
            return [
                {**_fields(one), "row": row.id}
                for row in park.electricity
                for one in row.certificates
            ]
        case "indicators":
            return _indicators(park, options)
        case "excuses":
            return [{"indicator": id, "reason": why} for id, why in park.excuses.items()]
        case path:
            units = {f"{one.field}_unit": one.units[0] for one in ledger.columns if one.units}
            return [{**_fields(one), **units} for one in getattr(park, path)]


def _state(park: ParkYear, path: str) -> str:
    if path in park.absent_ledgers:
        return "absent"
    return "filled" if getattr(park, path) else "none"


def _fields(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).model_fields}


def _fuel(use: FuelUse) -> Fields:
    """One use is one row: an amount inside 消费量合计 stands there too."""
    fields = _fields(use)
    column = "total" if use.purpose == "fuel" else use.purpose
    fields[column] = use.quantity
    if use.purpose in INSIDE:
        fields["total"] = use.quantity
    return fields


def _indicators(park: ParkYear, options: Options) -> list[Fields]:
    """All the rulebook's indicators, stated or not, then the park's own."""
    own = [id for id in park.indicators if id not in options.indicators]
    found: list[Fields] = []
    for id in (*options.indicators, *own):
        entry = park.indicators.get(id)
        found.append({"indicator": id, **(_fields(entry) if entry else {})})
    return found


def _row(fields: Fields, ledger: Ledger, options: Options) -> dict[str, object]:
    return {one.field: _shown(fields.get(one.field), one, options) for one in ledger.columns}


def _shown(value: object, column: Column, options: Options) -> object:
    """A value as its cell shows it; None where there is nothing."""
    if value is None or value == "":
        return None
    match column.kind:
        case "choice":
            return (column.choices or {}).get(value)
        case "name":
            return options.word(column.options, str(value))
        case "indicator":
            offer = options.indicators.get(str(value))
            return offer.name if offer else value
        case "place":
            place = place_of(str(value))
            return place.zh if place else value
        case _:
            return value
