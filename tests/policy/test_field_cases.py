"""Documents once read wrongly, with the right answers; skipped where ../shared is absent."""

from pathlib import Path

import pytest

from policy.made import goal_words, indicator_words
from tanzhe.policy.read import read_policy
from tanzhe.text import read_document

CASES = Path(__file__).parents[3] / "shared" / "data" / "field_cases"
pytestmark = pytest.mark.skipif(not CASES.exists(), reason="needs ../shared/data/field_cases")
GOALS = {
    "D01_tracked_change.docx": ["园区单位能耗碳排放 | - | 16 | % | 2028"],
    "D03_goal_dates.txt": [
        "清洁能源消费占比 | >= | 85 | % | 2028-09",
        "工业用水重复利用率 | >= | 92 | % | 2029-06",
        "工业固体废弃物综合利用率 | >= | 81 | % | 2030",
    ],
    "D04_struck_out_figure.docx": ["清洁能源消费占比 | >= | 85 | % | 2028"],
    "D07_halfwidth_commas.txt": [
        "单位工业增加值能耗 | - | 14 | % | 2028",
        "工业用水重复利用率 | >= | 93 | % | 2028",
    ],
    "D09_three_years_three_values.txt": [
        "清洁能源消费占比 | >= | 62 | % | 2027",
        "清洁能源消费占比 | >= | 71 | % | 2028",
        "清洁能源消费占比 | >= | 83 | % | 2029",
        "碳排放总量 | <= | 12345.6 | 吨 | 2029",
        "用电量 | <= | 26000 | 千瓦时 | 2029",
    ],
}


@pytest.mark.parametrize("name", GOALS)
def test_goals(name: str) -> None:
    assert goal_words(read_policy(read_document(CASES / name))) == GOALS[name]


def test_a_table_inside_a_frame() -> None:
    policy = read_policy(read_document(CASES / "D02_table_inside_a_frame_table.docx"))
    assert indicator_words(policy) == [
        "| 清洁能源消费占比 | >= | 85 | % |  | 2028",
        "| 单位能耗碳排放 | <= | 0.25 | 吨/吨标准煤 |  | 2028",
    ]


def test_what_was_not_read_is_said() -> None:
    notes = {
        name: [note.code for note in read_document(CASES / name).notes]
        for name in ("D01_tracked_change.docx", "D04_struck_out_figure.docx")
    }
    assert list(notes.values()) == [["tracked_changes"], ["struck_out"]]
