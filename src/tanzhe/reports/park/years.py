"""The years of one park beside each other, against a base year where one is named."""

from collections.abc import Iterable, Sequence
from math import fsum

from tanzhe.model.park import Assessment
from tanzhe.model.park_choices import PURPOSES
from tanzhe.parks import SOURCES
from tanzhe.reports.park.paper import Align, Draft
from tanzhe.reports.park.words import MISSING, ratio

Row = tuple[str, ...]
_UNITS_WAN = 1e4
_SUPPLIES = {
    "grid": "网购电（外购）",
    "green_trade": "绿电交易（外购）",
    "nuclear_trade": "核电交易（外购）",
    "direct": "专线直供（外购）",
    "onsite": "自发自用（自供）",
    "exported": "外送",
}


def emissions_table(draft: Draft, years: Sequence[Assessment], base_year: int | None) -> None:
    """CO2 by term, energy and the ratio of every year; the change since the base year."""
    head = ("项目", *(f"{one.park.year}年" for one in years), *_change_head(years, base_year))
    rows: list[Row] = [
        _row(word, [one.emissions.model_dump()[key] for one in years], years, base_year)
        for key, word in SOURCES.items()
        if any(one.emissions.model_dump()[key] for one in years)
    ]
    ratios = [one.emission_per_energy for one in years]
    rows += [
        _row("碳排放合计（tCO2）", [one.emissions.total for one in years], years, base_year),
        _row("综合能源消费量（tce）", [one.energy_tce for one in years], years, base_year),
        _row("单位能耗碳排放（tCO2/tce）", ratios, years, base_year, form="{:.4f}"),
    ]
    _table(draft, "分年度碳排放量、能源消费量和单位能耗碳排放", head, rows)
    _changes(draft, years, base_year)


def energy_table(draft: Draft, years: Sequence[Assessment]) -> None:
    """Energy by kind, bought or made, burnt, converted or feedstock, of every year."""
    head = ("品种和用途", *(f"{one.park.year}年" for one in years))
    fuels = dict.fromkeys(
        (row.fuel, row.purpose, row.unit) for one in years for row in one.park.fuels
    )
    rows: list[Row] = [
        _row(f"{fuel}：{PURPOSES[purpose].told.split('，')[0]}（{unit}）",
             [_fuel(one, (fuel, purpose, unit)) for one in years], years)
        for fuel, purpose, unit in fuels
    ]  # fmt: skip
    rows += [
        _row(f"{word}（万千瓦时）", [_power(one, key) for one in years], years)
        for key, word in _SUPPLIES.items()
        if any(row.supply == key for one in years for row in one.park.electricity)
    ]
    rows += [
        _row(f"{word}（GJ）", [_heat(one, way) for one in years], years)
        for way, word in (("in", "外购热力"), ("out", "外供热力"))
        if any(row.direction == way for one in years for row in one.park.heat)
    ]
    rows.append(_row("综合能源消费量（tce）", [one.energy_tce for one in years], years))
    _table(draft, "分品种能源供应与消费", head, rows)


def _fuel(one: Assessment, key: tuple[str, str, str]) -> float | None:
    return _sum(r.quantity for r in one.park.fuels if (r.fuel, r.purpose, r.unit) == key)


def _power(one: Assessment, supply: str) -> float | None:
    return _sum(row.kwh / _UNITS_WAN for row in one.park.electricity if row.supply == supply)


def _heat(one: Assessment, way: str) -> float | None:
    return _sum(row.gj for row in one.park.heat if row.direction == way)


def _sum(amounts: Iterable[float]) -> float | None:
    held = list(amounts)
    return fsum(held) if held else None


def _row(
    name: str,
    values: Sequence[float | None],
    years: Sequence[Assessment],
    base_year: int | None = None,
    *,
    form: str = "{:,.2f}",
) -> Row:
    cells = [MISSING if one is None else form.format(one) for one in values]
    if base_year is None or len(years) < 2:
        return (name, *cells)
    of_year = dict(zip((one.park.year for one in years), values, strict=True))
    base = of_year.get(base_year)
    last = values[-1]
    change = f"{last / base - 1:+.1%}" if base and last is not None else MISSING
    return (name, *cells, change)


def _change_head(years: Sequence[Assessment], base_year: int | None) -> Row:
    return (f"较{base_year}年",) if base_year is not None and len(years) > 1 else ()


def _table(draft: Draft, title: str, head: Row, rows: Sequence[Row]) -> None:
    others = len(head) - 1
    first = max(28, 100 - 20 * others)
    sides: list[Align] = ["left"]
    sides += ["right"] * others
    draft.table(
        title,
        head,
        rows,
        shares=(first, *((100 - first) // others for _ in range(others))),
        align=tuple(sides),
    )


def _changes(draft: Draft, years: Sequence[Assessment], base_year: int | None) -> None:
    first, last = years[0], years[-1]
    if len(years) < 2 or not first.emissions.total:
        return
    change = last.emissions.total / first.emissions.total - 1
    way = "增加" if change > 0 else "减少"
    told = (
        f"{last.park.year}年碳排放比{first.park.year}年{way}{abs(change):.1%}"
        if abs(change) >= 0.0005
        else f"{last.park.year}年碳排放与{first.park.year}年持平"
    )
    if first.emission_per_energy is not None and last.emission_per_energy is not None:
        told += (
            f"，单位能耗碳排放由{ratio(first.emission_per_energy)}变为"
            f"{ratio(last.emission_per_energy)}"
        )
    coefficients = {one.park.equivalence_kgce_per_kwh for one in years}
    if len(coefficients) > 1:
        told += "；各年电力等价系数不同，单位能耗碳排放不能直接比较"
    draft.say(f"{told}。{f'基准年为{base_year}年。' if base_year is not None else ''}")
