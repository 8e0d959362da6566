"""Tables of months and days, heads of several rows, and what files say beside their figures."""

from pathlib import Path

import openpyxl
import pytest

from tanzhe.api.meters.readings import add_readings, check_readings, firm_months, meter_ledger
from tanzhe.errors import InputError
from tanzhe.meters.adding import Added
from tanzhe.meters.engine import FirmMonth
from tanzhe.meters.rows import MICRO
from tanzhe.meters.store import Store

LIST = (
    "表号,企业,能源品种,上级表,倍率,供应方式\n"
    "E-1,园区,电,,10,网购电\nE-2,甲,电,E-1,80,\nE-3,乙,电,E-1,1,\nG-1,丙,天然气,,1,\n"
)
MONTHS = [f"{month}月" for month in range(1, 13)]
USED = [125, 101, 118, 110, 121, 140, 155, 150, 131, 119, 117, 122]  # falls, so it is no count


def added(folder: Path, files: dict[str, str], **asked: str) -> tuple[Store, list[Added]]:
    """The store of the list above with files of text, in GBK as Excel writes them."""
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="gbk")
    store = Store(folder / "store")
    paths = [folder / one for one in ("list.csv", *files)]
    return store, add_readings(store, paths, **asked)  # type: ignore[arg-type]


def month(store: Store, name: str) -> dict[str, FirmMonth]:
    return {one.firm: one for one in firm_months(store, [name])}


def row(meter: str, cells: list[float]) -> str:
    return ",".join([meter, *(f"{one:.10g}" for one in cells)])


def counts(begin: float, used: list[int], multiplier: int = 1) -> list[float]:
    """Readings before the first period and at the end of each."""
    found = [begin]
    for one in used:
        found.append(found[-1] + one / multiplier)
    return found


def test_amounts_of_months_count_as_they_stand(tmp_path: Path) -> None:
    head = ",".join(["表号", *MONTHS, "合计"])
    lines = [row("E-1", [3 * one for one in USED]), row("E-2", USED), row("E-3", USED)]
    sums = [3 * sum(USED), sum(USED), sum(USED) + 7]
    text = "\n".join([head, *(f"{a},{b}" for a, b in zip(lines, sums, strict=True)), "合计,1,1"])
    title = "2025年各企业用电量统计表（单位：万千瓦时）\n"
    store, told = added(tmp_path, {"用电.csv": title + text})
    march = month(store, "2025-03")
    assert {name: one.amount // MICRO for name, one in march.items()} == {
        "园区": 1_180_000, "甲": 1_180_000, "乙": 1_180_000
    }  # fmt: skip
    assert all(one.complete for one in march.values())
    assert "合计行没有计入：第 6 行" in told[-1].decided[1].zh
    ledger, _ = meter_ledger(store, 2025).rows
    assert ledger.row["kwh"] == 3 * sum(USED) * 10_000
    (off,) = check_readings(store)  # the sum of E-3's row is 7 too many
    assert (off.kind, off.meter, off.line) == ("stated", "E-3", 5)


def test_readings_of_month_ends_are_told_from_amounts_by_their_growing(tmp_path: Path) -> None:
    names = ["2024-12", *(f"2025-{number:02d}" for number in range(1, 13))]
    head = ",".join(["表号", "倍率", *names])
    lines = [row("E-2,80", counts(500, USED, 80)), row("E-3,1", counts(7, USED))]
    store, told = added(tmp_path, {"a.csv": "\n".join([head, *lines])})
    assert "每格是示数，按当月终了计" in told[-1].decided[0].zh
    for number, used in enumerate(USED, start=1):
        found = month(store, f"2025-{number:02d}")
        assert found["甲"].amount == found["乙"].amount == used * MICRO


