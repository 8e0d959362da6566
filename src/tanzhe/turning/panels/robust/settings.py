"""The one fixed default of the search, each value with its origin."""

from dataclasses import dataclass
from typing import Literal

from tanzhe.turning.noise import Noise

Component = Literal["step", "pulse", "slope", "odd", "shock"]
COMPONENTS: tuple[Component, ...] = ("step", "pulse", "slope", "odd", "shock")


NOISES = (
    Noise(0.0),
    Noise(0.2),
    Noise(0.4),
    Noise(0.8, 0.5),
    Noise(0.98, 0.8),
    Noise(0.55),
    Noise(0.7),
    Noise(0.9, 0.3),
    Noise(0.8),
    Noise(0.9),
    Noise(0.98, 0.5),
)
NOISE_WEIGHTS = (0.08, 0.08, 0.12, 0.06, 0.06, 0.18, 0.14, 0.06, 0.07, 0.05, 0.10)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that could change a point; reasons in docs/turning/robust.md.

    Sizes are in units of the standard deviation of the monthly innovation, so that the unit of
    the data and the size of the province do not matter.

    Attributes:
        level: mass of intervals for dates and effects.
        noises: what the noise may remember, averaged over; no estimate is plugged in. In the order
            of the autocorrelation at lag one: the search walks along them.
        noise_weights: their weights before the data are seen: what the built-in panels
            show, blurred.
        rates: expected number of components in 100 periods before the data are seen, in the order
            of COMPONENTS; origin as above. Steps, pulses and slopes are durable, odd months and
            shocks are nuisances.
        prior_series: how many series the two priors above count for when a panel is pooled.
        step_size: prior standard deviation of a step, pulse, odd month or shock.
        slope_size: prior standard deviation of a change of trend a year.
        season_size: prior standard deviation of a seasonal effect: wide enough for Gansu's
            winters, and still shrinking what four years cannot support.
        trend_size: prior standard deviation of the trend a year.
        calm_trend_size: the same for panels without trends to speak of; the panel's evidence
            decides between the two, for a lone series and years also ten and a hundred times
            the usual. A wide prior lets a trend take the place of a step.
        holiday_size: prior standard deviation of the effect of the moving holiday.
        noise_floor: no series is known better than this, log units: published figures are rounded
            to about a thousandth. Keeps a constant or made-up series from being infinitely sure.
        slowest_fading: a shock fades as the noise does, but at least by this factor a period, to a
            tenth in a year: what fades more slowly is a step.
        longest_pulse: in periods; a longer one is two steps.
        margin: no step, pulse or slope begins or ends so close to either end.
        beam: sets of components kept for growing at each size.
        kept: sets of components kept for averaging at each size.
        pilot_beam: the beam for the series of a panel, which only teach the priors: weights and
            rates are the same to a tenth (docs/turning/robust.md) in a third of the time.
        pilot_kept: the same for sets kept.
        most_components: largest set.
        negligible: sets this many log units below the best are dropped (e^-12 = 6e-6).
        reach: an interval lies within so many periods of the most likely one.
        shortest: fewest periods a series needs; two years of eleven.
        longest: most periods of the search over sets, whose memory grows with the square; longer
            series take the fast path.
    """

    level: float = 0.9
    noises: tuple[Noise, ...] = NOISES
    noise_weights: tuple[float, ...] = NOISE_WEIGHTS
    rates: tuple[float, ...] = (0.6, 0.6, 0.15, 1.5, 1.5)
    prior_series: float = 5.0
    step_size: float = 4.0
    slope_size: float = 2.0
    season_size: float = 3.0
    trend_size: float = 1.0
    calm_trend_size: float = 0.25
    holiday_size: float = 1.0
    noise_floor: float = 1e-3
    slowest_fading: float = 0.8
    longest_pulse: int = 8
    margin: int = 2
    beam: int = 20
    kept: int = 250
    pilot_beam: int = 6
    pilot_kept: int = 60
    most_components: int = 9
    negligible: float = 12.0
    reach: int = 3
    shortest: int = 22
    longest: int = 420


DEFAULT = Settings()
