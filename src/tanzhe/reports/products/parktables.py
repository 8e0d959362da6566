"""The data of parks: indicators, account lines, gap, states, measures."""

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.model.plan import Plan
from tanzhe.parks.compare import Comparison
from tanzhe.parks.terms import SOURCES
from tanzhe.reports.pages.datatables import DataTable, YearValue
from tanzhe.reports.products.datasets import column

_TERMS = {
    "fuel": "Fuel Combustion", "conversion": "Energy Conversion", "electricity": "Electricity",
    "heat": "Heat", "process": "Industrial Processes",
}  # fmt: skip


def park_tables(result: Assessment) -> list[DataTable]:
    """Indicators, every line of the account, and the gap by source."""
    return [_indicators(result), _lines(result), _gap(result)]


def _indicators(result: Assessment) -> DataTable:
    return DataTable(
        name="indicators",
        title=Words("指标", "Indicators"),
        columns=(
            column("id", "编号", "Id"),
            column("name", "指标", "Name"),
            column("kind", "类型", "Kind"),
            column("operator", "怎么比", "Operator"),
            column("value", "数值", "Value", "number"),
            column("threshold", "门槛", "Threshold", "number"),
            column("unit", "单位", "Unit"),
            column("gap", "差距", "Gap", "number"),
            column("status", "结论", "Status"),
            column("formula", "算式", "Formula"),
        ),
        rows=tuple(
            (i.id, i.name, i.kind, i.operator, i.value, i.threshold, i.unit, i.gap, i.status,
             i.formula)
            for i in result.indicators
        ),
    )  # fmt: skip


def _lines(result: Assessment) -> DataTable:
    return DataTable(
        name="account",
        title=Words("核算明细", "Account"),
        columns=(
            column("row", "台账行", "Row"),
            column("source", "环节", "Source"),
            column("what", "内容", "What"),
            column("amount", "数量", "Amount", "number"),
            column("unit", "单位", "Unit"),
            column("factor", "因子", "Factor", "number"),
            column("factor_unit", "因子单位", "Unit of the factor"),
            column("tco2", "排放量", "Emissions", "number", "tCO2"),
            column("tce", "能耗", "Energy", "number", "tce"),
            column("basis", "依据", "Basis"),
        ),
        rows=tuple(
            (x.row, x.source, x.what, x.amount, x.unit, x.factor, x.factor_unit, x.tco2, x.tce,
             x.basis)
            for x in result.lines
        ),
    )  # fmt: skip


def _gap(result: Assessment) -> DataTable:
    told = result.emissions.model_dump()
    return DataTable(
        name="sources",
        title=Words("各环节", "Sources"),
        columns=(
            column("source", "环节", "Source"),
            column("tco2", "排放量", "Emissions", "number", "tCO2"),
            column("gap_tco2", "高出限值", "Above the limit", "number", "tCO2"),
        ),
        rows=tuple((key, told[key], result.gap_by_source.get(key)) for key in SOURCES),
    )


def park_values(result: Assessment) -> list[YearValue]:
    """Emissions and energy of the year in the variables of the IAMC format."""
    told, park = result.emissions.model_dump(), result.park
    named = {f"Emissions|CO2|{_TERMS[key]}": told[key] for key in SOURCES}
    values = {"Emissions|CO2": told["total"], **named}
    where = f"{park.region} {park.name}"
    found = [
        YearValue(region=where, variable=name, unit="t CO2/yr", year=park.year, value=value)
        for name, value in values.items()
    ]
    energy = YearValue(region=where, variable="Final Energy", unit="tce/yr", year=park.year,
                       value=result.energy_tce)  # fmt: skip
    return [*found, energy]


def comparison_table(result: Comparison) -> DataTable:
    """One row a park and year."""
    return DataTable(
        name="parks",
        title=Words("园区", "Parks"),
        columns=(
            column("name", "园区", "Park"),
            column("region", "地区", "Region"),
            column("year", "年度", "Year", "integer"),
            column("verdict", "结论", "Verdict"),
            column("emission_per_energy", "单位能耗碳排放", "Emissions per energy", "number",
                   "tCO2/tce"),
            column("limit", "限值", "Limit", "number", "tCO2/tce"),
            column("tco2", "排放量", "Emissions", "number", "tCO2"),
            column("energy_tce", "能耗", "Energy", "number", "tce"),
            column("gap_tco2", "超限", "Above the limit", "number", "tCO2"),
            column("direct_share", "直供比例", "Direct supply", "number"),
            column("missing", "缺数据的指标", "Indicators without data", "integer"),
        ),
        rows=tuple(
            (s.name, s.region, s.year, s.verdict, s.emission_per_energy, s.limit, s.tco2,
             s.energy_tce, s.gap_tco2, s.direct_share, len(s.missing))
            for s in result.states
        ),
    )  # fmt: skip


def comparison_values(result: Comparison) -> list[YearValue]:
    """Emissions and energy of every park and year."""
    return [
        YearValue(region=f"{s.region} {s.name}", variable=name, unit=unit, year=s.year, value=value)
        for s in result.states
        for name, unit, value in (
            ("Emissions|CO2", "t CO2/yr", s.tco2),
            ("Final Energy", "tce/yr", s.energy_tce),
        )
    ]


def measures_table(plan: Plan) -> DataTable:
    """One row a measure that is taken."""
    return DataTable(
        name="measures",
        title=Words("措施", "Measures"),
        columns=(
            column("name", "措施", "Measure"),
            column("kind", "类型", "Kind"),
            column("amount", "数量", "Amount", "number"),
            column("unit", "单位", "Unit"),
            column("share_of_potential", "占潜力", "Share of the potential", "number"),
            column("cost_wan_yuan", "每年成本", "Cost a year", "number", "10,000 yuan"),
            column("tco2", "排放变化", "Change of emissions", "number", "tCO2"),
            column("tce", "能耗变化", "Change of energy", "number", "tce"),
        ),
        rows=tuple(
            (m.name, m.kind, m.amount, m.unit, m.share_of_potential, m.cost_wan_yuan, m.tco2, m.tce)
            for m in plan.measures
        ),
    )


def green_table(plan: Plan) -> DataTable:
    """Emissions per energy at every share of proven non-fossil power."""
    return DataTable(
        name="green_power",
        title=Words("绿电占比与单位能耗碳排放", "Green power and emissions per energy"),
        columns=(
            column("share", "绿电占比", "Share", "number"),
            column("tco2", "排放量", "Emissions", "number", "tCO2"),
            column("emission_per_energy", "单位能耗碳排放", "Emissions per energy", "number",
                   "tCO2/tce"),
        ),
        rows=tuple((p.share, p.tco2, p.emission_per_energy) for p in plan.green.points),
    )  # fmt: skip
