"""Places, bodies, numbers and titles in text."""

import csv
from importlib.resources import files

import pytest

from tanzhe.places import provinces
from tanzhe.text import read_bodies, read_document_numbers, read_places, read_titles


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("云南省曲靖市", ["530000", "530300"]),
        ("文山砚山的绿色铝园区", ["532600", "532622"]),
        ("砚山县、沾益县", ["532622", "530303"]),
        ("四川郫县", ["510000", "510117"]),
        ("北京朝阳区和长春市朝阳区", ["110000", "110105", "220100", "220104"]),
        ("朝阳区", []),
        ("在云南推进。鼓楼区另行通知", ["530000"]),
        ("南京市玄武区、鼓楼区", ["320100", "320102", "320106"]),
        ("云南富民政策、广东新兴产业、甘肃合作项目", ["530000", "440000", "620000"]),
        ("建设新城区、改造老城区", []),
        ("青海海南", ["630000", "632500"]),
        ("新疆昌吉", ["650000", "652300"]),
        ("大理市", ["532901"]),
        ("榆林神木", ["610800", "610881"]),
        ("准格尔旗", ["150622"]),
        ("甘肃白银", ["620000", "620400"]),
        ("白银价格", []),
        ("吉林省吉林市", ["220000", "220200"]),
        ("吉林大学", ["220000"]),
        ("云发改委与新能源", []),
        ("黄河南岸与淮河北岸", []),
        ("长江西段、太湖北侧", []),
        ("上海南站", ["310000"]),
        ("大理石", []),
        ("大理州", ["532900"]),
        ("长治久安", []),
        ("山西长治", ["140000", "140400"]),
        ("青海省海南藏族自治州", ["630000", "632500"]),
        ("海南藏族自治州", ["632500"]),
        ("马鞍山市", ["340500"]),
        ("鞍山钢铁", ["210300"]),
        ("襄樊市", ["420600"]),
        ("川渝", ["510000", "500000"]),
        ("京津冀", ["110000", "120000", "130000"]),
        ("全国碳市场", ["000000"]),
        ("in Yunnan Province", ["530000"]),
        ("Tangshan's mills", ["130200"]),
        ("阿里巴巴", []),
        ("来宾与贵宾", []),
        ("日照充足", []),
        ("张家口、张家界", ["130700", "430800"]),
    ],
)
def test_places(text: str, codes: list[str]) -> None:
    assert [place.code for place in read_places(text)] == codes


def test_cities_lie_in_their_provinces() -> None:
    text = files("tanzhe.text.data").joinpath("cities.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    codes = [row["adcode"] for row in rows]
    assert len(codes) == len(set(codes)) == 333
    assert {code[:2] for code in codes} <= {p.adcode[:2] for p in provinces()}
    assert all(row["zh_full"].startswith(row["zh"][:2]) for row in rows)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("国家发改委印发", ["国家发展改革委"]),
        ("国家发展和改革委员会", ["国家发展改革委"]),
        ("云南省工信厅、云南省发改委", ["云南省工业和信息化厅", "云南省发展改革委"]),
        ("生态环境部", ["生态环境部"]),
        ("魏桥创业集团", ["魏桥创业集团"]),
        ("云南神火铝业有限公司", ["云南神火铝业有限公司"]),
        ("国务院办公厅", ["国务院办公厅"]),
        ("该公司表示", []),
        ("督察组发现云南宏志铝业有限公司超产", ["云南宏志铝业有限公司"]),
        ("现场检查发现曲靖宏远焦化有限公司未批先建", ["曲靖宏远焦化有限公司"]),
        ("砚山县人民政府", ["砚山县人民政府"]),
        ("沾益区工信局", ["沾益区工业和信息化局"]),
        ("玉溪市人民政府", ["玉溪市人民政府"]),
    ],
)
def test_bodies(text: str, names: list[str]) -> None:
    assert [body.name for body in read_bodies(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "发改环资〔2025〕910号",
        "发改环资[2025]910号",
        "发改环资【2025】910号",
        "发改环资(2025)910号",
        "发改环资（2025）910号",
        "发改环资〔2025〕 910 号",
    ],
)
def test_document_numbers_in_any_brackets(text: str) -> None:
    assert [n.number for n in read_document_numbers(text)] == ["发改环资〔2025〕910号"]


def test_a_number_is_cut_from_the_words_before_it() -> None:
    found = read_document_numbers("生态环境部文件环督察〔2022〕58号关于印发")
    assert [(n.number, n.text) for n in found] == [("环督察〔2022〕58号", "环督察〔2022〕58号")]


def test_titles_within_titles() -> None:
    text = "印发《关于贯彻〈甲方案〉的意见》和《乙办法》"
    assert [t.text for t in read_titles(text)] == ["《关于贯彻〈甲方案〉的意见》", "《乙办法》"]
