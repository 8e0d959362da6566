"""Whether an event's industries are those that moved."""

from tanzhe.evidence.links.edge import Edge
from tanzhe.model import Event
from tanzhe.sectors import Product, sector_of

# A product with less of the movement than this is none of the main ones: its events explain little.
LEAST_SHARE = 0.2
# Parts of the industry score; docs/evidence/evidence.md has the reasons.
ALL_INDUSTRY = {"sector": 0.5, "product": 0.2}
UNSAID = 0.2  # nobody says what moved
SYSTEM = 0.7  # what other plants of the power system did moves thermal power through the balance
ECONOMY = 0.3  # one industry among all that use power
# Thermal power is what is left of demand after these: their events are its own.
_SYSTEM_INDUSTRIES = frozenset({"hydro", "nuclear", "wind", "solar", "grid"})
_SYSTEM_SUBJECTS = ("power", "thermal_power_generation")
# What the whole economy uses or makes: every industry's events are a part of it.
_ECONOMY_SUBJECTS = ("electricity_consumption", "power_generation")
# Plants whose output falls where CO2 rises: a drought is `up` on CO2 and down on hydropower.
_CLEAN = frozenset({"hydro", "nuclear", "wind", "solar"})
# What keeps people at home empties roads and airports, whatever industries a record speaks of.
_TRAFFIC = frozenset({"ground_transport", "aviation"})
_OF_THE_PLANT = ("weather", "facility_start", "renewables", "maintenance")


def shares_of(edge: Edge) -> dict[str, float]:
    """Share of each product that moved with the total in the whole of such movement."""
    sign = 1 if edge.percent > 0 else -1
    moved = {
        driver.product: abs(driver.percentage_points)
        for driver in edge.drivers
        if driver.percentage_points * sign > 0
    }
    total = sum(moved.values())
    shares = {product: size / total for product, size in moved.items()} if total else {}
    return {product: share for product, share in shares.items() if share >= LEAST_SHARE}


def industries_of(product: str) -> frozenset[str]:
    """Industries that make a product; none of a user's own."""
    made = sector_of(product)
    return frozenset(made.industries) if isinstance(made, Product) else frozenset()


def industry_score(event: Event, edge: Edge, sector: str) -> float:
    """How much of the movement lies in products of the event's industries; 0: in none.

    An event without industries concerns all industry, and says less of one product.
    """
    named = frozenset(event.industries)
    product = isinstance(sector_of(sector), Product)
    if not named:
        return ALL_INDUSTRY["product" if product and sector not in _ECONOMY_SUBJECTS else "sector"]
    if sector in _ECONOMY_SUBJECTS:
        return 1.0 if named & industries_of(sector) else ECONOMY
    if sector in _SYSTEM_SUBJECTS and not named & {"coal_power", "power"}:
        return SYSTEM if named & _SYSTEM_INDUSTRIES else 0.0
    if product:
        return 1.0 if named & industries_of(sector) else 0.0
    shares = shares_of(edge)
    if not shares or sector == "power":
        return UNSAID if not shares else 1.0
    hit = sum(share for made, share in shares.items() if named & industries_of(made))
    return min(1.0, 0.35 + 0.65 * hit) if hit else 0.0


def sectors_of(event: Event) -> frozenset[str]:
    """The sectors an event concerns; empty where nobody says."""
    named = frozenset(event.sectors)
    everybody = event.instrument == "epidemic" and not event.industries
    return named | _TRAFFIC if named and everybody else named


def is_other_sector(event: Event, sector: str) -> bool:
    """Whether the event is said to concern other sectors only."""
    entry = sector_of(sector)
    if entry is None or sector in _ECONOMY_SUBJECTS:  # what a user's own name covers is not known
        return False
    own = entry.id
    if isinstance(entry, Product):
        own = "power" if "power" in entry.industries else "industry"
    concerned = sectors_of(event)
    return bool(concerned) and own not in concerned


def direction_on(event: Event, sector: str) -> str:
    """The event's direction on what the series measures: output of clean plants, else CO2."""
    flips = event.instrument in _OF_THE_PLANT and set(event.industries) & _CLEAN
    if not (flips and industries_of(sector) & _CLEAN):
        return event.direction
    return {"down": "up", "up": "down"}.get(event.direction, event.direction)