def test_the_reading_before_january_stands_in_a_column_of_its_own(tmp_path: Path) -> None:
    held = counts(7, USED)
    text = f"2025年示数\n表号,上年12月,{','.join(MONTHS)}\n{row('E-3', held)}\n"
    store, _ = added(tmp_path, {"a.csv": text})
    assert month(store, "2025-01")["乙"].amount == USED[0] * MICRO


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ([9, 9, 9], "看不出各格是示数还是当期用量"),
        ([1, 2, 3, 4, 5, 6, 7], None),
    ],
)
def test_cells_that_could_be_either_are_asked(
    tmp_path: Path, cells: list[float], what: str | None
) -> None:
    names = ",".join(f"2025年{number}月" for number in range(1, len(cells) + 1))
    text = f"表号,{names}\n{row('E-3', cells)}\n"
    if what is None:
        _, told = added(tmp_path, {"a.csv": text})
        assert "示数" in told[-1].decided[0].zh
        return
    with pytest.raises(InputError, match=what):
        added(tmp_path, {"a.csv": text})
    store, _ = added(tmp_path, {"a.csv": text}, cells="amount")
    assert month(store, "2025-02")["乙"].amount == cells[1] * MICRO


def test_sums_of_the_year_so_far_and_months_without_a_year_are_refused(tmp_path: Path) -> None:
    running = [sum(USED[: at + 1]) for at in range(12)]
    text = f"2025年用电量\n表号,{','.join(MONTHS)}\n{row('E-3', running)}\n"
    with pytest.raises(InputError, match="年初以来的累计用量"):
        added(tmp_path, {"a.csv": text})
    text = f"表号,{','.join(MONTHS)}\n{row('E-3', USED)}\n"
    with pytest.raises(InputError, match="没有写明年份"):
        added(tmp_path, {"a.csv": text})
    store, _ = added(tmp_path, {"2025年.csv": text})
    assert month(store, "2025-12")["乙"].amount == 122 * MICRO


def test_a_month_a_row_and_days_across(tmp_path: Path) -> None:
    down = "月份,表号,用量,单位\n202511,G-1,3.2,万m3\n202512,G-1,3,万m3\n"
    days = ",".join(f"{day}日" for day in range(1, 32))
    across = f"园区3月份日用电量,2025年\n表号,单位,{days}\nE-2,kWh,{','.join(['80'] * 31)}\n"
    store, _ = added(tmp_path, {"gas.csv": down, "day.csv": across})
    assert month(store, "2025-12")["丙"].amount == 30_000 * MICRO
    assert month(store, "2025-03")["甲"].amount == 31 * 80 * MICRO


def test_amounts_of_months_are_held_against_readings_and_stand_in_for_them(tmp_path: Path) -> None:
    reads = "表号,抄表日期,示数\nE-3,2025-01-01 00:00,0\nE-3,2025-02-01 00:00,125\n"
    text = f"2025年用电量\n表号,{','.join(MONTHS)}\n{row('E-3', [130, *USED[1:]])}\n"
    store, _ = added(tmp_path, {"reads.csv": reads, "a.csv": text})
    assert month(store, "2025-01")["乙"].amount == 125 * MICRO
    assert month(store, "2025-02")["乙"].amount == 101 * MICRO
    assert [(one.kind, one.meter) for one in check_readings(store, ["2025-01"])] == [
        ("stated", "E-3")
    ]


def test_a_meter_without_readings_makes_its_firm_unknown(tmp_path: Path) -> None:
    text = f"2025年用电量\n表号,{','.join(MONTHS)}\n{row('E-2', USED)}\n"
    store, _ = added(tmp_path, {"a.csv": text})
    found = month(store, "2025-01")
    assert {name: (one.complete, one.least) for name, one in found.items()} == {
        "甲": (True, True), "乙": (False, False), "园区": (False, False)
    }  # fmt: skip


def test_a_multiplier_beside_readings_is_held_against_the_list(tmp_path: Path) -> None:
    for number, text in enumerate(
        (
            "表号,时间,示数,倍率\nE-2,2025-03-01 00:00,1,120\n",
            "表号,抄表日期,上月示数,本月示数,倍率\nE-2,20250331,1,2,120\n",
            "表号,倍率,2025-01,2025-02,2025-03\n示数,,,,\nE-2,120,1,2,3\n",
        )
    ):
        with pytest.raises(InputError, match="倍率 120 与计量表清单的 80 不同"):
            added(tmp_path, {f"{number}.csv": text}, cells="reading" if number == 2 else "")


