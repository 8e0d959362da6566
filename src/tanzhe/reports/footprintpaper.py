"""A product's footprint as a paper: what GB/T 24067-2024 wants a report to say, in its order."""

from decimal import Decimal

from tanzhe.footprints.choices import (
    BOUNDARIES,
    CATEGORIES,
    METHODS,
    POWER_SOURCES,
    STAGES,
)
from tanzhe.footprints.records import FootprintResult, Line
from tanzhe.reports.park.paper import Align, Draft, Paper

_TEXT: Align = "left"
_NUMBER: Align = "right"


def footprint_paper(result: FootprintResult) -> Paper:
    """The report of a footprint, in Chinese.

    Args:
        result: of `tanzhe.footprints.account.footprint`.

    Returns:
        Goal, product and unit, boundary, inventory, power, allocation, cut-off, data quality,
        results, sensitivity, interpretation and limits; every line with its row, factor and source.

    Reference:
        GB/T 24067-2024, report of the footprint; ISO 14067:2018, 7.
    """
    draft = Draft()
    _goal(draft, result)
    _results(draft, result)
    _inventory(draft, result)
    _power(draft, result)
    _allocation(draft, result)
    _cut_off(draft, result)
    _quality(draft, result)
    _interpretation(draft, result)
    product = result.study.product
    return Paper(f"{product.name}\n产品碳足迹报告", tuple(draft.blocks))


def _goal(draft: Draft, result: FootprintResult) -> None:
    product = result.study.product
    draft.section("目的、产品和范围")
    if product.purpose:
        draft.say(f"目的：{product.purpose}。")
    description = f"（{product.description}）" if product.description else ""
    draft.say(f"产品：{product.name}{description}，{product.company}，{product.region}。")
    draft.say(f"声明单位：{_unit(result)}；本期产量 {product.output:,f} {product.output_unit}。")
    draft.say(f"时间：{product.start} 至 {product.end}。")
    draft.say(f"系统边界：{BOUNDARIES[product.boundary].zh}。{product.processes}。")
    draft.say(
        f"方法：GB/T 24067-2024（ISO 14067:2018），全球变暖潜势采用 IPCC {product.gwp}"
        f"{f'，产品种类规则 {product.rules}' if product.rules else ''}。"
        "购买的碳抵消不扣减；园区核算的二氧化碳因子不用于本报告。"
    )


def _unit(result: FootprintResult) -> str:
    product = result.study.product
    return f"{product.unit_amount:f} {product.unit}"


def _results(draft: Draft, result: FootprintResult) -> None:
    draft.section("结果")
    draft.say(
        f"碳足迹为每 {_unit(result)} {_kg(result.per_unit)} kgCO2e"
        f"{'' if not result.uptake else f'；生物吸收 {_kg(result.uptake)} kgCO2e 另列'}。"
    )
    rows = [
        (STAGES[stage].zh, _kg(value), _percent(value, result.per_unit))
        for stage, value in result.stages.items()
        if value
    ]
    draft.table(
        "各阶段",
        ("阶段", "kgCO2e", "占比"),
        rows,
        shares=(4, 3, 3),
        align=(_TEXT, _NUMBER, _NUMBER),
        unit=f"每 {_unit(result)}",
    )
    kinds = [(CATEGORIES[k].zh, _kg(value)) for k, value in result.categories.items() if value]
    draft.table(
        "各类气体（到大门为止）", ("类别", "kgCO2e"), kinds, shares=(6, 4), align=(_TEXT, _NUMBER),
        unit=f"每 {_unit(result)}",
    )  # fmt: skip


def _inventory(draft: Draft, result: FootprintResult) -> None:
    draft.section("清单")
    draft.table(
        "活动数据、因子和结果",
        ("编号", "阶段", "名称", "数量", "因子", "年份", "kgCO2e/单位"),
        [_row(line) for line in result.lines],
        shares=(6, 9, 14, 15, 15, 7, 9),
        align=(_TEXT, _TEXT, _TEXT, _NUMBER, _NUMBER, _NUMBER, _NUMBER),
    )
    sources = dict.fromkeys(f"{line.row}：{line.factor.source}" for line in result.lines)
    draft.small(["因子来源：" + "；".join(sources) + "。"])


