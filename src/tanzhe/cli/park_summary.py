"""An assessment as lines for a terminal."""

from tanzhe.cli.aligned import aligned
from tanzhe.cli.firm_lines import firm_table
from tanzhe.cli.product_lines import product_lines
from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.model.verdict import Bound
from tanzhe.operators import sign_words
from tanzhe.parks import (
    SOURCES,
    STATUSES,
    TOTAL_ROW,
    VERDICTS,
    kind_words,
    shown,
    state_words,
)
from tanzhe.places import place_of

BOUND_SIGNS: dict[Bound, str] = {"at_least": "≥", "at_most": "≤", "open": "?"}
HEADINGS = ("类型", "指标", "数值", "门槛", "差距", "结论")


def park_summary(result: Assessment) -> str:
    """Verdict, account, indicators, gap, missing evidence and notes."""
    parts = [
        _head(result),
        _account(result),
        _table(result.indicators),
        product_lines(result.products),
        firm_table(result.firms),
        _gap(result),
        _missing(result),
        _notes(result),
    ]
    return "\n\n".join(part for part in parts if part)


def judged_summary(result: Assessment) -> str:
    """What a further rule set says of the same account: verdict, indicators, gap."""
    parts = [_head(result), _table(result.indicators), _gap(result)]
    return "\n\n".join(part for part in parts if part)


def _head(result: Assessment) -> str:
    park, place = result.park, place_of(result.park.region)
    title = f"{park.name}（{place.zh_full if place else park.region}）{park.year} 年"
    lines = [title, f"总体结论：{VERDICTS[result.verdict]}（{result.rules}）"]
    lines += [f"  ！{note.zh}" for note in result.notes if note.code.startswith(TOTAL_ROW)]
    return "\n".join([*lines, *(f"  · {reason}" for reason in result.reasons)])


def _account(result: Assessment) -> str:
    told = result.emissions.model_dump()
    signs = {key: BOUND_SIGNS[bound] for key, bound in result.bounds.items()}
    parts = "、".join(f"{SOURCES[k]} {signs.get(k, '')}{told[k]:,.2f}" for k in SOURCES)
    value = result.emission_per_energy
    unknown = "无法判断" if result.doubts or result.bounds else "无法相除"
    ratio = f"{value:.4f} tCO2/tce" if value is not None else unknown
    lines = [
        f"碳排放 {signs.get('total', '')}{told['total']:,.2f} tCO2：{parts}",
        f"综合能源消费量 {signs.get('energy_tce', '')}{result.energy_tce:,.2f} tce（电力按等价值 "
        f"{result.park.equivalence_kgce_per_kwh:g} kgce/kWh）",
        f"单位能耗碳排放 {ratio}",
    ]
    for one in result.sensitivity:
        if one.emission_per_energy is not None:
            lines.append(
                f"  等价系数若取 {one.equivalence_kgce_per_kwh:g}：{one.energy_tce:,.2f} tce，"
                f"{one.emission_per_energy:.4f} tCO2/tce（{one.source}）"
            )
    if result.offsets_listed:
        lines.append(f"抵消项 {result.offsets_listed:,.2f} tCO2，单独列出，没有扣减")
    return "\n".join(lines)


def _table(indicators: tuple[IndicatorResult, ...]) -> str:
    rows = [HEADINGS, *(_row(one) for one in indicators)]
    lines = aligned(rows)
    readings = [
        f"  {one.name}，{reading.name}：{reading.formula}（{STATUSES[reading.status]}）"
        for one in indicators
        for reading in one.readings
    ]
    notes = [f"  {one.name}：{'；'.join(one.notes)}" for one in indicators if one.notes]
    return "\n".join([*lines, *readings, *notes])


def _row(one: IndicatorResult) -> tuple[str, ...]:
    threshold = "—"
    if one.threshold is not None:
        threshold = f"{sign_words(one.operator).zh} {shown(one.threshold, one.unit)}"
    return (
        kind_words(one),
        one.name,
        "—" if one.value is None else shown(one.value, one.unit),
        threshold,
        "—" if one.gap is None else shown(one.gap, one.unit),
        state_words(one),
    )


def _gap(result: Assessment) -> str:
    gaps = ((word, result.gap_by_source.get(source)) for source, word in SOURCES.items())
    parts = [f"  {word} {gap:+,.2f} tCO2" for word, gap in gaps if gap]
    total = sum(result.gap_by_source.values())
    if not parts:
        return ""
    head = f"距核心指标的差距 {total:,.2f} tCO2（各项排放减去该项能耗按限值可排放的量）："
    return "\n".join([head, *parts])


def _missing(result: Assessment) -> str:
    lines = [f"  {one.where}：{one.what}" for one in result.missing_evidence]
    return "\n".join(["还缺的凭证和数据：", *lines]) if lines else ""


def _notes(result: Assessment) -> str:
    lines = [f"  {number}. {note.zh}" for number, note in enumerate(result.notes, 1)]
    return "\n".join(["说明：", *lines]) if lines else ""
