"""The forms in which the statistics office's site hands out provincial months."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.series.additions import Published
from tanzhe.series.downloads import Download, read_download
from tanzhe.series.indicators import Said, said

CASES = Path(__file__).parents[3] / "shared/data/field_cases"
TITLE = "数据库：分省月度数据\n时间：最近3个月\n"


def read(text: str, **told: str) -> Download:
    rows = list(csv.reader(io.StringIO(text)))
    return read_download([rows], "f.csv", **told)  # type: ignore[arg-type]


def of(text: str, **told: str) -> set[tuple[str, str, str, str, float]]:
    return {tuple(one) for one in read(text, **told).published}


def refusal(text: str, **told: str) -> str:
    with pytest.raises(InputError) as caught:
        read(text, **told)
    return caught.value.said("en")


CEMENT = {
    ("cement", "530000", "year_to_date", "2025-02", 500.0),
    ("cement", "530000", "year_to_date", "2025-03", 900.0),
    ("cement", "510000", "year_to_date", "2025-02", 600.0),
}
FORMS = {
    "months across": TITLE + "指标：水泥产量_累计值(万吨)\n地区,2025年3月,2025年2月,2025年1月\n"
    "北京市,,,\n云南省,900,500,\n四川省,,600,\n数据来源：国家统计局\n",
    "months down": "水泥产量_累计值(万吨)\n时间,云南省,四川省\n2025年2月,500,600\n2025年3月,900,\n",
    "one province": "地区：云南省\n指标,2025年3月,2025年2月\n水泥产量_累计值(万吨),900,500\n"
    "水泥产量_累计增长(%),-3.2,1.0\n地区：四川省\n指标,2025年3月,2025年2月\n"
    "水泥产量_累计值(万吨),,600\n",
    "long": "地区,指标,时间,数值,单位\n云南,水泥产量_累计值,202502,500,万吨\n"
    "云南,水泥产量_累计值,202503,\"9,000,000\",吨\n四川,水泥产量_累计值,202502,600,万吨\n",
    "indicators across": "云南省\n时间,水泥产量,\n,累计值(万吨),累计增长(%)\n2025-02,500,1\n"
    "2025-03,900,2\n四川省\n时间,水泥产量,\n,累计值(万吨),累计增长(%)\n2025-02,600,1\n",
    "both down": "指标,地区,2025年2月,2025年3月\n水泥产量_累计值(万吨),云南省,500,900\n"
    "水泥产量_累计值(万吨),四川省,600,\n布产量_累计值(亿米),四川省,1,2\n",
    "nation on top": "指标：水泥产量_累计值(万吨)\n地区,2025年2月,2025年3月\n全国,9999,19999\n"
    "云南省,500,900\n四川省,600,-\n",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str) -> None:
    assert of(FORMS[form]) == CEMENT


def test_what_is_not_used_is_named() -> None:
    assert dict(read(FORMS["both down"]).unused) == {"布产量_累计值(亿米)": 2}
    assert dict(read(FORMS["one province"]).unused) == {"增速、比重 growth rates, shares": 2}
    assert dict(read(FORMS["nation on top"]).unused) == {"全国 nation": 2}


def test_several_indicators_below_each_other() -> None:
    steel = FORMS["months down"].replace("水泥", "粗钢")
    both = of(FORMS["months down"] + "注：略\n" + steel)
    assert both == CEMENT | {("crude_steel", *one[1:]) for one in CEMENT}


def test_month_of_a_title_and_both_measures() -> None:
    text = "2025年1-6月水泥产量(万吨)\n地区,产量,同比增长(%)\n云南省,4300,-3\n"
    assert of(text) == {("cement", "530000", "year_to_date", "2025-06", 4300.0)}
    text = "地区：云南省\n指标,2025年6月\n水泥产量_当期值(万吨),800\n水泥产量_累计值(万吨),4300\n"
    assert {one.measure for one in read(text).published} == {"month", "year_to_date"}


def test_measure_is_seen_in_the_figures_or_asked() -> None:
    head = "水泥产量(万吨)\n地区," + ",".join(
        f"{y}年{m}月" for y in (2023, 2024) for m in range(2, 9)
    )
    rising = "\n云南省," + ",".join(str(100 * k) for _ in (1, 2) for k in range(1, 8))
    level = "\n云南省,100,90,95,80,102,99,97,96,90,95,80,102,99,97"
    assert {p.measure for p in read(head + rising).published} == {"year_to_date"}
    assert {p.measure for p in read(head + level).published} == {"month"}
    assert "--measure" in refusal("水泥产量\n地区,2025年6月\n云南省,800")
    told = read("水泥产量\n地区,2025年6月\n云南省,800", measure="month")
    assert told.published == [Published("cement", "530000", "month", "2025-06", 800.0)]
    spans = read("水泥产量\n地区,2025年1-2月,2025年3月\n云南,9,5").published
    assert [p.measure for p in spans] == ["year_to_date", "month"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("地区,2025年6月\n云南省,800", "No indicator"),
        ("布产量_当期值(亿米)\n地区,2025年6月\n云南省,8", "only: 布产量_当期值(亿米)"),
        ("水泥产量_当期值\n地区,2025年6月\n昆明,8", "No provinces"),
        ("水泥产量_当期值\n地区,产量\n云南,8", "No months"),
        ("水泥产量_当期值(亿千瓦小时)\n地区,2025年6月\n云南,8", "cannot become 万吨"),
    ],
)
def test_refusals(text: str, told: str) -> None:
    assert told in refusal(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("烧碱(折100％)产量_累计值(万吨)",
         Said(None, None, "caustic_soda", "year_to_date", "万吨")),
        ("火力发电量_当期值(亿千瓦小时)",
         Said(None, None, "thermal_power_generation", "month", "亿千瓦小时")),
        ("云南省粗钢产量累计值", Said(None, "530000", "crude_steel", "year_to_date")),
        ("水泥熟料产量", Said(product="")),
        ("新疆生产建设兵团", Said()),
        ("更新时间：2025-07-18", Said()),
        ("注：2021年口径有调整。", Said()),
        ("2024-06-30", Said(period="2024-06")),
        ("北 京", Said(place="110000")),
    ],
)  # fmt: skip
def test_words(text: str, says: Said) -> None:
    assert said(text)[:5] == says[:5]


@pytest.mark.skipif(not CASES.is_dir(), reason="the field cases are not in ../shared")
def test_field_case_with_its_product_told() -> None:
    text = (CASES / "S01_nbs_province_month.csv").read_bytes().decode("gb18030")
    found = read(text, product="cement").published
    assert len(found) == 180
    assert Published("cement", "530000", "month", "2018-01", 1278.5) in found


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(max_size=6) | st.floats() | st.none(), max_size=5), max_size=8))
def test_no_table_breaks_the_reader(rows: list[list[object]]) -> None:
    try:
        read_download([rows], "f.csv")
    except InputError as error:
        assert error.faults
