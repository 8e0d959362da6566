"""Faults that a sentence alone shows, wherever it stands; the sentences are in tests/rules."""

from pathlib import Path

import pytest
import yaml

from audit.made import audited, text_of

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "rules" / "audit_sentences.yaml").read_text("utf-8")
)
RECKONED = {
    "self_contradiction", "date_implausible", "arithmetic_or_count", "implausible_amount",
    "target_as_fact",
}  # fmt: skip


def _found(text: str) -> set[str]:
    return {f.kind for f in audited(text).findings} & RECKONED


@pytest.mark.parametrize(("sentence", "kind"), CASES)
def test_a_sentence_of_an_item_is_reckoned(sentence: str, kind: str) -> None:
    assert _found(text_of(effect=sentence, when="2021年9月", name="《有序用电方案》印发")) == (
        {kind} if kind else set()
    )


@pytest.mark.parametrize(
    ("sentence", "kind"), [case for case in CASES if case[1] != "target_as_fact"]
)
def test_a_sentence_of_the_introduction_is_reckoned(sentence: str, kind: str) -> None:
    text = text_of().replace("## 转折点", f"{sentence}。\n\n## 转折点", 1)
    assert _found(text) == ({kind} if kind else set())


TABLE = """
表1 产品产量

| 年份 | 粗钢（万吨） | 水泥产量（亿吨） |
|---|---|---|
| 2021 | 3,118 | 0.36 |
| 2022 | 2957 | 0.33 |

"""


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("2022年粗钢产量2597万吨", True),
        ("2022年粗钢产量2957万吨", False),
        ("2022年粗钢产量约0.296亿吨", False),
        ("2022年粗钢产量比2021年的3118万吨少", False),
        ("2021年水泥产量为3600万吨", False),
        ("2021年水泥产量为3900万吨", True),
        ("2022年1—6月粗钢产量1500万吨", False),
        ("2022年6月粗钢产量250万吨", False),
        ("2022年全国粗钢产量101300万吨", False),
        ("2020年粗钢产量2800万吨", False),  # not in the table
    ],
)
def test_an_amount_is_that_of_the_report_s_own_table(sentence: str, wrong: bool) -> None:
    text = text_of().replace("## 转折点", f"{TABLE}{sentence}。\n\n## 转折点", 1)
    assert ("arithmetic_or_count" in _found(text)) == wrong


def test_items_that_begin_with_their_day_are_told_apart_by_what_follows() -> None:
    lines = [
        "2021年9月20日（星期一），遭遇特大暴雨，多家企业停产",
        "2021年9月21日（星期二），防汛应急响应提升至一级",
        "2021年9月，水电日发电量由9亿千瓦时降至4亿千瓦时",
        "2021年9月，煤矿安全检查停产12处",
    ]
    link = "（来源：贵州省应急管理厅 http://yjt.guizhou.gov.cn/202109/t20210921_{n}.html）"
    body = "\n".join(f"{n}. {line}{link.format(n=n)}" for n, line in enumerate(lines, 1))
    audit = audited(f"# 贵州省工业碳排放\n\n## 转折点：2021年9月\n\n{body}\n")
    assert not {f.kind for f in audit.findings} & {"duplicate_item", "self_contradiction"}
    assert [item.title for item in audit.items] == [
        "遭遇特大暴雨", "防汛应急响应提升至一级", "水电日发电量由9亿千瓦时降至4亿千瓦时",
        "煤矿安全检查停产12处",
    ]  # fmt: skip


def test_a_vague_word_in_the_title_of_a_document_is_its_name() -> None:
    audit = audited(text_of(effect="按《关于双控目标若干保障措施》减产3万吨"))
    assert "vague_or_vacuous_field" not in {f.kind for f in audit.findings}


@pytest.mark.parametrize(("day", "wrong"), [("星期二", True), ("星期五", False), ("Fri", False)])
def test_a_weekday_in_the_field_of_the_date_is_looked_at(day: str, wrong: bool) -> None:
    assert ("self_contradiction" in _found(text_of(when=f"2021年9月10日（{day}）"))) == wrong


def test_a_table_of_figures_tells_no_events() -> None:
    table = "\n".join(
        [
            "| 年度 | 水泥 | 生铁 |",
            "|:--|--:|--:|",
            "| 2019年 | 13,805 | 2,598 |",
            "| 2020年 | 14,142 | — |",
        ]
    )
    text = text_of().replace("## 转折点", f"{table}\n\n## 转折点", 1)
    assert audited(text).findings == audited(text_of()).findings == ()


def test_a_stretch_of_days_after_the_turning_point_is_a_date() -> None:
    line = "1. 2021年10月1日至10月11日（共计11天）电解铝厂停产。来源：贵州省能源局 http://nyj.guizhou.gov.cn/202110/t20211012_4.html"
    audit = audited(f"# 贵州省工业碳排放\n\n## 2021年9月：下降\n\n{line}\n")
    assert "date_missing_or_vague" not in {f.kind for f in audit.findings}


@pytest.mark.parametrize(
    ("growth", "wrong"), [("1.3", False), ("-1.3", True), ("2.0", False), ("21.3%", True)]
)
def test_growth_of_a_table_is_that_of_its_levels(growth: str, wrong: bool) -> None:
    table = (
        "\n| 年份 | 粗钢（万吨） | 同比（%） |\n|---|---|---|\n"
        f"| 2021 | 7649 | -4.3 |\n| 2022 | 7600 | -0.6 |\n| 2023 | 7700 | {growth} |\n\n"
    )
    assert _found(text_of(after=table)) == ({"arithmetic_or_count"} if wrong else set())


def test_the_year_in_the_title_of_a_plan_is_no_result() -> None:
    plan = text_of(name="《贵州省2021年粗钢产量压减方案》印发")
    assert "date_implausible" not in _found(plan)
    assert "date_implausible" in _found(text_of(effect="2021年粗钢产量压减341万吨"))
