"""What a report tells where: episodes, faults of the data, calendar edges, and what is idle."""

from tanzhe.model import Driver, Episode, Episodes, Series, TurningPoint
from tanzhe.reports.facts.findings import Findings

# A contribution that prints as zero tells nothing.
LEAST_POINTS = 0.05
MOST_DRIVERS = 6
# A product that leads brought at least so much of the depth.
LEADING = 0.25
MOST_LEADERS = 2
# Rounding and a depth that is a mean leave an amount so much room.
REACHED = 1.1
# A product's episode that begins this near to one of the total, or during it, was told with it.
NEAR = 2


def is_idle(series: Series) -> bool:
    """Whether the source gives zero (or nothing) throughout, so that nothing can be judged."""
    return not any(series.values)


def aside(series: Series, found: Episodes | None) -> str:
    """What is not among the departures although the figures moved: faults, zeros, or nothing."""
    if faults(found):
        return "faults"
    return "zeros" if any(note.code == "zeros_not_published" for note in series.notes) else "none"


def told_episodes(found: Episodes | None) -> tuple[Episode, ...]:
    """Everything that moved, by begin; faults of the data did not."""
    if found is None:
        return ()
    return tuple(one for one in found.episodes if one.scope != "data")


def faults(found: Episodes | None) -> tuple[Episode, ...]:
    """Faults of the data, told in the annex."""
    return () if found is None else tuple(e for e in found.episodes if e.scope == "data")


def calendar_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Edges made by Spring Festival and the January-February rule."""
    return () if findings.points is None else findings.points.of_scope("calendar")


def largest(found: Episodes | None) -> Episode | None:
    """The deepest departure of more than one period, else the deepest."""
    told = told_episodes(found)
    longer = [one for one in told if one.family != "month"]
    return max(longer or told, key=lambda one: abs(one.depth_percent), default=None)


def largest_split(found: Episodes | None) -> Episode | None:
    """The deepest episode whose products can be told apart."""
    split = [one for one in told_episodes(found) if shown_drivers(one)]
    return max(split, key=lambda one: abs(one.depth_percent), default=None)


def shown_drivers(episode: Episode) -> tuple[Driver, ...]:
    """The contributions that are large enough to tell; none where there is one product only."""
    if len(episode.contributions) < 2:
        return ()
    large = [d for d in episode.contributions if abs(d.percentage_points) >= LEAST_POINTS]
    return tuple(large[:MOST_DRIVERS])


def leaders(episode: Episode) -> tuple[Driver, ...]:
    """The products that moved the same way and brought much of it."""
    return tuple(
        one
        for one in shown_drivers(episode)
        if one.percentage_points / episode.depth_percent >= LEADING
    )[:MOST_LEADERS]


def has_amount(found: Episodes, one: Episode) -> bool:
    """Whether an amount can be told: of the sign of the departure, and not beyond its reach.

    A sum that the depth cannot come to throughout the life that is told holds longer lives as well.
    """
    if one.amount.value * one.depth_percent <= 0:
        return False
    life = [
        usual
        for period, usual in zip(found.series.periods, found.expected, strict=True)
        if one.begin <= period and (one.end is None or period < one.end)
    ]
    most = sum(life) * abs(one.depth_percent) / 100
    return abs(one.amount.value) <= REACHED * most


def own_episodes(product: Episodes, found: Episodes | None) -> tuple[Episode, ...]:
    """A product's episodes that the total has not told already."""
    total = told_episodes(found)
    return tuple(
        one
        for one in told_episodes(product)
        if not any(_is_told(one, other, product.series) for other in total)
    )


def _is_told(one: Episode, other: Episode, series: Series) -> bool:
    """Whether an episode began with, or during, one of the total of the same direction."""
    if one.depth_percent * other.depth_percent < 0:
        return False
    first = _position(series, other.begin) - NEAR
    last = len(series) if other.end is None else _position(series, other.end)
    if other.family in ("level", "trend"):
        last = min(last, _position(series, other.deepest) + 1)
    return first <= _position(series, one.begin) < max(last, first + 2 * NEAR + 1)


def _position(series: Series, period: str) -> int:
    return sum(one < period for one in series.periods)
