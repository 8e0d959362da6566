"""Breaks of a plain sequence of numbers, with one fixed default and no penalty to choose."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from tanzhe.errors import Fault, Words, refuse
from tanzhe.turning.sequences.candidates import EXACT, LIKELY, candidates, refined
from tanzhe.turning.sequences.effect import effect_of, moves, round_off
from tanzhe.turning.sequences.noise import weights
from tanzhe.turning.sequences.posterior import (
    FINE_SCALES,
    SCALES,
    Posterior,
    posterior,
    posterior_at,
)
from tanzhe.turning.sequences.season import (
    CYCLES,
    find_period,
    without_odd_points,
    without_season,
)
from tanzhe.turning.sequences.segments import Floats, Integers, blocks_between
from tanzhe.turning.sequences.values import Numbers, numbers_of
from tanzhe.turning.sequences.wave import find_wave, without_wave

# A regime has at least three points, or 2 % of the sequence, up to twenty. (1 %, or up to ten: the
# same for most simulated families, but epidemics are cut into waves.)
SHORTEST, SHARE, LONGEST = 3, 0.02, 20
# A break is shown when it lies within a window of positions with this probability: with several
# readers, a point that four in ten would mark raises the expected agreement (F1) with them.
SHOWN = 0.4
# That window: five positions to both sides, fewer in short sequences; beyond 1,000 points also a
# wider one, for small changes whose place is uncertain.
WINDOW, PART_OF_SHORT, PART_OF_LONG = 5, 12, 200
# Share of the probability near a break that its interval holds.
LEVEL = 0.9
# The posterior is coarse on purpose (see `plain_noise`), so where the model is true it is too
# careful: its odds are taken times this. Fitted on steps of 1 to 4 standard deviations in AR(1)
# noise of 60 to 400 points, half without a step: stated differed from right by .111 without, .030
# with it; on 3,000 other sequences by .024. On the simulated families, where the model is not
# true, by .046 without and .083 with it: the price.
ODDS = 2.0
# A spread below this share of the largest value is rounding.
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class Break:
    """One break of a plain sequence.

    Attributes:
        index: position of the first point of the new regime, from 0.
        interval: first and last position the break may have, both included; where points are
            missing, from the one after the last that was seen.
        confidence: probability that a break lies in the interval.
        kind: `step` when the level jumps, `slope` when the trend bends.
        effect: size of the jump, or change of the slope per point, in units of the data.
    """

    index: int
    interval: tuple[int, int]
    confidence: float
    kind: Literal["step", "slope"]
    effect: float


class _Place(NamedTuple):
    """Position, first and last of the interval, and confidence of a break among the points."""

    at: int
    first: int
    last: int
    confidence: float


def breaks(values: Numbers, period: float | None = None) -> list[Break]:
    """Positions where a sequence changes its level or its trend, in their order.

    The exact posterior over all segmentations into levels, lines and parabolas; see
    docs/turning/breaks.md. Up to 400 points every position is considered, beyond that the
    candidates of a screening.

    Args:
        values: at least eight numbers at even distances, decimals and fractions too. Missing: NaN,
            None, and what a mask hides.
        period: length of the season in points, such as 12, 365.25; 0: there is none. None: the
            season that the sequence clearly has, if any, is found and taken out.

    Returns:
        Breaks whose posterior probability is at least .4 (their confidence is then about .55);
        empty when there is none.

    Raises:
        InputError: fewer than eight numbers, infinite ones, such as are no real numbers (text,
            dates, truth values, complex), or more than one dimension; a period below two, or of
            which two do not fit.

    Source:
        Fearnhead 2006, Statistics and Computing 16, 203-213.

    Example:
        >>> flow = [11.2, 11.6, 11.0, 12.1, 11.6, 11.6, 10.8, 12.3, 11.7, 11.4,
        ...         8.0, 8.4, 7.6, 8.7, 7.9, 7.9, 8.4, 7.9, 7.0, 8.2]
        >>> [(b.index, b.kind) for b in breaks(flow)]
        [(10, 'step')]
    """
    numbers = numbers_of(values)
    refuse(_odd_period(period, len(numbers)))
    x, exponent = _scaled(numbers)
    seen = np.flatnonzero(np.isfinite(x))
    known = x[seen]
    if float(known.std()) <= ROUNDING * float(np.abs(known).max()):
        return []
    filled = np.interp(np.arange(len(x)), seen, known)
    smooth, found = _found(filled, seen, period)
    cuts = [0, *(place.at for place in found), len(smooth)]
    out = []
    for k, place in enumerate(found):
        kind, effect = effect_of(smooth[cuts[k] : cuts[k + 2]], place.at - cuts[k])
        out.append(
            Break(
                index=int(seen[place.at]),
                interval=(int(seen[place.first - 1]) + 1, int(seen[place.last])),
                confidence=place.confidence,
                kind=kind,
                effect=_in_unit(effect, exponent),
            )
        )
    return out


def _found(filled: Floats, seen: Integers, period: float | None) -> tuple[Floats, list[_Place]]:
    """The seen points without their season, and the breaks in them."""
    smooth, wave = _without_season(filled, period)
    found = _breaks_of(without_odd_points(smooth[seen]))
    if wave and found:
        # Steps disturb the wave they are found beside: it is taken anew around their levels.
        borders = [0, *(int(seen[place.at]) for place in found), len(filled)]
        levels = np.concatenate(
            [np.full(b - a, np.median(smooth[a:b])) for a, b in pairwise(borders)]
        )
        smooth = without_wave(filled, wave, levels)
        found = _breaks_of(without_odd_points(smooth[seen]))
    return without_odd_points(smooth[seen]), found


def _breaks_of(smooth: Floats) -> list[_Place]:
    spread = float(smooth.std())
    if spread <= ROUNDING * float(np.abs(smooth).max()):
        return []
    posteriors = _search((smooth - np.median(smooth)) / spread)
    chance, borders = _averaged(posteriors), posteriors[0].blocks.borders
    places = [_placed(place, chance, posteriors) for place in _places(chance, borders)]
    return _moving(smooth, places)


def _moving(smooth: Floats, places: list[_Place]) -> list[_Place]:
    """Without breaks at which only the noise changes, judged again after each that goes."""
    at = 0
    while at < len(places):
        first = places[at - 1].at if at else 0
        last = places[at + 1].at if at + 1 < len(places) else len(smooth)
        if moves(smooth[first:last], places[at].at - first):
            at += 1
        else:
            places, at = places[:at] + places[at + 1 :], max(0, at - 1)
    return places


def _odd_period(period: float | None, n: int) -> list[Fault]:
    if period is None or period == 0 or 2 <= period <= n / 2:
        return []
    what = Words(f"周期 {period:g} 不可用", f"A period of {period:g} cannot be used")
    do = Words(f"请给 2 到 {n // 2} 之间的数，或 0", f"Give a number from 2 to {n // 2}, or 0")
    return [Fault(what, do, where="period")]


def _without_season(x: Floats, period: float | None) -> tuple[Floats, float]:
    """The sequence without its season, told or clearly there; and the period of a smooth one."""
    if period is None:
        if sharp := find_period(x):
            return without_season(x, sharp), 0.0
        wave = find_wave(x)
        return (without_wave(x, wave), wave) if wave else (x, 0.0)
    if period == 0:
        return x, 0.0
    if period == int(period) and len(x) >= CYCLES * period:
        return without_season(x, int(period)), 0.0
    return without_wave(x, period), period


def _scaled(x: Floats) -> tuple[Floats, int]:
    """Values of size one, by a power of two so that no digit changes, and its exponent."""
    largest = float(np.nanmax(np.abs(x)))
    exponent = int(np.frexp(largest)[1]) if largest > 0 else 0
    return np.ldexp(x, -exponent), exponent


def _in_unit(effect: float, exponent: int) -> float:
    """The effect in units of the data; the largest number there is where it would be larger."""
    most = float(np.finfo(np.float64).max)
    with np.errstate(over="ignore"):
        return round_off(float(np.clip(np.ldexp(effect, exponent), -most, most)))


def _search(z: Floats) -> list[Posterior]:
    """One posterior for each reading of the noise; all have the same borders."""
    n = len(z)
    shortest = max(SHORTEST, min(int(SHARE * n), LONGEST))
    blocks = blocks_between(z, candidates(z))
    first = posterior(blocks, shortest, 1.0, scales=FINE_SCALES)
    counts = weights(z, first.best)
    found = [posterior(blocks, shortest, w, max(first.scale, SCALES[0])) for w in counts]
    if n <= EXACT:
        return found
    chance = _averaged(found)
    order = np.argsort(-chance, kind="stable")
    likely = blocks.borders[order[chance[order] > LIKELY]]
    closer = blocks_between(z, refined(blocks.borders, likely, n))
    return [posterior_at(closer, shortest, w, p.scale) for w, p in zip(counts, found, strict=True)]


def _averaged(posteriors: list[Posterior]) -> Floats:
    """Probability of a break at each border, readings of the noise with equal weight."""
    return np.asarray(np.mean([p.probabilities for p in posteriors], axis=0))


def _windows(n: int) -> list[int]:
    """Half-widths of the windows that are looked through, one after the other."""
    first = min(WINDOW, max(1, n // PART_OF_SHORT))
    return sorted({first, max(first, n // PART_OF_LONG)})


def _places(chance: Floats, borders: Integers) -> list[tuple[int, int, int]]:
    """Numbers of the borders shown, each with the first and last border of its neighbourhood."""
    chance = chance.copy()
    out: list[tuple[int, int, int]] = []
    for reach in _windows(int(borders[-1])):
        low = np.searchsorted(borders, borders - reach)
        high = np.searchsorted(borders, borders + reach, side="right")
        out = _widened(sorted(out), low, high)
        for _, first, last in out:
            chance[first:last] = 0.0
        while True:
            sums = np.concatenate([[0.0], np.cumsum(chance)])
            near = sums[high] - sums[low]
            top = int(near.round(12).argmax())
            if near[top] < SHOWN:
                break
            at = int(low[top] + chance[low[top] : high[top]].argmax())
            out.append((at, int(low[at]), int(high[at])))
            chance[low[at] : high[at]] = 0.0
    return sorted(out)


def _widened(
    places: list[tuple[int, int, int]], low: Integers, high: Integers
) -> list[tuple[int, int, int]]:
    """The same places, their neighbourhoods as wide as the new window, up to half-way to others."""
    out = []
    for k, (at, first, last) in enumerate(places):
        left = (places[k - 1][0] + at) // 2 + 1 if k else 0
        right = (places[k + 1][0] + at) // 2 + 1 if k + 1 < len(places) else len(low)
        wide = max(int(low[at]), left), min(int(high[at]), right)
        out.append((at, min(first, wide[0]), max(last, wide[1])))
    return out


def _placed(place: tuple[int, int, int], chance: Floats, posteriors: list[Posterior]) -> _Place:
    """Position, interval and confidence of a break."""
    at, low, high = place
    borders = posteriors[0].blocks.borders
    first, last = _shortest_run(chance, at, low, high)
    inside = float(np.mean([p.probability_within(first, last) for p in posteriors]))
    return _Place(int(borders[at]), int(borders[first]), int(borders[last]), surer(inside, ODDS))


def surer(chance: float, odds: float) -> float:
    """The probability whose odds are so many times as large.

    Example:
        >>> surer(0.5, 3.0)
        0.75
    """
    return odds * chance / (1 + (odds - 1) * chance)


def _shortest_run(chance: Floats, at: int, low: int, high: int) -> tuple[int, int]:
    """The run around the likeliest border that grows to the likelier side until it holds LEVEL."""
    first = last = at
    held, all_near = float(chance[at]), float(chance[low:high].sum())
    while held < LEVEL * all_near:
        before = float(chance[first - 1]) if first > low else -1.0
        after = float(chance[last + 1]) if last + 1 < high else -1.0
        if before > after:
            first -= 1
        else:
            last += 1
        held += max(before, after)
    return first, last
