"""Turning points as lines for a terminal."""

import io
import shutil
import sys
from collections.abc import Sequence

from tanzhe.cli.aligned import wrapped
from tanzhe.errors import Language, Words
from tanzhe.model import Note, Series, TurningPoint, TurningPoints
from tanzhe.places import place_of
from tanzhe.reports.vocabulary import label, scope_name
from tanzhe.sectors import sector_of

HEADINGS = (
    Words("时间", "Date"), Words("区间", "Interval"), Words("可信度", "Confidence"),
    Words("类型", "Kind"), Words("范围", "Whose"), Words("幅度（区间）", "Size (interval)"),
    Words("注", "Note"),
)  # fmt: skip
# Notes on the contributions of products, which the table does not show.
NOT_SHOWN = ("drivers_year_on_year", "drivers_from_output")
NARROWEST, WIDEST, ONE_LINE = 60, 120, 96  # columns; from ONE_LINE on a point takes one line


def columns_of_terminal() -> int:
    """How wide the table may be: the terminal's columns, 80 where there is no terminal."""
    seen = shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80
    return min(max(seen, NARROWEST), WIDEST)


def turns_table(
    points: TurningPoints, language: Language = "zh", columns: int | None = None
) -> str:
    """A title, a row per point or a sentence that nothing was found, and the notes, each once.

    Args:
        points: what to show.
        language: of the words.
        columns: most columns of a line; those of the terminal when left out.
    """
    most = columns or columns_of_terminal()
    series = points.series
    marks = _distinct([note for point in points for note in point.notes], language)
    nothing = Words(
        "未找到转折点。加 --top 10 可列出弱信号。",
        "No turning point found. --top 10 lists weak signals too.",
    )
    rows = wrapped(nothing.said(language), most)
    if len(points):
        cells = [_row(point, series, marks, language, wide=most >= ONE_LINE) for point in points]
        rows = in_columns([tuple(one.said(language) for one in HEADINGS), *cells], most)
    notes = [line for i, text in enumerate(marks, 1) for line in _note(f"[{i}] ", text, most)]
    data = Words("数据：", "Data: ").said(language)
    own = [text for text in _distinct(series.notes, language) if text not in marks]
    about = [line for text in own for line in _note(data, text, most)]
    return "\n".join([*wrapped(_title(series, language), most), *rows, *notes, *about])


def _title(series: Series, language: Language) -> str:
    place, sector = place_of(series.region), sector_of(series.sector)
    first, last = series.periods[0], series.periods[-1]
    zh = (
        f"{place.zh if place else series.region} {sector.zh if sector else series.sector}"
        f"（{series.source}，{first} 至 {last}）"
    )
    en = (
        f"{place.en if place else series.region}, {sector.en if sector else series.sector} "
        f"({series.source}, {first} to {last})"
    )
    return Words(zh, en).said(language)


def _note(head: str, text: str, most: int) -> list[str]:
    return wrapped(head + text, most, indent="    ")


def _distinct(notes: Sequence[Note], language: Language) -> list[str]:
    """The words of the notes, each once."""
    told = [note.said(language) for note in notes if note.code not in NOT_SHOWN]
    return list(dict.fromkeys(told))


def in_columns(rows: Sequence[Sequence[str]], most: int) -> list[str]:
    """The rows in columns; a cell that is too long for its column takes more lines."""
    from rich.console import Console  # a terminal's tools are loaded when there is a table
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    for _ in rows[0]:
        table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    page = io.StringIO()
    Console(file=page, width=most, color_system=None, markup=False, emoji=False, highlight=False,
            legacy_windows=False).print(table)  # fmt: skip
    return [line.rstrip() for line in page.getvalue().splitlines()]


def _row(
    point: TurningPoint, series: Series, marks: Sequence[str], language: Language, *, wide: bool
) -> tuple[str, ...]:
    told = _distinct(point.notes, language)
    numbers = [str(i) for i, text in enumerate(marks, 1) if text in told]
    joint = " " if wide else "\n"
    return (
        point.date,
        _interval(point.interval, wide=wide),
        f"{point.confidence:.2f}{_band(point, series, language)}",
        _kind(point, language, joint),
        scope_name(point.scope, series.region).said(language),
        _size(point, language, wide=wide),
        f"[{','.join(numbers)}]" if numbers else "",
    )


def _interval(interval: tuple[str, str], *, wide: bool) -> str:
    """First to last period; the year once, where it is the same.

    Example:
        >>> _interval(("2021-05", "2021-09"), wide=True), _interval(("2021", "2023"), wide=True)
        ('2021-05—09', '2021—2023')
    """
    first, last = interval
    if first == last:
        return first
    same_year = len(first) > 4 and first[:5] == last[:5]
    if same_year:
        return f"{first}—{last[5:]}"
    return f"{first}—{last}" if wide else f"{first}—\n{last}"


def _band(point: TurningPoint, series: Series, language: Language) -> str:
    if point.scope == "calendar":
        return ""
    odd = point.single is not None
    word = label("odd", series.frequency, language) if odd else label("band", point.band, language)
    return f" {word}"


def _kind(point: TurningPoint, language: Language, joint: str) -> str:
    kind = label("kind", point.kind, language)
    if point.until is None:
        return kind
    return f"{kind}{joint}{Words('至', 'to').said(language)} {point.until}"


def _size(point: TurningPoint, language: Language, *, wide: bool) -> str:
    low, high = point.effect.percent_interval
    a_year = Words("/年", "/yr").said(language) if point.kind == "slope" else ""
    size = f"{point.effect.percent:+.1f}%{a_year}"
    if low == high:
        return size
    return f"{size} ({low:+.1f}…{high:+.1f})" if wide else f"{size} ({low:+.0f}…{high:+.0f})"
