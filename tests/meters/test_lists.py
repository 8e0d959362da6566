"""Lists of meters and tables of readings as people keep them, none of them made for the product."""

from pathlib import Path

import openpyxl
import pytest

from tanzhe.api.meters.readings import add_readings
from tanzhe.errors import InputError
from tanzhe.meters.clock import DAY, month_begin
from tanzhe.meters.engine import month_by_firm
from tanzhe.meters.forms.headings import long_columns
from tanzhe.meters.forms.monthly import read_monthly
from tanzhe.meters.months import settle
from tanzhe.meters.rows import MICRO, Row, batch_of
from tanzhe.meters.store import Store
from tanzhe.meters.tree import Meter

LIST = "表号,企业,能源品种,上级表,倍率\nE-1,园区,电,,10\nE-2,甲,电,E-1,1\nE-10,乙,电,E-1,1\n"


def listed(
    folder: Path, text: str, encoding: str = "utf-8", fields: dict[str, str] | None = None
) -> dict[str, Meter]:
    """The meters of a list by name."""
    path = folder / "list.csv"
    path.write_text(text, encoding=encoding)
    store = Store(folder / "store")
    add_readings(store, [path], fields=fields)
    return {one.meter: one for one in store.tree.meters}


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        listed(folder, text)
    return [one.said("zh") for one in caught.value.faults]


def book(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def energy(folder: Path, month: str, files: dict[str, str], **asked: str) -> dict[str, float]:
    """What each meter of a month counted, where files of readings are added to the list."""
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    store = Store(folder / "store")
    add_readings(store, [folder / one for one in ("list.csv", *files)], **asked)  # type: ignore[arg-type]
    settle(store, [month])
    return {one.firm: one.amount / MICRO for one in month_by_firm(store, [month])}


def test_a_list_without_firms_asks_once_and_takes_a_column_or_a_name(tmp_path: Path) -> None:
    text = (
        "计量表编号,仪表名称,安装位置,用能介质,上级表\n"
        "E-1,总进线,变电所,电,\nE-2,铸造,铸造厂,电,总进线\nW-1,总水表,泵房,自来水,\n"
    )
    told = refused(tmp_path, text)
    assert len(told) == 1
    assert "没有“企业”列" in told[0]
    assert "--field firm=" in told[0]
    found = listed(tmp_path, text, fields={"firm": "安装位置"})
    assert (found["E-2"].firm, found["E-2"].parent, found["W-1"].carrier) == (
        "铸造厂",
        "E-1",
        "water",
    )
    assert found["E-1"].points == ("总进线",)
    found = listed(tmp_path, text, fields={"企业": "某公司"})
    assert {one.firm for one in found.values()} == {"某公司"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Meter ID,Description,Tenant,Utility,Parent Meter,CT ratio,PT ratio,UoM\n"
            "M1,Main,Park,Electricity,,200/5,10kV/100V,kWh\nM2,Shop,Alpha,Gas,,,,Nm³\n",
            "utf-8",
        ),
        (
            "序号;表计编码;用能单位;能源种类;计量单位;CT变比;PT变比;上级\n"
            "1;M1;Park;电力;千瓦时;200/5;10000/100;无\n2;M2;Alpha;燃气;标方;;;\n",
            "gb18030",
        ),
    ],
)
def test_ratios_words_and_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    found = listed(tmp_path, text, encoding)
    assert (found["M1"].multiplier, found["M1"].carrier, found["M1"].unit) == (
        4000,
        "electricity",
        "kWh",
    )
    assert (found["M2"].carrier, found["M2"].unit, found["M2"].firm) == (
        "natural_gas",
        "Nm3",
        "Alpha",
    )


def test_every_sheet_is_read_and_the_carrier_comes_from_its_name(tmp_path: Path) -> None:
    path = book(
        tmp_path / "lists.xlsx",
        {
            "电表": [["台账"], ["表号", "所属企业", "倍率"], ["E1", "甲", 10], ["E2", None, 20]],
            "水表": [["表号", "所属企业", "单位"], ["W1", "甲", "吨"]],
            "说明": [["请勿改动"]],
        },
    )
    store = Store(tmp_path / "store")
    added = add_readings(store, [path])
    found = {one.meter: (one.firm, one.carrier, one.unit) for one in store.tree.meters}
    assert found == {
        "E1": ("甲", "electricity", "kWh"),
        "E2": ("甲", "electricity", "kWh"),
        "W1": ("甲", "water", "m3"),
    }
    told = "".join(words.zh for one in added for words in one.decided)
    assert "第 4 行空着的企业或品种取上一行的" in told
    assert "没有读的工作表：说明" in told