def _row(line: Line) -> tuple[str, ...]:
    category = "" if line.category == "fossil" else f"（{CATEGORIES[line.category].zh}）"
    return (
        line.row,
        STAGES[line.stage].zh,
        f"{line.what}{category}",
        f"{line.amount:,f} {line.unit}",
        f"{line.factor.value:.6g} {line.factor.unit}",
        str(line.factor.year or "—"),
        _kg(line.per_unit),
    )


def _power(draft: Draft, result: FootprintResult) -> None:
    if not result.study.power:
        return
    draft.section("电力")
    rows = [
        (
            one.id,
            one.what,
            POWER_SOURCES[one.source].zh,
            one.proof or "—",
            one.generated or "—",
            "按全国平均" if _unproven(one.id, result) else "按该电厂",
        )
        for one in result.study.power
    ]
    draft.table(
        "电力来源和凭证",
        ("编号", "名称", "来源", "凭证号", "发电期间", "怎么计"),
        rows,
        shares=(5, 14, 9, 16, 8, 10),
        align=(_TEXT,) * 6,
    )
    draft.say(
        "合同和证书须唯一、可追溯、已注销给本企业、同一时期才认；其余按全国电力平均碳足迹计，"
        "我国尚未公布剩余电力组合。"
    )


def _unproven(row: str, result: FootprintResult) -> bool:
    return any(note.code == f"power_unproven.{row}" for note in result.notes)


def _allocation(draft: Draft, result: FootprintResult) -> None:
    if not result.study.allocation:
        return
    draft.section("分配")
    for group, share in result.shares.items():
        rows = [one for one in result.study.allocation if one.group == group]
        names = "、".join(one.product for one in rows)
        draft.say(
            f"{group}（{names}）：按{METHODS[rows[0].method].zh}分配，本产品占 {share:.4f}。"
            f"理由：{rows[0].reason}。"
        )


def _cut_off(draft: Draft, result: FootprintResult) -> None:
    draft.section("取舍")
    if not result.study.cut_off:
        draft.say("没有有意不计的流。")
    for one in result.study.cut_off:
        draft.say(f"{one.what}：估计占 {one.percent:f}%。理由：{one.reason}。")
    for stage in result.gaps:
        draft.say(f"“{STAGES[stage].zh}”没有数据也没有说明，结果不完整。")


def _quality(draft: Draft, result: FootprintResult) -> None:
    draft.section("数据质量")
    if result.primary_share is not None:
        draft.say(f"初级数据占碳足迹的 {result.primary_share:.1f}%。")
    if result.quality is not None:
        technology, place, time = result.quality
        draft.say(
            f"按贡献加权的代表性评分（1 最好，5 最差）：技术 {technology:.2f}，地域 {place:.2f}，"
            f"时间 {time:.2f}。"
        )
    else:
        draft.say("有的行没有代表性评分，不能给出加权评分。")


def _interpretation(draft: Draft, result: FootprintResult) -> None:
    draft.section("解释和局限")
    ordered = sorted(result.lines, key=lambda one: -abs(one.per_unit))[:3]
    largest = "、".join(f"{o.what}（{_percent(o.per_unit, result.per_unit)}）" for o in ordered)
    draft.say(f"贡献最大的几项：{largest}。")
    for one in result.alternatives:
        draft.say(f"{one.zh}：{_kg(one.per_unit)} kgCO2e。")
    if result.offsets:
        draft.say(f"企业另购抵消 {result.offsets:,f} tCO2e，只列出，没有扣减。")
    draft.count([note.zh for note in result.notes])
    draft.say(
        "本报告由程序按填报数据计算，未经第三方核查，不是认证；碳足迹只反映气候变化一个方面。"
    )


def _kg(value: Decimal) -> str:
    return f"{value:,.4f}"


def _percent(value: Decimal, whole: Decimal) -> str:
    return f"{100 * value / whole:.1f}%" if whole else "—"
