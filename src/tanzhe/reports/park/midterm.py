"""The mid-term evaluation of a province's parks as a paper."""

from collections.abc import Sequence

from tanzhe.parks import VERDICTS
from tanzhe.reports.park.paper import Draft, Paper, Paragraph, Words
from tanzhe.reports.park.words import MISSING
from tanzhe.tracking.items import GROUNDS, STATUSES
from tanzhe.tracking.lights import LIGHTS, light
from tanzhe.tracking.midterm import ParkReview, Review
from tanzhe.tracking.targets import OUTLOOKS, Joined

_SHOWN = 20  # missing pieces of a park in words; all are counted


def midterm_paper(found: Review, aims: Sequence[Joined] = ()) -> Paper:
    """The report of an evaluation.

    Args:
        found: what is known of parks and tasks.
        aims: targets of documents.
    """
    draft = Draft()
    draft.section("总体情况")
    _whole(draft, found)
    if found.parks:
        draft.section("各园区情况")
        _table(draft, found.parks)
        for park in found.parks:
            _park(draft, park)
    if aims:
        draft.section("目标完成情况")
        _aims(draft, aims)
    if found.tasks:
        draft.section("任务进展")
        _tasks(draft, found)
    draft.section("说明")
    draft.count(
        [
            "本报告只根据填报的核算数据、项目和登记的事实写成；没有登记的情形不等于没有发生。",
            "“有风险”按园区比较的规则判定；灯的规则：红为逾期或进度落后计划 25 个百分点以上，"
            "黄为落后 10 个百分点以上或 30 天内到期而无佐证材料。",
            "目标的可能性来自趋势，不含对今后措施的了解。",
        ]
    )
    day = f"{found.today.year}年{found.today.month}月{found.today.day}日"
    draft.blocks.append(Paragraph((Words(day),), "right"))
    return Paper("零碳园区建设\n中期评估报告", tuple(draft.blocks))


def _whole(draft: Draft, found: Review) -> None:
    due = f"评估节点为{found.due}（{found.name}）。" if found.due else "文件没有评估节点。"
    risky = [one.name for one in found.parks if one.risk.zh != "正常"]
    draft.say(
        f"{due}共{len(found.parks)}个园区，其中正常{len(found.parks) - len(risky)}个"
        + (f"，须关注{len(risky)}个：{'、'.join(risky)}。" if risky else "。")
    )
    draft.say(
        f"任务{len(found.tasks)}项，已完成"
        f"{sum(one.status == 'done' for one in found.tasks)}项，逾期{len(found.overdue)}项。"
    )


def _table(draft: Draft, parks: Sequence[ParkReview]) -> None:
    rows = []
    for one in parks:
        state, works = one.state, one.works
        ratio = None if state is None else state.emission_per_energy
        limit = None if state is None else state.limit
        rows.append(
            (
                one.name,
                MISSING if ratio is None else f"{ratio:.4f}",
                MISSING if limit is None else f"{limit:g}",
                MISSING if state is None else VERDICTS[state.verdict],
                f"{works.done}/{works.projects}",
                f"{works.invested:,.10g}/{works.investment:,.10g}",
                str(len(one.missing)),
                one.risk.zh,
            )
        )
    draft.table(
        "各园区一览",
        (
            "园区",
            "单位能耗\n碳排放",
            "限值",
            "结论",
            "项目\n完成",
            "投资（万元）",
            "缺材料",
            "风险",
        ),
        rows,
        shares=(22, 11, 8, 11, 9, 17, 8, 14),
        align=("left", "right", "right", "centre", "centre", "right", "right", "centre"),
    )


def _park(draft: Draft, one: ParkReview) -> None:
    draft.part(one.name)
    state = one.state
    if state is None:
        draft.say("没有提交核算数据，核心指标无法判断。")
    else:
        gap = sum(state.gap_by_source.values())
        told = (
            f"{state.year}年单位能耗碳排放{state.emission_per_energy:.4f}"
            if state.emission_per_energy is not None
            else f"{state.year}年单位能耗碳排放无法判断"
        )
        limit = f"，限值{state.limit:g}" if state.limit is not None else "，没有适用的门槛"
        over = f"，高出限值{gap:,.0f} tCO2" if gap > 0 else ""
        unmet = f"；未达到：{'、'.join(state.unmet)}" if state.unmet else ""
        missing = f"；缺数据：{'、'.join(state.missing)}" if state.missing else ""
        draft.say(f"{told}{limit}{over}{unmet}{missing}。")
    if one.expected is not None and one.expected.reasons:
        draft.count([f"{reason.rstrip('。')}。" for reason in one.expected.reasons])
    works = one.works
    if works.projects:
        draft.say(
            f"项目{works.projects}个，完成{works.done}个；计划投资{works.investment:,.10g}万元，"
            f"已完成{works.invested:,.10g}万元；计划年减排{works.abatement:,.10g}吨，"
            f"已实现{works.abated:,.10g}吨。"
        )
    for ground in one.grounds:
        if ground.facts:
            facts = "；".join(fact.zh for fact in ground.facts)
            draft.say(f"{GROUNDS[ground.name].zh}：{facts}。")
    if not any(ground.facts for ground in one.grounds):
        draft.say("文件所列四种调出情形，没有登记的事实。")
    if one.missing:
        more = f"等{len(one.missing)}项" if len(one.missing) > _SHOWN else ""
        listed = "；".join(words.zh for words in one.missing[:_SHOWN])
        draft.say(f"还缺的材料：{listed}{more}。")


def _aims(draft: Draft, aims: Sequence[Joined]) -> None:
    rows = [
        (
            one.item.title,
            MISSING if one.wanted is None else f"{one.wanted:,.6g} {one.item.unit}".strip(),
            one.item.by or MISSING,
            MISSING if one.now is None else f"{one.now:,.6g}",
            one.until or MISSING,
            MISSING if one.probability is None else f"{one.probability:.0%}",
            OUTLOOKS[one.outlook].zh,
        )
        for one in aims
    ]
    draft.table(
        "目标和趋势",
        ("目标", "目标值", "到", "最近一年", "数据至", "可能性", "判断"),
        rows,
        shares=(28, 16, 8, 14, 11, 9, 14),
        align=("left", "right", "centre", "right", "centre", "right", "centre"),
    )


def _tasks(draft: Draft, found: Review) -> None:
    rows = [
        (
            one.number or one.id,
            one.title,
            one.lead or one.others or MISSING,
            str(one.due) if one.due else one.due_words or MISSING,
            f"{one.progress:g}%",
            STATUSES[one.status].zh,
            LIGHTS[light(one, found.today)].zh,
        )
        for one in found.tasks
    ]
    draft.table(
        "任务一览",
        ("序号", "任务", "责任单位", "时限", "进度", "状态", "灯"),
        rows,
        shares=(9, 27, 27, 13, 8, 10, 6),
        align=("centre", "left", "left", "centre", "right", "centre", "centre"),
    )
