"""Kept regressors and candidate indicators of a panel, and the search over blocks of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

import numpy as np
from scipy.linalg import qr

from tanzhe.errors import Fault, InputError, Words
from tanzhe.turning.panels.frames import Panel
from tanzhe.turning.panels.treesearch import TOLERANCE, Floats, Integers, search_block

Effects = Literal["twoways", "unit", "time", "none"]
Kind = Literal["impulse", "step"]

# The largest share of the observations that one block may fill; the published choice.
BLOCK_SHARE = 0.8
# What the kept regressors leave of the outcome is rounding below this part of it.
ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Indicators:
    """Candidates of one kind.

    Attributes:
        kind: impulse or step.
        unit: position of the unit, shape (n_candidates,).
        period: first period of the new level, shape (n_candidates,).
        columns: zeros and ones, shape (n_rows, n_candidates).
    """

    kind: Kind
    unit: Integers
    period: Integers
    columns: Floats

    def __len__(self) -> int:
        return len(self.unit)

    def of(self, chosen: Integers) -> "Indicators":
        """Some of them, in the given order."""
        return Indicators(
            self.kind, self.unit[chosen], self.period[chosen], self.columns[:, chosen]
        )


def all_steps(panel: Panel) -> Indicators:
    """A step of every unit at each of its periods but the first, units one after the other."""
    first = np.zeros(len(panel), dtype=bool)
    first[0] = True
    first[1:] = panel.unit[1:] != panel.unit[:-1]
    rows = np.flatnonzero(~first)
    same = panel.unit[:, None] == panel.unit[rows]
    later = panel.period[:, None] >= panel.period[rows]
    return Indicators("step", panel.unit[rows], panel.period[rows], (same & later).astype(float))


def all_impulses(panel: Panel) -> Indicators:
    """An impulse at every observation."""
    return Indicators("impulse", panel.unit, panel.period, np.eye(len(panel)))


def kept_regressors(
    panel: Panel, effects: Effects, unit_trends: bool
) -> tuple[Floats, tuple[str, ...]]:
    """Controls, unit trends, unit seasons and effects, with names; before any rank reduction.

    Two-way effects are a dummy for each unit but the first and one for each period; unit seasons a
    dummy for each unit and season but the first.
    """
    columns, names = [panel.controls], list(panel.control_names)
    own = np.eye(len(panel.units))[panel.unit]
    if unit_trends:
        columns.append(own * (panel.period[:, None] + 1.0))
        names += [f"trend {unit}" for unit in panel.units]
    for season in range(1, max(panel.seasons, default=0) + 1):
        columns.append(own * (np.array(panel.seasons)[panel.period] == season)[:, None])
        names += [f"season {season} {unit}" for unit in panel.units]
    if effects in ("twoways", "unit"):
        first = 1 if effects == "twoways" else 0
        columns.append(own[:, first:])
        names += [f"unit {unit}" for unit in panel.units[first:]]
    if effects in ("twoways", "time"):
        columns.append(np.eye(len(panel.periods))[panel.period])
        names += [f"time {period}" for period in panel.periods]
    if effects == "none":
        columns.append(np.ones((len(panel), 1)))
        names.append("constant")
    return np.hstack(columns), tuple(names)


class BlockSearch:
    """The search over blocks, with the kept regressors taken out once.

    Args:
        panel: outcome by unit and period.
        kept: kept regressors, shape (n_rows, n_kept); never selected.
        alpha: two-sided level of the t tests.
        max_block: most candidates in a block.

    Raises:
        InputError: nothing is left to search with once the kept regressors are in.
    """

    def __init__(self, panel: Panel, kept: Floats, alpha: float, max_block: int) -> None:
        self.alpha, self.max_block = alpha, max_block
        self.rows, self.kept_count = kept.shape
        self.basis = _basis(kept)
        self.rank = self.basis.shape[1]
        if self.rows - self.rank < 2:
            raise InputError(_saturated(self.rows, self.rank))
        self.outcome = self._without_kept(panel.outcome)
        self.residual = float(self.outcome @ self.outcome)
        own = panel.outcome
        self.floor = ROUNDING**2 * float(own @ own) * self.rows

    def _without_kept(self, columns: Floats) -> Floats:
        """The part outside the kept regressors; twice, so that rounding does not stay."""
        for _ in range(2):
            columns = columns - self.basis @ (self.basis.T @ columns)
        return columns

    def dictionary(self, candidates: Indicators) -> Indicators:
        """The candidates of one kind that survive: blocks first, then their union."""
        reduced = self._without_kept(candidates.columns)
        norms = candidates.columns.sum(axis=0)
        survivors = [
            block[self._search(reduced[:, block], norms[block])]
            for block in self._blocks(len(candidates))
        ]
        union = np.concatenate(survivors)
        return candidates.of(union[self._search(reduced[:, union], norms[union])])

    def united(self, parts: Sequence[Indicators]) -> list[Indicators]:
        """The survivors of all kinds searched together; one entry a kind."""
        columns = np.hstack([part.columns for part in parts])
        stays = self._search(self._without_kept(columns), columns.sum(axis=0))
        out, start = [], 0
        for part in parts:
            own = stays[(stays >= start) & (stays < start + len(part))] - start
            out.append(part.of(own))
            start += len(part)
        return out

    def _search(self, reduced: Floats, norms: Floats) -> Integers:
        if self.residual <= self.floor:
            return np.empty(0, dtype=np.intp)
        return search_block(
            reduced.T @ reduced,
            reduced.T @ self.outcome,
            norms,
            self.residual,
            self.rows,
            self.rank,
            self.alpha,
            self.floor,
        )

    def _blocks(self, count: int) -> list[Integers]:
        room = BLOCK_SHARE * count - self.kept_count
        by_rank = count / room if room > 0 else 0.0
        number = ceil(max(2.0, by_rank, count / min(BLOCK_SHARE * self.rows, self.max_block)))
        # Where the published size leaves no degree of freedom, blocks are smaller.
        size = min(ceil(count / number), self.rows - self.rank - 1)
        return [np.arange(i, min(i + size, count)) for i in range(0, count, size)]


def _basis(kept: Floats) -> Floats:
    """Orthonormal basis of the kept regressors."""
    norms = np.linalg.norm(kept, axis=0)
    q, r, _ = qr(kept[:, norms > 0] / norms[norms > 0], mode="economic", pivoting=True)
    size = np.abs(np.diag(r))
    return np.ascontiguousarray(q[:, size > TOLERANCE * size[0]])


def _saturated(rows: int, rank: int) -> Fault:
    return Fault(
        Words(
            f"{rows} 行数据，保留变量已占 {rank} 个自由度，没有余地检索",
            f"{rows} rows and {rank} kept regressors leave no room to search",
        ),
        Words("增加数据，或减少控制变量和趋势", "Use more data, or fewer controls and trends"),
    )
