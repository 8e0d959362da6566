"""Official names of indicators and the measure they stand for."""

import pytest

from tanzhe.quantity import Unit
from tanzhe.rulebook import measure_of, measures, rule_set, rule_set_ids


@pytest.mark.parametrize(
    ("name", "measure"),
    [
        ("单位能耗碳排放", "emission_per_energy"),
        ("单位能耗碳排放（吨二氧化碳/吨标准煤）", "emission_per_energy"),
        ("单位综合能耗二氧化碳排放量", "emission_per_energy"),
        ("清洁能源消费占比", "clean_energy"),
        ("清洁能源消费比重（%）", "clean_energy"),
        ("余热/余冷/余压综合利用率", "waste_energy"),
        ("余热余压综合利用率", "waste_energy"),
        ("余压/余热综合利用率", "waste_energy"),
        ("工业固体废弃物综合利用率", "solid_waste"),
        ("一般工业固废综合利用率", "solid_waste"),
        ("工业用水重复利用率", "water_reuse"),
        ("工业水重复利用率", "water_reuse"),
        ("再生水（中水）回用率", "reclaimed_water"),
        ("园区企业产出产品单位能耗", "product_limit"),
        ("新能源交通运输工具比例", "clean_transport"),
        ("清洁交通运输比例", "clean_transport"),
        ("可利用建筑屋顶光伏覆盖率", "roof_pv"),
        (
            "星级绿色建筑或超低（近零、零）能耗建筑、低（零）碳建筑占园区新建建筑比例",
            "green_building",
        ),
        ("碳足迹核算评价及标识认证产品数量", "cfp_products"),
        ("能效诊断覆盖率", "energy_diagnosis"),
        ("绿电消费占比", "green_electricity"),
        ("绿电直接供应比例", "direct_supply"),
        ("非化石能源消费占比", "nonfossil_energy"),
        ("可再生能源电力消费占比", "green_electricity"),
        ("年综合能源消费量", "energy_tce"),
        ("  清 洁 能 源 消 费 占 比 ", "clean_energy"),
        ("清洁能源车辆占比", "clean_transport"),
        ("清洁能源发电装机占比", None),
        ("非化石能源发电装机比重", None),
        ("单位能耗碳排放下降率", None),
        ("单位产品能耗达到先进值企业占比", None),
        ("新能源物流车比例", "clean_transport"),
        ("单位工业增加值能耗", None),
        ("园区绿化覆盖率", None),
        ("危险废物处置利用率", None),
        ("研发经费占比", None),
        ("", None),
        ("%", None),
    ],
)
def test_measure(name: str, measure: str | None) -> None:
    assert measure_of(name) == measure


def test_every_measure_is_found_by_all_its_names() -> None:
    for key, one in measures().items():
        Unit.parse(one.unit)
        for name in (one.name, *one.aliases):
            assert measure_of(name) == key, name


def test_built_in_indicators_are_named_in_the_vocabulary() -> None:
    for id in rule_set_ids():
        for one in rule_set(id).indicators:
            assert measure_of(one.name) == one.measure
