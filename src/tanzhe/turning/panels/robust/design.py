"""What a series is made of: level, season, holiday and trend, and the things that may happen.

Everything is written as a linear model in the logarithm of emissions with ARMA(1, 1) noise,

    y = Z g + X b + e,   e_t = rho e_(t-1) + s (u_t - theta u_(t-1)),

with Z kept in every model and X a dictionary of components of which few are active. Given rho and
theta the model is whitened, and all of g, b and s are integrated out exactly with conjugate priors.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from tanzhe.turning.calendar import Calendar, Floats, Integers
from tanzhe.turning.noise import Noise
from tanzhe.turning.panels.robust.settings import COMPONENTS, Settings


@dataclass(frozen=True)
class Dictionary:
    """The components that may be active, one per column.

    Attributes:
        kind: index into COMPONENTS, shape (n_components,).
        start: first period, shape (n_components,).
        end: first period after it; n_periods where it lasts.
        columns: unit effect in each period, shape (n_periods, n_components).
    """

    kind: Integers
    start: Integers
    end: Integers
    columns: Floats

    def positions(self) -> Integers:
        """Number of components of each kind, shape (n_kinds,)."""
        return np.bincount(self.kind, minlength=len(COMPONENTS))


def dictionary(n: int, per_year: int, noise: Noise, settings: Settings) -> Dictionary:
    """All components of a series of `n` periods."""
    time = np.arange(n)
    margin, entries, columns = settings.margin, [], []

    def add(kind: str, start: int, end: int, column: Floats) -> None:
        entries.append((COMPONENTS.index(kind), start, end))
        columns.append(column)

    for start in range(margin, n - margin + 1):
        add("step", start, n, (time >= start).astype(float))
    for length in range(2, settings.longest_pulse + 1):
        for start in range(margin, n - length - margin + 1):
            inside = (time >= start) & (time < start + length)
            add("pulse", start, start + length, inside.astype(float))
    inner = max(margin, min(per_year, n // 4))
    for start in range(inner, n - inner):
        add("slope", start, n, np.maximum(time - start + 1, 0) / per_year)
    for start in range(n):
        add("odd", start, start + 1, (time == start).astype(float))
    fade = min(noise.rho, settings.slowest_fading)
    if fade > 0:
        for start in range(1, n - 1):
            fading = fade ** np.maximum(time - start, 0)
            add("shock", start, n, np.where(time >= start, fading, 0.0))
    kind, first, last = np.array(entries, dtype=np.intp).T
    return Dictionary(kind, first, last, np.column_stack(columns))


def kept_columns(calendar: Calendar, settings: Settings) -> tuple[Floats, Floats]:
    """Level, season, trend and holiday, and their prior precisions (0: flat)."""
    n = len(calendar)
    columns, precisions = [np.ones(n)], [0.0]
    if calendar.seasons:
        season = np.eye(calendar.per_year)[list(calendar.season)] - 1 / calendar.per_year
        columns += list(season.T)
        precisions += [settings.season_size**-2] * calendar.seasons
    time = np.arange(n)
    columns.append((time - time.mean()) / calendar.per_year)
    precisions.append(settings.trend_size**-2)
    holiday = np.array(calendar.holiday)
    if holiday.std() > 0:
        columns.append((holiday - holiday.mean()) / holiday.std())
        precisions.append(settings.holiday_size**-2)
    return np.column_stack(columns), np.array(precisions)


def whitened(columns: Floats, noise: Noise) -> Floats:
    """Columns of shape (n_periods, ...) with the correlation of the noise removed.

    The innovations algorithm of Brockwell and Davis 1991, section 5.3; without theta it is the
    transformation of Prais and Winsten.
    """
    rho, theta = noise
    out = np.empty(columns.shape)
    variance = (1 - 2 * rho * theta + theta**2) / (1 - rho**2)
    forecast = np.zeros(columns.shape[1:])
    for now, row in enumerate(columns):
        innovation = row - forecast
        forecast = rho * row - theta / variance * innovation
        out[now] = innovation / np.sqrt(variance)
        variance = 1 + theta**2 - theta**2 / variance
    return out


@dataclass(frozen=True)
class Design:
    """The dictionary after the kept columns and missing periods are taken out, for one noise.

    Attributes:
        dictionary: what each column is.
        calendar: the periods.
        sizes: prior standard deviation of each component, in innovation units.
        projected: shape (n_periods, n_components); its product with a whitened series gives the
            scores of the components.
        whole: Gram matrix with every period there, shape (n_components, n_components); series of
            one calendar share it.
        taken: its product with itself is what missing periods take out of the Gram matrix, shape
            (n_missing, n_components).
        diagonal: of the Gram matrix, missing periods taken out, shape (n_components,).
        kept: factor that takes the kept columns out of a whitened series, (n_kept, n_periods).
        whitener: takes the correlation out of a series, (n_periods, n_periods).
        log_constant: the part of the log evidence that depends on the noise and the gaps alone.
        degrees: degrees of freedom of the noise variance.
        floor: added to the residual sum of squares; see `Settings.noise_floor`.
    """

    dictionary: Dictionary
    calendar: Calendar
    sizes: Floats
    projected: Floats
    whole: Floats
    taken: Floats
    diagonal: Floats
    kept: Floats
    whitener: Floats
    log_constant: float
    degrees: int
    floor: float

    def scores(self, values: Floats) -> tuple[Floats, float]:
        """Scores of the components and residual sum of squares without any of them.

        Args:
            values: series of shape (n_periods,), anything finite where missing.
        """
        white = self.whitener @ values
        shadow = self.kept @ white
        residual = max(0.0, float(white @ white - shadow @ shadow))
        return self.projected.T @ white, residual + self.floor

    def rows(self, members: Integers) -> Floats:
        """Rows of the Gram matrix, shape (..., n_components) for members of shape (...)."""
        rows = self.whole[members]
        if len(self.taken):
            rows = rows - np.tensordot(self.taken[:, members], self.taken, axes=(0, 0))
        return rows

    def blocks(self, members: Integers) -> Floats:
        """Gram matrices of sets of components, shape (n_sets, k, k) for members (n_sets, k)."""
        blocks = self.whole[members[:, :, None], members[:, None, :]]
        if len(self.taken):
            taken = self.taken[:, members]
            blocks = blocks - np.einsum("mbk,mbl->bkl", taken, taken)
        return blocks


def design(
    calendar: Calendar, missing: tuple[int, ...], noise: Noise, settings: Settings
) -> Design:
    """The design for a calendar, the positions that are missing, and a noise."""
    # How wide the search is does not matter here: one design for all searches.
    return _design(calendar, missing, noise, replace(settings, beam=0, kept=0))


@lru_cache(maxsize=128)
def _design(
    calendar: Calendar, missing: tuple[int, ...], noise: Noise, settings: Settings
) -> Design:
    whole = _complete(calendar, noise, settings)
    return _without(whole, missing) if missing else whole


@lru_cache(maxsize=64)
def _complete(calendar: Calendar, noise: Noise, settings: Settings) -> Design:
    n = len(calendar)
    whitener = whitened(np.eye(n), noise)
    kept, precisions = kept_columns(calendar, settings)
    kept = whitener @ kept
    factor = np.linalg.cholesky(kept.T @ kept + np.diag(precisions))
    shadow = np.linalg.solve(factor, kept.T)
    found = dictionary(n, calendar.per_year, noise, settings)
    slope = found.kind == COMPONENTS.index("slope")
    sizes = np.where(slope, settings.slope_size, settings.step_size)
    columns = whitener @ found.columns * sizes
    projected = columns - shadow.T @ (shadow @ columns)
    gram = columns.T @ projected
    proper = precisions[precisions > 0]
    log_determinant = 2 * np.log(np.diag(factor)).sum() - np.log(proper).sum()
    return Design(
        dictionary=found,
        calendar=calendar,
        sizes=sizes,
        projected=projected,
        whole=gram,
        taken=np.zeros((0, len(sizes))),
        diagonal=np.diag(gram).copy(),
        kept=shadow,
        whitener=whitener,
        log_constant=float(np.log(np.diag(whitener)).sum() - 0.5 * log_determinant),
        degrees=n - 1,
        floor=n * settings.noise_floor**2,
    )


def _without(whole: Design, missing: tuple[int, ...]) -> Design:
    """The design with own dummies, flat a priori, for missing periods: exact for the rest."""
    gaps = whole.whitener[:, list(missing)]
    left = gaps - whole.kept.T @ (whole.kept @ gaps)
    factor = np.linalg.cholesky(gaps.T @ left)
    shadow = np.linalg.solve(factor, left.T)
    shared = np.linalg.solve(factor, gaps.T @ whole.projected)
    return replace(
        whole,
        projected=whole.projected - shadow.T @ shared,
        taken=shared,
        diagonal=whole.diagonal - (shared**2).sum(axis=0),
        kept=np.vstack([whole.kept, shadow]),
        log_constant=whole.log_constant - float(np.log(np.diag(factor)).sum()),
        degrees=whole.degrees - len(missing),
    )
