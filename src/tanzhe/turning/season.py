"""The series without its season and moving holiday, as a reader wants to see it."""

import numpy as np

from tanzhe.turning.design import Floats, design, kept_columns, whitened
from tanzhe.turning.pooling import Candidates, Prior, Values
from tanzhe.turning.search import Models, log_sum
from tanzhe.turning.settings import Noise, Settings


def adjusted(candidates: Candidates, prior: Prior, settings: Settings) -> Floats:
    """Logarithms of the daily means with seasonal and holiday effects taken out.

    Args:
        candidates: what was found for the series.
        prior: of the panel.
        settings: prior sizes.

    Returns:
        Array of shape (n_periods,), NaN where nothing is published. The effects are those of the
        likeliest set of components under the likeliest autocorrelation: a picture, not a result.
    """
    values = candidates.values
    posteriors = candidates.log_posterior(prior)
    masses = [-np.inf if p is None else float(log_sum(p)) for p in posteriors]
    best = int(np.argmax(masses))
    models, posterior = candidates.models[best], posteriors[best]
    if models is None or posterior is None:
        raise AssertionError("the likeliest autocorrelation has been searched")
    season = _season(values, models, int(np.argmax(posterior)), settings.noises[best], settings)
    out = values.logs - season
    out[list(values.missing)] = np.nan
    return out


def _season(values: Values, models: Models, row: int, noise: Noise, settings: Settings) -> Floats:
    """Season and holiday by generalised least squares beside the given set of components."""
    whole = design(values.calendar, (), noise, settings)
    members = models.members[row]
    components = whole.dictionary.columns[:, members[members >= 0]]
    kept, precision = kept_columns(values.calendar, settings)
    gaps = np.eye(len(values.calendar))[:, list(values.missing)]
    sizes = whole.sizes[members[members >= 0]]
    columns = np.hstack([kept, components, gaps])
    ridge = np.concatenate([precision, sizes**-2.0, np.zeros(gaps.shape[1])])
    white = whitened(columns, noise)
    inner = white.T @ white + np.diag(ridge)
    effects = np.linalg.solve(inner, white.T @ whitened(values.logs, noise))
    # Level and trend stay; what lies between them in the columns is season and holiday.
    fleeting = np.ones(kept.shape[1], dtype=bool)
    fleeting[[0, values.calendar.seasons + 1]] = False
    return kept[:, fleeting] @ effects[: kept.shape[1]][fleeting]
