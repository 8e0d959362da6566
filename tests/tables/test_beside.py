"""Tables side by side, levels of names, units of file names: each figure with its own date."""

from pathlib import Path

import openpyxl
import pytest

from tanzhe.places import find_place
from tanzhe.series.table import table_series
from tanzhe.tables.look import look


def made(first: int, last: int, level: float) -> dict[str, float]:
    periods = [f"{y}-{m:02d}" for y in range(first, last + 1) for m in range(1, 13)]
    return {period: level + 7 * (i**3 % 61) for i, period in enumerate(periods)}


FIRST, SECOND = made(2017, 2019, 1000), made(2019, 2022, 2000)


def written(folder: Path, rows: list[list[object]], name: str = "t.xlsx") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize("gap", [[], [None], [None, None]])
@pytest.mark.parametrize("second", ["日期", "月份"])
@pytest.mark.parametrize(
    ("names", "asked"),
    [
        (("水泥（万吨）", "粗钢（万吨）"), (("云南", "水泥"), ("云南", "粗钢"))),
        (("云南", "贵州"), (("云南", "工业"), ("贵州", "工业"))),
    ],
)
def test_each_table_has_its_own_dates(
    tmp_path: Path, gap: list[None], second: str, names: tuple[str, str],
    asked: tuple[tuple[str, str], tuple[str, str]],
) -> None:  # fmt: skip
    left, right = list(FIRST.items()), list(SECOND.items())
    rows: list[list[object]] = [["日期", names[0], *gap, second, names[1]]]
    for i in range(max(len(left), len(right))):
        one = left[i] if i < len(left) else (None, None)
        rows.append([*one, *gap, *right[i]])
    path = written(tmp_path, rows)
    for (region, sector), truth in zip(asked, (FIRST, SECOND), strict=True):
        series = table_series(path, region, sector)
        assert dict(zip(series.periods, series.values, strict=True)) == pytest.approx(truth)
    roles = {c.place: c.role for c in look(path).telling.columns}
    assert roles["ABCDEFGH"[2 + len(gap)]] == "date"


def test_sectors_at_the_lower_level_of_the_header(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Month", "Emissions (10^4 t CO2)", None],
        [None, "Industry", "Power"],
    ]
    rows += [[period, v, v / 2] for period, v in FIRST.items()]
    path = written(tmp_path, rows)
    for sector, share in (("工业", 1), ("电力", 0.5)):
        series = table_series(path, "云南", sector)
        assert series.unit == "万吨CO2"
        assert series.values == pytest.approx([share * v for v in FIRST.values()])


@pytest.mark.parametrize(
    ("name", "unit"),
    [("云南_工业_万吨CO2.xlsx", "万吨CO2"), ("工业排放（Mt）.xlsx", "MtCO2"), ("工业_t.xlsx", "1")],
)
def test_a_unit_in_the_name_of_the_file(tmp_path: Path, name: str, unit: str) -> None:
    rows: list[list[object]] = [["日期", "数值"], *map(list, FIRST.items())]
    assert table_series(written(tmp_path, rows, name), "云南", "工业").unit == unit
    said = [["日期", "数值（吨CO2）"], *map(list, FIRST.items())]
    assert table_series(written(tmp_path, said, name), "云南", "工业").unit == "tCO2"


def test_names_of_provinces_in_atlases(tmp_path: Path) -> None:
    names = {
        "Nei Mongol": "内蒙古", "Xinjiang Uygur": "新疆", "Ningxia Hui": "宁夏", "Xizang": "西藏",
        "Yunnan Sheng": "云南", "Guangxi Zhuangzu Zizhiqu": "广西", "Beijing Shi": "北京",
    }  # fmt: skip
    assert {name: find_place(name).zh for name in names} == names
    rows: list[list[object]] = [["Month", *names]]
    rows += [[period, *(v + k for k in range(len(names)))] for period, v in FIRST.items()]
    path = written(tmp_path, rows)
    for k, zh in enumerate(names.values()):
        values = table_series(path, zh, "工业").values
        assert values == pytest.approx([v + k for v in FIRST.values()])
