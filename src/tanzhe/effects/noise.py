"""How far windows without an event lie from nought: of a region, in a season, in the panel."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.correction import NORMAL
from tanzhe.effects.settings import BASE, NEAR, OWN, WINSORISED
from tanzhe.effects.weights import Floats


class Seasons(NamedTuple):
    """What the panel knows of noise.

    Attributes:
        factor: noise of windows that begin in each calendar month, over the usual, (per_year,).
        base: median over the regions of their usual noise, logs.
    """

    factor: Floats
    base: float


def seasons(errors: Floats, starts: NDArray[np.intp], per_year: int) -> Seasons:
    """Noise by calendar month and the usual noise of a panel's windows.

    Args:
        errors: corrected gaps, shape (starts, regions).
        starts: their positions.
        per_year: periods a year.
    """
    cut = winsorised(errors)
    own = _rms(cut, axis=0)
    usable = np.isfinite(own) & (own > 0)
    if not usable.any():
        return Seasons(np.ones(per_year), np.nan)
    scaled = cut[:, usable] / own[usable]
    month = starts % per_year
    found = np.array([_rms(scaled[month == m].ravel(), axis=0) for m in range(per_year)])
    found = np.where(np.isfinite(found) & (found > 0), found, 1.0)
    return Seasons(found, float(np.median(own[usable])))


def scale(
    errors: Floats, starts: NDArray[np.intp], per_year: int, length: int, known: Seasons
) -> Floats:
    """Standard deviation of each window's error, shape (starts, regions).

    The region's own noise at starts at least a window away, its own noise in the same season, and
    the panel's noise, in proportion 12 : 8 : 3.

    Args:
        errors: corrected gaps, shape (starts, regions).
        starts: their positions.
        per_year: periods a year.
        length: of the window.
        known: what the panel knows.
    """
    cut = winsorised(errors)
    month = starts % per_year
    factor = known.factor[month]
    away = np.abs(starts[:, None] - starts[None, :]) >= length
    apart = np.abs(month[:, None] - month[None, :])
    same = np.minimum(apart, per_year - apart) <= 1
    usual = _masked_square(cut / factor[:, None], away)
    near = _masked_square(cut, away & same)
    own = usual * factor[:, None] ** 2
    near = np.where(np.isfinite(near), near, own)
    base = (known.base * factor[:, None]) ** 2
    return np.asarray(np.sqrt((OWN * own + NEAR * near + BASE * base) / (OWN + NEAR + BASE)))


def winsorised(errors: Floats) -> Floats:
    """Errors with each region's extremes drawn in to 2.5 robust standard deviations."""
    found = errors.copy()
    for region in range(errors.shape[1]):
        values = errors[:, region]
        known = values[np.isfinite(values)]
        if known.size:
            limit = WINSORISED * NORMAL * float(np.median(np.abs(known)))
            found[:, region] = np.clip(values, -limit, limit)
    return found


def _rms(values: Floats, axis: int) -> Floats:
    known = np.isfinite(values)
    count = known.sum(axis=axis)
    sums = np.where(known, values, 0.0) ** 2
    return np.asarray(np.sqrt(np.where(count > 0, sums.sum(axis=axis), np.nan)
                              / np.maximum(count, 1)))  # fmt: skip


def _masked_square(values: Floats, mask: NDArray[np.bool_]) -> Floats:
    known = np.isfinite(values).astype(float)
    squares = np.where(known > 0, values, 0.0) ** 2
    count = mask @ known
    return np.where(count > 0, (mask @ squares) / np.maximum(count, 1.0), np.nan)
