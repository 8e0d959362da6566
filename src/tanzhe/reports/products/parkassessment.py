"""The assessment of a park as a page: verdict, account, indicators, gap, what is missing."""

from functools import partial

from tanzhe.errors import Language, UnknownName, Words
from tanzhe.model.park import Assessment
from tanzhe.parks import SOURCES, TOTAL_ROW, assessment_json, level_words
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING
from tanzhe.reports.park.workbook import park_workbook
from tanzhe.reports.products.parkclosing import (
    account_annex,
    gap_section,
    missing_section,
    projects_section,
)
from tanzhe.reports.products.parkfirms import firms_section, firms_table
from tanzhe.reports.products.parktables import park_tables, park_values
from tanzhe.reports.products.parkwords import (
    BOUNDS,
    amount_cell,
    co2,
    coal,
    gap_cell,
    indicator_words,
    kind_words,
    number_cell,
    per_energy,
    region_words,
    share_cell,
    source_words,
    state_words,
    threshold_cell,
    verdict_words,
)
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.escape import one_line
from tanzhe.rulebook import rule_set

# The page of each result, by the name of its class.
PAGES = {"Assessment": "assessment_page"}

_LEVELS_EN = {"level": "level", "below_levels": "below level 3", "not_judged": "not judged"}


def assessment_page(result: Assessment, language: Language = "zh") -> Page:
    """An assessment as a page; every number comes from it.

    Args:
        result: from `assess`.
        language: of our words; those of the park and of official documents stand as they are.
    """
    result = clean(result)
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
    _account(draft, result)
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
    draft.annex(Words("附件：碳排放核算明细", "Annex: every line of the account"))
    account_annex(draft, result, tables[1])
    created = result.manifest.created
    if park.reporter:
        draft.say(one_line(park.reporter), "right")
    draft.say(day_words(created[:10]), "right")
    return draft.page(
        product="park",
        about=f"{name}_{park.year}",
        made=created.replace("Z", "+00:00"),
        answer=partial(assessment_json, result, language),
        tables=tables,
        values=park_values(result),
        scenario=result.rules,
        workbook=partial(park_workbook, result) if language == "zh" else None,
    )


def _conclusion(draft: Draft, result: Assessment) -> None:
    draft.section(Words("评估结论", "Verdict"))
    verdict = verdict_words(result.verdict)
    rules, note = _document(draft, result)
    draft.say(
        Words(
            f"按{rules}{note}评估，结论为：{verdict.zh}。",
            f"By {rules}{note} the park's verdict is: {verdict.en}.",
        )
    )
    draft.say(_core(draft, result))
    for one in (note for note in result.notes if note.code.startswith(TOTAL_ROW)):
        draft.say(Words(f"注意：{one.zh}", f"Take care: {one.en}"))
    if result.reasons:
        draft.say(Words("理由如下：", "For these reasons (as the indicator system words them):"))
        draft.count([f"{one_line(reason).rstrip('。')}。" for reason in result.reasons])


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


def _core(draft: Draft, result: Assessment) -> Words:
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


def _account(draft: Draft, result: Assessment) -> None:
    draft.section(Words("碳排放核算", "Carbon account"))
    draft.say(
        Words(
            "按照《零碳园区碳排放核算方法（试行）》（发改环资〔2025〕910号附件4），碳排放量为燃料燃烧、"
            "加工转换、净购入电力、净购入热力和工业生产过程五项之和。直接供应的非化石电力，以及由"
            "已核销绿证或绿电交易取得的可再生能源电力，排放按零计。",
            "By the national method for zero-carbon parks (发改环资〔2025〕910号, annex 4) "
            "emissions are the sum of fuel combustion, conversion, net purchased electricity, net "
            "purchased heat and industrial processes. Non-fossil power supplied directly, and "
            "renewable power by cancelled certificates or green trade, counts as zero.",
        )
    )
    told, total = result.emissions.model_dump(), result.emissions.total
    energy = dict.fromkeys(SOURCES, 0.0)
    for line in result.lines:
        energy[line.source] += line.tce
    sign = {key: BOUNDS[bound].said(draft.language) for key, bound in result.bounds.items()}
    rows = [
        [
            source_words(key).said(draft.language),
            sign.get(key, "") + number_cell(draft, told[key], "tCO2"),
            share_cell(draft, told[key], total),
            number_cell(draft, energy[key], "tce"),
        ]
        for key in SOURCES
    ]
    rows.append(
        [
            Words("合计", "together").said(draft.language),
            sign.get("total", "") + number_cell(draft, total, "tCO2"),
            share_cell(draft, total, total),
            sign.get("energy_tce", "") + number_cell(draft, result.energy_tce, "tce"),
        ]
    )
    draft.table(
        Words("碳排放量和能源消费量", "Emissions and energy consumption"),
        [Words("环节", "Source"), Words("排放量（tCO2）", "Emissions (tCO2)"),
         Words("占比", "Share"), Words("能源消费量（tce）", "Energy (tce)")],
        rows,
        align=("left", "right", "right", "right"),
        total=True,
    )  # fmt: skip
    _energy(draft, result)


