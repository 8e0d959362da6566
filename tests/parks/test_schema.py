"""The fields of a park stand once: a new one is read and offered without a second place."""

from pathlib import Path
from typing import Annotated

import pytest
import yaml

from tanzhe.errors import Fault, Words
from tanzhe.model.columns import Column, columns, record_of, sheets
from tanzhe.model.park import ElectricityRow, HeatRow, ParkYear
from tanzhe.parks.entry.fields import Fields
from tanzhe.parks.entry.naming import Naming
from tanzhe.parks.entry.park import read_entry
from tanzhe.parks.entry.records import read_record
from tanzhe.parks.office import office_options
from tanzhe.parks.office.book import Cell
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.layout import LEDGERS, PARK
from tanzhe.parks.office.values import cell_value
from tanzhe.parks.terms import LEDGERS as ACCOUNT

FIRST = yaml.safe_load((Path(__file__).parent / "first_columns.yaml").read_text("utf-8"))
ASK = Words("请写表号", "Name the meter")


class Metered(HeatRow):
    """Heat with the number of its meter, and a pressure that somebody measured."""

    meter: Annotated[str, Column("表号", "meter", "结算表的表号。", ask=ASK)]
    bar: Annotated[float | None, Column("压力", "pressure", "表压。", unit="bar", later=True)] = (
        None
    )


def heat(**fields: object) -> tuple[Metered, list[Fault]]:
    faults: list[Fault] = []
    row = Fields({"direction": "in", "gj": 5, "fossil": True, **fields}, "heat[0]", faults)
    return read_record(row, Metered, id="R1"), faults


def test_a_new_field_is_read_from_json() -> None:
    read, faults = heat(meter="M-7", bar=1.5)
    assert not faults
    assert (read.meter, read.bar, read.gj, read.id) == ("M-7", 1.5, 5.0, "R1")


@pytest.mark.parametrize(
    ("fields", "where", "told"),
    [
        ({}, "heat[0].meter", "请写表号"),
        ({"meter": "M", "bar": -1}, "heat[0].bar", "不能为负数"),
        ({"meter": "M", "bar": "二"}, "heat[0].bar", "请只填数字 2"),
        ({"meter": "M", "gj": None}, "", ""),  # a figure that nobody knows is no fault
        ({"meter": "M", "gauge": 1}, "heat[0].gauge", "不认识的字段"),
    ],
)
def test_what_is_wrong_with_it_is_told(fields: dict[str, object], where: str, told: str) -> None:
    _, faults = heat(**fields)
    assert [one.where for one in faults] == [where] * bool(where)
    assert all(told in one.said("zh") and one.what.en and one.do.en for one in faults)


def test_it_is_a_column_of_its_sheet_with_those_that_came_later_last() -> None:
    sheet = Ledger.of("heat", sheets(ParkYear)["heat"], Metered)
    titles = [(one.title, one.kind, bool(one.needed)) for one in sheet.columns]
    assert ("表号", "text", True) in titles
    assert titles[-2:] == [("企业", "text", False), ("压力", "number", False)]


def test_every_column_is_named_in_both_languages_and_says_how_it_is_filled() -> None:
    for ledger in (PARK, *LEDGERS):
        for one in ledger.columns:
            assert one.title and one.en.isascii() and one.en and one.hint, (ledger.sheet, one.field)
        titles = [one.title for one in ledger.columns]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("ledger", (PARK, *LEDGERS), ids=lambda one: one.sheet)
def test_workbooks_that_people_have_filled_in_are_still_read(ledger: Ledger) -> None:
    asked = {one.title for one in ledger.columns if not one.later}
    new = asked - set(FIRST.get(ledger.sheet, asked))
    assert not new, f"say later=True of {new}, which workbooks already filled in have not"


def test_every_field_is_a_column_or_a_ledger() -> None:
    programs_own = {"absent_ledgers", "unknown"}
    for record in (ParkYear, *(record_of(ParkYear, key) for key in sheets(ParkYear))):
        told = {one.field for one in columns(record)} | set(sheets(record))
        assert set(record.model_fields) - programs_own == told


def test_the_ledgers_of_the_account_are_those_whose_emptiness_is_asked_for() -> None:
    assert ACCOUNT == {
        "fuels": "燃料", "electricity": "电力", "heat": "热力", "processes": "工业过程",
    }  # fmt: skip


def test_messages_speak_the_language_of_their_file() -> None:
    tree = {
        "name": "甲", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
        "electricity": [
            {"id": "D1", "supply": "direct", "kwh": 1}, {"id": "D1", "supply": "grid", "kwh": 1},
        ],
    }  # fmt: skip
    naming = Naming(place=lambda path: f"<{path}>", words={"nonfossil": "非化石能源"})
    told = [one.said("zh") + one.said("en") for one in read_entry(tree, naming).faults]
    assert any(
        "已用于 <electricity[0]>" in one and "at <electricity[0]> too" in one for one in told
    )
    assert any("请选 非化石能源、fossil" in one and "Write 非化石能源" in one for one in told)
    plain = [one.said("zh") for one in read_entry(tree).faults]
    assert any("已用于 electricity[0]" in one for one in plain)
    assert any("请选 nonfossil、fossil" in one for one in plain)


def test_units_are_offered_beside_an_amount() -> None:
    kwh = next(one for one in columns(ElectricityRow) if one.field == "kwh")
    sheet = next(one for one in LEDGERS if one.path == "electricity")
    assert sheet.column("kwh_unit").choices == {unit: unit for unit in kwh.units}
    assert kwh.units[0] == "kWh"


@pytest.mark.parametrize(
    "written", ["云南", "云南省", "云南省曲靖市", "滇", "530000", "Yunnan", "CN-YN"]
)
def test_a_province_is_read_alike_in_json_and_in_a_cell(written: str) -> None:
    region = next(one for one in PARK.columns if one.field == "region")
    in_cell = cell_value(Cell("B4", written, None), region, office_options(), "")
    tree = {"region": written}
    assert in_cell == read_entry(tree).park.region == "CN-YN"
