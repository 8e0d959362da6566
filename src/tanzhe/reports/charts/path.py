"""The path of a series with what was expected, and its numbered episodes."""

from collections.abc import Sequence
from html import escape

from tanzhe.errors import Language
from tanzhe.model import Episode, Episodes, Series
from tanzhe.reports.charts.axes import (
    FONT,
    NARROW,
    WIDE,
    Frame,
    grid,
    index_of,
    line,
    mean_months,
    picture,
    ticks,
    years,
)
from tanzhe.reports.charts.badges import LANE, RADIUS, Badge, badges
from tanzhe.reports.facts.selection import faults, told_episodes
from tanzhe.reports.words.dates import period_words
from tanzhe.reports.words.numbers import amount_words, percent_words
from tanzhe.reports.words.vocabulary import label

FEET = 28.0
SIGN = 5.0


def path(
    series: Series, found: Episodes | None, *, title: str, language: Language = "zh", narrow: bool
) -> str:
    """The path as an `<svg>` element.

    Args:
        series: 1 to some thousands of periods; holes stay holes in the line.
        found: its episodes with the expected path; None: the line alone.
        title: what a screen reader says first.
        language: of all words.
        narrow: for a phone: badges have numbers only.
    """
    drawn = lines_of(series, found)
    marks = ticks([value for values in drawn.values() for value in values if value is not None])
    told = told_episodes(found)
    width = NARROW if narrow else WIDE
    bare = Frame(width=width, count=len(series), top=0, height=1, low=0, high=1)
    placed = badges(
        [
            (bare.x(_middle(series, one)), "" if narrow else words_of(one, language),
             one.depth_percent)
            for one in told
        ],
        first=0, last=width,
    )  # fmt: skip
    head = LANE * (1 + max((badge.lane for badge in placed), default=-1)) + 12
    frame = Frame(
        width=width, count=len(series), top=head, height=180 if narrow else 270,
        low=marks[0], high=marks[-1],
    )  # fmt: skip
    parts = [
        *(_fault(series, frame, one) for one in faults(found)),
        *(_span(series, frame, one) for one in told),
        grid(frame, marks),
        years(series, frame),
        _band(frame, drawn),
        line(frame, drawn["expected"], "tz-expect") if "expected" in drawn else "",
        _actual(series, frame, drawn["actual"]),
        *(_deepest(series, frame, one, drawn["actual"]) for one in told),
        *(
            _badge(frame, n, one, at)
            for n, (one, at) in enumerate(zip(told, placed, strict=True), 1)
        ),
    ]
    said = f"{title}. {described(series, told, language)}"
    return picture(width, frame.bottom + FEET, said, parts)


def lines_of(series: Series, found: Episodes | None) -> dict[str, list[float | None]]:
    """The lines by name: actual, and expected with its edges where it is known."""
    lines = {"actual": mean_months(series, series.values)}
    if found is not None and len(found.expected) == len(series):
        lines["expected"] = mean_months(series, found.expected)
        lines["low"] = mean_months(series, found.expected_low)
        lines["high"] = mean_months(series, found.expected_high)
    return lines


def words_of(one: Episode, language: Language) -> str:
    """The words beside a badge: how far off at most, and how much in all."""
    size = percent_words(one.depth_percent, signed=True)
    if one.family == "month" or one.amount.value * one.depth_percent <= 0:
        return size.said(language)
    amount = amount_words(one.amount.value, one.amount.unit).said(language)
    less = one.depth_percent < 0
    if language == "zh":
        return f"{size.zh}，{'少' if less else '多'}{amount}"
    return f"{size.en}, {amount} {'less' if less else 'more'}"


def described(series: Series, told: Sequence[Episode], language: Language) -> str:
    """The episodes in words, for who cannot see them."""
    said = [
        f"{number} {period_words(series, one.begin).said(language)} "
        + label("shape", f"{one.shape}_{_way(one)}", language)
        for number, one in enumerate(told, 1)
    ]
    return "; ".join(said)


def _way(one: Episode) -> str:
    return "down" if one.depth_percent < 0 else "up"


def _ends(series: Series, one: Episode) -> tuple[int, int]:
    """First period, and the one after the last."""
    first = index_of(series, one.begin)
    if one.family == "month":
        return first, first + 1
    last = len(series) if one.end is None else index_of(series, one.end, after=True)
    return first, max(first + 1, last)


