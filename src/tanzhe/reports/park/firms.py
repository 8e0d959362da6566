"""The account by firm in words, a table and a picture."""

from tanzhe.model.account import FirmResult
from tanzhe.model.park import Assessment
from tanzhe.reports.park.bars import bars
from tanzhe.reports.park.paper import Draft
from tanzhe.reports.park.words import MISSING, tonnes

NOBODY = "未写明企业"
_NAMED = 3  # firms said in words
_KWH_A_MWH = 1000.0


def firm_section(draft: Draft, result: Assessment) -> None:
    """A section on firms; nothing where no row names one."""
    if not result.firms:
        return
    draft.section("分企业的碳排放和能源消费")
    firm_part(draft, result)


def firm_part(draft: Draft, result: Assessment) -> None:
    """What each firm emits, uses and cannot prove."""
    named = [one for one in result.firms if one.name]
    largest = sorted(named, key=lambda one: -one.emissions.total)[:_NAMED]
    told = "、".join(f"{one.name}{tonnes(one.emissions.total)}（{_share(one)}）" for one in largest)
    draft.say(
        f"台账写明的企业有{len(named)}家，排放最多的是{told}。下表各企业之和等于园区合计；"
        "指标的门槛针对园区，不用来评判单个企业。"
    )
    total = result.emissions.total
    rows = [
        (
            firm_name(one), f"{one.emissions.total:,.2f}", _share(one), f"{one.energy_tce:,.2f}",
            f"{one.power_kwh / _KWH_A_MWH:,.1f}", f"{one.unproven_kwh / _KWH_A_MWH:,.1f}",
            str(len(one.missing_evidence)),
        )
        for one in result.firms
    ]  # fmt: skip
    rows.append(
        (
            "合计", f"{total:,.2f}", "100.0%" if total > 0 else MISSING,
            f"{result.energy_tce:,.2f}",
            f"{sum(one.power_kwh for one in result.firms) / _KWH_A_MWH:,.1f}",
            f"{sum(one.unproven_kwh for one in result.firms) / _KWH_A_MWH:,.1f}",
            str(sum(len(one.missing_evidence) for one in result.firms)),
        )
    )  # fmt: skip
    draft.table(
        "分企业的核算结果",
        ("企业", "排放量\n（tCO2）", "占比", "能源消费量\n（tce）", "用电\n（MWh）",
         "其他电力\n（MWh）", "缺凭证\n（项）"),
        rows,
        shares=(24, 15, 9, 16, 14, 14, 8),
        align=("left", "right", "right", "right", "right", "right", "right"),
        bold_last=True,
    )  # fmt: skip
    draft.small(["其他电力：没有非化石凭证、按其他电力因子核算的电量。"])
    unknown = [f"{firm_name(one)}：{'；'.join(one.unknown)}" for one in result.firms if one.unknown]
    if unknown:
        draft.say(f"下列企业的数字不全，其结果只是已知部分：{'。'.join(unknown)}。")
    draft.picture(
        "分企业碳排放量（tCO2）",
        bars(
            [(firm_name(one), one.emissions.total) for one in result.firms],
            title="分企业碳排放量",
        ),
    )


def firm_name(one: FirmResult) -> str:
    """The firm, or that none was named."""
    return one.name or NOBODY


def _share(one: FirmResult) -> str:
    return MISSING if one.share is None else f"{one.share:.1%}"
