"""What a table says it is about is held against what was asked, on both sides of each rule."""

from pathlib import Path

import pytest

from tanzhe.errors import InputError
from tanzhe.model import Series
from tanzhe.series.subject import smaller_places
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.naming import sectors_in

MONTHS = [f"{y}-{m:02d}" for y in (2020, 2021, 2022) for m in range(1, 13)]
VALUES = [31 + i**3 % 37 for i in range(36)]


def read(
    folder: Path, lines: list[str], region: str = "云南", sector: str = "工业",
    choices: Choices = DEFAULT, name: str = "t.csv",
) -> Series:  # fmt: skip
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return table_series(path, region, sector, choices)


def said(*args: object, **more: object) -> str:
    with pytest.raises(InputError) as caught:
        read(*args, **more)  # type: ignore[arg-type]
    assert len(caught.value.faults) == 1
    return caught.value.said("zh")


def one(header: str, *above: str) -> list[str]:
    return [*above, f"日期,{header}", *(f"{m},{v}" for m, v in zip(MONTHS, VALUES, strict=True))]


def pivot(*names: str) -> list[str]:
    rows = zip(MONTHS, VALUES, strict=True)
    many = len(names) - 1
    return [
        ",".join(["Row Labels", *names]),
        *(f"{m},{','.join(str(v * (i + 1)) for i in range(many))},{v * many * (many + 1) // 2}"
          for m, v in rows),
    ]  # fmt: skip


@pytest.mark.parametrize("total", ["Grand Total", "总计", "两省合计", "西南小计"])
def test_a_total_is_no_region(tmp_path: Path, total: str) -> None:
    lines = pivot("Sum of 云南", "Sum of 四川", total)
    series = read(tmp_path, lines)
    assert series.values == tuple(map(float, VALUES))
    assert [peer.region for peer in series.peers] == ["CN-SC"]
    assert read(tmp_path, lines, "四川").values[0] == 2.0 * VALUES[0]
    assert "表中没有地区“贵州”" in said(tmp_path, lines, "贵州")


def test_a_total_of_other_things_is_still_the_value(tmp_path: Path) -> None:
    series = read(tmp_path, pivot("煤炭", "天然气", "合计"))
    assert series.values[0] == 3.0 * VALUES[0]


@pytest.mark.parametrize(
    ("above", "header"),
    [((), "工业碳排放（万吨）"), (("分省工业碳排放,",), "数值"), ((), "industry_co2_mt")],
)
def test_another_sector_is_refused(tmp_path: Path, above: tuple[str, ...], header: str) -> None:
    lines = one(header, *above)
    assert "表中写的是工业，问的是电力" in said(tmp_path, lines, "云南", "电力")
    assert read(tmp_path, lines).sector == "industry"
    assert read(tmp_path, lines, "云南", "自定部门").sector == "自定部门"


def test_a_good_is_no_sector(tmp_path: Path) -> None:
    """电力 in kilowatt hours is used by industry; both named together are no conflict."""
    assert read(tmp_path, one("电力（亿千瓦时）")).unit == "亿千瓦时"
    assert read(tmp_path, one("工业和电力碳排放（万吨）")).sector == "industry"


@pytest.mark.parametrize(
    "header",
    ["二氧化硫排放量(吨)", "ch4_emissions_kt", "碳汇量（万吨）", "NOx (t)", "碳配额（万吨）",
     "碳排放配额（万吨）",
     "SO₂（吨）", "甲烷排放（万吨CO2当量）"],
)  # fmt: skip
def test_other_gases_and_sinks_are_refused(tmp_path: Path, header: str) -> None:
    assert "不是二氧化碳排放" in said(tmp_path, one(header))


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("碳排放（万吨）", "万吨CO2"), ("CO₂ (Mt)", "MtCO2"), ("数值（万吨）", "万吨CO2"),
        ("扣除碳汇的净排放（万吨）", "万吨CO2"), ("温室气体排放（万吨）", "万吨CO2"),
    ],
)  # fmt: skip
def test_tonnes_of_a_sector_are_co2_where_nothing_speaks_against_it(
    tmp_path: Path, header: str, unit: str
) -> None:
    series = read(tmp_path, one(header))
    assert series.unit == unit
    assert "not_emissions" not in [note.code for note in series.notes]


