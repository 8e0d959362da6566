"""What moved thermal generation: comparisons of the balance of electricity that add up.

Every comparison is linear in the terms and made over the same periods for all of them, so the
contributions add up to the change of thermal generation exactly. A source that is published for
part of the periods only is not told apart in it: it stays in the rest, and is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from tanzhe.model import Episode, Episodes, PowerChange, PowerShare, PowerSystem
from tanzhe.model.power import ChangeOf, Comparison
from tanzhe.notes import note_of
from tanzhe.series.power import CONSUMPTION, HYDRO, NET_EXCHANGE, THERMAL, material

Floats = NDArray[np.float64]
# What lasts longer is told by its first year; a bend or plateau by the last one.
A_YEAR = 11
# Season and straight line come from at most five years, and from no less than three.
LONGEST, SHORTEST = 5 * A_YEAR, 3 * A_YEAR
# Water is named as what moved thermal power where it is half of all that pushed that way.
MOST = 0.5

LESS_WATER = note_of("less_water")
MORE_WATER = note_of("more_water")


@dataclass(frozen=True, eq=False)
class _Terms:
    """Terms as arrays of shape (n_periods,), NaN where not published."""

    periods: tuple[str, ...]
    values: dict[str, Floats]
    sources: tuple[str, ...]
    material: tuple[str, ...]

    @classmethod
    def of(cls, system: PowerSystem) -> "_Terms":
        flows = {flow.term: flow.values for flow in system.sources}
        flows |= {THERMAL: system.thermal, CONSUMPTION: system.consumption}
        values = {
            name: np.array([np.nan if v is None else v for v in row]) for name, row in flows.items()
        }
        sources = tuple(flow.term for flow in system.sources)
        return cls(system.periods, values, sources, material(values, sources))

    def known(self, names: Sequence[str], at: Sequence[int]) -> NDArray[np.bool_]:
        """Which of the positions have all of the terms."""
        figures = np.array([self.values[name][list(at)] for name in names])
        return np.asarray(np.isfinite(figures).all(axis=0))

    @property
    def needed(self) -> tuple[str, ...]:
        """Terms without which a period cannot be compared."""
        return (THERMAL, CONSUMPTION, *self.material)

    def changed(self, names: Sequence[str], weights: Floats, at: Sequence[int]) -> dict[str, float]:
        """A linear comparison of terms, with the rest that closes the balance."""
        # Summed exactly: a dot product depends on where its numbers lie in memory.
        out = {name: fsum(weights * self.values[name][list(at)]) for name in names}
        others = sum(out[name] for name in names if name not in (THERMAL, CONSUMPTION))
        out[NET_EXCHANGE] = out[CONSUMPTION] - out[THERMAL] - others
        return out


def changes_by_year(system: PowerSystem) -> tuple[PowerChange, ...]:
    """Each year against the one before, month by month: both are compared where both are known."""
    years = sorted({period[:4] for period in system.periods})
    found = (
        _year_before(system, "year", [p for p in system.periods if p[:4] == year]) for year in years
    )
    return tuple(change for change in found if change is not None)


def last_twelve_months(system: PowerSystem) -> PowerChange | None:
    """The last twelve months against the twelve before, or None without them."""
    return _year_before(system, "twelve_months", system.periods[-A_YEAR:])


def changes_of_span(
    system: PowerSystem, first: str, last: str, others: Sequence[Episode] = ()
) -> tuple[PowerChange, ...]:
    """What moved thermal power in a run of periods somebody asks about.

    Args:
        system: of the region, with the years before.
        first: first period; a merged one is written YYYY-02.
        last: last period.
        others: episodes of its thermal generation; their periods teach no season and trend.

    Returns:
        Against the expected path (spans up to a year), then against the last same months before;
        what can be compared.
    """
    span = [p for p in system.periods if first <= p <= last]
    if not span:
        return ()
    # A straight line says little of what comes years after it.
    expected = _expected(system, "span", span, others) if len(span) <= A_YEAR else None
    both = (expected, _year_before(system, "span", span))
    return tuple(change for change in both if change is not None)


def changes_by_month(
    system: PowerSystem, since: str, others: Sequence[Episode] = ()
) -> tuple[PowerChange, ...]:
    """Each month against its expected path, from a period on; what can be compared.

    Args:
        system: of the region, with the years before.
        since: first period.
        others: episodes of its thermal generation; their periods teach no season and trend.
    """
    found = (_expected(system, "span", [p], others) for p in system.periods if p >= since)
    return tuple(change for change in found if change is not None)


def changes_of_episode(
    system: PowerSystem, episode: Episode, others: Sequence[Episode] = ()
) -> tuple[PowerChange, ...]:
    """What the other terms did while thermal power was off its course.

    Args:
        system: of the region.
        episode: of its thermal generation, or of its power sector.
        others: all episodes of that series; their periods teach no season and trend.

    Returns:
        Against the expected path (where three years before it are known), then against the same
        months before it began; empty where neither can be compared.
    """
    life = _life(system.periods, episode)
    if not life:
        return ()
    begin, id = episode.begin, episode.id
    both = (
        _expected(system, "episode", life, others, begin, id),
        _year_before(system, "episode", life, begin, id),
    )
    return tuple(change for change in both if change is not None)


def with_water(found: Episodes, system: PowerSystem) -> Episodes:
    """The episodes of thermal power, those that answer to water with its share and a note.

    Args:
        found: episodes of thermal generation or of the power sector.
        system: of the same region.
    """
    told = tuple(_with_share(one, system, found.episodes) for one in found.episodes)
    return found.model_copy(update={"episodes": told})


def _with_share(one: Episode, system: PowerSystem, every: Sequence[Episode]) -> Episode:
    if one.scope == "data":
        return one
    told = changes_of_episode(system, one, every)
    water = told[0].share_of(HYDRO) if told and told[0].thermal * one.depth_percent > 0 else None
    if water is None or water.share is None:
        return one
    update: dict[str, object] = {"explained_by_water": round(water.share, 2)}
    if water.share >= MOST:
        note = LESS_WATER if water.contribution > 0 else MORE_WATER
        update["notes"] = (*one.notes, note)
    return one.model_copy(update=update)


def _life(periods: Sequence[str], episode: Episode) -> list[str]:
    """The periods an episode is told by."""
    life = [p for p in periods if p >= episode.begin and (episode.end is None or p < episode.end)]
    return life[-A_YEAR:] if episode.family == "trend" else life[:A_YEAR]


def _year_before(
    system: PowerSystem, of: ChangeOf, span: Sequence[str], begin: str = "", id: str | None = None
) -> PowerChange | None:
    """A span against the last same months that lie before it, or before `begin`."""
    terms = _Terms.of(system)
    first = begin or span[0]
    at, base = [], []
    for period in span:
        before = [i for i, p in enumerate(terms.periods) if p < first and p[5:] == period[5:]]
        if before:
            at.append(terms.periods.index(period))
            base.append(before[-1])
    if not at:
        return None
    held = terms.known(terms.needed, at) & terms.known(terms.needed, base)
    if not held.any():
        return None
    now, then = list(np.array(at)[held]), list(np.array(base)[held])
    split = tuple(n for n in terms.sources if terms.known([n], [*now, *then]).all())
    names = (THERMAL, CONSUMPTION, *split)
    weights = np.r_[np.ones(len(now)), -np.ones(len(then))]
    changed = terms.changed(names, weights, [*now, *then])
    usual = fsum(terms.values[THERMAL][then])
    return _change(terms, (of, id), "year_before", span, now, changed, usual)


def _expected(
    system: PowerSystem,
    of: ChangeOf,
    span: Sequence[str],
    others: Sequence[Episode],
    begin: str = "",
    id: str | None = None,
) -> PowerChange | None:
    """A span against season and straight line of every term in the years before it.

    The path is a least-squares fit, linear in the figures: the expected terms add up as the
    figures do.
    """
    terms = _Terms.of(system)
    first = terms.periods.index(begin or span[0])
    off = {p for one in others for p in _whole_life(terms.periods, one)}
    before = [i for i in range(max(0, first - LONGEST), first) if terms.periods[i] not in off]
    taught = list(np.array(before, dtype=int)[terms.known(terms.needed, before)]) if before else []
    at = [terms.periods.index(p) for p in span]
    now = list(np.array(at)[terms.known(terms.needed, at)])
    months = {terms.periods[i][5:] for i in taught}
    if len(taught) < SHORTEST or not now or any(terms.periods[i][5:] not in months for i in now):
        return None
    split = tuple(n for n in terms.sources if terms.known([n], [*taught, *now]).all())
    # Sum over the span of the projection, as weights of the figures that taught it.
    project = _regressors(terms.periods, now) @ np.linalg.pinv(_regressors(terms.periods, taught))
    weights = np.r_[np.ones(len(now)), -project.sum(axis=0)]
    names = (THERMAL, CONSUMPTION, *split)
    changed = terms.changed(names, weights, [*now, *taught])
    usual = fsum(terms.values[THERMAL][now]) - changed[THERMAL]
    return _change(terms, (of, id), "expected", span, now, changed, usual)


def _whole_life(periods: Sequence[str], one: Episode) -> list[str]:
    """Periods in which a passing episode was at work; what lasts is the new course."""
    if one.end is None:
        return []
    return [p for p in periods if one.begin <= p < one.end]


def _regressors(periods: Sequence[str], at: Sequence[int]) -> Floats:
    """Months of the year and a straight line, shape (n_periods, 12)."""
    months = [f"-{m:02d}" for m in range(2, 13)]
    season = np.array([[periods[i].endswith(m) for m in months] for i in at], dtype=float)
    return np.column_stack([season, np.array(at, dtype=float) / A_YEAR])


def _change(
    terms: _Terms,
    of: tuple[ChangeOf, str | None],
    against: Comparison,
    span: Sequence[str],
    now: Sequence[int],
    changed: dict[str, float],
    usual: float,
) -> PowerChange:
    thermal = changed.pop(THERMAL)
    compared = tuple(terms.periods[i] for i in now)
    return PowerChange(
        of=of[0],
        episode=of[1],
        against=against,
        periods=compared,
        left_out=tuple(p for p in span if p not in compared),
        thermal=thermal,
        thermal_percent=100 * thermal / usual if usual > 0 else 0.0,
        shares=_shares(changed, thermal),
        unsplit=tuple(name for name in terms.sources if name not in changed),
    )


def _shares(changed: dict[str, float], thermal: float) -> tuple[PowerShare, ...]:
    pushed = {name: x if name == CONSUMPTION else -x for name, x in changed.items()}
    along = sum(x for x in pushed.values() if x * thermal > 0)
    found = [
        PowerShare(
            term=name,
            change=changed[name],
            contribution=push,
            share=min(1.0, push / along) if push * thermal > 0 else None,
        )
        for name, push in pushed.items()
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.contribution)))
