"""The final regression of a saturation search, as tables."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tanzhe.turning.panels.frames import Panel
from tanzhe.turning.panels.halfwidth import PUBLISHED_REACH, half_width
from tanzhe.turning.panels.indicators import Indicators
from tanzhe.turning.panels.treesearch import TOLERANCE, Floats

BREAK_COLUMNS = [
    "unit", "time", "kind", "coefficient", "standard_error", "robust_error", "half_width",
]  # fmt: skip


# The date of a step of so many standard deviations is certain at any level.
PLAIN = 100.0


def final_fit(
    panel: Panel,
    kept: Floats,
    names: Sequence[str],
    found: Sequence[Indicators],
    level: float,
) -> tuple[pd.DataFrame, pd.DataFrame, float]:
    """Ordinary least squares with all kept regressors and the indicators found.

    Args:
        panel: outcome by unit and period.
        kept: kept regressors, shape (n_rows, n_kept).
        names: their names.
        found: indicators, one entry a kind.
        level: of the half-widths.

    Returns:
        Breaks, coefficients, and the unbiased variance of the noise.
    """
    independent = _independent_columns(kept)
    design = np.hstack([kept[:, independent], *(part.columns for part in found)])
    coefficients, inverse, residuals = _least_squares(design, panel.outcome)
    sigma2 = float(residuals @ residuals / (len(panel) - design.shape[1]))
    errors = np.sqrt(sigma2 * np.diag(inverse))
    robust = _clustered(design, residuals, inverse, panel.unit)
    first = len(independent)
    rows = [
        (panel.units[unit], panel.periods[period], part.kind)
        for part in found
        for unit, period in zip(part.unit, part.period, strict=True)
    ]
    breaks = pd.DataFrame(rows, columns=BREAK_COLUMNS[:3])
    breaks["coefficient"] = coefficients[first:]
    breaks["standard_error"] = errors[first:]
    breaks["robust_error"] = robust[first:]
    sizes = np.abs(coefficients[first:])
    deltas = np.divide(
        sizes, np.sqrt(sigma2), out=np.full(len(sizes), PLAIN), where=sizes < PLAIN * sigma2**0.5
    )
    breaks["half_width"] = [
        half_width(delta, level, reach=PUBLISHED_REACH) if kind == "step" else 0
        for delta, (_, _, kind) in zip(deltas, rows, strict=True)
    ]
    every = [names[i] for i in independent] + [f"{k} {u} {t}" for u, t, k in rows]
    table = pd.DataFrame(
        {
            "name": every,
            "coefficient": coefficients,
            "standard_error": errors,
            "robust_error": robust,
        }
    )
    return breaks, table, sigma2


def _independent_columns(kept: Floats) -> list[int]:
    """Positions of kept regressors that are not collinear with earlier ones."""
    basis = np.empty((len(kept), 0))
    out = []
    for i, column in enumerate(kept.T):
        left = column - basis @ (basis.T @ column)
        left = left - basis @ (basis.T @ left)
        size = np.linalg.norm(left)
        if size > TOLERANCE * np.linalg.norm(column):
            basis = np.column_stack([basis, left / size])
            out.append(i)
    return out


def _least_squares(design: Floats, outcome: Floats) -> tuple[Floats, Floats, Floats]:
    """Coefficients, inverse of the cross-products, residuals; columns scaled for accuracy."""
    norms = np.linalg.norm(design, axis=0)
    q, r = np.linalg.qr(design / norms)
    root = np.linalg.inv(r)
    coefficients = root @ (q.T @ outcome)
    residuals = outcome - (design / norms) @ coefficients
    coefficients = coefficients + root @ (q.T @ residuals)
    residuals = outcome - (design / norms) @ coefficients
    return coefficients / norms, (root @ root.T) / np.outer(norms, norms), residuals


def _clustered(design: Floats, residuals: Floats, inverse: Floats, unit: np.ndarray) -> Floats:
    """Standard errors clustered by unit, with the usual small-sample factor (Liang, Zeger 1986)."""
    rows, columns = design.shape
    groups = int(unit.max()) + 1
    scores = np.zeros((groups, columns))
    np.add.at(scores, unit, design * residuals[:, None])
    factor = groups / (groups - 1) * (rows - 1) / (rows - columns)
    middle = inverse @ (scores.T @ scores) @ inverse
    return np.asarray(np.sqrt(np.maximum(factor * np.diag(middle), 0.0)))
