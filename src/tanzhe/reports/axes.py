"""Where things stand in the chart: scales, years and ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from tanzhe.model import Series
from tanzhe.reports.lanes import text_width

WIDTH, LEFT, RIGHT, PLOT_HEIGHT = 960.0, 62.0, 22.0, 270.0
FONT = 13.0
DAYS_A_MONTH = 365.25 / 12
# Values that differ by less than this share are one value to the eye and to a float.
LEAST_SPAN = 1e-9


@dataclass(frozen=True)
class Frame:
    """The plot: positions of periods and values.

    Attributes:
        count: number of periods.
        top: upper edge of the plot.
        low: value at the lower edge.
        high: value at the upper edge.
    """

    count: int
    top: float
    low: float
    high: float

    @property
    def bottom(self) -> float:
        """Lower edge of the plot."""
        return self.top + PLOT_HEIGHT

    @property
    def step(self) -> float:
        """Width of one period."""
        return (WIDTH - LEFT - RIGHT) / self.count

    def x(self, index: float) -> float:
        """Middle of a period."""
        return LEFT + (index + 0.5) * self.step

    def y(self, value: float) -> float:
        """Height of a value."""
        return self.bottom - (value - self.low) / (self.high - self.low) * PLOT_HEIGHT


def monthly_rates(series: Series) -> list[float | None]:
    """Values to draw: a merged January-February as the mean of its two months."""
    merged = series.merged and series.frequency == "month"
    return [
        value / 2 if value is not None and merged and period[5:7] == "02" else value
        for period, value in zip(series.periods, series.values, strict=True)
    ]


def adjusted_rates(series: Series, adjusted: Sequence[float | None]) -> list[float | None]:
    """Daily means without season in the unit of the axis; empty where there are none.

    Every month counts as a mean month: the lengths of months are part of the season.
    """
    if len(adjusted) != len(series):
        return []
    days = DAYS_A_MONTH if series.frequency == "month" else 1.0
    return [value if value is None else value * days for value in adjusted]


def year_length(series: Series) -> int:
    """Periods of a year; five periods for an annual series, where one would show no level."""
    if series.frequency == "month":
        return 11 if series.merged else 12
    return 365 if series.frequency == "day" else 5


def ticks(values: Sequence[float]) -> list[float]:
    """Four to eight round numbers around the values; from zero where that costs little room."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 < low <= 0.5 * high:
        low = 0.0
    if high - low <= max(abs(low), abs(high)) * LEAST_SPAN:
        half = max(abs(low), LEAST_SPAN) / 2
        low, high = low - half, high + half
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return [float(f"{step * i:.12g}") for i in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A round number without trailing zeros."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def year_starts(series: Series, frame: Frame) -> list[tuple[int, str]]:
    """First period of each year, thinned until the labels have room."""
    starts: list[tuple[int, str]] = []
    for index, period in enumerate(series.periods):
        if not starts or starts[-1][1] != period[:4]:
            starts.append((index, period[:4]))
    if len(starts) < 2:
        return starts
    # A first year that begins late would push its label into the next one's.
    each = (starts[-1][0] - starts[0][0]) / (len(starts) - 1) * frame.step
    every = max(1, ceil((text_width("0000", FONT) + 12) / each)) if each else 1
    kept = starts[-1::-every][::-1]
    return [
        (index, year)
        for at, (index, year) in enumerate(kept)
        if at == len(kept) - 1 or (kept[at + 1][0] - index) * frame.step > 44
    ]


def index_of(series: Series, period: str, *, after: bool = False) -> int:
    """Where a period stands; one outside the series is held at its ends.

    Args:
        series: with ascending periods.
        period: as written in the series.
        after: for a period that is missing, the next rather than the one before.
    """
    if series.merged and series.frequency == "month" and period[4:] == "-01":
        period = f"{period[:4]}-02"  # a January is in the merged period of its year
    before = sum(one < period for one in series.periods)
    if before < len(series) and series.periods[before] == period:
        return before
    return min(max(before if after else before - 1, 0), len(series) - 1)
