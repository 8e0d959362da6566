"""A mixed-integer linear program of measures, solved with HiGHS.

Each choice has an amount, which is 0 or lies between its smallest and its largest, and a switch.
Rows are linear in the amounts. Amounts and rows are scaled before they reach the solver, so that
its tolerances mean the same for a park of kilowatt-hours as for one of million tonnes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.solver import Answer, Vector, run

RowKind = Literal["law", "bound", "threshold"]

_COST_SCALE = 1e6  # all costs together, for the solver's tolerances are absolute
_FINE = 1e-9  # the solver holds rows and whole numbers to this share
# The amounts are found again with the switches fixed, to 1e-10; where switches that were rounded
# do not quite do, thresholds are drawn tighter.
_FINER = 1e-10
_SHIFTS = (0.0, 1e-8)
# Thresholds are passed by this share of the row, so that no rounding turns a plan that meets one.
_MARGIN = 1e-9
_TIDY_NODES = 500  # fewer choices at the same cost are a courtesy, not the answer


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What may be taken.

    Attributes:
        name: for messages.
        largest: most that can be taken, in the choice's own unit; above 0 and finite.
        smallest: least that can be taken where anything is.
        step: whole multiples of it only, or None.
        unit_cost: per unit.
        fixed_cost: once, where anything is taken.
    """

    name: str
    largest: float
    smallest: float = 0.0
    step: float | None = None
    unit_cost: float = 0.0
    fixed_cost: float = 0.0

    @property
    def size(self) -> float:
        """The amount that the solver's 1 stands for."""
        return self.step or self.largest

    @property
    def most(self) -> float:
        """The largest amount in sizes; whole where steps are."""
        return float(np.floor(self.largest / self.size * (1 + 1e-12))) if self.step else 1.0


@dataclass(frozen=True, kw_only=True)
class Row:
    """A linear condition: low <= weights @ amounts <= high.

    Attributes:
        name: stable name.
        weights: one for each choice, per unit of its amount, shape (choices,).
        low: lower bound, or -inf.
        high: upper bound, or inf.
        kind: a law of the ledger; a bound that decides which rule holds; or a threshold to be met,
            which alone gives way when the least violation is sought. Bounds and thresholds are
            passed by a margin.
    """

    name: str
    weights: Vector
    low: float = -np.inf
    high: float = np.inf
    kind: RowKind = "law"


@dataclass(frozen=True, kw_only=True)
class Program:
    """Choices and what binds them.

    Attributes:
        choices: what may be taken.
        rows: linear conditions.
        groups: of each at most one choice, by position.
        requires: pairs (one, other): one only together with the other.
        banned: positions that are not taken.
    """

    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    groups: tuple[tuple[int, ...], ...] = ()
    requires: tuple[tuple[int, int], ...] = ()
    banned: frozenset[int] = field(default_factory=frozenset)


class Solution(NamedTuple):
    """The optimum.

    Attributes:
        cost: in the unit of the choices' costs.
        amounts: shape (choices,), in each choice's own unit.
        taken: switches, shape (choices,).
        row_prices: cost of moving each row's binding bound by one, >= 0, shape (rows,).
        choice_prices: cost saved by one more unit of each choice's largest, shape (choices,).
    """

    cost: float
    amounts: Vector
    taken: NDArray[np.bool_]
    row_prices: Vector
    choice_prices: Vector


def solve(program: Program, *, gap: float = 0.0) -> Solution | None:
    """The cheapest amounts, or None where nothing meets all rows.

    Among plans of equal cost the one with the fewest choices is taken, where that is soon found.

    Args:
        program: choices and what binds them.
        gap: share by which the cost may lie above the least; 0 for the least itself.

    Raises:
        InputError: not solved within two minutes.
    """
    for shift in _SHIFTS:
        matrix = _Scaled.of(program, shift)
        cheapest = matrix.optimum(matrix.costs, gap=gap)
        if cheapest is None:
            return None
        fewest = None if gap else matrix.fewest(float(matrix.costs @ cheapest))
        for rough in (fewest, cheapest):
            for margin in (_MARGIN, 0.0):
                found = None if rough is None else matrix.refined(rough, margin)
                if found is not None:
                    return found
    return None


def least(program: Program, weights: Vector) -> Solution | None:
    """The amounts with the least `weights @ amounts`, whatever they cost."""
    choices = tuple(
        replace(choice, unit_cost=float(weight), fixed_cost=0.0)
        for choice, weight in zip(program.choices, weights, strict=True)
    )
    return solve(replace(program, choices=choices))


def relaxed(program: Program) -> tuple[Program, tuple[int, ...]]:
    """The program in which thresholds give way, at a cost of 1 for a whole row's scale.

    Returns:
        The program with one more choice for each threshold, how far it is missed; and the
        positions of those thresholds among the rows.
    """
    soft = tuple(i for i, row in enumerate(program.rows) if row.kind == "threshold")
    count, extra = len(program.choices), len(soft)
    rows = [replace(r, weights=np.append(r.weights, np.zeros(extra))) for r in program.rows]
    choices = [replace(c, unit_cost=0.0, fixed_cost=0.0) for c in program.choices]
    for number, position in enumerate(soft):
        row = rows[position]
        reach = _reach(row.weights[:count], program.choices)
        scale = _scale(row, reach)
        bound = max(abs(b) for b in (row.low, row.high) if np.isfinite(b))
        slack = 2 * (reach.sum() + bound + scale)
        row.weights[count + number] = 1.0 if np.isfinite(row.low) else -1.0
        choices.append(Choice(name=row.name, largest=slack, unit_cost=1 / scale))
    return replace(program, choices=tuple(choices), rows=tuple(rows)), soft


