"""A notice with annexes keeps its own tasks; what annexes say is told apart."""

from pathlib import Path

import pytest

from policy.made import read, task_words
from tanzhe.api.files.forms import write
from tanzhe.policy.json import policy_json

NOTICE = """某省发展和改革委员会关于开展零碳工厂培育的通知
某发改环资〔2026〕66号
各市（州）发展改革委：
为推动工厂降碳，现将有关事项通知如下：
一、重点任务
（一）优化用能结构。推广绿电直连。（省能源局负责）
（二）实施节能改造。更新用能设备。（省工业和信息化厅负责）
二、组织实施
（一）加强指导。各市（州）发展改革委组织申报。
附件：1.零碳工厂建设基本条件
2.零碳工厂建设指标体系
3.申报书大纲
某省发展和改革委员会
2026年5月6日
"""
ANNEXES = """附件1{gap}零碳工厂建设基本条件
一、具有独立法人资格，近三年未发生重大安全事故。
二、能源计量器具配备齐全。
附件2{gap}零碳工厂建设指标体系
指标类型\t指标名称\t目标要求
核心指标\t单位产值碳排放\t≤0.4吨/万元
引导指标\t绿电消费占比\t≥60%
部分指标解释
1.绿电消费占比：指绿色电力消费量占用电总量的比例。
附件3{gap}申报书大纲
一、基本情况
（一）企业概况。简述企业规模、产品、工艺。
（二）用能情况。简述近三年用能。
二、建设目标
（一）目标设定。到2030年，提出分阶段目标。
（二）可达性分析。
"""
OWN = ["（一）", "（二）", "（一）"]


@pytest.mark.parametrize("gap", [" ", "\n", "：", "  "])
def test_the_notice_keeps_its_own_tasks(gap: str) -> None:
    policy = read(NOTICE + ANNEXES.format(gap=gap))
    assert [task.number for task in policy.tasks] == OWN
    assert [one.name for one in policy.annexes] == [
        "附件1 零碳工厂建设基本条件", "附件2 零碳工厂建设指标体系", "附件3 申报书大纲",
    ]  # fmt: skip
    assert {i.annex for i in policy.indicators} == {"附件2 零碳工厂建设指标体系"}
    assert [(d.name, d.annex) for d in policy.definitions] == [
        ("绿电消费占比", "附件2 零碳工厂建设指标体系")
    ]
    assert policy.goals == ()


def test_marks_around_the_names_of_annexes() -> None:
    text = NOTICE + ANNEXES.format(gap=" ")
    for number in "123":
        text = text.replace(f"\n附件{number} ", f"\n== 附件{number} ")
    marked = "\n".join(f"{line} ==" if line.startswith("==") else line for line in text.split("\n"))
    assert [task.number for task in read(marked).tasks] == OWN


def test_a_list_of_annexes_is_no_annex() -> None:
    policy = read(NOTICE)
    assert policy.annexes == ()
    assert [task.number for task in policy.tasks] == OWN


def test_a_notice_without_parts_hands_on_its_annex() -> None:
    text = """某市发展和改革委员会关于做好节能工作的通知
某发改〔2026〕7号
各县发展改革局：
现将2026年节能工作安排印发你们，请抓好落实。
附件：2026年节能工作安排
某市发展和改革委员会
2026年2月3日
附件
2026年节能工作安排
一、开展节能诊断。完成重点企业节能诊断，提出改造清单。（市节能中心负责）
二、推进设备更新。淘汰低效电机、变压器，建立台账。（市工业和信息化局负责）
三、强化监督检查。对重点用能单位开展监察，及时通报。（市节能监察支队负责）
"""
    assert task_words(read(text))[0] == "一 开展节能诊断 | 负责: 市节能中心"


def test_places_are_shown_and_saved() -> None:
    policy = read(NOTICE + ANNEXES.format(gap=" "))
    assert "绿电消费占比 ≥60%〔附件2〕" in write(policy, "txt").content.decode()
    saved = policy_json(policy)
    assert [one["annex"] for one in saved["indicators"]] == ["附件2 零碳工厂建设指标体系"] * 2  # type: ignore[attr-defined]
    first = saved["annexes"][0]  # type: ignore[index]
    assert first["name"] == "附件1 零碳工厂建设基本条件" and set(first["span"]) == {"start", "end"}


FULL = Path(__file__).parents[3] / "shared/data/new_2026_11/910_notice_and_annexes.txt"


@pytest.mark.skipif(not FULL.exists(), reason="needs ../shared/data/new_2026_11")
def test_the_national_notice_with_its_four_annexes() -> None:
    policy = read(FULL.read_text(encoding="utf-8"))
    assert [t.number for t in policy.tasks][:8] == [f"（{n}）" for n in "一二三四五六七八"]
    assert {t.section for t in policy.tasks[:8]} == {"重点任务"}
    assert len(policy.annexes) == 4 and len(policy.indicators) == 7
    assert [n.words for n in policy.document_numbers] == ["发改环资〔2025〕910号"]
    assert not any("E" in one.name for one in policy.definitions)


def test_a_verb_that_opens_a_heading_is_no_section_by_itself() -> None:
    policy = read(NOTICE)
    assert [task.heading for task in policy.tasks][:2] == ["优化用能结构", "实施节能改造"]
