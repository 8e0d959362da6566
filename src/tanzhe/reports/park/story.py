"""What the report of an assessment says, in the order an officer reads it."""

from collections.abc import Sequence

from tanzhe.errors import UnknownName
from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.model.rules import Authority
from tanzhe.parks import TOTAL_ROW, VERDICTS, kind_words, state_words
from tanzhe.reports.park.accounting import account_lines, account_section
from tanzhe.reports.park.closing import gap_section
from tanzhe.reports.park.firms import firm_section
from tanzhe.reports.park.paper import Attachment, Draft, Paper, Paragraph, Words
from tanzhe.reports.park.products import products_part
from tanzhe.reports.park.words import (
    MISSING,
    amount,
    day,
    place_words,
    ratio,
    region_words,
    threshold_words,
    tonnes,
)
from tanzhe.reports.park.years import emissions_table, energy_table
from tanzhe.rulebook import rule_set

_LINES = "碳排放核算明细"
# Notes whose matter has a place of its own in the report.
_SAID_ABOVE = ("rules_chosen", "equivalence", "offsets")


def park_paper(
    result: Assessment, earlier: Sequence[Assessment] = (), base_year: int | None = None
) -> Paper:
    """The report of an assessment.

    Args:
        result: from `assess_park`; every number comes from it.
        earlier: of years before, in any order, for a table beside it.
        base_year: with which the years are compared, or None.
    """
    park, draft = result.park, Draft()
    _conclusion(draft, result)
    _boundary(draft, result)
    account_section(draft, result)
    if earlier:
        years = sorted([*earlier, result], key=lambda one: one.park.year)
        draft.section("各年度的能源消费和碳排放")
        emissions_table(draft, years, base_year)
        energy_table(draft, years)
    firm_section(draft, result)
    _indicators(draft, result)
    gap_section(draft, result)
    _missing(draft, result)
    _projects(draft, result)
    _notes(draft, result)
    draft.blocks.append(Paragraph((Words(f"附件：{_LINES}"),), "list"))
    if park.reporter:
        draft.blocks.append(Paragraph((Words(park.reporter),), "right"))
    draft.blocks.append(Paragraph((Words(day(result.manifest.created)),), "right"))
    draft.blocks.append(Attachment(_LINES))
    account_lines(draft, result)
    title = f"{park.name}{park.year}年度\n零碳园区碳排放核算与评估报告"
    return Paper(title, tuple(draft.blocks))


def _conclusion(draft: Draft, result: Assessment) -> None:
    """The verdict and its reasons first."""
    draft.section("评估结论")
    document, note = _document(result)
    draft.say(f"{result.park.name}{result.park.year}年度按{document}", note, _verdict(result))
    draft.say(core_sentence(result))
    for remark in (one for one in result.notes if one.code.startswith(TOTAL_ROW)):
        draft.say(f"注意：{remark.zh}")
    if result.reasons:
        draft.say("理由如下：")
        draft.count([f"{reason.rstrip('。')}。" for reason in result.reasons])


def _verdict(result: Assessment) -> str:
    told = f"评估，结论为：{VERDICTS[result.verdict]}"
    match result.verdict:
        case "cannot_judge" if result.doubts:
            return f"{told}。下列存疑的数据核实后再作判断。"
        case "cannot_judge":
            return f"{told}。所缺数据补齐后再作判断。"
        case "not_applicable":
            return f"{told}。文件没有为这一规模的园区设门槛。"
        case _:
            return f"{told}。"


def _document(result: Assessment) -> tuple[str, str]:
    """The indicator system by name, and the footnote on its document."""
    try:
        rules = rule_set(result.rules)
    except UnknownName:
        return f"指标体系“{result.rules}”", ""
    return f"《{rules.title.strip('《》')}》", _source(rules.document)


def _source(document: Authority) -> str:
    read = f"所据文本：{document.read_in}。" if document.read_in else ""
    place = f"{document.place}。" if document.place else ""
    return f"《{document.title.strip('《》')}》（{document.number}）{place}{read}"


