"""A series becomes a status, the probability that its record stands, and what to know of it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

import numpy as np

from tanzhe.daily_means import spikes
from tanzhe.errors import Fault, InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model import ManifestInput, Note, Series
from tanzhe.model.peak import PeakStatus, PeakWord
from tanzhe.model.run import new_manifest
from tanzhe.notes import note_of
from tanzhe.peaks.annual import Panel, growth_paths
from tanzhe.peaks.damped import damped_paths
from tanzhe.peaks.filters import Floats
from tanzhe.peaks.months import Months, month_effects, year_sums
from tanzhe.peaks.settings import (
    FEWEST_PEERS,
    FEWEST_YEARS,
    LONE_DRIFT,
    LONE_SPREAD,
    PATHS,
    SEED,
    STEADY,
    WANDERING,
    WORDS,
)
from tanzhe.peaks.trend import slope
from tanzhe.peaks.yardsticks import mann_kendall

YEARS = (1, 2, 5)
LEVEL = 0.9
# A year's sum with so many periods missing is made whole from season and neighbours, and said.
MOST_FILLED = 2
# A record so early may not be one: the years before the data are not known.
EARLY_YEARS = 1
# Sums that differ by no more of themselves are the same.
SAME = 1e-9
# What the record so far promises and five years do not.
LIKELY_TWO_YEARS = 0.8

_FIVE_YEARS = note_of("five_year_word")
_LIKELY = note_of("likely_past")
_EARLY = note_of("record_at_start")
_FILLED = note_of("gaps_in_sums")
_FILLED_YEARS = note_of("gaps_in_years")
_SPIKE = note_of("spike_left_out")
_LONE = note_of("no_peers")
_SHORT = note_of("few_years")


class _Path(NamedTuple):
    """A series ready to be judged.

    Attributes:
        periods: up to the last one with a value.
        adjusted: logs without season.
        season: logs of the season, zero for years.
        known: values with single gaps inferred, NaN elsewhere.
        per_year: 1, 11 or 12.
        filled: whether a gap was inferred.
        spike: whether an impossible month was left out.
    """

    periods: Sequence[str]
    adjusted: Floats
    season: Floats
    known: Floats
    per_year: int
    filled: bool
    spike: bool

    def months(self) -> Months | None:
        """The filters run over the path; None for years."""
        if self.per_year == 1:
            return None
        return Months.of(self.adjusted, self.season, self.per_year)

    @property
    def sums(self) -> Floats:
        """Sums over one year ending at each period."""
        return self.known if self.per_year == 1 else year_sums(self.known, self.per_year)

    @property
    def record(self) -> int:
        """Where the largest sum ends; of equal ones the last."""
        return int(np.flatnonzero(self.sums >= (1 - SAME) * np.nanmax(self.sums))[-1])

    @property
    def years(self) -> Floats:
        """Sums of the whole years that end with the last period, oldest first."""
        ends = np.arange(len(self.known) - 1, self.per_year - 2, -self.per_year)[::-1]
        found = self.sums[ends]
        gaps = np.flatnonzero(~np.isfinite(found))
        return found[gaps[-1] + 1 :] if gaps.size else found


def peak_status(series: Series, *, paths: int = PATHS) -> PeakStatus:
    """Whether a series has peaked, and the probability that its record stands.

    Args:
        series: months with January and February merged (eleven a year) or not (twelve), or years;
            at least five years. Its `peers` say what growth is usual.
        paths: simulated futures; the standard error of a probability is at most .5 / sqrt(paths).

    Returns:
        Status, record, change since, present trend and probabilities. They are forecasts of the
        series itself, without knowledge of plans; how often such forecasts were right is in
        docs/peaks/peaks.md.

    Raises:
        InputError: days, less than five years, negative values, or a series that has stopped.

    Example:
        >>> from tanzhe.series.nbs import nbs_series
        >>> found = peak_status(nbs_series("CN-JS", "cement"))
        >>> found.status, found.month, found.record_stands[60] > 0.75
        ('past_peak', '2017-06', True)
    """
    path = _path(series)
    _refuse_stopped(series)
    _refuse_two_levels(series)
    draws = np.random.default_rng(SEED)
    record = path.record
    panel, lone = _panel(series, path)
    months = path.months()
    stands = _stands(path, months, panel, float(path.sums[record]), draws, paths)
    since = (len(path.periods) - 1 - record) / path.per_year
    ends, change = _intervals(path, months, draws)
    window = 5 if path.per_year == 1 else 3 * path.per_year
    trend = slope(path.adjusted[-window - (path.per_year == 1) :], path.per_year)
    word = _word(path, stands, since, trend.percent)
    tested = mann_kendall(path.years)
    gap = float(path.sums[-1] / path.sums[record] - 1)
    return PeakStatus(
        status=word,
        month=path.periods[record],
        month_interval=(path.periods[ends[0]], path.periods[ends[1]]),
        change_percent=round(100 * gap, 2),
        change_interval=(round(100 * change[0], 2), round(100 * change[1], 2)),
        slope_percent_per_year=round(trend.percent, 2),
        slope_interval=(round(trend.interval[0], 2), round(trend.interval[1], 2)),
        record_stands={12 * year: round(p, 3) for year, p in zip(YEARS, stands, strict=True)},
        years_since=round(since, 2),
        trend_test=tested,
        sums=_beside(series, path),
        series=series.model_copy(update={"peers": (), "reference": None}),
        notes=(
            *(note for note in series.notes if note.code == "level_doubt"),
            *_notes(path, word, stands, since, record, lone=lone),
        ),
        manifest=new_manifest(
            [ManifestInput(name=series.source, sha256=series.sha256)],
            {"paths": paths, "seed": SEED, **asdict(WORDS)},
        ),
    )


def _beside(series: Series, path: _Path) -> tuple[float | None, ...]:
    """A sum for every period of the series; None before the first value and after the last too."""
    known = {period: float(v) for period, v in zip(path.periods, path.sums, strict=True)
             if np.isfinite(v)}  # fmt: skip
    return tuple(known.get(period) for period in series.periods)


def _notes(
    path: _Path, word: PeakWord, stands: Floats, since: float, record: int, *, lone: bool
) -> tuple[Note, ...]:
    likely = word == "undecided" and stands[1] >= LIKELY_TWO_YEARS and since >= 2
    early = record < (1 + EARLY_YEARS) * path.per_year - 1
    told = (
        (word == "past_peak", _FIVE_YEARS),
        (likely, _LIKELY),
        (early, _EARLY),
        (path.spike, _SPIKE),
        (path.filled and not path.spike, _FILLED_YEARS if path.per_year == 1 else _FILLED),
        (lone, _LONE),
        (len(path.years) < 20, _SHORT),
    )
    return tuple(note for holds, note in told if holds)


def _path(series: Series) -> _Path:
    """The series up to its last value, in logs and without season.

    Raises:
        InputError: days, negative values, or less than five years.
    """
    values = series.array
    where = f"{series.source} {series.region} {series.sector}"
    if series.frequency == "day":
        what = Words("日值要先合计为月", "Days must be added up to months first")
        do = Words("用 tanzhe.series.calendar.monthly 转换", "Use tanzhe.series.calendar.monthly")
        raise InputError.of(what, do, where=where)
    if (values < 0).any():
        first = series.periods[int(np.flatnonzero(values < 0)[0])]
        what = Words("有负值，排放量不能为负", "Negative values; emissions cannot be")
        do = Words("请核对数据", "Check the data")
        raise InputError.of(what, do, where=f"{where} {first}")
    per_year = 1 if series.frequency == "year" else 11 if series.merged else 12
    positive = np.where(values > 0, values, np.nan)
    held = np.flatnonzero(np.isfinite(positive))
    positive = positive[held[0] : held[-1] + 1] if held.size else positive[:0]
    if len(held) < FEWEST_YEARS * per_year or len(positive) < FEWEST_YEARS * per_year:
        raise InputError(_too_short(where, len(held) / per_year, whole=False))
    periods = series.periods[held[0] : held[-1] + 1]
    if per_year == 1:
        logs = np.log(positive)
        filled = np.interp(np.arange(len(logs)), held - held[0], logs[held - held[0]])
        gaps = bool(len(held) < len(logs))
        return _Path(periods, logs, np.zeros(len(logs)), np.exp(filled), 1, gaps, False)
    spike = spikes(positive, periods, merged=series.merged)
    logs = np.log(np.where(spike, np.nan, positive))
    season = month_effects(logs, per_year)
    known, inferred = _whole(logs, season, per_year)
    found = _Path(periods, logs - season, season, known, per_year, inferred, bool(spike.any()))
    if len(found.years) < FEWEST_YEARS:
        raise InputError(_too_short(where, len(found.years)))
    return found


def _refuse_stopped(series: Series) -> None:
    """A works that stopped has no record ahead of it to judge.

    Raises:
        InputError: no positive figure in the last months.
    """
    since = series.stopped_since
    if since is None:
        return
    year, month = int(since[:4]), int(since[5:])
    what = Words(
        f"{year}年{month}月起为零或没有数据（停产或不再报数），不判断达峰",
        f"Zero or without figures since {since} (stopped, or no longer reported); "
        "no judgement of a peak",
    )
    do = Words(
        "如果仍在生产，请补上数据；只看停产以前，请只给停产以前的月份",
        "Add the figures if it still runs; give only the months before the stop to judge those",
    )
    raise InputError.of(what, do, where=f"{series.source} {series.region} {since}")


def _refuse_two_levels(series: Series) -> None:
    """Figures before and after a change of unit or definition have no common record.

    Raises:
        InputError: the series says of itself that its level changed in the data.
    """
    said = next((note for note in series.notes if note.code == "level_jump"), None)
    if said is None:
        return
    what = Words("前后数值不像同一口径，不判断达峰", "The figures before and after a change of "
                 "level are hardly of one kind; no judgement of a peak")  # fmt: skip
    do = Words(said.zh.rstrip("。"), said.en.rstrip("."))
    raise InputError.of(what, do, where=f"{series.source} {series.region} {series.sector}")


def _too_short(where: str, years: float, *, whole: bool = True) -> Fault:
    kind = Words("不间断的数据", "unbroken data") if whole else Words("有数值", "values")
    return fault_of(
        "peaks.peak.too_short", years=years, kind=kind, fewest_years=FEWEST_YEARS, where=where
    )


def _whole(logs: Floats, season: Floats, per_year: int) -> tuple[Floats, bool]:
    """Values with single gaps inferred from season and neighbours; longer gaps stay open."""
    at = np.arange(len(logs))
    known = np.isfinite(logs)
    inferred = np.interp(at, at[known], (logs - season)[known]) + season
    missing = np.convolve(~known, np.ones(per_year), mode="full")[: len(logs)]
    # A period is inferred where every year that holds it misses no more than a few.
    worst = np.array([missing[i : i + per_year].max() for i in at])
    few = ~known & (worst <= MOST_FILLED)
    return np.exp(np.where(known | few, np.where(known, logs, inferred), np.nan)), bool(few.any())


def _panel(series: Series, path: _Path) -> tuple[Panel, bool]:
    """What comparable regions say of growth, the series among them; countries' when too few."""
    members = [np.diff(np.log(path.years))]
    # The provinces are parts of the nation, not others like it.
    others = () if series.region == "CN" else series.peers
    for peer in others:
        if peer.region == "CN":
            continue
        try:
            members.append(np.diff(np.log(_path(peer).years)))
        except InputError:  # a peer that cannot be judged is no yardstick
            continue
    if len(members) < FEWEST_PEERS:
        return Panel(LONE_DRIFT, LONE_SPREAD), True
    recent = 5 if path.per_year == 1 else 3
    spreads = [growth[-15:].std(ddof=1) for growth in members if len(growth) > 1]
    drift = float(np.median(np.concatenate([growth[-recent:] for growth in members])))
    return Panel(drift, float(np.median(spreads))), False


