"""Where things stand in a picture: scales, years and ticks."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

from tanzhe.model import Series
from tanzhe.reports.charts.lanes import text_width
from tanzhe.reports.words.dates import short_month

# Widths in units of the drawing: beside text, and on a phone, so that letters keep their size.
WIDE, NARROW = 720.0, 380.0
FONT = 13.0
# Values that differ by less than this share are one value to the eye and to a float.
LEAST_SPAN = 1e-9
# Decimals of a place: the last digits differ between versions of numpy, and a tie would print so.
_SURE = 6


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The plot: positions of periods and values.

    Attributes:
        width: of the whole picture.
        count: number of periods.
        top: upper edge of the plot.
        height: of the plot.
        low: value at the lower edge.
        high: value at the upper edge.
        left: of the plot.
        right: free space right of the plot.
    """

    width: float
    count: int
    top: float
    height: float
    low: float
    high: float
    left: float = 48.0
    right: float = 14.0

    @property
    def bottom(self) -> float:
        """Lower edge of the plot."""
        return self.top + self.height

    @property
    def end(self) -> float:
        """Right edge of the plot."""
        return self.width - self.right

    @property
    def step(self) -> float:
        """Width of one period."""
        return (self.end - self.left) / self.count

    def x(self, index: float) -> float:
        """Middle of a period."""
        return round(self.left + (index + 0.5) * self.step, _SURE)

    def y(self, value: float) -> float:
        """Height of a value."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.bottom - share * self.height, _SURE)


def mean_months(series: Series, values: Sequence[float | None]) -> list[float | None]:
    """Values to draw: a merged January-February as the mean of its two months."""
    merged = series.merged and series.frequency == "month"
    return [
        value / 2 if value is not None and merged and period[5:7] == "02" else value
        for period, value in zip(series.periods, values, strict=True)
    ]


def ticks(values: Sequence[float]) -> list[float]:
    """Four to eight round numbers from zero (or below) to above the values."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if high - low <= LEAST_SPAN:
        high = 1.0
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step)
    return [float(f"{step * i:.12g}") for i in range(first, last + 1)]


def tick_text(value: float) -> str:
    """A round number without trailing zeros."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def grid(frame: Frame, marks: Sequence[float]) -> str:
    """Horizontal lines with their values; the zero line is stronger."""
    drawn = []
    for value in marks:
        y = frame.y(value)
        style = "tz-axis" if value == 0 else "tz-grid"
        drawn.append(
            f'<line class="{style}" x1="{frame.left:.1f}" x2="{frame.end:.1f}" y1="{y:.1f}" '
            f'y2="{y:.1f}"/><text class="tz-muted" text-anchor="end" x="{frame.left - 7:.1f}" '
            f'y="{y + 4:.1f}">{tick_text(value)}</text>'
        )
    return "".join(drawn)


def years(series: Series, frame: Frame) -> str:
    """Years below the plot, thinned until they have room."""
    return "".join(
        f'<line class="tz-axis" x1="{frame.x(index):.1f}" x2="{frame.x(index):.1f}" '
        f'y1="{frame.bottom:.1f}" y2="{frame.bottom + 5:.1f}"/>'
        f'<text class="tz-muted" text-anchor="middle" x="{frame.x(index):.1f}" '
        f'y="{frame.bottom + 20:.1f}">{escape(year)}</text>'
        for index, year in year_starts(series, frame)
    )


def months(series: Series, frame: Frame) -> str:
    """Months below the plot of a year or two, thinned until they have room."""
    names = [short_month(one, merged=series.merged) for one in series.periods]
    room = max(text_width(one, FONT) for one in names) + 12
    every = ceil(room / frame.step)
    return "".join(
        f'<text class="tz-muted" text-anchor="middle" x="{frame.x(at):.1f}" '
        f'y="{frame.bottom + 20:.1f}">{escape(name)}</text>'
        for at, name in enumerate(names)
        if at % every == 0 and room / 2 <= frame.x(at) <= frame.width - room / 2
    )


def year_starts(series: Series, frame: Frame) -> list[tuple[int, str]]:
    """First period of each year, thinned until the labels have room, inside the picture."""
    starts: list[tuple[int, str]] = []
    for index, period in enumerate(series.periods):
        if not starts or starts[-1][1] != period[:4]:
            starts.append((index, period[:4]))
    room = text_width("0000", FONT) + 12
    kept: list[tuple[int, str]] = []
    for index, year in starts:
        apart = not kept or (index - kept[-1][0]) * frame.step >= room
        inside = frame.x(index) + room / 2 <= frame.width
        if apart and inside:
            kept.append((index, year))
    return kept


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


def line(frame: Frame, values: Sequence[float | None], style: str, start: int = 0) -> str:
    """A line; a hole breaks it, and a lone value between two holes is still seen."""
    steps, pen_down = [], False
    for index, value in enumerate(values, start):
        if value is not None:
            command = "L" if pen_down else "M"
            steps.append(f"{command}{frame.x(index):.1f} {frame.y(value):.1f}")
            if not pen_down:
                steps.append("h0.01")
        pen_down = value is not None
    return f'<path class="{style}" d="{"".join(steps)}"/>' if steps else ""


def picture(width: float, height: float, described: str, parts: Sequence[str]) -> str:
    """An `<svg>` element whose colours come from the page's style sheet."""
    return (
        f'<svg class="tz-chart" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" aria-label="{escape(described)}">'
        f"{''.join(parts)}</svg>"
    )
