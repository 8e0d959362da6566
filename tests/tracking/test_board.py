"""The board: who may change what, what it takes, and that no change is lost or altered."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.errors import InputError
from tanzhe.parks.entry.park import read_park
from tanzhe.tracking.board import Board, Wanted, evidence_of
from tanzhe.tracking.gathering import park_items
from tanzhe.tracking.items import Item, last_day
from tanzhe.tracking.lights import due_of, light, planned

PROOF = evidence_of(b"proof", "验收报告.pdf").model_dump()
RULES = Path(__file__).parents[1] / "rules" / "tracking.yaml"
CASES = yaml.safe_load(RULES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["灯"], ids=lambda c: c["名称"])
def test_lights(case: dict[str, Any]) -> None:
    item = Item.model_validate(
        {"id": "1", "kind": "task", "title": "t", **case["事项"]}
        | ({"evidence": [PROOF]} if case.get("佐证") else {})
    )
    assert light(item, case["今天"]) == case["应得"]


@pytest.mark.parametrize("case", CASES["流转"], ids=lambda c: c["名称"])
def test_transitions(case: dict[str, Any], board: Board, task: Callable[..., Item]) -> None:
    task()
    for step in case["步骤"]:
        fields = dict(step["改"])
        if step.get("佐证"):
            held = [one.model_dump() for one in board.items()["T1"].evidence]
            extra = evidence_of(step["佐证"].encode(), step["佐证"]).model_dump()
            fields["evidence"] = [*held, extra]
        change = [Wanted("T1", fields)]
        if refused := step.get("拒绝"):
            before = board.items()
            with pytest.raises(InputError) as caught:
                board.change(change, step["谁"], step.get("理由", ""))
            assert refused in caught.value.said(), caught.value.said()
            assert board.items() == before
        else:
            board.change(change, step["谁"], step.get("理由", ""))
    assert board.items()["T1"].status == case["应得"]


def test_every_change_is_kept_with_who_when_and_why(
    board: Board, task: Callable[..., Item]
) -> None:
    task()
    board.change([Wanted("T1", {"person": "李四", "progress": 10})], "王五", "分工会")
    board.change([Wanted("T1", {"progress": 10})], "王五")  # nothing new: no change
    events = board.events_of("T1")
    assert [(one.who, one.why) for one in events] == [("张三", ""), ("王五", "分工会")]
    assert events[1].fields == {"person": "李四", "progress": 10.0}
    item = board.items()["T1"]
    assert (item.updated_by, item.changes, item.progress) == ("王五", 1, 10.0)
    assert item.updated_at == events[1].at > events[0].at


def test_a_history_that_was_edited_by_hand_is_refused(
    board: Board, task: Callable[..., Item]
) -> None:
    task()
    board.change([Wanted("T1", {"progress": 10})], "王五")
    board.change([Wanted("T1", {"progress": 20})], "王五")
    path = board.history.path
    lines = path.read_text(encoding="utf-8").splitlines()
    tree = json.loads(lines[1])
    tree["fields"]["progress"] = 90.0
    lines[1] = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="第 3 行之前的内容被改动过"):
        board.items()
    path.write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(InputError, match="第 1 行不是一条变更"):
        board.items()


def test_all_or_none_and_all_faults_at_once(board: Board, task: Callable[..., Item]) -> None:
    task("T1")
    task("T2")
    wanted = [
        Wanted("T1", {"progress": 50}),
        Wanted("T2", {"progress": 150}),
        Wanted("T9", {"progress": 1}),
        Wanted("T2", {"status": "done"}),
        Wanted("T1", {"colour": "red"}),
        Wanted("T1", {"start": date(2027, 1, 1), "due": date(2026, 1, 1)}),
    ]
    with pytest.raises(InputError) as caught:
        board.change(wanted, "")
    assert len(caught.value.faults) == 6  # five of the items, and nobody named
    assert board.items()["T1"].progress == 0


def test_what_is_there_is_not_added_again(board: Board, task: Callable[..., Item]) -> None:
    task()
    board.change([Wanted("T1", {"progress": 30})], "王五")
    assert board.add([Item(id="T1", kind="task", title="推进直供")], "张三") == []
    assert board.items()["T1"].progress == 30


def test_projects_of_a_park_with_their_days() -> None:
    park = read_park(
        {"name": "甲园", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3,
         "electricity": [], "projects": [
             {"name": "光伏", "period": "2025—2027年", "investment": 1200, "abatement": 5000},
             {"name": "储能", "period": "2026年6月", "owner": "乙公司"},
             {"name": "规划"},
         ]}
    )  # fmt: skip
    found = park_items(park)
    assert [(one.start, one.due) for one in found] == [
        (date(2025, 1, 1), date(2027, 12, 31)), (None, date(2026, 6, 30)), (None, None),
    ]  # fmt: skip
    assert (found[0].investment, found[0].abatement, found[1].lead) == (1200, 5000, "乙公司")


def test_what_repeats_is_due_again_and_the_plan_is_a_share_of_time() -> None:
    yearly = Item(id="1", kind="task", title="t", due=date(2025, 12, 31), rhythm="yearly")
    assert due_of(yearly, date(2026, 3, 1)) == date(2026, 12, 31)
    endless = yearly.model_copy(update={"rhythm": "continuous"})
    assert due_of(endless, date(2026, 3, 1)) is None
    one = Item(id="1", kind="task", title="t", start=date(2026, 1, 1), due=date(2026, 1, 11))
    assert [planned(one, date(2026, 1, day)) for day in (1, 6, 11, 20)] == [0, 50, 100, 100]


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026年底", "2026-12-31"), ("2028-02", "2028-02-29"), ("2026年上半年", "2026-06-30"),
     ("2026-02-30", None), ("2026-13", None), ("近期", None)],
)  # fmt: skip
def test_last_days(text: str, day: str | None) -> None:
    found = last_day(text)
    assert (str(found) if found else None) == day
