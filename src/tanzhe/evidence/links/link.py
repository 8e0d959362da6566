"""How well an event fits a turning point; `chance` says how often a random date fits as well."""

from collections.abc import Set

from tanzhe.evidence.links.edge import Edge
from tanzhe.evidence.links.industry import (
    direction_on,
    industries_of,
    industry_score,
    is_other_sector,
)
from tanzhe.evidence.links.score import IN_FORCE, Moment, base_score, time_score, whole_score
from tanzhe.evidence.links.window import (
    VAGUE,
    Window,
    beginning,
    begun,
    is_context,
    is_in_force,
    lasts_long,
)
from tanzhe.model import Event, Link
from tanzhe.model.evidence import Compared, DateKind, Grade, Precision, Tier
from tanzhe.periods import months_between
from tanzhe.places import place_of
from tanzhe.text import iso_of_code

# Thresholds are explained in docs/evidence/evidence.md.
GRADES: tuple[tuple[float, Grade], ...] = ((0.75, "strong"), (0.55, "medium"), (0.35, "weak"))
CAPS = {
    "target": 0.40,
    "draft": 0.40,
    "statistic": 0.30,
    "plan": 0.30,
    "other_sector": 0.30,
    "other_industry": 0.30,
    "vague": 0.50,
    "no_effect": 0.30,
}
# What is left of the score of a national event at a province's own turn or the other way round;
# a factor, for under a cap all dates with such an event would tie.
OTHER_SCOPE = 0.75
ELSEWHERE = 0.3
PLANS = {
    "planning_target",
    "permit",
    "construction_start",
    "capacity_replacement",
    "standard",
    "energy_audit",
}
# What is left of policies that change prices, capacity and conditions, not a month's output.
INDIRECT = 0.45
INDIRECT_INSTRUMENTS = {
    "electricity_price", "subsidy", "green_power", "emissions_trading", "capacity_control",
    "capacity_relocation", None,
}  # fmt: skip
# What is left of a national record at a province when it names others and not that one.
NAMES_OTHERS = 0.6
DIRECTIONS = {"same": 1.0, "mixed": 0.5, "unsaid": 0.7, "no_effect": 0.4, "opposite": 0.25}
# The largest p-value of each grade (docs/evidence/evidence.md); without one none is strong.
CHANCES: dict[Grade, float] = {"strong": 0.05, "medium": 0.20, "weak": 0.50, "none": 1.0}
WITHOUT_CHANCE: Grade = "medium"
# What a day of posting or announcing leaves of the time score: it happened about then.
_KINDS: dict[DateKind, float] = {"posted": 0.9, "announced": 0.9}
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


def place_score(isos: Set[str], region: str) -> float:
    """1 where an event is of the province, .6 of a national one, 0 of elsewhere."""
    if region in isos:
        return 1.0
    if "CN" in isos:
        return 0.6
    return 0.0


def exactness(event: Event) -> float:
    """What the precision of an event's beginning leaves of the time score."""
    one = begun(event)
    return _EXACTNESS[one.precision] * _KINDS.get(one.kind, 1.0)


def direction_factor(event: Event, percent: float, sector: str) -> float:
    """1 when the event pushes the way the series went, .25 when it pushes against it."""
    direction = direction_on(event, sector)
    if direction == "unknown":
        return DIRECTIONS["unsaid"]
    if direction == "none":
        return DIRECTIONS["no_effect"]
    if direction == "mixed":
        return DIRECTIONS["mixed"]
    went = "up" if percent > 0 else "down"
    return DIRECTIONS["same" if direction == went else "opposite"]


def trait_factor(event: Event, percent: float, sector: str) -> float:
    """What direction and instrument leave of the score."""
    indirect = event.kind == "policy" and event.instrument in INDIRECT_INSTRUMENTS
    return direction_factor(event, percent, sector) * (INDIRECT if indirect else 1.0)


def source_score(event: Event) -> float:
    """The best of an event's sources."""
    return max((_SOURCES[source.tier] for source in event.sources), default=0.3)


def is_other_scope(isos: Set[str], edge: Edge, region: str, *, shared: bool = False) -> bool:
    """Whether a national event meets a province's own turn, or the other way round.

    What acts on every province does not say why one departs from the others, and what happened in
    one does not say why most turned at once: unless most did the same (`shared`), or the province
    went well beyond the nation.
    """
    if region == "CN":
        return False
    own = region in isos
    if edge.scope == "national":
        return own and not (shared or edge.exceeds or "CN" in isos)
    return not own or shared


def is_of_another_scale(event: Event, region: str, sector: str) -> bool:
    """Whether a record of other places and of one industry meets a place that is not known.

    What the nation's steel did says nothing of a works or park that need not make any.
    """
    if place_of(region) is not None or region in isos_of(event) or not event.industries:
        return False
    return not industries_of(sector) & set(event.industries)


