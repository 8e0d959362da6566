"""The application of a park in the outline of annex 2 of 发改环资〔2025〕910号.

Its headings stand in the document's order, each filled with what the entries hold; what only the
park can tell is named as still to be written, never invented.
"""

from collections.abc import Sequence
from functools import partial
from math import fsum

from tanzhe.errors import Language, Words
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.parks.terms import state_words
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import region_words
from tanzhe.reports.park.years import ParkYears
from tanzhe.reports.products.parkassessment import core_words
from tanzhe.reports.products.parkclosing import gap_part, projects_part
from tanzhe.reports.products.parkfirms import firms_part, firms_table
from tanzhe.reports.products.parktables import park_tables, park_values
from tanzhe.reports.products.parkwords import (
    amount_cell,
    co2,
    gap_cell,
    indicator_words,
    sentence,
    share_cell,
    threshold_cell,
)
from tanzhe.reports.products.parkyears import (
    emissions_part,
    energy_part,
    years_table,
)
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.escape import one_line

# The page of each result, by the name of its class.
PAGES = {"ParkApplication": "application_page"}

BASE_YEAR = 2025  # annex 2, 三: 以2025年为基准年
_YEARS_ASKED = 3


class ParkApplication(ParkYears):
    """A park's years as an application, a draft to be completed by the park."""


def application_page(told: ParkApplication, language: Language = "zh") -> Page:
    """The application as a page.

    Args:
        told: the years; the base year of the goals is the document's when left out.
        language: of our words.
    """
    told = clean(told)
    result, years = told.result, told.in_order
    base = told.base_year or BASE_YEAR
    name = one_line(result.park.name)
    title = Words(
        f"{name}\n国家级零碳园区申报书（草稿）",
        f"{name}\nApplication as a national zero-carbon park (draft)",
    )
    draft = Draft(language, title)
    _basis(draft, result, years, base)
    _feasibility(draft, result)
    _goals(draft, result, years, base)
    _tasks(draft, result)
    _economy(draft, result)
    draft.section(Words("保障措施", "Safeguards"))
    _to_write(
        draft,
        "组织方式、政策支持、能力建设等举措，地方政府和企业的支持，工作机制和人才队伍",
        "organisation, policies and capacity; support of local government and firms; working "
        "mechanism and staff",
    )
    created = result.manifest.created
    if result.park.reporter:
        draft.say(one_line(result.park.reporter), "right")
    draft.say(day_words(created[:10]), "right")
    return draft.page(
        product="application",
        about=f"{name}_{result.park.year}",
        made=result.moment,
        answer=partial(assessment_json, result, language),
        tables=[years_table(years), *park_tables(result)],
        values=[value for one in years for value in park_values(one)],
        scenario=result.rules,
    )


def _to_write(draft: Draft, zh: str, en: str) -> None:
    draft.say(Words(f"〔待园区补充：{zh}。〕", f"[To be added by the park: {en}.]"))


def _basis(draft: Draft, result: Assessment, years: Sequence[Assessment], base: int) -> None:
    park, where = result.park, region_words(result.park.region)
    draft.section(Words("建设基础", "Where the park stands"))
    draft.part(Words("园区基本情况", "The park"))
    name, reporter = one_line(park.name), one_line(park.reporter)
    told = Words(f"园区名称：{name}。所在地区：{where.zh}。", f"Name: {name}. Region: {where.en}.")
    if reporter:
        told = Words(f"{told.zh}编制单位：{reporter}。", f"{told.en} Written by: {reporter}.")
    draft.say(told)
    for note in (one for one in result.notes if one.code.startswith("registered")):
        draft.say(Words(note.zh, note.en))
    _to_write(
        draft,
        "申报边界（四至和面积）、建设主体、区位条件、规划布局、经济产业发展水平",
        "boundary and area, developer, location, plan of the site, economy and industries",
    )
    draft.part(Words("产业发展情况", "Industries"))
    if result.firms:
        firms_part(draft, result, firms_table(result))
    _to_write(
        draft,
        "主导产业、重点企业发展状况、已引入或规划中的重点项目及投资规模",
        "leading industries, state of the main firms, main projects brought in or planned and "
        "their investment",
    )
    draft.part(Words("能源供应及消费情况", "Energy supply and consumption"))
    energy_part(draft, years)
    _lacking_years(draft, years)
    draft.part(Words("碳排放情况", "Emissions"))
    draft.say(core_words(draft, result))
    emissions_part(draft, years, base)
    _lacking_years(draft, years)


def _lacking_years(draft: Draft, years: Sequence[Assessment]) -> None:
    """The document asks for three years; which are lacking is said."""
    last = years[-1].park.year
    asked = range(last - _YEARS_ASKED + 1, last + 1)
    lacking = [str(one) for one in asked if one not in {y.park.year for y in years}]
    if lacking:
        _to_write(
            draft,
            f"{'、'.join(lacking)}年的数据（大纲要求近三年，新建园区可不提供）",
            f"the data of {', '.join(lacking)} (the outline asks for three years; a new park "
            "need not give them)",
        )


