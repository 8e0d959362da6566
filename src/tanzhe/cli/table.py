"""Turning points as lines for a terminal."""

from collections.abc import Sequence

from tanzhe.cli.aligned import aligned
from tanzhe.model import Note, Series, TurningPoint, TurningPoints
from tanzhe.places import place_of
from tanzhe.reports.vocabulary import label, scope_name
from tanzhe.sectors import sector_of

HEADINGS = ("时间", "区间", "可信度", "档", "类型", "范围", "幅度", "幅度区间", "至", "注")
# Notes on the contributions of products, which the table does not show.
NOT_SHOWN = ("drivers_year_on_year", "drivers_from_output")


def turns_table(points: TurningPoints) -> str:
    """A title, a row per point or a sentence that nothing was found, and the notes, each once."""
    series = points.series
    place, sector = place_of(series.region), sector_of(series.sector)
    title = (
        f"{place.zh if place else series.region} {sector.zh if sector else series.sector}"
        f"（{series.source}，{series.periods[0]} 至 {series.periods[-1]}）"
    )
    marks = _distinct([note for point in points for note in point.notes])
    rows = ["未找到转折点。加 --top 10 可列出弱信号。"]
    if len(points):
        rows = aligned([HEADINGS, *(_row(point, series, marks) for point in points)])
    notes = [f"[{i}] {text}" for i, text in enumerate(marks, 1)]
    about = [f"数据：{text}" for text in _distinct(series.notes) if text not in marks]
    return "\n".join([title, *rows, *notes, *about])


def _distinct(notes: Sequence[Note]) -> list[str]:
    """The words of the notes, each once."""
    return list(dict.fromkeys(note.zh for note in notes if note.code not in NOT_SHOWN))


def _row(point: TurningPoint, series: Series, marks: Sequence[str]) -> tuple[str, ...]:
    low, high = point.effect.percent_interval
    told = _distinct(point.notes)
    odd = point.single is not None
    band = label("odd", series.frequency) if odd else label("band", point.band)
    return (
        point.date,
        f"{point.interval[0]}—{point.interval[1]}",
        f"{point.confidence:.2f}",
        "—" if point.scope == "calendar" else band,
        label("kind", point.kind),
        scope_name(point.scope, series.region).zh,
        f"{point.effect.percent:+.1f}%" + ("/年" if point.kind == "slope" else ""),
        "—" if low == high else f"{low:+.1f}% — {high:+.1f}%",
        point.until or "",
        "".join(f"[{i}]" for i, text in enumerate(marks, 1) if text in told),
    )
