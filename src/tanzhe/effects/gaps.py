"""How far a region lies from its own past and from the others, before and around every date.

For every start of a window the season and the weights are learnt anew, from the periods before it
(`before`) or from those on both sides (`around`) with the window left out.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.settings import (
    ALIKE,
    FADE,
    FEWEST_BEFORE,
    FEWEST_NEAR_AFTER,
    FEWEST_NEAR_BEFORE,
    LEFT_OUT,
    LOADING_RIDGE,
    MOST_MISSING,
    REACH,
    SEASON_YEARS,
    USUAL_LOADING,
)
from tanzhe.effects.weights import HEAVY, Floats

Side = Literal["before", "around"]
METHODS = ("median", "synthetic", "factor")


class Gaps(NamedTuple):
    """Gaps of some regions at every start, in logs; NaN where nothing can be said.

    Attributes:
        starts: positions of the starts.
        own: from the own past, shape (starts, targets, periods).
        donors: from the donors' median, the synthetic control and the factors, shape
            (3, starts, targets, periods); all NaN without donors.
        weights: of the synthetic control, shape (starts, targets, regions).
    """

    starts: NDArray[np.intp]
    own: Floats
    donors: Floats
    weights: Floats


def possible_starts(periods: int, side: Side) -> NDArray[np.intp]:
    """Starts with enough periods to learn from."""
    at = np.arange(periods)
    if side == "before":
        return at[at >= FEWEST_BEFORE]
    after = periods - at - LEFT_OUT
    enough = np.minimum(at, REACH) + np.clip(after, 0, REACH - LEFT_OUT + 1) >= FEWEST_BEFORE
    return at[(at >= FEWEST_NEAR_BEFORE) & (after >= FEWEST_NEAR_AFTER) & enough]


def fit_weights(starts: NDArray[np.intp], periods: int, side: Side) -> Floats:
    """Weight of each period in the fits of each start, shape (starts, periods)."""
    away = np.arange(periods)[None, :] - starts[:, None]
    if side == "before":
        return np.where(away < 0, 1.0, 0.0)
    used = (np.abs(away) <= REACH) & ((away < 0) | (away >= LEFT_OUT))
    return np.where(used, np.exp(-np.abs(away) / FADE), 0.0)


def gaps(
    logs: Floats,
    targets: NDArray[np.intp],
    side: Side,
    per_year: int,
    starts: NDArray[np.intp],
    weights: Floats | None = None,
) -> Gaps:
    """The gaps of some regions of a panel to their own past and to the other regions.

    Args:
        logs: shape (regions, periods), NaN where not published.
        targets: rows whose gaps are wanted; each is compared with all other rows.
        side: what the fits may know.
        per_year: periods a year, 11 or 12.
        starts: first periods of the windows.
        weights: of the periods in the fits, shape (starts, periods); None: as `side` says.
    """
    if weights is None:
        weights = fit_weights(starts, logs.shape[1], side)
    adjusted = _centred(_without_season(logs, weights, per_year, side), weights)
    own = adjusted[:, targets]
    if len(logs) == 1:
        return Gaps(starts, own, np.full((3, *own.shape), np.nan), np.zeros((*own.shape[:2], 1)))
    middles = _others_median(adjusted, targets)
    whole = np.where(np.isfinite(adjusted), adjusted, _median(adjusted)[:, None, :])
    whole = np.where(np.isfinite(whole), whole, 0.0)
    gram = np.einsum("st,sit,sjt->sij", weights, whole, whole, optimize=True)
    mix = _synthetic(gram, targets)
    loaded = _factors(whole, own, middles, gram, targets, weights)
    synthetic = np.einsum("snj,sjt->snt", mix, whole, optimize=True)
    found = np.stack([own - middles, own - synthetic, own - loaded])
    return Gaps(starts, own, found, mix)


def _without_season(logs: Floats, weights: Floats, per_year: int, side: Side) -> Floats:
    """Logs less the usual departure of each calendar month, learnt from the periods used."""
    used = weights > 0
    periods = logs.shape[1]
    values = np.where(used[:, None, :], logs[None], np.nan)
    departures = values - _year_mean(values, per_year)
    if side == "before":
        # The last years only: seasons change.
        last = used[:, ::-1].argmax(axis=1)
        edge = periods - last - SEASON_YEARS * per_year
        departures = np.where(
            np.arange(periods)[None, None] >= edge[:, None, None], departures, np.nan
        )
    years = -(-periods // per_year)
    shape = (*departures.shape[:2], years, per_year)
    padded = np.full((*departures.shape[:2], years * per_year), np.nan)
    padded[..., :periods] = departures
    effects = _median(padded.reshape(shape), axis=2)
    effects = np.where(np.isfinite(effects), effects, 0.0)
    effects -= effects.mean(axis=-1, keepdims=True)
    return np.asarray(logs[None] - np.tile(effects, years)[..., :periods])


def _year_mean(values: Floats, per_year: int) -> Floats:
    """Mean of the year around each period; NaN where more than two of its periods are missing."""
    half = per_year // 2
    share = np.ones(2 * half + 1)
    if per_year % 2 == 0:
        share[0] = share[-1] = 0.5
    known = np.isfinite(values)
    sums = _rolled(np.where(known, values, 0.0), share)
    counts = _rolled(known.astype(float), share)
    enough = counts >= share.sum() - MOST_MISSING
    return np.where(enough, sums / np.where(counts > 0, counts, 1.0), np.nan)


def _rolled(values: Floats, share: Floats) -> Floats:
    half = len(share) // 2
    padded = np.pad(values, [(0, 0)] * (values.ndim - 1) + [(half, half)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(share), axis=-1)
    return np.asarray(windows @ share)


def _centred(adjusted: Floats, weights: Floats) -> Floats:
    known = np.isfinite(adjusted) & (weights[:, None, :] > 0)
    share = np.where(known, weights[:, None, :], 0.0)
    total = share.sum(axis=-1)
    level = np.where(known, adjusted, 0.0) * share
    mean = level.sum(axis=-1) / np.where(total > 0, total, 1.0)
    mean = np.where(total > 0, mean, np.nan)
    return np.asarray(adjusted - mean[..., None])


def _median(values: Floats, axis: int = 1) -> Floats:
    """Median along an axis, missing values left out; NaN where all are missing."""
    ordered = np.sort(values, axis=axis)
    count = np.isfinite(values).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0), axis=axis)
    high = np.take_along_axis(ordered, np.maximum(count // 2, 0).clip(0, values.shape[axis] - 1),
                              axis=axis)  # fmt: skip
    return np.asarray(np.squeeze(np.where(count > 0, (low + high) / 2, np.nan), axis=axis))


def _others_median(adjusted: Floats, targets: NDArray[np.intp]) -> Floats:
    """For each target the median of all other regions, shape (starts, targets, periods)."""
    order = np.argsort(adjusted, axis=1, kind="stable")
    ordered = np.take_along_axis(adjusted, order, axis=1)
    ranks = np.argsort(order, axis=1, kind="stable")[:, targets]
    known = np.isfinite(adjusted)
    count = known.sum(axis=1, keepdims=True) - known[:, targets]
    last = adjusted.shape[1] - 1

    def nth(place: NDArray[np.intp]) -> Floats:
        shifted = np.where(known[:, targets] & (place >= ranks), place + 1, place)
        return np.asarray(np.take_along_axis(ordered, shifted.clip(0, last), axis=1))

    middle = (nth((count - 1) // 2) + nth(count // 2)) / 2
    return np.where(count > 0, middle, np.nan)


def _synthetic(gram: Floats, targets: NDArray[np.intp]) -> Floats:
    """Simplex weights of the donors of each target at each start."""
    from scipy.optimize import nnls

    starts, regions, _ = gram.shape
    # The distance to a mix of donors is that of columns of a root of the Gram matrix.
    ridge = 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(regions)
    roots = np.linalg.cholesky(gram + ridge + 1e-300 * np.eye(regions)).transpose(0, 2, 1)
    heavy = HEAVY * np.abs(roots).max(axis=(1, 2))
    found = np.zeros((starts, len(targets), regions))
    for start in range(starts):
        rows = np.vstack([roots[start], np.full(regions, heavy[start])])
        for number, target in enumerate(targets):
            others = np.delete(rows, target, axis=1)
            aim = rows[:, target].copy()
            mix, _ = nnls(others, aim)
            found[start, number, np.arange(regions) != target] = mix / mix.sum()
    return found


def _factors(
    whole: Floats,
    own: Floats,
    middles: Floats,
    gram: Floats,
    targets: NDArray[np.intp],
    weights: Floats,
) -> Floats:
    """What the donors' median and the most alike donors explain of each target."""
    first = np.where(np.isfinite(middles), middles, 0.0)
    scale = np.sqrt(np.einsum("sii->si", gram))
    scale = np.where(scale > 0, scale, 1.0)
    alike = (gram / scale[:, :, None] / scale[:, None, :])[:, targets].copy()
    alike[:, np.arange(len(targets)), targets] = -np.inf
    top = np.argsort(-alike, axis=-1)[..., :ALIKE]
    mean = np.stack(
        [
            whole[np.arange(len(whole))[:, None], top[:, n]].mean(axis=1)
            for n in range(len(targets))
        ],
        axis=1,
    )
    second = mean - first
    known = np.isfinite(own)
    share = weights[:, None, :] * known
    aim = np.where(known, own, 0.0)
    one, two, cross = (
        (share * a * b).sum(axis=-1) for a, b in ((first, first), (second, second), (first, second))
    )
    penalty = LOADING_RIDGE * one
    right = (share * first * aim).sum(axis=-1) + USUAL_LOADING * penalty
    other = (share * second * aim).sum(axis=-1)
    a, d = one + penalty, two + penalty
    det = a * d - cross**2
    det = np.where(det > 0, det, np.inf)
    x = (d * right - cross * other) / det
    y = (a * other - cross * right) / det
    return np.asarray(x[..., None] * first + y[..., None] * second)
