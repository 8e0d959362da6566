"""What a series measures, where, and in which unit: the names a report uses for it."""

import re
from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Series
from tanzhe.places import place_of, region_words
from tanzhe.reports.facts.ledger import Ledger
from tanzhe.reports.words.dates import span_words
from tanzhe.reports.words.vocabulary import sector_name, source_name
from tanzhe.sectors import Product, sector_of

# carbon: emissions; output: output of the product named; quantity: the name says it (发电量).
Measure = Literal["carbon", "output", "quantity"]


# What the words of a report add themselves: 某厂排放 and 排放 are 某厂碳排放.
_EMISSIONS = re.compile(
    r"(二氧化碳|CO2|碳)?(总?排放总?量?)$|\b((carbon|CO2)\s+)?emissions?$", re.IGNORECASE
)


def measure_of(series: Series) -> Measure:
    """Whether a series is emissions, a product's output, or a quantity that names itself."""
    if "CO2" in series.unit.upper().replace("₂", "2"):
        return "carbon"
    known = sector_of(series.sector)
    named = known.zh if known else series.sector
    is_output = isinstance(known, Product) and not named.endswith("量")
    return "output" if is_output else "quantity"


def enter_region(ledger: Ledger, region: str) -> str:
    """The fact of a region's name; a user's own region keeps its name."""
    place = place_of(region)
    if place is None:
        return ledger.same("place", region)
    full = place.zh if place.iso == "CN" else place.zh_full
    return ledger.enter("place", region, Words(place.zh, place.en), full=full)


def enter_sector(ledger: Ledger, sector: str) -> str:
    """The fact of a sector's or product's name; a user's own keeps its name."""
    if sector_of(sector) is None:
        return ledger.same("name", sector)
    return ledger.enter("name", sector, sector_name(sector))


def subject_slots(ledger: Ledger, series: Series) -> dict[str, str]:
    """Slots that name what moved and where."""
    named = series.sector
    if measure_of(series) == "carbon" and sector_of(named) is None:
        named = _EMISSIONS.sub("", named).strip()
    return {
        "region": enter_region(ledger, series.region),
        "sector": enter_sector(ledger, named) if named else "",
    }


def title_words(series: Series, zh: str, en: str) -> Words:
    """The title of a page on a series: where, what, the question, the source and the span.

    Args:
        series: what the page is on.
        zh: the question in Chinese.
        en: the same in English.
    """
    where = region_words(series.region)
    what, source = sector_name(series.sector), source_name(series.source)
    span = span_words(series, series.periods[0], series.periods[-1])
    return Words(
        f"{where.zh}{what.zh}：{zh}（{source.zh}，{span.zh}）",
        f"{where.en}, {what.en}: {en} ({source.en}, {span.en})",
    )
