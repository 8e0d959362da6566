"""The public verb: a series becomes turning points."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import numpy as np

from tanzhe.model import (
    Effect,
    Manifest,
    ManifestInput,
    Note,
    Progress,
    Series,
    TurningPoint,
    TurningPoints,
    new_manifest,
    silent,
)
from tanzhe.model.episode import Band, Scope
from tanzhe.model.turning import Kind
from tanzhe.turning import notes
from tanzhe.turning.dating import Dated, date_points, with_shared
from tanzhe.turning.design import Floats
from tanzhe.turning.edges import Edges, edges
from tanzhe.turning.holiday import HolidayEdge, holiday_edges
from tanzhe.turning.joint import joined
from tanzhe.turning.kept import Shelf, panel_of
from tanzhe.turning.pooling import Candidates, Prior, Values, built_in, explore
from tanzhe.turning.prepare import (
    ZEROS,
    check,
    daily_means,
    is_idle,
    is_long,
    is_searchable,
    prepared,
    prepared_on,
)
from tanzhe.turning.scope import Company, company, defects, is_defect
from tanzhe.turning.season import adjusted
from tanzhe.turning.settings import DEFAULT, Settings

ESTABLISHED_FROM = 0.8
POSSIBLE_FROM = 0.5
DAYS_A_YEAR = 365.25
# A Spring Festival edge is only the calendar's when next to nothing is left of it; between here
# and "possible" (the epidemic began at Spring Festival 2020) neither is claimed.
CALENDAR_BELOW = 0.1
# Log change of a whole sector's emissions, from one month to the next and lasting, that has no
# cause in the world: threefold or to a third. The lockdown of early 2020 in Hubei was -0.4.
IMPOSSIBLE = 1.1


def turning_points(
    series: Series,
    *,
    raw: Series | None = None,
    top: int = 0,
    settings: Settings = DEFAULT,
    shelf: Shelf | None = None,
    progress: Progress = silent,
) -> TurningPoints:
    """When a series turned, how much, how surely, what kind and whose change it was.

    Args:
        series: monthly with January and February merged (11 periods a year), or yearly; at least
            22 periods. Its `peers` teach how correlated the noise is and tell a national change
            from the region's own; its `reference` tells a defect of the data.
        raw: the same before merging, to name the Spring Festival edges that are no turns.
        top: weak signals fill the list of durable points up to so many.
        settings: the fixed default; other values are for study.
        shelf: where what a panel teaches is kept between processes.
        progress: told how far the search is.

    Returns:
        Points by confidence; after them single odd months and calendar edges. `confidence` is the
        probability that a durable edge of that sign exists and lies in the interval.

    Raises:
        InputError: the series is too short, not merged, or negative.

    References:
        Fearnhead 2006, Statistics and Computing 16, 203-213 (posterior over break positions);
        Raftery, Madigan, Hoeting 1997, JASA 92, 179-191 (averaging over models near the best).
    """
    check(series, settings)
    if is_idle(series):
        told = series.model_copy(update={"notes": (*series.notes, notes.IDLE)})
        return TurningPoints(series=told, points=(), manifest=_manifest(series, settings, top))
    if is_long(series, settings):
        return _of_long(series, settings, top)
    values, others = prepared(series), _others(series, settings)
    panel = panel_of([series, *others], settings, progress, shelf)
    prior, settings = panel.alone.prior, panel.alone.settings
    candidates = explore(values, built_in(len(series), settings), settings)
    found = edges(candidates, prior)
    scoped = _Scopes(series, values, [prepared(p) for p in others], prior, settings)
    past = date_points(found, len(series), settings, top)
    shared = [p for p in past if scoped.is_national(p)]
    both = joined(series.region, candidates, found, panel)
    dated = with_shared(date_points(both, len(series), settings, top), shared, top)
    points = [scoped.point(d) for d in dated]
    points += _calendar_points(series, found, raw or series, points, settings)
    return TurningPoints(
        series=series,
        points=tuple(points),
        adjusted=_adjusted(series, candidates, prior, settings),
        manifest=_manifest(series, settings, top),
    )


def learn(series: Series, shelf: Shelf, *, settings: Settings = DEFAULT) -> None:
    """Keep what the panel of a series teaches: `turning_points` of its regions need only read it.

    Args:
        series: as for `turning_points`.
        shelf: where the lessons are kept.
        settings: the fixed default.

    Raises:
        InputError: the series is too short, not merged, or negative.
    """
    check(series, settings)
    if not is_idle(series) and not is_long(series, settings):
        panel_of([series, *_others(series, settings)], settings, silent, shelf)


def _of_long(series: Series, settings: Settings, top: int) -> TurningPoints:
    """Points of the fast path, as the same records."""
    # Compiled code, loaded only where it is needed: a compiler takes a while to start.
    from tanzhe.turning.long import long_points

    values = prepared(series)
    dated, logs = long_points(values, settings, top)
    alone = series.model_copy(update={"reference": None, "peers": ()})
    scoped = _Scopes(alone, values, [], built_in(len(series), settings), settings)
    points = [scoped.point(d) for d in dated]
    return TurningPoints(
        series=series.model_copy(update={"notes": (*series.notes, notes.LONG)}),
        points=tuple(p.model_copy(update={"notes": (*p.notes, notes.LONG)}) for p in points),
        adjusted=_daily(logs),
        manifest=_manifest(series, settings, top),
    )


def _others(series: Series, settings: Settings) -> list[Series]:
    """The peers that can be searched beside a series."""
    return [p for p in series.peers if p.periods == series.periods and is_searchable(p, settings)]


def _manifest(series: Series, settings: Settings, top: int) -> Manifest:
    return new_manifest(
        [ManifestInput(name=series.source, sha256=series.sha256)],
        {**asdict(settings), "top": top, "vintage": series.vintage},
    )


def band_of(confidence: float) -> Band:
    """Established from .8, possible from .5, weak below."""
    if confidence >= ESTABLISHED_FROM:
        return "established"
    return "possible" if confidence >= POSSIBLE_FROM else "weak"


def _adjusted(
    series: Series, candidates: Candidates, prior: Prior, settings: Settings
) -> tuple[float | None, ...]:
    """Daily means without season, in the unit of the series a day."""
    return _daily(adjusted(candidates, prior, settings))


def _daily(logs: Floats) -> tuple[float | None, ...]:
    means = np.exp(logs)
    return tuple(float(f"{v:.6g}") if np.isfinite(v) else None for v in means)


class _Scopes:
    """Turns dated points of one series into records, with scope and notes."""

    def __init__(
        self,
        series: Series,
        values: Values,
        others: Sequence[Values],
        prior: Prior,
        settings: Settings,
    ) -> None:
        self.series, self.settings, self.others = series, settings, others
        self.noise = settings.noises[int(np.argmax(prior.log_weights))]
        self.means = daily_means(series)
        self.ratio_points: list[Dated] = []
        if series.reference is not None:
            second = prepared_on(series.periods, series.reference)
            self.ratio_points = defects(values, second, settings)

    def point(self, dated: Dated) -> TurningPoint:
        periods = self.series.periods
        around = company(dated, self.others, self.noise, self.settings)
        scope = self._scope(dated, around)
        kind: Kind = "pulse" if dated.kind == "odd" else dated.kind  # type: ignore[assignment]
        return TurningPoint(
            id=f"{self.series.region}-{self.series.sector}-{periods[dated.period]}"
            f"-{'up' if dated.sign > 0 else 'down'}",
            date=periods[dated.period],
            interval=(periods[dated.first], periods[min(dated.last, len(periods) - 1)]),
            level=self.settings.level,
            confidence=round(dated.confidence, 4),
            band=band_of(dated.confidence),
            kind=kind,
            scope=scope,
            until=self._until(dated),
            effect=self._effect(dated),
            single=round(dated.single, 4) if dated.kind == "odd" else None,
            regions_compared=around.compared,
            regions_alike=around.alike,
            notes=tuple(self._notes(dated, scope)),
        )

    def is_national(self, dated: Dated) -> bool:
        """Whether most other regions moved alike."""
        around = company(dated, self.others, self.noise, self.settings)
        return self._scope(dated, around) == "national"

    def _scope(self, dated: Dated, around: Company) -> Scope:
        if is_defect(dated, self.ratio_points) or self._impossible(dated):
            return "data"
        return "national" if around.shares(dated.mean) else "province"

    def _impossible(self, dated: Dated) -> bool:
        return self.series.unit == "MtCO2" and abs(dated.mean) > IMPOSSIBLE

    def _until(self, dated: Dated) -> str | None:
        if dated.until is None or dated.until >= len(self.series):
            return None
        return self.series.periods[dated.until]

    def _effect(self, dated: Dated) -> Effect:
        low, mean, high = (100 * np.expm1([dated.low, dated.mean, dated.high])).tolist()
        return Effect(
            percent=round(mean, 2),
            percent_interval=(round(low, 2), round(high, 2)),
            mt_per_year=self._mt_per_year(dated, mean / 100),
        )

    def _mt_per_year(self, dated: Dated, share: float) -> float | None:
        if self.series.unit != "MtCO2":
            return None
        per_year = max(1, len({p[5:] for p in self.series.periods}))
        before = self.means[max(0, dated.period - per_year) : dated.period]
        if not np.isfinite(before).any():
            return None
        year = 1.0 if self.series.frequency == "year" else DAYS_A_YEAR
        return round(float(np.nanmean(before)) * year * share, 3)

    def _notes(self, dated: Dated, scope: Scope) -> Iterable[Note]:
        if dated.kind == "odd":
            yield notes.SINGLE_PERIOD
        if dated.last >= len(self.series) - 1 - self.settings.margin or (
            self.series.provisional_from is not None
            and self.series.periods[dated.last] >= self.series.provisional_from
        ):
            yield notes.PROVISIONAL
        if scope == "national":
            yield notes.NATIONAL
        if scope == "data":
            yield notes.IMPOSSIBLE if self._impossible(dated) else notes.DATA_DEFECT
        if (self.series.array[np.isfinite(self.series.array)] == 0).any():
            yield ZEROS
        if not self.others and not is_long(self.series, self.settings):
            yield notes.NO_COMPANY


def _calendar_points(
    series: Series, found: Edges, raw: Series, points: Sequence[TurningPoint], settings: Settings
) -> list[TurningPoint]:
    """The Spring Festival edges that do not survive on the merged, deseasonalised series."""
    out = []
    for edge in holiday_edges(raw):
        place = _merged_place(edge.month, series)
        if place is None or _survives(edge, points):
            continue
        near = np.abs(found.period - place) <= 1
        sign = 1 if edge.change > 0 else -1
        confidence = found.probability(found.durable & near & (found.sign == sign))
        if confidence < CALENDAR_BELOW:
            out.append(_calendar_point(series, edge, confidence, settings))
    return out


def _merged_place(month: str, series: Series) -> int | None:
    merged = f"{month[:5]}02" if month.endswith("-01") else month
    return series.periods.index(merged) if merged in series.periods else None


def _survives(edge: HolidayEdge, points: Sequence[TurningPoint]) -> bool:
    return any(
        p.band != "weak"
        and p.interval[0] <= edge.month <= p.interval[1]
        and p.effect.percent * edge.change > 0
        for p in points
    )


def _calendar_point(
    series: Series, edge: HolidayEdge, confidence: float, settings: Settings
) -> TurningPoint:
    percent = round(100 * float(np.expm1(edge.change)), 2)
    return TurningPoint(
        id=f"{series.region}-{series.sector}-{edge.month}-calendar",
        date=edge.month,
        interval=(edge.month, edge.month),
        level=settings.level,
        confidence=round(confidence, 4),
        band=band_of(confidence),
        kind="step",
        scope="calendar",
        effect=Effect(percent=percent, percent_interval=(percent, percent)),
        regions_compared=edge.compared,
        regions_alike=edge.alike,
        notes=(notes.CALENDAR,),
    )
