"""A park's year from a parsed JSON tree, refused whole with every fault at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, get_args

from tanzhe.errors import Fault, UnknownName, Words, refuse
from tanzhe.model.park import (
    Certificate,
    CertificateStatus,
    ElectricityRow,
    FuelPurpose,
    FuelUse,
    Generation,
    HeatDirection,
    HeatRow,
    IndicatorEntry,
    Offset,
    Override,
    ParkYear,
    ProcessRow,
    ProductRow,
    Project,
    Supply,
)
from tanzhe.model.verdict import UnknownFigure
from tanzhe.parks.account.certificates import repeated
from tanzhe.parks.account.unknown import Known, effect_of
from tanzhe.parks.entry.fields import Fields
from tanzhe.parks.entry.products import product_row
from tanzhe.parks.entry.refusals import refusals
from tanzhe.periods import Month
from tanzhe.places import Place, find_place, provinces

_Row = TypeVar("_Row", FuelUse, ElectricityRow, HeatRow, ProcessRow, ProductRow)

LEDGERS = ("fuels", "electricity", "heat", "processes")
FIRST_YEAR, LAST_YEAR = 2000, 2100
# Fuel that stays outside the account needs no factor.
_OUTSIDE: tuple[FuelPurpose, ...] = ("feedstock", "sold")
_CERTIFICATE = re.compile(r"\.certificates\[(\d+)\]\.mwh")
_FIGURES = {
    "quantity": "数量",
    "kwh": "电量",
    "mwh": "绿证电量",
    "gj": "热量",
    "output_t": "产量",
    "factor_tco2": "排放因子",
    "energy_gj_per_unit": "热值",
    "factor_tco2_per_t": "过程排放因子",
}
_WRITTEN_BY_US = Words("缺哪些数字由程序列出", "Which figures are unknown is listed by the program")
_STATED = '{"value": 0.93, "evidence": "…"}'
_GIVE_FACTOR = Words(
    "请填有依据的数值，或用 factor_set 选定规则库中的一套燃料参数",
    "Give a documented value, or choose a fuel set of the rulebook with factor_set",
)


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


def read_entry(tree: Mapping[str, object]) -> Entry:
    """The same without raising, for callers that look for further faults first."""
    top = Fields(tree, "", [])
    top.only([key for key in ParkYear.model_fields if not key.endswith("_ledgers")])
    reader = _Reader(top.faults)
    park = ParkYear(
        name=top.text("name", required=True, do=Words("请写园区名称", "Name the park")),
        region=_region(top),
        year=top.whole("year", FIRST_YEAR, LAST_YEAR),
        equivalence_kgce_per_kwh=_equivalence(top),
        equivalence_source=top.text("equivalence_source"),
        reporter=top.text("reporter"),
        fuels=tuple(reader.sound(top, "fuels", _fuel)),
        electricity=tuple(reader.sound(top, "electricity", _electricity)),
        heat=tuple(reader.sound(top, "heat", _heat)),
        processes=tuple(reader.sound(top, "processes", _process)),
        products=tuple(reader.sound(top, "products", product_row)),
        offsets=tuple(_offset(row) for row in top.rows("offsets")),
        indicators=_indicators(top),
        excuses=_excuses(top),
        projects=tuple(_project(row) for row in top.rows("projects")),
        overrides=tuple(_override(row) for row in top.rows("overrides")),
        absent_ledgers=tuple(key for key in LEDGERS if key in tree and not top.has(key)),
    )
    park = park.model_copy(update={"unknown": tuple(reader.unknown)})
    _electricity_is_there(top)
    if tree.get("unknown"):
        top.fault("unknown", _WRITTEN_BY_US, Words("请删去", "Leave it out"))
    with_faulty = park.model_copy(update={"electricity": tuple(reader.power)})
    top.faults.extend(repeated([with_faulty], reader.places))
    top.faults.extend(refusals(park, reader.places, incomplete=reader.incomplete))
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

    def sound(self, top: Fields, ledger: str, build: Callable[[Fields, str], _Row]) -> list[_Row]:
        """The rows without faults."""
        found: list[_Row] = []
        before_ledger, unknown_before = len(self._faults), len(self.unknown)
        for number, row in enumerate(top.rows(ledger), 1):
            before = len(self._faults)
            id = self._id(row, f"{ledger}-{number}")
            built = build(row, id)
            if isinstance(built, ElectricityRow) and self.places[id] == row.path:
                self.power.append(built)
            lacking = row.unknown[len(self.unknown_paths) :]
            self.unknown_paths += lacking
            if len(self._faults) == before:
                found += self._known(built, row.path, lacking)
        if len(self._faults) > before_ledger or len(self.unknown) > unknown_before:
            self.incomplete.add(ledger)
        return found

    def _known(self, built: _Row, path: str, lacking: Sequence[str]) -> list[_Row]:
        """The row without what is unknown of it, or nothing where that is the row itself."""
        certificates = getattr(built, "certificates", ())
        without = set()
        for where in lacking:
            certificate = _CERTIFICATE.fullmatch(where.removeprefix(path))
            if certificate is None and not isinstance(built, ProductRow):
                self._lacks(built, built.id, where.rpartition(".")[2], built.firm)
            elif certificate is not None:
                number = int(certificate[1])
                without.add(number)
                firm = getattr(built, "firm", "")
                self._lacks(certificates[number], built.id, f"certificates[{number}].mwh", firm)
        if len(without) < len(lacking):
            return []
        kept = tuple(one for i, one in enumerate(certificates) if i not in without)
        return [built.model_copy(update={"certificates": kept})] if without else [built]

    def _lacks(self, row: Known, id: str, field: str, firm: str) -> None:
        effect = effect_of(row)
        name = getattr(row, "fuel", "") or getattr(row, "product", "")
        figure = _FIGURES[field.rpartition(".")[2]]
        what = f"“{name}”的{figure}" if name else figure
        self.unknown.append(
            UnknownFigure(
                row=id,
                field=field,
                what=f"{id} {what}".strip(),
                firm=firm,
                **effect._asdict(),
            )
        )

    def _id(self, row: Fields, default: str) -> str:
        id = row.text("id") or default
        if id in self.places:
            row.fault(
                "id",
                Words(f"行号“{id}”重复（已用于 {self.places[id]}）", f"Row id “{id}” stands twice"),
                Words("请给每行不同的 id，或都不写", "Give each row its own id, or none"),
            )
            return id
        self.places[id] = row.path
        return id


def _region(top: Fields) -> str:
    """The ISO code of a province; a city's full name counts for its province."""
    text = top.text("region", required=True, do=Words("请写省份，如 云南", "Name the province"))
    try:
        return province_of(text).iso if text else ""
    except UnknownName as error:
        top.fault("region", error.faults[0].what, error.faults[0].do)
        return ""


