"""Series too long for the search over sets of events: breaks of a plain sequence, sized together.

The shapes of events grow with the length and what they take of each other with its square. From
`prepare.is_long` on the fast path is taken (`breaks`), with the season of the calendar taken out;
the sizes come from one regression of all breaks, season and trend with AR(1) noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from tanzhe.model import Episode, Episodes, ManifestInput, Series, new_manifest
from tanzhe.model.episode import Amount
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes import notes
from tanzhe.turning.episodes.points import band_of
from tanzhe.turning.episodes.prepare import calendar_of, daily_means, period_lengths
from tanzhe.turning.sequences.breaks import Break, breaks, surer

# The season is estimated beside the breaks found with the season before.
ROUNDS = 2
# Long emission series are nearer to levels, season and AR(1) noise than plain sequences are, and
# the coarse posterior of `breaks` is the more careful the longer they are: its odds are taken times
# this. Fitted on 240 series like those of bench/long_series.py, others than there; with steps of 1
# to 3 instead of 2 to 5 standard deviations 2.5 would be best, so the smaller one is taken.
ODDS = 2.5
# Noise that remembers longer than this is a level that wanders.
MOST_RHO = 0.95
# Shown from this confidence, as every episode.
TOLD = 0.5
LEVEL = 0.9
# Published figures are rounded to about a thousandth.
FLOOR = 1e-3
# As in the search over sets: a departure of so many innovations is mostly told.
TELLABLE = 4.3


@dataclass(frozen=True, eq=False)
class _Fit:
    """Season, usual path and sizes of the breaks, from one regression.

    Attributes:
        season: with the moving holiday, shape (n_periods,).
        usual: level, trend and season without the breaks, shape (n_periods,).
        sizes: of the breaks, a slope's a year, shape (n_breaks,).
        errors: their standard errors.
        spread: standard deviation of a period around the path.
        innovation: of what a period brings that the one before did not tell.
    """

    season: Floats
    usual: Floats
    sizes: Floats
    errors: Floats
    spread: float
    innovation: float


def long_episodes(series: Series, top: int = 0) -> Episodes:
    """Steps and bends of a long series, with the confidence of `breaks`.

    Args:
        series: too long for the search over sets; missing periods are filled in between their
            neighbours.
        top: so many that are not told are listed beside.
    """
    means, n = daily_means(series), len(series)
    known = np.flatnonzero(np.isfinite(means) & (means > 0))
    logs = np.interp(np.arange(n), known, np.log(means[known]))
    calendar = calendar_of(series)
    found: Sequence[Break] = ()
    season = np.zeros(n)
    for _ in range(ROUNDS):
        found = breaks(logs - season)
        fit = _fitted(logs, found, calendar)
        season = fit.season
    half = -fit.errors * float(stdtrit(max(1, len(known) - 1), (1 - LEVEL) / 2))
    made = [
        _episode(series, one, (size - width, size, size + width), fit, calendar.per_year)
        for one, size, width in zip(found, fit.sizes.tolist(), half.tolist(), strict=True)
    ]
    weaker = sorted((one for one in made if one.probability < TOLD), key=lambda e: -e.probability)
    lengths, reach = period_lengths(series), 1.645 * fit.spread
    return Episodes(
        series=series.model_copy(update={"notes": (*series.notes, notes.LONG)}),
        episodes=tuple(one for one in made if one.probability >= TOLD),
        weaker=tuple(weaker[:top]),
        expected=_values(fit.usual, lengths),
        expected_low=_values(fit.usual - reach, lengths),
        expected_high=_values(fit.usual + reach, lengths),
        smallest_tellable_percent=round(100 * float(-np.expm1(-TELLABLE * fit.innovation)), 1),
        notes=(notes.LONG,),
        manifest=new_manifest(
            [ManifestInput(name=series.source, sha256=series.sha256)],
            {"odds": ODDS, "told": TOLD, "vintage": series.vintage},
        ),
    )


def _fitted(logs: Floats, found: Sequence[Break], calendar: Calendar) -> _Fit:
    fleeting, staying = _seasonal(calendar), _trend(calendar)
    kept = np.hstack([staying, fleeting])
    time = np.arange(len(logs))
    shapes = [
        np.maximum(time - one.index + 1, 0) / calendar.per_year
        if one.kind == "slope"
        else (time >= one.index).astype(np.float64)
        for one in found
    ]
    columns = np.column_stack([kept, *shapes])
    left = logs - columns @ np.linalg.lstsq(columns, logs, rcond=None)[0]
    rho = float(np.clip(left[1:] @ left[:-1] / max(float(left @ left), 1e-300), 0.0, MOST_RHO))
    white, target = _whitened(columns, rho), _whitened(logs, rho)
    inner = np.linalg.pinv(white.T @ white, hermitian=True)
    effects = inner @ (white.T @ target)
    rest = target - white @ effects
    variance = float(rest @ rest) / max(1, len(logs) - columns.shape[1])
    errors = np.sqrt(np.maximum(variance * np.diag(inner), FLOOR**2))
    count = kept.shape[1]
    return _Fit(
        season=fleeting @ effects[staying.shape[1] : count],
        usual=kept @ effects[:count],
        sizes=effects[count:],
        errors=errors[count:],
        spread=float(np.sqrt(variance / (1 - rho**2))),
        innovation=float(np.sqrt(variance)),
    )


def _trend(calendar: Calendar) -> Floats:
    """Level and trend a year."""
    time = np.arange(len(calendar))
    return np.column_stack([np.ones(len(time)), (time - time.mean()) / calendar.per_year])


def _seasonal(calendar: Calendar) -> Floats:
    """Season and moving holiday."""
    columns = np.empty((len(calendar), 0))
    if calendar.seasons:
        columns = np.eye(calendar.per_year)[list(calendar.season)] - 1 / calendar.per_year
    holiday = np.array(calendar.holiday)
    if holiday.std() > 0:
        columns = np.column_stack([columns, (holiday - holiday.mean()) / holiday.std()])
    return columns


def _whitened(columns: Floats, rho: float) -> Floats:
    """Columns with AR(1) memory taken out (Prais, Winsten 1954)."""
    out = np.array(columns)
    out[1:] -= rho * columns[:-1]
    out[0] *= np.sqrt(1 - rho**2)
    return out


def _episode(
    series: Series, one: Break, sizes: tuple[float, float, float], fit: _Fit, per_year: int
) -> Episode:
    """A break as an episode that lasts to the end of the series."""
    bends, n = one.kind == "slope", len(series)
    years = (n - one.index) / per_year if bends else 1.0
    low, depth, high = (round(100 * float(np.expm1(size * years)), 2) for size in sizes)
    sure = surer(one.confidence, ODDS)
    return Episode(
        id=f"{series.region}-{series.sector}-{series.periods[one.index]}"
        f"-{'up' if depth > 0 else 'down'}",
        begin=series.periods[one.index],
        begin_interval=(series.periods[one.interval[0]], series.periods[one.interval[1]]),
        level=LEVEL,
        probability=round(sure, 4),
        band=band_of(sure),
        shape="bend" if bends else "step",
        shape_probability=1.0,
        deepest=series.periods[n - 1 if bends else one.index],
        depth_percent=depth,
        depth_interval=(low, high),
        end=None,
        amount=_amount(series, one, sizes, fit, per_year),
        trend_change=round(100 * float(np.expm1(sizes[1])), 2) if bends else None,
        scope="province",
        notes=(notes.LONG,),
    )


def _amount(
    series: Series, one: Break, sizes: tuple[float, float, float], fit: _Fit, per_year: int
) -> Amount:
    since = np.arange(1, len(series) - one.index + 1)
    shape = since / per_year if one.kind == "slope" else np.ones(len(since))
    usual = (np.exp(fit.usual) * period_lengths(series))[one.index :]
    low, value, high = (float(f"{np.expm1(size * shape) @ usual:.4g}") for size in sizes)
    return Amount(value=value, interval=(low, high), unit=series.unit)


def _values(logs: Floats, lengths: Floats) -> tuple[float, ...]:
    return tuple(float(f"{v:.6g}") for v in np.exp(logs) * lengths)
