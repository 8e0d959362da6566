"""All likely sets of one series under every noise, and what a prior makes of them."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tanzhe.turning.calendar import Calendar, Floats, Integers
from tanzhe.turning.episodes.beam import Sets, Sizes, search, sizes_of
from tanzhe.turning.episodes.noise import Regular, White, regular, whitened
from tanzhe.turning.episodes.settings import SHAPES, TREND, EpisodeSettings
from tanzhe.turning.noise import Noise

Mask = NDArray[np.bool_]
# Expectation maximisation ends when nothing moves by more than this share, at most so many times.
SETTLED, ROUNDS = 1e-3, 60
# Sets this much less likely than the likeliest are left out of tables.
UNLIKELY = 1e-4
# So many periods without a figure are a gap: where in it something begins does not show.
GAP = 3


@dataclass(frozen=True)
class Prior:
    """Log weights of the noises, and log of the expected events of each kind in a series."""

    log_weights: Floats
    log_rates: Floats


def built_in(periods: int, settings: EpisodeSettings, *, rarer: float = 1.0) -> Prior:
    """The prior before a panel is seen; `rarer` divides the rates."""
    weights = np.array(settings.noise_weights)
    lengths = np.where(np.arange(len(SHAPES)) == TREND, 1.0, periods / 100)
    rates = np.array(settings.rates) * lengths / rarer
    return Prior(np.log(weights / weights.sum()), np.log(rates))


@dataclass(frozen=True, eq=False)
class Candidates:
    """The likely sets of one series.

    Attributes:
        described: the series.
        sets: by noise; None where a noise is hopeless.
    """

    described: "Described"
    sets: tuple[Sets | None, ...]

    def log_posterior(self, prior: Prior) -> list[Floats]:
        """Log posterior of every set up to a constant, by noise; empty where hopeless."""
        return [
            np.empty(0) if sets is None else sets.evidence + sets.counts @ prior.log_rates + weight
            for sets, weight in zip(self.sets, prior.log_weights, strict=True)
        ]

    def log_evidence(self, prior: Prior) -> float:
        """Log probability of the series, everything averaged over."""
        logs = np.concatenate(self.log_posterior(prior))
        top = float(logs.max())
        return top + float(np.log(np.exp(logs - top).sum()))

    def likeliest(self, prior: Prior, among: Sequence[int] | None = None) -> int:
        """Number of the noise of the likeliest set; the first of some where none of them is."""
        tops = [logs.max() if logs.size else -np.inf for logs in self.log_posterior(prior)]
        return max(range(len(tops)) if among is None else among, key=lambda k: tops[k])

    def noises(self, prior: Prior, near: float) -> list[int]:
        """Numbers of the noises whose likeliest set is so near the likeliest of all."""
        tops = [logs.max() if logs.size else -np.inf for logs in self.log_posterior(prior)]
        return [i for i, top in enumerate(tops) if top >= max(tops) - near]

    def likely(self, prior: Prior) -> "Candidates":
        """Those that a table is made of; a noise without any is hopeless."""
        logs = self.log_posterior(prior)
        least = max(one.max() for one in logs if one.size) + np.log(UNLIKELY)
        return Candidates(
            self.described,
            tuple(
                None if sets is None or not (log >= least).any() else sets.at(log >= least)
                for sets, log in zip(self.sets, logs, strict=True)
            ),
        )

    def table(self, prior: Prior, settings: EpisodeSettings) -> "Table":
        """The likely sets of all noises under a prior, one table."""
        logs = self.log_posterior(prior)
        top = max(one.max() for one in logs if one.size)
        shown = _shown(np.isfinite(self.described.logs))
        parts = [
            _part(
                self.described.whitened(noise, settings), sets, np.exp(log - top), shown, settings
            )
            for noise, sets, log in zip(settings.noises, self.sets, logs, strict=True)
            if sets is not None and log.max() >= top + np.log(UNLIKELY)
        ]
        return _joined(parts)


@dataclass(frozen=True, eq=False)
class Table:
    """Every event of every likely set, one a row.

    Attributes:
        weight: posterior probability of each set.
        sizes: of the events of each set.
        set: which set a row belongs to, as are all that follow shape (n_rows,).
        kind: index into SHAPES.
        begin: first period that shows it: after a gap, where it may have begun in the gap.
        full: first period at full size.
        end: first period after it.
        single: over after one period, or nearly so.
        mean: posterior mean of its size, in logs.
        columns: its shape, shape (n_periods, n_rows).
    """

    weight: Floats
    sizes: list[Sizes]
    set: Integers
    kind: Integers
    begin: Integers
    full: Integers
    end: Integers
    single: Mask
    mean: Floats
    columns: Floats

    def probability(self, rows: Mask) -> float:
        """Posterior probability that at least one of the rows is there."""
        there = np.zeros(len(self.weight), dtype=bool)
        there[self.set[rows]] = True
        return min(1.0, float(self.weight[there].sum()))

    def path(self, rows: Mask) -> Floats:
        """Posterior mean of the sum of some rows, shape (n_periods,)."""
        return np.asarray(self.columns @ (self.weight[self.set] * self.mean * rows))


def _shown(known: Mask) -> Integers:
    """Where what begins in each period shows: of a gap, in the first period after it.

    The last entry, reached by -1, is that of a trend that is steeper throughout: it begins nowhere.
    """
    shown = np.append(np.arange(len(known)), -1)
    edges = np.diff(np.concatenate([[True], known, [True]]).astype(int))
    for first, after in zip(np.flatnonzero(edges < 0), np.flatnonzero(edges > 0), strict=True):
        if after - first >= GAP and after < len(known):
            shown[first:after] = after
    return shown


def _part(
    white: White, sets: Sets, weight: Floats, shown: Integers, settings: EpisodeSettings
) -> Table:
    """The likely sets under one noise; weights are against that of the likeliest of all."""
    likely = np.flatnonzero(weight >= UNLIKELY)
    sizes = sizes_of(white, sets, likely, settings)
    members = np.concatenate([one.members for one in sizes])
    shapes = white.shapes
    return Table(
        weight=weight[likely],
        sizes=sizes,
        set=np.repeat(np.arange(len(likely)), [len(one.members) for one in sizes]),
        kind=shapes.kind[members],
        begin=shown[shapes.begin[members]],
        full=shapes.full[members],
        end=shapes.end[members],
        single=shapes.single[members],
        mean=np.concatenate([one.mean for one in sizes]),
        columns=shapes.columns(members),
    )


def _joined(parts: Sequence[Table]) -> Table:
    """The sets of several noises as one table."""
    weight = np.concatenate([one.weight for one in parts])
    starts = np.cumsum([0, *(len(one.weight) for one in parts[:-1])])

    def gathered(name: str) -> Any:
        return np.concatenate([getattr(one, name) for one in parts])

    return Table(
        weight=weight / weight.sum(),
        sizes=[size for one in parts for size in one.sizes],
        set=np.concatenate([one.set + start for one, start in zip(parts, starts, strict=True)]),
        kind=gathered("kind"),
        begin=gathered("begin"),
        full=gathered("full"),
        end=gathered("end"),
        single=gathered("single"),
        mean=gathered("mean"),
        columns=np.concatenate([one.columns for one in parts], axis=1),
    )


@dataclass(frozen=True, eq=False)
class Described:
    """A series and what is regular in it, ready for the search.

    Attributes:
        logs: shape (n_periods,), NaN where not published.
        calendar: of the periods.
        loudness: of each period, shape (n_periods,).
        base: covariance of everything regular.
    """

    logs: Floats
    calendar: Calendar
    loudness: Floats
    base: Floats

    @classmethod
    def of(
        cls,
        logs: Floats,
        calendar: Calendar,
        loudness: Floats,
        chosen: Regular,
        settings: EpisodeSettings,
    ) -> "Described":
        """A series on a calendar, with the regular parts that its panel chose."""
        return cls(logs, calendar, loudness, regular(calendar, chosen, settings))

    def whitened(self, noise: Noise, settings: EpisodeSettings) -> White:
        """The series and all shapes under a noise."""
        return whitened(self.logs, self.calendar, self.loudness, noise, self.base, settings)

    def explore(
        self, prior: Prior, settings: EpisodeSettings, among: Container[int] | None = None
    ) -> Candidates:
        """Search under every noise that is not hopeless, from the likeliest outwards.

        Args:
            prior: of noises and events.
            settings: beam and limits.
            among: numbers of the noises to look at; None: all.
        """
        found: dict[int, Sets] = {}
        evidence: dict[int, float] = {}
        for index in _outwards(prior.log_weights, settings):
            if among is not None and index not in among:
                continue
            if evidence and _hopeless(index, evidence, settings):
                continue
            white = self.whitened(settings.noises[index], settings)
            sets = search(white, prior.log_rates, settings)
            found[index] = sets
            evidence[index] = float((sets.evidence + sets.counts @ prior.log_rates).max())
        return Candidates(self, tuple(found.get(i) for i in range(len(settings.noises))))


def _outwards(weights: Floats, settings: EpisodeSettings) -> list[int]:
    """The noises from the middle outwards: a neighbour's evidence tells whether to go on."""
    middle = int(np.argmax(weights))
    return sorted(range(len(settings.noises)), key=lambda i: abs(i - middle))


