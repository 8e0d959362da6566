"""A park's year from a parsed JSON tree, refused whole with every fault at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tanzhe.errors import Fault, Words, refuse
from tanzhe.model import Record
from tanzhe.model.columns import column, record_of, sheets
from tanzhe.model.park import ElectricityRow, FuelUse, ParkYear, ProductRow
from tanzhe.model.park_choices import PURPOSES
from tanzhe.model.told import Told
from tanzhe.model.verdict import UnknownFigure
from tanzhe.parks.account.certificates import repeated
from tanzhe.parks.account.unknown import effect_of
from tanzhe.parks.entry.fields import Fields
from tanzhe.parks.entry.naming import AS_JSON, Naming
from tanzhe.parks.entry.products import product_faults
from tanzhe.parks.entry.records import read_columns, read_record
from tanzhe.parks.entry.refusals import refusals
from tanzhe.parks.terms import LEDGERS

_CERTIFICATE = re.compile(r"\.certificates\[(\d+)\]\.mwh")
_WRITTEN_BY_US = Words("缺哪些数字由程序列出", "Which figures are unknown is listed by the program")
_STATED = '{"value": 0.93, "evidence": "…"}'


@dataclass
class Entry:
    """What was read, and everything that is wrong with it.

    Attributes:
        park: rows without faults; not to be used while there are faults.
        faults: all of them, with JSON paths.
        places: path of each row by its id.
    """

    park: ParkYear
    faults: list[Fault]
    places: dict[str, str] = field(default_factory=dict)


def read_park(tree: Mapping[str, object]) -> ParkYear:
    """The park's year of a parsed JSON tree in the form of `park assess`.

    Args:
        tree: the JSON object; a workbook reader builds the same one.

    Raises:
        InputError: every fault at once, each with its path, e.g. `electricity[0].kwh`.

    Example:
        >>> read_park({"name": "示例园区", "region": "云南", "year": 2025,
        ...            "equivalence_kgce_per_kwh": 0.3,
        ...            "electricity": [{"supply": "grid", "kwh": 1e6}]}).electricity[0].id
        'electricity-1'
    """
    entry = read_entry(tree)
    refuse(entry.faults)
    return entry.park


def read_entry(tree: Mapping[str, object], naming: Naming = AS_JSON) -> Entry:
    """The same without raising, for callers that look for further faults first."""
    top = Fields(tree, "", [], naming=naming)
    top.only([key for key in ParkYear.model_fields if not key.endswith("_ledgers")])
    reader = _Reader(top.faults)
    found = read_columns(top, ParkYear)
    if found["equivalence_kgce_per_kwh"] == 0 and top.is_zero("equivalence_kgce_per_kwh"):
        ask = column(ParkYear, "equivalence_kgce_per_kwh").ask
        told = Words("等价系数不能为零", "The coefficient must not be zero")
        top.fault("equivalence_kgce_per_kwh", told, ask or told)
    for key, sheet in sheets(ParkYear).items():
        if sheet.prefix:
            found[key] = tuple(reader.sound(top, key))
        elif key == "indicators":
            found[key] = _indicators(top)
        elif key == "excuses":
            found[key] = _excuses(top)
        else:
            rows = record_of(ParkYear, key)
            found[key] = tuple(read_record(row, rows) for row in top.rows(key))
    found["absent_ledgers"] = tuple(key for key in LEDGERS if key in tree and not top.has(key))
    park = ParkYear(**found, unknown=tuple(reader.unknown))
    _electricity_is_there(top)
    if tree.get("unknown"):
        top.fault("unknown", _WRITTEN_BY_US, Words("请删去", "Leave it out"))
    with_faulty = park.model_copy(update={"electricity": tuple(reader.power)})
    top.faults.extend(repeated([with_faulty], reader.places, naming.place))
    top.faults.extend(refusals(park, reader.places, naming, incomplete=reader.incomplete))
    return Entry(park, top.faults, reader.places)


class _Reader:
    """Reads ledgers, gives rows their ids and remembers where each stood."""

    def __init__(self, faults: list[Fault]) -> None:
        self._faults = faults
        self.places: dict[str, str] = {}
        self.incomplete: set[str] = set()
        self.unknown: list[UnknownFigure] = []
        self.unknown_paths: list[str] = []
        self.power: list[ElectricityRow] = []  # faulty rows too: their certificates still count

    def sound(self, top: Fields, ledger: str) -> list[Record]:
        """The rows without faults."""
        found: list[Record] = []
        before_ledger, unknown_before = len(self._faults), len(self.unknown)
        rows = record_of(ParkYear, ledger)
        for number, row in enumerate(top.rows(ledger), 1):
            before = len(self._faults)
            id = self._id(row, f"{ledger}-{number}")
            built = read_record(row, rows, id=id)
            if check := _CHECKS.get(rows):
                check(row, built)
            if isinstance(built, ElectricityRow) and self.places[id] == row.path:
                self.power.append(built)
            lacking = row.unknown[len(self.unknown_paths) :]
            self.unknown_paths += lacking
            if len(self._faults) == before:
                found += self._known(built, row.path, lacking)
        if len(self._faults) > before_ledger or len(self.unknown) > unknown_before:
            self.incomplete.add(ledger)
        return found

    def _known(self, built: Any, path: str, lacking: Sequence[str]) -> list[Record]:
        """The row without what is unknown of it, or nothing where that is the row itself."""
        without = set()
        for where in lacking:
            certificate = _CERTIFICATE.fullmatch(where.removeprefix(path))
            if certificate is None:
                self._lacks(built, built.id, where.rpartition(".")[2], built.firm)
            else:
                number = int(certificate[1])
                without.add(number)
                one = built.certificates[number]
                self._lacks(one, built.id, f"certificates[{number}].mwh", built.firm)
        if len(without) < len(lacking):
            return []
        if not without:
            return [built]
        kept = tuple(one for i, one in enumerate(built.certificates) if i not in without)
        return [built.model_copy(update={"certificates": kept})]

    def _lacks(self, row: Any, id: str, field: str, firm: str) -> None:
        figure = column(type(row), field.rpartition(".")[2])
        name = getattr(row, "fuel", "") or getattr(row, "product", "")
        called = Told(figure.called or figure.title, figure.en)
        of = Told(f"“{name}”的", f" of “{name}”") if name else Told()
        self.unknown.append(
            UnknownFigure(
                row=id,
                field=field,
                what=Told(f"{id} {of}{called}", f"{id} {called.en}{of.en}"),
                firm=firm,
                **effect_of(row)._asdict(),
            )
        )

    def _id(self, row: Fields, default: str) -> str:
        id = row.text("id") or default
        if id in self.places:
            there = row.naming.place(self.places[id])
            row.fault(
                "id",
                Words(
                    f"行号“{id}”重复（已用于 {there}）",
                    f"Row id “{id}” stands twice, at {there} too",
                ),
                Words("请给每行不同的 id，或都不写", "Give each row its own id, or none"),
            )
            return id
        self.places[id] = row.path
        return id


def _electricity_is_there(top: Fields) -> None:
    """Without the electricity ledger there is no account: missing is not zero."""
    if not top.has("electricity"):
        top.fault(
            "electricity",
            Words("缺少电力台账，不能当作没有用电", "The electricity ledger is missing"),
            Words(
                "请逐行填写；全年确实没有用电的写空列表 []",
                "List every supply; write [] where no power was used all year",
            ),
        )


def _factors_of_fuel(row: Fields, built: FuelUse) -> None:
    """A fuel that is accounted has factors of its own, or a set that has them."""
    if not PURPOSES[built.purpose].sign or built.factor_set or row.is_null("quantity"):
        return
    lacking = [key for key in ("factor_tco2", "energy_gj_per_unit") if not row.has(key)]
    chosen = row.naming.of("factor_set")
    for key in lacking:
        if len(lacking) == 1 and row.is_null(key):
            row.figure(key)
        else:
            row.fault(
                key,
                Words("缺少数值，不能当作零", "It is missing, not zero"),
                Words(
                    f"请填有依据的数值，或用 {chosen} 选定规则库中的一套燃料参数",
                    f"Give a documented value, or choose a fuel set of the rulebook with {chosen}",
                ),
            )


# What of a row needs more than its fields one by one.
_CHECKS: Mapping[type[Record], Callable[[Fields, Any], None]] = {
    FuelUse: _factors_of_fuel,
    ProductRow: product_faults,
}


def _indicators(top: Fields) -> dict[str, Record]:
    table, rows = top.table("indicators"), record_of(ParkYear, "indicators")
    given = [id for id in table or () if table and table.has(id)]
    read = {id: table.table(id, like=_STATED) for id in given if table}
    return {id: read_record(row, rows) for id, row in read.items() if row}


def _excuses(top: Fields) -> dict[str, str]:
    (reason,) = (one for one in sheets(ParkYear)["excuses"].more if one.field == "reason")
    table = top.table("excuses")
    given = [id for id in table or () if table and table.has(id)]
    ask = reason.ask or Words("请填写", "Fill it in")
    return {id: table.text(id, required=True, do=ask) for id in given if table}
