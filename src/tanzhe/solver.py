"""HiGHS, asked without a word on standard output, where `--json` prints.

The cheapest measures of a park and the best use of storage are found by this one solver.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import NamedTuple, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tanzhe.errors import Fault, InputError, Words

Vector = NDArray[np.float64]
Bounds = tuple[Vector, Vector]
# Rows of a program: dense, or sparse with a row for each hour.
Matrix: TypeAlias = Vector | csr_matrix

SECONDS = 120.0
_LOCK = Lock()  # one solver serves all threads, in turn


class Answer(NamedTuple):
    """What HiGHS found: values, and prices of rows and of bounds (none with whole numbers)."""

    x: Vector
    row_prices: Vector
    bound_prices: Vector


def run(
    costs: Vector,
    matrix: Matrix,
    rows: Bounds,
    columns: Bounds,
    whole: Vector | None = None,
    *,
    fine: float,
    gap: float = 0.0,
    nodes: int | None = None,
) -> Answer | None:
    """Least `costs @ x` with `matrix @ x` and x within bounds; None where there is none.

    `whole` is 1 for each x that is a whole number; none is where it is left out.

    Within `nodes` of the search tree, where given: None too where that is not enough.

    One thread and a fixed seed: the same program always gives the same answer.
    """
    with _LOCK:
        whole = np.zeros(len(costs)) if whole is None else whole
        return _run(solver(), _model(costs, matrix, rows, columns, whole), fine, gap, nodes)


def _run(
    solver: highspy.Highs, model: highspy.HighsLp, fine: float, gap: float, nodes: int | None
) -> Answer | None:
    solver.clear()  # options too
    solver.setOptionValue("output_flag", False)
    for name, value in (
        ("primal_feasibility_tolerance", fine),
        ("dual_feasibility_tolerance", fine),
        ("mip_feasibility_tolerance", fine),
        ("mip_rel_gap", gap),
        ("mip_abs_gap", 0.0),
    ):
        solver.setOptionValue(name, value)
    if len(model.integrality_):  # without whole numbers HiGHS counts the time of all runs so far
        solver.setOptionValue("time_limit", SECONDS)
    solver.setOptionValue("threads", 1)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kTimeLimit:
        raise InputError(_too_long(model.num_col_ // 2))
    if status != highspy.HighsModelStatus.kOptimal:
        return None
    found = solver.getSolution()
    return Answer(
        np.array(found.col_value),
        np.abs(np.array(found.row_dual)),
        np.abs(np.array(found.col_dual)),
    )


def _model(
    costs: Vector, matrix: Matrix, rows: Bounds, columns: Bounds, whole: Vector
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = costs
    model.col_lower_, model.col_upper_ = columns
    model.row_lower_, model.row_upper_ = rows
    held = csr_matrix(matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = held.indptr
    model.a_matrix_.index_ = held.indices
    model.a_matrix_.value_ = held.data
    if whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[bool(one)] for one in whole]
    return model


@cache
def solver() -> highspy.Highs:
    """The one solver of the process; version 1.16 prints its name when made, before any option."""
    with _silenced():
        return highspy.Highs()


@contextmanager
def _silenced() -> Iterator[None]:
    """Standard output of the process, not of Python, goes nowhere meanwhile."""
    try:
        kept = os.dup(1)
    except OSError:  # a process without standard output prints nothing anyway
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _too_long(count: int) -> Fault:
    return Fault(
        Words(
            f"{count} 项措施的优化在两分钟内没有算完",
            f"The optimum over {count} measures was not found within two minutes",
        ),
        Words(
            "请减少措施数，或去掉不必要的“步长”和“互斥组”",
            "Give fewer measures, or leave out steps and exclusive groups that are not needed",
        ),
        where="MEASURES",
    )