def is_vague(event: Event) -> bool:
    """Whether an event's beginning is too vague, or its stated time too long, to time a cause."""
    one = begun(event)
    return one.precision in VAGUE or lasts_long(one)


def is_background(event: Event) -> bool:
    """Whether an event is a plan, a policy or a statistic whose effect is not dated to a month."""
    if event.kind == "statistic":
        return True
    if event.kind != "policy":
        return False
    return event.instrument in PLANS or event.direction == "none" or is_vague(event)


def trait_cap(event: Event, edge: Edge, sector: str) -> float:
    """The highest score that an event's own traits allow at an edge, wherever it happened."""
    caps = [1.0]
    if is_other_sector(event, sector):
        caps.append(CAPS["other_sector"])
    if industry_score(event, edge, sector) == 0.0:
        caps.append(CAPS["other_industry"])
    if event.stage in ("target", "draft"):
        caps.append(CAPS[event.stage])
    if event.kind == "statistic":
        caps.append(CAPS["statistic"])
    if event.instrument in PLANS:
        caps.append(CAPS["plan"])
    if event.direction == "none":
        caps.append(CAPS["no_effect"])
    if is_vague(event):
        caps.append(CAPS["vague"])
    return min(caps)


def place_of_isos(
    isos: Set[str], edge: Edge, region: str, *, shared: bool = False
) -> tuple[float, float]:
    """Place score, and what the place leaves of the whole score."""
    score = place_score(isos, region)
    if (edge.scope == "national" and "CN" in isos) or (shared and region == "CN"):
        score = 1.0
    if score == 0.0:
        return score, ELSEWHERE
    factor = OTHER_SCOPE if is_other_scope(isos, edge, region, shared=shared) else 1.0
    others = region not in isos and len(isos) > 1 and "CN" in isos
    return score, factor * (NAMES_OTHERS if others else 1.0)


def grade_of(score: float, p_value: float | None = None) -> Grade:
    """The grade of a score and of its judgement against chance; never strong without it.

    Example:
        >>> grade_of(0.8, 0.04), grade_of(0.8, 0.15), grade_of(0.8, 0.4), grade_of(0.8)
        ('strong', 'medium', 'weak', 'medium')
    """
    for least, grade in GRADES:
        if score >= least and (p_value is None or p_value <= CHANCES[grade]):
            return WITHOUT_CHANCE if p_value is None and grade == "strong" else grade
    return "none"


def lag_months(event: Event, window: Window) -> int:
    """Months from an event's beginning to the point's period; negative: the event came later.

    Counted from the possible day nearest to the point: what began "2020" is 0 months from a point
    in 2020, and 3 months before one in March 2021.
    """
    earliest, latest = beginning(event)
    if latest < window.point:
        return months_between(latest, window.point)
    if earliest > window.point_last:
        return -months_between(window.point_last, earliest)
    return 0


def judged(one: Link, judgement: tuple[float, Compared] | None) -> Link:
    """A link with its p-value, graded by both; what began after the interval stays as it is."""
    if one.context or judgement is None:
        return one
    p_value, compared = judgement
    grade = grade_of(one.score, p_value)
    return one.model_copy(update={"p_value": p_value, "compared": compared, "grade": grade})


def link(
    event: Event, edge: Edge, window: Window, *, region: str, sector: str, shared: bool = False
) -> Link:
    """The link of one event to one edge, not yet judged against chance.

    Args:
        event: dated and placed.
        edge: the start or end.
        window: its days.
        region: ISO code of the series.
        sector: sector or product id of the series.
        shared: whether most provinces had the same kind of event at the time.

    Returns:
        Score 0 to 1 and grade, none for what began after the interval; `p_value` is None until
        `judged`.
    """
    in_force = edge.name == "begin" and is_in_force(event, window)
    place, place_factor = place_of_isos(isos_of(event), edge, region, shared=shared)
    first, last = (day.toordinal() for day in beginning(event))
    moment = Moment(
        window.interval_first.toordinal(), window.point_last.toordinal(),
        window.interval_last.toordinal(), edge.name == "begin",
    )  # fmt: skip
    time = time_score(first, last, moment)
    base = base_score(industry_score(event, edge, sector), source_score(event))
    found = whole_score(
        (IN_FORCE if in_force else time) * exactness(event),
        base,
        place,
        trait_factor(event, edge.percent, sector) * place_factor,
        trait_cap(event, edge, sector),
        in_force,
    )
    score = round(float(found), 4)
    context = is_context(event, window)
    return Link(
        grade="none" if context else grade_of(score),
        score=score,
        lag_months=lag_months(event, window),
        context=context,
        moment="during" if in_force else "begin",
    )
