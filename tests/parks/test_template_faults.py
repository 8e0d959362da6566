"""Each kind of wrong cell an officer may leave, and what he is told about it."""

import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from parks.soffice import needs_soffice
from tanzhe.api.parks.assessment import assess
from tanzhe.api.parks.office import read_park_workbook
from tanzhe.errors import InputError
from tanzhe.model.park import ParkYear
from tanzhe.parks.entry.faults import check_park
from tanzhe.parks.entry.park import read_park
from tanzhe.parks.office import example_park, office_options, template
from tanzhe.parks.office.book import LARGEST_BYTES
from tanzhe.parks.office.cells import Wrong, read_number
from tanzhe.parks.office.layout import LEDGERS, PARK
from tanzhe.rulebook import rule_set


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A park that is not the example, filled in without a fault."""
    tree = example_park().model_dump_json().replace("示例", "青山")
    held = io.BytesIO()
    template(office_options(), ParkYear.model_validate_json(tree)).save(held)
    return held.getvalue()


def read(path: Path) -> ParkYear:
    return check_park(read_park_workbook(path), rule_set("cn-yn-2025-987"))


def told(path: Path) -> dict[str, str]:
    """Place and message of every fault, or nothing."""
    try:
        read(path)
    except InputError as error:
        return {fault.where: fault.said() for fault in error.faults}
    return {}


Edit = Callable[[Workbook], None]


@pytest.fixture
def edited(filled: bytes, tmp_path: Path) -> Callable[[Edit], Path]:
    """The filled workbook after an edit."""

    def edit(change: Edit) -> Path:
        book = load_workbook(io.BytesIO(filled))
        change(book)
        path = tmp_path / "园区.xlsx"
        book.save(path)
        return path

    return edit


# sheet, cell, what was typed, what the message must hold.
WRONG_CELLS = [
    ("园区信息", "B4", "云男", "不认识的地区"),
    ("园区信息", "B5", 2025.5, "应为整数"),
    ("园区信息", "B6", "285gce/kWh", "请换算成 kgce/kWh"),
    ("燃料", "F3", "约6200", "请填核实后的准确数字"),
    ("燃料", "F4", "480万", "480 万m3 写 480，4,800,000 万m3 写 4800000"),
    ("燃料", "F5", "600-620吨", "是区间"),
    ("电力台账", "B3", "网电", "最接近的是“网购电”"),
    ("电力台账", "D4", datetime(2025, 3, 1), "被 Excel 当成了日期"),
    ("电力台账", "D5", "#REF!", "错误值 #REF!"),
    ("电力台账", "E6", "度", "请从下拉中选：kWh、MWh、万千瓦时、亿千瓦时"),
    ("产品能耗", "E3", "六万吨左右", "请填核实后的准确数字"),
    ("产品能耗", "E4", 0, "产量为零"),
    ("产品能耗", "F3", "立方", "请从下拉中选"),
    ("产品能耗", "G3", "综合80", "请只填阿拉伯数字"),
    ("产品能耗", "H3", "度", "请从下拉中选"),
    ("产品能耗", "D4", "综合水耗", "请从中选：综合交流电耗、综合能耗"),
    ("产品能耗", "I4", "等量", "请从下拉中选：当量值、等价值"),
    ("绿证", "A4", "D99", "没有编号“D99”的行"),
    ("绿证", "C3", "无", "没有数据请留空"),
    ("绿证", "D3", 2025.1, "请写成 2025-03 的样子"),
    ("绿证", "E3", "已注销", "请从下拉中选：已核销、持有未核销"),
    ("热力", "C3", "无", "没有数据请留空"),
    ("热力", "C4", -5, "不能为负数"),
    ("电力台账", "D6", "1.2w", "若指 12,000，请写 12000"),
    ("热力", "D3", "煤", "不在下拉选项中"),
    ("工业过程", "C3", "1,5000", "不是数字"),
    ("抵消项", "B3", "1e999", "不是数字"),
    ("指标", "B5", 86, "请写成 86%，或写成 0.86"),
    ("说明", "A3", "余热综合", "不认识的指标"),
    ("项目", "D3", "=SUM(D4:D9)", "公式没有计算结果"),
]


def test_every_wrong_cell_is_told_at_once(edited: Callable[[Edit], Path]) -> None:
    def spoil(book: Workbook) -> None:
        for sheet, cell, value, _ in WRONG_CELLS:
            book[sheet][cell] = value

    found = told(edited(spoil))
    for sheet, cell, value, words in WRONG_CELLS:
        place = f"{sheet}!{cell}"
        assert place in found, (place, value, found)
        assert words in found[place]
    extra = set(found) - {f"{sheet}!{cell}" for sheet, cell, _, _ in WRONG_CELLS}
    # D1 holds certificates and is no grid row any more once its supply cannot be read.
    assert extra <= {"绿证!A3"}, found


CHINESE = re.compile("[\u3400-\u9fff]")
# The form's own words: in quotes, or a unit of it.
OF_THE_FORM = re.compile(r"“[^”]*”|万?千?瓦时|万m3|万?吨")


def in_english(path: Path) -> dict[str, str]:
    """Place and English message of every fault, what is quoted from the form left out."""
    with pytest.raises(InputError) as refused:
        read(path)
    return {one.where: OF_THE_FORM.sub("", one.said("en")) for one in refused.value.faults}


def chinese_in(found: dict[str, str]) -> dict[str, str]:
    """Messages that hold Chinese beside their place."""
    return {at: one for at, one in found.items() if CHINESE.search(one.replace(f"[{at}]", ""))}


def test_what_is_told_in_english_holds_no_chinese_of_ours(edited: Callable[[Edit], Path]) -> None:
    def spoil(book: Workbook) -> None:
        for sheet, cell, value, _ in WRONG_CELLS:
            book[sheet][cell] = value
        book["热力"]["B2"] = "方位"
        book["工业过程"].title = "过程"

    found = in_english(edited(spoil))
    assert len(found) > len(WRONG_CELLS) - 3
    assert chinese_in(found) == {}


def test_every_cell_that_is_needed_says_in_english_how_to_fill_it(
    edited: Callable[[Edit], Path],
) -> None:
    needed = [(one, column) for one in (PARK, *LEDGERS) for column in one.columns if column.needed]
    assert len(needed) > 30
    for ledger, column in needed:
        assert column.en_hint and not CHINESE.search(OF_THE_FORM.sub("", column.en_hint)), (
            ledger.sheet, column.title,
        )  # fmt: skip

    def clear(book: Workbook) -> None:
        book["燃料"]["B3"] = book["热力"]["B3"] = book["绿证"]["B3"] = None

    found = in_english(edited(clear))
    assert chinese_in(found) == {}
    assert "(direction) is empty. Fill it in: choose from the list" in found["热力!B3"]


GOOD_CELLS = [
    ("燃料", "F3", "６２００", "fuels", 0, "quantity", 6200.0),
    ("燃料", "F4", " 480 ", "fuels", 1, "quantity", 480.0),
    ("燃料", "F5", "350.5", "fuels", 2, "quantity", 350.5),
    ("电力台账", "D3", "180,000,000", "electricity", 0, "kwh", 1.8e8),
    ("电力台账", "B4", " 专线直供　", "electricity", 1, "supply", "direct"),
    ("电力台账", "B5", "onsite", "electricity", 2, "supply", "onsite"),
    ("热力", "D3", "化石能源 ", "heat", 0, "fossil", True),
]


def test_digits_that_excel_keeps_as_text_are_numbers(edited: Callable[[Edit], Path]) -> None:
    def type_in(book: Workbook) -> None:
        for sheet, cell, value, *_ in GOOD_CELLS:
            book[sheet][cell] = value
        book["绿证"]["D3"] = datetime(2025, 3, 1)
        book["绿证"]["D4"] = "2025年8月"
        book["指标"]["B5"] = "86％"

    park = read(edited(type_in))
    for _, _, _, ledger, row, field, value in GOOD_CELLS:
        assert getattr(getattr(park, ledger)[row], field) == value
    assert [one.generated for one in park.electricity[0].certificates] == ["2025-03", "2025-08"]
    assert park.indicators["solid_waste"].value == 0.86


# sheet, cell, what was typed, where it goes, what it is in the unit of the row.
WRITTEN_IN_FULL = [
    ("园区信息", "B6", "0.285 kgce/kWh", "equivalence_kgce_per_kwh", 0.285),
    ("燃料", "F3", "0.62万吨", "fuels.0.quantity", 6200.0),
    ("燃料", "F4", "480万方", "fuels.1.quantity", 480.0),
    ("燃料", "F5", "350.5 吨", "fuels.2.quantity", 350.5),
    ("电力台账", "D3", "1.8亿", "electricity.0.kwh", 1.8e8),
    ("电力台账", "D4", "5.2万万千瓦时", "electricity.1.kwh", 5.2e8),
    ("电力台账", "D5", "９６，０００MWh", "electricity.2.kwh", 9.6e7),
    ("绿证", "C3", "3万张", "electricity.0.certificates.0.mwh", 30000.0),
    ("热力", "C3", "十五万吉焦", "heat.0.gj", 150000.0),
    ("工业过程", "C3", "6万吨", "processes.0.output_t", 60000.0),
]


def test_numbers_written_in_full_are_taken_and_said(
    edited: Callable[[Edit], Path],
) -> None:
    def type_in(book: Workbook) -> None:
        for sheet, cell, value, *_ in WRITTEN_IN_FULL:
            book[sheet][cell] = value

    path = edited(type_in)
    source = read_park_workbook(path)
    for sheet, cell, text, where, value in WRITTEN_IN_FULL:
        found: object = read(path)
        for step in where.split("."):
            found = found[int(step)] if isinstance(found, tuple) else getattr(found, step)
        assert found == value, where
        shown = unicodedata.normalize("NFKC", text)
        assert any(f"{sheet}!{cell}" in n.zh and f"“{shown}”" in n.zh for n in source.notes)
    assert len(source.notes) == len(WRITTEN_IN_FULL)


def test_units_of_power_are_converted_exactly(edited: Callable[[Edit], Path]) -> None:
    def type_in(book: Workbook) -> None:
        for row, (amount, unit) in enumerate(
            ((1.8, "亿千瓦时"), (52000, "万千瓦时"), (96000, "MWh")), 3
        ):
            book["电力台账"].cell(row, 4, amount)
            book["电力台账"].cell(row, 5, unit)

    assert [row.kwh for row in read(edited(type_in)).electricity[:3]] == [1.8e8, 5.2e8, 9.6e7]


def test_blank_rows_moved_columns_notes_and_own_sheets_do_no_harm(
    edited: Callable[[Edit], Path],
) -> None:
    def move(book: Workbook) -> None:
        power = book["电力台账"]
        power.insert_rows(4, 3)
        power.insert_rows(1, 2)
        power.move_range("F1:F60", cols=10)  # 凭证 to the far right
        power["H6"] = "随便写"  # 备注
        book.create_sheet("我的草稿")["A1"] = "电量合计"

    park = read(edited(move))
    expected = example_park().electricity
    assert [(r.id, r.kwh) for r in park.electricity] == [(r.id, r.kwh) for r in expected]
    assert park.electricity[0].evidence == "青山：电网企业结算单 12 份"


def test_sheets_and_columns_that_are_gone_are_named(edited: Callable[[Edit], Path]) -> None:
    def lose(book: Workbook) -> None:
        book.remove(book["热力"])
        book["工业过程"].title = "过程"
        book["电力台账"]["D2"] = "用电数量"
        book["绿证"]["E2"] = None
        book["燃料"].insert_cols(3)
        book["燃料"]["C2"] = "车间"
        book["燃料"]["C3"] = "一车间"

    found = told(edited(lose))
    assert "缺少工作表“热力”" in found["热力!A1"]
    assert "缺少工作表“工业过程”" in found["工业过程!A1"]
    assert "表头与“工业过程”相同" in found["过程!A1"]
    assert "不认识的列“用电数量”" in found["电力台账!D2"]
    assert "是不是“电量”" in found["电力台账!D2"]
    assert "缺少“电量”列" in found["电力台账!A2"]
    assert "缺少“状态”列" in found["绿证!A2"]
    assert "写在“备注”列" in found["燃料!C2"]


def test_ids_that_stand_twice_and_columns_without_a_name(edited: Callable[[Edit], Path]) -> None:
    def spoil(book: Workbook) -> None:
        book["电力台账"]["A5"] = "D2"
        book["热力"]["Z9"] = "表外的字"

    found = told(edited(spoil))
    assert "“D2”出现两次" in found["电力台账!A5"]
    assert "没有列名" in found["热力!Z2"]


def test_merged_and_hidden_rows_are_refused(edited: Callable[[Edit], Path]) -> None:
    def hide(book: Workbook) -> None:
        book["电力台账"].merge_cells("F3:F5")
        book["燃料"].row_dimensions[4].hidden = True

    found = told(edited(hide))
    assert "单元格 F3:F5 已合并" in found["电力台账!F3"]
    assert "隐藏的行里有数据" in found["燃料!A4"]


def test_what_rows_say_together_is_told_with_their_cells(edited: Callable[[Edit], Path]) -> None:
    def contradict(book: Workbook) -> None:
        book["绿证"]["C3"] = 900_000  # MWh, more than was bought
        book["绿证"]["B4"] = book["绿证"]["B3"].value  # one certificate twice
        book["燃料"]["B3"] = "不存在的煤"
        book["电力台账"]["C6"] = "化石能源"

    found = told(edited(contradict))
    assert "已见于 绿证!B3" in found["绿证!B4"]
    assert "多于网购电量" in "".join(text for where, text in found.items() if "绿证" in where)
    assert "不存在的煤" in found["燃料!B3"]
    assert "绿电交易的电量不能是化石" in found["电力台账!C6"]
    assert "nonfossil" not in "".join(found.values())


def test_a_row_of_statistics_form_205_becomes_its_uses(edited: Callable[[Edit], Path]) -> None:
    def fill(book: Workbook) -> None:
        sheet = book["燃料"]
        # 消费量合计 6200, of which 原材料 200.1, 加工转换投入 1000; 外销 50
        for cell, value in {"G3": 6100, "H3": 200.1, "I3": 1000, "L3": 50}.items():
            sheet[cell] = value

    uses = [one for one in read(edited(fill)).fuels if one.fuel == "烟煤"]
    assert [(one.id, one.purpose, one.quantity) for one in uses] == [
        ("F1（作燃料）", "fuel", 4999.9),
        ("F1（作原料）", "feedstock", 200.1),
        ("F1（加工转换投入）", "conversion_input", 1000.0),
        ("F1（外销）", "sold", 50.0),
    ]


@pytest.mark.parametrize(
    ("cells", "place", "words"),
    [
        ({"H3": 7000}, "燃料!F3", "大于“消费量合计”"),
        ({"F3": None, "H3": 10}, "燃料!F3", "没有填“消费量合计”"),
        ({"G3": 6300}, "燃料!G3", "大于“消费量合计”"),
        ({"E3": 0.62}, "燃料!E3", "单位可能填错"),
        ({"N3": None}, "燃料!N3", "没有选因子集"),
    ],
)
def test_fuel_rows_that_cannot_be_right(
    edited: Callable[[Edit], Path], cells: dict[str, object], place: str, words: str
) -> None:
    def fill(book: Workbook) -> None:
        for cell, value in cells.items():
            book["燃料"][cell] = value

    assert words in told(edited(fill))[place]


# One figure nobody knows: sheet, cell, what stands there, the totals without it.
UNKNOWN = [
    ("电力台账", "D4", None, {"energy_tce": "at_least"}),
    ("电力台账", "D3", "暂缺", {"electricity": "at_least"}),
    ("绿证", "C3", "待核", {"electricity": "at_most"}),
    ("燃料", "F3", None, {"fuel": "at_least", "total": "at_least"}),
    ("燃料", "F4", "不详", {"fuel": "at_least"}),
    ("热力", "C3", None, {}),
    ("工业过程", "C3", None, {"process": "at_least"}),
    ("工业过程", "D3", None, {"process": "at_least"}),
]


@pytest.mark.parametrize(("sheet", "cell", "text", "expected"), UNKNOWN)
def test_one_unknown_figure_leaves_the_rest_accounted(
    edited: Callable[[Edit], Path],
    sheet: str,
    cell: str,
    text: str | None,
    expected: dict[str, str],
) -> None:
    def leave_out(book: Workbook) -> None:
        book[sheet][cell] = text

    told = assess(edited(leave_out))
    assert len(told.park.unknown) == 1
    assert set(expected.items()) <= set(told.bounds.items())
    assert told.emission_per_energy is None
    core = next(one for one in told.indicators if one.kind == "core")
    assert core.status == "missing"
    assert any("没有当作零" in note.zh for note in told.notes)


def test_an_empty_ledger_must_say_why(edited: Callable[[Edit], Path]) -> None:
    def empty(book: Workbook) -> None:
        book["热力"].delete_rows(3, 60)
        book["工业过程"].delete_rows(3, 60)
        lines = {row[0].value: row[1] for row in book["园区信息"].iter_rows(min_row=3)}
        lines["热力填报情况"].value = None
        lines["工业过程填报情况"].value = "数据缺失"
        lines["燃料填报情况"].value = "没有此项"

    found = told(edited(empty))
    assert len(found) == 2
    assert any("“热力”表是空的" in text for text in found.values())
    assert any("“燃料”表有数据" in text for text in found.values())


def test_values_left_from_the_example_are_noticed(tmp_path: Path) -> None:
    book = template(office_options(), example_park())
    book["园区信息"]["B3"] = "青山园区"
    path = tmp_path / "园区.xlsx"
    book.save(path)
    found = told(path)
    assert "还是示例的内容" in found["电力台账!F3"]
    assert "还是示例的内容" in found["抵消项!A3"]


def _zip_of(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


def _bomb(filled: bytes) -> bytes:
    held = io.BytesIO(filled)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(60_000_000))
    return held.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
NOT_WORKBOOKS = [
    ("空.xlsx", lambda _: b"", "文件是空的"),
    ("旧.xls", lambda _: OLE, "旧格式（.xls）"),
    ("改名.xlsx", lambda _: OLE, "旧格式（.xls）"),
    ("加密.xlsx", lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ("表.csv", lambda _: "名称,数量\n煤,1\n".encode(), "不是 Excel 工作簿"),
    ("网页.xlsx", lambda _: b"<html><table></table></html>", "不是 Excel 工作簿"),
    ("文档.xlsx", lambda _: _zip_of("word/document.xml", b"<w/>"), "不是 Excel 工作簿"),
    ("坏.xlsx", lambda _: _zip_of("xl/workbook.xml", b"<workbook"), "已损坏"),
    ("半截.xlsx", lambda filled: filled[: len(filled) // 2], "已损坏"),
    ("炸弹.xlsx", _bomb, "展开后过大"),
]


@pytest.mark.parametrize(("name", "made", "words"), NOT_WORKBOOKS, ids=lambda v: str(v)[:12])
def test_files_that_are_no_workbook_are_refused(
    name: str, made: Callable[[bytes], bytes], words: str, filled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(made(filled))
    assert words in told(path)[name]


def test_a_file_of_hundreds_of_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(LARGEST_BYTES * 15)
    assert "300 MB" in told(path)["大.xlsx"]


def test_a_workbook_of_something_else_is_told_what_is_missing(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "电费单"
    path = tmp_path / "电费.xlsx"
    book.save(path)
    found = told(path)
    assert "缺少工作表“园区信息”" in found["园区信息!A1"]
    assert "缺少工作表“电力台账”" in found["电力台账!A1"]


def test_entities_in_a_workbook_are_not_unfolded(filled: bytes, tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(filled)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = re.sub(rb'(r="B3".*?<t[^>]*>)[^<]*', rb"\1&j;", content, count=1)
                assert b"&j;" in content
                content = bomb + b"]>" + content
            new.writestr(name, content)
    path = tmp_path / "实体.xlsx"
    path.write_bytes(held.getvalue())
    assert "已损坏" in told(path)["实体.xlsx"]


def test_damaged_workbooks_are_refused_and_never_crash(tmp_path: Path) -> None:
    held = io.BytesIO()
    template(office_options(), example_park(), spare_rows=2).save(held)
    with zipfile.ZipFile(held) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(20250708)
    for number in range(24):
        name = chance.choice([one for one in parts if "sheet" in one or "workbook" in one])
        damaged = bytearray(parts[name])
        at = chance.randrange(len(damaged))
        damaged[at : at + chance.choice((0, 1, 9))] = chance.choice(
            (b"", b"9" * 400, b"1e999", b"&#0;", b"\xff", b' t="e"', b"<f>1</f>")
        )
        path = tmp_path / f"{number}.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for one, content in parts.items():
                archive.writestr(one, bytes(damaged) if one == name else content)
        told(path)  # anything but InputError would fail the test


@pytest.mark.parametrize("value", [int("9" * 400), -int("9" * 400), float("inf"), float("nan")])
def test_a_number_beyond_all_numbers_is_refused_in_a_cell_and_in_json(value: float) -> None:
    assert isinstance(read_number(value), Wrong)
    row = {"supply": "grid", "kwh": value, "evidence": "a"}
    tree = {"name": "a", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3}
    with pytest.raises(InputError) as caught:
        read_park({**tree, "electricity": [row]})
    assert [fault.where for fault in caught.value.faults] == ["electricity[0].kwh"]


@needs_soffice
def test_a_template_saved_by_another_program_reads_the_same(computed: dict[str, Path]) -> None:
    assert read(computed["填报"]) == example_park()
