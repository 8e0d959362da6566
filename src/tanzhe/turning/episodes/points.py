"""Episodes as turning points: the list that programs read, with what the calendar feigns."""

from collections.abc import Iterable, Sequence

import numpy as np

from tanzhe.model import Effect, Episode, Episodes, Note, Series, TurningPoint
from tanzhe.model.episode import Band
from tanzhe.model.turning import Kind
from tanzhe.turning.calendar import Floats
from tanzhe.turning.episodes.holiday import HolidayEdge, holiday_edges
from tanzhe.turning.episodes.prepare import ZEROS, calendar_of, daily_means, logs_of, period_lengths

ESTABLISHED_FROM = 0.8
POSSIBLE_FROM = 0.5
_CALENDAR = Note(
    code="calendar_edge",
    zh="春节移动和1—2月合并造成的台阶：合并1—2月并扣除季节因素后不再存在，不作为转折点，"
    "也不用政策解释；所列幅度是未经处理的环比。",
    en="A step made by the moving Spring Festival and the merged January-February figures: it "
    "vanishes once these months are merged and the season is removed. No turning point; the size "
    "shown is the raw change on the month before.",
)


def band_of(probability: float) -> Band:
    """Established from .8, possible from .5, weak below."""
    if probability >= ESTABLISHED_FROM:
        return "established"
    return "possible" if probability >= POSSIBLE_FROM else "weak"


def points_of(found: Episodes, raw: Series, top: int = 0) -> tuple[TurningPoint, ...]:
    """The episodes of a series as turning points.

    Args:
        found: episodes with their contributions, of a series with its peers.
        raw: the same series before January and February were merged, for the calendar's edges.
        top: weak signals fill the list of durable points up to so many.

    Returns:
        Durable points by confidence, weak signals, single odd months, faults of the data, edges
        of the calendar.
    """
    told = [_point(found, one) for one in found.episodes]
    durable = sorted((p for p in told if _moved(p) and p.single is None), key=_by_confidence)
    room = max(0, top - len(durable))
    weak = [_point(found, one, weak=True) for one in found.weaker[:room]]
    odd = [p for p in told if _moved(p) and p.single is not None]
    faulty = [p for p in told if not _moved(p)]
    return (*durable, *weak, *odd, *faulty, *_calendar_points(found, raw))


def _moved(point: TurningPoint) -> bool:
    return point.scope in ("province", "national")


def _by_confidence(point: TurningPoint) -> tuple[float, str]:
    return -point.confidence, point.date


def _point(found: Episodes, one: Episode, *, weak: bool = False) -> TurningPoint:
    month = one.family == "month" and not weak
    alike, compared = _company(found.series, one)
    # Of a month the durable edge is what it probably is not.
    confidence = one.probability * (1 - one.shape_probability) if month else one.probability
    notes = [*one.notes, *_zeros(found.series)]
    return TurningPoint(
        id=one.id,
        date=one.begin,
        interval=one.begin_interval,
        level=one.level,
        confidence=round(confidence, 4),
        band=band_of(confidence),
        kind=_kind(one),
        scope=one.scope,
        until=one.end if _kind(one) == "pulse" else None,
        effect=_effect(found, one),
        drivers=one.contributions,
        single=one.probability if month else None,
        regions_compared=compared,
        regions_alike=alike,
        notes=tuple(notes),
    )


def _zeros(series: Series) -> Iterable[Note]:
    if (series.array == 0).any():
        yield ZEROS


def _kind(one: Episode) -> Kind:
    """A step lasts; what is over was a pulse, whatever it began like."""
    if one.family == "trend":
        return "slope"
    lasts = one.family == "level" and one.end is None
    return "step" if lasts else "pulse"


def _effect(found: Episodes, one: Episode) -> Effect:
    percent, (low, high) = one.depth_percent, one.depth_interval
    if one.trend_change is not None:
        percent, low, high = _a_year(one, one.trend_change)
    lasts = _kind(one) != "pulse" and found.series.unit == "MtCO2"
    return Effect(
        percent=percent,
        percent_interval=(low, high),
        mt_per_year=round(_usual_year(found, one) * percent / 100, 3) if lasts else None,
    )


