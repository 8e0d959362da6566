"""The cases an officer can read: invented documents of many layouts."""

from typing import Any

import pytest

from policy.made import cases, goal_words, indicator_words, read, task_words


def _plain(words: list[str]) -> list[str]:
    return [word.replace('"', "").strip() for word in words]


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["名称"])
def test_case(case: dict[str, Any]) -> None:
    policy = read(case["原文"])
    cited = [f"{c.title}|{c.number}" if c.number else c.title for c in policy.cited_documents]
    read_as: dict[str, object] = {
        "状态": policy.status,
        "标题": policy.title.words if policy.title else None,
        "文号": [one.words for one in policy.document_numbers],
        "发文机关": [one.words for one in policy.issuers],
        "主送机关": [one.words for one in policy.addressees],
        "日期": policy.date,
        "任务": task_words(policy),
        "任务数": len(policy.tasks),
        "任务编号": [task.number for task in policy.tasks],
        "指标": indicator_words(policy),
        "目标": goal_words(policy),
        "定义": [one.name for one in policy.definitions],
        "时限": [one.kind for one in policy.deadlines],
        "所引文件": cited,
    }
    for name, wanted in case.items():
        if name in ("名称", "原文"):
            continue
        if isinstance(wanted, list):
            wanted = _plain(wanted)
        assert read_as[name] == wanted, name


def test_there_are_many_layouts() -> None:
    assert len(cases()) >= 15
