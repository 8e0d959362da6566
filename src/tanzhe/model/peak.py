"""Whether a series has peaked, as every package sees it."""

from typing import Literal

from pydantic import Field

from tanzhe.model.base import Manifest, Note, Record, Result
from tanzhe.model.series import Series

PeakWord = Literal["rising", "plateau", "past_peak", "undecided"]


class TrendTest(Record):
    """Mann-Kendall test of yearly values: a common yardstick, no part of the judgement.

    Attributes:
        years: how many yearly values were tested.
        z: standardised statistic, corrected for autocorrelation; negative: falling.
        p_value: two-sided.
    """

    years: int
    z: float
    p_value: float = Field(ge=0, le=1)


class PeakStatus(Result):
    """Where a series stands against its highest year.

    Attributes:
        status: rising (the record falls soon), plateau (near the record for three years),
            past_peak (the record will probably stand for five years), undecided.
        month: end of the twelve months (or the year) with the largest sum.
        month_interval: first and last end that may be the true one, given the noise of single
            months, at probability .9.
        change_percent: last twelve months against the largest sum, %; 0 when they are it.
        change_interval: the same at probability .9.
        slope_percent_per_year: trend of the last three years (yearly series: five), % a year.
        slope_interval: the same at probability .9.
        record_stands: months ahead -> probability that no later twelve-month sum is larger.
        years_since: years from the largest sum to the end of the series.
        trend_test: Mann-Kendall on yearly values, or None below four of them.
        sums: twelve-month sums in the unit of the series, one a period; None where not known.
        series: what was judged, merged to eleven periods a year.
        notes: what changes how the judgement should be read.
        manifest: what it rested on.
    """

    status: PeakWord
    month: str
    month_interval: tuple[str, str]
    change_percent: float
    change_interval: tuple[float, float]
    slope_percent_per_year: float
    slope_interval: tuple[float, float]
    record_stands: dict[int, float]
    years_since: float
    trend_test: TrendTest | None
    sums: tuple[float | None, ...]
    series: Series
    notes: tuple[Note, ...] = ()
    manifest: Manifest
