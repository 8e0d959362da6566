"""A measures file: forms that are read alike, and every fault at once with its place."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.api.parks.plans import plan, plan_template
from tanzhe.errors import InputError
from tanzhe.parks.measures.file import read_measures

PARK: dict[str, Any] = {
    "name": "园区: “一”#1", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
    "electricity": [
        {"supply": "grid", "kwh": 9e8},
        {"supply": "direct", "generation": "nonfossil", "kwh": 1e8},
    ],
    "fuels": [
        {"fuel": "烟煤", "purpose": "fuel", "quantity": 1000, "unit": "t",
         "factor_tco2": 2, "energy_gj_per_unit": 23},
        {"fuel": "天然气", "purpose": "fuel", "quantity": 100, "unit": "万Nm3",
         "factor_tco2": 21.6, "energy_gj_per_unit": 389},
        {"fuel": "烟煤", "purpose": "feedstock", "quantity": 500, "unit": "t"},
    ],
    "heat": [{"direction": "in", "gj": 5000, "fossil": True}],
    "processes": [{"product": "熟料", "output_t": 1000, "factor_tco2_per_t": 0.5}],
    "indicators": {"roof_pv": {"value": 0.3}, "cfp_products": {"value": 2}},
}  # fmt: skip
GOOD = {"名称": "绿证", "类型": "绿证", "潜力": 900000, "单位": "MWh", "单位成本": 5}


def written(folder: Path, measures: Any, name: str = "m.json") -> Path:
    file = folder / name
    file.write_text(json.dumps({"措施": measures}, ensure_ascii=False), encoding="utf-8")
    return file


def faults(folder: Path, *measures: Any) -> str:
    """Everything a user is told about measures."""
    with pytest.raises(InputError) as caught:
        plan(PARK, written(folder, list(measures)))
    return caught.value.said()


def test_yaml_json_csv_and_both_languages_are_read_alike(tmp_path: Path) -> None:
    texts = {
        "a.yaml": "措施:\n  - {名称: 绿证, 类型: 绿证, 潜力: 9e5, 单位: MWh, 单价: 5}\n",
        "b.json": '{"measures": [{"name": "绿证", "kind": "certificate", "potential": 900000,'
        ' "unit": "MWh", "unit_cost_yuan": 5}]}',
        "c.csv": "名称,类型,潜力,单位,单位成本（元）\n绿证,绿证,900000,MWh,5\n",
        "d.csv": "\ufeffname,Kind,potential,unit,unit_cost_yuan,requires\n绿证,绿证,9e5,MWh,5,\n",
        "e.json": '[{"名称": "绿证", "类型": "certificate", "潜力": "900000", "单位": "MWh",'
        ' "单价": 5.0}]',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "f.csv").write_bytes(texts["c.csv"].encode("gb18030"))
    read = [read_measures(tmp_path / name) for name in [*texts, "f.csv"]]
    assert all(not one.faults for one in read)
    assert all(one.measures == read[0].measures for one in read)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"潜力": -1}, "潜力 potential] -1 必须大于 0"),
        ({"潜力": None}, "缺“潜力”"),
        ({"潜力": "1,000"}, "“1,000”不是数字"),
        ({"潜力": "inf"}, "“inf”不是数字"),
        ({"潜力": True}, "“true”不是数字"),
        ({"单位成本": -5}, "-5 不能小于 0"),
        ({"单位成本": None}, "缺成本"),
        ({"单位": "t"}, "单位“t”不能换算成台账的 kWh"),
        ({"单位": "张", "类型": "绿电交易"}, "单位“张”不能换算成台账的 kWh"),
        ({"类型": "买绿证"}, "不认识的类型“买绿证”"),
        ({"价格": 5}, "不认识的键“价格”"),
        ({"台账行": "fuels-1"}, "没有可以减少的“fuels-1”"),
        ({"每单位新增": 3}, "“绿证”不用“每单位新增”"),
        ({"最小规模": 1e6}, "大于潜力"),
        ({"步长": 0}, "步长 step] 0 必须大于 0"),
        ({"最早可用": "2026年底"}, "不是月份"),
        ({"前提": "没有的"}, "前提“没有的”不在措施之中"),
        ({"前提": "绿证"}, "不能以自己为前提"),
        ({"整项": "也许"}, "不是“是”或“否”"),
        ({"指标增量": {"roof": 0.1}}, "没有指标“roof”"),
        ({"指标增量": {"roof_pv": 5}}, "超过 100%"),
        ({"指标增量": {"green_building": 1e-7}}, "没有填报"),
        ({"指标增量": {"core_020": 1e-7}}, "由台账计算"),
        ({"指标增量": "roof_pv"}, "看不懂"),
        ({"潜力": [1, 2]}, "应是一个值"),
    ],
)
def test_one_wrong_cell(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    said = faults(tmp_path, {**GOOD, **change})
    assert told in said
    assert "measures[0] 绿证" in said


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ({"类型": "电气化", "台账行": "烟煤", "单位": "t"}, "要写“每单位新增”"),
        ({"类型": "电气化", "台账行": "褐煤", "单位": "t", "每单位新增": 1}, "没有可以减少的“褐煤"),
        ({"类型": "节能", "单位": "t"}, "没有写哪一行"),
        ({"类型": "节能", "台账行": "天然气", "单位": "t"}, "不能换算成台账的 万m3"),
        ({"类型": "燃料替代", "台账行": "烟煤", "单位": "t"}, "要写“改为”"),
        ({"类型": "燃料替代", "台账行": "烟煤", "单位": "t", "改为": "颗粒", "每单位新增": 1},
         "新燃料要写“新增排放因子”"),
        ({"类型": "燃料替代", "台账行": "烟煤", "单位": "t", "改为": "烟煤", "每单位新增": 1},
         "同一行"),
        ({"类型": "热力替代", "台账行": "烟煤", "单位": "t"}, "每单位燃料改用多少 GJ"),
        ({"类型": "过程改造", "台账行": "熟料", "单位": "t", "改为": "低碳熟料"}, "要写排放因子"),
        ({"类型": "指标改善", "单位": "次"}, "没有写改善哪个指标"),
    ],
)  # fmt: skip
def test_what_a_kind_needs(tmp_path: Path, measure: dict[str, Any], told: str) -> None:
    assert told in faults(tmp_path, {"名称": "甲", "潜力": 10, "单位成本": 1, **measure})


def test_measures_left_empty_are_left_out_and_named(tmp_path: Path) -> None:
    empty = {**GOOD, "名称": "没填", "潜力": None, "单位成本": ""}
    found = plan(PARK, written(tmp_path, [GOOD, empty]))
    assert any("没填" in note.zh for note in found.notes)
    assert "缺“潜力”" in faults(tmp_path, GOOD, {**empty, "单位成本": 3})
    assert "缺成本" in faults(tmp_path, GOOD, {"名称": "没写", "类型": "绿证"})


def test_certificates_may_be_counted_in_pieces(tmp_path: Path) -> None:
    """One certificate is 1,000 kWh."""
    told = [plan(PARK, written(tmp_path, [{**GOOD, "单位": unit}])) for unit in ("MWh", "张", "个")]
    assert len({one.unreachable[0].best for one in told}) == 1
    assert told[1].measures[0].tco2 == told[0].measures[0].tco2 < 0


def test_every_fault_at_once(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        {**GOOD, "潜力": -1, "单位成本": -2},
        {**GOOD, "类型": "什么"},
        {**GOOD, "名称": "丙", "单位": "GJ"},
        "不是一组",
        {**GOOD, "名称": "丁", "前提": ["戊"]},
    )
    for told in (
        "-1 必须大于 0", "-2 不能小于 0", "不认识的类型", "名称“绿证”重复", "measures[2] 丙",
        "measures[3]", "前提“戊”",
    ):  # fmt: skip
        assert told in said
    assert said.count("\n") >= 6


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "", "顶层必须是键值表"),
        ("a.yaml", "措施:\n", "没有一项措施填了"),
        ("a.yaml", "措施: []\n", "没有一项措施填了"),
        ("a.yaml", "东西:\n  - 1\n", "没有“措施”列表"),
        ("a.yaml", "措施: 3\n", "没有“措施”列表"),
        ("a.yaml", "a: [", "不是有效的 YAML"),
        ("a.json", "{", "不是有效的 JSON"),
        ("a.json", '{"措施": [], "措施": []}', "出现两次"),
        ("a.csv", "名称,类型\n", "没有一项措施填了"),
        ("a.csv", "名称,类型\n甲,绿证,3\n", "表头只有 2 格"),
        ("a.txt", "x", "不认识的措施文件类型"),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_measures(tmp_path / name)
    assert told in caught.value.said()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_measures(tmp_path / "none.yaml")


def test_the_template_names_the_park_s_rows_and_misses_only_numbers(tmp_path: Path) -> None:
    """Filled in, it is solved; as it is, only what a user must give is missing."""
    file = tmp_path / "t.yaml"
    file.write_text(plan_template(PARK), encoding="utf-8")
    tree = yaml.safe_load(file.read_text(encoding="utf-8"))["措施"]
    assert {"fuels-1", "fuels-2", "heat-1", "processes-1", "网购电"} <= {
        m.get("台账行") for m in tree
    }
    assert "fuels-3" not in {m.get("台账行") for m in tree}  # feedstock
    with pytest.raises(InputError) as caught:
        plan(PARK, file)
    assert "没有一项措施填了潜力和成本" in caught.value.said()
    filled = [
        {
            **one, "潜力": 2, "单位成本": 1, "单位": one["单位"] or "项",
            **({"每单位新增": 1} if "每单位新增" in one else {}),
            **({"指标增量": dict.fromkeys(one["指标增量"], 0.1)} if "指标增量" in one else {}),
        }
        for one in tree
    ]  # fmt: skip
    assert plan(PARK, written(tmp_path, filled)).status in ("planned", "infeasible")


cells = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.text(max_size=4), st.integers()),
)  # fmt: skip
keys = st.one_of(
    st.sampled_from(["名称", "类型", "潜力", "单位", "单价", "步长", "整项", "前提", "指标增量",
                     "台账行", "改为", "互斥组", "最早可用"]),
    st.text(max_size=4),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.one_of(cells, st.dictionaries(keys, cells, max_size=8)), max_size=4))
def test_whatever_stands_in_the_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any]
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.json"
    file.write_text(json.dumps({"措施": rows}), encoding="utf-8")
    try:
        plan(PARK, file)
    except InputError as error:
        assert all(fault.what.zh and fault.do.zh for fault in error.faults)


def test_a_missing_field_hides_no_unknown_row_and_english_lists_have_commas(tmp_path: Path) -> None:
    told = faults(
        tmp_path,
        {**GOOD, "名称": "煤改电", "类型": "电气化", "台账行": "fuels-9", "单位": "t"},
        {**GOOD, "名称": "另一项", "类型": "绿证书"},
    )
    assert "每单位新增" in told
    assert "fuels-9" in told
    with pytest.raises(InputError) as caught:
        plan(PARK, written(tmp_path, [{**GOOD, "类型": "绿证书"}]))
    assert "、" not in caught.value.said("en")


@pytest.mark.parametrize("number", [int("9" * 400), "9" * 400])
def test_a_number_beyond_all_numbers_is_refused(tmp_path: Path, number: object) -> None:
    told = faults(tmp_path, {**GOOD, "单位成本": number})
    assert "unit_cost_yuan" in told
    assert "数值不是有限的合理数" in told
