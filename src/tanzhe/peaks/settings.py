"""The defaults of the judgement of peaks, each with its origin.

Half-lives, worths and discounts were chosen among thirteen variants by the Brier score of 99
countries since 1970 (docs/peaks/peaks.md); neighbours differ by .001, so no finer choice is
warranted. Nothing is fitted to Chinese series.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Growth:
    """A random walk with drift whose past fades.

    Attributes:
        half_life: years after which a growth rate counts half.
        drift_worth: years of growth for which the panel's drift counts.
        spread_worth: the same for its spread.
        wander: yearly move of the drift, in standard deviations of growth.
        longest: years of growth looked at.
    """

    half_life: float
    drift_worth: float
    spread_worth: float
    wander: float = 0.0
    longest: int = 40


STEADY = Growth(half_life=4.0, drift_worth=2.0, spread_worth=3.0)
WANDERING = Growth(half_life=3.5, drift_worth=3.0, spread_worth=4.0, wander=0.15)

# Without comparable series: median growth of 143 countries in 2020-2024 and median standard
# deviation of their last 15 growths (Global Carbon Budget 2025, rounded; bench/peaks.py prints it).
LONE_DRIFT, LONE_SPREAD = 0.01, 0.07

# So many regions at least are a panel.
FEWEST_PEERS = 5

# Twelve-month sums need so many years behind them before a word is said of a peak.
FEWEST_YEARS = 5
# Draws of a report; the standard error of a probability is below .008.
PATHS = 4000
SEED = 20261129


@dataclass(frozen=True, kw_only=True)
class Words:
    """Where the words begin (chosen on countries, before any Chinese series was looked at).

    Attributes:
        past_five_years: `past_peak` from this probability that the record stands 60 months;
            such records stood five years in .96 to .98.
        past_gap: and from this distance below the record.
        past_months: and so many months after it.
        rising_two_years: `rising` up to this probability that the record stands 24 months.
        plateau_gap: `plateau` up to this mean distance below the record over `plateau_years`.
        plateau_years: the last so many years.
    """

    past_five_years: float = 0.75
    past_gap: float = 0.03
    past_months: int = 24
    rising_two_years: float = 0.25
    plateau_gap: float = 0.05
    plateau_years: int = 3


WORDS = Words()