def _feasibility(draft: Draft, result: Assessment) -> None:
    draft.section(Words("建设国家级零碳园区的可行性分析", "Whether the park can do it"))
    draft.part(Words("园区能源消费与碳排放趋势", "Trend of energy and emissions"))
    abated = [one for one in result.park.projects if one.abatement]
    if abated:
        total = fsum(one.abatement or 0 for one in abated)
        count, size = draft.same(len(abated), str(len(abated))), co2(draft, total)
        of = Words("", "")
        if result.emissions.total > 0:
            part, year = share_cell(draft, total, result.emissions.total), result.park.year
            of = Words(f"，相当于{year}年排放的{part}", f", {part} of the emissions of {year}")
        draft.say(
            Words(
                f"园区填报的{count}个项目全部建成后每年减排{size}{of.zh}。",
                f"The {count} projects stated by the park cut {size} a year once all are "
                f"built{of.en}.",
            )
        )
    _to_write(
        draft,
        "产业发展、重点企业产能变化和重点项目布局带来的能源消费和碳排放变化",
        "how industries, capacity of the main firms and main projects will move energy and "
        "emissions",
    )
    draft.part(Words("目标可达性分析", "Whether the goals can be reached"))
    gap_part(draft, result)
    for reason in result.reasons:
        draft.say(sentence(reason))
    draft.part(Words("综合供能方案", "Plan of supply"))
    if result.direct_share is not None:
        part = draft.same(result.direct_share, f"{result.direct_share:.1%}")
        draft.say(
            Words(
                f"现状：直接供应的非化石电力占用电量的{part}。",
                f"Today {part} of the power is non-fossil and supplied directly.",
            )
        )
    _to_write(
        draft,
        "园区及周边资源能源禀赋、供能方案及其能否满足需求和达到指标的论证",
        "resources in and around the park, the plan of supply, and why it meets demand and "
        "indicators",
    )


def _goals(draft: Draft, result: Assessment, years: Sequence[Assessment], base: int) -> None:
    draft.section(Words("建设目标", "Goals"))
    of_base = next((one for one in years if one.park.year == base), None)
    now = of_base or result
    if of_base is None:
        year = result.park.year
        draft.say(
            Words(
                f"基准年为{base}年，尚无该年数据，下表列{year}年的现状。",
                f"The base year is {base}, of which there are no data: the table has {year}.",
            )
        )
    else:
        draft.say(
            Words(
                f"以{base}年为基准年，围绕指标体系提出建设目标如下。",
                f"On the base year {base}, the goals by the indicator system are these.",
            )
        )
    table = park_tables(now)[0]
    rows = []
    for at, one in enumerate(now.indicators):
        place = row_place(table, at)
        rows.append([
            indicator_words(one).said(draft.language),
            amount_cell(draft, one.value, one.unit, place), threshold_cell(draft, one, place),
            gap_cell(draft, one, place), state_words(one).said(draft.language),
        ])  # fmt: skip
    draft.table(
        Words("建设目标", "Goals"),
        [Words("指标", "Indicator"), Words(f"{now.park.year}年", str(now.park.year)),
         Words("目标", "Goal"), Words("差距", "Gap"), Words("现状", "State")],
        rows,
        align=("left", "right", "left", "right", "left"),
    )  # fmt: skip
    _to_write(
        draft,
        "建设期、路线图、时间表和不同阶段的重点",
        "period of construction, road map, timetable and what comes first",
    )


def _tasks(draft: Draft, result: Assessment) -> None:
    draft.section(Words("重点任务", "Main tasks"))
    _to_write(
        draft,
        "用能结构转型、节能降碳、产业结构、资源节约集约、基础设施、先进技术、能碳管理、改革创新等"
        "方面的举措",
        "what is done for the energy mix, saving, industries, resources, infrastructure, "
        "technology, management of energy and carbon, and reform",
    )
    if result.park.projects:
        projects_part(draft, result)
        _to_write(
            draft,
            "各项目的实施计划和对零碳园区建设的意义",
            "the schedule of each project and what it means for the park",
        )
    else:
        _to_write(
            draft,
            "重点项目表：名称、主体、内容、投资、周期、计划、意义",
            "the table of projects: name, owner, content, investment, period, schedule, meaning",
        )


def _economy(draft: Draft, result: Assessment) -> None:
    draft.section(Words("经济性分析", "Costs and returns"))
    priced = [one for one in result.park.projects if one.investment is not None]
    if priced:
        total = fsum(one.investment or 0 for one in priced)
        count, size = draft.same(len(priced), str(len(priced))), _money(draft, total)
        draft.say(
            Words(
                f"填报了投资的{count}个项目总投资{size}。",
                f"The {count} projects with an investment cost {size} in all.",
            )
        )
    for one in (one for one in priced if one.abatement):
        each = _money(draft, (one.investment or 0) / (one.abatement or 1))
        name = one_line(one.name)
        draft.say(
            Words(
                f"“{name}”每吨年减排量的投资为{each}。",
                f"“{name}” costs {each} for each tonne cut a year.",
            )
        )
    _to_write(
        draft,
        "成本投入和预期收益、成本结构与收益来源、投资回收周期、内部收益率",
        "costs and expected returns, what they are made of, payback and internal rate of return",
    )


def _money(draft: Draft, value: float) -> str:
    text = f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.10g}"
    return draft.fact(value, Words(f"{text}万元", f"{text} × 10,000 yuan"), unit="万元")
