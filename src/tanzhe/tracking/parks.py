"""Targets measured by accounts of parks: an indicator over a park's years, or how many meet it."""

from collections.abc import Sequence
from itertools import groupby

from tanzhe.errors import InputError, Words, listed
from tanzhe.model import Series
from tanzhe.model.park import Assessment, IndicatorResult
from tanzhe.names import folded
from tanzhe.parks.assessment.outlook import core_of
from tanzhe.quantity import Quantity, Unit
from tanzhe.rulebook import rule_set
from tanzhe.tracking.items import Item
from tanzhe.tracking.targets import Joined, judged

PARKS_MET = "parks_met"
# What an account tells whatever its rule set asks for, with its unit.
_TOLD = {
    "emission_per_energy": "tCO2/tce",
    "total_emissions": "tCO2",
    "energy_tce": "tce",
    "direct_supply": "1",
}


def judged_by_parks(item: Item, results: Sequence[Assessment]) -> Joined:
    """How probable it is that a target is reached, from accounts of parks.

    Args:
        item: a target with `indicator`.
        results: of one park in several years; for `parks_met` the years of several parks.

    Raises:
        InputError: no accounts, several parks for one indicator, an indicator nobody knows or that
            has no value, or a unit of another kind.
    """
    if not results:
        raise _fault(item, Words("没有园区的核算数据", "There is no account of a park"),
                     Words("用 --account 给出填报表", "Name files with --account"))  # fmt: skip
    if item.indicator == PARKS_MET:
        return _counted(item, results)
    parks = {folded(one.park.name) for one in results}
    if len(parks) > 1:
        names = listed(dict.fromkeys(one.park.name for one in results))
        raise _fault(item, Words(f"一项指标只能对接一个园区，这里有 {names.zh}",
                                 f"An indicator is of one park, these are of {names.en}"),
                     Words("请分别对接", "Join one park a target"))  # fmt: skip
    return judged(item, indicator_series(item, results))


def indicator_series(item: Item, results: Sequence[Assessment]) -> Series:
    """The indicator of a park over its years, in the unit of the target."""
    years = sorted(results, key=lambda one: one.park.year)
    found = {one.park.year: _value(item, one) for one in years}
    if all(value is None for value in found.values()):
        raise _fault(
            item,
            Words(f"各年都没有“{item.indicator}”的数值", f"No year has {item.indicator}"),
            Words("请补齐数据，或换一项指标", "Add the data, or name another indicator"),
        )
    span = range(years[0].park.year, years[-1].park.year + 1)
    return Series(
        region=years[0].park.name,
        sector=item.indicator,
        unit=item.unit or "1",
        frequency="year",
        periods=tuple(str(year) for year in span),
        values=tuple(found.get(year) for year in span),
        source="park accounts",
        vintage=years[-1].manifest.created,
        sha256=years[-1].manifest.inputs[0].sha256 if years[-1].manifest.inputs else "",
    )


def _value(item: Item, result: Assessment) -> float | None:
    """The value of a year in the unit of the target, or None where the year has none."""
    told: dict[str, float | None] = {
        "emission_per_energy": result.emission_per_energy,
        "total_emissions": result.emissions.total,
        "energy_tce": result.energy_tce,
        "direct_supply": result.direct_share,
    }
    if item.indicator in told:
        value, unit = told[item.indicator], _TOLD[item.indicator]
    else:
        one = _indicator(item, result)
        value, unit = one.value, one.unit
    return None if value is None else _in_unit(item, value, unit)


def _indicator(item: Item, result: Assessment) -> IndicatorResult:
    measures = {one.id: one.measure for one in rule_set(result.rules).indicators}
    for one in result.indicators:
        if item.indicator in (one.id, measures.get(one.id), one.name):
            return one
    known = listed([PARKS_MET, *_TOLD, *(one.id for one in result.indicators)])
    raise _fault(
        item,
        Words(f"没有“{item.indicator}”这项指标", f"There is no indicator “{item.indicator}”"),
        Words(f"可以用：{known.zh}", f"Available: {known.en}"),
    )


def _in_unit(item: Item, value: float, unit: str) -> float:
    if not item.unit or item.unit == unit:
        return value
    try:
        wanted, own = Unit.parse(item.unit), Unit.parse(unit)
        return Quantity(value, own).to(wanted).value
    except InputError as error:
        raise _fault(
            item,
            Words(
                f"目标的单位“{item.unit}”与指标的单位“{unit}”对不上",
                f"The target is in “{item.unit}”, the indicator in “{unit}”",
            ),
            Words(
                "请用 tanzhe track set --unit 改目标的单位",
                "Mend the unit: tanzhe track set --unit",
            ),
        ) from error


def _counted(item: Item, results: Sequence[Assessment]) -> Joined:
    """How many parks meet their core indicator, by the latest year of each."""
    ordered = sorted(results, key=lambda one: (folded(one.park.name), one.park.year))
    latest = [list(own)[-1] for _, own in groupby(ordered, lambda one: folded(one.park.name))]
    cores = {one.park.name: core_of(one) for one in latest}
    met = [name for name, core in cores.items() if core is not None and core.status == "met"]
    unjudged = [name for name, core in cores.items() if core is None or core.value is None]
    now, wanted = float(len(met)), item.value
    names = listed(met)
    how = Words(
        f"{len(latest)} 个园区中 {len(met)} 个达到核心指标"
        + (f"（{names.zh}）" if met else "")
        + (f"，{len(unjudged)} 个不能判断" if unjudged else "")
        + "；只数给出的园区，数目没有趋势，不给可能性",
        f"{len(met)} of {len(latest)} parks meet the core indicator"
        + (f" ({names.en})" if met else "")
        + (f", {len(unjudged)} cannot be judged" if unjudged else "")
        + "; only the parks given are counted, and a count has no trend: no probability",
    )
    until = str(max(one.park.year for one in latest))
    reached = wanted is not None and now >= wanted
    over = item.by[:4].isdigit() and until >= item.by[:4]
    return Joined(
        item, "reached" if reached else "missed" if over else "open", None, now, until, wanted, how
    )


def _fault(item: Item, what: Words, do: Words) -> InputError:
    return InputError.of(what, do, where=item.id)
