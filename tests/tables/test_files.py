"""Files by what they hold: encodings, delimiters, workbooks of any age, broken ones."""

import gzip
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables.layouts import LAYOUTS, MONTHS, TRUTH, figure, save, text
from tanzhe.errors import InputError
from tanzhe.series.table import table_series
from tanzhe.tables.choices import Choices
from tanzhe.tables.encoding import decoded
from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import NoResult
from tanzhe.tables.look import look
from tanzhe.tables.table import read_table

FILES = Path(__file__).parent / "files"
ROWS = [["日期", "数值（万吨）"], *([f"{y}-{m:02d}", figure(y, m)] for y, m in MONTHS)]
WORDS = "地区，年份，碳排放量（万吨），单位：万吨，数据来源：统计局"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"), ("gbk", "gb18030"), ("gb18030", "gb18030"),
    ],
)  # fmt: skip
def test_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    path = save(tmp_path, "t.csv", ROWS, encoding=encoding)
    assert read_grids(path)[0].encoding == name
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)


def test_chinese_of_both_kinds() -> None:
    assert decoded(WORDS.encode("gbk"), "x") == (WORDS, "gb18030")
    other = "地區，年份，二氧化碳排放量（萬噸），單位：萬噸，資料來源：統計處"
    assert decoded(other.encode("big5"), "x") == (other, "big5hkscs")
    assert decoded("Société, émissions – total".encode("cp1252"), "x")[0].startswith("Société")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["t.csv", "t.txt", "t.xls", "t.xlsx"])
def test_text_whatever_it_is_called(tmp_path: Path, sign: str, name: str) -> None:
    path = save(tmp_path, name, ROWS, sign)
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)


def test_text_parted_by_blanks_and_excels_own_line(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text("\n".join(f"{a}   {b}" for a, b in ROWS), encoding="utf-8")
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)
    path.write_text("sep=;\n" + text(ROWS, ";"), encoding="utf-8")
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)
    assert look(path).telling.header == (2,)


def test_gzip(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(text(ROWS).encode()))
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(InputError, match="Broken gzip"):
        read_grids(path)


@pytest.mark.parametrize("name", ["old.xls", "sheet.ods"])
def test_legacy_and_open_workbooks(name: str) -> None:
    grids = read_grids(FILES / name)
    assert [(g.sheet, g.visible) for g in grids] == [("数据", True), ("旧版", False)]
    assert table_series(FILES / name, "云南", "工业").values == pytest.approx(TRUTH)


@pytest.mark.parametrize(("columns", "rows"), [(16384, 1048576), (1000, 100000), (2, 1048577)])
def test_a_cell_said_a_million_times_is_not_laid_out(
    tmp_path: Path, columns: int, rows: int
) -> None:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="a"><table:table-row table:number-rows-repeated="{rows}">'
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" '
        'office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with (
        zipfile.ZipFile(FILES / "sheet.ods") as old,
        zipfile.ZipFile(tmp_path / "t.ods", "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, body if name == "content.xml" else old.read(name))
    with pytest.raises(InputError, match="Over 1048576 rows"):
        read_grids(tmp_path / "t.ods")


def test_sheets_of_an_xml_workbook(tmp_path: Path) -> None:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    also = 'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in ROWS
    )
    path = tmp_path / "t.xls"
    path.write_text(
        f'<?xml version="1.0"?><Workbook {space} {also}><Worksheet ss:Name="a"><Table>{cells}'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    assert table_series(path, "云南", "工业").values == pytest.approx(TRUTH)


def test_formulas_and_very_hidden_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [*ROWS[:30], ["2020-06", "=B2+1"]]:
        sheet.append(row)
    book.create_sheet("x").sheet_state = "veryHidden"
    book.save(tmp_path / "t.xlsx")
    (grid,) = read_grids(tmp_path / "t.xlsx")
    assert grid.rows[-1][1] == NoResult("=B2+1")
    with pytest.raises(InputError, match="recalculate"):
        table_series(tmp_path / "t.xlsx", "云南", "工业")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7", "t.csv", "It holds PDF"),
        (b"\xff\xd8\xff\xe0", "t.xls", "JPEG"),
        (b"PK\x03\x04 no archive", "t.xlsx", "Broken workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "t.xls", "Broken workbook"),
        (b"<html><body>404</body></html>", "t.xls", "without a table"),
        (b"{}", "t.json", "no table in the JSON"),
        (b"a,b\nx,y\n", "t.csv", "no numbers"),
        (b"a,b\n1,2\n3,4\n", "t.csv", "No date column; there are"),
    ],
)
def test_no_table(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert len(caught.value.faults) == 1
    assert said in caught.value.said("en")


def test_choices_that_are_not_there(tmp_path: Path) -> None:
    path = save(tmp_path, "t.csv", [["日期", "数值", "类"], *([*r, "甲"] for r in ROWS[1:])])
    for choices, said in (
        (Choices(column="没有"), "There are: 数值"),
        (Choices(where=(("类", "乙"),)), "There are: 甲"),
        (Choices(where=(("列", "甲"),)), "There are: 类"),
        (Choices(sum_by=("列",)), "There are: 类"),
        (Choices(sheet="x"), "There is no sheet"),
    ):
        with pytest.raises(InputError, match=said):
            table_series(path, "云南", "工业", choices)
    assert table_series(path, "云南", "工业", Choices(column="B")).values == pytest.approx(TRUTH)


SEEDS = ("wind_workbook", "office_page_called_xls", "wind_text_in_gbk", "years_over_months",
         "sheet_by_province", "excel_unicode_text", "european_numbers")  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
def test_damaged_files_are_refused_or_read(name: str, tmp_path: Path, data: st.DataObject) -> None:
    path = LAYOUTS[name].write(tmp_path)
    raw = bytearray(path.read_bytes())
    at = int(data.draw(st.floats(0, 1, exclude_max=True)) * len(raw))
    if data.draw(st.booleans()):
        del raw[at:]
    else:
        junk = data.draw(st.binary(min_size=1, max_size=12))
        raw[at : at + len(junk)] = junk
    path.write_bytes(bytes(raw))
    try:
        look(path)
        table_series(path, "云南", "工业")
    except InputError as error:
        assert 0 < len(error.faults) <= 10


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.text(max_size=8), st.integers(-10, 10**6), st.floats(), st.none(),
                st.sampled_from(["2018-01", "1月", "2018", "云南", "万吨", "合计", "日期", "数值"]),
            ),
            max_size=6,
        ),
        max_size=12,
    )
)  # fmt: skip
def test_any_cells_are_refused_or_read(rows: list[list[object]], tmp_path: Path) -> None:
    path = save(tmp_path, "t.csv", rows, encoding="utf-8")
    try:
        look(path)
        table_series(path, "云南", "工业")
    except InputError as error:
        assert 0 < len(error.faults) <= 10