def province_of(text: str) -> Place:
    """The province that a region's name begins with, or the place it names.

    Raises:
        UnknownName: with the nearest names.

    Example:
        >>> province_of("云南省曲靖市").iso, province_of("530000").iso
        ('CN-YN', 'CN-YN')
    """
    for place in provinces():
        if text.startswith(place.zh):
            return place
    return find_place(text)


def _equivalence(top: Fields) -> float:
    key = "equivalence_kgce_per_kwh"
    do = Words(
        "请填电力等价值折标系数（kgce/kWh）并写明出处；国家没有统一常数，通常为上年发电标准煤耗",
        "Give the equivalence coefficient in kgce/kWh with its source; no national constant exists",
    )
    found = top.number(key, do=do)
    if found == 0 and top.optional_number(key) == 0:
        top.fault(key, Words("等价系数不能为零", "The coefficient must not be zero"), do)
    return found


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


def _fuel(row: Fields, id: str) -> FuelUse:
    row.only([*FuelUse.model_fields])
    purpose = row.choice("purpose", get_args(FuelPurpose))
    factor = row.optional_number("factor_tco2")
    energy = row.optional_number("energy_gj_per_unit")
    set_name = row.text("factor_set")
    lacking = [key for key in ("factor_tco2", "energy_gj_per_unit") if not row.has(key)]
    if purpose not in _OUTSIDE and not set_name and not row.is_null("quantity"):
        for key in lacking:
            if len(lacking) == 1 and row.is_null(key):
                row.figure(key)
            else:
                row.fault(
                    key, Words("缺少数值，不能当作零", "It is missing, not zero"), _GIVE_FACTOR
                )
    return FuelUse(
        id=id,
        firm=row.text("firm"),
        fuel=row.text("fuel", required=True, do=Words("请写燃料名称", "Name the fuel")),
        purpose=purpose,
        quantity=row.figure("quantity"),
        unit=row.text("unit", required=True, do=Words("请写单位，如 t、万m3", "Write the unit")),
        factor_tco2=factor,
        energy_gj_per_unit=energy,
        factor_set=set_name or None,
        evidence=row.text("evidence"),
    )


