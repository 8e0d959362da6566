"""The mid-term evaluation of a province: what is known of each park, from facts entered only."""

from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import NamedTuple

from tanzhe.errors import Words, listed
from tanzhe.model import Result
from tanzhe.model.account import MissingEvidence
from tanzhe.parks.assessment.outlook import Expected
from tanzhe.parks.compare import Comparison, ParkState
from tanzhe.tracking.items import GROUNDS, Item
from tanzhe.tracking.lights import is_overdue, light
from tanzhe.tracking.targets import Joined


class Works(NamedTuple):
    """Projects of a park added up.

    Attributes:
        projects: how many.
        done: how many are done.
        investment: planned, 万元, of those that say it.
        invested: so far, 万元.
        abatement: planned, tCO2 a year.
        abated: reached, tCO2 a year.
        late: those with a red light.
    """

    projects: int
    done: int
    investment: float
    invested: float
    abatement: float
    abated: float
    late: tuple[Item, ...]


class Ground(NamedTuple):
    """A ground for leaving the list: whether facts speak of it, and which."""

    name: str
    facts: tuple[Words, ...]


class ParkReview(NamedTuple):
    """A park at the evaluation.

    Attributes:
        name: of the park.
        state: its latest year, or None where no account was given.
        expected: what is expected of it at the review, or None.
        works: its projects.
        grounds: the four grounds, each with its facts; none known is none entered.
        missing: what a reviewer will ask for.
    """

    name: str
    state: ParkState | None
    expected: Expected | None
    works: Works
    grounds: tuple[Ground, ...]
    missing: tuple[Words, ...]

    @property
    def risk(self) -> Words:
        """In a word, by the same rules as `park compare`, and what tasks and facts add."""
        if self.state is None:
            return Words("无法判断（没有核算数据）", "cannot be judged (no account)")
        if self.expected is not None and self.expected.outlook == "at_risk":
            return Words("有风险", "at risk")
        if any(one.facts for one in self.grounds):
            return Words("有需核实的事实", "facts to be verified")
        return Words("正常", "normal")


class MidTerm(Result):
    """The evaluation: when, of what, and what is known.

    Attributes:
        today: the day it speaks of.
        due: day of the evaluation by the document, or None.
        name: what it is called.
        parks: each park.
        tasks: tasks of documents.
        overdue: tasks that are overdue.
        aims: targets of documents, each held against what was measured.
    """

    today: date
    due: date | None
    name: str
    parks: tuple[ParkReview, ...]
    tasks: tuple[Item, ...]
    overdue: tuple[Item, ...]
    aims: tuple[Joined, ...] = ()


def review(
    items: Sequence[Item], compared: Comparison | None, today: date, aims: Sequence[Joined] = ()
) -> MidTerm:
    """What is known of a province's parks and tasks on a day.

    Args:
        items: of the board.
        compared: its parks side by side, or None where no accounts were given.
        today: the day.
        aims: targets, held against what was measured.
    """
    states = _latest(compared)
    expected = {one.name: one.expected for one in compared.outlooks} if compared else {}
    names = dict.fromkeys([*states, *(one.park for one in items if one.park)])
    reviews = [one for one in items if one.kind == "review" and one.due]
    coming = min((one for one in reviews), key=lambda one: one.due or date.max, default=None)
    tasks = tuple(one for one in items if one.kind == "task")
    return MidTerm(
        today=today,
        due=coming.due if coming else None,
        name=coming.title if coming else "",
        parks=tuple(
            _park(name, states.get(name), expected.get(name), items, today) for name in names
        ),
        tasks=tasks,
        overdue=tuple(one for one in tasks if is_overdue(one, today)),
        aims=tuple(aims),
    )


def _latest(compared: Comparison | None) -> dict[str, ParkState]:
    found: dict[str, ParkState] = {}
    for one in compared.states if compared else ():
        if one.name not in found or found[one.name].year < one.year:
            found[one.name] = one
    return found


def _park(
    name: str,
    state: ParkState | None,
    expected: Expected | None,
    items: Sequence[Item],
    today: date,
) -> ParkReview:
    own = [one for one in items if one.park == name]
    works = [one for one in own if one.kind == "project"]
    late = tuple(one for one in works if light(one, today) == "red")
    missing = [_lack(one) for one in (state.evidence if state else ())]
    missing += [
        Words(f"项目“{one.title}”的佐证材料", f"evidence of the project “{one.title}”")
        for one in works
        if not one.evidence and (one.progress > 0 or one.status in ("to_verify", "done"))
    ]
    if state is None:
        missing.insert(0, Words("园区的核算数据", "the park's account"))
    return ParkReview(
        name, state, expected, _added(works, late), _grounds(own, late, today), tuple(missing)
    )


def _lack(one: MissingEvidence) -> Words:
    """What is missing, at its row; a name of ours (roof_pv) would tell a reader nothing."""
    if one.where.isidentifier() and one.where.islower():
        return Words(str(one.what), one.what.en)
    return Words(f"{one.where}：{one.what}", f"{one.where}: {one.what.en}")


def _added(works: Sequence[Item], late: tuple[Item, ...]) -> Works:
    return Works(
        projects=len(works),
        done=sum(one.status == "done" for one in works),
        investment=fsum(one.investment or 0 for one in works),
        invested=fsum(one.invested or 0 for one in works),
        abatement=fsum(one.abatement or 0 for one in works),
        abated=fsum(one.abated or 0 for one in works),
        late=late,
    )


def _grounds(own: Sequence[Item], late: Sequence[Item], today: date) -> tuple[Ground, ...]:
    """The four grounds with the facts that speak of them; the first two show in the works too."""
    overdue = [one for one in own if one.kind == "task" and is_overdue(one, today)]
    shown = {
        "slow_work": [
            Words(f"任务“{one.title}”逾期（{one.due}）", f"“{one.title}” is overdue ({one.due})")
            for one in overdue
        ],
        "late_building": [
            Words(
                f"项目“{one.title}”亮红灯（进度 {one.progress:g}%，时限 {one.due}）",
                f"the project “{one.title}” is red ({one.progress:g} %, due {one.due})",
            )
            for one in late
        ],
    }
    return tuple(
        Ground(
            key,
            (
                *shown.get(key, ()),
                *(
                    Words(f"{one.title}（{_proof(one).zh}）", f"{one.title} ({_proof(one).en})")
                    for one in own
                    if one.kind == "finding" and one.ground == key and one.status != "cancelled"
                ),
            ),
        )
        for key in GROUNDS
    )


def _proof(item: Item) -> Words:
    held = listed(one.name for one in item.evidence)
    return held if held.zh else Words("无佐证", "no evidence")