def core_sentence(result: Assessment) -> str:
    """Consumption, emissions, the ratio and the limit in one sentence."""
    head = (
        f"全年综合能源消费量{tonnes(result.energy_tce, '标准煤')}，"
        f"碳排放{tonnes(result.emissions.total)}"
    )
    if result.doubts or result.bounds:
        return f"{head}（存疑或不完整）；单位能耗碳排放不能判断。"
    if result.emission_per_energy is None:
        return f"{head}；没有能源消费，单位能耗碳排放无从计算。"
    told = f"{head}，单位能耗碳排放{ratio(result.emission_per_energy)}"
    core = next((one for one in result.indicators if one.id == result.tier), None)
    if core is None or core.threshold is None or core.gap is None:
        return f"{told}。"
    if core.status == "met":
        return f"{told}，不高于{core.threshold:g}的限值。"
    return f"{told}，限值为{core.threshold:g}，高出{round(core.gap, 4):.10g}。"


def _boundary(draft: Draft, result: Assessment) -> None:
    park = result.park
    draft.section("园区和核算边界")
    draft.say(
        f"园区名称：{park.name}。所在地区：{region_words(result)}。核算期："
        f"{park.year}年1月1日至12月31日。"
    )
    draft.say(
        "核算园区范围内的二氧化碳排放，不含其他温室气体。作原料、材料的能源和外销的能源产品"
        "不计入燃料燃烧；园区内部利用的余热不重复计算；碳汇、碳捕集等不从排放量中扣减。"
    )


def _indicators(draft: Draft, result: Assessment) -> None:
    draft.section("指标评估")
    rows = [
        (
            kind_words(one),
            one.name,
            amount(one.value, one.unit),
            threshold_words(one),
            _gap(one),
            state_words(one),
        )
        for one in result.indicators
    ]
    draft.table(
        "各项指标评估结果",
        ("类型", "指标", "数值", "门槛", "差距", "结论"),
        rows,
        shares=(8, 26, 16, 19, 16, 15),
        align=("centre", "left", "right", "left", "right", "centre"),
    )
    for one in result.indicators:
        _readings(draft, one)
    products_part(draft, result)
    _excuses(draft, result)


def _gap(one: IndicatorResult) -> str:
    if not one.gap:
        return MISSING
    if one.unit == "1":
        return amount(one.gap, one.unit).replace("%", " 个百分点")
    return amount(one.gap, one.unit)


def _readings(draft: Draft, one: IndicatorResult) -> None:
    """Both readings of a notion that the document leaves open."""
    if not one.readings:
        return
    told = "；".join(
        f"按“{reading.name}”为{amount(reading.value, one.unit)}" for reading in one.readings
    )
    draft.say(f"“{one.name}”文件没有给出唯一口径，两种读法分别计算：{told}。")


def _excuses(draft: Draft, result: Assessment) -> None:
    names = {one.id: one.name for one in result.indicators}
    given = [
        f"“{names.get(id, id)}”：{reason.rstrip('。')}。"
        for id, reason in result.park.excuses.items()
    ]
    if given:
        draft.say("园区对下列引导指标作了说明：")
        draft.count(given)


def _missing(draft: Draft, result: Assessment) -> None:
    if not result.missing_evidence:
        return
    draft.section("还需补充的数据和凭证")
    draft.count(
        [f"{place_words(one.where, result)}：{one.what}。" for one in result.missing_evidence]
    )


def _projects(draft: Draft, result: Assessment) -> None:
    if result.park.projects:
        draft.section("建设项目")
        projects_table(draft, result)


def projects_table(draft: Draft, result: Assessment) -> None:
    """The projects a park entered."""
    rows = [
        (one.name, one.owner or MISSING, one.content or MISSING, amount(one.investment),
         one.period or MISSING, amount(one.abatement))
        for one in result.park.projects
    ]  # fmt: skip
    draft.table(
        "园区填报的建设项目",
        ("项目", "责任单位", "建设内容", "总投资\n（万元）", "周期", "年减排量\n（tCO2）"),
        rows,
        shares=(20, 17, 22, 13, 13, 15),
        align=("left", "left", "left", "right", "centre", "right"),
    )


def _notes(draft: Draft, result: Assessment) -> None:
    """What changes how the numbers are read, second-hand values included."""
    notes = [note for note in result.notes if note.code not in _SAID_ABOVE]
    if notes:
        draft.section("说明")
        draft.count([f"{note.zh.rstrip('。')}。" for note in notes])