def _electricity(row: Fields, id: str) -> ElectricityRow:
    row.only([*ElectricityRow.model_fields])
    return ElectricityRow(
        id=id,
        firm=row.text("firm"),
        supply=row.choice("supply", get_args(Supply)),
        generation=row.optional_choice("generation", get_args(Generation)),
        kwh=row.figure("kwh"),
        evidence=row.text("evidence"),
        certificates=tuple(_certificate(one) for one in row.rows("certificates")),
    )


def _certificate(row: Fields) -> Certificate:
    row.only([*Certificate.model_fields])
    return Certificate(
        id=row.text("id", required=True, do=Words("请写绿证编号", "Write its number")),
        mwh=row.figure("mwh"),
        generated=_month(row),
        status=row.choice("status", get_args(CertificateStatus)),
        holder=row.text("holder"),
    )


def _month(row: Fields) -> str:
    do = Words("请写电量生产年月，如 2025-03", "Write the month of generation, e.g. 2025-03")
    text = row.text("generated", required=True, do=do)
    if not text:
        return ""
    year, dash, month = text.partition("-")
    digits = (year + month).isascii() and (year + month).isdigit()
    if dash and digits and len(year) == 4 and len(month) == 2 and 1 <= int(month) <= 12:
        return str(Month(int(year), int(month)))
    row.fault("generated", Words(f"不是年月：“{text[:20]}”", f"Not a month: “{text[:20]}”"), do)
    return ""


def _heat(row: Fields, id: str) -> HeatRow:
    row.only([*HeatRow.model_fields])
    return HeatRow(
        id=id,
        firm=row.text("firm"),
        direction=row.choice("direction", get_args(HeatDirection)),
        gj=row.figure("gj"),
        fossil=row.truth("fossil"),
        factor_tco2_per_gj=row.optional_number("factor_tco2_per_gj"),
        evidence=row.text("evidence"),
    )


def _process(row: Fields, id: str) -> ProcessRow:
    row.only([*ProcessRow.model_fields])
    do = Words(
        "请填有依据的因子；没有因子的用物料平衡求出，并在 basis 写明",
        "Give a documented factor, or one from a mass balance explained in basis",
    )
    return ProcessRow(
        id=id,
        firm=row.text("firm"),
        product=row.text("product", required=True, do=Words("请写产品名称", "Name the product")),
        output_t=row.figure("output_t"),
        factor_tco2_per_t=row.figure("factor_tco2_per_t", do=do),
        basis=row.text("basis"),
    )


def _offset(row: Fields) -> Offset:
    row.only([*Offset.model_fields])
    do = Words("请写抵消的种类，如 碳汇", "Name the kind, e.g. a sink")
    return Offset(kind=row.text("kind", required=True, do=do), tco2=row.number("tco2"))


def _indicators(top: Fields) -> dict[str, IndicatorEntry]:
    table = top.table("indicators")
    found: dict[str, IndicatorEntry] = {}
    for id in table or ():
        if table is None or not (table.has(id) and (row := table.table(id, like=_STATED))):
            continue
        row.only([*IndicatorEntry.model_fields])
        found[id] = IndicatorEntry(
            value=row.optional_number("value"), evidence=row.text("evidence")
        )
    return found


def _excuses(top: Fields) -> dict[str, str]:
    do = Words("请写明不具备条件的理由", "Say why the conditions are lacking")
    table = top.table("excuses")
    given = [id for id in table or () if table and table.has(id)]
    return {id: table.text(id, required=True, do=do) for id in given if table}


def _project(row: Fields) -> Project:
    row.only([*Project.model_fields])
    return Project(
        name=row.text("name", required=True, do=Words("请写项目名称", "Name the project")),
        owner=row.text("owner"),
        content=row.text("content"),
        investment=row.optional_number("investment"),
        period=row.text("period"),
        abatement=row.optional_number("abatement"),
    )


def _override(row: Fields) -> Override:
    row.only([*Override.model_fields])
    do = Words("替代值须有文件和原文", "An override needs a document and its words")
    return Override(
        id=row.text("id", required=True, do=do),
        value=row.number("value"),
        unit=row.text("unit", required=True, do=do),
        document=row.text("document", required=True, do=do),
        quote=row.text("quote", required=True, do=do),
    )
