"""The account in words and tables: method, result by source, and every line."""

from tanzhe.model.park import Assessment
from tanzhe.parks import SOURCES
from tanzhe.reports.park.paper import Draft
from tanzhe.reports.park.words import APART, MISSING, ratio, tonnes, unbroken

_METHOD = "零碳园区碳排放核算方法（试行）"
_DOCUMENT = (
    "《国家发展改革委 工业和信息化部 国家能源局关于开展零碳园区建设的通知》"
    "（发改环资〔2025〕910号）附件4。"
)


def account_section(draft: Draft, result: Assessment) -> None:
    """How it was counted, and what came out."""
    draft.section("碳排放核算")
    draft.part("核算方法")
    _method(draft, result)
    draft.part("碳排放量")
    _by_source(draft, result)
    draft.part("综合能源消费量")
    _energy(draft, result)
    _beside(draft, result)


def _method(draft: Draft, result: Assessment) -> None:
    draft.say(
        f"按照《{_METHOD}》",
        _DOCUMENT,
        "核算，碳排放量为燃料燃烧、加工转换、净购入电力、净购入热力和工业生产过程五项之和。",
    )
    used = dict.fromkeys(
        (line.factor, line.factor_unit)
        for line in result.lines
        if line.source == "electricity" and line.factor
    )
    other = "、".join(f"{factor:g} {unit}" for factor, unit in used)
    rest = f"其余电力按{other}核算，不用省级电网因子" if other else "没有其他电力"
    draft.say(
        "直接供应的非化石电力，以及由已核销绿证或绿电交易取得的可再生能源电力，"
        f"排放按零计；{rest}。"
    )


def _by_source(draft: Draft, result: Assessment) -> None:
    told, total = result.emissions.model_dump(), result.emissions.total
    energy = dict.fromkeys(SOURCES, 0.0)
    for line in result.lines:
        energy[line.source] += line.tce
    rows = [
        (word, f"{told[key]:,.2f}", _share(told[key], total), f"{energy[key]:,.2f}")
        for key, word in SOURCES.items()
    ]
    rows.append(("合计", f"{total:,.2f}", _share(total, total), f"{result.energy_tce:,.2f}"))
    draft.table(
        "碳排放量和能源消费量",
        ("环节", "排放量（tCO2）", "占比", "能源消费量（tce）"),
        rows,
        shares=(25, 28, 17, 30),
        align=("centre", "right", "right", "right"),
        bold_last=True,
    )
    largest = max(SOURCES, key=lambda key: told[key])
    if total > 0:
        share = _share(told[largest], total)
        draft.say(
            f"排放最多的是{SOURCES[largest]}，{tonnes(told[largest])}，占{share}。各行台账的核算见附件。"
        )


def _share(part: float, whole: float) -> str:
    return f"{part / whole:.1%}" if whole > 0 else MISSING


def _energy(draft: Draft, result: Assessment) -> None:
    park = result.park
    source = park.equivalence_source or "园区没有写明"
    draft.say(
        f"综合能源消费量为{tonnes(result.energy_tce, '标准煤')}。电力按等价值"
        f"{park.equivalence_kgce_per_kwh:g} kgce/kWh折标",
        f"系数出处：{source}。",
        "。等价系数没有全国统一的数值，取值大，单位能耗碳排放就小。",
    )
    for other in result.sensitivity:
        if other.emission_per_energy is not None:
            draft.say(
                f"系数若取{other.equivalence_kgce_per_kwh:g} kgce/kWh，综合能源消费量为"
                f"{tonnes(other.energy_tce, '标准煤')}，单位能耗碳排放为"
                f"{ratio(other.emission_per_energy)}",
                f"{other.source}。",
                "。",
            )


def _beside(draft: Draft, result: Assessment) -> None:
    """Offsets and what is listed apart: beside the account, in its own part."""
    kinds = [f"{one.kind}{tonnes(one.tco2)}" for one in result.park.offsets]
    apart = [
        f"{APART.get(what, what)}{tonnes(value)}" for what, value in result.listed_apart.items()
    ]
    if not kinds and not apart:
        return
    draft.part("另行列示的事项")
    if kinds:
        draft.say(f"园区填报的抵消项：{'；'.join(kinds)}。只列示，没有从排放量中扣减。")
    if apart:
        draft.say(f"已计入总量、另行列示的：{'；'.join(apart)}。")


def account_lines(draft: Draft, result: Assessment) -> None:
    """The appendix: each line of the account with its factor and document."""
    bases = list(dict.fromkeys(line.basis for line in result.lines if line.basis))
    whose = {row: one.name for one in result.firms for row in one.rows}
    rows = [
        (
            f"{firm}\n{line.row}" if (firm := whose.get(line.row)) else line.row,
            line.what,
            unbroken(f"{round(line.amount, 4):,.12g} {line.unit}"),
            unbroken(f"{line.factor:g} {line.factor_unit}"),
            f"{line.tco2:,.2f}",
            f"{line.tce:,.2f}",
            str(bases.index(line.basis) + 1) if line.basis else MISSING,
        )
        for line in result.lines
    ]
    draft.table(
        "各行台账的核算",
        ("台账行", "内容", "数量", "因子", "排放量\n（tCO2）", "能耗\n（tce）", "依据"),
        rows,
        shares=(14, 16, 17, 15, 16, 16, 6) if any(whose.values()) else (8, 18, 18, 16, 17, 17, 6),
        align=("centre", "left", "right", "right", "right", "right", "centre"),
    )
    draft.small([f"依据 {n}：{basis.rstrip('。')}。" for n, basis in enumerate(bases, 1)])
