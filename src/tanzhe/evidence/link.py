"""How well an event fits a turning point: a first ranking, not yet judged against chance."""

from datetime import date

from tanzhe.evidence.window import Window, beginning, is_context
from tanzhe.model import Event, Link, TurningPoint
from tanzhe.model.evidence import Grade, Precision, Tier
from tanzhe.model.turning import Scope
from tanzhe.sectors import Product, sector_of
from tanzhe.text import iso_of_code

# Weights and thresholds are explained in docs/evidence/evidence.md.
WEIGHTS = {"time": 0.40, "industry": 0.30, "place": 0.20, "source": 0.10}
GRADES: tuple[tuple[float, Grade], ...] = ((0.75, "strong"), (0.55, "medium"), (0.35, "weak"))
LOSS_PER_MONTH = 0.20  # of the time score, for each month before the interval
AFTER = 0.25  # time score of what began after the interval
CAPS = {
    "target": 0.40,
    "draft": 0.40,
    "statistic": 0.30,
    "plan": 0.50,
    "elsewhere": 0.30,
    "other_sector": 0.30,
    "other_industry": 0.50,
    "other_scope": 0.70,
}
PLANS = {"planning_target", "permit", "construction_start", "capacity_replacement", "standard"}
DIRECTIONS = {"same": 1.0, "mixed": 0.7, "unsaid": 0.7, "no_effect": 0.4, "opposite": 0.25}
# Whether a random date would match as well is not known yet: until then nothing is called strong.
WITHOUT_CHANCE: Grade = "medium"
_EXACTNESS: dict[Precision, float] = {
    "day": 1.0, "ten_days": 1.0, "month": 0.95, "quarter": 0.8, "half_year": 0.6, "year": 0.4,
    "period": 0.7,
}  # fmt: skip
_SOURCES: dict[Tier, float] = {
    "national_government": 1.0, "provincial_government": 1.0, "local_government": 1.0,
    "state_media": 0.9, "media": 0.8, "research": 0.8, "database": 0.8, "industry_media": 0.7,
    "company": 0.7, "user": 0.6, "mirror": 0.3, "unknown": 0.4,
}  # fmt: skip


def isos_of(event: Event) -> set[str]:
    """ISO codes of the provinces an event concerns; CN for the nation.

    Codes of cities are those of their province.
    """
    found = set()
    for place in event.places:
        if place.code.isdigit():
            found.add("CN" if place.code == "000000" else iso_of_code(place.code))
        else:
            found.add(place.code)
    return found - {""}


def place_score(event: Event, region: str) -> float:
    """1 for the same province, .6 for a national event, 0 for elsewhere."""
    isos = isos_of(event)
    if region in isos:
        return 1.0
    if "CN" in isos:
        return 0.6
    return 0.3 if region == "CN" and isos else 0.0


def time_score(event: Event, window: Window) -> float:
    """1 inside the interval, less for each month before it, little after it."""
    earliest, latest = beginning(event)
    exactness = max(_EXACTNESS[one.precision] for one in event.dates)
    if earliest > window.interval_last:
        return AFTER * exactness
    if latest >= window.interval_first:
        return exactness
    months = (window.interval_first - latest).days / 30.4
    return max(0.1, 1.0 - LOSS_PER_MONTH * months) * exactness


def _shares(point: TurningPoint) -> dict[str, float]:
    """Share of each product that moved with the total in the whole of such movement."""
    sign = 1 if point.effect.percent > 0 else -1
    moved = {
        driver.product: abs(driver.percentage_points)
        for driver in point.drivers
        if driver.percentage_points * sign > 0
    }
    total = sum(moved.values())
    return {product: size / total for product, size in moved.items()} if total else {}


def industry_score(event: Event, point: TurningPoint, sector: str) -> float:
    """How much of the movement lies in products of the event's industries.

    An event without industries concerns the sector as a whole and scores .5.
    """
    entry = sector_of(sector)
    if isinstance(entry, Product):
        return 1.0 if set(entry.industries) & set(event.industries) else 0.2
    same_sector = not event.sectors or sector in event.sectors
    if not event.industries:
        return 0.5 if same_sector else 0.1
    shares = _shares(point)
    if not shares:
        return 0.6 if same_sector else 0.1
    hit = 0.0
    for product, share in shares.items():
        made = sector_of(product)
        if isinstance(made, Product) and set(made.industries) & set(event.industries):
            hit += share
    return min(1.0, 0.35 + 0.65 * hit) if hit else (0.15 if same_sector else 0.05)


