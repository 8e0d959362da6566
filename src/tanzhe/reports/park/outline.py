"""The application of a park in the outline of annex 2 of 发改环资〔2025〕910号.

Its headings stand in the document's order, each filled with what the entries hold; what only the
park can tell is named as still to be written, never invented.
"""

from collections.abc import Sequence
from math import fsum

from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.parks import state_words
from tanzhe.reports.park.closing import gap_parts
from tanzhe.reports.park.firms import firm_part
from tanzhe.reports.park.paper import Draft, Paper, Paragraph, Words
from tanzhe.reports.park.story import core_sentence, projects_table
from tanzhe.reports.park.words import (
    MISSING,
    amount,
    day,
    region_words,
    threshold_words,
    tonnes,
)
from tanzhe.reports.park.years import emissions_table, energy_table

BASE_YEAR = 2025  # annex 2, 三: 以2025年为基准年
_YEARS_ASKED = 3


def application_paper(
    result: Assessment, earlier: Sequence[Assessment] = (), base_year: int | None = None
) -> Paper:
    """The application of a park, a draft to be completed by it.

    Args:
        result: of the latest year.
        earlier: of years before, in any order.
        base_year: of the goals; that of the document when left out.
    """
    years = sorted([*earlier, result], key=lambda one: one.park.year)
    base = base_year or BASE_YEAR
    draft = Draft()
    _basis(draft, result, years, base)
    _feasibility(draft, result, years)
    _goals(draft, result, years, base)
    _tasks(draft, result)
    _economy(draft, result)
    draft.section("保障措施")
    _to_write(draft, "组织方式、政策支持、能力建设等举措，地方政府和企业的支持，工作机制和人才队伍")
    if result.park.reporter:
        draft.blocks.append(Paragraph((Words(result.park.reporter),), "right"))
    draft.blocks.append(Paragraph((Words(day(result.manifest.created)),), "right"))
    title = f"{result.park.name}\n国家级零碳园区申报书（草稿）"
    return Paper(title, tuple(draft.blocks))


def _to_write(draft: Draft, what: str) -> None:
    draft.say(f"〔待园区补充：{what}。〕")


def _basis(draft: Draft, result: Assessment, years: Sequence[Assessment], base: int) -> None:
    park = result.park
    draft.section("建设基础")
    draft.part("园区基本情况")
    reporter = f"编制单位：{park.reporter}。" if park.reporter else ""
    draft.say(f"园区名称：{park.name}。所在地区：{region_words(result)}。{reporter}")
    listed = [one.zh for one in result.notes if one.code.startswith("registered")]
    for note in listed:
        draft.say(note)
    _to_write(draft, "申报边界（四至和面积）、建设主体、区位条件、规划布局、经济产业发展水平")
    draft.part("产业发展情况")
    if result.firms:
        firm_part(draft, result)
    _to_write(draft, "主导产业、重点企业发展状况、已引入或规划中的重点项目及投资规模")
    draft.part("能源供应及消费情况")
    energy_table(draft, years)
    _lacking_years(draft, years)
    draft.part("碳排放情况")
    draft.say(core_sentence(result))
    emissions_table(draft, years, base)
    _lacking_years(draft, years)


def _lacking_years(draft: Draft, years: Sequence[Assessment]) -> None:
    """The document asks for three years; which are lacking is said."""
    last = years[-1].park.year
    asked = range(last - _YEARS_ASKED + 1, last + 1)
    lacking = [str(one) for one in asked if one not in {y.park.year for y in years}]
    if lacking:
        _to_write(draft, f"{'、'.join(lacking)}年的数据（大纲要求近三年，新建园区可不提供）")


def _feasibility(draft: Draft, result: Assessment, years: Sequence[Assessment]) -> None:
    draft.section("建设国家级零碳园区的可行性分析")
    draft.part("园区能源消费与碳排放趋势")
    abated = [one for one in result.park.projects if one.abatement]
    if abated:
        total = fsum(one.abatement or 0 for one in abated)
        draft.say(
            f"园区填报的{len(abated)}个项目全部建成后每年减排{tonnes(total)}，"
            f"相当于{result.park.year}年排放的"
            f"{total / result.emissions.total:.1%}。"
            if result.emissions.total > 0
            else f"园区填报的{len(abated)}个项目全部建成后每年减排{tonnes(total)}。"
        )
    _to_write(draft, "产业发展、重点企业产能变化和重点项目布局带来的能源消费和碳排放变化")
    draft.part("目标可达性分析")
    gap_parts(draft, result)
    for reason in result.reasons:
        draft.say(f"{reason.rstrip('。')}。")
    draft.part("综合供能方案")
    if result.direct_share is not None:
        draft.say(f"现状：直接供应的非化石电力占用电量的{result.direct_share:.1%}。")
    _to_write(draft, "园区及周边资源能源禀赋、供能方案及其能否满足需求和达到指标的论证")


def _goals(draft: Draft, result: Assessment, years: Sequence[Assessment], base: int) -> None:
    draft.section("建设目标")
    of_base = next((one for one in years if one.park.year == base), None)
    if of_base is None:
        draft.say(f"基准年为{base}年，尚无该年数据，下表列{result.park.year}年的现状。")
    now = of_base or result
    draft.say(f"以{base}年为基准年，围绕指标体系提出建设目标如下。" if of_base else "目标如下。")
    rows = [
        (one.name, amount(one.value, one.unit), threshold_words(one), _distance(one),
         state_words(one))
        for one in now.indicators
    ]  # fmt: skip
    draft.table(
        "建设目标",
        ("指标", f"{now.park.year}年", "目标", "差距", "现状"),
        rows,
        shares=(34, 18, 20, 14, 14),
        align=("left", "right", "left", "right", "centre"),
    )
    _to_write(draft, "建设期、路线图、时间表和不同阶段的重点")


def _distance(one: IndicatorResult) -> str:
    return amount(one.gap, one.unit) if one.gap else MISSING


def _tasks(draft: Draft, result: Assessment) -> None:
    draft.section("重点任务")
    _to_write(
        draft,
        "用能结构转型、节能降碳、产业结构、资源节约集约、基础设施、先进技术、能碳管理、改革创新等"
        "方面的举措",
    )
    if result.park.projects:
        projects_table(draft, result)
        _to_write(draft, "各项目的实施计划和对零碳园区建设的意义")
    else:
        _to_write(draft, "重点项目表：名称、主体、内容、投资、周期、计划、意义")


def _economy(draft: Draft, result: Assessment) -> None:
    draft.section("经济性分析")
    priced = [one for one in result.park.projects if one.investment is not None]
    if priced:
        total = fsum(one.investment or 0 for one in priced)
        draft.say(f"填报了投资的{len(priced)}个项目总投资{total:,.10g}万元。")
    both = [one for one in priced if one.abatement]
    for one in both:
        each = (one.investment or 0) / (one.abatement or 1)
        draft.say(f"“{one.name}”每吨年减排量的投资为{each:,.4g}万元。")
    _to_write(draft, "成本投入和预期收益、成本结构与收益来源、投资回收周期、内部收益率")
