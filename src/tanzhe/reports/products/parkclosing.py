"""What closes the assessment of a park: gap, missing proof, projects, and the account's lines."""

import math

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.parks.terms import SOURCES
from tanzhe.quantity import Quantity, Unit
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING, place_words, unit_words
from tanzhe.reports.products.parkwords import (
    amount_cell,
    co2,
    number_cell,
    source_words,
)
from tanzhe.reports.words.escape import one_line

_MANY = 1_000_000  # from which an amount is told in whole units: its cell holds the unit too


def gap_section(draft: Draft, result: Assessment) -> None:
    """The section on the gap; nothing where the core limit is kept or none applies."""
    if sum(result.gap_by_source.values()) > 0:
        draft.section(
            Words("差距和缩小差距的途径", "The gap to the core limit and how to close it")
        )
        gap_part(draft, result)


def gap_part(draft: Draft, result: Assessment) -> None:
    """What the gap is made of, and how far power could close it; nothing without a gap."""
    gap = sum(result.gap_by_source.values())
    if gap <= 0:
        return
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
    _by_power(draft, result, gap)


def _by_power(draft: Draft, result: Assessment, gap: float) -> None:
    """How far power without proof of its origin could close the gap, and what remains."""
    lines = [line for line in result.lines if line.source == "electricity" and line.tco2 > 0]
    if not lines:
        draft.say(
            Words(
                "现有电力的排放已为零，差距只能靠减少燃料、热力和工业过程的排放缩小。",
                "Power emits nothing as it is: only less fuel, heat and process emissions close "
                "the gap.",
            )
        )
        return
    emitted, kwh = sum(line.tco2 for line in lines), sum(line.amount for line in lines)
    power, size = _power_cell(draft, kwh), co2(draft, emitted)
    if emitted >= gap:
        needed = _power_cell(draft, kwh * gap / emitted)
        draft.say(
            Words(
                f"还有{power}电力没有非化石凭证，排放{size}。其中{needed}改为直接供应的非化石电力、"
                "绿电交易或由已核销绿证覆盖，其他不变，即可达到核心指标。",
                f"{power} of power have no proof of non-fossil origin and emit {size}. With "
                f"{needed} of it supplied directly, by green trade or covered by cancelled "
                "certificates, all else unchanged, the core indicator is met.",
            )
        )
    else:
        rest = co2(draft, gap - emitted)
        draft.say(
            Words(
                f"还有{power}电力没有非化石凭证，排放{size}。即使全部改为有凭证的非化石电力，"
                f"仍高出{rest}，须同时减少燃料、热力或工业过程的排放。",
                f"{power} of power have no proof of non-fossil origin and emit {size}. Even with "
                f"proof for all of it {rest} remain above the limit: fuel, heat or processes must "
                "emit less too.",
            )
        )


def _power_cell(draft: Draft, kwh: float) -> str:
    """An amount of power in the largest unit it fills, never rounded below what is needed."""
    units = (Unit.YI_KWH, Unit.WAN_KWH, Unit.KWH)
    zh = next(u for u in units if Quantity(kwh, Unit.KWH).to(u).value >= 1 or u is Unit.KWH)
    texts = []
    for unit in (zh, Unit.MWH):
        value = Quantity(kwh, Unit.KWH).to(unit).value
        texts.append(f"{math.ceil(round(value * 100, 6)) / 100:,.10g} {unit.text}")
    return draft.fact(kwh, Words(*texts), unit="kWh")


def missing_section(draft: Draft, result: Assessment) -> None:
    """What a reviewer will ask for."""
    if result.missing_evidence:
        draft.section(Words("还需补充的数据和凭证", "Data and proof that are missing"))
        told = [(place_words(one.where, result), one.what) for one in result.missing_evidence]
        draft.count([
            Words(f"{where.zh}：{one_line(what.zh)}。", f"{where.en}: {one_line(what.en)}.")
            for where, what in told
        ])  # fmt: skip


def projects_section(draft: Draft, result: Assessment) -> None:
    """The projects of the park."""
    if not result.park.projects:
        return
    draft.section(Words("建设项目", "Projects"))
    projects_part(draft, result)


def projects_part(draft: Draft, result: Assessment) -> None:
    """The table of projects."""
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


def _with_unit(number: str, unit: str) -> Words:
    words = unit_words(unit)
    return Words(f"{number} {words.zh}", f"{number} {words.en}")


def account_annex(draft: Draft, result: Assessment, table: DataTable) -> None:
    """Each line of the account with its factor and document."""
    bases = list(dict.fromkeys(line.basis for line in result.lines if line.basis))
    whose = {row: one_line(one.name) for one in result.firms for row in one.rows}
    by_firm = any(whose.values())
    rows = []
    for at, line in enumerate(result.lines):
        place = row_place(table, at)
        places = 0 if abs(line.amount) >= _MANY else 4  # a firm's share of a meter has six
        quantity = _with_unit(f"{round(line.amount, places):,.12g}", line.unit)
        factor = _with_unit(f"{line.factor:g}", line.factor_unit)
        rows.append([
            line.row, *([whose.get(line.row) or MISSING] if by_firm else []),
            one_line(line.what.said(draft.language)),
            draft.fact(line.amount, quantity, unit=line.unit, place=place),
            draft.fact(line.factor, factor, unit=line.factor_unit, place=place),
            number_cell(draft, line.tco2, "tCO2", place),
            number_cell(draft, line.tce, "tce", place),
            str(bases.index(line.basis) + 1) if line.basis else MISSING,
        ])  # fmt: skip
    draft.table(
        Words("各行台账的核算", "Every row of the ledgers"),
        [Words("台账行", "Row"), *([Words("企业", "Firm")] if by_firm else []),
         Words("内容", "What"), Words("数量", "Amount"),
         Words("因子", "Factor"), Words("排放量（tCO2）", "Emissions (tCO2)"),
         Words("能耗（tce）", "Energy (tce)"), Words("依据", "Basis")],
        rows,
        align=("left", *(("left",) if by_firm else ()), "left", "right", "right", "right", "right",
               "centre"),
    )  # fmt: skip
    for number, basis in enumerate(bases, 1):
        zh, en = one_line(basis.zh).rstrip("。"), one_line(basis.en).rstrip(".")
        draft.say(Words(f"依据 {number}：{zh}。", f"Basis {number}: {en}."), "small")
