"""The one fixed default of the search for episodes, each value with its origin."""

from dataclasses import dataclass
from typing import Literal

from tanzhe.turning.noise import Noise

Shape = Literal["step", "ramp", "pulse", "fade", "odd", "bend", "innovation", "trend"]
SHAPES: tuple[Shape, ...] = (
    "step", "ramp", "pulse", "fade", "odd", "bend", "innovation", "trend",
)  # fmt: skip
STEP, RAMP, PULSE, FADE, ODD, BEND, INNOVATION, TREND = range(len(SHAPES))

NOISES = (
    Noise(0.0),
    Noise(0.2),
    Noise(0.4),
    Noise(0.6),
    Noise(0.75),
    Noise(0.9),
    Noise(0.98),
    Noise(0.9, 0.4),
    Noise(0.98, 0.7),
)


@dataclass(frozen=True, kw_only=True)
class EpisodeSettings:
    """Everything that could change an episode; measured reasons in docs/turning/episodes.md.

    Sizes are in units of the standard deviation of a period's innovation, so that the unit of the
    data and the size of the province do not matter.

    Attributes:
        noises: what the noise may remember, averaged over.
        noise_weights: their weights before a panel is seen.
        rates: expected events in 100 periods before a panel is seen, in the order of SHAPES; of
            the trend in a series, which has one however long it is. Round numbers; null series hold
            with them and not with twice them.
        prior_series: for how many series the two priors above count.
        sizes: prior standard deviations of an event, either with probability one half.
        bend_sizes: the same of a bend, a year.
        ramps: periods a ramp may take.
        rectangles: periods a pulse with sharp edges may last.
        triangles: periods a pulse that rises and falls may last.
        fadings: what is left of a fading event after a period.
        margin: nothing lasting begins so close to either end.
        bend_margin: no bend begins so close to either end, no ramp so close to the first.
        bend_years: the same of yearly series.
        season_sizes: prior standard deviation of a season's effect; the panel chooses.
        season_drifts: yearly variance of its drift; the panel chooses.
        trend_size: prior standard deviation of a calm trend, a year; a steeper one is an event of
            kind trend, which is never told. A wide prior in its place lets the trend take a lasting
            step: a fall of four innovations in seven years leaves a trend of a tenth of one.
        holiday_size: prior standard deviation of the moving holiday.
        flat: prior variance of the level.
        floor: no value is known better than this, in logs.
        least_memory: an innovation is an event of its own only where the noise remembers so much.
        quick: an innovation of noise that keeps less than this for a period is a single period.
        others_doubt: how well the movement of the others is known, as a share of it.
        beam: sets grown at each size.
        kept: sets kept for averaging at each size.
        most: largest set.
        negligible: sets this many log units below the best are dropped.
        hopeless: noises this many log units below the best are not looked at further.
        mass: an interval holds this part of what lies within `reach` periods.
        reach: an interval lies within so many periods of the most likely one.
        told: an episode is told from this probability.
        shared: an episode of the nation is told of a province from this probability.
        loading_size: prior standard deviation of a province's loading on the nation around one.
        least_loading: a province shares in an episode from this loading.
    """

    noises: tuple[Noise, ...] = NOISES
    noise_weights: tuple[float, ...] = (0.12, 0.12, 0.16, 0.18, 0.12, 0.06, 0.06, 0.12, 0.12)
    rates: tuple[float, ...] = (0.4, 0.4, 0.6, 0.5, 0.8, 0.25, 0.8, 0.3)
    prior_series: float = 5.0
    sizes: tuple[float, float] = (4.0, 12.0)
    bend_sizes: tuple[float, float] = (2.0, 6.0)
    ramps: tuple[int, ...] = (2, 3, 4, 5, 6, 7, 9)
    rectangles: tuple[int, ...] = (2, 3, 4, 5, 6, 8, 10, 12)
    triangles: tuple[int, ...] = (3, 5, 7, 9)
    fadings: tuple[float, ...] = (0.6, 0.8, 0.9)
    margin: int = 2
    bend_margin: int = 6
    bend_years: int = 4
    season_sizes: tuple[float, ...] = (1.0, 1.7, 3.0)
    season_drifts: tuple[float, ...] = (0.0, 0.1, 0.3)
    trend_size: float = 0.3
    holiday_size: float = 1.0
    flat: float = 1e4
    floor: float = 1e-3
    least_memory: float = 0.15
    quick: float = 0.5
    others_doubt: float = 0.3
    beam: int = 6
    kept: int = 40
    most: int = 7
    negligible: float = 9.0
    hopeless: float = 10.0
    mass: float = 0.9
    reach: int = 3
    told: float = 0.5
    shared: float = 0.8
    loading_size: float = 0.5
    least_loading: float = 0.25


DEFAULT = EpisodeSettings()
