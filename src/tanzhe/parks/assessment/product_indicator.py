"""The indicator on the energy of products, judged by the ledger of products."""

from collections.abc import Sequence

from tanzhe.model.park import IndicatorEntry, IndicatorResult, ParkYear, ProductResult
from tanzhe.model.rules import Indicator
from tanzhe.model.told import Told, row_of
from tanzhe.parks.assessment.indicators import entry_of, excused, threshold_of, unjudged
from tanzhe.parks.terms import level_words
from tanzhe.rulebook.limited_products import limited_product, limited_words, metric_words

MEASURE = "product_limit"


def by_products(
    indicator: Indicator,
    stated: IndicatorResult,
    park: ParkYear,
    results: Sequence[ProductResult],
) -> IndicatorResult:
    """The indicator on products judged by the products ledger.

    Args:
        indicator: of the measure `product_limit`, 达到或优于N级.
        stated: the same judged by what the park states alone.
        park: as entered.
        results: from `product_results`, not empty.

    Returns:
        Not met when one product is worse; met when all are judged and none is; else what the park
        states decides, and nothing where it states nothing.
    """
    threshold = threshold_of(indicator)
    entry = entry_of(park, indicator)
    judged = [one for one in results if one.status != "not_judged" and not one.reserved]
    worse = [one for one in judged if one.level is None or not threshold.met(one.level)]
    open_ = [one for one in results if one not in judged]
    told = row_of(map(_graded, results), "；", "; ")
    formula = Told(
        f"按产品能耗台账 {len(results)} 项：{told}",
        f"by the ledger of products, {len(results)} limits: {told.en}",
    )
    base = unjudged(indicator).model_copy(update={"formula": formula, "evidence": _LEDGER})
    unlisted = _unlisted(park)
    notes = [*base.notes, *_on_limits(results, open_, unlisted)]
    if worse or not (open_ or unlisted):
        levels = [one.level for one in worse or judged]
        value = None if None in levels else float(max(level for level in levels if level))
        status = "not_met" if worse else "met"
        notes += _beside(entry, value)
        gap = None if value is None else threshold.gap(value)
        found = {"value": value, "status": status, "gap": gap, "notes": tuple(notes)}
        return excused(indicator, base.model_copy(update=found), park)
    if entry is not None and entry.value is not None:
        told_notes = (*stated.notes, *notes[len(base.notes) :], _STATED)
        return stated.model_copy(update={"notes": told_notes})
    return excused(indicator, base.model_copy(update={"notes": tuple(notes)}), park)


_LEDGER = Told("产品能耗台账", "the ledger of products")
_STATED = Told(
    "台账不能判断全部产品，以园区填报为准",
    "the ledger cannot judge all products: what the park states decides",
)
_SECOND_HAND = Told(
    "限额数值为二手，请与标准原文核对",
    "limits are second-hand: compare them with the text of the standard",
)


def _graded(one: ProductResult) -> Told:
    level = level_words(one)
    name, metric = limited_words(one.product), metric_words(one.metric)
    return Told(f"{name.zh}{metric.zh} {level}", f"{name.en} {metric.en} {level.en}")


def _unlisted(park: ParkYear) -> list[str]:
    """Products with limits that the process ledger shows and the products ledger lacks."""
    found = [limited_product(row.product, row.route) for row in park.products]
    listed = {one[0].name for one in found if one}
    made = [one for row in park.processes if row.output_t and (one := limited_product(row.product))]
    return list(dict.fromkeys(one.name for one, _ in made if one.name not in listed))


def _on_limits(
    results: Sequence[ProductResult], open_: Sequence[ProductResult], unlisted: Sequence[str]
) -> list[Told]:
    rows = len({one.row for one in results})
    notes = [
        Told(
            f"只按填报的 {rows} 行判断，产品是否列全由园区负责",
            f"judged by the {rows} rows entered; that no product is left out is the park's word",
        )
    ]
    if unlisted:
        names = row_of(unlisted)
        notes.append(
            Told(
                f"工业过程台账有{names}，产品能耗没有填报",
                f"the ledger of processes has {names.en}, whose energy was not entered",
            )
        )
    if any(one.limits and one.second_hand for one in results):
        notes.append(_SECOND_HAND)
    if open_:
        names = row_of(dict.fromkeys(one.product for one in open_))
        notes.append(
            Told(
                f"{len(open_)} 项不能判断：{names}（原因见产品能耗）",
                f"{len(open_)} could not be judged: {names.en} (why: see the table of products)",
            )
        )
    return notes


def _beside(entry: IndicatorEntry | None, value: float | None) -> list[Told]:
    """What is said when a park states a level for what its ledger tells."""
    if entry is None or entry.value is None:
        return []
    same = Told("，与台账不同，以台账为准", ", the ledger another one, which decides")
    if entry.value == value:
        same = Told("，与台账一致", ", as the ledger does")
    return [Told(f"园区填报 {entry.value:g} 级{same}", f"the park states {entry.value:g}{same.en}")]