def test_a_list_says_what_it_changes(tmp_path: Path) -> None:
    store, _ = added(tmp_path, {})
    (tmp_path / "again.csv").write_text(LIST.replace("80", "60"), encoding="utf-8")
    (again,) = add_readings(store, [tmp_path / "again.csv"])
    assert [one.zh for one in again.decided if "改了" in one.zh] == ["改了已有的 E-2：倍率 80 → 60"]


def test_three_rows_of_heads_and_groups_that_name_their_columns(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for cells in (
        ["计量器具一览表"],
        ["编号", "表号", "企业", "能源品种", "互感器", None],
        [None, None, None, None, "CT", "PT"],
        [1, "K-1", "甲", "电", "400/5", "10kV/100V"],
    ):
        sheet.append(cells)
    made.save(tmp_path / "list.xlsx")
    store = Store(tmp_path / "store")
    add_readings(store, [tmp_path / "list.xlsx"])
    assert store.tree.of("K-1")[0].multiplier == 8000
    made = openpyxl.Workbook()
    sheet = made.active
    for cells in (
        ["表号", "时间", "反向有功", None, "正向有功", None],
        [None, None, "总", "峰", "总", "峰"],
        ["K-1", "2025-03-01 00:00", 5, 1, 100, 40],
        ["K-1", "2025-04-01 00:00", 6, 2, 103, 41],
    ):
        sheet.append(cells)
    made.save(tmp_path / "read.xlsx")
    add_readings(store, [tmp_path / "read.xlsx"])
    assert month(store, "2025-03")["甲"].amount == 3 * 8000 * MICRO


def test_slots_that_end_at_midnight_are_said_and_can_be_said_to_begin(tmp_path: Path) -> None:
    ends = [f"{quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in range(1, 97)]
    lines = [f"E-3,2025-03-{day:02d} {end},4" for day in range(1, 32) for end in ends]
    store, told = added(tmp_path, {"load.csv": "表号,时间,电量(kWh)\n" + "\n".join(lines)})
    assert "时间是区间末" in told[-1].decided[0].zh
    assert month(store, "2025-03")["乙"] == month(store, "2025-03")["乙"]._replace(
        amount=31 * 96 * 4 * MICRO, complete=True
    )


def test_a_month_a_row_and_a_meter_a_column(tmp_path: Path) -> None:
    lines = [f"2025年{at}月,{used},{used}" for at, used in enumerate(USED, start=1)]
    text = "月份,E-2(万kWh),E-3（度）\n" + "\n".join([*lines, "合计,1,1"])
    store, told = added(tmp_path, {"a.csv": text})
    assert "当月用量" in told[-1].decided[0].zh
    found = month(store, "2025-12")
    assert (found["甲"].amount, found["乙"].amount) == (1_220_000 * MICRO, 122 * MICRO)


def test_an_export_of_tags_with_qualities_of_opc(tmp_path: Path) -> None:
    lines = [
        "E-3;2025/3/1 0:00:00;10;192",
        "E-3;2025/3/15 0:00:00;0;24",
        "E-3;2025/4/1 0:00:00;42;192",
    ]
    store, _ = added(tmp_path, {"s.csv": "TagName;Timestamp;Value;Quality\n" + "\n".join(lines)})
    assert month(store, "2025-03")["乙"].amount == 32 * MICRO


def test_hours_from_1_to_24_are_ends(tmp_path: Path) -> None:
    lines = [f"E-3,2025-03-{day:02d},{hour},5" for day in range(1, 32) for hour in range(1, 25)]
    store, told = added(tmp_path, {"h.csv": "表号,日期,小时,用电量\n" + "\n".join(lines)})
    assert "时间是区间末" in told[-1].decided[0].zh
    assert month(store, "2025-03")["乙"].amount == 744 * 5 * MICRO


def test_a_text_file_of_two_readings_a_row_is_a_reading_sheet(tmp_path: Path) -> None:
    text = "户名,表号,抄表日期,上月表底,本月表底,倍率,电量(度)\n甲,E-2,20250131,500,512.5,80,1000\n"
    store, told = added(tmp_path, {"sheet.csv": text})
    assert told[-1].form.zh == "手工抄表"
    assert month(store, "2025-01")["甲"].amount == 1000 * MICRO
    assert not [one for one in check_readings(store) if one.level == "fault"]
