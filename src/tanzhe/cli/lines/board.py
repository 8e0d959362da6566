"""The board as lines for a terminal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from tanzhe.api.board.board_files import Imported
from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.language import said
from tanzhe.errors import Words
from tanzhe.tracking.history import Event
from tanzhe.tracking.items import GROUNDS, KINDS, STATUSES, Item, Status
from tanzhe.tracking.lights import LIGHTS, due_of, light
from tanzhe.tracking.midterm import MidTerm
from tanzhe.tracking.targets import OUTLOOKS, Joined
from tanzhe.tracking.workbook import FIELDS

_HEAD = (
    Words("编号", "id"), Words("灯", "light"), Words("状态", "status"), Words("进度", "done"),
    Words("时限", "due"), Words("责任", "who"), Words("事项", "item"),
)  # fmt: skip
_TITLE, _WHO = 40, 24


def board_lines(items: Sequence[Item], today: date) -> list[str]:
    """A table of items with their lights."""
    if not items:
        return [said("没有事项", "Nothing there")]
    rows = [
        (
            one.id,
            said(LIGHTS[light(one, today)]),
            said(STATUSES[one.status]),
            f"{one.progress:g}%",
            str(due_of(one, today) or one.due_words or "—"),
            shortened(one.person or one.lead or one.others or "—", _WHO),
            shortened(" ".join(x for x in (one.park, one.number, one.title) if x), _TITLE),
        )
        for one in items
    ]
    return aligned([tuple(said(one) for one in _HEAD), *rows], right=[3])


def imported_lines(done: Sequence[tuple[str, Imported]]) -> Iterator[str]:
    """What each file brought."""
    for name, found in done:
        kinds = {
            kind: sum(one.kind == kind for one in found.new)
            for kind in KINDS
            if any(one.kind == kind for one in found.new)
        }
        zh = "、".join(f"{KINDS[k].zh} {n}" for k, n in kinds.items()) or "没有新事项"
        en = ", ".join(f"{KINDS[k].en} {n}" for k, n in kinds.items()) or "nothing new"
        zh += f"，已有 {found.known}" if found.known else ""
        en += f", known {found.known}" if found.known else ""
        zh += f"，改动 {len(found.changed)}" if found.changed else ""
        en += f", changed {len(found.changed)}" if found.changed else ""
        yield f"{name}：{said(zh, en)}"
        if found.told:
            yield f"    {said(found.told)}"
        for one in found.new:
            if one.kind == "task" and one.remark:
                yield f"    {one.id} {one.due_words}：{one.remark}"


def history_lines(item: Item, events: Sequence[Event]) -> Iterator[str]:
    """All of an item, then every change of it."""
    yield f"{item.id}  {said(KINDS[item.kind])}  {item.number} {item.title}"
    for name, value in item.model_dump(mode="json", exclude_defaults=True).items():
        if name in FIELDS and name not in ("number", "title"):
            yield f"  {said(FIELDS[name])}：{_shown(name, value)}"
    yield said("改动记录：", "History:")
    for one in events:
        reason = f"（{one.why}）" if one.why else ""
        fields = "; ".join(f"{name}={value}" for name, value in one.fields.items())
        yield f"  {one.at}  {one.who}{reason}  {shortened(fields, 90)}"


def _shown(name: str, value: object) -> str:
    """A field as people write it; a status by its name, evidence by its files."""
    if name == "status":
        return said(STATUSES[cast(Status, value)])
    if isinstance(value, list):
        return "、".join(str(one["name"] if isinstance(one, dict) else one) for one in value)
    return str(value)


def target_lines(aims: Sequence[Joined]) -> Iterator[str]:
    """Targets with what was measured, and how probable it is that they are reached."""
    yield said("目标：", "Targets:")
    for one in aims:
        wanted = "—" if one.wanted is None else f"{one.wanted:,.6g} {one.item.unit}".strip()
        chance = "" if one.probability is None else f" {one.probability:.0%}"
        now = (
            ""
            if one.now is None
            else said(
                f"，最近一年 {one.now:,.6g}（至 {one.until}）",
                f", last year {one.now:,.6g} (to {one.until})",
            )
        )
        yield (
            f"  {one.item.id}  {shortened(one.item.title, _TITLE)}  {one.item.by} "
            f"{one.item.operator or ''} {wanted}：{said(OUTLOOKS[one.outlook])}{chance}{now}"
        )
        yield f"      {said(one.how)}"


def review_lines(found: MidTerm) -> Iterator[str]:
    """Each park with its risk, works, facts and missing evidence."""
    due = f"{found.due} {found.name}" if found.due else said("没有", "none")
    yield said(f"评估节点：{due}", f"Review: {due}")
    overdue = len(found.overdue)
    yield said(
        f"任务 {len(found.tasks)} 项，逾期 {overdue} 项",
        f"{len(found.tasks)} tasks, {overdue} overdue",
    )
    for park in found.parks:
        yield f"{park.name}：{said(park.risk)}"
        for reason in park.expected.reasons if park.expected else ():
            yield f"    · {said(reason.words)}"
        works = park.works
        if works.projects:
            zh = (
                f"    项目 {works.done}/{works.projects}，投资 {works.invested:,.10g}/"
                f"{works.investment:,.10g} 万元，减排 {works.abated:,.10g}/"
                f"{works.abatement:,.10g} tCO2"
            )
            en = (
                f"    projects {works.done}/{works.projects}, 10,000 yuan "
                f"{works.invested:,.10g}/{works.investment:,.10g}, tCO2 "
                f"{works.abated:,.10g}/{works.abatement:,.10g}"
            )
            yield said(zh, en)
        for ground in park.grounds:
            for fact in ground.facts:
                yield f"    {said(GROUNDS[ground.name])}：{said(fact)}"
        if park.missing:
            some = said(
                "；".join(one.zh for one in park.missing[:3]),
                "; ".join(one.en for one in park.missing[:3]),
            )
            count = len(park.missing)
            yield said(f"    缺材料 {count} 项：", f"    {count} missing: ") + some
