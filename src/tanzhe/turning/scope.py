"""Whose change it is: the province's own, the nation's, or the data's."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.design import Design, Floats
from tanzhe.turning.edges import edges
from tanzhe.turning.pooling import Values, built_in, explore
from tanzhe.turning.settings import COMPONENTS, Noise, Settings

# National: at least this share of the other regions moved the same way at the same time ...
NATIONAL_SHARE = 2 / 3
# ... and their typical change is at least this part of the region's own.
NATIONAL_PART = 0.5
# With fewer others "most provinces" means nothing.
FEWEST_OTHERS = 8
# A defect: the ratio to a second source turns in the same place, by at least this part of it.
DEFECT_PART = 0.5
DEFECT_FROM = 0.5


@dataclass(frozen=True)
class Company:
    """How the other regions moved at a point: how many were looked at, how many alike."""

    compared: int
    alike: int
    typical: float

    def shares(self, own: float) -> bool:
        """Whether a change of `own` (log units) is one that most regions had."""
        return (
            self.compared >= FEWEST_OTHERS
            and self.alike >= NATIONAL_SHARE * self.compared
            and self.typical * np.sign(own) >= NATIONAL_PART * abs(own)
        )


def company(point: Dated, others: Sequence[Values], noise: Noise, settings: Settings) -> Company:
    """How the same component fits the other regions, each with its own level and season.

    Args:
        point: the dated point of one region.
        others: the other regions on the same calendar.
        noise: to whiten with; the panel's likeliest.
        settings: sizes and limits.
    """
    effects = []
    for values in others:
        design = values.design(noise, settings)
        column = _column(point, design)
        if column is not None:
            effects.append(_effect(design, column, values.logs))
    found = np.array(effects)
    alike = int((found * point.sign > 0).sum())
    return Company(len(found), alike, float(np.median(found)) if len(found) else 0.0)


def _column(point: Dated, design: Design) -> int | None:
    """Position of the component of a point, or None where a gap hides it."""
    known = design.dictionary
    same = (known.kind == COMPONENTS.index(point.kind)) & (known.start == point.period)
    if point.until is not None:
        same &= known.end == point.until
    places = np.flatnonzero(same)
    if not len(places) or design.diagonal[places[0]] < 1e-9:
        return None
    return int(places[0])


def _effect(design: Design, column: int, logs: Floats) -> float:
    scores, _ = design.scores(logs)
    return float(scores[column] / (1 + design.diagonal[column]) * design.sizes[column])


def defects(values: Values, reference: Values, settings: Settings) -> list[Dated]:
    """Turning points of the ratio between a source and a second one for the same thing.

    What happened in the world moves both and leaves the ratio alone; what moves the ratio
    happened in the data.
    """
    ratio = np.full(len(values.logs), np.nan)
    known = np.ones(len(ratio), dtype=bool)
    known[list(values.missing) + list(reference.missing)] = False
    ratio[known] = values.logs[known] - reference.logs[known]
    if known.sum() < settings.shortest:
        return []
    prior = built_in(len(ratio), settings)
    found = explore(Values.of(ratio, values.calendar), prior, settings)
    points = date_points(edges(found, prior), len(ratio), settings, top=0)
    return [p for p in points if max(p.confidence, p.single) >= DEFECT_FROM]


def is_defect(point: Dated, ratio_points: Sequence[Dated]) -> bool:
    """Whether the ratio to the second source turns where the series does."""
    return any(
        p.sign == point.sign
        and p.first - 1 <= point.last
        and point.first <= p.last + 1
        and abs(p.mean) >= DEFECT_PART * abs(point.mean)
        for p in ratio_points
    )
