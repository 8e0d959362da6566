"""The assessment of a park as a page: verdict, account, indicators, gap, what is missing."""

from functools import partial

from tanzhe.errors import Language, UnknownName, Words
from tanzhe.model.park import Assessment, ProductResult
from tanzhe.parks.assessment.json import assessment_json
from tanzhe.parks.terms import TOTAL_ROW, kind_words, level_words, state_words
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.products import product_notes
from tanzhe.reports.park.words import MISSING, region_words
from tanzhe.reports.park.workbook import park_workbook
from tanzhe.reports.park.years import ParkYears
from tanzhe.reports.products.parkaccount import account_section
from tanzhe.reports.products.parkclosing import (
    account_annex,
    gap_section,
    missing_section,
    projects_section,
)
from tanzhe.reports.products.parkfirms import firms_section, firms_table
from tanzhe.reports.products.parktables import park_tables, park_values
from tanzhe.reports.products.parkwords import (
    amount_cell,
    co2,
    coal,
    gap_cell,
    indicator_words,
    per_energy,
    sentence,
    threshold_cell,
    verdict_words,
)
from tanzhe.reports.products.parkyears import (
    years_section,
    years_table,
)
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.escape import one_line
from tanzhe.rulebook import rule_set
from tanzhe.rulebook.limited_products import limited_words, metric_words

# The page of each result, by the name of its class.
PAGES = {"Assessment": "assessment_page", "ParkYears": "years_page"}


def assessment_page(result: Assessment, language: Language = "zh") -> Page:
    """An assessment as a page; every number comes from it.

    Args:
        result: from `assess`.
        language: of our words; those of the park and of official documents stand as they are.
    """
    return years_page(ParkYears(result=result), language)


def years_page(told: ParkYears, language: Language = "zh") -> Page:
    """An assessment beside those of years before as a page.

    Args:
        told: the years, and the one with which they are compared.
        language: as above.
    """
    told = clean(told)
    result, years, base_year = told.result, told.in_order, told.base_year
    park = result.park
    name = one_line(park.name)
    draft = Draft(
        language,
        Words(
            f"{name}{park.year}年度\n零碳园区碳排放核算与评估报告",
            f"{name}, {park.year}\nCarbon account and assessment of a zero-carbon park",
        ),
    )
    tables = park_tables(result)
    _conclusion(draft, result)
    _boundary(draft, result)
    account_section(draft, result)
    if len(years) > 1:
        years_section(draft, years, base_year)
        tables.append(years_table(years))
    firms = firms_table(result)
    if result.firms:
        tables.append(firms)
    firms_section(draft, result, firms)
    _indicators(draft, result, tables[0])
    _products(draft, result)
    gap_section(draft, result)
    missing_section(draft, result)
    projects_section(draft, result)
    notes = [n for n in result.notes if not n.code.startswith(TOTAL_ROW)]
    if notes:
        draft.section(Words("说明", "Notes"))
        draft.count([Words(n.zh, n.en) for n in notes])
    created = result.manifest.created
    draft.say(_ANNEX)
    if park.reporter:
        draft.say(one_line(park.reporter), "right")
    draft.say(day_words(created[:10]), "right")
    draft.annex(_ANNEX)
    account_annex(draft, result, tables[1])
    return draft.page(
        product="park",
        about=f"{name}_{park.year}",
        made=result.moment,
        answer=partial(assessment_json, result, language),
        tables=tables,
        values=park_values(result),
        scenario=result.rules,
        workbook=partial(park_workbook, result, years, language),
    )


_ANNEX = Words("附件：碳排放核算明细", "Annex: every line of the account")


def _conclusion(draft: Draft, result: Assessment) -> None:
    draft.section(Words("评估结论", "Verdict"))
    verdict = verdict_words(result.verdict)
    rules, note = _document(draft, result)
    name, hint = one_line(result.park.name), _hint(result)
    draft.say(
        Words(
            f"{name}{result.park.year}年度按{rules}{note}评估，结论为：{verdict.zh}。{hint.zh}",
            f"By {rules}{note} the verdict on {name} in {result.park.year} is: {verdict.en}."
            f"{hint.en}",
        )
    )
    draft.say(core_words(draft, result))
    for one in (note for note in result.notes if note.code.startswith(TOTAL_ROW)):
        draft.say(Words(f"注意：{one.zh}", f"Take care: {one.en}"))
    if result.reasons:
        draft.say(Words("理由如下：", "For these reasons:"))
        draft.count([sentence(reason) for reason in result.reasons])


def _document(draft: Draft, result: Assessment) -> tuple[str, str]:
    """The indicator system by name, and the footnote on its document."""
    try:
        rules = rule_set(result.rules)
    except UnknownName:
        return f"“{one_line(result.rules)}”", ""
    document = rules.document
    read = f"所据文本：{document.read_in}。" if document.read_in else ""
    words = f"《{document.title.strip('《》')}》（{document.number}）{document.place}。{read}"
    return f"《{rules.title.strip('《》')}》", draft.note(Words(words, words))


def _hint(result: Assessment) -> Words:
    """What the verdict waits for."""
    if result.verdict == "cannot_judge" and result.doubts:
        return Words(
            "下列存疑的数据核实后再作判断。",
            " It waits until the data in doubt below are verified.",
        )
    if result.verdict == "cannot_judge":
        return Words("所缺数据补齐后再作判断。", " It waits for the data that are missing.")
    if result.verdict == "not_applicable":
        return Words(
            "文件没有为这一规模的园区设门槛。",
            " The document sets no threshold for a park of this size.",
        )
    return Words("", "")


