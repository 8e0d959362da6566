"""Items of an official document, and of a park's own list of projects."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tanzhe.model.park import ParkYear
from tanzhe.model.policy import Deadline, Goal, PolicyDocument, Task
from tanzhe.tracking.items import Item, Rhythm, last_day

_CONTINUOUS = re.compile(r"持续推进|长期坚持|持续开展")
_YEARLY = re.compile(r"每年|年度(?=[^，。]{0,6}(?:报告|总结|评估|自查))")
# A day by which something is asked for in a clause of no known kind.
_BEFORE = re.compile(
    r"(?<!每)20\d\d年(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日前|20\d\d年(?:(?:1[0-2]|[1-9])月)?底前"
)
_LEADS = ("牵头",)
_OTHERS = ("负责", "配合")
# What a document may ask for by a day of its own within a task.
_DUE = ("review", "report", "completion")
_FAR = 25  # years from a document to a day that are more likely a slip: 2062 for 2026
_NEUTRAL = 2060  # which documents name from any year on
_LONGEST = 60  # characters of a title
# A review of those the document binds, in whatever task it stands.
_REVIEW = re.compile(
    r"(?:中期|终期|期末|期满|阶段性?|年度|总结|绩效|目标)(?:性)?(?:的)?(?:评估|评价|考核|验收|检查)"
    r"|(?:评估|评价|考核|验收)(?:结果|不合格|不达标|未通过)"
)
_SHORT_ID = 6


def policy_items(policy: PolicyDocument) -> list[Item]:
    """Tasks, targets and reviews of a document.

    Args:
        policy: of `tanzhe.policy.read.read_policy`.

    Returns:
        Ids begin with the document's number or hash, so that reading it again gives the same.
        A day is taken where the document names one within the task, never guessed. What is to be
        reported or done by a day and stands in no task is a task of its own.
    """
    name = _name(policy)
    key = _key(policy)
    issued = date.fromisoformat(policy.date[:10]) if policy.date else None
    found = [
        _task(policy, one, f"{key}-{at:02d}", name, issued)
        for at, one in enumerate(policy.tasks, 1)
    ]
    numbered = [one for one in policy.goals if one.value is not None]
    found += [_target(policy, one, f"{key}-G{at:02d}", name) for at, one in enumerate(numbered, 1)]
    dated = [one for one in policy.deadlines if one.kind in _DUE and one.date]
    reviews = [one for one in dated if _is_review(one, policy.tasks)]
    found += [_review(policy, one, f"{key}-R{at:02d}", name) for at, one in enumerate(reviews, 1)]
    others = [o for o in dated if o not in reviews and not _in_a_task(o, policy.tasks)]
    found += [_duty(policy, one, f"{key}-D{at:02d}", name) for at, one in enumerate(others, 1)]
    return found


def _is_review(one: Deadline, tasks: Sequence[Task]) -> bool:
    """Whether somebody is reviewed: not a task whose own work is to finish an assessment."""
    if one.kind != "review":
        return False
    named = _REVIEW.search(one.span.text)
    return bool(one.consequence or named) or not _in_a_task(one, tasks)


def _in_a_task(one: Deadline, tasks: Sequence[Task]) -> bool:
    return any(task.span.start <= one.span.start < task.span.end for task in tasks)


def park_items(park: ParkYear) -> list[Item]:
    """The projects a park entered."""
    return [
        Item(
            id=f"{park.name}-{at:02d}",
            kind="project",
            title=one.name,
            park=park.name,
            lead=one.owner,
            content=one.content,
            investment=one.investment,
            abatement=one.abatement,
            start=_first_day(one.period),
            due=_last_of(one.period),
            due_words=one.period,
        )
        for at, one in enumerate(park.projects, 1)
    ]


def _name(policy: PolicyDocument) -> str:
    title = policy.title.words if policy.title else ""
    number = policy.document_numbers[0].words if policy.document_numbers else ""
    return f"{title}（{number}）" if title and number else title or number


def _key(policy: PolicyDocument) -> str:
    """The number of a document, which people say aloud; else its hash."""
    for one in policy.document_numbers:
        if found := re.search(r"(\d{4})\D+(\d+)\s*号", one.words):
            return f"{found[1]}-{found[2]}"
    return policy.sha256[:_SHORT_ID]


def _rhythm(text: str) -> Rhythm:
    if _CONTINUOUS.search(text):
        return "continuous"
    return "yearly" if _YEARLY.search(text) else ""


def _task(policy: PolicyDocument, task: Task, id: str, document: str, issued: date | None) -> Item:
    named = _within(policy.deadlines, task)
    deadline = named[-1] if named else None
    goal = _goal_within(policy.goals, task)
    due = last_day(deadline.until or deadline.date or "") if deadline else None
    words = deadline.when if deadline else ""
    if due is None and goal is not None and goal.by:
        due, words = last_day(goal.by), goal.by
    if due is None and (day := _BEFORE.findall(task.text)):
        due, words = max((d, one) for one in day if (d := last_day(one)))
    rhythm = "" if due else _rhythm(task.text)
    bodies = task.responsible_bodies
    return Item(
        id=id,
        kind="task",
        number=task.number,
        title=task.heading[:_LONGEST],
        text=task.text,
        document=document,
        sha256=policy.sha256,
        start_at=task.span.start,
        end_at=task.span.end,
        lead="、".join(one.name for one in bodies if one.role in _LEADS),
        others="、".join(one.name for one in bodies if one.role in _OTHERS),
        implement="、".join(one.name for one in bodies if one.role == "具体落实"),
        start=issued if due is None or issued is None or issued <= due else None,
        due=due,
        due_words=words or ("持续推进" if rhythm == "continuous" else ""),
        rhythm=rhythm,
        remark=_doubt(named, due, issued),
    )


def _doubt(named: Sequence[Deadline], due: date | None, issued: date | None) -> str:
    """What to look at where a task names several days or one that is decades away."""
    days = {last_day(_day_of(one)): one.when for one in named}
    if len(days) > 1:
        zh = f"条款里有几个时限（{'、'.join(days.values())}），取了最晚的，请核对"
        return f"{zh} Several days: the last is taken, check it"
    years = due.year - issued.year if due and issued else 0
    if years > _FAR and due and due.year != _NEUTRAL:
        return f"时限在发文 {years} 年之后，请核对 Due {years} years after the document: check it"
    return ""


def _day_of(one: Deadline) -> str:
    return one.until or one.date or ""


def _within(deadlines: Sequence[Deadline], task: Task) -> list[Deadline]:
    """The deadlines that stand in a task, the last one last."""
    held = [
        one
        for one in deadlines
        if one.kind in _DUE and one.date and task.span.start <= one.span.start < task.span.end
    ]
    return sorted(held, key=_day_of)


def _goal_within(goals: Sequence[Goal], task: Task) -> Goal | None:
    held = [one for one in goals if one.by and task.span.start <= one.span.start < task.span.end]
    return max(held, key=lambda one: one.by or "", default=None)


def _target(policy: PolicyDocument, goal: Goal, id: str, document: str) -> Item:
    return Item(
        id=id,
        kind="target",
        title=f"{goal.counting}{goal.metric}"[:_LONGEST],
        text=goal.span.text,
        document=document,
        sha256=policy.sha256,
        start_at=goal.span.start,
        end_at=goal.span.end,
        metric=goal.metric,
        operator=goal.operator,
        value=goal.value,
        unit=goal.unit,
        change=goal.change,
        base_year=goal.base_year,
        by=goal.by or "",
        due=last_day(goal.by) if goal.by else None,
        due_words=goal.by or "",
    )


def _review(policy: PolicyDocument, one: Deadline, id: str, document: str) -> Item:
    return Item(
        id=id,
        kind="review",
        title=(one.consequence and f"{one.when}：{one.consequence}") or one.span.text[:_LONGEST],
        text=one.span.text,
        document=document,
        sha256=policy.sha256,
        start_at=one.span.start,
        end_at=one.span.end,
        due=last_day(_day_of(one)),
        due_words=one.when,
    )


def _duty(policy: PolicyDocument, one: Deadline, id: str, document: str) -> Item:
    """What is to be reported or finished by a day, outside all tasks."""
    return Item(
        id=id,
        kind="task",
        title=one.span.text[:_LONGEST],
        text=one.span.text,
        document=document,
        sha256=policy.sha256,
        start_at=one.span.start,
        end_at=one.span.end,
        due=last_day(_day_of(one)),
        due_words=one.when,
    )


def _years(period: str) -> Iterator[str]:
    for found in re.finditer(r"(?:19|20)\d{2}(?:\s*[-./年]\s*\d{1,2}(?!\d{2}))?", period):
        yield found[0]


def _first_day(period: str) -> date | None:
    held = list(_years(period))
    if len(held) < 2:
        return None
    year, _, month = re.sub(r"\D+", "-", held[0]).partition("-")
    number = int(month) if month.isdigit() and 1 <= int(month) <= 12 else 1
    return date(int(year), number, 1)


def _last_of(period: str) -> date | None:
    held = list(_years(period))
    return last_day(held[-1]) if held else None
