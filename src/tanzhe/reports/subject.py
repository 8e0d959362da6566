"""What a series measures, where, and in which unit: the names a report uses for it."""

from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Series
from tanzhe.places import place_of
from tanzhe.reports.ledger import Ledger
from tanzhe.reports.vocabulary import sector_name
from tanzhe.sectors import Product, sector_of

# carbon: emissions; output: output of the product named; quantity: the name says it (发电量).
Measure = Literal["carbon", "output", "quantity"]


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
    known = sector_of(sector)
    if known is None:
        return ledger.same("name", sector)
    return ledger.enter("name", sector, sector_name(sector, Words(known.zh, known.en)))


def subject_slots(ledger: Ledger, series: Series) -> dict[str, str]:
    """Slots that name what moved and where."""
    return {
        "region": enter_region(ledger, series.region),
        "sector": enter_sector(ledger, series.sector),
    }
