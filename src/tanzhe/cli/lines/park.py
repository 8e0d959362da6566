"""An assessment as lines for a terminal."""

from collections.abc import Iterable

from tanzhe.cli.lines.firms import firm_table
from tanzhe.cli.lines.products import product_lines
from tanzhe.cli.shared.aligned import aligned
from tanzhe.cli.shared.language import of_documents, told
from tanzhe.errors import Words
from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.model.verdict import Bound
from tanzhe.operators import sign_words
from tanzhe.parks.assessment.indicators import shown
from tanzhe.parks.terms import SOURCES, STATUSES, TOTAL_ROW, VERDICTS, kind_words, state_words
from tanzhe.places import place_of

BOUND_SIGNS: dict[Bound, str] = {"at_least": "≥", "at_most": "≤", "open": "?"}
HEADINGS = (
    Words("类型", "kind"),
    Words("指标", "indicator"),
    Words("数值", "value"),
    Words("门槛", "threshold"),
    Words("差距", "gap"),
    Words("结论", "result"),
)


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
    park, place, language = result.park, place_of(result.park.region), of_documents()
    where = Words(place.zh_full, place.en) if place else Words(park.region, park.region)
    verdict = VERDICTS[result.verdict]
    lines = [
        told(f"{park.name}（{where.zh}）{park.year} 年", f"{park.name} ({where.en}) {park.year}"),
        told(f"总体结论：{verdict}（{result.rules}）", f"Verdict: {verdict.en} ({result.rules})"),
    ]
    notes = [note for note in result.notes if note.code.startswith(TOTAL_ROW)]
    lines += [told(f"  ！{note.zh}", f"  ! {note.en}") for note in notes]
    return "\n".join([*lines, *(f"  · {reason.said(language)}" for reason in result.reasons)])


def _account(result: Assessment) -> str:
    sums, language = result.emissions.model_dump(), of_documents()
    signs = {key: BOUND_SIGNS[bound] for key, bound in result.bounds.items()}
    parts = told("、", ", ").join(
        f"{SOURCES[k].said(language)} {signs.get(k, '')}{sums[k]:,.2f}" for k in SOURCES
    )
    value, used = result.emission_per_energy, result.park.equivalence_kgce_per_kwh
    unknown = told("无法相除", "cannot be divided")
    if result.doubts or result.bounds:
        unknown = told("无法判断", "cannot be judged")
    ratio = f"{value:.4f} tCO2/tce" if value is not None else unknown
    total = f"{signs.get('total', '')}{sums['total']:,.2f} tCO2"
    energy = f"{signs.get('energy_tce', '')}{result.energy_tce:,.2f} tce"
    lines = [
        told(f"碳排放 {total}：{parts}", f"Emissions {total}: {parts}"),
        told(
            f"综合能源消费量 {energy}（电力按等价值 {used:g} kgce/kWh）",
            f"Energy consumption {energy} (electricity at the equivalence of {used:g} kgce/kWh)",
        ),
        told(f"单位能耗碳排放 {ratio}", f"Emissions per energy {ratio}"),
    ]
    for one in result.sensitivity:
        if one.emission_per_energy is not None:
            other = f"{one.equivalence_kgce_per_kwh:g}"
            numbers = f"{one.energy_tce:,.2f} tce"
            per = f"{one.emission_per_energy:.4f} tCO2/tce"
            lines.append(
                told(
                    f"  等价系数若取 {other}：{numbers}，{per}（{one.source}）",
                    f"  At a coefficient of {other}: {numbers}, {per} ({one.source.en})",
                )
            )
    if result.offsets_listed:
        size = f"{result.offsets_listed:,.2f} tCO2"
        lines.append(
            told(f"抵消项 {size}，单独列出，没有扣减", f"Offsets {size}, listed and not subtracted")
        )
    return "\n".join(lines)


def _table(indicators: tuple[IndicatorResult, ...]) -> str:
    language = of_documents()
    head = tuple(one.said(language) for one in HEADINGS)
    lines = aligned([head, *(_row(one) for one in indicators)])
    readings = [
        told(
            f"  {one.name}，{reading.name}：{reading.formula}（{STATUSES[reading.status]}）",
            f"  {one.name.en}, {reading.name.en}: {reading.formula.en} "
            f"({STATUSES[reading.status].en})",
        )
        for one in indicators
        for reading in one.readings
    ]
    notes = [
        told(
            f"  {one.name}：{'；'.join(one.notes)}",
            f"  {one.name.en}: {'; '.join(note.en for note in one.notes)}",
        )
        for one in indicators
        if one.notes
    ]
    return "\n".join([*lines, *readings, *notes])


def _row(one: IndicatorResult) -> tuple[str, ...]:
    language, threshold = of_documents(), "—"
    if one.threshold is not None:
        sign, limit = sign_words(one.operator), shown(one.threshold, one.unit)
        threshold = f"{sign.said(language)} {limit.said(language)}"
    return (
        kind_words(one).said(language),
        one.name.said(language),
        "—" if one.value is None else shown(one.value, one.unit).said(language),
        threshold,
        "—" if one.gap is None else shown(one.gap, one.unit).said(language),
        state_words(one).said(language),
    )


def _gap(result: Assessment) -> str:
    language = of_documents()
    gaps = ((word, result.gap_by_source.get(source)) for source, word in SOURCES.items())
    parts = [f"  {word.said(language)} {gap:+,.2f} tCO2" for word, gap in gaps if gap]
    total = f"{sum(result.gap_by_source.values()):,.2f} tCO2"
    head = told(
        f"距核心指标的差距 {total}（各项排放减去该项能耗按限值可排放的量）：",
        f"Gap to the core indicator {total} (each term less what its energy may emit):",
    )
    return "\n".join([head, *parts]) if parts else ""


def _missing(result: Assessment) -> str:
    return _listed(
        told("还缺的凭证和数据：", "Proof and data that are missing:"),
        (
            told(f"  {one.where}：{one.what}", f"  {one.where}: {one.what.en}")
            for one in result.missing_evidence
        ),
    )


def _notes(result: Assessment) -> str:
    language = of_documents()
    return _listed(
        told("说明：", "Notes:"),
        (f"  {number}. {note.said(language)}" for number, note in enumerate(result.notes, 1)),
    )


def _listed(head: str, lines: Iterable[str]) -> str:
    held = list(lines)
    return "\n".join([head, *held]) if held else ""
