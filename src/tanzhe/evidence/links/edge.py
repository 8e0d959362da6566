"""Where a series left its usual course, or came back to it: what evidence is sought for."""

from dataclasses import dataclass

from tanzhe.model import Driver, Episode, Episodes
from tanzhe.model.episode import Scope
from tanzhe.model.evidence import EdgeName

# Spring Festival and defects of data are never explained by policies.
NEVER_EXPLAINED = ("calendar", "data")
# An own excess of so large a part of a shared departure asks for causes of the province's own.
LEAST_EXCESS = 1 / 3


@dataclass(frozen=True, kw_only=True)
class Edge:
    """The begin or the end of a departure, as causes are held against it.

    Attributes:
        point: id of the episode.
        name: begin or end.
        period: when it most likely lies.
        interval: first and last period in which it may lie.
        percent: which way the series went there, and how far; at the end of a fall it is positive.
        scope: whose departure it is.
        drivers: products that moved, signed as `percent`.
        since: of an end, when the departure began: what was over before ended nothing.
        exceeds: of a shared departure, that the province's own is well beyond the nation's.
    """

    point: str
    name: EdgeName
    period: str
    interval: tuple[str, str]
    percent: float
    scope: Scope
    drivers: tuple[Driver, ...] = ()
    exceeds: bool = False
    since: str | None = None


def edges_of_episode(episode: Episode) -> tuple[Edge, ...]:
    """Begin and, where it ended, end of an episode; none of what is never explained."""
    if episode.scope in NEVER_EXPLAINED:
        return ()
    begin = Edge(
        point=episode.id,
        name="begin",
        period=episode.begin,
        interval=episode.begin_interval,
        percent=episode.depth_percent,
        scope=episode.scope,
        drivers=episode.contributions,
        exceeds=_exceeds(episode),
    )
    if episode.end is None or episode.shape == "fading":  # what fades away ends at no time
        return (begin,)
    end = Edge(
        point=episode.id,
        name="end",
        period=episode.end,
        interval=(episode.end, episode.end),
        percent=-episode.depth_percent,
        scope=episode.scope,
        drivers=tuple(
            one.model_copy(update={"percentage_points": -one.percentage_points})
            for one in episode.contributions
        ),
        exceeds=begin.exceeds,
        since=episode.begin,
    )
    return begin, end


def _exceeds(episode: Episode) -> bool:
    excess, depth = episode.excess_percent or 0.0, episode.depth_percent
    beyond = excess if depth > 0 else -excess
    return beyond >= LEAST_EXCESS * abs(depth) > 0


def edges_of(found: Episodes) -> tuple[Edge, ...]:
    """All edges that can have causes, in the order of the episodes.

    Args:
        found: of one series.
    """
    return tuple(edge for one in found.episodes for edge in edges_of_episode(one))
