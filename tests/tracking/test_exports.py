"""The board for calendars, readers and Excel: read back by other programs, nothing lost."""

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from tanzhe.errors import InputError
from tanzhe.tracking.board import Board, Wanted, evidence_of
from tanzhe.tracking.calendar import calendar, escaped, folded_line
from tanzhe.tracking.feed import ATOM, feed, reminders
from tanzhe.tracking.items import Item
from tanzhe.tracking.workbook import board_workbook, is_board, read_board
from tracking.conftest import TODAY

LONG = 3 * (
    "建设全绿电供应区域，推动增量配电网、源网荷储一体化；完善“绿电+”业态, 逗号; 分号\\反斜线\n换行"
)


def events(raw: bytes) -> list[object]:
    return list(Calendar.from_ical(raw).walk("VEVENT"))


def test_another_program_reads_the_calendar(board: Board, task: Callable[..., Item]) -> None:
    task("T1", title=LONG.replace("\n", " "), text=LONG, due="2026-12-31")
    task("T2", due="2026-07-01")
    task("T3")  # without a day: no event
    proof = evidence_of(b"x", "取消通知.pdf").model_dump()
    board.change([Wanted("T2", {"status": "cancelled", "evidence": [proof]})], "王五")
    raw = calendar(board.items().values(), TODAY)
    assert raw.count(b"\r\n") == raw.count(b"\n")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    first, second = events(raw)
    assert str(first["SUMMARY"]) == LONG.replace("\n", " ")
    assert LONG in str(first["DESCRIPTION"])
    assert first["DTSTART"].dt == date(2026, 12, 31) and first["DTEND"].dt == date(2027, 1, 1)
    assert (str(first["UID"]), int(first["SEQUENCE"])) == ("T1@tanzhe", 0)
    assert (str(second["STATUS"]), int(second["SEQUENCE"])) == ("CANCELLED", 1)
    assert [one.name for one in first.subcomponents] == ["VALARM"] and not second.subcomponents


@settings(max_examples=80)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_no_character_is_cut_by_folding(text: str) -> None:
    parts = list(folded_line(escaped(text)))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == escaped(text)


def test_reminders_as_a_feed(board: Board, task: Callable[..., Item]) -> None:
    task("T1", due="2026-06-01", title="逾期的 <任务> & 其他")
    task("T2", due="2026-07-15")
    task("T3", due="2027-12-31")
    told = reminders(board.items().values(), TODAY)
    assert [(one.item.id, one.why.zh) for one in told] == [
        ("T1", "已逾期 29 天"), ("T2", "还有 15 天到期，还没有佐证材料"),
    ]  # fmt: skip
    root = ElementTree.fromstring(feed(board.items().values(), TODAY))
    entries = root.findall(f"{{{ATOM}}}entry")
    assert [one.findtext(f"{{{ATOM}}}title") for one in entries] == [
        "逾期的 <任务> & 其他：已逾期 29 天", "推进直供：还有 15 天到期，还没有佐证材料",
    ]  # fmt: skip
    for one in (root, *entries):
        assert all(one.findtext(f"{{{ATOM}}}{name}") for name in ("id", "title", "updated"))
    ids = [one.findtext(f"{{{ATOM}}}id") for one in entries]
    later = ElementTree.fromstring(feed(board.items().values(), date(2026, 7, 1)))
    assert [one.findtext(f"{{{ATOM}}}id") for one in later.findall(f"{{{ATOM}}}entry")] == ids


def filled(board: Board, task: Callable[..., Item]) -> dict[str, Item]:
    task("T1", due="2026-12-31", start="2026-01-01", lead="省发展改革委", person="李四",
         remark="=1+1 不是公式", progress=12.5, text=LONG)  # fmt: skip
    task("P1", kind="project", park="甲园", investment=1200.5, abatement=5000, content="光伏")
    task("G1", kind="target", metric="占比", value=50, unit="%", by="2030", due="2030-12-31")
    return board.items()