def test_instruments_say_their_carrier_and_sums_are_no_meters(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        "管理编号,计量器具名称,企业,状态\nD1,三相四线电能表,甲,停用\nS1,水表,甲,合格\n"
        "Q1,涡街蒸汽流量计,乙,合格\n合计,3块,,\n填表人：王,,,审核：\n",
    )
    assert {name: one.carrier for name, one in found.items()} == {
        "D1": "electricity",
        "S1": "water",
        "Q1": "steam",
    }


def test_a_wrong_list_is_told_once_a_fault(tmp_path: Path) -> None:
    head = "表号,企业,能源品种,单位,上级表\n"
    told = refused(tmp_path, head + "".join(f"E{k},,石油,kWh,\n" for k in range(5)))
    assert len(told) == 2
    assert all("第 2、3、4、5、6 行" in one for one in told)
    (told_unit,) = refused(tmp_path, f"{head}H,甲,热力,MWh,\n")
    assert "1 MWh = 3.6 GJ" in told_unit
    (parent,) = refused(tmp_path, f"{head}E1,甲,电,,二级变\n")
    assert "没有上级表“二级变”" in parent
    (firms,) = refused(tmp_path, "企业,统一社会信用代码,行业\n甲,91530000X,铸造\n")
    assert "也不是计量表清单" in firms


def test_a_column_a_meter_a_total_row_and_chinese_hours(tmp_path: Path) -> None:
    rows = "".join(f"2025年3月1日 {h}时,{50 + h % 5},{20 + h % 3},1\n" for h in range(24))
    text = f"时间,E-1（kWh）,E-2（kWh）,备用（kWh）\n{rows}合计,1247,504,24\n"
    found = energy(tmp_path, "2025-03", {"wide.csv": text})
    own, whole = sum(20 + h % 3 for h in range(24)), sum(50 + h % 5 for h in range(24))
    assert found == {"甲": own, "园区": whole - own, "乙": 0.0}  # E-10 has no readings


def test_columns_that_never_fall_are_registers(tmp_path: Path) -> None:
    rows = "".join(f"2025-03-{day:02d},{1000 + 7 * day},{500 + 3 * day}\n" for day in range(1, 11))
    found = energy(tmp_path, "2025-03", {"wide.csv": f"日期,E-2,E-10\n{rows}"})
    assert found == {"甲": 63.0, "乙": 27.0, "园区": -90.0}


