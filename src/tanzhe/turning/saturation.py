"""The panel search of the climate-policy literature, exactly: indicator saturation.

y_it = a_i + d_t + x'b + sum over units j and periods s of tau_js 1{i = j, t >= s} + e. Every unit
may have a step at every period (and an impulse at every observation); a block search keeps what is
significant. It answers which units departed from the others, and when.

Specification: TURNING section 3, written from Pretis, Reade, Sucarrat 2018 (J. Stat. Softw.
86(3)), Sucarrat 2021 (R Journal), Pretis and Schwarz 2022, Koch et al. 2022 (Nature Energy 7) and
Stechemesser et al. 2024 (Science 385).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tanzhe.turning.finalfit import final_fit
from tanzhe.turning.frames import read_panel
from tanzhe.turning.indicators import (
    BlockSearch,
    Effects,
    all_impulses,
    all_steps,
    kept_regressors,
)

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Saturation:
    """What a saturation search found.

    Attributes:
        breaks: one row per indicator kept: unit, time (first period of the new level), kind (step
            or impulse), coefficient, standard_error (classical), robust_error (clustered by unit),
            half_width (periods to each side at 99 %; 0 for an impulse).
        coefficients: one row per regressor of the final model: name, coefficient, standard_error.
        sigma2: unbiased variance of the noise in the final model.
        searched: number of candidate indicators, by kind.
        expected_false: candidates times alpha: how many would be kept on average if nothing had
            happened and the errors were independent.
    """

    breaks: "pd.DataFrame"
    coefficients: "pd.DataFrame"
    sigma2: float
    searched: dict[str, int]
    expected_false: float


def saturate(
    frame: "pd.DataFrame",
    *,
    outcome: str,
    controls: Sequence[str] = (),
    unit: str = "unit",
    time: str = "time",
    effects: Effects = "twoways",
    unit_trends: bool = False,
    impulses: bool = False,
    steps: bool = True,
    alpha: float = 0.01,
    max_block: int = 20,
    level: float = 0.99,
) -> Saturation:
    """Search a panel for steps (and impulses) of single units.

    Args:
        frame: one row per unit and period; units in order of first appearance, periods may be
            missing for some units.
        outcome: column of the outcome, usually the logarithm of emissions.
        controls: columns that are always kept.
        unit: column of the units.
        time: column of the periods; they sort.
        effects: twoways (units and periods), unit, time or none (an intercept).
        unit_trends: keep a linear trend for each unit.
        impulses: search impulses as well.
        steps: search steps.
        alpha: two-sided level of each t test.
        max_block: most candidates in a block.
        level: of the half-widths of the dates.

    Returns:
        What was kept, with classical and clustered errors and the number that chance would keep.

    Raises:
        InputError: columns missing, values missing or not numeric, repeated rows, too few rows.

    Example:
        >>> import numpy as np, pandas as pd
        >>> rng = np.random.default_rng(1)
        >>> rows = [(u, t, rng.normal() + 8 * (u == "B" and t >= 2010))
        ...         for u in "ABCDEF" for t in range(2000, 2020)]
        >>> frame = pd.DataFrame(rows, columns=["unit", "time", "y"])
        >>> fit = saturate(frame, outcome="y", alpha=0.0001)
        >>> fit.breaks[["unit", "time", "kind"]].values.tolist()
        [['B', 2010, 'step']]
    """
    panel = read_panel(frame, outcome=outcome, controls=controls, unit=unit, time=time)
    kept, names = kept_regressors(panel, effects, unit_trends)
    search = BlockSearch(panel, kept, alpha, max_block)
    wanted = [all_impulses(panel)] if impulses else []
    wanted += [all_steps(panel)] if steps else []
    found = search.united([search.dictionary(candidates) for candidates in wanted])
    searched = {candidates.kind: len(candidates) for candidates in wanted}
    breaks, coefficients, sigma2 = final_fit(panel, kept, names, found, level)
    return Saturation(
        breaks=breaks,
        coefficients=coefficients,
        sigma2=sigma2,
        searched={str(kind): count for kind, count in searched.items()},
        expected_false=alpha * sum(searched.values()),
    )
