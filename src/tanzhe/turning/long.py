"""Series too long for the search over sets of events: breaks of a plain sequence, sized together.

The dictionary of events grows with the length and its Gram matrix with the square. Beyond
`Settings.longest` the fast path is taken (`breaks`), with the season of the calendar taken out; the
sizes come from one regression of all breaks, season and trend with AR(1) noise.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from tanzhe.turning.dating import SHOWN_FROM, Dated
from tanzhe.turning.design import Floats, kept_columns, whitened
from tanzhe.turning.plain import Break, breaks, surer
from tanzhe.turning.pooling import Values
from tanzhe.turning.settings import Noise, Settings

# The season is estimated beside the breaks found with the season before.
ROUNDS = 2
# Long emission series are nearer to levels, season and AR(1) noise than plain sequences are, and
# the coarse posterior of `breaks` is the more careful the longer they are: its odds are taken times
# this. Fitted on 240 series like those of bench/long_series.py, others than there; with steps of 1
# to 3 instead of 2 to 5 standard deviations 2.5 would be best, so the smaller one is taken.
ODDS = 2.5
# Noise that remembers longer than this is a level that wanders.
MOST_RHO = 0.95


def long_points(values: Values, settings: Settings, top: int) -> tuple[list[Dated], Floats]:
    """Points of a long series, the surest first, and its logarithms without season.

    Args:
        values: of the series; missing periods are filled in between their neighbours.
        settings: level of the intervals.
        top: points below SHOWN_FROM fill the list up to so many.

    Returns:
        Steps and slopes with the confidence of `breaks`; sizes are not corrected for selection.
    """
    n = len(values.logs)
    known = np.setdiff1d(np.arange(n), values.missing)
    logs = np.interp(np.arange(n), known, values.logs[known])
    season = np.zeros(n)
    for _ in range(ROUNDS):
        found = breaks(logs - season)
        season, sizes, errors = _fitted(logs, found, values, settings)
    half = -errors * float(stdtrit(max(1, len(known) - 1), (1 - settings.level) / 2))
    points = [
        Dated(
            sign=1 if size > 0 else -1,
            period=one.index,
            first=one.interval[0],
            last=one.interval[1],
            confidence=surer(one.confidence, ODDS),
            kind=one.kind,
            until=None,
            mean=size,
            low=size - width,
            high=size + width,
        )
        for one, size, width in zip(found, sizes.tolist(), half.tolist(), strict=True)
    ]
    points.sort(key=lambda p: (-p.confidence, p.period))
    adjusted = logs - season
    adjusted[list(values.missing)] = np.nan
    return [p for i, p in enumerate(points) if i < top or p.confidence >= SHOWN_FROM], adjusted


def _fitted(
    logs: Floats, found: Sequence[Break], values: Values, settings: Settings
) -> tuple[Floats, Floats, Floats]:
    """Season and holiday, sizes of the breaks, and their standard errors."""
    kept, _ = kept_columns(values.calendar, settings)
    time = np.arange(len(logs))
    shapes = [
        np.maximum(time - one.index + 1, 0) / values.calendar.per_year
        if one.kind == "slope"
        else (time >= one.index).astype(np.float64)
        for one in found
    ]
    columns = np.column_stack([kept, *shapes])
    left = logs - columns @ np.linalg.lstsq(columns, logs, rcond=None)[0]
    rho = float(np.clip(left[1:] @ left[:-1] / max(float(left @ left), 1e-300), 0.0, MOST_RHO))
    white, target = whitened(columns, Noise(rho)), whitened(logs, Noise(rho))
    inner = np.linalg.pinv(white.T @ white, hermitian=True)
    effects = inner @ (white.T @ target)
    rest = target - white @ effects
    variance = float(rest @ rest) / max(1, len(logs) - columns.shape[1])
    errors = np.sqrt(np.maximum(variance * np.diag(inner), settings.noise_floor**2))
    # Level and trend stay; what lies between them in the columns is season and holiday.
    fleeting = np.ones(kept.shape[1], dtype=bool)
    fleeting[[0, values.calendar.seasons + 1]] = False
    season = kept[:, fleeting] @ effects[: kept.shape[1]][fleeting]
    return season, effects[kept.shape[1] :], errors[kept.shape[1] :]