def _energy(draft: Draft, result: Assessment) -> None:
    park, unit = result.park, "kgce/kWh"
    used = park.equivalence_kgce_per_kwh
    value = draft.same(used, f"{used:g} {unit}", unit=unit)
    source = one_line(park.equivalence_source)
    note = draft.note(
        Words(f"系数出处：{source or '园区没有写明'}。",
              f"Source of the coefficient: {source or 'not stated by the park'}.")
    )  # fmt: skip
    draft.say(
        Words(
            f"电力按等价值{value}折标{note}。等价系数没有全国统一的数值，取值大，单位能耗碳排放就小。",
            f"Electricity counts at the equivalence of {value}{note}. There is no national value; "
            "the larger it is, the smaller the emissions per energy.",
        )
    )
    for one in result.sensitivity:
        if one.emission_per_energy is not None:
            other = one.equivalence_kgce_per_kwh
            value = draft.same(other, f"{other:g} {unit}", unit=unit)
            energy, per = coal(draft, one.energy_tce), per_energy(draft, one.emission_per_energy)
            note = draft.note(Words(f"{one_line(one.source)}。", f"{one_line(one.source)}."))
            draft.say(
                Words(
                    f"系数若取{value}{note}，综合能源消费量为{energy}，单位能耗碳排放为{per}。",
                    f"At {value}{note} energy consumption would be {energy}, emissions per energy "
                    f"{per}.",
                )
            )
    for offset in park.offsets:
        size, kind = co2(draft, offset.tco2), one_line(offset.kind)
        draft.say(
            Words(
                f"园区填报的抵消项：{kind}{size}，只列示，没有从排放量中扣减。",
                f"Offset stated by the park: {kind}, {size}; listed, not subtracted.",
            )
        )
    for what, tco2 in result.listed_apart.items():
        size = co2(draft, tco2)
        draft.say(
            Words(
                f"已计入总量、另行列示：{_APART.get(what, Words(what, what)).zh}{size}。",
                f"In the total and listed apart: {_APART.get(what, Words(what, what)).en} {size}.",
            )
        )


_APART = {
    "international_transport": Words(
        "国际航空航海用能排放", "energy of international aviation and shipping"
    )
}


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
            name, how = indicator_words(one), one_line(reading.name)
            draft.say(
                Words(
                    f"“{name.zh}”文件没有给出唯一口径，按“{how}”为{value}。",
                    f"The document leaves {name.en} open; read as “{how}” it is {value}.",
                ),
                "small",
            )
    given = [
        f"{id}{'：' if draft.language == 'zh' else ': '}{one_line(reason)}"
        for id, reason in result.park.excuses.items()
    ]
    if given:
        draft.say(Words("园区对下列引导指标作了说明：", "The park explains these indicators:"))
        draft.count(given)


def _products(draft: Draft, result: Assessment) -> None:
    rows = [
        [
            one_line(one.product),
            one_line(one.metric) or MISSING,
            MISSING
            if one.value is None
            else draft.same(one.value, f"{one.value:,.6g} {one.unit}", unit=one.unit),
            one_line(one.standard.partition("《")[0]) or MISSING,
            one.in_force_from or MISSING,
            Words(level_words(one), f"{_LEVELS_EN[one.status]} {one.level or ''}".strip()).said(
                draft.language
            ),
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
