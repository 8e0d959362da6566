"""A product's footprint as a page: what GB/T 24067-2024 wants a report to say, in its order."""

from decimal import Decimal
from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.footprints.choices import BOUNDARIES, CATEGORIES, METHODS, POWER_SOURCES, STAGES
from tanzhe.footprints.json import footprint_json
from tanzhe.footprints.records import FootprintResult, Line
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.datatables import DataTable, YearValue
from tanzhe.reports.pages.draft import Draft, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.products.tables import data_table
from tanzhe.reports.words.escape import one_line

# The page of each result, by the name of its class.
PAGES = {"FootprintResult": "footprint_page"}

_NONE = "—"


def footprint_page(result: FootprintResult, language: Language = "zh") -> Page:
    """A footprint as a page; every line with its row, factor and source.

    Args:
        result: of `product_footprint`.
        language: of our words; those of the study stand as they are.

    Reference:
        GB/T 24067-2024, report of the footprint; ISO 14067:2018, 7.
    """
    result = clean(result)
    product = result.study.product
    name = one_line(product.name)
    draft = Draft(
        language,
        Words(f"{name}\n产品碳足迹报告", f"{name}\nCarbon footprint of a product"),
    )
    tables = [_lines_table(result), _stages_table(result)]
    _goal(draft, result)
    _results(draft, result)
    _inventory(draft, result, tables[0])
    _power(draft, result)
    _allocation(draft, result)
    _cut_off(draft, result)
    _quality(draft, result)
    _interpretation(draft, result)
    return draft.page(
        product="footprint",
        about=name,
        made=result.moment,
        answer=partial(footprint_json, result),
        tables=tables,
        values=_values(result),
        scenario=f"{one_line(product.company)} {product.start} {product.end}",
    )


def _unit(result: FootprintResult) -> str:
    product = result.study.product
    return f"{product.unit_amount:f} {one_line(product.unit)}"


def _kg(draft: Draft, value: Decimal, place: Place | None = None) -> str:
    text = f"{value:,.4f}".replace("-", "−")
    return draft.same(float(value), text, unit="kgCO2e", place=place)


def _percent(draft: Draft, value: Decimal, whole: Decimal, place: Place | None = None) -> str:
    if not whole:
        return _NONE
    share = 100 * value / whole
    return draft.same(float(share), f"{share:.1f}%".replace("-", "−"), unit="%", place=place)


def _goal(draft: Draft, result: FootprintResult) -> None:
    product = result.study.product
    name, company = one_line(product.name), one_line(product.company)
    draft.section(Words("目的、产品和范围", "Goal, product and scope"))
    if product.purpose:
        purpose = one_line(product.purpose)
        draft.say(Words(f"目的：{purpose}。", f"Goal: {purpose}."))
    described = one_line(product.description)
    draft.say(
        Words(
            f"产品：{name}{f'（{described}）' if described else ''}，{company}，{product.region}。",
            f"Product: {name}{f' ({described})' if described else ''}, {company}, "
            f"{product.region}.",
        )
    )
    unit = one_line(product.output_unit)
    made = draft.same(float(product.output), f"{product.output:,f} {unit}", unit=unit)
    draft.say(
        Words(
            f"声明单位：{_unit(result)}；本期产量 {made}。",
            f"Declared unit: {_unit(result)}; output of the period {made}.",
        )
    )
    draft.say(
        Words(
            f"时间：{product.start} 至 {product.end}。",
            f"Period: {product.start} to {product.end}.",
        )
    )
    boundary, steps = BOUNDARIES[product.boundary], one_line(product.processes)
    draft.say(
        Words(f"系统边界：{boundary.zh}。{steps}。", f"System boundary: {boundary.en}. {steps}.")
    )
    rules = one_line(product.rules)
    draft.say(
        Words(
            f"方法：GB/T 24067-2024（ISO 14067:2018），全球变暖潜势采用 IPCC {product.gwp}"
            f"{f'，产品种类规则 {rules}' if rules else ''}。"
            "购买的碳抵消不扣减；园区核算的二氧化碳因子不用于本报告。",
            f"Method: GB/T 24067-2024 (ISO 14067:2018), global warming potentials of IPCC "
            f"{product.gwp}{f', product category rules {rules}' if rules else ''}. Offsets bought "
            "are not subtracted; CO2 factors of park accounts are not used.",
        )
    )
    draft.say(
        Words(
            "合同用电、分配和取舍的规则按标准的转述实现，没有与 GB/T 24067-2024 的原文逐条核对；"
            "用于认证或标识前，请对照原文。",
            "The rules on contractual power, allocation and cut-off follow accounts of the "
            "standard; they were not compared clause by clause with the text of GB/T 24067-2024: "
            "do so before certification or labelling.",
        )
    )


