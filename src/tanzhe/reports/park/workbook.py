"""The result workbook: every tonne is amount times factor, as a formula that can be followed.

Change an amount, a factor or a standard-coal coefficient on 核算明细 and the sums, the ratio, the
tier, the gap and the core verdict follow. Other indicators compare their value with the threshold.
"""

import io
from collections.abc import Sequence

from openpyxl import Workbook

from tanzhe.errors import Language, Words
from tanzhe.model.account import AccountLine
from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.operators import operator_words
from tanzhe.parks.office import style
from tanzhe.parks.terms import SOURCES, STATUSES, VERDICTS, kind_words, state_words
from tanzhe.reports.park.grid import PRECISE, RATIO, SHARE, TONNES, Formula, Grid
from tanzhe.reports.park.products import products_sheet
from tanzhe.reports.park.tiers import Tier, core_tiers
from tanzhe.reports.park.words import APART, MISSING, place_words, region_words, unit_words
from tanzhe.reports.park.years import emission_rows, energy_rows

SUMMARY, INDICATORS = Words("结论", "Verdict"), Words("指标", "Indicators")
ACCOUNT, NOTES = Words("核算明细", "Account"), Words("说明与来源", "Notes and sources")
YEARS = Words("各年度", "Years")
_FIRST = 3  # row of the first line of the account, below title and header
_ACCOUNT_HEAD = (
    Words("台账行", "Row"), Words("环节", "Term"), Words("内容", "What"), Words("数量", "Amount"),
    Words("单位", "Unit"), Words("排放因子", "Factor"), Words("因子单位", "Unit of the factor"),
    Words("单位换算", "Scale"), Words("排放量（tCO2）", "Emissions (tCO2)"),
    Words("折标系数（tce/单位）", "Standard coal (tce/unit)"),
    Words("能耗（tce）", "Energy (tce)"), Words("依据", "Basis"),
    Words("规则库编号", "Id in the rulebook"),
)  # fmt: skip
_INDICATOR_HEAD = (
    Words("类型", "Kind"), Words("指标", "Indicator"), Words("比较", "Compared"),
    Words("数值", "Value"), Words("门槛", "Threshold"), Words("单位", "Unit"),
    Words("差距", "Gap"), Words("结论", "Result"), Words("计算", "Computation"),
    Words("凭证", "Evidence"),
)  # fmt: skip
_INDICATORS = Words(
    "指标：由数值与门槛比较得出；“数据缺失”“不适用”“口径待定”为评估时的结论",
    "Indicators: value compared with threshold; “data missing”, “not applicable” and “definition "
    "open” are as judged",
)
_ACCOUNT = Words(
    "核算明细：排放量 = 数量 × 排放因子 × 单位换算；能耗 = 数量 × 折标系数",
    "Account: emissions = amount × factor × scale; energy = amount × standard coal",
)
_YEARS = Words(
    "各年度：能源消费和碳排放，为各年评估时的数值",
    "Years: energy and emissions, as each year was judged",
)
_NO_LIMIT, _MET, _NOT_MET = Words("没有门槛", "no threshold"), STATUSES["met"], STATUSES["not_met"]


def park_workbook(
    result: Assessment, years: Sequence[Assessment] = (), language: Language = "zh"
) -> bytes:
    """An assessment as an .xlsx file with live formulas.

    Args:
        result: from `assess_park`.
        years: that one and years before, for the sheet 各年度; left out with fewer than two.
        language: of our words; those of the park and of official documents stand as they are.

    Returns:
        The bytes of a workbook with the sheets 结论, 指标, 核算明细, 说明与来源 (Verdict,
        Indicators, Account, Notes and sources). Its formulas hold no cached values until a
        spreadsheet program has opened and saved it.
    """
    book = Workbook()
    book.remove(book.active)
    name, where = result.park.name, region_words(result.park.region)
    title = Words(
        f"{name}（{where.zh}）{result.park.year} 年零碳园区评估结果",
        f"{name} ({where.en}), {result.park.year}: assessment of a zero-carbon park",
    )
    summary = Grid(book, SUMMARY, title, _SUMMARY_WIDTHS, language)
    ratio = _summary(summary, result)
    _indicators(Grid(book, INDICATORS, _INDICATORS, _INDICATOR_WIDTHS, language), result, ratio)
    products_sheet(book, result, language)
    _years(book, years, language)
    _account(Grid(book, ACCOUNT, _ACCOUNT, _ACCOUNT_WIDTHS, language), result.lines)
    _notes(Grid(book, NOTES, NOTES, (26, 120), language), result)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


_SUMMARY_WIDTHS = (36, 26, 20, 22, 44)
_INDICATOR_WIDTHS = (8, 36, 12, 12, 10, 10, 12, 18, 62, 30)
_ACCOUNT_WIDTHS = (12, 11, 28, 18, 10, 12, 13, 10, 17, 16, 17, 62, 42)


