"""The mid-term evaluation of a province's parks as a page, from facts entered only."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from tanzhe.errors import Language, Words
from tanzhe.model.told import Told, said_in
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING
from tanzhe.reports.products.midtermtables import aims_table, parks_table, tasks_table
from tanzhe.reports.products.parkwords import co2, sentence, verdict_words
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.escape import one_line
from tanzhe.tracking.items import GROUNDS, STATUSES
from tanzhe.tracking.lights import LIGHTS, light
from tanzhe.tracking.midterm import MidTerm, ParkReview
from tanzhe.tracking.targets import OUTLOOKS

# The page of each result, by the name of its class.
PAGES = {"MidTerm": "midterm_page"}

_UNIT = "tCO2/tce"
_PARTED = Words("；", "; ")
_SHOWN = 20  # missing pieces of a park in words; all are counted
_RULES = (
    Words(
        "本报告只根据填报的核算数据、项目和登记的事实写成；没有登记的情形不等于没有发生。",
        "Written from the accounts, projects and facts entered alone: what nobody entered may "
        "have happened all the same.",
    ),
    Words(
        "“有风险”按园区比较的规则判定；灯的规则：红为逾期或进度落后计划 25 个百分点以上，"
        "黄为落后 10 个百分点以上或 30 天内到期而无佐证材料。",
        "At risk is judged by the rules of the comparison of parks. Lights: red is overdue or "
        "more than 25 points behind plan; yellow is more than 10 points behind, or due within 30 "
        "days without evidence.",
    ),
    Words(
        "目标的可能性来自趋势，不含对今后措施的了解。",
        "Probabilities of targets come from the trend and know of no measures ahead.",
    ),
)


def midterm_page(found: MidTerm, language: Language = "zh") -> Page:
    """An evaluation as a page.

    Args:
        found: what is known of parks, tasks and targets.
        language: of our words.
    """
    found = clean(found)
    draft = Draft(
        language,
        Words(
            "零碳园区建设\n中期评估报告",
            "Mid-term evaluation\nof the building of zero-carbon parks",
        ),
    )
    parks = parks_table(found)
    draft.section(Words("总体情况", "The whole"))
    _whole(draft, found)
    if found.parks:
        draft.section(Words("各园区情况", "The parks"))
        _table(draft, found.parks, parks)
        for park in found.parks:
            _park(draft, park)
    if found.aims:
        draft.section(Words("目标完成情况", "Targets"))
        _aims(draft, found)
    if found.tasks:
        draft.section(Words("任务进展", "Tasks"))
        _tasks(draft, found)
    draft.section(Words("说明", "Notes"))
    draft.count(_RULES)
    draft.say(day_words(found.today.isoformat()), "right")
    return draft.page(
        product="midterm",
        about=found.today.isoformat(),
        made=f"{found.today.isoformat()}T00:00:00+00:00",
        answer=partial(_answer, found, language),
        tables=[parks, aims_table(found), tasks_table(found)],
    )


def _answer(found: MidTerm, language: Language) -> Mapping[str, Any]:
    tree: Mapping[str, Any] = said_in(found.model_dump(mode="json"), language)
    return tree


def _whole(draft: Draft, found: MidTerm) -> None:
    due = Words("文件没有评估节点。", "No document names a day of evaluation.")
    if found.due:
        name = one_line(found.name)
        due = Words(
            f"评估节点为{found.due}（{name}）。", f"The evaluation is due on {found.due} ({name})."
        )
    risky = [one for one in found.parks if one.risk.en != "normal"]
    count = len(found.parks)
    zh = f"{due.zh}共{count}个园区，其中正常{count - len(risky)}个"
    en = f"{due.en} Of {count} parks {count - len(risky)} are normal"
    if risky:
        names = [one_line(one.name) for one in risky]
        zh += f"，须关注{len(risky)}个：{'、'.join(names)}"
        en += f", {len(risky)} need attention: {', '.join(names)}"
    draft.say(Words(f"{zh}。", f"{en}."))
    done, overdue = sum(one.status == "done" for one in found.tasks), len(found.overdue)
    draft.say(
        Words(
            f"任务{len(found.tasks)}项，已完成{done}项，逾期{overdue}项。",
            f"{len(found.tasks)} tasks, {done} done, {overdue} overdue.",
        )
    )


def _table(draft: Draft, parks: Sequence[ParkReview], table: DataTable) -> None:
    rows = []
    for at, one in enumerate(parks):
        state, works, place = one.state, one.works, row_place(table, at)
        ratio = None if state is None else state.emission_per_energy
        limit = None if state is None else state.limit
        rows.append([
            one_line(one.name),
            _number(draft, ratio, ".4f", _UNIT, place),
            _number(draft, limit, "g", _UNIT, place),
            MISSING if state is None else verdict_words(state.verdict).said(draft.language),
            f"{works.done}/{works.projects}",
            f"{works.invested:,.10g}/{works.investment:,.10g}",
            str(len(one.missing)),
            one.risk.said(draft.language),
        ])  # fmt: skip
    draft.table(
        Words("各园区一览", "The parks at a glance"),
        [Words("园区", "Park"), Words(f"单位能耗碳排放（{_UNIT}）", _UNIT), Words("限值", "Limit"),
         Words("结论", "Verdict"), Words("项目完成", "Projects done"),
         Words("投资（万元）", "Invested (10,000 yuan)"), Words("缺材料", "Missing"),
         Words("风险", "Risk")],
        rows,
        align=("left", "right", "right", "left", "right", "right", "right", "left"),
    )  # fmt: skip


def _number(
    draft: Draft, value: float | None, form: str, unit: str = "", place: Place | None = None
) -> str:
    return (
        MISSING if value is None else draft.same(value, format(value, form), unit=unit, place=place)
    )


def _park(draft: Draft, one: ParkReview) -> None:
    name = one_line(one.name)
    draft.part(Words(name, name))
    draft.say(_state(draft, one))
    if one.expected is not None and one.expected.reasons:
        draft.count([sentence(reason) for reason in one.expected.reasons])
    works = one.works
    if works.projects:
        money = f"{works.investment:,.10g}", f"{works.invested:,.10g}"
        cut = f"{works.abatement:,.10g}", f"{works.abated:,.10g}"
        draft.say(
            Words(
                f"项目{works.projects}个，完成{works.done}个；计划投资{money[0]}万元，"
                f"已完成{money[1]}万元；计划年减排{cut[0]}吨，已实现{cut[1]}吨。",
                f"{works.projects} projects, {works.done} done; investment of {money[0]} × 10,000 "
                f"yuan planned, {money[1]} made; {cut[0]} tCO2 a year to be cut, {cut[1]} cut.",
            )
        )
    for ground in one.grounds:
        if ground.facts:
            title, facts = GROUNDS[ground.name], _joined(ground.facts)
            english = f"{title.en[:1].upper()}{title.en[1:]}"
            draft.say(Words(f"{title.zh}：{facts.zh}。", f"{english}: {facts.en}."))
    if not any(ground.facts for ground in one.grounds):
        draft.say(
            Words(
                "文件所列四种调出情形，没有登记的事实。",
                "No fact is entered on the four grounds for leaving the list.",
            )
        )
    if one.missing:
        shown, count = _joined(one.missing[:_SHOWN]), len(one.missing)
        more = Words(f"等{count}项", f" and others, {count} in all")
        more = more if count > _SHOWN else Words("", "")
        told = Words(f"{shown.zh}{more.zh}", f"{shown.en}{more.en}")
        draft.say(Words(f"还缺的材料：{told.zh}。", f"Still missing: {told.en}."))


def _state(draft: Draft, one: ParkReview) -> Words:
    state = one.state
    if state is None:
        return Words(
            "没有提交核算数据，核心指标无法判断。",
            "No account was given: the core indicator cannot be judged.",
        )
    ratio = state.emission_per_energy
    zh, en = f"{state.year}年单位能耗碳排放", f"Emissions per energy of {state.year} "
    if ratio is None:
        zh, en = f"{zh}无法判断", f"{en}cannot be judged"
    else:
        value = f"{_number(draft, ratio, '.4f', _UNIT)} {_UNIT}"
        zh, en = f"{zh}{value}", f"{en}{value}"
    if state.limit is None:
        zh, en = f"{zh}，没有适用的门槛", f"{en}, no threshold applies"
    else:
        limit = f"{_number(draft, state.limit, 'g', _UNIT)} {_UNIT}"
        zh, en = f"{zh}，限值{limit}", f"{en}, limit {limit}"
    gap = sum(state.gap_by_source.values())
    if gap > 0:
        size = co2(draft, gap)
        zh, en = f"{zh}，高出限值{size}", f"{en}, {size} above it"
    for names, words in (
        (state.unmet, Words("未达到", "not met")), (state.missing, Words("缺数据", "data missing")),
    ):  # fmt: skip
        if names:
            told = _joined(names, Words("、", ", "))
            zh, en = f"{zh}；{words.zh}：{told.zh}", f"{en}; {words.en}: {told.en}"
    return Words(f"{zh}。", f"{en}.")


def _joined(parts: Iterable[Words | Told], mark: Words = _PARTED) -> Words:
    """Words one behind the other, in both languages."""
    held = [Words(one_line(one.zh), one_line(one.en)) for one in parts]
    return Words(mark.zh.join(one.zh for one in held), mark.en.join(one.en for one in held))


def _aims(draft: Draft, found: MidTerm) -> None:
    table = aims_table(found)
    rows = []
    for at, one in enumerate(found.aims):
        place, unit = row_place(table, at), one.item.unit
        wanted = MISSING
        if one.wanted is not None:
            text = f"{one.wanted:,.6g} {unit}".strip()
            wanted = draft.same(one.wanted, text, unit=unit, place=place)
        rows.append([
            one_line(one.item.title), wanted, one.item.by or MISSING,
            _number(draft, one.now, ",.6g", unit, place), one.until or MISSING,
            _number(draft, one.probability, ".0%", "", place),
            OUTLOOKS[one.outlook].said(draft.language),
        ])  # fmt: skip
    draft.table(
        Words("目标和趋势", "Targets and trends"),
        [Words("目标", "Target"), Words("目标值", "To be reached"), Words("到", "By"),
         Words("最近一年", "Last year"), Words("数据至", "Data to"),
         Words("可能性", "Probability"), Words("判断", "Outlook")],
        rows,
        align=("left", "right", "left", "right", "left", "right", "left"),
    )  # fmt: skip
    for one in found.aims:
        title = one_line(one.item.title)
        draft.say(Words(f"{title}：{one.how.zh}。", f"{title}: {one.how.en}."), "small")


def _tasks(draft: Draft, found: MidTerm) -> None:
    draft.table(
        Words("任务一览", "Tasks at a glance"),
        [Words("序号", "No."), Words("任务", "Task"), Words("责任单位", "Body"),
         Words("时限", "Due"), Words("进度", "Progress"), Words("状态", "Status"),
         Words("灯", "Light")],
        [
            [one.number or one.id, one_line(one.title),
             one_line(one.lead or one.others) or MISSING,
             str(one.due) if one.due else one.due_words or MISSING, f"{one.progress:g}%",
             STATUSES[one.status].said(draft.language),
             LIGHTS[light(one, found.today)].said(draft.language)]
            for one in found.tasks
        ],
        align=("left", "left", "left", "left", "right", "left", "left"),
    )  # fmt: skip
