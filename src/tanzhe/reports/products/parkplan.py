"""A plan for a park as a page: answer, measures, the park after them, what binds, green power."""

import math
from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Alternative, Binding, Plan, PlannedMeasure, PlanStatus
from tanzhe.parks.measures.words import words as measure_words
from tanzhe.parks.planning.json import plan_json
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.products.parktables import green_table, measures_table, park_tables, park_values
from tanzhe.reports.products.parkwords import (
    co2,
    coal,
    number_cell,
    per_energy,
    source_words,
    verdict_words,
)
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import words_of

# The page of each result, by the name of its class.
PAGES = {"Plan": "plan_page"}

_NOISE = 1e-9  # of the solver, relative
PLAN_STATES: dict[PlanStatus, Words] = words_of("reports.parkplan.plan_states")


def plan_page(plan: Plan, language: Language = "zh") -> Page:
    """A plan as a page.

    Args:
        plan: from `plan`.
        language: of our words; names of measures and indicators stand as they are.
    """
    plan = clean(plan)
    park = plan.before.park
    name = one_line(park.name)
    draft = Draft(
        language,
        Words(
            f"{name}{park.year}年度\n零碳园区达标方案",
            f"{name}, {park.year}\nPlan to meet the indicators of a zero-carbon park",
        ),
    )
    tables = [measures_table(plan), green_table(plan), *park_tables(plan.after or plan.before)]
    _answer(draft, plan)
    _measures(draft, plan)
    _unreachable(draft, plan)
    _limits(draft, plan)
    _green(draft, plan)
    _left(draft, plan)
    return draft.page(
        product="plan",
        about=f"{name}_{park.year}",
        made=plan.before.moment,
        answer=partial(plan_json, plan, language),
        tables=tables,
        values=park_values(plan.after or plan.before),
        scenario=f"{plan.before.rules} plan",
    )


def _answer(draft: Draft, plan: Plan) -> None:
    draft.section(Words("结论", "Answer"))
    state = PLAN_STATES[plan.status]
    draft.say(Words(f"方案：{state.zh}。", f"Plan: {state.en}."))
    if plan.status == "planned":
        value = plan.cost_wan_yuan or 0.0
        text = f"{value:,.2f}"
        cost = draft.fact(value, Words(f"{text} 万元", f"{text} × 10,000 yuan"), unit="万元")
        draft.say(Words(f"最低成本：每年{cost}。", f"Least cost: {cost} a year."))
    if plan.by:
        draft.say(Words(f"措施须在 {plan.by} 前可用。", f"Measures must work by {plan.by}."))
    _state(draft, Words("现状", "Now"), plan.before)
    if plan.after is not None and plan.measures:
        _state(draft, Words("之后", "Then"), plan.after)


def _state(draft: Draft, when: Words, one: Assessment) -> None:
    total, energy = co2(draft, one.emissions.total), coal(draft, one.energy_tce)
    ratio = "—" if one.emission_per_energy is None else per_energy(draft, one.emission_per_energy)
    verdict = verdict_words(one.verdict)
    draft.say(
        Words(
            f"{when.zh}：碳排放{total}，综合能源消费量{energy}，单位能耗碳排放{ratio}，总体{verdict.zh}。",
            f"{when.en}: emissions {total}, energy {energy}, emissions per energy {ratio}; "
            f"{verdict.en} as a whole.",
        )
    )


def _measures(draft: Draft, plan: Plan) -> None:
    if not plan.measures:
        return
    near = plan.status != "planned"
    draft.section(
        Words("离达标最近的做法", "Nearest to the limits") if near else Words("措施", "Measures")
    )
    table = measures_table(plan)
    draft.table(
        Words("采取的措施", "Measures taken"),
        [Words("措施", "Measure"), Words("类型", "Kind"), Words("数量", "Amount"),
         Words("占潜力", "Of the potential"), Words("万元/年", "10,000 yuan a year"),
         Words("tCO2", "tCO2"), Words("tce", "tce")],
        [_row(draft, one, row_place(table, at)) for at, one in enumerate(plan.measures)],
        align=("left", "left", "right", "right", "right", "right", "right"),
    )  # fmt: skip


def _row(draft: Draft, one: PlannedMeasure, place: Place) -> list[str]:
    return [
        one_line(one.name),
        kind_of(one).said(draft.language),
        draft.same(one.amount, f"{enough(one.amount)} {one.unit}", unit=one.unit, place=place),
        draft.same(one.share_of_potential, f"{one.share_of_potential:.0%}", place=place),
        number_cell(draft, one.cost_wan_yuan, "万元", place),
        number_cell(draft, one.tco2, "tCO2", place),
        number_cell(draft, one.tce, "tce", place),
    ]


def kind_of(one: PlannedMeasure) -> Words:
    """The kind of a measure, as a file of measures may name it."""
    return Words(measure_words().shown[one.kind], one.kind.replace("_", " "))


def enough(amount: float) -> str:
    """An amount to a tenth, never rounded below what the threshold needs.

    Example:
        >>> enough(16735.04), enough(20000.0000001), enough(0.3)
        ('16,735.1', '20,000.0', '0.3')
    """
    return f"{math.ceil(amount * 10 * (1 - _NOISE)) / 10:,.1f}"