@pytest.mark.parametrize(
    ("header", "unit"),
    [("粗钢产量(万吨)", "万吨"), ("原煤消费量（万吨）", "万吨"), ("发电量(亿千瓦时)", "亿千瓦时"),
     ("焦炭（万吨）", "万吨"), ("水泥（万吨）", "万吨"),
     ("coal consumption (t)", "t")],
)  # fmt: skip
def test_output_and_energy_keep_their_unit(tmp_path: Path, header: str, unit: str) -> None:
    series = read(tmp_path, one(header))
    assert series.unit in (unit, "吨")
    assert "not_emissions" in [note.code for note in series.notes]


def test_cities_are_not_their_province(tmp_path: Path) -> None:
    head = ["日期,地区,碳排放（万吨）"]
    rows = [
        f"{m},{c},{v}" for m, v in zip(MONTHS, VALUES, strict=True) for c in ("吉林市", "长春市")
    ]
    assert "表中没有地区“吉林”" in said(tmp_path, head + rows, "吉林")
    assert read(tmp_path, head + rows, "吉林市").region == "吉林市"
    provinces = [row.replace("吉林市", "吉林省").replace("长春市", "北京市") for row in rows]
    assert read(tmp_path, head + provinces, "吉林").region == "CN-JL"
    assert read(tmp_path, head + provinces, "北京").region == "CN-BJ"


@pytest.mark.parametrize(
    "title", ["昆明市工业碳排放", "昆明高新区碳排放", "滇中新区碳排放", "大理白族自治州碳排放"]
)
def test_a_city_or_park_in_the_title(tmp_path: Path, title: str) -> None:
    assert "问的是云南" in said(tmp_path, one("数值", f"{title},"))
    assert read(tmp_path, one("数值", f"{title},"), "我的园区").region == "我的园区"


@pytest.mark.parametrize(
    "title",
    ["云南省工业碳排放", "云南省重点工业园区碳排放", "数据来源：昆明市统计局", "云南市场碳排放"],
)
def test_a_title_of_the_province(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, one("数值", f"{title},")).region == "CN-YN"


def test_the_nation_and_all_sectors_are_not_what_was_asked(tmp_path: Path) -> None:
    assert "全国" in said(tmp_path, one("全国碳排放（万吨）"))
    assert read(tmp_path, one("全国碳排放（万吨）"), "全国").region == "CN"
    assert read(tmp_path, one("数值", "全国碳市场覆盖企业,")).region == "CN-YN"
    assert "全社会" in said(tmp_path, one("全社会碳排放（万吨）"))
    assert read(tmp_path, one("全社会工业碳排放（万吨）")).sector == "industry"


def test_a_fuel_among_emissions_is_emissions(tmp_path: Path) -> None:
    assert read(tmp_path, one("煤炭（万吨）", "云南省工业分品种碳排放,")).unit == "万吨CO2"
    assert read(tmp_path, one("煤炭（万吨）", "云南省工业能源,")).unit == "万吨"


def test_title_and_file_name_of_two_provinces(tmp_path: Path) -> None:
    lines = one("数值", "贵州省工业碳排放,")
    for asked in ("云南", "贵州"):
        assert "贵州、云南" in said(tmp_path, lines, asked, name="云南省_排放.csv")
    assert read(tmp_path, lines, "贵州", name="贵州省_排放.csv").region == "CN-GZ"


def test_what_names_speak_of() -> None:
    assert sectors_in("水泥产量") == ("cement",) and sectors_in("power_co2") == ("power",)
    assert [p.name for p in smaller_places("云南省曲靖市")] == ["曲靖市"]
    assert smaller_places("昆明市统计局") == ()
