from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from tanzhe.errors import InputError
from tanzhe.series.stated_unit import stated_unit
from tanzhe.series.table import table_series

MONTHS = [f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)]
PLAIN = ["日期,数值", *(f"{m},{30 + i**3 % 37}" for i, m in enumerate(MONTHS))]


def saved(tmp_path: Path, lines: list[str], encoding: str = "utf-8", name: str = "t.csv") -> Path:
    path = tmp_path / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def faults(path: Path, region: str = "云南", sector: str = "工业") -> str:
    with pytest.raises(InputError) as caught:
        table_series(path, region, sector)
    return caught.value.said("en")


@pytest.mark.parametrize(
    "rows",
    [
        ["2021-01,3"],
        ["2019-01,3", "2020-01,4", "2021-01,5"],
        [f"{month},{3 if month.endswith('-01') else ''}" for month in MONTHS],
        [f"2021-01-{day:02d},3" for day in range(1, 32)],
        ["2020-01-31,3", "2021-01-31,4"],
    ],
    ids=["one", "years", "others empty", "days", "ends"],
)
def test_january_alone_is_no_period(tmp_path: Path, rows: list[str]) -> None:
    said = faults(saved(tmp_path, ["日期,数值", *rows])).splitlines()
    assert said == [
        "[t.csv] Only Januaries: January and February are one period, and January alone is none. "
        "Add the other months; at least 22 periods (January-February is one)"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_three_encodings(tmp_path: Path, encoding: str) -> None:
    series = table_series(saved(tmp_path, PLAIN, encoding), "云南", "工业")
    assert (series.region, series.sector, series.frequency) == ("CN-YN", "industry", "month")
    assert (series.periods[0], len(series), series.values[-1]) == ("2020-01", 36, 59.0)
    assert [n.code for n in series.notes] == ["unit_not_stated"]
    assert len(series.sha256) == 64


def test_xlsx_with_dates(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    dates = [datetime(int(m[:4]), int(m[5:]), 28) for m in MONTHS]
    frame = pd.DataFrame({"月份": dates, "碳排放量（万吨CO2）": range(1, 37), "备注": "x"})
    frame.to_excel(path, index=False)
    series = table_series(path, "滇中新区", "industry")
    assert (series.region, series.frequency, series.unit) == ("滇中新区", "month", "万吨CO2")
    assert series.periods[4] == "2020-05"


def test_parquet_with_regions_and_sectors(tmp_path: Path) -> None:
    rows = [
        {"period": m, "emissions": 2.0 + i, "region": r, "sector": s, "unit": "Mt" + "CO2"}
        for i, m in enumerate(MONTHS)
        for r in ("Yunnan", "Gansu", "Beijing")
        for s in ("Industry", "Power")
    ]
    path = tmp_path / "t.parquet"
    pd.DataFrame(rows).to_parquet(path)
    series = table_series(path, "云南", "电力")
    assert (series.region, series.unit, series.values[0]) == ("CN-YN", "MtCO2", 2.0)
    assert {peer.region for peer in series.peers} == {"CN-GS", "CN-BJ"}
    said = faults(path, "西藏", "航空")
    assert "CN-" not in said and "Gansu" in said and "Power" in said


def test_year_and_month_columns(tmp_path: Path) -> None:
    lines = ["year,month,co2", *(f"{m[:4]},{int(m[5:])},3" for m in MONTHS)]
    assert table_series(saved(tmp_path, lines), "x", "y").periods == tuple(MONTHS)


def test_years(tmp_path: Path) -> None:
    lines = ["年份,排放量(亿吨)", *(f"{y},{y - 1990}" for y in range(2000, 2020))]
    series = table_series(saved(tmp_path, lines), "云南", "工业")
    assert (series.frequency, series.unit, series.values[0]) == ("year", "MtCO2", 1000.0)


def test_no_january_means_merged(tmp_path: Path) -> None:
    lines = [line for line in PLAIN if "-01," not in line]
    series = table_series(saved(tmp_path, lines), "云南", "工业")
    assert series.merged and len(series) == 33


def test_a_few_holes_are_kept_empty(tmp_path: Path) -> None:
    lines = [line for line in PLAIN if not line.startswith("2021-05")]
    lines[8] = lines[8].split(",")[0] + ","
    series = table_series(saved(tmp_path, lines), "云南", "工业")
    assert series.values[16] is None and series.values[7] is None
    assert "calendar_holes" in [n.code for n in series.notes]


def test_many_holes_are_refused(tmp_path: Path) -> None:
    lines = PLAIN[:20] + PLAIN[26:]
    assert "periods are missing" in faults(saved(tmp_path, lines))


def test_all_faults_with_row_and_column(tmp_path: Path) -> None:
    lines = [*PLAIN, "昨天,3", "2023-01,很多", "2023-02,inf"]
    said = faults(saved(tmp_path, lines))
    assert "[t.csv, 38, 数值] Not a date: “昨天”" in said
    assert "[t.csv, 39, 40, 数值] Not a finite number: “很多”, “inf”" in said


def test_bad_rows_of_the_series(tmp_path: Path) -> None:
    head = "date,value,unit"
    lines = [head, *(f"{m},1,MtCO2" for m in MONTHS), "2022-12,2,MtCO2", "2023-01,-1,tCO2"]
    said = faults(saved(tmp_path, lines))
    assert "2022-12 stands twice" in said
    said = faults(saved(tmp_path, [line for line in lines if ",2," not in line]))
    assert "Mixed units" in said


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "t.csv", "empty"),
        (b"\n\n", "t.csv", "nothing"),
        ("日期,数值\n".encode(), "t.csv", "below the header"),
        (b"%PDF-1.7 ...", "t.csv", "PDF"),
        (b"PK\x03\x04broken", "t.xlsx", "Broken workbook"),
        (b"PAR1broken", "t.parquet", "Broken Parquet"),
        (b"\x00\x01\x02" * 9, "t.csv", "GB18030"),
        (b"<!DOCTYPE html><html>", "t.csv", "web page"),
        (b"x", "t.docx", "not read"),
        (b"a,b\n1,2\n", "t.csv", "No date column"),
        (b"date,value,co2\n2020,1,2\n", "t.csv", "Several value columns: value, co2"),
        (b"date,value\n2020,\n2021,\n", "t.csv", "value column is empty"),
        (b"date,value\n2020-05,1\n2020-06,2\n", "t.csv", "Only 2 periods"),
        (b"date,value\n2020-05,1\n2020,2\n", "t.csv", "Dates mix"),
        (b"date,value,unit\n2020,1,bushel\n2021,1,bushel\n", "t.csv", "Unknown unit"),
        ("date,气温（℃）\n2020,1\n2021,2\n".encode(), "t.csv", "Unknown unit: “℃”"),
        ("date,常住人口（万人）\n2020,1\n2021,2\n".encode(), "t.csv", "Unknown unit: “万人”"),
    ],
)
def test_refusals(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in faults(path)


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in faults(tmp_path / "none.csv")


def test_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tanzhe.tables.grid.LARGEST_BYTES", 100)
    assert "over" in faults(saved(tmp_path, PLAIN))


def test_many_faults_are_one_message(tmp_path: Path) -> None:
    lines = ["date,value", *(f"x{i},1" for i in range(500))]
    said = faults(saved(tmp_path, lines))
    assert said == "[t.csv] Not a date in “date”: “x0”. Write dates like 2021-05"


def test_unusable_peer_is_left_out(tmp_path: Path) -> None:
    lines = ["date,value,region", *(f"{m},1,云南" for m in MONTHS), "2020-01,-5,甘肃"]
    series = table_series(saved(tmp_path, lines), "云南", "工业")
    assert series.peers == ()
    told = {note.code: note for note in series.notes}["unfit_peers"]
    assert "CN-GS" in told.zh and "CN-GS" in told.en


@pytest.mark.parametrize(
    ("told", "sector", "unit", "scale"),
    [
        ("t", "industry", "tCO2", 1),
        ("吨", "industry", "tCO2", 1),
        ("万吨二氧化碳", "industry", "万吨CO2", 1),
        ("百万吨", "industry", "MtCO2", 1),
        ("Mt CO₂", "某部门", "MtCO2", 1),
        ("亿吨CO2", "industry", "MtCO2", 100),
        ("吨", "cement", "t", 1),
        ("万吨CO2", "cement", "万吨CO2", 1),
        ("亿千瓦小时", "power_generation", "亿千瓦时", 1),
    ],
)
def test_units(told: str, sector: str, unit: str, scale: float) -> None:
    assert stated_unit(told, sector, where="x") == (unit, scale)


@pytest.mark.parametrize(
    ("column", "unit"), [("碳排放（吨）", "tCO2"), ("水泥产量（吨）", "t"), ("数值（吨）", "t")]
)
def test_emissions_of_a_product_are_no_output(tmp_path: Path, column: str, unit: str) -> None:
    path = tmp_path / "plant.csv"
    path.write_text(
        "\n".join(
            [f"月份,{column}", *(f"{m},{1200 + 37 * i * i % 91}" for i, m in enumerate(MONTHS))]
        ),
        "utf-8",
    )
    assert table_series(path, "某厂", "cement").unit == unit


def test_rows_without_region_beside_rows_with_one(tmp_path: Path) -> None:
    lines = ["date,value,region", *(f"{m},1,云南" for m in MONTHS), "2023-01,5,"]
    assert "1 rows have no region" in faults(saved(tmp_path, lines))


def test_two_spellings_of_one_region_are_one(tmp_path: Path) -> None:
    lines = ["date,value,region"]
    lines += [f"{m},1,{('云南', '云南省')[i % 2]}" for i, m in enumerate(MONTHS)]
    assert len(table_series(saved(tmp_path, lines), "Yunnan", "工业")) == 36
    lines = ["date,value,region"]
    lines += [f"{m},1,{('Park A', 'park-a')[i % 2]}" for i, m in enumerate(MONTHS)]
    series = table_series(saved(tmp_path, lines), "PARK A", "工业")
    assert (len(series), series.region) == (36, "Park A")


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet"])
def test_broken_binary_files_are_refused_cleanly(tmp_path: Path, name: str) -> None:
    frame = pd.DataFrame({"date": MONTHS, "value": range(1, 37)})
    path = tmp_path / name
    if name.endswith("xlsx"):
        frame.to_excel(path, index=False)
    else:
        frame.to_parquet(path)
    whole = path.read_bytes()
    for cut in range(20, len(whole), max(1, len(whole) // 40)):
        path.write_bytes(whole[:cut])
        with pytest.raises(InputError):
            table_series(path, "x", "y")
        broken = bytearray(whole)
        broken[cut : cut + 8] = b"\x00" * 8
        path.write_bytes(bytes(broken))
        try:
            table_series(path, "x", "y")
        except InputError as error:
            assert error.faults


def test_rows_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tanzhe.tables.grid.MOST_ROWS", 20)
    path = tmp_path / "t.parquet"
    pd.DataFrame({"date": MONTHS, "value": range(36)}).to_parquet(path)
    assert "limit" in faults(path)
    assert "Over 20 rows" in faults(saved(tmp_path, PLAIN))


def test_unfolding_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.xlsx"
    pd.DataFrame({"date": MONTHS, "value": range(36)}).to_excel(path, index=False)
    monkeypatch.setattr("tanzhe.tables.grid.MOST_UNFOLDED", 100)
    assert "unfolds" in faults(path)


@pytest.mark.parametrize(
    "told", ["吨标煤/万元", "tCO2/人", "g CO2 per kWh", "千克标准煤每吨", "元／吨", "gCO2/kWh"]
)
def test_an_intensity_is_said_to_be_one(told: str) -> None:
    with pytest.raises(InputError) as caught:
        stated_unit(told, "industry", where="x.csv")
    assert "intensity" in caught.value.said("en") and "强度" in caught.value.said("zh")


@pytest.mark.parametrize("told", ["万桶/日", "斗每月", "cwt per year"])
def test_a_unit_by_time_is_no_intensity(told: str) -> None:
    with pytest.raises(InputError) as caught:
        stated_unit(told, "industry", where="x.csv")
    assert "Unknown unit" in caught.value.said("en")