def test_a_workbook_that_nobody_changed_changes_nothing(
    board: Board, task: Callable[..., Item], tmp_path: Path
) -> None:
    items = filled(board, task)
    path = tmp_path / "台账.xlsx"
    path.write_bytes(board_workbook(list(items.values()), TODAY))
    assert is_board(path)
    assert read_board(path, items, TODAY) == []


def test_what_was_edited_in_excel_comes_back_cell_by_cell(
    board: Board, task: Callable[..., Item], tmp_path: Path
) -> None:
    items = filled(board, task)
    book = load_workbook(io.BytesIO(board_workbook(list(items.values()), TODAY)))
    sheet = book["任务 task"]
    at = {cell.value.split()[0]: cell.column for cell in sheet[2]}
    assert sheet.column_dimensions["A"].hidden
    assert isinstance(sheet.cell(3, at["完成时限"]).value, datetime)
    sheet.cell(3, at["进度（%）"]).value = "40%"
    sheet.cell(3, at["状态"]).value = "进行中"
    sheet.cell(3, at["完成时限"]).value = "2027年6月"
    sheet.cell(3, at["备注"]).value = None
    works = book["项目 project"]
    at = {cell.value.split()[0]: cell.column for cell in works[2]}
    works.cell(3, at["已完成投资（万元）"]).value = 600
    path = tmp_path / "台账.xlsx"
    book.save(path)
    wanted = read_board(path, items, TODAY)
    board.change(wanted, "王五", "月报")
    after = board.items()
    assert after["T1"] == items["T1"].model_copy(
        update={"progress": 40.0, "status": "in_progress", "due": date(2027, 6, 30),
                "remark": "", "changes": 1, "updated_by": "王五",
                "updated_at": after["T1"].updated_at}
    )  # fmt: skip
    assert after["P1"].invested == 600 and after["G1"] == items["G1"]
    with pytest.raises(InputError, match="已被 王五 改过"):  # the same file once more
        read_board(path, after, TODAY)


def test_shares_of_excel_and_words_of_either_language_are_read(
    board: Board, task: Callable[..., Item], tmp_path: Path
) -> None:
    """Excel keeps 80% as 0.8; boards written before had Chinese alone."""
    items = filled(board, task)
    book = load_workbook(io.BytesIO(board_workbook(list(items.values()), TODAY)))
    sheet = book["任务 task"]
    for cell in sheet[2]:
        cell.value = cell.value.split()[0]
    at = {cell.value: cell.column for cell in sheet[2]}
    assert sheet.cell(3, at["状态"]).value == "未启动 not started"
    sheet.cell(3, at["状态"]).value = "未启动"
    sheet.cell(3, at["进度（%）"]).value = 0.8
    sheet.cell(3, at["进度（%）"]).number_format = "0%"
    sheet.title = "任务"
    path = tmp_path / "台账.xlsx"
    book.save(path)
    assert is_board(path)
    assert [one.fields for one in read_board(path, items, TODAY)] == [{"progress": 80.0}]
    sheet.cell(3, at["状态"]).value = "paused"
    book.save(path)
    assert [one.fields["status"] for one in read_board(path, items, TODAY)] == ["paused"]


def test_cells_that_cannot_be_read_are_named(
    board: Board, task: Callable[..., Item], tmp_path: Path
) -> None:
    items = filled(board, task)
    book = load_workbook(io.BytesIO(board_workbook(list(items.values()), TODAY)))
    sheet = book["任务 task"]
    at = {cell.value.split()[0]: cell.column_letter for cell in sheet[2]}
    sheet[f"{at['进度（%）']}3"] = "一半"
    sheet[f"{at['状态']}3"] = "快好了"
    sheet[f"{at['完成时限']}3"] = "年底前后"
    sheet[f"{at['备注']}4"] = "多出一行"
    path = tmp_path / "台账.xlsx"
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_board(path, items, TODAY)
    places = {one.where for one in caught.value.faults}
    wanted = (f"{at['进度（%）']}3", f"{at['状态']}3", f"{at['完成时限']}3", "A4")
    assert places == {f"任务 task!{one}" for one in wanted}
