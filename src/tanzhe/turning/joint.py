"""A province against its own past and against the others, in one posterior.

Two descriptions of a series compete. Alone: its logarithm as it is. Apart: less the movement of
the others, as the panel search of departures has it (`departures`). That movement is known from the
others only, so both descriptions are of the same data and Bayes' rule weighs them: by their
evidence, and by how many provinces of the panel each one suits (learnt from all of them).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tanzhe.model import Progress, silent
from tanzhe.turning.departures import departures
from tanzhe.turning.design import Floats
from tanzhe.turning.edges import Edges, edges, mixed
from tanzhe.turning.lessons import Lessons, learn, narrowed
from tanzhe.turning.pooling import Candidates, Values, built_in, explore, with_trend_size
from tanzhe.turning.settings import Settings

# With fewer others their movement is not known well enough to be taken out.
FEWEST_OTHERS = 8
# Expectation maximisation of one share; each description counts for one province beforehand.
ROUNDS = 100


@dataclass(frozen=True, eq=False)
class Apart:
    """What is needed to see a province apart from the others.

    Attributes:
        left: series less the movement of the others, by region.
        lessons: what these teach.
        share: part of the provinces that are better described apart than alone.
    """

    left: dict[str, Values]
    lessons: Lessons
    share: float


@dataclass(frozen=True, eq=False)
class Panel:
    """What a panel teaches: about its series alone, and apart from each other."""

    alone: Lessons
    apart: Apart | None


def learnt_from(
    values: dict[str, Values], settings: Settings, progress: Progress = silent
) -> Panel:
    """Lessons of a panel of series on one calendar, by region."""
    panel = list(values.values())
    narrow = with_trend_size(panel, narrowed(settings))
    alone, found = learn(panel, narrow, settings, progress)
    if len(panel) <= FEWEST_OTHERS:
        return Panel(alone, None)
    others = departures(panel, settings, progress=progress)
    left = dict(zip(values, others.values, strict=True))
    better = _evidence(others.found, others.lessons) - _evidence(found, alone)
    return Panel(alone, Apart(left, others.lessons, share_of(better)))


def _evidence(found: Sequence[Candidates], learnt: Lessons) -> Floats:
    return np.array([one.log_evidence(learnt.prior) for one in found])


def share_of(better: Floats) -> float:
    """Part of the provinces better described apart, from the log evidence ratio of each."""
    share = 0.5
    for _ in range(ROUNDS):
        share = (float(_weight(better, share).sum()) + 1) / (len(better) + 2)
    return share


def _weight(better: Floats, share: float) -> Floats:
    odds = np.clip(better + np.log(share) - np.log1p(-share), -50, 50)
    return np.asarray(1 / (1 + np.exp(-odds)))


def joined(region: str, alone: Candidates, own: Edges, panel: Panel) -> Edges:
    """Edges of a province under both descriptions, weighed.

    Args:
        region: of the province.
        alone: what was found in the series as it is.
        own: its edges.
        panel: lessons of the panel.
    """
    if panel.apart is None:
        return own
    apart, settings = panel.apart, panel.apart.lessons.settings
    left = apart.left[region]
    found = explore(left, built_in(len(left.logs), settings), settings)
    prior = apart.lessons.prior
    better = found.log_evidence(prior) - alone.log_evidence(panel.alone.prior)
    weight = float(_weight(np.array([better]), apart.share)[0])
    return mixed(own, edges(found, prior), weight)