def _results(draft: Draft, result: FootprintResult) -> None:
    draft.section(Words("结果", "Result"))
    table = _stages_table(result)
    value, unit = _kg(draft, result.per_unit), _unit(result)
    zh = en = ""
    if result.uptake:
        apart = _kg(draft, result.uptake)
        zh = f"；生物吸收 {apart} kgCO2e 另列"
        en = f"; biogenic uptake of {apart} kgCO2e stands apart"
    draft.say(
        Words(
            f"碳足迹为每 {unit} {value} kgCO2e{zh}。",
            f"The footprint is {value} kgCO2e per {unit}{en}.",
        )
    )
    stages = [(stage, size) for stage, size in result.stages.items() if size]
    draft.table(
        Words("各阶段", "By stage"),
        [Words("阶段", "Stage"), Words("kgCO2e", "kgCO2e"), Words("占比", "Share")],
        [
            [STAGES[stage].said(draft.language), _kg(draft, size, row_place(table, at)),
             _percent(draft, size, result.per_unit)]
            for at, (stage, size) in enumerate(stages)
        ],
        align=("left", "right", "right"),
        unit=Words(f"每 {unit}", f"per {unit}"),
    )  # fmt: skip
    draft.table(
        Words("各类气体（到大门为止）", "By kind of gas (to the gate)"),
        [Words("类别", "Kind"), Words("kgCO2e", "kgCO2e")],
        [
            [CATEGORIES[kind].said(draft.language), _kg(draft, size)]
            for kind, size in result.categories.items()
            if size
        ],
        align=("left", "right"),
        unit=Words(f"每 {unit}", f"per {unit}"),
    )


def _inventory(draft: Draft, result: FootprintResult, table: DataTable) -> None:
    draft.section(Words("清单", "Inventory"))
    draft.table(
        Words("活动数据、因子和结果", "Activity, factors and results"),
        [Words("编号", "Row"), Words("阶段", "Stage"), Words("名称", "What"),
         Words("数量", "Amount"), Words("因子", "Factor"), Words("年份", "Year"),
         Words("kgCO2e/单位", "kgCO2e/unit")],
        [_row(draft, line, row_place(table, at)) for at, line in enumerate(result.lines)],
        align=("left", "left", "left", "right", "right", "right", "right"),
    )  # fmt: skip
    sources = dict.fromkeys((line.row, one_line(line.factor.source)) for line in result.lines)
    told = "；".join(f"{row}：{source}" for row, source in sources)
    draft.say(Words(f"因子来源：{told}。", f"Sources of factors: {told}."), "small")


def _row(draft: Draft, line: Line, place: Place) -> list[str]:
    kind = "" if line.category == "fossil" else CATEGORIES[line.category].said(draft.language)
    unit, factor = one_line(line.unit), line.factor
    return [
        one_line(line.row),
        STAGES[line.stage].said(draft.language),
        f"{one_line(line.what)}{f'（{kind}）' if kind else ''}",
        draft.same(float(line.amount), f"{line.amount:,f} {unit}", unit=unit, place=place),
        draft.same(float(factor.value), f"{factor.value:.6g} {one_line(factor.unit)}",
                   unit=factor.unit, place=place),
        str(factor.year or _NONE),
        _kg(draft, line.per_unit, place),
    ]  # fmt: skip


def _power(draft: Draft, result: FootprintResult) -> None:
    if not result.study.power:
        return
    draft.section(Words("电力", "Electricity"))
    unproven = {note.code for note in result.notes}
    average, plant = Words("按全国平均", "national average"), Words("按该电厂", "that plant's")
    rows = [
        [
            one_line(one.id), one_line(one.what),
            POWER_SOURCES[one.source].said(draft.language), one_line(one.proof or _NONE),
            str(one.generated or _NONE),
            (average if f"power_unproven.{one.id}" in unproven else plant).said(draft.language),
        ]
        for one in result.study.power
    ]  # fmt: skip
    draft.table(
        Words("电力来源和凭证", "Sources of electricity and their proof"),
        [Words("编号", "Row"), Words("名称", "What"), Words("来源", "Source"),
         Words("凭证号", "Proof"), Words("发电期间", "Generated"), Words("怎么计", "Counted as")],
        rows,
        align=("left",) * 6,
    )  # fmt: skip
    draft.say(
        Words(
            "合同和证书须唯一、可追溯、已注销给本企业、同一时期才认；其余按全国电力平均碳足迹计，"
            "我国尚未公布剩余电力组合。",
            "Contracts and certificates count if unique, traceable, cancelled for this company and "
            "of the same period; the rest counts at the national average footprint of electricity. "
            "China has published no residual mix.",
        )
    )


