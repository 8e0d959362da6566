"""What a gap would have been without the event, given the gaps just before (and after) it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.gaps import Side
from tanzhe.effects.settings import HUBER
from tanzhe.effects.weights import Floats

NORMAL = 1.4826
Positions = NDArray[np.intp]


class Span(NamedTuple):
    """Periods that are averaged: `length` of them, from `offset` periods after the start on."""

    offset: int
    length: int


def mean_in(gaps: Floats, starts: Positions, span: Span, least: float = 0.0) -> Floats:
    """Mean of the known gaps of a span at every start; NaN where too few are known.

    Args:
        gaps: shape (..., starts, targets, periods).
        starts: positions of the starts.
        span: which periods.
        least: share of the span's periods that must be known.
    """
    periods = gaps.shape[-1]
    at = starts[:, None] + span.offset + np.arange(span.length)[None, :]
    inside = (at >= 0) & (at < periods)
    index = np.broadcast_to(at.clip(0, periods - 1)[:, None, :], (*gaps.shape[:-1], span.length))
    values = np.take_along_axis(gaps, index, axis=-1)
    known = np.isfinite(values) & inside[:, None, :]
    count = known.sum(axis=-1)
    sums = np.where(known, values, 0.0).sum(axis=-1)
    enough = (count > 0) & (count >= least * span.length)
    return np.where(enough, sums / np.maximum(count, 1), np.nan)


def nearby(side: Side, length: int, per_year: int) -> tuple[Span, ...]:
    """The spans whose mean gaps foretell that of the window."""
    if side == "before":
        return (Span(-1, 1), Span(-3, 3), Span(-6, 6), Span(-12, 12), Span(-per_year, 3))
    past = tuple(Span(-reach, reach) for reach in (3, 6, 12))
    return (*past, *(Span(length + 1, reach) for reach in (3, 6, 12)))


def corrected(window: Floats, features: Floats, slopes: Floats) -> Floats:
    """The gaps of windows less what those nearby foretell.

    Args:
        window: shape (starts, targets).
        features: shape (features, starts, targets).
        slopes: shape (features,).
    """
    return np.asarray(window - np.tensordot(slopes, features, axes=1))


def pooled_slopes(window: Floats, features: Floats, rounds: int = 10) -> Floats:
    """How the gaps nearby foretell that of the window: Huber regression over all windows.

    Each region's rows are divided by its own spread, so that loud regions do not decide.

    Args:
        window: shape (starts, targets).
        features: shape (features, starts, targets).
        rounds: of reweighting.

    Returns:
        Shape (features,); zeros where there are too few windows.
    """
    spread = _spread(window)
    y = (window / spread).ravel()
    x = (features / spread).reshape(len(features), -1).T
    known = np.isfinite(y) & np.isfinite(x).all(axis=1)
    y, x = y[known], x[known]
    if len(y) < 5 * len(features):
        return np.zeros(len(features))
    worth = np.ones(len(y))
    slopes: Floats = np.zeros(len(features))
    for _ in range(rounds):
        weighted = x * worth[:, None]
        slopes = np.asarray(np.linalg.lstsq(weighted.T @ x, weighted.T @ y, rcond=1e-10)[0], float)
        left = np.abs(y - x @ slopes)
        limit = HUBER * NORMAL * max(float(np.median(left)), 1e-12)
        worth = np.minimum(1.0, limit / np.maximum(left, 1e-12))
    return slopes


def _spread(window: Floats) -> Floats:
    """Robust spread of each region's windows, shape (targets,)."""
    found = np.ones(window.shape[1])
    for region, values in enumerate(window.T):
        known = values[np.isfinite(values)]
        middle = float(np.median(np.abs(known))) if known.size else 0.0
        found[region] = NORMAL * middle if middle > 0 else 1.0
    return found
