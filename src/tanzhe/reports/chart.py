"""The series with its turning points as one SVG, drawn without a library."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Language
from tanzhe.model import Series, TurningPoint
from tanzhe.reports.axes import (
    FONT,
    LEFT,
    PLOT_HEIGHT,
    RIGHT,
    WIDTH,
    Frame,
    index_of,
    monthly_rates,
    tick_text,
    ticks,
    year_length,
    year_starts,
)
from tanzhe.reports.dates import period_words
from tanzhe.reports.lanes import Box, lanes_of, text_width
from tanzhe.reports.legend import legend
from tanzhe.reports.symbols import SIZE, symbol, tone
from tanzhe.reports.vocabulary import label, unit_name

LANE = 24.0
HEAD = 34.0
FEET = 34.0
LABEL_FROM_SYMBOL = 12.0
# Beyond this many points a line with a dot at each value would be a smear.
MOST_DOTS = 90
# Beyond this many the line itself is drawn thinner.
MANY = 300


def chart(
    series: Series, points: Sequence[TurningPoint], *, title: str, language: Language = "zh"
) -> str:
    """The chart as an `<svg>` element with its own colours for light, dark and print.

    Args:
        series: 1 to some thousands of periods; holes stay holes in the line.
        points: the turning points to mark, calendar and data points among them.
        title: what a screen reader says first.
        language: of all words.
    """
    labels = _labels(series, points, language)
    lanes = max((lane for *_, lane in labels), default=-1) + 1
    frame = _frame(series, top=HEAD + lanes * LANE + 10)
    rows, feet = legend(points, series, top=frame.bottom + FEET, language=language)
    parts = [
        _axes(series, frame, language),
        *(_band(series, frame, point) for point in points),
        *_leaders(series, frame, labels),
        _line(series, frame),
        *_levels(series, frame, points),
        *(_label(series, frame, entry) for entry in labels),
        rows,
    ]
    style = files("tanzhe.reports.renderers").joinpath("chart.css").read_text(encoding="utf-8")
    return (
        f'<svg class="tz-chart" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH:.0f} {feet:.0f}" aria-labelledby="tz-title tz-desc">'
        f'<title id="tz-title">{escape(title)}</title>'
        f'<desc id="tz-desc">{escape(described(series, points, language))}</desc>'
        f"<style>{style}</style>{''.join(parts)}</svg>"
    )


Values = NDArray[np.float64]
Label = tuple[TurningPoint, str, float, int]


def described(series: Series, points: Sequence[TurningPoint], language: Language) -> str:
    """The chart in words, for who cannot see it."""
    said = [
        f"{period_words(series, p.date).said(language)} "
        f"{label('kind', p.kind, language)} ({label('scope', p.scope, language)}, "
        f"{label('band', p.band, language)})"
        for p in points
    ]
    first = period_words(series, series.periods[0]).said(language)
    last = period_words(series, series.periods[-1]).said(language)
    return f"{first} – {last}. {'; '.join(said)}"


def _frame(series: Series, *, top: float) -> Frame:
    known = [value for value in monthly_rates(series) if value is not None]
    marks = ticks(known)
    return Frame(len(series), top, marks[0], marks[-1])


def _labels(series: Series, points: Sequence[TurningPoint], language: Language) -> list[Label]:
    """Text, left end and lane of each label; near the right edge it stands left of its symbol."""
    frame = Frame(len(series), 0, 0, 1)
    texts = [period_words(series, point.date).said(language) for point in points]
    lefts, spans = [], []
    for point, text in zip(points, texts, strict=True):
        x = frame.x(index_of(series, point.date))
        width = text_width(text, FONT)
        apart = LABEL_FROM_SYMBOL + (4 if point.scope == "national" else 0)
        left = x + apart if x + apart + width <= WIDTH - 4 else x - apart - width
        lefts.append(left)
        reach = SIZE * 2
        spans.append((min(left, x - reach), max(left + width, x + reach)))
    lanes = lanes_of(spans, gap=8)
    return list(zip(points, texts, lefts, lanes, strict=True))


def _lane_y(lane: int) -> float:
    return HEAD + lane * LANE + LANE / 2


def label_boxes(
    series: Series, points: Sequence[TurningPoint], language: Language = "zh"
) -> list[Box]:
    """Where the labels stand, symbols not counted; for tests."""
    return [
        Box(left, _lane_y(lane) - FONT / 2, left + text_width(text, FONT), _lane_y(lane) + FONT / 2)
        for _, text, left, lane in _labels(series, points, language)
    ]


def _axes(series: Series, frame: Frame, language: Language) -> str:
    drawn = []
    for value in ticks([v for v in monthly_rates(series) if v is not None]):
        y = frame.y(value)
        drawn.append(
            f'<line class="tz-grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            f'<text class="tz-muted" text-anchor="end" x="{LEFT - 8}" y="{y + 4:.1f}">'
            f"{tick_text(value)}</text>"
        )
    for index, year in year_starts(series, frame):
        x = frame.x(index)
        drawn.append(
            f'<line class="tz-tick" x1="{x:.1f}" x2="{x:.1f}" y1="{frame.bottom:.1f}" '
            f'y2="{frame.bottom + 5:.1f}"/>'
            f'<text class="tz-muted" text-anchor="middle" x="{x:.1f}" '
            f'y="{frame.bottom + 20:.1f}">{year}</text>'
        )
    return (
        "".join(drawn)
        + f'<text class="tz-muted" x="4" y="18">{_axis_title(series, language)}</text>'
    )


def _axis_title(series: Series, language: Language) -> str:
    unit = escape(unit_name(series.unit).said(language))
    each = label("each", series.frequency, language)
    merged = series.merged and series.frequency == "month"
    return f"{unit} / {each}" + (label("each", "merged", language) if merged else "")


def _band(series: Series, frame: Frame, point: TurningPoint) -> str:
    first, last = (index_of(series, end) for end in point.interval)
    left = frame.x(first) - frame.step / 2
    width = max((last - first + 1) * frame.step, 2.0)
    faint = " faint" if point.band == "weak" else ""
    return (
        f'<rect class="tz-band tz-{tone(point)}{faint}" x="{left:.1f}" y="{frame.top:.1f}" '
        f'width="{width:.1f}" height="{PLOT_HEIGHT:.1f}"/>'
    )


def _leaders(series: Series, frame: Frame, labels: Sequence[Label]) -> list[str]:
    return [
        f'<line class="tz-leader" x1="{x:.1f}" x2="{x:.1f}" '
        f'y1="{_lane_y(lane) + SIZE * 2:.1f}" y2="{frame.bottom:.1f}"/>'
        for point, _, _, lane in labels
        for x in [frame.x(index_of(series, point.date))]
    ]


def _label(series: Series, frame: Frame, entry: Label) -> str:
    point, text, left, lane = entry
    y = _lane_y(lane)
    faint = " tz-muted" if point.band == "weak" or point.scope in ("calendar", "data") else ""
    return (
        symbol(point, frame.x(index_of(series, point.date)), y)
        + f'<text class="tz-label{faint}" x="{left:.1f}" y="{y + 4.5:.1f}">{escape(text)}</text>'
    )


def _line(series: Series, frame: Frame) -> str:
    """The series; a hole breaks the line, provisional values are dashed."""
    values = monthly_rates(series)
    first = series.provisional_from or "~"
    border = sum(period < first for period in series.periods)
    known = _path(values[:border], frame, 0)
    loose = (
        _path(values[max(border - 1, 0) :], frame, max(border - 1, 0))
        if border < len(series)
        else ""
    )
    dots = "".join(
        f'<circle class="tz-dot" cx="{frame.x(i):.1f}" cy="{frame.y(v):.1f}" r="1.8"/>'
        for i, v in enumerate(values)
        if v is not None and len(values) <= MOST_DOTS
    )
    thin = " tz-thin" if len(values) > MANY else ""
    drawn = f'<path class="tz-line{thin}" d="{known}"/>' if known else ""
    return drawn + (f'<path class="tz-line tz-loose{thin}" d="{loose}"/>' if loose else "") + dots


def _path(values: Sequence[float | None], frame: Frame, start: int) -> str:
    steps, pen_down = [], False
    for index, value in enumerate(values, start):
        if value is not None:
            command = "L" if pen_down else "M"
            steps.append(f"{command}{frame.x(index):.1f} {frame.y(value):.1f}")
            if not pen_down:
                steps.append("h0.01")  # a lone value between two holes is still seen
        pen_down = value is not None
    return "".join(steps)


def _levels(series: Series, frame: Frame, points: Sequence[TurningPoint]) -> list[str]:
    """The level within a year before and after each edge; a trend beside a change of slope.

    Longer stretches would show a slow drift as if it were part of the step.
    """
    main = [p for p in points if p.scope in ("province", "national") and p.band != "weak"]
    bends = {index_of(series, p.date) for p in main if p.kind == "slope"}
    edges = sorted({index_of(series, day) for p in main for day in (p.date, p.until) if day})
    values = np.array([np.nan if v is None else v for v in monthly_rates(series)])
    stretches = {
        stretch: edge in bends
        for before, edge, after in zip([0, *edges], edges, [*edges[1:], len(series)], strict=False)
        for stretch in (
            (max(before, edge - year_length(series)), edge),
            (edge, min(after, edge + year_length(series))),
        )
    }
    drawn = [_level(frame, values, *ends, bent=bent) for ends, bent in stretches.items()]
    return [line for line in drawn if line]


def _level(frame: Frame, values: Values, first: int, last: int, *, bent: bool) -> str:
    index = np.arange(first, last)[~np.isnan(values[first:last])]
    if not len(index):
        return ""
    fit = np.polynomial.Polynomial.fit(index, values[index], 1 if bent and len(index) > 2 else 0)
    return (
        f'<line class="tz-level" x1="{frame.x(first - 0.5):.1f}" x2="{frame.x(last - 0.5):.1f}" '
        f'y1="{frame.y(fit(first)):.1f}" y2="{frame.y(fit(last - 1)):.1f}"/>'
    )