def _reach(weights: Vector, choices: Sequence[Choice]) -> Vector:
    """The most each choice can move a row."""
    return np.array([abs(w) * c.largest for w, c in zip(weights, choices, strict=True)])


def _scale(row: Row, reach: Vector) -> float:
    bounds = [abs(b) for b in (row.low, row.high) if np.isfinite(b)]
    return float(max([*reach, *bounds], default=1.0)) or 1.0


@dataclass(frozen=True, kw_only=True)
class _Scaled:
    """The program in the solver's numbers: first the amounts in sizes, then the switches."""

    program: Program
    matrix: Vector
    low: Vector
    high: Vector
    scales: Vector
    costs: Vector
    cost_scale: float

    @classmethod
    def of(cls, program: Program, shift: float) -> "_Scaled":
        """Scale each row by its largest part, and costs by their sum."""
        sizes = np.array([c.size for c in program.choices])
        weights = np.array([r.weights for r in program.rows]).reshape(-1, len(sizes))
        scales = np.array([_scale(r, _reach(r.weights, program.choices)) for r in program.rows])
        tighter = shift * np.array([r.kind != "law" for r in program.rows], dtype=float)
        unit = np.array([c.unit_cost * c.size for c in program.choices])
        fixed = np.array([c.fixed_cost for c in program.choices])
        total = float(np.abs(unit) @ np.array([c.most for c in program.choices]) + fixed.sum())
        cost_scale = _COST_SCALE / total if total else 1.0
        return cls(
            program=program,
            matrix=weights * sizes / scales[:, None],
            low=np.array([r.low for r in program.rows]) / scales + tighter,
            high=np.array([r.high for r in program.rows]) / scales - tighter,
            scales=scales,
            costs=np.concatenate([unit, fixed]) * cost_scale,
            cost_scale=cost_scale,
        )

    def fewest(self, at_most: float) -> Vector | None:
        """Amounts and the fewest switches at a cost of no more than `at_most`."""
        count = len(self.program.choices)
        objective = np.concatenate([np.zeros(count), np.ones(count)])
        return self.optimum(objective, at_most=at_most, nodes=_TIDY_NODES)

    def optimum(
        self,
        objective: Vector,
        *,
        at_most: float | None = None,
        gap: float = 0.0,
        nodes: int | None = None,
    ) -> Vector | None:
        """Amounts and switches of least `objective`, at a cost of no more than `at_most`."""
        choices = self.program.choices
        count = len(choices)
        logic, low, high = self._logic()
        parts = [np.hstack([self.matrix, np.zeros_like(self.matrix)]), logic]
        lows, highs = [self.low, low], [self.high, high]
        if at_most is not None:
            parts.append(self.costs[None, :])
            lows.append(np.array([-np.inf]))
            highs.append(np.array([at_most + _FINE * max(1.0, abs(at_most))]))
        on = np.array([float(i not in self.program.banned) for i in range(count)])
        most = np.array([c.most for c in choices])
        whole = np.array([float(c.step is not None) for c in choices])
        answer = run(
            objective,
            np.vstack(parts),
            (np.concatenate(lows), np.concatenate(highs)),
            (np.zeros(2 * count), np.concatenate([most, on])),
            np.concatenate([whole, np.ones(count)]),
            fine=_FINE,
            gap=gap,
            nodes=nodes,
        )
        return None if answer is None else answer.x

    def _logic(self) -> tuple[Vector, Vector, Vector]:
        """Amounts only where switched on; one of a group; one only with the other."""
        choices = self.program.choices
        count = len(choices)
        unit = np.eye(count)
        most = np.diag([c.most for c in choices])
        smallest = np.diag([max(c.smallest, c.step or 0.0) / c.size for c in choices])
        groups = [unit[list(group)].sum(axis=0) for group in self.program.groups]
        pairs = [unit[one] - unit[other] for one, other in self.program.requires]
        rows = np.array([*groups, *pairs]).reshape(-1, count)
        matrix = np.block([[unit, -most], [-unit, smallest], [np.zeros_like(rows), rows]])
        high = np.concatenate([np.zeros(2 * count), np.ones(len(groups)), np.zeros(len(pairs))])
        return matrix, np.full(len(high), -np.inf), high

    def refined(self, rough: Vector, margin: float) -> Solution | None:
        """The amounts again, more finely, with switches and whole steps fixed."""
        choices = self.program.choices
        count = len(choices)
        taken = rough[count:] > 0.5
        low = np.array([c.smallest / c.size for c in choices]) * taken
        high = np.array([c.most for c in choices]) * taken
        for i, choice in enumerate(choices):
            if choice.step is not None:
                low[i] = high[i] = round(rough[i]) * taken[i]
        tight = margin * np.array([r.kind != "law" for r in self.program.rows], dtype=float)
        answer = run(
            self.costs[:count],
            self.matrix,
            (self.low + tight, self.high - tight),
            (low, high),
            np.zeros(count),
            fine=_FINER,
        )
        return None if answer is None else self._solution(answer, taken, high)

    def _solution(self, answer: Answer, taken: NDArray[np.bool_], high: Vector) -> Solution:
        """Back to the choices' own units and costs."""
        choices = self.program.choices
        sizes = np.array([c.size for c in choices])
        amounts = np.clip(answer.x, 0.0, None) * sizes
        unit = np.array([c.unit_cost for c in choices])
        fixed = np.array([c.fixed_cost for c in choices])
        free = np.array([c.step is None for c in choices]) & taken & (answer.x >= high - _FINE)
        return Solution(
            cost=float(unit @ amounts + fixed @ taken),
            amounts=amounts,
            taken=taken,
            row_prices=answer.row_prices / self.scales / self.cost_scale,
            choice_prices=answer.bound_prices * free / sizes / self.cost_scale,
        )
