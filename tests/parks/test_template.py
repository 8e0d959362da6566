"""The template: what an officer finds in it, and that filling and reading it loses nothing."""

import io
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from openpyxl import Workbook, load_workbook

from parks.made_parks import park_trees
from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.office import write_template
from tanzhe.errors import InputError
from tanzhe.model.park import (
    CertificateStatus,
    FuelPurpose,
    Generation,
    HeatDirection,
    ParkYear,
    Supply,
)
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.entry.park import read_park
from tanzhe.parks.office import example_park, office_options, read_workbook, template, words
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.fuel import BESIDE, INSIDE
from tanzhe.parks.office.layout import LEDGERS, PARK, STATE
from tanzhe.rulebook import rule_set


def test_the_template_offers_every_closed_choice() -> None:
    assert set(words.SUPPLIES) == set(get_args(Supply))
    assert set(words.GENERATIONS) == set(get_args(Generation))
    assert set(words.CERTIFICATE_STATES) == set(get_args(CertificateStatus))
    assert set(words.HEAT_DIRECTIONS) == set(get_args(HeatDirection))
    assert set(words.PURPOSES) == set(get_args(FuelPurpose)) == {"fuel", *INSIDE, *BESIDE}


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda one: one.path)
def test_every_field_of_a_record_has_a_column(ledger: Ledger) -> None:
    fields = set(ledger.record.model_fields) - {"certificates"}
    assert fields <= {one.field for one in ledger.columns}


def test_every_field_of_the_park_has_a_line_or_a_sheet() -> None:
    lines = {one.field for one in PARK.columns if not one.field.startswith(STATE)}
    sheets = {one.path for one in LEDGERS}
    assert set(ParkYear.model_fields) - {"absent_ledgers", "unknown"} <= lines | sheets


def read_back(book: Workbook, folder: Path) -> ParkYear:
    path = folder / "园区.xlsx"
    book.save(path)
    return check_park(read_workbook(path, office_options()), rule_set("cn-ndrc-2025-910"))


# One reading of a workbook takes a tenth of a second, so the examples are few and rich.
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(tree=park_trees())
def test_a_park_by_workbook_is_the_park_by_json(
    tree: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    park = read_park(tree)
    folder = tmp_path_factory.mktemp("book")
    assert read_back(template(office_options(), park), folder) == park


def test_the_example_reads_back(tmp_path: Path) -> None:
    park = example_park()
    assert read_back(template(office_options(), park), tmp_path) == park


def test_the_same_park_by_workbook_and_json_gives_the_same_tonnes(tmp_path: Path) -> None:
    park = example_park()
    path = tmp_path / "园区.xlsx"
    template(office_options(), park).save(path)
    by_workbook = assess(path)
    by_json = assess(
        park.model_dump(exclude={"absent_ledgers", "unknown"}, exclude_none=True, mode="json")
    )
    assert by_workbook.lines == by_json.lines
    assert by_workbook.indicators == by_json.indicators
    assert {line.row for line in by_workbook.lines} == {
        *("F1", "F2", "F3", "F4", "D1", "D2", "D3", "D4", "R1", "R2", "G1")
    }


def test_the_empty_template_says_what_to_fill_in(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_back(template(office_options()), tmp_path)
    needed = [one.title for one in PARK.columns if one.needed]
    told = caught.value.said()
    assert all(f"没有填“{title}”" in told for title in needed)
    assert all(fault.where.startswith("园区信息!B") for fault in caught.value.faults)


def test_every_sheet_is_explained_in_the_guide() -> None:
    book = template(office_options())
    told = "\n".join(str(cell.value) for row in book["填报说明"].iter_rows() for cell in row)
    for ledger in (PARK, *LEDGERS):
        assert ledger.sheet in book.sheetnames
        assert ledger.about in told
        for column in ledger.columns:
            assert column.title in told
            assert column.hint in told


def test_headers_carry_units_comments_and_stay_in_sight() -> None:
    book = template(office_options())
    for ledger in LEDGERS:
        sheet = book[ledger.sheet]
        assert sheet.freeze_panes in ("A3", "B3")
        for position, column in enumerate(ledger.columns, 1):
            cell = sheet.cell(2, position)
            assert column.title in cell.value
            assert not column.unit or column.unit in cell.value
            assert column.hint in cell.comment.text


def test_drop_downs_hold_the_words_the_reader_knows() -> None:
    book = template(office_options())
    lists = {c.value: i for i, c in enumerate(book["选项"][1], 1)}
    assert book["选项"].sheet_state == "hidden"
    assert "烟煤" in [
        row[0]
        for row in book["选项"].iter_rows(
            min_col=lists["fuels"], max_col=lists["fuels"], values_only=True
        )
    ]
    rules = [one for one in book["电力台账"].data_validations.dataValidation if one.type == "list"]
    assert [one.formula1 for one in rules] == [
        '"网购电,专线直供,自发自用,绿电交易,核电交易,外送"',
        '"非化石能源,化石能源,余热余压"',
        '"kWh,MWh,万千瓦时,亿千瓦时"',
    ]


def test_a_factor_set_is_never_filled_in_beforehand() -> None:
    sheet = template(office_options())["燃料"]
    column = next(i for i, c in enumerate(sheet[2], 1) if "因子集" in str(c.value))
    assert all(sheet.cell(row, column).value is None for row in range(3, sheet.max_row + 1))


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    park = example_park().model_copy(update={"equivalence_source": "=1+1"})
    book = template(office_options(), park)
    held = io.BytesIO()
    book.save(held)
    held.seek(0)
    assert load_workbook(held)["园区信息"]["B7"].data_type == "s"
    assert read_back(book, tmp_path).equivalence_source == "=1+1"


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "填报.xlsx"
    write_template(out)
    before = out.read_bytes()
    with pytest.raises(InputError, match="没有覆盖"):
        write_template(out, example=True)
    assert out.read_bytes() == before
    write_template(out, example=True, overwrite=True)
    assert out.read_bytes() != before
    assert [one.name for one in tmp_path.iterdir()] == ["填报.xlsx"]


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.xlsx"):
        write_template(tmp_path / "填报.xls")
