"""What the series of a panel teach each other before any one is judged.

How loud each calendar month is, how much of a season and trend there is, how the noise remembers,
how often events come, and how the provinces move together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tanzhe.errors import Words
from tanzhe.model import Progress, silent
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes.candidates import (
    Candidates,
    Described,
    Prior,
    built_in,
    pooled,
)
from tanzhe.turning.episodes.noise import Regular
from tanzhe.turning.episodes.settings import EpisodeSettings

# From the median absolute deviation to the standard deviation of a normal variable.
NORMAL = 1.4826
# Memory that is taken out before the loudness of months is judged, and where a loud one is cut.
MEMORY, LOUDEST, QUIETEST = 0.6, 4.0, 0.1
# Huber's weights, in robust standard deviations.
HUBER = 1.5
# With fewer others their movement is not known well enough to be taken out.
FEWEST_OTHERS = 8
# So many series of a panel at most, from the calmest to the loudest, choose its season and drift,
# with a beam so narrow, under the noises that are so many log units at most below the best.
CHOOSING, NARROW, NARROW_KEPT, NEAR = 8, 2, 12, 1.5
# Season and drift that are tried first.
FIRST = (1.7, 0.1)
ROUNDS = 100
# The season of a mean of many is small: each has its own taken out before.
COMMON_SEASON = 1.0
# Where a trend is wanted, or nothing stands beside it that could be a steep one: so much a year.
ANY_TREND = 3.0
_LOOKING = Words("比较各地区", "Comparing the regions")


@dataclass(frozen=True, eq=False)
class Panel:
    """A panel ready to be judged.

    Attributes:
        names: of the series.
        logs: shape (n_series, n_periods), NaN where not published.
        calendar: of the periods.
        loudness: of each period, shape (n_periods,).
        chosen: season and drift of the series as they are, with a calm trend.
        chosen_apart: of the same less the movement of the others.
        others: movement of the others around each series, shape (n_series, n_periods).
        scale: robust standard deviation of each series' innovations.
        alone: noise and rates of the series as they are.
        apart: the same less the movement of the others; None in a small panel.
        share: part of the series that are better described apart.
    """

    names: tuple[str, ...]
    logs: Floats
    calendar: Calendar
    loudness: Floats
    chosen: Regular
    chosen_apart: Regular
    others: Floats
    scale: Floats
    alone: Prior
    apart: Prior | None
    share: float

    @property
    def usual(self) -> Regular:
        """What is regular, with whatever trend there is: for paths and for what all share."""
        return replace(self.chosen, trend=ANY_TREND)

    def described(
        self, i: int, settings: EpisodeSettings, chosen: Regular | None = None
    ) -> Described:
        """A series as it is, with what is regular as chosen or as tried."""
        return Described.of(
            self.logs[i], self.calendar, self.loudness, chosen or self.chosen, settings
        )

    def departing(
        self, i: int, settings: EpisodeSettings, chosen: Regular | None = None
    ) -> Described:
        """A series less the movement of the others, which is not known exactly."""
        own = self.described(i, settings, chosen or self.chosen_apart)
        doubt = settings.others_doubt / self.scale[i] * np.nan_to_num(self.others[i])
        logs = np.where(np.isfinite(self.others[i]), own.logs - self.others[i], np.nan)
        return replace(own, logs=logs, base=own.base + np.outer(doubt, doubt))

    def common(self, settings: EpisodeSettings) -> Described:
        """The mean movement of the others over all members, on a calm season."""
        known = np.isfinite(self.others)
        held = known.any(axis=0)
        sums = np.where(known, self.others, 0.0).sum(axis=0)
        logs = np.where(held, sums / np.maximum(known.sum(axis=0), 1), np.nan)
        chosen = replace(self.usual, season=COMMON_SEASON)
        return Described.of(logs, self.calendar, self.loudness, chosen, settings)


@dataclass(frozen=True, eq=False)
class Member:
    """What may be in one series of a panel.

    Attributes:
        alone: likely sets of the series as it is.
        apart: of the series less the movement of the others; None in a small panel.
        weight: probability that the second describes it.
    """

    alone: Candidates
    apart: Candidates | None
    weight: float


def learnt(
    names: Sequence[str],
    logs: Floats,
    calendar: Calendar,
    settings: EpisodeSettings,
    progress: Progress = silent,
) -> tuple[Panel, list[Member]]:
    """What a panel teaches, and what may be in each series.

    Args:
        names: of the series.
        logs: shape (n_series, n_periods), NaN where not published.
        calendar: of the periods.
        settings: the fixed default.
        progress: told how many series have been looked at.
    """
    count, periods = logs.shape
    plain = np.array([_less_season(row, calendar) for row in logs])
    scale = np.array([_spread(_innovations(row)) for row in plain])
    loudness = _loudness(plain, calendar)
    others = np.array([_others(plain, scale, i) for i in range(count)])
    start = built_in(periods, settings)
    calm = Regular(*FIRST, settings.trend_size)
    first = Panel(tuple(names), logs, calendar, loudness, calm, calm, others, scale, start, None,
                  0.0)  # fmt: skip
    some = _choosing(scale)
    first = replace(first, chosen=_chosen(first.described, some, start, settings))
    whole = 2 * count if count > FEWEST_OTHERS else count
    found = []
    for i in range(count):
        progress(_LOOKING, i, whole)
        found.append(first.described(i, settings).explore(start, settings))
    alone = pooled(found, start, settings)
    if count <= FEWEST_OTHERS:
        return replace(first, alone=alone), [Member(one, None, 0.0) for one in found]
    first = replace(first, chosen_apart=_chosen(first.departing, some, start, settings))
    beside = []
    for i in range(count):
        progress(_LOOKING, count + i, whole)
        beside.append(first.departing(i, settings).explore(start, settings))
    apart = pooled(beside, start, settings)
    better = np.array([two.log_evidence(apart) - one.log_evidence(alone)
                       for one, two in zip(found, beside, strict=True)])  # fmt: skip
    share = _share(better)
    members = [
        Member(one.likely(alone), two.likely(apart), _weight_apart(float(more), share))
        for one, two, more in zip(found, beside, better, strict=True)
    ]
    return replace(first, alone=alone, apart=apart, share=share), members


def _weight_apart(better: float, share: float) -> float:
    """Probability that a series is described apart, from the log evidence ratio."""
    odds = np.clip(better + np.log(share) - np.log1p(-share), -50, 50)
    return float(1 / (1 + np.exp(-odds)))


def _share(better: Floats) -> float:
    """Part of the series better described apart; each description counts for one beforehand."""
    share = 0.5
    for _ in range(ROUNDS):
        share = (sum(_weight_apart(float(b), share) for b in better) + 1) / (len(better) + 2)
    return share


def _choosing(scale: Floats) -> list[int]:
    """Numbers of the series that choose for all, from the calmest to the loudest."""
    calmest = np.argsort(scale, kind="stable")
    return list(calmest[:: -(-len(calmest) // CHOOSING)].tolist())


def _chosen(
    describe: Callable[[int, EpisodeSettings, Regular], Described],
    some: list[int],
    start: Prior,
    settings: EpisodeSettings,
) -> Regular:
    """Season and drift, one after another, by the evidence of those who choose."""
    narrow = replace(settings, beam=NARROW, kept=NARROW_KEPT)
    best = Regular(*FIRST, settings.trend_size)
    first = [describe(i, settings, best).explore(start, narrow) for i in some]
    among = [one.noises(start, NEAR) for one in first]

    def evidence(choice: Regular) -> float:
        return sum(
            describe(i, settings, choice).explore(start, narrow, noises).log_evidence(start)
            for i, noises in zip(some, among, strict=True)
        )

    reached = sum(one.log_evidence(start) for one in first)
    for field, choices in (("season", settings.season_sizes), ("drift", settings.season_drifts)):
        for value in choices:
            if value == getattr(best, field):
                continue
            tried = replace(best, **{field: value})
            total = evidence(tried)
            if total > reached:
                best, reached = tried, total
    return best


def _less_season(logs: Floats, calendar: Calendar) -> Floats:
    """Logs less the median of their calendar month."""
    if not calendar.seasons:
        known = logs[np.isfinite(logs)]
        return logs - (np.median(known) if known.size else 0.0)
    month = np.array(calendar.season)
    out = np.array(logs)
    for m in range(calendar.per_year):
        rows = logs[month == m]
        known = rows[np.isfinite(rows)]
        out[month == m] -= np.median(known) if known.size else 0.0
    return out


def _innovations(plain: Floats) -> Floats:
    return np.asarray(plain[1:] - MEMORY * plain[:-1])


def _spread(values: Floats) -> float:
    """Robust standard deviation, never zero."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 1.0
    return max(NORMAL * float(np.median(np.abs(known - np.median(known)))), 1e-4)


