"""The months around an event: what was there, what was expected without it, the window measured."""

from collections.abc import Sequence
from html import escape

from tanzhe.errors import Language
from tanzhe.model import EventEffect, Series
from tanzhe.reports.charts.axes import (
    FONT,
    NARROW,
    WIDE,
    Frame,
    grid,
    line,
    mean_months,
    months,
    picture,
    ticks,
)
from tanzhe.reports.charts.lanes import text_width
from tanzhe.reports.words.dates import day_words, span_words
from tanzhe.reports.words.numbers import effect_digits, percent_words

HEAD, FEET = 34.0, 28.0
SIDE = 19.0
Values = list[float | None]


def window(found: EventEffect, *, title: str, language: Language = "zh", narrow: bool) -> str:
    """The picture as an `<svg>` element.

    Args:
        found: an effect with its expected path.
        title: what a screen reader says first.
        language: of all words.
        narrow: for a phone: the flag has the size alone.
    """
    series = around(found)
    lines = lines_around(found)
    marks = ticks([value for values in lines.values() for value in values if value is not None])
    frame = Frame(
        width=NARROW if narrow else WIDE, count=len(series), top=HEAD,
        height=180 if narrow else 250, low=marks[0], high=marks[-1],
    )  # fmt: skip
    first, last = (series.periods.index(one) for one in found.window)
    left = frame.x(first) - frame.step / 2
    words = _words(found, language)
    letter = "甲" if language == "zh" else "A"
    parts = [
        f'<rect class="tz-span tz-{_way(found)}" x="{left:.1f}" y="{frame.top:.1f}" '
        f'width="{(last - first + 1) * frame.step:.1f}" height="{frame.height:.1f}"/>',
        grid(frame, marks),
        months(series, frame),
        _band(frame, lines, first, last),
        line(frame, lines["expected"], "tz-expect"),
        line(frame, lines["actual"], "tz-line"),
        _flag(found, frame, left, words[1:] if narrow else words, letter),
    ]
    return picture(frame.width, frame.bottom + FEET, f"{title}. {words[0]}", parts)


def around(found: EventEffect) -> Series:
    """The part of the series that is drawn."""
    first, last = found.expected[0].period, found.expected[-1].period
    values = dict(zip(found.series.periods, found.series.values, strict=True))
    periods = tuple(one for one in found.series.periods if first <= one <= last)
    return found.series.model_copy(
        update={"periods": periods, "values": tuple(values[one] for one in periods), "parts": ()}
    )


def lines_around(found: EventEffect) -> dict[str, Values]:
    """The lines by name, a merged month as the mean of its two."""
    series = around(found)
    known = {one.period: one for one in found.expected}
    held = [known.get(period) for period in series.periods]
    ends = [one.interval if one is not None else None for one in held]
    lines = {
        "actual": list(series.values),
        "expected": [None if one is None else one.value for one in held],
        "low": [None if one is None else one[0] for one in ends],
        "high": [None if one is None else one[1] for one in ends],
    }
    return {name: mean_months(series, values) for name, values in lines.items()}


def _way(found: EventEffect) -> str:
    """Its colour: that of the way it moved where that was decided, else none."""
    if found.effect is None or found.verdict not in ("effect", "contradicted"):
        return "plain"
    return "down" if found.effect.percent < 0 else "up"


def _words(found: EventEffect, language: Language) -> tuple[str, str]:
    """The event's day, the window and how far its mean lies off; and that alone."""
    assert found.effect is not None
    day = day_words(found.event.date).said(language)
    span = span_words(found.series, *found.window).said(language)
    percent = found.effect.percent
    size = percent_words(percent, digits=effect_digits(percent), signed=True).said(language)
    if language == "zh":
        return f"事件{day}；{span}平均{size}", f"平均{size}"
    return f"event {day}; {span}: {size} on average", f"{size} on average"


def _band(frame: Frame, lines: dict[str, Values], first: int, last: int) -> str:
    """Where the window would lie without the event; a lone month has its whole width."""
    inside = [at for at in range(first, last + 1) if lines["low"][at] is not None]
    if not inside:
        return ""
    half = frame.step / 2

    def edge(values: Values) -> list[tuple[float, float]]:
        points = [(frame.x(at), frame.y(values[at] or 0.0)) for at in inside]
        return [(points[0][0] - half, points[0][1]), *points, (points[-1][0] + half, points[-1][1])]

    corners = [*edge(lines["high"]), *reversed(edge(lines["low"]))]
    return f'<path class="tz-band" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in corners)}z"/>'


def _flag(found: EventEffect, frame: Frame, x: float, words: Sequence[str], letter: str) -> str:
    """The event's flag where the window begins, its line down to the axis, its words beside it."""
    y = frame.top - 16
    middle = min(max(x, SIDE / 2 + 1), frame.end - SIDE / 2)
    right, left = middle + SIDE / 2 + 5, middle - SIDE / 2 - 5
    places = [
        (text, at)
        for text in words
        for at in (right, left - text_width(text, FONT))
        if at >= 2 and at + text_width(text, FONT) <= frame.width
    ]
    said = "".join(
        f'<text class="tz-word" x="{at:.1f}" y="{y + 4.5:.1f}">{escape(text)}</text>'
        for text, at in places[:1]
    )
    return (
        f'<line class="tz-dotted" x1="{middle:.1f}" x2="{middle:.1f}" y1="{y + SIDE / 2:.1f}" '
        f'y2="{frame.bottom:.1f}"/>'
        f'<rect class="tz-flag" x="{middle - SIDE / 2:.1f}" y="{y - SIDE / 2:.1f}" '
        f'width="{SIDE}" height="{SIDE}" rx="4"/>'
        f'<text class="tz-text" text-anchor="middle" x="{middle:.1f}" y="{y + 4.5:.1f}">{letter}'
        f"</text>{said}"
    )
