"""The years of one park beside each other, against a base year where one is named."""

from collections.abc import Sequence

from tanzhe.errors import Words
from tanzhe.model.park import Assessment
from tanzhe.reports.pages.blocks import Align
from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.park.words import MISSING, unit_words
from tanzhe.reports.park.years import YearRow, emission_rows, energy_rows
from tanzhe.reports.products.parkwords import per_energy
from tanzhe.reports.products.tables import data_table

_STILL = 0.0005  # a change that is none


def years_section(draft: Draft, years: Sequence[Assessment], base_year: int | None) -> None:
    """A section with both tables and the change in words."""
    draft.section(Words("各年度的能源消费和碳排放", "Energy and emissions by year"))
    emissions_part(draft, years, base_year)
    energy_part(draft, years)


def emissions_part(draft: Draft, years: Sequence[Assessment], base_year: int | None) -> None:
    """CO2, energy and the ratio by year, and the change since the base year."""
    caption = Words(
        "分年度碳排放量、能源消费量和单位能耗碳排放",
        "Emissions, energy and emissions per energy by year",
    )
    _table(draft, caption, Words("项目", "Item"), emission_rows(years), years, base_year)
    _changes(draft, years, base_year)


def energy_part(draft: Draft, years: Sequence[Assessment]) -> None:
    """Energy by kind and use, by year."""
    caption = Words("分品种能源供应与消费", "Energy by kind and use")
    _table(draft, caption, Words("品种和用途", "Kind and use"), energy_rows(years), years, None)


def _table(
    draft: Draft, caption: Words, first: Words, rows: Sequence[YearRow],
    years: Sequence[Assessment], base_year: int | None,
) -> None:  # fmt: skip
    head = [first, *(Words(f"{one.park.year}年", str(one.park.year)) for one in years)]
    compared = base_year is not None and len(years) > 1
    if compared:
        head.append(Words(f"较{base_year}年", f"since {base_year}"))
    cells = [
        [
            _item(row).said(draft.language),
            *(_cell(draft, row, value) for value in row.values),
            *([_change(draft, row, years, base_year)] if compared else []),
        ]
        for row in rows
    ]
    right: Align = "right"
    draft.table(caption, head, cells, align=("left", *[right] * (len(head) - 1)))


def _item(row: YearRow) -> Words:
    unit, en = unit_words(row.unit), row.name.en
    return Words(f"{row.name}（{unit.zh}）", f"{en[:1].upper()}{en[1:]} ({unit.en})")


def _cell(draft: Draft, row: YearRow, value: float | None) -> str:
    if value is None:
        return MISSING
    return draft.same(value, f"{value:,.{row.digits}f}".replace("-", "−"), unit=row.unit)


def _change(draft: Draft, row: YearRow, years: Sequence[Assessment], base_year: int | None) -> str:
    of_year = dict(zip((one.park.year for one in years), row.values, strict=True))
    base, last = of_year.get(base_year or 0), row.values[-1]
    if not base or last is None:
        return MISSING
    return draft.same(last / base - 1, f"{last / base - 1:+.1%}".replace("-", "−"))


def _changes(draft: Draft, years: Sequence[Assessment], base_year: int | None) -> None:
    """The change over the years in words."""
    first, last = years[0], years[-1]
    if len(years) < 2 or not first.emissions.total:
        return
    old, new = first.park.year, last.park.year
    change = last.emissions.total / first.emissions.total - 1
    size = draft.same(abs(change), f"{abs(change):.1%}")
    up = change > 0
    told = Words(
        f"{new}年碳排放比{old}年{'增加' if up else '减少'}{size}",
        f"Emissions of {new} are {size} {'above' if up else 'below'} those of {old}",
    )
    if abs(change) < _STILL:
        told = Words(f"{new}年碳排放与{old}年持平", f"Emissions of {new} are those of {old}")
    if first.emission_per_energy is not None and last.emission_per_energy is not None:
        before = per_energy(draft, first.emission_per_energy)
        after = per_energy(draft, last.emission_per_energy)
        told = Words(
            f"{told.zh}，单位能耗碳排放由{before}变为{after}",
            f"{told.en}; emissions per energy went from {before} to {after}",
        )
    if len({one.park.equivalence_kgce_per_kwh for one in years}) > 1:
        told = Words(
            f"{told.zh}；各年电力等价系数不同，单位能耗碳排放不能直接比较",
            f"{told.en}; the years have different equivalence coefficients: emissions per energy "
            "do not compare directly",
        )
    base = Words("", "")
    if base_year is not None:
        base = Words(f"基准年为{base_year}年。", f" The base year is {base_year}.")
    draft.say(Words(f"{told.zh}。{base.zh}", f"{told.en}.{base.en}"))


def years_table(years: Sequence[Assessment]) -> DataTable:
    """All rows of all years as data."""
    rows = [
        (one.park.year, row.name.zh, row.values[at], row.unit)
        for at, one in enumerate(years)
        for row in (*emission_rows(years), *energy_rows(years)[:-1])
    ]
    return data_table("park.years", rows)
