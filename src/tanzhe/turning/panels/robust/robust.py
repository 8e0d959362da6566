"""The panel search with what the published one lacks.

The model is the published one, y_it = a_i + d_t + x'b + components of unit i + e_it, but

* the noise of each unit has its own variance and remembers; its autocorrelation is averaged over;
* single odd periods and jumps that fade are components too, so that heavy tails make no steps;
* seasons, trends and components have priors: seasons are shrunk, and the effect of what was
  selected is the posterior mean, not the estimate that happened to be large (winner's curse);
* what is reported has a probability, and the expected number of false points is their complement.

The posterior is that of docs/turning/robust.md.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tanzhe.errors import Fault, Words, refuse
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.noise import Noise
from tanzhe.turning.panels.frames import Panel
from tanzhe.turning.panels.robust.common import FEWEST_UNITS, Common, change_sizes
from tanzhe.turning.panels.robust.dating import Dated, date_edges
from tanzhe.turning.panels.robust.departures import Departures, departures
from tanzhe.turning.panels.robust.design import dictionary
from tanzhe.turning.panels.robust.edges import edges
from tanzhe.turning.panels.robust.lessons import Lessons
from tanzhe.turning.panels.robust.pooling import Values, built_in, explore
from tanzhe.turning.panels.robust.settings import COMPONENTS, DEFAULT, Settings

if TYPE_CHECKING:
    import pandas as pd

ROBUST_COLUMNS = [
    "unit", "time", "kind", "coefficient", "standard_error", "half_width",
    "first", "last", "low", "high", "confidence",
]  # fmt: skip
NUMBERS = ["coefficient", "standard_error", "low", "high", "confidence"]
# A unit seen in fewer periods is left out.
FEWEST_SEEN = 8
# A period effect needs two units to be told from what one does.
FEWEST_BESIDE = 2
# The noise floor in standard deviations of the typical innovation of the panel.
FLOOR = 1e-2


@dataclass(frozen=True)
class RobustPoint:
    """A point of one unit, sizes in units of the search."""

    unit: int
    dated: Dated
    kind: Literal["step", "slope", "impulse"]


@dataclass(frozen=True, eq=False)
class RobustFit:
    """What was found.

    Attributes:
        points: of all units, in units of `scale`.
        common: the common part, in units of `scale`.
        scale: the unit of the search, in units of the outcome.
        sigma2: variance of the innovations of the typical unit.
        searched: number of candidates by kind.
    """

    points: tuple[RobustPoint, ...]
    common: Common
    scale: float
    sigma2: float
    searched: dict[str, int]


def robust_search(
    panel: Panel, *, period_effects: bool, steps: bool, impulses: bool, level: float
) -> RobustFit:
    """Every unit's departures from the others and from its own past.

    Args:
        panel: outcome by unit and period.
        period_effects: whether periods have effects.
        steps: report steps and slopes.
        impulses: report single odd periods.
        level: mass of the intervals.

    Raises:
        InputError: no unit is seen in eight periods.
    """
    seen = _comparable(panel.table(np.ones(len(panel))) == 1, period_effects=period_effects)
    chosen = np.flatnonzero(seen.any(axis=1))
    refuse([*_too_short(len(chosen), len(panel.periods)), *_too_long(len(panel.periods))])
    outcome = np.where(seen, panel.table(panel.outcome), np.nan)[chosen]
    calendar = _calendar(panel)
    scale = _typical(change_sizes(outcome, np.array(calendar.season))) or 1.0
    controls = [np.nan_to_num(panel.table(column)[chosen]) for column in panel.controls.T]
    settings = replace(DEFAULT, level=level, noise_floor=FLOOR)
    found = departures(
        [Values.of(row / scale, calendar) for row in outcome],
        settings,
        controls=np.array(controls) if controls else None,
        period_effects=period_effects,
    )
    points = [
        RobustPoint(int(unit), dated, _kind(dated))
        for unit, values in zip(chosen, found.values, strict=True)
        for dated in _dated(values, found.lessons)
    ]
    wanted = [p for p in points if (impulses if p.kind == "impulse" else steps)]
    return RobustFit(
        points=tuple(wanted),
        common=found.common,
        scale=scale,
        sigma2=_innovation_variance(found) * scale**2,
        searched=_searched(len(chosen), calendar, settings),
    )


def _comparable(seen: NDArray[np.bool_], *, period_effects: bool) -> NDArray[np.bool_]:
    """What is known of units seen in eight periods; with period effects, beside another unit.

    A period effect explains the only unit of a period whatever it does.
    """
    while True:
        seen = seen & (seen.sum(axis=1, keepdims=True) >= FEWEST_SEEN)
        alone = seen & (seen.sum(axis=0) < FEWEST_BESIDE)
        if not (period_effects and alone.any()):
            return seen
        seen = seen & ~alone


def _dated(values: Values, learnt: Lessons) -> list[Dated]:
    chosen, periods = learnt.settings, len(values.logs)
    found = explore(values, built_in(periods, chosen), chosen)
    return date_edges(edges(found, learnt.prior), periods, chosen)


def _kind(dated: Dated) -> Literal["step", "slope", "impulse"]:
    """A pulse is two steps, as in the published search."""
    if dated.kind == "odd":
        return "impulse"
    return "slope" if dated.kind == "slope" else "step"


def _calendar(panel: Panel) -> Calendar:
    """The season of each period, if the panel has seasons; a trend is per period if not."""
    seasons = panel.seasons or (0,) * len(panel.periods)
    return Calendar(
        season=seasons, holiday=(0.0,) * len(panel.periods), per_year=max(seasons, default=0) + 1
    )


def _typical(noise: Floats) -> float:
    """Median over the units that move at all; 0 if none does."""
    moving = noise[noise > 0]
    return float(np.median(moving)) if len(moving) else 0.0


def _innovation_variance(found: Departures) -> float:
    """Variance of the innovations of the typical unit, its own components taken out."""
    season = np.array(found.values[0].calendar.season)
    variances = []
    for values, own in zip(found.values, found.own, strict=True):
        left = values.logs - own
        left[list(values.missing)] = np.nan
        for s in np.unique(season):
            left[season == s] -= np.nanmean(left[season == s])
        both = np.isfinite(left[1:]) & np.isfinite(left[:-1])
        now, before = left[1:][both], left[:-1][both]
        rho = float(now @ before / max(before @ before, 1e-300))
        degrees = max(1, both.sum() - 1 - season.max())
        variances.append(float(((now - rho * before) ** 2).sum() / degrees))
    return _typical(np.array(variances))


def _searched(units: int, calendar: Calendar, settings: Settings) -> dict[str, int]:
    positions = dictionary(len(calendar), calendar.per_year, Noise(0.0), settings).positions()
    return {
        kind: units * int(count) for kind, count in zip(COMPONENTS, positions, strict=True) if count
    }


def _too_short(searched: int, periods: int) -> list[Fault]:
    if searched >= FEWEST_UNITS:
        return []
    return [
        Fault(
            Words(
                f"只有 {searched} 个单元在至少 {FEWEST_SEEN} 个时期有数据（共 {periods} 个时期）",
                f"Only {searched} units are seen in {FEWEST_SEEN} periods (of {periods})",
            ),
            Words(
                f"稳健检索至少需要 {FEWEST_UNITS} 个这样的单元",
                f"The robust search needs {FEWEST_UNITS} such units",
            ),
        )
    ]


def _too_long(periods: int) -> list[Fault]:
    if periods <= DEFAULT.longest:
        return []
    return [
        Fault(
            Words(
                f"{periods} 个时期，稳健检索最多 {DEFAULT.longest} 个",
                f"{periods} periods; the robust search goes up to {DEFAULT.longest}",
            ),
            Words("请合并为更长的时期（如日改为月）", "Use longer periods (months for days)"),
            where="frame",
        )
    ]


def robust_tables(
    panel: Panel, fit: RobustFit, level: float
) -> tuple["pd.DataFrame", "pd.DataFrame", float]:
    """Breaks, coefficients of the controls, and the expected number of false breaks."""
    import pandas as pd

    rows = [_row(panel, point, fit.scale, level) for point in fit.points]
    breaks = pd.DataFrame(rows, columns=ROBUST_COLUMNS).astype(dict.fromkeys(NUMBERS, float))
    coefficients = pd.DataFrame(
        {
            "name": panel.control_names,
            "coefficient": fit.common.coefficients * fit.scale,
            "standard_error": fit.common.errors * fit.scale,
        }
    )
    return breaks, coefficients, float((1 - breaks.confidence).sum())


def _row(panel: Panel, point: RobustPoint, scale: float, level: float) -> tuple[object, ...]:
    dated = point.dated
    last = min(dated.last, len(panel.periods) - 1)
    width = (dated.high - dated.low) / (2 * ndtri((1 + level) / 2))
    return (
        panel.units[point.unit], panel.periods[dated.period], point.kind,
        dated.mean * scale, width * scale,
        max(dated.period - dated.first, last - dated.period),
        panel.periods[dated.first], panel.periods[last],
        dated.low * scale, dated.high * scale,
        dated.single if point.kind == "impulse" else dated.confidence,
    )  # fmt: skip