def _stands(
    path: _Path,
    months: Months | None,
    panel: Panel,
    record: float,
    draws: np.random.Generator,
    paths: int,
) -> Floats:
    """Probabilities that no year's sum of the next one, two and five years passes the record."""
    logs = np.log(path.years)
    horizon = max(YEARS)
    walks = [growth_paths(logs, horizon, panel, kind, draws, paths) for kind in (STEADY, WANDERING)]
    if months is None:
        walks.append(damped_paths(logs, horizon, draws, paths))
    yearly = np.mean([_below(walk, np.log(record), 1) for walk in walks], axis=0)
    if months is None:
        return np.asarray(yearly)
    ahead = np.exp(months.paths(horizon, draws, paths))
    last = np.repeat(path.known[None, -(path.per_year - 1) :], paths, axis=0)
    sums = year_sums(np.concatenate([last, ahead], axis=1), path.per_year)
    monthly = _below(sums[:, path.per_year - 1 :], record, path.per_year)
    return np.asarray((yearly + monthly) / 2)


def _below(walks: Floats, record: float, per_year: int) -> Floats:
    """Share of walks that never pass the record up to each horizon."""
    highest = np.maximum.accumulate(walks, axis=1)
    return np.array([(highest[:, year * per_year - 1] <= record).mean() for year in YEARS])


