"""The account of a park by firm, as a section and as data."""

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.reports.charts.bars import bars
from tanzhe.reports.pages.blocks import Drawing
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.park.words import MISSING
from tanzhe.reports.products.parkwords import co2, number_cell, share_cell
from tanzhe.reports.products.tables import data_table
from tanzhe.reports.words.escape import one_line

_NOBODY = Words("未写明企业", "no firm named")
_KWH_A_MWH = 1000.0


_NAMED = 3  # firms said in words


def firms_section(draft: Draft, result: Assessment, table: DataTable) -> None:
    """What each firm emits, uses and cannot prove; nothing where no row names one."""
    if not result.firms:
        return
    draft.section(Words("分企业的碳排放和能源消费", "Emissions and energy by firm"))
    firms_part(draft, result, table)


def firms_part(draft: Draft, result: Assessment, table: DataTable) -> None:
    """The firms in words, a table and a picture."""
    _largest(draft, result)
    draft.say(
        Words(
            "下表各企业之和等于园区合计；指标的门槛针对园区，不用来评判单个企业。其他电力是没有"
            "非化石凭证、按其他电力因子核算的电量。",
            "The firms add up to the park; thresholds are the park's and judge no single firm. "
            "Other power has no proof of non-fossil origin.",
        )
    )
    total = result.emissions.total
    rows = []
    for at, one in enumerate(result.firms):
        place = row_place(table, at)
        rows.append(
            [
                one_line(one.name) or _NOBODY.said(draft.language),
                number_cell(draft, one.emissions.total, "tCO2", place),
                share_cell(draft, one.emissions.total, total) if total > 0 else MISSING,
                number_cell(draft, one.energy_tce, "tce", place),
                number_cell(draft, one.power_kwh / _KWH_A_MWH, "MWh", place),
                number_cell(draft, one.unproven_kwh / _KWH_A_MWH, "MWh", place),
                str(len(one.missing_evidence)),
            ]
        )
    rows.append(_together(draft, result))
    draft.table(
        Words("分企业的核算结果", "The account by firm"),
        [Words("企业", "Firm"), Words("排放量（tCO2）", "tCO2"), Words("占比", "Share"),
         Words("能源消费量（tce）", "tce"), Words("用电（MWh）", "Power (MWh)"),
         Words("其他电力（MWh）", "Other power (MWh)"), Words("缺凭证（项）", "Missing proof")],
        rows,
        align=("left", "right", "right", "right", "right", "right", "right"),
        total=True,
    )  # fmt: skip
    unknown = [
        Words(f"{one_line(one.name)}：{'；'.join(one_line(u.zh) for u in one.unknown)}",
              f"{one_line(one.name)}: {'; '.join(one_line(u.en) for u in one.unknown)}")
        for one in result.firms
        if one.unknown
    ]  # fmt: skip
    if unknown:
        draft.say(
            Words("下列企业的数字不全，其结果只是已知部分：",
                  "Figures of these firms are lacking; their results are the part known:")
        )  # fmt: skip
        draft.count(unknown, ordered=False)
    _picture(draft, result)


def _largest(draft: Draft, result: Assessment) -> None:
    """How many firms are named, and which emit most."""
    named = [one for one in result.firms if one.name]
    largest = sorted(named, key=lambda one: -one.emissions.total)[:_NAMED]
    told = [
        (one_line(one.name), co2(draft, one.emissions.total),
         share_cell(draft, one.emissions.total, result.emissions.total))
        for one in largest
    ]  # fmt: skip
    count = draft.same(len(named), str(len(named)))
    zh = "、".join(f"{name}{size}（{part}）" for name, size, part in told)
    en = ", ".join(f"{name} with {size} ({part})" for name, size, part in told)
    draft.say(
        Words(
            f"台账写明的企业有{count}家，排放最多的是{zh}。",
            f"The ledgers name {count} firms; most is emitted by {en}.",
        )
    )


def _together(draft: Draft, result: Assessment) -> list[str]:
    total = result.emissions.total
    power = [
        sum(getattr(one, name) for one in result.firms) / _KWH_A_MWH
        for name in ("power_kwh", "unproven_kwh")
    ]
    return [
        Words("合计", "together").said(draft.language),
        number_cell(draft, total, "tCO2"),
        share_cell(draft, total, total),
        number_cell(draft, result.energy_tce, "tce"),
        *(number_cell(draft, one, "MWh") for one in power),
        str(sum(len(one.missing_evidence) for one in result.firms)),
    ]


def _picture(draft: Draft, result: Assessment) -> None:
    language = draft.language
    title = Words("分企业碳排放量（tCO2）", "Emissions by firm (tCO2)")
    rows = [(one_line(one.name) or _NOBODY.said(language), one.emissions.total)
            for one in result.firms]  # fmt: skip
    rest = Words("其他", "others").said(language)
    wide, narrow = (
        bars(rows, title=title.said(language), rest=rest, narrow=small) for small in (False, True)
    )
    key = Words("由多到少，单位 tCO2", "from the largest down, in tCO2").said(language)
    draft.figure(title, Drawing(wide=wide, narrow=narrow, key=key))


def firms_table(result: Assessment) -> DataTable:
    """The firms as data."""
    rows = [
        (one.name, one.emissions.total, one.energy_tce, one.power_kwh, one.unproven_kwh,
         len(one.missing_evidence))
        for one in result.firms
    ]  # fmt: skip
    return data_table("park.firms", rows)
