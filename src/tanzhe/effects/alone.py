"""The one region at the one start: its gaps, and its window among its own other times."""

from collections.abc import Sequence

import numpy as np

from tanzhe.effects.conformal import conformal_p_value
from tanzhe.effects.gaps import Gaps, Side, fit_weights, gaps
from tanzhe.effects.question import Question
from tanzhe.effects.weights import Floats


def donor_rows(asked: Question) -> list[int]:
    """Rows of the panel that the region is compared with."""
    if asked.donors is not None:
        return list(asked.donors)
    return [row for row in range(len(asked.panel.regions)) if row != asked.region]


def side_of(asked: Question) -> Side:
    """The side the window can be seen from: both where possible."""
    return "around" if np.isfinite(asked.rows.own["own", "around"].t[asked.start]) else "before"


def alone(asked: Question, donors: Sequence[int], *, everything: bool = False) -> Gaps:
    """Gaps of the one region at the one start; with `everything` fitted to all periods alike."""
    logs = asked.panel.logs[[asked.region, *donors]]
    starts = np.array([asked.start])
    side = side_of(asked)
    weights = fit_weights(starts, asked.panel.periods, side)
    if everything:
        weights = np.ones_like(weights)
    return gaps(logs, np.array([0]), side, asked.panel.per_year, starts, weights)


def conformal_p(asked: Question, sign: int) -> float:
    """Share of the series' own times that lie as far off, fitted as if nothing had happened.

    Args:
        asked: the question.
        sign: -1 or 1; 0: in either direction.
    """
    rows = donor_rows(asked)
    found = alone(asked, rows, everything=True)
    residuals = found.donors[1, 0, 0] if rows else found.own[0, 0]
    level = np.array([_around(residuals, at) for at in range(len(residuals))])
    return conformal_p_value(residuals - level, asked.start, asked.window.length, sign)


def _around(residuals: Floats, at: int, reach: int = 6, kept: float = 0.7) -> float:
    """What the half years before and after make one expect, so that slow waves are no events."""
    beside = np.r_[residuals[max(0, at - reach) : at], residuals[at + reach : at + 2 * reach]]
    known = beside[np.isfinite(beside)]
    return kept * float(known.mean()) if known.size else 0.0
