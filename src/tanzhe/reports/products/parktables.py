"""The data of parks: indicators, account lines, gap, states, measures."""

from tanzhe.model.park import Assessment
from tanzhe.model.plan import Plan
from tanzhe.parks.compare import Comparison
from tanzhe.parks.terms import SOURCES
from tanzhe.reports.pages.datatables import DataTable, YearValue
from tanzhe.reports.products.tables import data_table, record_table

_TERMS = {
    "fuel": "Fuel Combustion", "conversion": "Energy Conversion", "electricity": "Electricity",
    "heat": "Heat", "process": "Industrial Processes",
}  # fmt: skip


def park_tables(result: Assessment) -> list[DataTable]:
    """Indicators, every line of the account, and the gap by source."""
    return [_indicators(result), _lines(result), _gap(result)]


def _indicators(result: Assessment) -> DataTable:
    return record_table("park.indicators", result.indicators)


def _lines(result: Assessment) -> DataTable:
    return record_table("park.account", result.lines)


def _gap(result: Assessment) -> DataTable:
    told = result.emissions.model_dump()
    rows = [(key, told[key], result.gap_by_source.get(key)) for key in SOURCES]
    return data_table("park.sources", rows)


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
    rows = [
        (s.name, s.region, s.year, s.verdict, s.emission_per_energy, s.limit, s.tco2,
         s.energy_tce, s.gap_tco2, s.direct_share, len(s.missing))
        for s in result.states
    ]  # fmt: skip
    return data_table("park.parks", rows)


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
    return record_table("park.measures", plan.measures)


def green_table(plan: Plan) -> DataTable:
    """Emissions per energy at every share of proven non-fossil power."""
    return record_table("park.green_power", plan.green.points)
