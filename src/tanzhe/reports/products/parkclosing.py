"""What closes the assessment of a park: gap, missing proof, projects, and the account's lines."""

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.parks import SOURCES
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING
from tanzhe.reports.products.parkwords import amount_cell, co2, number_cell, source_words
from tanzhe.reports.words.escape import one_line


def gap_section(draft: Draft, result: Assessment) -> None:
    """The gap to the core limit taken apart; nothing where it is kept or none applies."""
    gap = sum(result.gap_by_source.values())
    if gap <= 0:
        return
    draft.section(Words("差距和缩小差距的途径", "The gap to the core limit"))
    told, total = result.emissions.model_dump(), result.emissions.total
    most, above = co2(draft, total - gap), co2(draft, gap)
    draft.say(
        Words(
            f"按限值，园区现有能源消费量最多可排放{most}，实际高出{above}。"
            "各环节的构成见下表，负数表示该环节低于限值。",
            f"At its consumption the park may emit {most} by the limit; it emits {above} more. "
            "The table takes this apart; a negative number is below the limit.",
        )
    )
    rows = []
    for key in SOURCES:
        part = result.gap_by_source.get(key, 0.0)
        if part or told[key]:
            cells = [number_cell(draft, n, "tCO2") for n in (told[key], told[key] - part, part)]
            rows.append([source_words(key).said(draft.language), *cells])
    sums = [number_cell(draft, n, "tCO2") for n in (total, total - gap, gap)]
    rows.append([Words("合计", "together").said(draft.language), *sums])
    draft.table(
        Words("差距的构成", "What the gap is made of"),
        [Words("环节", "Source"), Words("实际排放", "Emitted"),
         Words("按限值可排放", "Allowed by the limit"), Words("差距", "Gap")],
        rows,
        align=("left", "right", "right", "right"),
        unit=Words("单位：tCO2", "in tCO2"),
        total=True,
    )  # fmt: skip


def missing_section(draft: Draft, result: Assessment) -> None:
    """What a reviewer will ask for."""
    if result.missing_evidence:
        draft.section(Words("还需补充的数据和凭证", "Data and proof that are missing"))
        draft.count([
            Words(f"{one_line(one.where)}：{one_line(one.what)}。",
                  f"{one_line(one.where)}: {one_line(one.what)}")
            for one in result.missing_evidence
        ])  # fmt: skip


def projects_section(draft: Draft, result: Assessment) -> None:
    """The projects of the park."""
    if not result.park.projects:
        return
    draft.section(Words("建设项目", "Projects"))
    draft.table(
        Words("园区填报的建设项目", "Projects stated by the park"),
        [Words("项目", "Project"), Words("责任单位", "Owner"), Words("建设内容", "Content"),
         Words("总投资（万元）", "Investment (10,000 yuan)"), Words("周期", "Period"),
         Words("年减排量（tCO2）", "Cut a year (tCO2)")],
        [
            [one_line(p.name), one_line(p.owner) or MISSING, one_line(p.content) or MISSING,
             amount_cell(draft, p.investment), one_line(p.period) or MISSING,
             amount_cell(draft, p.abatement)]
            for p in result.park.projects
        ],
        align=("left", "left", "left", "right", "left", "right"),
    )  # fmt: skip


def account_annex(draft: Draft, result: Assessment, table: DataTable) -> None:
    """Each line of the account with its factor and document."""
    bases = list(dict.fromkeys(line.basis for line in result.lines if line.basis))
    rows = []
    for at, line in enumerate(result.lines):
        place = row_place(table, at)
        quantity = f"{round(line.amount, 4):,.12g} {line.unit}"
        factor = f"{line.factor:g} {line.factor_unit}"
        rows.append([
            line.row, one_line(line.what),
            draft.same(line.amount, quantity, unit=line.unit, place=place),
            draft.same(line.factor, factor, unit=line.factor_unit, place=place),
            number_cell(draft, line.tco2, "tCO2", place),
            number_cell(draft, line.tce, "tce", place),
            str(bases.index(line.basis) + 1) if line.basis else MISSING,
        ])  # fmt: skip
    draft.table(
        Words("各行台账的核算", "Every row of the ledgers"),
        [Words("台账行", "Row"), Words("内容", "What"), Words("数量", "Amount"),
         Words("因子", "Factor"), Words("排放量（tCO2）", "Emissions (tCO2)"),
         Words("能耗（tce）", "Energy (tce)"), Words("依据", "Basis")],
        rows,
        align=("left", "left", "right", "right", "right", "right", "centre"),
    )  # fmt: skip
    for number, basis in enumerate(bases, 1):
        text = one_line(basis).rstrip("。")
        draft.say(Words(f"依据 {number}：{text}。", f"Basis {number}: {text}."), "small")
