"""The account of a park in words and tables: method, result by source, energy, the rest."""

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.parks.terms import SOURCES
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.park.words import APART
from tanzhe.reports.products.parkwords import (
    BOUNDS,
    co2,
    coal,
    number_cell,
    per_energy,
    sentence,
    share_cell,
    source_words,
)
from tanzhe.reports.words.escape import one_line


def account_section(draft: Draft, result: Assessment) -> None:
    """How it was counted, and what came out."""
    draft.section(Words("碳排放核算", "Carbon account"))
    draft.part(Words("核算方法", "Method"))
    _method(draft, result)
    draft.part(Words("碳排放量", "Emissions"))
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
    _largest(draft, result)
    draft.part(Words("综合能源消费量", "Energy consumption"))
    _energy(draft, result)
    _beside(draft, result)


def _largest(draft: Draft, result: Assessment) -> None:
    """The term that emits most."""
    told, total = result.emissions.model_dump(), result.emissions.total
    if total <= 0:
        return
    largest = max(SOURCES, key=lambda key: float(told[key]))
    name, size = source_words(largest), co2(draft, told[largest])
    part = share_cell(draft, told[largest], total)
    draft.say(
        Words(
            f"排放最多的是{name.zh}，{size}，占{part}。各行台账的核算见附件。",
            f"Most comes from {name.en}, {size}, {part} of the whole. Every row of the ledgers "
            "stands in the annex.",
        )
    )


def _method(draft: Draft, result: Assessment) -> None:
    """What is added up, and how power counts."""
    source = draft.note(
        Words(
            "《国家发展改革委 工业和信息化部 国家能源局关于开展零碳园区建设的通知》"
            "（发改环资〔2025〕910号）附件4。",
            "Annex 4 of 《国家发展改革委 工业和信息化部 国家能源局关于开展零碳园区建设的通知》"
            "(发改环资〔2025〕910号).",
        )
    )
    draft.say(
        Words(
            f"按照《零碳园区碳排放核算方法（试行）》{source}核算，碳排放量为燃料燃烧、加工转换、"
            "净购入电力、净购入热力和工业生产过程五项之和。",
            f"By the national accounting method for zero-carbon parks{source} emissions are the "
            "sum of fuel combustion, conversion, net purchased electricity, net purchased heat "
            "and industrial processes.",
        )
    )
    used = dict.fromkeys(
        (line.factor, line.factor_unit)
        for line in result.lines
        if line.source == "electricity" and line.factor
    )
    cells = [draft.same(factor, f"{factor:g} {unit}", unit=unit) for factor, unit in used]
    rest = Words("没有其他电力", "there is no other power")
    if cells:
        rest = Words(
            f"其余电力按{'、'.join(cells)}核算，不用省级电网因子",
            f"other power counts {', '.join(cells)}, never the provincial grid factor",
        )
    draft.say(
        Words(
            "直接供应的非化石电力，以及由已核销绿证或绿电交易取得的可再生能源电力，排放按零计；"
            f"{rest.zh}。",
            "Non-fossil power supplied directly, and renewable power by cancelled certificates or "
            f"green trade, counts as zero; {rest.en}.",
        )
    )


def _energy(draft: Draft, result: Assessment) -> None:
    park, unit = result.park, "kgce/kWh"
    used = park.equivalence_kgce_per_kwh
    value = draft.same(used, f"{used:g} {unit}", unit=unit)
    source = one_line(park.equivalence_source)
    note = draft.note(
        Words(f"系数出处：{source or '园区没有写明'}。",
              f"Source of the coefficient: {source or 'not stated by the park'}.")
    )  # fmt: skip
    size = coal(draft, result.energy_tce)
    draft.say(
        Words(
            f"综合能源消费量为{size}。电力按等价值{value}折标{note}。"
            "等价系数没有全国统一的数值，取值大，单位能耗碳排放就小。",
            f"Energy consumption is {size}. Electricity counts {value}{note}, its equivalence. "
            "There is no national value; the larger it is, the smaller the emissions per energy.",
        )
    )
    for one in result.sensitivity:
        if one.emission_per_energy is not None:
            other = one.equivalence_kgce_per_kwh
            value = draft.same(other, f"{other:g} {unit}", unit=unit)
            energy, per = coal(draft, one.energy_tce), per_energy(draft, one.emission_per_energy)
            note = draft.note(sentence(one.source))
            draft.say(
                Words(
                    f"系数若取{value}{note}，综合能源消费量为{energy}，单位能耗碳排放为{per}。",
                    f"At {value}{note} energy consumption would be {energy}, emissions per energy "
                    f"{per}.",
                )
            )


def _beside(draft: Draft, result: Assessment) -> None:
    """Offsets and what is listed apart: beside the account, in its own part."""
    if result.park.offsets or result.listed_apart:
        draft.part(Words("另行列示的事项", "Listed apart"))
    for offset in result.park.offsets:
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
                f"已计入总量、另行列示：{APART.get(what, Words(what, what)).zh}{size}。",
                f"In the total and listed apart: {APART.get(what, Words(what, what)).en} {size}.",
            )
        )