def _a_year(one: Episode, change: float) -> tuple[float, float, float]:
    """Change of the trend with its interval, % a year: what it adds up to, by the years it took."""
    logs = np.log1p(np.array([one.depth_percent, *one.depth_interval]) / 100)
    if logs[0] == 0:
        return change, change, change
    low, high = np.sort(100 * np.expm1(logs[1:] * np.log1p(change / 100) / logs[0])).tolist()
    return change, round(low, 2), round(high, 2)


def _usual_year(found: Episodes, one: Episode) -> float:
    """What the year from the start on would have had, or the last year where less has passed."""
    per_year = calendar_of(found.series).per_year
    begin = found.series.periods.index(one.begin)
    first = max(0, min(begin, len(found.series) - per_year))
    return float(sum(found.expected[first : first + per_year]))


def _company(series: Series, one: Episode) -> tuple[int, int]:
    """How many other regions moved the same way over the life, of how many compared."""
    per_year = calendar_of(series).per_year
    begin = series.periods.index(one.begin)
    end = len(series) if one.end is None else series.periods.index(one.end)
    during = slice(begin, max(begin + 1, min(end, begin + per_year)))
    before = slice(max(0, begin - per_year), begin)
    moves = [_moved_by(peer, during, before) for peer in series.peers
             if peer.periods == series.periods and peer.region != "CN"]  # fmt: skip
    known = [move for move in moves if np.isfinite(move)]
    return sum(move * one.depth_percent > 0 for move in known), len(known)


def _moved_by(series: Series, during: slice, before: slice) -> float:
    logs = _less_season(series)
    now, then = (part[np.isfinite(part)] for part in (logs[during], logs[before]))
    return float(now.mean() - then.mean()) if len(now) and len(then) else np.nan


def _less_season(series: Series) -> Floats:
    """Logs of daily means less the median of their calendar month."""
    logs, season = logs_of(series), np.array(calendar_of(series).season)
    for one in np.unique(season):
        row = logs[season == one]
        if np.isfinite(row).any():
            logs[season == one] -= np.nanmedian(row)
    return logs


def adjusted(found: Episodes) -> tuple[float | None, ...]:
    """Daily means without season and moving holiday, in the unit of the series a day.

    What is left of the expected path beside its straight line is season and holiday.
    """
    if not found.expected:
        return ()
    series = found.series
    means = daily_means(series)
    usual = np.log(np.array(found.expected) / period_lengths(series))
    time = np.arange(len(usual))
    season = usual - np.polyval(np.polyfit(time, usual, 1), time)
    smooth = np.where(means > 0, means * np.exp(-season), np.nan)
    return tuple(float(f"{v:.6g}") if np.isfinite(v) else None for v in smooth)


def _calendar_points(found: Episodes, raw: Series) -> list[TurningPoint]:
    """The Spring Festival edges that do not survive on the merged, deseasonalised series."""
    series, out = found.series, []
    for edge in holiday_edges(raw):
        merged = f"{edge.month[:5]}02" if edge.month.endswith("-01") else edge.month
        if merged in series.periods and not _survives(edge, merged, found):
            out.append(_calendar_point(series, edge))
    return out


def _survives(edge: HolidayEdge, merged: str, found: Episodes) -> bool:
    """Whether an episode that goes the same way begins, or ends the other way, at the edge."""
    periods = found.series.periods
    at = periods.index(merged)
    near = periods[max(0, at - 1) : at + 2]
    return any(
        (one.depth_percent * edge.change > 0 and _touches(one.begin_interval, near))
        or (one.depth_percent * edge.change < 0 and one.end in near)
        for one in found.episodes
    )


def _touches(interval: tuple[str, str], near: Sequence[str]) -> bool:
    return interval[0] <= near[-1] and interval[1] >= near[0]


def _calendar_point(series: Series, edge: HolidayEdge) -> TurningPoint:
    percent = round(100 * float(np.expm1(edge.change)), 2)
    return TurningPoint(
        id=f"{series.region}-{series.sector}-{edge.month}-calendar",
        date=edge.month,
        interval=(edge.month, edge.month),
        level=0.9,
        confidence=0.0,
        band="weak",
        kind="step",
        scope="calendar",
        effect=Effect(percent=percent, percent_interval=(percent, percent)),
        regions_compared=edge.compared,
        regions_alike=edge.alike,
        notes=(_CALENDAR,),
    )