def _middle(series: Series, one: Episode) -> float:
    """Where the badge stands: over the middle of a short episode, the start of one that lasts."""
    first, last = _ends(series, one)
    return float(first) if one.end is None else (first + last - 1) / 2


def _span(series: Series, frame: Frame, one: Episode) -> str:
    first, last = _ends(series, one)
    left = frame.x(first) - frame.step / 2
    lasting = " tz-lasting" if one.end is None and one.family != "month" else ""
    return (
        f'<rect class="tz-span tz-{_way(one)}{lasting}" x="{left:.1f}" y="{frame.top:.1f}" '
        f'width="{max((last - first) * frame.step, 2):.1f}" height="{frame.height:.1f}"/>'
    )


def _fault(series: Series, frame: Frame, one: Episode) -> str:
    first, last = _ends(series, one)
    left = frame.x(first) - frame.step / 2
    return (
        f'<rect class="tz-fault" x="{left:.1f}" y="{frame.top:.1f}" '
        f'width="{max((last - first) * frame.step, 2):.1f}" height="{frame.height:.1f}"/>'
    )


def _band(frame: Frame, drawn: dict[str, list[float | None]]) -> str:
    """Where nine of ten periods lie without an episode."""
    if "low" not in drawn:
        return ""
    upper = [
        f"{frame.x(i):.1f} {frame.y(v):.1f}" for i, v in enumerate(drawn["high"]) if v is not None
    ]
    lower = [
        f"{frame.x(i):.1f} {frame.y(v):.1f}" for i, v in enumerate(drawn["low"]) if v is not None
    ]
    edge = "L".join([*upper, *reversed(lower)])
    return f'<path class="tz-band" d="M{edge}z"/>' if edge else ""


def _actual(series: Series, frame: Frame, values: Sequence[float | None]) -> str:
    """The series; provisional values are dashed."""
    first = series.provisional_from or "~"
    border = sum(period < first for period in series.periods)
    known = line(frame, values[:border], "tz-line")
    joint = max(border - 1, 0)
    loose = line(frame, values[joint:], "tz-line tz-loose", joint) if border < len(series) else ""
    return known + loose


def _deepest(series: Series, frame: Frame, one: Episode, values: Sequence[float | None]) -> str:
    """A triangle at the deepest month, below a fall and above a rise."""
    at = index_of(series, one.deepest)
    value = values[at]
    if value is None:
        return ""
    turn = 1 if one.depth_percent < 0 else -1
    x, y = frame.x(at), frame.y(value) + turn * 8
    y = min(max(y, frame.top + 2), frame.bottom - 2)
    points = f"M{x - SIGN:.1f} {y:.1f}h{2 * SIGN}l{-SIGN} {turn * 1.6 * SIGN:.1f}z"
    return f'<path class="tz-sign tz-{_way(one)}" d="{points}"/>'


def _badge(frame: Frame, number: int, one: Episode, badge: Badge) -> str:
    """A number: a disc for an own episode, a square for one the nation shares."""
    y = frame.top - 12 - badge.lane * LANE
    way = f"tz-{_way(one)}"
    leader = (
        f'<line class="tz-leader {way}" x1="{badge.x:.1f}" x2="{badge.x:.1f}" '
        f'y1="{y + RADIUS:.1f}" y2="{frame.top:.1f}"/>'
    )
    if one.scope == "national":
        side = 2 * RADIUS - 1
        shape = (
            f'<rect class="tz-badge {way}" x="{badge.x - side / 2:.1f}" y="{y - side / 2:.1f}" '
            f'width="{side}" height="{side}" rx="2"/>'
        )
    else:
        shape = f'<circle class="tz-badge {way}" cx="{badge.x:.1f}" cy="{y:.1f}" r="{RADIUS}"/>'
    digits = (
        f'<text class="tz-number" text-anchor="middle" x="{badge.x:.1f}" y="{y + 4:.1f}">'
        f"{number}</text>"
    )
    words = ""
    if badge.text:
        words = (
            f'<text class="tz-word" x="{badge.left:.1f}" y="{y + FONT / 3:.1f}">'
            f"{escape(badge.text)}</text>"
        )
    return leader + shape + digits + words
