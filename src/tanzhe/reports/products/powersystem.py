"""Power as a system as a page: flows, what moved thermal power, yearly totals."""

from functools import partial

from tanzhe.errors import Language, Words
from tanzhe.model import PowerSystem
from tanzhe.reports.answers.json import power_json
from tanzhe.reports.answers.power import power_lines, power_table, power_title
from tanzhe.reports.pages.blocks import Align
from tanzhe.reports.pages.datatables import Column, DataTable, YearValue
from tanzhe.reports.pages.draft import Draft, Known, clean
from tanzhe.reports.pages.page import Page
from tanzhe.reports.pages.places import row_place
from tanzhe.reports.products.datasets import yearly_unit
from tanzhe.reports.products.tables import data_table
from tanzhe.reports.words.numbers import percent_words
from tanzhe.reports.words.vocabulary import label

# The page of each result, by the name of its class.
PAGES = {"PowerSystem": "power_page"}

# The first column holds names, the last words.
_RIGHT: Align = "right"
_NUMBERS_BETWEEN: tuple[Align, ...] = ("left", *[_RIGHT] * 20)


def power_page(system: PowerSystem, language: Language = "zh") -> Page:
    """Generation, consumption and net exchange, and what moved thermal power."""
    system = clean(system)
    tables = [_power_table(system), _changes_table(system)]
    draft = Draft(language, power_title(system))
    head, *rows = power_table(system, language)
    draft.table(
        Words("各年电量", "By year"), [Words(cell, cell) for cell in head],
        [list(row) for row in rows],
        align=(*_NUMBERS_BETWEEN[: len(head) - 1], "left"),
    )  # fmt: skip
    known = [
        Known(change.thermal_percent, percent_words(change.thermal_percent, signed=True), "%")
        for change in system.changes
    ]  # fmt: skip
    for line in power_lines(system, language):
        draft.say(draft.told(line, known, row_place(tables[1])))
    return draft.page(
        product="power",
        about=system.region,
        made=system.moment,
        answer=partial(power_json, system, language),
        tables=tables,
        values=_power_values(system),
        scenario=f"{system.source} {system.vintage}",
    )


def _power_table(system: PowerSystem) -> DataTable:
    flows = [("thermal_power_generation", system.thermal)]
    flows += [(flow.term, flow.values) for flow in system.sources]
    flows += [
        ("electricity_consumption", system.consumption),
        ("net_exchange", system.net_exchange),
    ]
    columns = [
        Column(
            name=term,
            title=Words(label("power_term", term), label("power_term", term, "en")),
            type="number",
            unit=system.unit,
        )
        for term, _ in flows
    ]
    rows = zip(system.periods, *(values for _, values in flows), strict=True)
    return data_table("power.flows", rows, more=columns)


def _changes_table(system: PowerSystem) -> DataTable:
    rows = [
        (
            change.of, change.periods[0], change.periods[-1], change.against, change.thermal,
            change.thermal_percent, one.term, one.change, one.contribution, one.share,
        )
        for change in system.changes
        for one in change.shares
    ]  # fmt: skip
    return data_table("power.changes", rows, unit=system.unit)


def _power_values(system: PowerSystem) -> list[YearValue]:
    """Yearly totals of every flow whose months are all published."""
    table = _power_table(system)
    values: list[YearValue] = []
    for at, name in enumerate(table.columns[1:], 1):
        years: dict[str, list[float | None]] = {}
        for row in table.rows:
            cell = row[at]
            value = cell if isinstance(cell, float) else None
            years.setdefault(str(row[0])[:4], []).append(value)
        for year, months in years.items():
            known = [one for one in months if one is not None]
            if len(known) == len(months) == _MERGED_YEAR:
                values.append(YearValue(
                    region=system.region, variable=f"Electricity|{name.title.en.capitalize()}",
                    unit=yearly_unit(system.unit), year=int(year), value=sum(known)))  # fmt: skip
    return values


_MERGED_YEAR = 11