def _unreachable(draft: Draft, plan: Plan) -> None:
    if not plan.unreachable:
        return
    draft.section(Words("达不到的指标", "What cannot be met"))
    told = []
    for one in plan.unreachable:
        zh = en = ""
        if one.gap_tco2 is not None:
            above = co2(draft, one.gap_tco2)
            zh, en = f"（超出{above}）", f" ({above} above)"
        names = Words(one_line(one.name.zh), one_line(one.name.en))
        told.append(
            Words(
                f"{names.zh}{zh}：{one_line(one.why.zh)}", f"{names.en}{en}: {one_line(one.why.en)}"
            )
        )
    draft.count(told)
    for source, tco2 in plan.left_by_source.items():
        left, what = co2(draft, tco2), source_words(source)
        draft.say(Words(f"最好时剩余，{what.zh}：{left}。", f"Left at best, {what.en}: {left}."))


def _limits(draft: Draft, plan: Plan) -> None:
    """What binds, and the cheapest plan without each measure."""
    if plan.binding:
        draft.section(Words("约束", "What binds"))
        lines = []
        for one in plan.binding:
            what = Words(one_line(one.what.zh), one_line(one.what.en))
            price = price_of(one)
            if price is None:
                lines.append(what)
                continue
            told = draft.fact(price, price_words(one), unit="元")
            lines.append(Words(f"{what.zh}（放宽一个单位每年可省{told}）",
                               f"{what.en} (one unit of room saves {told} a year)"))  # fmt: skip
        draft.count(lines)
    if plan.alternatives:
        draft.section(Words("少了其中一项时最便宜的方案", "The cheapest plan without one measure"))
        draft.count([_without(draft, plan, one) for one in plan.alternatives])


def price_of(one: Binding) -> float | None:
    """What one more unit of room would save a year, yuan; of a share, one more percentage point."""
    if one.price_yuan is None or one.unit != "1":
        return one.price_yuan
    return one.price_yuan / 100


def price_words(one: Binding) -> Words:
    """The same in words, with what it is the price of."""
    price = price_of(one)
    if price is None:
        return Words("—", "—")
    unit = Words("百分点", "percentage point") if one.unit == "1" else Words(one.unit, one.unit)
    told = f"{price:,.2f}" if price < 1000 else f"{price:,.0f}"
    return Words(f"{told} 元/{unit.zh}", f"{told} yuan/{unit.en}")


def _without(draft: Draft, plan: Plan, one: Alternative) -> Words:
    what, cost = one_line(one.without), one.cost_wan_yuan
    if cost is None:
        return Words(f"没有“{what}”就达不到", f"Without “{what}” the limits cannot be met")
    text = f"{cost:,.2f}"
    told = draft.fact(cost, Words(f"{text} 万元/年", f"{text} × 10,000 yuan a year"), unit="万元")
    more = number_cell(draft, cost - (plan.cost_wan_yuan or 0.0), "万元")
    taken = [one_line(measure.name) for measure in one.measures]
    return Words(
        f"没有“{what}”：{told}（多 {more}）：{'、'.join(taken)}",
        f"Without “{what}”: {told} ({more} more): {', '.join(taken)}",
    )


def _green(draft: Draft, plan: Plan) -> None:
    green, table = plan.green, green_table(plan)
    draft.section(Words("只靠绿电", "Green power alone"))
    draft.say(one_line(green.words.said(draft.language)))
    if green.formula:
        draft.say(one_line(green.formula.said(draft.language)), "small")
    draft.table(
        Words("绿电占比与单位能耗碳排放", "Green power and emissions per energy"),
        [Words("绿电占比", "Share of green power"), Words("tCO2/tce", "tCO2/tce")],
        [
            [draft.same(p.share, f"{p.share:.1%}", place=row_place(table, at)),
             draft.same(p.emission_per_energy, f"{p.emission_per_energy:.4f}", unit="tCO2/tce",
                        place=row_place(table, at))]
            for at, p in enumerate(green.points)
        ],
        align=("right", "right"),
    )  # fmt: skip


def _left(draft: Draft, plan: Plan) -> None:
    if plan.open:
        draft.section(Words("方案不能决定的指标", "Indicators the plan does not decide"))
        draft.count([one_line(one.said(draft.language)) for one in plan.open])
    out = []
    if plan.unused and plan.status == "planned":
        names = [one_line(name) for name in plan.unused]
        out.append(Words(f"不需要：{'、'.join(names)}", f"Not needed: {', '.join(names)}"))
    if plan.too_late:
        names = [one_line(name) for name in plan.too_late]
        out.append(Words(f"{plan.by} 前不可用：{'、'.join(names)}",
                         f"Not ready by {plan.by}: {', '.join(names)}"))  # fmt: skip
    if out:
        draft.section(Words("未采用", "Not taken"))
        draft.count(out)
    if plan.notes:
        draft.section(Words("说明", "Notes"))
        draft.count([Words(note.zh, note.en) for note in plan.notes])