def _summary(grid: Grid, result: Assessment) -> str:
    """Verdict first, then the account, the ratio and the tiers; returns the ratio's address."""
    grid.write(
        Words("总体结论", "Verdict"), VERDICTS[result.verdict],
        Words("评估时的结论", "as judged"), "",
        Words(f"指标体系 {result.rules}", f"by the rules {result.rules}"),
    )  # fmt: skip
    for reason in result.reasons:
        row = grid.write(Words("理由", "Reason"), reason)
        grid.sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=5)
        grid.sheet.row_dimensions[row].height = None
        style.fit_height(grid.sheet, row, str(grid.said(reason)), sum(_SUMMARY_WIDTHS[1:]))
    # Where the limit will stand: header, sources, total, ratio, then the limit.
    limit = f"$B${grid.row + len(SOURCES) + 3}"
    first, last = _by_source(grid, len(result.lines), limit)
    total = _total(grid, first, last, limit)
    ratio = grid.write(
        Words("单位能耗碳排放", "Emissions per energy"),
        Formula(f'IF(C{total}>0,B{total}/C{total},"")'),
        "tCO2/tce",
        formats=[RATIO],
    )
    _limit(grid, core_tiers(result), f"C{total}", f"B{ratio}")
    _beside(grid, result)
    return f"'{grid.said(SUMMARY)}'!$B${ratio}"


def _by_source(grid: Grid, lines: int, limit: str) -> tuple[int, int]:
    """One line per term of the method: tonnes, energy, what the limit allows, the gap."""
    grid.head(
        Words("核算汇总", "Account in sum"),
        Words("排放量（tCO2）", "Emissions (tCO2)"),
        Words("能耗（tce）", "Energy (tce)"),
        Words("按限值可排放（tCO2）", "Allowed by the limit (tCO2)"),
        Words("差距（tCO2，负数为有余）", "Gap (tCO2; negative: below the limit)"),
    )
    account = f"'{grid.said(ACCOUNT)}'"
    last = _FIRST + max(lines, 1) - 1
    first = grid.row
    for word in SOURCES.values():
        row = grid.row
        sums = [
            Formula(
                f'SUMIF({account}!$B${_FIRST}:$B${last},"{grid.said(word)}",'
                f"{account}!${column}${_FIRST}:${column}${last})"
            )
            for column in "IK"
        ]
        allowed = Formula(f'IF(ISNUMBER({limit}),{limit}*C{row},"")')
        gap = Formula(f'IF(ISNUMBER({limit}),B{row}-D{row},"")')
        grid.write(word, *sums, allowed, gap, formats=[TONNES] * 4)
    return first, grid.row - 1


def _total(grid: Grid, first: int, last: int, limit: str) -> int:
    sums = [Formula(f"SUM({column}{first}:{column}{last})") for column in "BC"]
    kept = [
        Formula(f'IF(ISNUMBER({limit}),SUM({column}{first}:{column}{last}),"")') for column in "DE"
    ]
    return grid.write(Words("合计", "Together"), *sums, *kept, formats=[TONNES] * 4)


def _limit(grid: Grid, tiers: Sequence[Tier], energy: str, ratio: str) -> None:
    """The limit for this consumption, whether the ratio keeps it, and the tiers themselves."""
    first = grid.row + 3
    none, met, missed = (f'"{grid.said(one)}"' for one in (_NO_LIMIT, _MET, _NOT_MET))
    chosen = none
    for row in reversed(range(first, first + len(tiers))):
        inside = f'AND({energy}>=A{row},OR(B{row}="",{energy}<B{row}))'
        chosen = f"IF({inside},C{row},{chosen})"
    row = grid.write(Words("适用的限值", "Limit that applies"), Formula(chosen), "tCO2/tce")
    state = f"IF({ratio}<=B{row},{met},{missed})"
    grid.write(
        Words("核心指标", "Core indicator"), Formula(f"IF(ISNUMBER(B{row}),{state},{none})"),
        Words("随数据变化", "follows the data"),
    )  # fmt: skip
    grid.head(
        Words("各档：综合能源消费量不低于（tce）", "Tiers: energy consumption at least (tce)"),
        Words("低于（tce）", "below (tce)"),
        Words("限值（tCO2/tce）", "Limit (tCO2/tce)"),
    )
    for tier in tiers:
        grid.write(tier.at_least, tier.below, tier.limit)


def _beside(grid: Grid, result: Assessment) -> None:
    """What stands beside the account."""
    park = result.park
    grid.head(
        Words("另行列示", "Listed apart"), Words("数值", "Value"), Words("单位", "Unit"), "",
        Words("出处", "Source"),
    )  # fmt: skip
    offsets = Words("抵消项（不扣减）", "Offsets (not subtracted)")
    grid.write(offsets, result.offsets_listed, "tCO2", formats=[TONNES])
    for what, tonnes in result.listed_apart.items():
        name = APART.get(what, Words(what, what))
        told = Words(f"{name.zh}（在总量内）", f"In the total: {name.en}")
        grid.write(told, tonnes, "tCO2", formats=[TONNES])
    if result.direct_share is not None:
        share = Words("电力直接供应比例", "Share of power supplied directly")
        grid.write(share, result.direct_share, formats=[SHARE])
    coefficient = park.equivalence_kgce_per_kwh
    name = Words("电力等价折标系数", "Equivalence coefficient of power")
    grid.write(name, coefficient, "kgce/kWh", "", park.equivalence_source)
    for other in result.sensitivity:
        taken = f"{other.equivalence_kgce_per_kwh:g}"
        told = Words(
            f"等价系数若取 {taken}：单位能耗碳排放",
            f"Emissions per energy, were that coefficient {taken}",
        )
        value = other.emission_per_energy
        grid.write(told, value, "tCO2/tce", "", other.source, formats=[RATIO])


