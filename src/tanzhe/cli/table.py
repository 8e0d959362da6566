"""Turning points as lines for a terminal."""

from tanzhe.cli.aligned import aligned
from tanzhe.model import TurningPoint, TurningPoints
from tanzhe.places import place_of
from tanzhe.sectors import sector_of

BANDS = {"established": "已确立", "possible": "可能", "weak": "弱信号"}
KINDS = {"step": "阶跃", "slope": "斜率变化", "pulse": "脉冲"}
SCOPES = {"province": "本省", "national": "全国共有", "calendar": "历法假象", "data": "数据缺陷"}
HEADINGS = ("时间", "区间", "可信度", "档", "类型", "范围", "幅度", "幅度区间", "至")


def turns_table(points: TurningPoints) -> str:
    """A title, a row per point, and where nothing was found a sentence that says so."""
    series = points.series
    place, sector = place_of(series.region), sector_of(series.sector)
    title = (
        f"{place.zh if place else series.region} {sector.zh if sector else series.sector}"
        f"（{series.source}，{series.periods[0]} 至 {series.periods[-1]}）"
    )
    if not len(points):
        return f"{title}\n未找到转折点。加 --top 10 可列出弱信号。"
    return "\n".join([title, *aligned([HEADINGS, *(_row(point) for point in points)])])


def _row(point: TurningPoint) -> tuple[str, ...]:
    low, high = point.effect.percent_interval
    codes = {note.code for note in point.notes}
    band = "单月异常" if "single_period" in codes else BANDS[point.band]
    return (
        point.date,
        f"{point.interval[0]}—{point.interval[1]}",
        f"{point.confidence:.2f}",
        "—" if point.scope == "calendar" else band,
        KINDS[point.kind],
        SCOPES[point.scope],
        f"{point.effect.percent:+.1f}%" + ("/年" if point.kind == "slope" else ""),
        "—" if low == high else f"{low:+.1f}% — {high:+.1f}%",
        point.until or "",
    )
