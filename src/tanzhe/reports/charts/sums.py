"""Rolling twelve-month sums with their largest."""

from html import escape

from tanzhe.errors import Language
from tanzhe.model import PeakStatus
from tanzhe.reports.charts.axes import (
    FONT,
    NARROW,
    WIDE,
    Frame,
    grid,
    index_of,
    line,
    picture,
    ticks,
    years,
)
from tanzhe.reports.charts.lanes import Box, text_width
from tanzhe.reports.words.dates import day_words
from tanzhe.reports.words.numbers import amount_words, percent_words

HEAD, FEET = 30.0, 28.0


def sums(peak: PeakStatus, *, title: str, language: Language = "zh", narrow: bool) -> str:
    """The sums as an `<svg>` element: the largest is marked, a dotted line leads to today.

    Args:
        peak: the judgement that holds them.
        title: what a screen reader says first.
        language: of all words.
        narrow: for a phone.
    """
    known = [value for value in peak.sums if value is not None]
    marks = ticks(known)
    frame = Frame(
        width=NARROW if narrow else WIDE, count=len(peak.sums), top=HEAD,
        height=130 if narrow else 180, low=marks[0], high=marks[-1],
    )  # fmt: skip
    top, now = sum_words(peak, language)
    at = index_of(peak.series, peak.month)
    last = max(i for i, value in enumerate(peak.sums) if value is not None)
    largest = max(known)
    x, y = frame.x(at), frame.y(largest)
    parts = [
        grid(frame, marks),
        years(peak.series, frame),
        f'<line class="tz-dotted" x1="{x:.1f}" x2="{frame.x(last):.1f}" y1="{y:.1f}" '
        f'y2="{y:.1f}"/>',
        line(frame, peak.sums, "tz-line"),
        f'<path class="tz-peak" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>',
        *(
            f'<text class="tz-word" x="{box.left:.1f}" y="{box.bottom - 2:.1f}">'
            f"{escape(text)}</text>"
            for text, box in label_boxes(peak, frame, language)
        ),
    ]
    return picture(frame.width, frame.bottom + FEET, f"{title}. {top}; {now}", parts)


def sum_words(peak: PeakStatus, language: Language) -> tuple[str, str]:
    """The words of the largest sum and of the last one."""
    known = [value for value in peak.sums if value is not None]
    unit = peak.series.unit
    month = day_words(peak.month).said(language)
    largest = amount_words(max(known), unit).said(language)
    top = f"最高{largest}，{month}" if language == "zh" else f"largest {largest}, {month}"
    size = percent_words(peak.change_percent, signed=True).said(language)
    now = amount_words(known[-1], unit).said(language)
    return top, f"{now}（{size}）" if language == "zh" else f"{now} ({size})"


def label_boxes(peak: PeakStatus, frame: Frame, language: Language) -> list[tuple[str, Box]]:
    """Where the two labels stand: the largest above the line, the last below its end."""
    top, now = sum_words(peak, language)
    known = [(i, value) for i, value in enumerate(peak.sums) if value is not None]
    at = index_of(peak.series, peak.month)
    last, value = known[-1]
    largest = frame.y(max(v for _, v in known))
    above = _box(frame, top, frame.x(at), largest - 10)
    below = _box(frame, now, frame.x(last), min(frame.y(value) + 12 + FONT, frame.bottom - 4))
    return [(top, above), (now, below)]


def _box(frame: Frame, text: str, x: float, bottom: float) -> Box:
    width = text_width(text, FONT)
    left = min(max(x - width / 2, 2.0), frame.width - width - 2)
    return Box(left, bottom - FONT, left + width, bottom)