def _account(grid: Grid, lines: Sequence[AccountLine]) -> None:
    grid.head(*_ACCOUNT_HEAD)
    for row, one in enumerate(lines, _FIRST):
        coefficient = one.tce / one.amount if one.amount else 0.0
        formats = [PRECISE] * 12
        formats[2] = formats[7] = formats[9] = TONNES
        grid.write(
            one.row, SOURCES[one.source], one.what, one.amount, unit_words(one.unit), one.factor,
            unit_words(one.factor_unit), _scale(one), Formula(f"D{row}*F{row}*H{row}"), coefficient,
            Formula(f"D{row}*J{row}"), one.basis, one.factor_id, formats=formats,
        )  # fmt: skip
    grid.sheet.freeze_panes = f"D{_FIRST}"


def _scale(line: AccountLine) -> float:
    """Tonnes in the unit of amount times factor: factors in kg give kilograms."""
    return 1e-3 if line.factor_unit.startswith("kg") else 1.0


def _years(book: Workbook, years: Sequence[Assessment], language: Language) -> None:
    """Energy and emissions by year, as values."""
    if len(years) < 2:
        return
    grid = Grid(book, YEARS, _YEARS, (40, 14, *(18 for _ in years)), language)
    of = [Words(f"{one.park.year}年", str(one.park.year)) for one in years]
    grid.head(Words("项目", "Item"), Words("单位", "Unit"), *of)
    for row in (*emission_rows(years), *energy_rows(years)[:-1]):
        values = [MISSING if one is None else one for one in row.values]
        formats = [PRECISE, *([RATIO if row.digits > 2 else TONNES] * len(values))]
        grid.write(row.name, unit_words(row.unit), *values, formats=formats)
    grid.sheet.freeze_panes = "C3"


def _indicators(grid: Grid, result: Assessment, ratio: str) -> None:
    grid.head(*_INDICATOR_HEAD)
    for one in result.indicators:
        row, share = grid.row, one.unit == "1"
        number = SHARE if share else PRECISE
        formats = [PRECISE, PRECISE, number, number, PRECISE, number]
        grid.write(
            kind_words(one), one.name, operator_words(one.operator), _value(one, ratio),
            MISSING if one.threshold is None else one.threshold,
            "" if share else unit_words(one.unit), _gap(one, row),
            _state(grid, one, row), one.formula, one.evidence, formats=formats,
        )  # fmt: skip
    grid.sheet.freeze_panes = "C3"


def _value(one: IndicatorResult, ratio: str) -> object:
    """The core value follows the account; others are as stated or as computed then."""
    if one.value is None:
        return MISSING
    return Formula(ratio) if one.kind == "core" and one.unit == "tCO2/tce" else one.value


def _gap(one: IndicatorResult, row: int) -> object:
    if one.value is None or one.threshold is None:
        return MISSING
    match one.operator:
        case ">=" | ">":
            return Formula(f"MAX(0,E{row}-D{row})")
        case "==":
            return Formula(f"ABS(D{row}-E{row})")
        case _:
            return Formula(f"MAX(0,D{row}-E{row})")


def _state(grid: Grid, one: IndicatorResult, row: int) -> object:
    """Met or not as a comparison; what no comparison decides as it was judged."""
    if one.status not in ("met", "not_met") or one.value is None or one.threshold is None:
        return state_words(one)
    sign = {"==": "=", "at_least_level": "<="}.get(one.operator, one.operator)
    return Formula(f'IF(D{row}{sign}E{row},"{grid.said(_MET)}","{grid.said(_NOT_MET)}")')


def _notes(grid: Grid, result: Assessment) -> None:
    grid.head(Words("还缺的凭证和数据", "Data and proof that are missing"), "")
    for missing in result.missing_evidence:
        grid.write(place_words(missing.where, result), missing.what)
    grid.head(Words("说明", "Notes"), "")
    for number, note in enumerate(result.notes, 1):
        grid.write(str(number), Words(note.zh, note.en))
    grid.head(Words("因子的依据", "What factors rest on"), "")
    for basis in dict.fromkeys(one.basis for one in result.lines if one.basis):
        grid.write("", basis)
    grid.head(Words("运行清单", "Manifest of the run"), "")
    grid.write("tanzhe", result.manifest.tanzhe)
    for entry in result.manifest.inputs:
        grid.write(entry.name, f"sha256 {entry.sha256}")
