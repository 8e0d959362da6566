"""A plan as lines for a terminal."""

from collections.abc import Iterable, Iterator

from tanzhe.cli.aligned import aligned, shortened
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Binding, Plan, PlannedMeasure, PlanStatus
from tanzhe.parks import SOURCES, VERDICTS
from tanzhe.parks.measures.words import words
from tanzhe.reports.products.parkplan import enough

STATES: dict[PlanStatus, str] = {
    "already_met": "已经达到，不需要措施",
    "planned": "可行",
    "infeasible": "不可行：所列措施怎样组合都达不到",
    "not_applicable": "不适用：园区不在核心指标所设的各档之内，没有门槛",
}
_NAME = 30  # columns of a measure's name


def plan_summary(plan: Plan) -> str:
    """Answer, measures, the park after them, what binds, alternatives, green power, notes."""
    parts = [
        _head(plan),
        _measures(plan),
        _change(plan),
        _unreachable(plan),
        _listed("约束（放宽一个单位每年可省）：", map(_binding, plan.binding)),
        _listed("少了其中一项时最便宜的方案：", _alternatives(plan)),
        _green(plan),
        _listed("方案不能决定的指标：", plan.open),
        _listed("未采用：", _left_out(plan)),
        _listed("说明：", (note.zh for note in plan.notes)),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(plan: Plan) -> str:
    park = plan.before.park
    lines = [f"{park.name} {park.year} 年（{plan.before.rules}）", f"方案：{STATES[plan.status]}"]
    if plan.status == "planned":
        lines.append(f"最低成本 {plan.cost_wan_yuan or 0:,.2f} 万元/年")
    if plan.by:
        lines.append(f"措施须在 {plan.by} 前可用")
    return "\n".join(lines)


def _measures(plan: Plan) -> str:
    if not plan.measures:
        return ""
    title = "" if plan.status == "planned" else "离达标最近的做法：\n"
    heads = ("措施", "类型", "数量", "占潜力", "万元/年", "tCO2", "tce")
    rows = [heads, *(_row(one) for one in plan.measures)]
    return title + "\n".join(aligned(rows, right=[2, 3, 4, 5, 6]))


def _row(one: PlannedMeasure) -> tuple[str, ...]:
    return (
        shortened(one.name, _NAME),
        words().shown[one.kind],
        f"{enough(one.amount)} {one.unit}",
        f"{one.share_of_potential:.0%}",
        f"{one.cost_wan_yuan:,.1f}",
        f"{one.tco2:+,.0f}",
        f"{one.tce:+,.0f}",
    )


def _change(plan: Plan) -> str:
    if plan.after is None or not plan.measures:
        return _state("现状", plan.before)
    return "\n".join([_state("现状", plan.before), _state("之后", plan.after)])


def _state(when: str, one: Assessment) -> str:
    ratio = "—" if one.emission_per_energy is None else f"{one.emission_per_energy:.4f}"
    return (
        f"{when}：{one.emissions.total:,.1f} tCO2 ÷ {one.energy_tce:,.1f} tce = {ratio} tCO2/tce，"
        f"总体{VERDICTS[one.verdict]}"
    )


def _unreachable(plan: Plan) -> str:
    lines = []
    for one in plan.unreachable:
        excess = f"（超出 {one.gap_tco2:,.1f} tCO2）" if one.gap_tco2 is not None else ""
        lines.append(f"{one.name}{excess}：{one.why}")
    left = [f"{SOURCES[source]} {tco2:,.1f}" for source, tco2 in plan.left_by_source.items()]
    if left:
        core = any(one.gap_tco2 is not None for one in plan.unreachable)
        when = "单位能耗碳排放最低时" if core else "离达标最近时"
        lines.append(f"{when}剩余（tCO2）：{'、'.join(left)}")
    return _listed("达不到的：", lines)


def _binding(one: Binding) -> str:
    if one.price_yuan is None:
        return one.what
    share = one.unit == "1"
    price, unit = (one.price_yuan / 100, "百分点") if share else (one.price_yuan, one.unit)
    return f"{one.what}（{price:,.6g} 元/{unit}）"


def _alternatives(plan: Plan) -> Iterator[str]:
    for one in plan.alternatives:
        if one.cost_wan_yuan is None:
            yield f"没有“{one.without}”就达不到"
        else:
            more = one.cost_wan_yuan - (plan.cost_wan_yuan or 0.0)
            names = "、".join(measure.name for measure in one.measures)
            cost = f"{one.cost_wan_yuan:,.2f} 万元/年（多 {more:,.2f}）"
            yield f"没有“{one.without}”：{cost}：{names}"


def _green(plan: Plan) -> str:
    green = plan.green
    rows = [("绿电占比", "tCO2/tce")]
    rows += [(f"{p.share:.1%}", f"{p.emission_per_energy:.4f}") for p in green.points]
    lines = [f"只靠绿电：{green.words}", *([green.formula] if green.formula else [])]
    if len(rows) > 1:
        across = [
            " ".join(f"{cell:>8}" for cell in column) for column in zip(*rows[1:], strict=True)
        ]
        lines += [f"  绿电占比 {across[0]}", f"  tCO2/tce {across[1]}"]
    return "\n".join(lines)


def _left_out(plan: Plan) -> Iterator[str]:
    if plan.unused and plan.status == "planned":
        yield f"不需要：{'、'.join(plan.unused)}"
    if plan.too_late:
        yield f"{plan.by} 前不可用：{'、'.join(plan.too_late)}"


def _listed(title: str, lines: Iterable[str]) -> str:
    found = [f"  · {line}" for line in lines]
    return "\n".join([title, *found]) if found else ""
