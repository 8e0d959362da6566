"""The series with its turning points as one SVG, drawn without a library."""

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from tanzhe.errors import Language
from tanzhe.model import Series, TurningPoint
from tanzhe.reports.axes import (
    FONT,
    LEFT,
    PLOT_HEIGHT,
    RIGHT,
    WIDTH,
    Frame,
    adjusted_rates,
    index_of,
    monthly_rates,
    tick_text,
    ticks,
    year_starts,
)
from tanzhe.reports.curves import levels, main_line, raw_line
from tanzhe.reports.dates import period_words
from tanzhe.reports.lanes import Box, lanes_of, text_width
from tanzhe.reports.legend import lasts, legend
from tanzhe.reports.symbols import SIZE, symbol, tone
from tanzhe.reports.vocabulary import label, scope_name, unit_name

LANE = 24.0
HEAD = 34.0
FEET = 34.0
LABEL_FROM_SYMBOL = 12.0


def chart(
    series: Series,
    points: Sequence[TurningPoint],
    *,
    title: str,
    adjusted: Sequence[float | None] = (),
    language: Language = "zh",
) -> str:
    """The chart as an `<svg>` element with its own colours for light, dark and print.

    Args:
        series: 1 to some thousands of periods; holes stay holes in the line.
        points: the turning points to mark, odd months, calendar and data points among them.
        title: what a screen reader says first.
        adjusted: daily means without season, one per period: the main line, with the series
            itself pale behind it. Empty: the series is the main line.
        language: of all words.
    """
    published, smooth = monthly_rates(series), adjusted_rates(series, adjusted)
    main = smooth or published
    labels = _labels(series, points, language)
    lanes = max((lane for *_, lane in labels), default=-1) + 1
    marks = ticks([v for v in (*published, *smooth) if v is not None])
    frame = Frame(len(series), HEAD + lanes * LANE + 10, marks[0], marks[-1])
    rows, feet = legend(
        points, series, top=frame.bottom + FEET, adjusted=bool(smooth), language=language
    )
    parts = [
        _axes(series, frame, marks, language),
        *(_span(series, frame, point) for point in points if lasts(point)),
        *(_band(series, frame, point) for point in points if point.single is None),
        *_leaders(series, frame, labels),
        raw_line(series, frame, published) if smooth else "",
        main_line(series, frame, main),
        *levels(series, frame, main, points),
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


Label = tuple[TurningPoint, str, float, int]


def described(series: Series, points: Sequence[TurningPoint], language: Language) -> str:
    """The chart in words, for who cannot see it."""
    said = [
        f"{period_words(series, p.date).said(language)} {_kind(series, p, language)}"
        for p in points
    ]
    first = period_words(series, series.periods[0]).said(language)
    last = period_words(series, series.periods[-1]).said(language)
    return f"{first} – {last}. {'; '.join(said)}"


def _kind(series: Series, point: TurningPoint, language: Language) -> str:
    scope = scope_name(point.scope, series.region).said(language)
    if point.single is not None:
        return f"{label('odd', series.frequency, language)} ({scope})"
    kind, band = label("kind", point.kind, language), label("band", point.band, language)
    moved = point.scope in ("province", "national")
    return f"{kind} ({scope}, {band})" if moved else f"{kind} ({scope})"


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


def _axes(series: Series, frame: Frame, marks: Sequence[float], language: Language) -> str:
    drawn = []
    for value in marks:
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


def _span(series: Series, frame: Frame, point: TurningPoint) -> str:
    """How long a pulse lasted: from its first period to the last before its end."""
    first = index_of(series, point.date)
    last = max(first + 1, index_of(series, point.until or point.date, after=True))
    left = frame.x(first) - frame.step / 2
    return (
        f'<rect class="tz-span tz-{tone(point)}" x="{left:.1f}" y="{frame.top:.1f}" '
        f'width="{(last - first) * frame.step:.1f}" height="{PLOT_HEIGHT:.1f}"/>'
    )


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
    aside = point.band == "weak" or point.scope in ("calendar", "data")
    faint = " tz-muted" if aside else ""
    return (
        symbol(point, frame.x(index_of(series, point.date)), y)
        + f'<text class="tz-label{faint}" x="{left:.1f}" y="{y + 4.5:.1f}">{escape(text)}</text>'
    )