def _loudness(plain: Floats, calendar: Calendar) -> Floats:
    """How loud each period is, as its calendar month is in all series together.

    What the months differ by beyond chance is kept. A month's own loudness in a series of ten years
    is a guess that costs more than it tells: of six panels of provinces none differ in it.
    """
    if not calendar.seasons:
        return np.ones(plain.shape[1])
    month = np.array(calendar.season)
    steps = np.array([_standard(row, calendar) for row in plain])
    logs = np.log(np.minimum(np.abs(steps), LOUDEST) + QUIETEST)
    each = [logs[:, month == m] for m in range(calendar.per_year)]
    each = [values[np.isfinite(values)] for values in each]
    if min(map(len, each)) < 2:
        return np.ones(plain.shape[1])
    means = np.array([values.mean() for values in each])
    chance = float(np.mean([values.var(ddof=1) / len(values) for values in each]))
    real = float(means.var(ddof=1)) - chance
    kept = max(real, 0.0) / max(real + chance, 1e-12) * (means - means.mean())
    return np.asarray(np.exp(kept)[month])


def _standard(plain: Floats, calendar: Calendar) -> Floats:
    """Innovations of a series in robust standard deviations, again less their season."""
    moves = _innovations(plain)
    return _less_season(np.concatenate([[np.nan], moves]), calendar) / _spread(moves)


def _others(plain: Floats, scale: Floats, i: int) -> Floats:
    """Movement of the other series: a mean that calm ones lead and odd ones do not bend."""
    if len(plain) <= FEWEST_OTHERS:
        return np.zeros(plain.shape[1])
    rest = np.delete(plain, i, axis=0)
    spreads = np.delete(scale, i)
    weights = 1 / (spreads**2 + np.median(spreads) ** 2)
    out = np.full(plain.shape[1], np.nan)
    known = np.isfinite(rest)
    enough = known.sum(axis=0) >= FEWEST_OTHERS
    out[enough] = _huber(rest[:, enough], np.where(known[:, enough], weights[:, None], 0.0))
    return out


def _huber(values: Floats, weights: Floats) -> Floats:
    """Robust means of columns, those without weight left out."""
    middle = np.nanmedian(values, axis=0)
    spread = NORMAL * np.nanmedian(np.abs(values - middle), axis=0)
    held = np.where(weights > 0, values, 0.0)
    far = np.where(spread > 0, HUBER * spread, np.inf)
    start = middle
    for _ in range(5):
        share = weights / np.maximum(np.abs(held - middle) / far, 1.0)
        middle = (share * held).sum(axis=0) / share.sum(axis=0)
    return np.asarray(np.where(spread > 0, middle, start))
