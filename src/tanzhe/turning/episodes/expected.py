"""The path that was to be expected, and what episodes add up to against it."""

from dataclasses import dataclass

import numpy as np

from tanzhe.turning.calendar import Floats
from tanzhe.turning.episodes.candidates import Candidates, Prior
from tanzhe.turning.episodes.noise import regular, remembered
from tanzhe.turning.episodes.panel import Panel
from tanzhe.turning.episodes.settings import EpisodeSettings

# Nine of ten normal variables lie within so many standard deviations.
NINE_OF_TEN = 1.645
# From this memory on what is left of a shock after a year is four fifths: (.98, 0) alone.
NEAR_WALK = 0.95


@dataclass(frozen=True, eq=False)
class Expected:
    """Level, season and trend of a series without its episodes.

    Attributes:
        logs: shape (n_periods,).
        spread: standard deviation of a period without an episode around it, shape (n_periods,).
        innovation: standard deviation of what a period brings that the past did not tell.
        trend: of the regular part, in logs a year.
    """

    logs: Floats
    spread: Floats
    innovation: float
    trend: float


def _returning(settings: EpisodeSettings) -> list[int]:
    """Numbers of the noises that come back to a course, the slowest first; a near walk has none."""
    back = [k for k, one in enumerate(settings.noises) if one.rho < NEAR_WALK]
    return sorted(back, key=lambda k: -settings.noises[k].rho)


def expected(
    panel: Panel,
    i: int,
    candidates: Candidates,
    prior: Prior,
    departures: Floats,
    settings: EpisodeSettings,
) -> Expected:
    """The regular part of a member, its episodes taken out, under its likeliest noise.

    Args:
        panel: the panel.
        i: number of the member.
        candidates: what was found in it alone.
        prior: of its noise.
        departures: sum of the told episodes, shape (n_periods,).
        settings: prior sizes.
    """
    noise = settings.noises[candidates.likeliest(prior, _returning(settings))]
    left = panel.logs[i] - departures
    known = np.flatnonzero(np.isfinite(left))
    loud = panel.loudness
    base = regular(panel.calendar, panel.usual, settings)
    own = loud[:, None] * remembered(len(left), noise) * loud[None, :]
    inverse = np.linalg.inv((own + base)[np.ix_(known, known)])
    centre = float(left[known].mean())
    weighted = inverse @ (left[known] - centre)
    scale = np.sqrt(float((left[known] - centre) @ weighted) / max(len(known) - 1, 1))
    time = np.arange(len(left))
    years = (time - time.mean()) / panel.calendar.per_year
    return Expected(
        logs=centre + base[:, known] @ weighted,
        spread=scale * np.sqrt(np.diag(own)),
        innovation=float(scale),
        trend=float(panel.usual.trend**2 * years[known] @ weighted),
    )