def _word(path: _Path, stands: Floats, since: float, trend: float) -> PeakWord:
    sums = path.sums[np.isfinite(path.sums)]
    record = sums.max()
    recent = sums[-WORDS.plateau_years * path.per_year :]
    far = 1 - sums[-1] / record >= WORDS.past_gap
    if stands[2] >= WORDS.past_five_years and far and 12 * since >= WORDS.past_months:
        return "past_peak"
    if np.ptp(recent) <= SAME * record:
        return "plateau"  # one figure throughout: nothing rises
    if stands[1] <= WORDS.rising_two_years:
        # As far below the record as `past_peak` asks for and not growing now: the paths may pass
        # the record soon, but nobody would call what is seen a rise.
        return "undecided" if far and trend <= 0 else "rising"
    return "plateau" if float(np.mean(1 - recent / record)) <= WORDS.plateau_gap else "undecided"


def _intervals(
    path: _Path, months: Months | None, draws: np.random.Generator, paths: int = 1000
) -> tuple[tuple[int, int], tuple[float, float]]:
    """Where the largest sum may lie and how far the last one is below it, given the noise.

    Single months are noisy; the noise that the filter finds is drawn anew and added, and the
    largest sum looked for again.
    """
    tails = [50 * (1 - LEVEL), 50 * (1 + LEVEL)]
    if months is None:
        record = path.record
        gap = float(path.sums[-1] / path.sums[record] - 1)
        return (record, record), (gap, gap)
    noise = months.noise(draws, paths, len(path.known))
    sums = year_sums(np.where(np.isfinite(path.known), path.known * np.exp(noise), np.nan),
                     path.per_year)  # fmt: skip
    tops = np.nanargmax(np.where(np.isfinite(sums), sums, -np.inf), axis=1)
    low, high = (int(v) for v in np.percentile(tops, tails, method="nearest"))
    gaps = sums[:, -1] / sums[np.arange(paths), tops] - 1
    change = np.percentile(gaps, tails)
    record = path.record
    return (min(low, record), max(high, record)), (float(change[0]), float(change[1]))
