"""A product's footprint as lines for a terminal."""

from collections.abc import Iterator
from decimal import Decimal

from tanzhe.cli.shared.aligned import aligned
from tanzhe.errors import Language, Words
from tanzhe.footprints.choices import BOUNDARIES, CATEGORIES, STAGES
from tanzhe.footprints.records import FootprintResult, Line

_HEADINGS = (
    Words("编号", "Row"), Words("阶段", "Stage"), Words("名称", "What"), Words("数量", "Amount"),
    Words("因子", "Factor"), Words("年份", "Year"), Words("kgCO2e/单位", "kgCO2e/unit"),
    Words("占比", "Share"),
)  # fmt: skip


def footprint_summary(result: FootprintResult, language: Language) -> str:
    """The result, its stages, its lines with their factors, sensitivity and notes."""
    parts = [_head(result, language), _stages(result, language), _lines(result, language)]
    parts += [_quality(result, language), _sensitivity(result, language), _notes(result, language)]
    return "\n\n".join(part for part in parts if part)


def _head(result: FootprintResult, language: Language) -> str:
    product = result.study.product
    unit = f"{product.unit_amount:f} {product.unit}"
    boundary = BOUNDARIES[product.boundary].said(language)
    lines = [
        f"{product.name}（{product.company}）{product.start} — {product.end}，{boundary}"
        if language == "zh"
        else f"{product.name} ({product.company}), {product.start} to {product.end}, {boundary}",
        Words(
            f"碳足迹 {result.per_unit:.4f} kgCO2e / {unit}",
            f"Footprint {result.per_unit:.4f} kgCO2e / {unit}",
        ).said(language),
    ]
    if result.per_unit != result.to_gate:
        lines.append(
            Words(
                f"其中到大门为止 {result.to_gate:.4f}", f"of it to the gate {result.to_gate:.4f}"
            ).said(language)
        )
    if result.uptake:
        lines.append(
            Words(
                f"另有生物吸收 {result.uptake:.4f}（单列）",
                f"Beside it, biogenic uptake {result.uptake:.4f}",
            ).said(language)
        )
    if result.offsets:
        lines.append(
            Words(
                f"抵消 {result.offsets:,f} tCO2e 只列出，没有扣减",
                f"Offsets of {result.offsets:,f} tCO2e are listed, not subtracted",
            ).said(language)
        )
    return "\n".join(lines)


def _stages(result: FootprintResult, language: Language) -> str:
    rows = [
        (f"  {STAGES[stage].said(language)}", f"{value:.4f}", _percent(value, result.per_unit))
        for stage, value in result.stages.items()
        if value
    ]
    return "\n".join(aligned(rows))


def _lines(result: FootprintResult, language: Language) -> str:
    rows = [tuple(one.said(language) for one in _HEADINGS)]
    ordered = sorted(result.lines, key=lambda one: -abs(one.per_unit))
    rows += [_row(one, result, language) for one in ordered]
    return "\n".join(aligned(rows))


def _row(line: Line, result: FootprintResult, language: Language) -> tuple[str, ...]:
    category = "" if line.category == "fossil" else CATEGORIES[line.category].said(language)
    return (
        line.row,
        STAGES[line.stage].said(language),
        f"{line.what[:24]}{f'（{category}）' if category else ''}",
        f"{line.amount:f} {line.unit}",
        f"{line.factor.value:.6g} {line.factor.unit}",
        str(line.factor.year or "—"),
        f"{line.per_unit:.4f}",
        _percent(line.per_unit, result.per_unit),
    )


def _quality(result: FootprintResult, language: Language) -> str:
    def told() -> Iterator[str]:
        for group, share in result.shares.items():
            yield Words(
                f"分配组 {group}：本产品占 {share:.4f}", f"Group {group}: share {share:.4f}"
            ).said(language)
        if result.primary_share is not None:
            share = result.primary_share
            yield Words(
                f"初级数据占 {share:.1f}%，未计入 {result.exempted:f}%",
                f"Primary data {share:.1f} %, exempted {result.exempted:f} %",
            ).said(language)
        if result.quality is not None:
            grades = ", ".join(f"{one:.2f}" for one in result.quality)
            yield Words(
                f"数据质量（技术、地域、时间；1 最好）{grades}",
                f"Data quality (technology, geography, time; 1 is best) {grades}",
            ).said(language)

    return "\n".join(told())


def _sensitivity(result: FootprintResult, language: Language) -> str:
    lines = [
        f"  {Words(one.zh, one.en).said(language)}: {one.per_unit:.4f}"
        for one in result.alternatives
    ]
    head = Words("换一种做法：", "Sensitivity:").said(language)
    return "\n".join([head, *lines]) if lines else ""


def _notes(result: FootprintResult, language: Language) -> str:
    lines = [f"  {i}. {note.said(language)}" for i, note in enumerate(result.notes, 1)]
    return "\n".join([Words("说明：", "Notes:").said(language), *lines]) if lines else ""


def _percent(value: Decimal, whole: Decimal) -> str:
    return f"{100 * value / whole:.1f}%" if whole else "—"
