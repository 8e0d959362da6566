"""What the series of a panel teach each other: correlation of the noise, rate of events.

Autocorrelation and the rate of events decide what counts as evidence, and one series says little
about either. Their distributions are estimated from all series of a panel (expectation
maximisation, the built-in prior counting for a few series more), and each series is then judged
under all autocorrelations at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tanzhe.turning.calendar import Calendar, Floats, Integers
from tanzhe.turning.noise import Noise
from tanzhe.turning.panels.robust.design import Design, design
from tanzhe.turning.panels.robust.search import Models, log_sum, search
from tanzhe.turning.panels.robust.settings import Settings

# Expectation maximisation ends when no weight or rate moves by more than this share of it.
SETTLED = 1e-3
ROUNDS = 50
# The size of trends is judged from at most so many series of a panel.
TRENDS_FROM = 10
# An event of so many prior standard deviations asks whether events of this series are larger.
LARGE = 3.0
# How much larger they may be.
WIDER = 10.0
# An autocorrelation whose evidence is so many log units below the best is not looked at further.
HOPELESS = 10.0


@dataclass(frozen=True)
class Values:
    """A series ready for the search: logarithms, and which periods are missing."""

    calendar: Calendar
    logs: Floats
    missing: tuple[int, ...]

    @classmethod
    def of(cls, logs: Floats, calendar: Calendar) -> "Values":
        """From an array of shape (n_periods,) with NaN where nothing is published."""
        missing = np.flatnonzero(~np.isfinite(logs))
        return cls(calendar, np.where(np.isfinite(logs), logs, 0.0), tuple(missing.tolist()))

    def design(self, noise: Noise, settings: Settings) -> Design:
        """The design of this calendar, its gaps, and a noise."""
        return design(self.calendar, self.missing, noise, settings)


@dataclass(frozen=True)
class Prior:
    """Weights of the autocorrelations, and log of the expected components of each kind."""

    log_weights: Floats
    log_rates: Floats


@dataclass(frozen=True)
class Candidates:
    """Everything found for one series before priors: models and designs by autocorrelation."""

    values: Values
    models: tuple[Models | None, ...]

    def log_posterior(self, prior: Prior) -> list[Floats | None]:
        """Unnormalised log posterior of every model, by autocorrelation."""
        out: list[Floats | None] = []
        for models, weight in zip(self.models, prior.log_weights, strict=True):
            if models is None:
                out.append(None)
            else:
                out.append(models.log_evidence + models.log_prior(prior.log_rates) + weight)
        return out

    def largest(self, prior: Prior) -> float:
        """Largest effect of the likeliest set, in prior standard deviations."""
        sets = [
            (float(logs.max()), float(models.largest[int(np.argmax(logs))]))
            for models, logs in zip(self.models, self.log_posterior(prior), strict=True)
            if models is not None and logs is not None
        ]
        return max(sets)[1]

    def log_evidence(self, prior: Prior) -> float:
        """Log probability of the series, everything averaged over."""
        return log_sum(np.concatenate([p for p in self.log_posterior(prior) if p is not None]))


def built_in(periods: int, settings: Settings) -> Prior:
    """The prior before any series is seen, for series of `periods` periods."""
    rates = np.array(settings.rates) * periods / 100
    weights = np.array(settings.noise_weights)
    return Prior(np.log(weights / weights.sum()), np.log(rates))


def explore(values: Values, prior: Prior, settings: Settings) -> Candidates:
    """What may be in a series, for events of the usual sizes or, where it shows such, larger ones.

    Sizes are in units of the noise. An event that dwarfs it would be shrunk, and the noise thought
    larger than it is, if no larger sizes were expected.
    """
    usual = _explored(values, prior, settings)
    if usual.largest(prior) < LARGE:
        return usual
    step, slope = settings.step_size * WIDER, settings.slope_size * WIDER
    wider = _explored(values, prior, replace(settings, step_size=step, slope_size=slope))
    return max(usual, wider, key=lambda found: found.log_evidence(prior))


def _explored(values: Values, prior: Prior, settings: Settings) -> Candidates:
    """Search under every autocorrelation that is not hopeless, starting from the likeliest."""
    found: dict[int, Models] = {}
    evidence: dict[int, float] = {}

    def look(index: int) -> None:
        design = values.design(settings.noises[index], settings)
        models = search(design, values.logs, prior.log_rates, settings)
        found[index] = models
        total = models.log_evidence + models.log_prior(prior.log_rates)
        evidence[index] = float(log_sum(total))

    middle = int(np.argmax(prior.log_weights))
    for step in (-1, 1):
        index = middle if step == -1 else middle + 1
        while 0 <= index < len(settings.noises):
            look(index)
            if evidence[index] < max(evidence.values()) - HOPELESS:
                break
            index += step
    models = tuple(found.get(i) for i in range(len(settings.noises)))
    return Candidates(values, models)


def pooled(panel: Sequence[Candidates], start: Prior, settings: Settings) -> Prior:
    """The prior that the panel supports, the built-in one counting for `prior_series` series."""
    prior, own, models = start, settings.prior_series, _AllModels.of(panel)
    for _ in range(ROUNDS):
        posterior = models.posterior(prior)
        weights = own * np.exp(start.log_weights)
        weights += np.bincount(models.rho, weights=posterior, minlength=len(weights))
        events = own * np.exp(start.log_rates) + posterior @ models.counts
        after = Prior(np.log(weights / weights.sum()), np.log(events / (own + len(panel))))
        moved = max(
            np.ptp(after.log_weights - prior.log_weights),
            np.abs(after.log_rates - prior.log_rates).max(),
        )
        prior = after
        if moved < SETTLED:
            break
    return prior


@dataclass(frozen=True)
class _AllModels:
    """The models of all series of a panel in one table.

    Attributes:
        evidence: log evidence with the places of the components, shape (n_models,).
        counts: components of each kind, shape (n_models, n_kinds).
        rho: number of the autocorrelation, shape (n_models,).
        first: where the models of each series begin, shape (n_series,).
        series: number of the series, shape (n_models,).
    """

    evidence: Floats
    counts: Integers
    rho: Integers
    first: Integers
    series: Integers

    @classmethod
    def of(cls, panel: Sequence[Candidates]) -> "_AllModels":
        found = [
            (number, rho, models)
            for number, one in enumerate(panel)
            for rho, models in enumerate(one.models)
            if models is not None
        ]
        sizes = [len(models.log_evidence) for _, _, models in found]
        series = np.repeat([number for number, _, _ in found], sizes)
        even = np.zeros(found[0][2].counts.shape[1])
        return cls(
            evidence=np.concatenate([m.log_evidence + m.log_prior(even) for _, _, m in found]),
            counts=np.concatenate([m.counts for _, _, m in found]),
            rho=np.repeat([rho for _, rho, _ in found], sizes),
            first=np.searchsorted(series, np.arange(len(panel))),
            series=series,
        )

    def posterior(self, prior: Prior) -> Floats:
        """Posterior probability of each model among those of its series."""
        logs = self.evidence + self.counts @ prior.log_rates + prior.log_weights[self.rho]
        shares: Floats = np.exp(logs - np.maximum.reduceat(logs, self.first)[self.series])
        return np.asarray(shares / np.add.reduceat(shares, self.first)[self.series])


def with_trend_size(panel: Sequence[Values], settings: Settings) -> Settings:
    """The settings with the trend size that the panel's evidence prefers.

    A lone series, or yearly ones, may grow so steadily that the trend dwarfs the noise: without
    larger sizes to choose from, a kink near the start would be cheaper than the trend. Months of
    a panel share one size, and most do not grow so.

    Args:
        panel: series of one source and sector; some of them, evenly spread, are enough.
        settings: with a narrow beam.
    """
    sizes = [settings.trend_size, settings.calm_trend_size]
    if len(panel) == 1 or panel[0].calendar.per_year == 1:
        sizes += [settings.trend_size * wider for wider in (WIDER, WIDER**2)]
    choices = [replace(settings, trend_size=size) for size in sizes]
    some = panel[:: -(-len(panel) // TRENDS_FROM)]
    start = built_in(len(panel[0].logs), settings)
    return max(
        choices,
        key=lambda choice: sum(
            explore(values, start, choice).log_evidence(start) for values in some
        ),
    )