def test_a_file_a_meter_is_known_by_its_name(tmp_path: Path) -> None:
    def rows(gain: int) -> str:
        return "时间,示数\n" + "".join(f"2025-03-0{k},{gain * k}\n" for k in range(1, 8))

    files = {"E-2.csv": rows(2), "2025年E-10读数.csv": rows(5)}
    assert energy(tmp_path, "2025-03", files) == {"甲": 12.0, "乙": 30.0, "园区": -42.0}
    (tmp_path / "总表.csv").write_text(rows(1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        add_readings(Store(tmp_path / "store"), [tmp_path / "总表.csv"])
    assert "--meter" in caught.value.said("zh")


def test_units_of_headings_days_beside_times_and_worksheet_days(tmp_path: Path) -> None:
    files = {
        "energy.csv": "表号,日期,时间,电量(MWh)\n"
        + "".join(f"E-2,2025/3/1,{h}:00,0.005\n" for h in range(24)),
        "serial.csv": "表号,时间,示数\n"
        + "".join(f"E-10,{45717 + k / 24:.6f},{3 * k}\n" for k in range(25)),
    }
    assert energy(tmp_path, "2025-03", files) == {"甲": 120.0, "乙": 72.0, "园区": -192.0}
    (tmp_path / "heat.csv").write_text("表号,能源品种,企业\nH,热力,甲\n", encoding="utf-8")
    (tmp_path / "kwh.csv").write_text("表号,时间,示数(kWh)\nH,2025-03-01,1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        add_readings(Store(tmp_path / "store"), [tmp_path / "heat.csv", tmp_path / "kwh.csv"])
    assert "H 的读数单位是 kWh，清单里是 GJ" in caught.value.said("zh")


def test_sheets_of_months_and_heads_of_two_rows(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    head: list[list[object]] = [
        ["抄表记录"],
        ["表号", "抄表时间", "正向有功示数", None, None],
        [None, None, "总", "峰", "谷"],
    ]
    rows = {
        month: [["E-2", f"2025-0{month}-{day:02d}", 100 * month + 4 * day, day, 3 * day]
                for day in (1, 11, 21)]
        for month in (1, 2)
    }  # fmt: skip
    path = book(tmp_path / "year.xlsx", {f"{m}月": head + rows[m] for m in rows})
    store = Store(tmp_path / "store")
    added = add_readings(store, [tmp_path / "list.csv", path])
    assert [(one.file, one.source.stored if one.source else 0) for one in added[1:]] == [
        ("year.xlsx［1月］", 9),
        ("year.xlsx［2月］", 9),
    ]
    assert [one.again for one in add_readings(store, [path])] == [True]


def test_hours_from_midnight_are_asked_and_months_of_firms_name_no_meter(
    tmp_path: Path,
) -> None:
    hours = "表号,日期,类型," + ",".join(f"{h:02d}:00" for h in range(24))
    text = f"{hours}\n" + "".join(f"E-2,2025-03-0{k},电量{',5' * 24}\n" for k in (1, 2))
    with pytest.raises(InputError) as caught:
        energy(tmp_path, "2025-03", {"day.csv": text})
    assert "--slots begin" in caught.value.said("zh")
    assert energy(tmp_path, "2025-03", {"day.csv": text}, slots="begin")["甲"] == 240.0
    months = "企业," + ",".join(f"{m}月" for m in range(1, 13)) + f"\n甲{',5' * 12}\n"
    with pytest.raises(InputError) as caught:
        energy(tmp_path, "2025-03", {"months.csv": months})
    assert "没有写明是哪块表" in caught.value.said("zh")


@pytest.mark.parametrize(
    "head",
    [
        "表号,抄表日期,本期示数",
        "设备编码,本次抄表日期,止码",
        "Meter ID,Reading date,Current reading",
    ],
)
def test_readings_of_the_last_days_of_months_are_as_of_their_ends(
    tmp_path: Path, head: str
) -> None:
    days = ("2025-02-28", "2025-03-31", "2025-04-30")
    rows = "".join(f"E-2,{day},{100 * k}\nE-10,{day},{30 * k}\n" for k, day in enumerate(days))
    found = energy(tmp_path, "2025-03", {"monthly.csv": f"{head}\n{rows}"})
    assert found == {"甲": 100.0, "乙": 30.0, "园区": -130.0}


def test_one_day_within_a_month_leaves_days_where_they_begin(tmp_path: Path) -> None:
    rows = "E-2,2025-03-01,0\nE-2,2025-03-31,240\nE-2,2025-04-01,248\n"
    found = energy(tmp_path, "2025-03", {"daily.csv": f"表号,抄表日期,示数\n{rows}"})
    assert found["甲"] == 248.0  # from the first of March to the first of April


def test_a_meter_read_on_the_25th_is_told_that_months_have_no_figure(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    rows = "E-2,2025-03-25,0\nE-2,2025-04-25,600\nE-2,2025-05-25,1100\n"
    (tmp_path / "m.csv").write_text(f"表号,抄表日期,示数\n{rows}", encoding="utf-8")
    (tmp_path / "first.csv").write_text(
        "表号,抄表日期,示数\nE-10,2025-03-01,0\nE-10,2025-04-01,9\n", encoding="utf-8"
    )
    store = Store(tmp_path / "store")
    add_readings(store, [tmp_path / "list.csv"])
    (told,) = add_readings(store, [tmp_path / "m.csv"])
    assert any("不在月初" in one.zh for one in told.decided)
    (told,) = add_readings(store, [tmp_path / "first.csv"])
    assert not any("不在月初" in one.zh for one in told.decided)


def test_a_workbook_of_the_last_days_of_months_is_read_as_the_text_is(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    days = ("2025-02-28", "2025-03-31", "2025-04-30")
    rows: list[list[object]] = [["E-2", day, 100 * k] for k, day in enumerate(days)]
    made = book(tmp_path / "monthly.xlsx", {"抄表": [["表号", "抄表日期", "本期示数"], *rows]})
    store = Store(tmp_path / "store")
    add_readings(store, [tmp_path / "list.csv", made])
    settle(store, ["2025-03"])
    found = {one.firm: one.amount / MICRO for one in month_by_firm(store, ["2025-03"])}
    assert found["甲"] == 100.0


def test_a_part_of_a_long_table_is_no_list_of_monthly_readings() -> None:
    columns = long_columns(["表号", "日期", "示数"])
    assert columns is not None
    ends = [month_begin(662) - DAY, month_begin(663) - DAY]
    month, other = (batch_of([Row("E", one, 5, 2)]) for one in ends)
    alone = list(read_monthly(iter([month]), columns))
    assert alone[0].rows.time.tolist() == [month_begin(662)]
    parts = list(read_monthly(iter([other, month]), columns))
    assert [one.rows.time.tolist() for one in parts] == [[ends[1]], [ends[0]]]
