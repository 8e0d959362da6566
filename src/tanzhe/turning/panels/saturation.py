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

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.turning.panels.finalfit import final_fit
from tanzhe.turning.panels.frames import ArrowTable, Panel, read_panel
from tanzhe.turning.panels.indicators import (
    BlockSearch,
    Effects,
    all_impulses,
    all_steps,
    kept_regressors,
)
from tanzhe.turning.panels.options import option_faults
from tanzhe.turning.panels.robust.robust import robust_search, robust_tables

if TYPE_CHECKING:
    import pandas as pd


# One column a candidate, about one candidate a row: three tables of this many squared numbers.
MOST_ROWS = 10_000


@dataclass(frozen=True, eq=False)
class Saturation:
    """What a saturation search found.

    Attributes:
        breaks: one row per indicator kept: unit, time (first period of the new level), kind (step
            or impulse), coefficient, standard_error (classical), robust_error (clustered by unit;
            of a break that rests on one unit alone too small, and zero beside unit effects only),
            half_width (periods to each side at 99 %; 0 for an impulse). Of the robust search: a
            kind may also be slope (a change of trend, coefficient per year of seasons or period);
            coefficient is the posterior mean, low and high its interval, standard_error the
            interval's half width in normal quantiles; first and last bound the date; confidence is
            the probability of such an edge there.
        coefficients: one row per regressor of the final model: name, coefficient, standard_error;
            the robust search states those of the controls.
        sigma2: unbiased variance of the noise in the final model; robust: of what is typical for a
            unit, as each has its own.
        searched: number of candidate indicators, by kind.
        expected_false: how many of the breaks are expected to be false. Published search:
            candidates times alpha, if nothing had happened and the errors were independent. Robust
            search: the sum of what each break's confidence lacks to one.
    """

    breaks: "pd.DataFrame"
    coefficients: "pd.DataFrame"
    sigma2: float
    searched: dict[str, int]
    expected_false: float


def saturate(
    frame: "pd.DataFrame | ArrowTable",
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
    season: str | None = None,
    robust: bool = False,
) -> Saturation:
    """Search a panel for steps (and impulses) of single units.

    Args:
        frame: one row per unit and period; units in order of first appearance, periods may be
            missing for some units. Of pandas, or any table that speaks Arrow (Polars, pyarrow).
        outcome: column of the outcome, usually the logarithm of emissions.
        controls: columns that are always kept.
        unit: column of the units.
        time: column of the periods: numbers, dates, text like 2021-05, or ordered categories.
        effects: twoways (units and periods), unit, time or none (an intercept).
        unit_trends: keep a trend for each unit, linear in the position of the period.
        impulses: search impulses as well.
        steps: search steps.
        alpha: two-sided level of each t test of the published search.
        max_block: most candidates in a block of the published search.
        level: of the half-widths of the dates (robust: of the intervals of dates and effects).
        season: column that names the season of a period: each unit has its own seasonal effects,
            fixed in the published search, shrunken in the robust one.
        robust: not the published search but the posterior of the same model with noise that
            remembers, unequal variances, odd periods, and shrunken effects. It has no level to
            choose; breaks from a confidence of one half are reported. Unit levels and trends are
            always kept, trends shrunken.

    Returns:
        What was kept, with classical and clustered errors and the number that chance would keep.

    Raises:
        InputError: impossible options, columns missing, values missing or not numeric, repeated
            rows, too few rows; everything that is wrong at once.

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
    faults = list(
        option_faults(
            effects=effects,
            impulses=impulses,
            steps=steps,
            alpha=alpha,
            max_block=max_block,
            level=level,
        )
    )
    try:
        panel = read_panel(
            frame,
            outcome=outcome,
            controls=_listed(controls),
            unit=unit,
            time=time,
            season=season,
        )
    except InputError as error:
        refuse([*faults, *error.faults])
    refuse(faults)
    if robust:
        return _robust(panel, effects, steps=steps, impulses=impulses, level=level)
    refuse(_too_large(len(panel)))
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


def _too_large(rows: int) -> list[Fault]:
    if rows <= MOST_ROWS:
        return []
    return [
        Fault(
            Words(
                f"{rows} 行数据，公开发表的检索方法最多处理 {MOST_ROWS} 行",
                f"{rows} rows; the published search goes up to {MOST_ROWS}",
            ),
            Words(
                "请合并为更长的时期（如日改为月），或减少单元",
                "Use longer periods (months for days), or fewer units",
            ),
            where="frame",
        )
    ]


def _listed(controls: Sequence[str] | None) -> list[str]:
    """Names of the controls; one name or None where a list is meant."""
    if controls is None:
        return []
    return [controls] if isinstance(controls, str) else list(controls)


def _robust(
    panel: Panel, effects: Effects, *, steps: bool, impulses: bool, level: float
) -> Saturation:
    fit = robust_search(
        panel,
        period_effects=effects in ("twoways", "time"),
        steps=steps,
        impulses=impulses,
        level=level,
    )
    breaks, coefficients, expected_false = robust_tables(panel, fit, level)
    return Saturation(
        breaks=breaks,
        coefficients=coefficients,
        sigma2=fit.sigma2,
        searched=fit.searched,
        expected_false=expected_false,
    )
