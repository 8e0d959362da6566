"""A plan as lines for a terminal."""

from collections.abc import Iterable, Iterator

from tanzhe.cli.shared.aligned import aligned, shortened
from tanzhe.cli.shared.language import of_documents, told
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Binding, Plan, PlannedMeasure
from tanzhe.parks.terms import SOURCES, VERDICTS
from tanzhe.reports.products.parkplan import PLAN_STATES, enough, kind_of, price_words

_NAME = 30  # columns of a measure's name


def plan_summary(plan: Plan) -> str:
    """Answer, measures, the park after them, what binds, alternatives, green power, notes."""
    language = of_documents()
    parts = [
        _head(plan),
        _measures(plan),
        _change(plan),
        _unreachable(plan),
        _listed(
            told("约束（放宽一个单位每年可省）：", "What binds (a unit of room saves, a year):"),
            map(_binding, plan.binding),
        ),
        _listed(
            told("少了其中一项时最便宜的方案：", "The cheapest plan without one of them:"),
            _alternatives(plan),
        ),
        _green(plan),
        _listed(
            told("方案不能决定的指标：", "Indicators the plan does not decide:"),
            (one.said(language) for one in plan.open),
        ),
        _listed(told("未采用：", "Not taken:"), _left_out(plan)),
        _listed(told("说明：", "Notes:"), (note.said(language) for note in plan.notes)),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(plan: Plan) -> str:
    park = plan.before.park
    rules, state = plan.before.rules, PLAN_STATES[plan.status]
    lines = [
        told(f"{park.name} {park.year} 年（{rules}）", f"{park.name} {park.year} ({rules})"),
        told(f"方案：{state.zh}", f"Plan: {state.en}"),
    ]
    if plan.status == "planned":
        cost = f"{plan.cost_wan_yuan or 0:,.2f}"
        lines.append(told(f"最低成本 {cost} 万元/年", f"Least cost {cost} × 10,000 yuan a year"))
    if plan.by:
        lines.append(told(f"措施须在 {plan.by} 前可用", f"Measures must work by {plan.by}"))
    return "\n".join(lines)


def _measures(plan: Plan) -> str:
    if not plan.measures:
        return ""
    title = "" if plan.status == "planned" else f"{told('离达标最近的做法：', 'Nearest to it:')}\n"
    heads = (
        told("措施", "measure"), told("类型", "kind"), told("数量", "amount"),
        told("占潜力", "of potential"), told("万元/年", "10,000 yuan/a"), "tCO2", "tce",
    )  # fmt: skip
    rows = [heads, *(_row(one) for one in plan.measures)]
    return title + "\n".join(aligned(rows, right=[2, 3, 4, 5, 6]))


def _row(one: PlannedMeasure) -> tuple[str, ...]:
    return (
        shortened(one.name, _NAME),
        kind_of(one).said(of_documents()),
        f"{enough(one.amount)} {one.unit}",
        f"{one.share_of_potential:.0%}",
        f"{one.cost_wan_yuan:,.1f}",
        f"{one.tco2:+,.0f}",
        f"{one.tce:+,.0f}",
    )


def _change(plan: Plan) -> str:
    now = _state(told("现状：", "Now: "), plan.before)
    if plan.after is None or not plan.measures:
        return now
    return "\n".join([now, _state(told("之后：", "Then: "), plan.after)])


def _state(when: str, one: Assessment) -> str:
    ratio = "—" if one.emission_per_energy is None else f"{one.emission_per_energy:.4f}"
    verdict = VERDICTS[one.verdict]
    return (
        f"{when}{one.emissions.total:,.1f} tCO2 ÷ {one.energy_tce:,.1f} tce = {ratio} tCO2/tce"
        + told(f"，总体{verdict}", f", {verdict.en} as a whole")
    )


def _unreachable(plan: Plan) -> str:
    lines = []
    for one in plan.unreachable:
        excess = ""
        if one.gap_tco2 is not None:
            size = f"{one.gap_tco2:,.1f} tCO2"
            excess = told(f"（超出 {size}）", f" ({size} above)")
        lines.append(told(f"{one.name}{excess}：{one.why}", f"{one.name.en}{excess}: {one.why.en}"))
    left = [
        f"{SOURCES[source].said(of_documents())} {tco2:,.1f}"
        for source, tco2 in plan.left_by_source.items()
    ]
    if left:
        core = any(one.gap_tco2 is not None for one in plan.unreachable)
        when = told("离达标最近时", "nearest to the thresholds")
        if core:
            when = told("单位能耗碳排放最低时", "at the lowest emissions per energy")
        parts = told("、", ", ").join(left)
        lines.append(told(f"{when}剩余（tCO2）：{parts}", f"left {when} (tCO2): {parts}"))
    return _listed(told("达不到的：", "What cannot be met:"), lines)


def _binding(one: Binding) -> str:
    what = one.what.said(of_documents())
    if one.price_yuan is None:
        return what
    price = price_words(one)
    return told(f"{what}（{price.zh}）", f"{what} ({price.en})")


def _alternatives(plan: Plan) -> Iterator[str]:
    for one in plan.alternatives:
        if one.cost_wan_yuan is None:
            yield told(f"没有“{one.without}”就达不到", f"without “{one.without}” it cannot be met")
        else:
            more = f"{one.cost_wan_yuan - (plan.cost_wan_yuan or 0.0):,.2f}"
            cost = f"{one.cost_wan_yuan:,.2f}"
            names = told("、", ", ").join(measure.name for measure in one.measures)
            yield told(
                f"没有“{one.without}”：{cost} 万元/年（多 {more}）：{names}",
                f"without “{one.without}”: {cost} × 10,000 yuan a year ({more} more): {names}",
            )


def _green(plan: Plan) -> str:
    green = plan.green
    points = [(f"{p.share:.1%}", f"{p.emission_per_energy:.4f}") for p in green.points]
    lines = [told(f"只靠绿电：{green.words}", f"Green power alone: {green.words.en}")]
    if green.formula:
        lines.append(green.formula.said(of_documents()))
    if points:
        across = [" ".join(f"{cell:>8}" for cell in column) for column in zip(*points, strict=True)]
        share = told("绿电占比", "green   ")
        lines += [f"  {share} {across[0]}", f"  tCO2/tce {across[1]}"]
    return "\n".join(lines)


def _left_out(plan: Plan) -> Iterator[str]:
    if plan.unused and plan.status == "planned":
        names = told("、", ", ").join(plan.unused)
        yield told(f"不需要：{names}", f"not needed: {names}")
    if plan.too_late:
        names = told("、", ", ").join(plan.too_late)
        yield told(f"{plan.by} 前不可用：{names}", f"not ready by {plan.by}: {names}")


def _listed(title: str, lines: Iterable[str]) -> str:
    found = [f"  · {line}" for line in lines]
    return "\n".join([title, *found]) if found else ""