def core_words(draft: Draft, result: Assessment) -> Words:
    """Consumption, emissions, the ratio and the limit in one sentence."""
    energy, total = coal(draft, result.energy_tce), co2(draft, result.emissions.total)
    zh = f"全年综合能源消费量{energy}，碳排放{total}"
    en = f"Energy consumption of the year {energy}, emissions {total}"
    if result.doubts or result.bounds:
        return Words(
            f"{zh}（存疑或不完整）；单位能耗碳排放不能判断。",
            f"{en} (in doubt or incomplete); emissions per energy cannot be judged.",
        )
    if result.emission_per_energy is None:
        return Words(
            f"{zh}；没有能源消费，单位能耗碳排放无从计算。",
            f"{en}; without energy consumption emissions per energy cannot be computed.",
        )
    value = per_energy(draft, result.emission_per_energy)
    zh, en = f"{zh}，单位能耗碳排放{value}", f"{en}, emissions per energy {value}"
    core = next((one for one in result.indicators if one.id == result.tier), None)
    if core is None or core.threshold is None or core.gap is None:
        return Words(f"{zh}。", f"{en}.")
    limit = draft.same(core.threshold, f"{core.threshold:g}", unit="tCO2/tce")
    if core.status == "met":
        return Words(f"{zh}，不高于{limit}的限值。", f"{en}, within the limit of {limit}.")
    above = draft.same(core.gap, f"{round(core.gap, 4):.10g}", unit="tCO2/tce")
    return Words(
        f"{zh}，限值为{limit}，高出{above}。", f"{en}; the limit is {limit}, {above} above it."
    )


def _boundary(draft: Draft, result: Assessment) -> None:
    park, where = result.park, region_words(result.park.region)
    name = one_line(park.name)
    draft.section(Words("园区和核算边界", "The park and the boundary of its account"))
    draft.say(
        Words(
            f"园区名称：{name}。所在地区：{where.zh}。核算期：{park.year}年1月1日至12月31日。",
            f"Park: {name}. Region: {where.en}. Period: 1 January to 31 December {park.year}.",
        )
    )
    draft.say(
        Words(
            "核算园区范围内的二氧化碳排放，不含其他温室气体。作原料、材料的能源和外销的能源产品"
            "不计入燃料燃烧；园区内部利用的余热不重复计算；碳汇、碳捕集等不从排放量中扣减。",
            "Carbon dioxide inside the park, no other greenhouse gas. Energy used as feedstock and "
            "energy products sold are no fuel combustion; waste heat used inside is not counted "
            "twice; sinks and capture are not subtracted.",
        )
    )


def _indicators(draft: Draft, result: Assessment, table: DataTable) -> None:
    draft.section(Words("指标评估", "Indicators"))
    rows = []
    for at, one in enumerate(result.indicators):
        place = row_place(table, at)
        rows.append([
            kind_words(one).said(draft.language), indicator_words(one).said(draft.language),
            amount_cell(draft, one.value, one.unit, place), threshold_cell(draft, one, place),
            gap_cell(draft, one, place), state_words(one).said(draft.language),
        ])  # fmt: skip
    draft.table(
        Words("各项指标评估结果", "Indicators judged"),
        [Words("类型", "Kind"), Words("指标", "Indicator"), Words("数值", "Value"),
         Words("门槛", "Threshold"), Words("差距", "Gap"), Words("结论", "Result")],
        rows,
        align=("left", "left", "right", "left", "right", "left"),
    )  # fmt: skip
    for one in result.indicators:
        for reading in one.readings:
            value = amount_cell(draft, reading.value, one.unit)
            name, how = indicator_words(one), reading.name
            draft.say(
                Words(
                    f"“{name.zh}”文件没有给出唯一口径，按“{one_line(how.zh)}”为{value}。",
                    f"The document leaves {name.en} open; read {one_line(how.en)} it is {value}.",
                ),
                "small",
            )
    names = {one.id: indicator_words(one) for one in result.indicators}
    given = []
    for id, reason in result.park.excuses.items():
        name, why = names.get(id, Words(id, id)), one_line(reason)
        given.append(Words(f"“{name.zh}”：{why}", f"“{name.en}”: {why}"))
    if given:
        draft.say(Words("园区对下列引导指标作了说明：", "The park explains these indicators:"))
        draft.count(given)


def _products(draft: Draft, result: Assessment) -> None:
    rows = [
        [
            limited_words(one_line(one.product)).said(draft.language),
            metric_words(one_line(one.metric) or MISSING).said(draft.language),
            MISSING
            if one.value is None
            else draft.same(one.value, f"{one.value:,.6g} {one.unit}", unit=one.unit),
            one_line(one.standard.partition("《")[0]) or MISSING,
            one.in_force_from or MISSING,
            level_words(one).said(draft.language),
        ]
        for one in result.products
    ]
    draft.table(
        Words("产品单位能耗与限额", "Energy of products against their limits"),
        [Words("产品", "Product"), Words("限额指标", "Limit"), Words("单位能耗", "Energy per unit"),
         Words("标准", "Standard"), Words("施行日期", "In force from"), Words("等级", "Level")],
        rows,
        align=("left", "left", "right", "left", "left", "left"),
    )  # fmt: skip
    for one in result.products:
        draft.say(_of_product(one), "small")


def _of_product(one: ProductResult) -> Words:
    """Formula, reason and notes of a product in one sentence."""
    told = product_notes(one)
    row, name = one_line(one.row), limited_words(one_line(one.product))
    return Words(f"{row}（{name.zh}）：{told.zh}。", f"{row} ({name.en}): {told.en}.")