def direction_factor(event: Event, percent: float) -> float:
    """1 when the event pushes the way the series went, .25 when it pushes against it."""
    if event.direction == "unknown":
        return DIRECTIONS["unsaid"]
    if event.direction == "none":
        return DIRECTIONS["no_effect"]
    if event.direction == "mixed":
        return DIRECTIONS["mixed"]
    went = "up" if percent > 0 else "down"
    return DIRECTIONS["same" if event.direction == went else "opposite"]


def source_score(event: Event) -> float:
    """The best of an event's sources."""
    return max((_SOURCES[source.tier] for source in event.sources), default=0.3)


def is_other_scope(event: Event, scope: Scope, region: str) -> bool:
    """Whether a national event meets a province's own turn, or the other way round.

    What acts on every province does not say why one departs from the others, and what happened in
    one does not say why most turned at once.
    """
    if region == "CN":
        return False
    own = region in isos_of(event)
    return own if scope == "national" else not own


def is_other_sector(event: Event, sector: str) -> bool:
    """Whether the event is said to concern other sectors only."""
    entry = sector_of(sector)
    own = entry.id if entry else sector
    if isinstance(entry, Product):
        own = "power" if "power" in entry.industries else "industry"
    return bool(event.sectors) and own not in event.sectors


def is_other_industry(event: Event, point: TurningPoint, sector: str) -> bool:
    """Whether the event names industries and none of them moved."""
    entry = sector_of(sector)
    moved = [sector_of(product) for product in _shares(point)]
    made = [entry] if isinstance(entry, Product) else moved
    known = {name for one in made if isinstance(one, Product) for name in one.industries}
    return bool(event.industries and known) and not known & set(event.industries)


def _cap(event: Event, point: TurningPoint, place: float, region: str, sector: str) -> float:
    caps = [1.0]
    if is_other_sector(event, sector):
        caps.append(CAPS["other_sector"])
    if is_other_industry(event, point, sector):
        caps.append(CAPS["other_industry"])
    if is_other_scope(event, point.scope, region):
        caps.append(CAPS["other_scope"])
    if event.stage in ("target", "draft"):
        caps.append(CAPS[event.stage])
    if event.kind == "statistic":
        caps.append(CAPS["statistic"])
    if event.instrument in PLANS:
        caps.append(CAPS["plan"])
    if place == 0.0:
        caps.append(CAPS["elsewhere"])
    return min(caps)


def grade_of(score: float, p_value: float | None = None) -> Grade:
    """The grade of a score; never strong while the judgement against chance is missing.

    Example:
        >>> grade_of(0.8), grade_of(0.1)
        ('medium', 'none')
    """
    grade: Grade = next((one for least, one in GRADES if score >= least), "none")
    return WITHOUT_CHANCE if p_value is None and grade == "strong" else grade


def lag_months(event: Event, day: date) -> int:
    """Months from the event's beginning to a day; negative: the event came later."""
    begun = beginning(event)[0]
    return (day.year - begun.year) * 12 + day.month - begun.month


def link(event: Event, point: TurningPoint, window: Window, *, region: str, sector: str) -> Link:
    """The link of one event to one turning point.

    Args:
        event: dated and placed.
        point: the turning point.
        window: its days.
        region: ISO code of the series.
        sector: sector or product id of the series.

    Returns:
        Score 0 to 1 and grade. `p_value` is None: scores at random dates and in other provinces
        are not compared yet.
    """
    place = place_score(event, region)
    parts = {
        "time": time_score(event, window),
        "industry": industry_score(event, point, sector),
        "place": place,
        "source": source_score(event),
    }
    sum_of_parts = sum(WEIGHTS[name] * value for name, value in parts.items())
    score = sum_of_parts * direction_factor(event, point.effect.percent)
    cap = _cap(event, point, place, region, sector)
    score = round(min(score, cap), 4)
    context = is_context(event, window)
    return Link(
        grade="none" if context else grade_of(score),
        score=score,
        lag_months=lag_months(event, window.point),
        context=context,
    )
