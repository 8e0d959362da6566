"""The legend of the chart, in words."""

from collections.abc import Callable, Sequence
from html import escape

from tanzhe.errors import Language
from tanzhe.model import Series, TurningPoint
from tanzhe.reports.axes import FONT, LEFT, RIGHT, WIDTH
from tanzhe.reports.lanes import text_width
from tanzhe.reports.pointparts import is_straddling
from tanzhe.reports.symbols import symbol
from tanzhe.reports.vocabulary import label

ROW = 24.0
KEY = 30.0

# Draws the key of an entry around a position.
Key = Callable[[float, float], str]


def lasts(point: TurningPoint) -> bool:
    """Whether the chart shades how long a point lasted: a pulse that ended."""
    moved = point.scope in ("province", "national") and point.single is None
    return moved and point.kind == "pulse" and point.until is not None and point.band != "weak"


def legend(
    points: Sequence[TurningPoint],
    series: Series,
    *,
    top: float,
    adjusted: bool,
    language: Language,
) -> tuple[str, float]:
    """The legend, and the height at which it ends; only what the chart shows is named."""
    drawn, x, y = [], LEFT, top + ROW / 2
    lines = _lines(language, adjusted=adjusted)
    for key, words in [*lines, *_entries(points, series, language)]:
        width = KEY + text_width(words, FONT) + 18
        if x + width > WIDTH - RIGHT and x > LEFT:
            x, y = LEFT, y + ROW
        drawn.append(
            key(x + KEY / 2 - 2, y)
            + f'<text class="tz-muted" x="{x + KEY:.1f}" y="{y + 4.5:.1f}">{escape(words)}</text>'
        )
        x += width
    return "".join(drawn), y + ROW


def _lines(language: Language, *, adjusted: bool) -> list[tuple[Key, str]]:
    if not adjusted:
        return [(_stroke("tz-line"), _word("line", language))]
    return [
        (_stroke("tz-line"), _word("adjusted", language)),
        (_stroke("tz-raw"), _word("raw", language)),
    ]


def _entries(
    points: Sequence[TurningPoint], series: Series, language: Language
) -> list[tuple[Key, str]]:
    entries: list[tuple[Key, str]] = []
    moved = [p for p in points if p.scope in ("province", "national") and p.single is None]
    if any(p.band != "weak" for p in moved):
        entries.append(
            (
                _stroke("tz-level"),
                _word("level_years" if series.frequency == "year" else "level", language),
            )
        )
    if any(p.single is None for p in points):
        entries.append((_area("tz-band"), _word("band", language)))
    if any(lasts(p) for p in points):
        entries.append((_area("tz-span"), _word("span", language)))
    if series.provisional_from:
        entries.append((_stroke("tz-line tz-loose"), _word("loose", language)))
    if None in series.values:
        entries.append((_stroke_with_gap, _word("gap", language)))
    named: dict[str, TurningPoint] = {}
    for point in points:
        named.setdefault(_name(point), point)
    entries += [(_sign(point), _word(name, language)) for name, point in sorted(named.items())]
    national = next((p for p in points if p.scope == "national"), None)
    if national:
        entries.append((_sign(national, framed=True), _word("national", language)))
    return entries


def _word(entry: str, language: Language) -> str:
    return label("legend", entry, language)


def _name(point: TurningPoint) -> str:
    """The entry under which a point is explained."""
    if point.scope in ("calendar", "data"):
        return point.scope
    if point.single is not None:
        return "odd"
    if point.kind != "step":
        return point.kind
    return "open" if is_straddling(point) else "down" if point.effect.percent < 0 else "up"


def _sign(point: TurningPoint, *, framed: bool = False) -> Key:
    shown = point if framed or point.scope in ("calendar", "data") else _local(point)
    return lambda x, y: symbol(shown, x, y)


def _local(point: TurningPoint) -> TurningPoint:
    return point.model_copy(update={"scope": "province"})


def _stroke(style: str) -> Key:
    return lambda x, y: f'<path class="{style}" d="M{x - 11:.1f} {y:.1f}h22"/>'


def _stroke_with_gap(x: float, y: float) -> str:
    return f'<path class="tz-line" d="M{x - 11:.1f} {y:.1f}h7m8 0h7"/>'


def _area(style: str) -> Key:
    return lambda x, y: (
        f'<rect class="{style} tz-key" x="{x - 9:.1f}" y="{y - 7:.1f}" width="18" height="14"/>'
    )
