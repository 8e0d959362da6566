"""What a series is without events: level, season, trend, holiday, and noise that remembers."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.linalg import cholesky, solve_triangular, toeplitz

from tanzhe.turning.calendar import Calendar, Floats, Integers
from tanzhe.turning.episodes.settings import EpisodeSettings
from tanzhe.turning.episodes.shapes import Shapes, shapes
from tanzhe.turning.noise import Noise


@dataclass(frozen=True)
class Regular:
    """What is regular in the series of a panel, as far as the panel chooses it.

    Attributes:
        season: prior standard deviation of a season's effect.
        drift: yearly variance of its drift.
        trend: prior standard deviation of the trend a year.
    """

    season: float
    drift: float
    trend: float


@lru_cache(maxsize=64)
def remembered(periods: int, noise: Noise) -> Floats:
    """Covariance of ARMA(1, 1) noise of unit innovations, shape (n_periods, n_periods)."""
    rho, theta = noise
    power = 1 - rho**2
    variance = (1 - 2 * rho * theta + theta**2) / power
    first = (rho - theta) * (1 - rho * theta) / power
    lags = np.concatenate([[variance], first * rho ** np.arange(periods - 1)])
    return np.asarray(toeplitz(lags))


@lru_cache(maxsize=64)
def regular(calendar: Calendar, chosen: Regular, settings: EpisodeSettings) -> Floats:
    """Prior covariance of level, season, trend and holiday, in variances of the innovation."""
    n = len(calendar)
    time = np.arange(n)
    years = (time - time.mean()) / calendar.per_year
    total = settings.flat + chosen.trend**2 * np.outer(years, years)
    if calendar.seasons:
        month, year = np.array(calendar.season), time // calendar.per_year
        same = month[:, None] == month[None, :]
        shared = np.minimum(year[:, None], year[None, :])
        total = total + same * (chosen.season**2 + chosen.drift * shared)
    holiday = np.array(calendar.holiday)
    if holiday.std() > 0:
        days = (holiday - holiday.mean()) / holiday.std()
        total = total + settings.holiday_size**2 * np.outer(days, days)
    return np.asarray(total)


@dataclass(frozen=True, eq=False)
class White:
    """A series and all shapes with everything regular and the noise's memory taken out.

    Attributes:
        shapes: what may be in it.
        elements: what shapes are made of, whitened, one a row, shape (n_elements, n_known).
        values: the whitened series, shape (n_known,).
        log_constant: the part of the log evidence that no event changes.
        floor: added to the sum of squares.
        norms: squared norms of the shapes, shape (n_shapes,).
        scores: products of shapes and series, shape (n_shapes,).
    """

    shapes: Shapes
    elements: Floats
    values: Floats
    log_constant: float
    floor: float
    norms: Floats
    scores: Floats

    def rows(self, members: Integers) -> Floats:
        """Some shapes whitened, one a row."""
        return self.shapes.of(self.elements, members)


def whitened(
    logs: Floats,
    calendar: Calendar,
    loudness: Floats,
    noise: Noise,
    base: Floats,
    settings: EpisodeSettings,
) -> White:
    """Take the regular part and the memory out of a series and of every shape.

    Args:
        logs: shape (n_periods,), NaN where not published.
        calendar: of the periods.
        loudness: how loud each period's noise is against the usual, shape (n_periods,).
        noise: its memory.
        base: from `regular`, with whatever else is known only up to a factor.
        settings: floors.
    """
    known = np.flatnonzero(np.isfinite(logs))
    covariance = loudness[:, None] * remembered(len(logs), noise) * loudness[None, :] + base
    ground = _ground(covariance[np.ix_(known, known)].tobytes(), known.tobytes(), len(logs),
                     calendar.per_year, noise, settings)  # fmt: skip
    centred = logs[known] - logs[known].mean()
    values = solve_triangular(ground.factor, centred, lower=True, check_finite=False)
    found = ground.shapes
    products = ground.elements @ values
    return White(
        shapes=found,
        elements=ground.elements,
        values=values,
        log_constant=float(-np.log(np.diag(ground.factor)).sum()),
        floor=len(known) * settings.floor**2 / 2,
        norms=ground.norms,
        scores=(found.weights * products[found.parts]).sum(axis=1),
    )


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the whitened shapes are, of all series that are known in the same periods.

    Attributes:
        factor: lower Cholesky factor of the covariance, shape (n_known, n_known).
        shapes: what may be in a series.
        elements: whitened, as in `White`.
        norms: as in `White`.
    """

    factor: Floats
    shapes: Shapes
    elements: Floats
    norms: Floats


# One for each noise: the members of a panel that are as they are share them.
@lru_cache(maxsize=10)
def _ground(
    covariance: bytes, known: bytes, periods: int, per_year: int, noise: Noise,
    settings: EpisodeSettings,
) -> _Ground:  # fmt: skip
    at = np.frombuffer(known, dtype=np.intp)
    square = np.frombuffer(covariance).reshape(len(at), len(at))
    factor = cholesky(square, lower=True, check_finite=False)
    found = shapes(periods, per_year, noise, settings)
    steps = solve_triangular(factor, np.tri(periods)[at], lower=True, check_finite=False)
    elements = _elements(np.ascontiguousarray(steps.T), found.fadings)
    return _Ground(factor, found, elements, _norms(elements, found))


def _elements(steps: Floats, fadings: tuple[float, ...]) -> Floats:
    """Whitened steps, slopes and what fades, each the sum of what begins later."""
    ends = steps.copy()
    ends[:-1] -= steps[1:]
    blocks = [steps, _later(steps)]
    for kept in fadings:
        # Added up from the end, where the powers are smallest: nothing is lost.
        powers = kept ** np.arange(len(steps))[:, None]
        blocks.append(_later(powers * ends) / powers)
    return np.concatenate(blocks)


def _later(rows: Floats) -> Floats:
    """Sums of each row and those after it."""
    return np.asarray(np.cumsum(rows[::-1], axis=0)[::-1])


def _norms(elements: Floats, found: Shapes) -> Floats:
    """Squared norms of the shapes, from the products of their parts."""
    blocks = elements.reshape(-1, found.periods, elements.shape[1])
    own = np.einsum("et,et->e", elements, elements)[found.parts]
    crossed = found.crossed
    products = np.stack([blocks[a] @ blocks[b].T for a, b in crossed.blocks]).ravel()
    beside = crossed.weights * products[crossed.places]
    return np.asarray((found.weights**2 * own).sum(axis=1) + beside.sum(axis=0))
