"""Bodies as sentences and tables name them: short names of grids, roles in brackets."""

import pytest

from policy.made import read

HEAD = "某省关于新能源消纳的通知\n各市人民政府：\n一、重点任务\n"
FOOT = "\n某省能源局\n2026年4月20日"


@pytest.mark.parametrize(
    ("words", "bodies"),
    [
        ("推进配套电源建设。省能源局、国网青海电力负责。", ["省能源局 负责", "国网青海电力 负责"]),
        (
            "支持绿电直连。（省能源局、国网青海电力、黄河公司负责）",
            ["省能源局 负责", "国网青海电力 负责", "黄河公司 负责"],
        ),
        (
            "开展排查。国网青海电力牵头，省能源局、省工业和信息化厅配合。",
            ["国网青海电力 牵头", "省能源局 配合", "省工业和信息化厅 配合"],
        ),
        (
            "推进绿电直连。（省发展改革委（牵头）、省能源局）",
            ["省发展改革委 牵头", "省能源局 负责"],
        ),
        ("完善交易。责任单位：省能源局、国网青海电力。", ["省能源局 负责", "国网青海电力 负责"]),
    ],
)
def test_bodies_of_a_task(words: str, bodies: list[str]) -> None:
    (task,) = read(f"{HEAD}（一）加快建设。{words}{FOOT}").tasks
    assert [f"{one.name} {one.role}" for one in task.responsible_bodies] == bodies


def test_a_table_tells_roles_and_what_comes_back_each_year() -> None:
    table = (
        "\n| 任务 | 工作目标 | 责任单位 | 完成时限 |\n|---|---|---|---|\n"
        "| 推进绿电直连 | 建成6个 | 省发展改革委（牵头）、省能源局 | 2028年6月底前 |\n"
        "| 报送数据 | 全部报送 | 省统计局 | 每年3月31日前 |\n"
    )
    found = read(f"{HEAD}{table}{FOOT}")
    assert [[(b.name, b.role) for b in t.responsible_bodies] for t in found.tasks] == [
        [("省发展改革委", "牵头"), ("省能源局", "负责")], [("省统计局", "负责")]
    ]  # fmt: skip
    assert [(one.when, one.date) for one in found.deadlines] == [
        ("2028年6月底前", "2028-06-30"), ("每年3月31日前", None)
    ]  # fmt: skip


def test_what_begins_in_a_month_is_not_due_at_its_end() -> None:
    words = "2026年6月底前完成清单编制，9月起按月调度。（省能源局）"
    found = read(f"{HEAD}（一）{words}{FOOT}")
    assert [one.date for one in found.deadlines] == ["2026-06-30"]
