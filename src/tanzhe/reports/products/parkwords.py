"""Words and numbers of parks in both languages, each number a fact of the page."""

import re
from collections.abc import Mapping

from tanzhe.errors import Words
from tanzhe.model.account import EmissionSource
from tanzhe.model.park import IndicatorResult
from tanzhe.model.told import Told
from tanzhe.model.verdict import Bound, Verdict
from tanzhe.operators import operator_words
from tanzhe.parks.terms import SOURCES, VERDICTS
from tanzhe.reports.facts.tree import Place
from tanzhe.reports.pages.draft import Draft
from tanzhe.reports.park.words import MISSING, amount, ratio, tonnes
from tanzhe.reports.words.escape import one_line
from tanzhe.terms import words_of

# Levels and pieces are counted without a word in English.
_COUNTED = re.compile(r" [级个项]$")
BOUNDS: Mapping[Bound, Words] = words_of("reports.parkwords.bounds")


def source_words(source: EmissionSource) -> Words:
    """A term of the method."""
    return SOURCES[source].words


def verdict_words(verdict: Verdict) -> Words:
    """A verdict on a park."""
    return VERDICTS[verdict].words


def indicator_words(one: IndicatorResult) -> Words:
    """The name as its document has it, and the English one."""
    en = one_line(one.name.en)
    return Words(one_line(one.name.zh), f"{en[:1].upper()}{en[1:]}")


def threshold_cell(draft: Draft, one: IndicatorResult, place: Place) -> str:
    """不低于90%, or a dash where no threshold exists."""
    if one.threshold is None:
        return MISSING
    sign = operator_words(one.operator).said(draft.language)
    return f"{sign} {amount_cell(draft, one.threshold, one.unit, place)}"


def amount_cell(
    draft: Draft, value: float | None, unit: str = "", place: Place | None = None
) -> str:
    """A quantity with its unit as a fact; a dash where it is not known."""
    if value is None:
        return MISSING
    zh = amount(value, unit)
    return draft.fact(value, Words(zh, _COUNTED.sub("", zh)), unit=unit, place=place)


def gap_cell(draft: Draft, one: IndicatorResult, place: Place) -> str:
    """How far a value is on the wrong side; shares in percentage points."""
    if not one.gap:
        return MISSING
    text = amount(one.gap, one.unit)
    if one.unit != "1":
        words = Words(text, _COUNTED.sub("", text))
        return draft.fact(one.gap, words, unit=one.unit, place=place)
    zh, en = text.replace("%", " 个百分点"), text.replace("%", " percentage points")
    return draft.fact(one.gap, Words(zh, en), unit=one.unit, place=place)


def number_cell(draft: Draft, value: float, unit: str, place: Place | None = None) -> str:
    """A number to a hundredth under a head that names its unit."""
    return draft.same(value, f"{value:,.2f}".replace("-", "−"), unit=unit, place=place)


def share_cell(draft: Draft, part: float, whole: float) -> str:
    """A part of a whole in percent."""
    if whole <= 0:
        return MISSING
    return draft.same(part / whole, f"{part / whole:.1%}".replace("-", "−"))


def sentence(told: Told) -> Words:
    """A sentence of a result on one line, with its full stop.

    Example:
        >>> from tanzhe.model.told import Told
        >>> sentence(Told("数据缺失", "data missing")).en
        'Data missing.'
    """
    zh, en = one_line(told.zh).rstrip("。"), one_line(told.en).rstrip(".。")
    return Words(f"{zh}。", f"{en[:1].upper()}{en[1:]}.")


def co2(draft: Draft, value: float) -> str:
    """Tonnes of CO2 as a report says them aloud."""
    words = Words(tonnes(value), f"{value:,.2f} tCO2".replace("-", "−"))
    return draft.fact(value, words, unit="tCO2")


def coal(draft: Draft, value: float) -> str:
    """Tonnes of standard coal as a report says them aloud."""
    return draft.fact(value, Words(tonnes(value, "标准煤"), f"{value:,.2f} tce"), unit="tce")


def per_energy(draft: Draft, value: float) -> str:
    """Emissions per energy, said aloud."""
    words = Words(ratio(value), f"{round(value, 4):.10g} tCO2/tce")
    return draft.fact(value, words, unit="tCO2/tce")
