"""How unusual a window is among the windows of comparable regions in which nothing is known."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.effects.correction import Span
from tanzhe.effects.gaps import Side
from tanzhe.effects.panel import SIDES, Answer, Measured, Panel
from tanzhe.effects.settings import FEWEST_OWN_PLACEBOS, FEWEST_PLACEBOS, LEVEL
from tanzhe.effects.weights import Floats

Signs = tuple[int, ...]


class Size(NamedTuple):
    """A measured size in logs with its interval, its probability by chance, and of which fits."""

    log: float
    low: float
    high: float
    noise: float
    p_value: float
    answer: Answer
    side: Side


class Rows(NamedTuple):
    """What the panel measured for both answers and sides; own rows of one region beside it.

    Attributes:
        panel: by answer and side, shape (periods, regions).
        own: the same of the region asked, shape (periods,); with its own donors.
    """

    panel: dict[tuple[Answer, Side], Measured]
    own: dict[tuple[Answer, Side], Measured]


def rows_of(panel: Panel, region: int, window: Span, donors: Sequence[int] | None) -> Rows:
    """The measurements behind one question.

    Args:
        panel: all regions.
        region: row of the region asked.
        window: periods measured after the start.
        donors: rows it is compared with; None: all others.
    """
    answers: tuple[Answer, ...] = ("own",) if len(panel.regions) == 1 else ("own", "excess")
    whole = {(a, side): panel.measured(side, a, window) for a in answers for side in SIDES}
    own = {key: Measured(*(part[:, region] for part in found)) for key, found in whole.items()}
    if donors is not None and "excess" in answers:
        for side in SIDES:
            found, _ = panel.with_donors(region, donors, side, window)
            own["excess", side] = Measured(*(part[:, 0] for part in found))
    return Rows(whole, own)


class Reference(NamedTuple):
    """Windows in which nothing is known to have happened: placebos.

    Attributes:
        region: row of the region asked.
        regions: rows it is compared with.
        quiet: windows in which nothing is known to have happened, shape (periods, regions).
        own: whether its own other dates are placebos too.
    """

    region: int
    regions: NDArray[np.intp]
    quiet: NDArray[np.bool_]
    own: bool

    def of(self, panel: Floats, own: Floats, away: NDArray[np.bool_]) -> Floats:
        """Finite values of a statistic in the reference windows."""
        values = panel[:, self.regions][self.quiet[:, self.regions]]
        found = values[np.isfinite(values)]
        if not self.own:
            return found
        others = own[self.quiet[:, self.region] & away]
        return np.concatenate([found, others[np.isfinite(others)]])


def reference(panel: Panel, region: int, quiet: NDArray[np.bool_]) -> Reference:
    """The half of the other regions whose noise is nearest, at quiet starts.

    Regions differ in noise and in its tails: large ones are quiet. A comparison with all would
    find too little in large regions and too much in small ones. Where that makes fewer than 300
    windows, the region's own other dates are added.

    Args:
        panel: all regions.
        region: row of the region asked.
        quiet: windows in which nothing is known to have happened, shape (periods, regions).
    """
    others = np.array([row for row in range(len(panel.regions)) if row != region], dtype=np.intp)
    loud = np.log(panel.loudness)
    apart = np.abs(loud[others] - loud[region])
    apart = np.where(np.isfinite(apart), apart, np.inf)
    nearest = others[np.argsort(apart, kind="stable")[: -(-len(others) // 2)]]
    few = int(quiet[:, nearest].sum()) < FEWEST_PLACEBOS
    return Reference(region, nearest, quiet, few)


def away_from(panel: Panel, start: int, window: Span) -> NDArray[np.bool_]:
    """Starts whose windows do not touch that of a start."""
    return np.abs(np.arange(panel.periods) - start) >= window.length


def size(
    rows: Rows, answer: Answer, side: Side, start: int, signs: Signs, known: Reference,
    away: NDArray[np.bool_],
) -> Size | None:  # fmt: skip
    """One answer seen from one side, or None where it cannot be measured."""
    own = rows.own.get((answer, side))
    if own is None or not np.isfinite(own.t[start]):
        return None
    ts = known.of(rows.panel[answer, side].t, own.t, away)
    if ts.size == 0:
        return None
    low, high = np.quantile(ts, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    if known.own:  # few placebos: both tails together say more than each alone
        high = np.quantile(np.abs(ts), LEVEL)
        low = -high
    error, noise = float(own.error[start]), float(own.noise[start])
    return Size(
        error, error - float(high) * noise, error - float(low) * noise, noise,
        rank_p(max(sign * float(own.t[start]) for sign in signs), _signed(ts, signs)),
        answer, side,
    )  # fmt: skip


def combined_p(
    rows: Rows, start: int, signs: Signs, known: Reference, away: NDArray[np.bool_]
) -> tuple[float, int] | None:
    """One p-value for "something happened": against the own past or over the others.

    The larger of both answers, each the mean of what its sides say, ranked among the same of the
    reference, so that the choice is paid for.

    Returns:
        The p-value, and among how many placebos; None where nothing could be measured.
    """
    best: tuple[float, Floats] | None = None
    # Both sides where that leaves enough placebos; a short series has more seen from both ends.
    for sides in (("before", "around"), ("around",), ("before",)):
        keys = [
            key for key, found in rows.own.items()
            if key[1] in sides and np.isfinite(found.t[start])
        ]  # fmt: skip
        if not keys:
            continue
        own, panel = (_larger(part, keys, signs) for part in (rows.own, rows.panel))
        placebos = known.of(panel, own, away)
        if placebos.size >= FEWEST_OWN_PLACEBOS:
            return rank_p(float(own[start]), placebos), placebos.size
        if placebos.size and (best is None or placebos.size > best[1].size):
            best = float(own[start]), placebos
    return None if best is None else (rank_p(*best), best[1].size)


def _larger(
    found: dict[tuple[Answer, Side], Measured], keys: Sequence[tuple[Answer, Side]], signs: Signs
) -> Floats:
    """The larger of the answers, each the mean of its sides."""
    means = [
        np.mean([found[key].t for key in keys if key[0] == answer], axis=0)
        for answer in sorted({answer for answer, _ in keys})
    ]
    return np.asarray(np.max([_signed(mean, signs) for mean in means], axis=0))


def _signed(values: Floats, signs: Signs) -> Floats:
    """Statistic that is large where values have the sign looked for; either sign without one."""
    return np.asarray(np.max([sign * values for sign in signs], axis=0))


def rank_p(value: float, placebos: Floats) -> float:
    """Share of placebos at least as large, the value itself counted among them.

    Example:
        >>> rank_p(2.0, np.array([0.0, 1.0, 3.0]))
        0.5
    """
    return float((1 + (placebos >= value).sum()) / (1 + placebos.size))