def _hopeless(index: int, evidence: dict[int, float], settings: EpisodeSettings) -> bool:
    nearest = min(evidence, key=lambda i: abs(i - index))
    return evidence[nearest] < max(evidence.values()) - settings.hopeless


def pooled(panel: Sequence[Candidates], start: Prior, settings: EpisodeSettings) -> Prior:
    """The prior that a panel supports, the built-in one counting for some series more."""
    prior, own = start, settings.prior_series
    counts = [np.concatenate([s.counts for s in one.sets if s is not None]) for one in panel]
    noises = [
        np.repeat(np.arange(len(one.sets)), [0 if s is None else len(s.evidence) for s in one.sets])
        for one in panel
    ]
    for _ in range(ROUNDS):
        weights, events = own * np.exp(start.log_weights), own * np.exp(start.log_rates)
        for one, count, noise in zip(panel, counts, noises, strict=True):
            logs = np.concatenate(one.log_posterior(prior))
            share = np.exp(logs - logs.max())
            share = share / share.sum()
            weights = weights + np.bincount(noise, weights=share, minlength=len(weights))
            events = events + share @ count
        after = Prior(np.log(weights / weights.sum()), np.log(events / (own + len(panel))))
        moved = max(np.abs(after.log_weights - prior.log_weights).max(),
                    np.abs(after.log_rates - prior.log_rates).max())  # fmt: skip
        prior = after
        if moved < SETTLED:
            break
    return prior