def _allocation(draft: Draft, result: FootprintResult) -> None:
    if not result.study.allocation:
        return
    draft.section(Words("分配", "Allocation"))
    for group, share in result.shares.items():
        rows = [one for one in result.study.allocation if one.group == group]
        names = "、".join(one_line(one.product) for one in rows)
        part = draft.same(float(share), f"{share:.4f}")
        method, reason, head = METHODS[rows[0].method], one_line(rows[0].reason), one_line(group)
        draft.say(
            Words(
                f"{head}（{names}）：按{method.zh}分配，本产品占 {part}。理由：{reason}。",
                f"{head} ({names}): by {method.en}, share {part}. Reason: {reason}.",
            )
        )


def _cut_off(draft: Draft, result: FootprintResult) -> None:
    draft.section(Words("取舍", "Cut-off"))
    if not result.study.cut_off:
        draft.say(Words("没有有意不计的流。", "No flow was left out on purpose."))
    for one in result.study.cut_off:
        size = draft.same(float(one.percent), f"{one.percent:f}%", unit="%")
        what, reason = one_line(one.what), one_line(one.reason)
        draft.say(
            Words(
                f"{what}：估计占 {size}。理由：{reason}。",
                f"{what}: estimated at {size}. Reason: {reason}.",
            )
        )
    for stage in result.gaps:
        name = STAGES[stage]
        draft.say(
            Words(
                f"“{name.zh}”没有数据也没有说明，结果不完整。",
                f"Nothing is said of “{name.en}”: the result is incomplete.",
            )
        )


def _quality(draft: Draft, result: FootprintResult) -> None:
    draft.section(Words("数据质量", "Quality of the data"))
    if result.primary_share is not None:
        share = result.primary_share
        told = draft.same(float(share), f"{share:.1f}%", unit="%")
        draft.say(
            Words(f"初级数据占碳足迹的 {told}。", f"Primary data make {told} of the footprint.")
        )
    if result.quality is None:
        draft.say(
            Words(
                "有的行没有代表性评分，不能给出加权评分。",
                "Some rows have no ratings, so no weighted rating can be given.",
            )
        )
        return
    technology, place, time = (draft.same(float(one), f"{one:.2f}") for one in result.quality)
    draft.say(
        Words(
            "按贡献加权的代表性评分（1 最好，5 最差）："
            f"技术 {technology}，地域 {place}，时间 {time}。",
            f"Ratings weighted by contribution (1 is best, 5 is worst): technology {technology}, "
            f"geography {place}, time {time}.",
        )
    )


def _interpretation(draft: Draft, result: FootprintResult) -> None:
    draft.section(Words("解释和局限", "Interpretation and limits"))
    largest = sorted(result.lines, key=lambda one: -abs(one.per_unit))[:3]
    zh = "、".join(
        f"{one_line(o.what)}（{_percent(draft, o.per_unit, result.per_unit)}）" for o in largest
    )
    en = ", ".join(
        f"{one_line(o.what)} ({_percent(draft, o.per_unit, result.per_unit)})" for o in largest
    )
    draft.say(Words(f"贡献最大的几项：{zh}。", f"Largest contributions: {en}."))
    for one in result.alternatives:
        value = _kg(draft, one.per_unit)
        draft.say(Words(f"{one.zh}：{value} kgCO2e。", f"{one.en}: {value} kgCO2e."))
    if result.offsets:
        bought = draft.same(float(result.offsets), f"{result.offsets:,f} tCO2e", unit="tCO2e")
        draft.say(
            Words(
                f"企业另购抵消 {bought}，只列出，没有扣减。",
                f"Offsets of {bought} were bought; they are listed, not subtracted.",
            )
        )
    draft.count([Words(note.zh, note.en) for note in result.notes])
    draft.say(
        Words(
            "本报告由程序按填报数据计算，未经第三方核查，不是认证；碳足迹只反映气候变化一个方面。",
            "Calculated by a program from what was entered, not verified by a third party and no "
            "certificate; a footprint tells of climate change alone.",
        )
    )


def _lines_table(result: FootprintResult) -> DataTable:
    rows = [
        (x.row, x.at, x.stage, x.what, x.category, float(x.amount), x.unit,
         float(x.factor.value), x.factor.unit, x.factor.year or None, x.factor.source,
         float(x.share), float(x.per_unit))
        for x in result.lines
    ]  # fmt: skip
    return data_table("footprint.lines", rows)


def _stages_table(result: FootprintResult) -> DataTable:
    rows = [(stage, float(size)) for stage, size in result.stages.items() if size]
    return data_table("footprint.stages", rows)


def _values(result: FootprintResult) -> list[YearValue]:
    """The footprint of the year in which the period ends."""
    product = result.study.product
    return [
        YearValue(
            region=product.region,
            variable=f"Carbon Footprint|{one_line(product.name).replace('|', '/')}",
            unit=f"kg CO2e/{_unit(result)}",
            year=product.end.year,
            value=float(result.per_unit),
        )
    ]
