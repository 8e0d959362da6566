"""Episodes that happened in the data and not in the world: a second source does not see them."""

from collections.abc import Sequence

import numpy as np

from tanzhe.model import Episode, Episodes, Note, Series
from tanzhe.turning.episodes.engine import judge
from tanzhe.turning.episodes.prepare import calendar_of, is_idle, is_long, logs_of, shortest
from tanzhe.turning.episodes.told import Told

# Log change of a whole sector's emissions that has no cause in the world: threefold or to a third.
# The lockdown of early 2020 in Hubei was -0.4.
IMPOSSIBLE = 1.1
# A defect: the ratio to a second source turns in the same place, by at least this part of it.
PART = 0.5
# In the same place: the intervals are no further apart than so many periods.
NEAR = 1

_DEFECT = Note(
    code="data_defect",
    zh="与第二来源之比在同一位置同向突变：变的是数据，不是排放，不用政策解释。",
    en="The ratio to a second source turns in the same place: the data changed, not emissions.",
)
_IMPOSSIBLE = Note(
    code="impossible_jump",
    zh="一个部门的排放变成原来的数倍或几分之一，极少是真实变动，按数据问题处理，不用政策解释。",
    en="A sector's emissions multiply or shrink several-fold: hardly ever real, taken for a fault "
    "of the data and not to be explained by policies.",
)


def without_defects(found: Episodes) -> Episodes:
    """The episodes, those that only the data had of scope `data` with the reason.

    What happened in the world moves both sources and leaves their ratio alone; what moves the
    ratio happened in the data.
    """
    series = found.series
    if is_idle(series):
        return found
    second = None if is_long(series) else series.reference
    ratio = [] if second is None else _of_ratio(series, second)
    judged = tuple(_judged(series, one, ratio) for one in found.episodes)
    return found.model_copy(update={"episodes": judged})


def _judged(series: Series, one: Episode, ratio: Sequence[Told]) -> Episode:
    depth = float(np.log1p(max(one.depth_percent, -99.99) / 100))
    reason = None
    if series.unit == "MtCO2" and abs(depth) > IMPOSSIBLE:
        reason = _IMPOSSIBLE
    elif any(_same(series, one, depth, other) for other in ratio):
        reason = _DEFECT
    if reason is None:
        return one
    return one.model_copy(update={"scope": "data", "notes": (*one.notes, reason)})


def _same(series: Series, one: Episode, depth: float, other: Told) -> bool:
    first, last = (series.periods.index(period) for period in one.begin_interval)
    run = other.run
    return (
        run.sign * depth > 0
        and run.first - NEAR <= last
        and first <= run.last + NEAR
        and abs(other.life.depth[1]) >= PART * abs(depth)
    )


def _of_ratio(series: Series, second: Series) -> list[Told]:
    """What is told of the ratio between a source and a second one for the same thing."""
    known = dict(zip(second.periods, logs_of(second).tolist(), strict=True))
    beside = np.array([known.get(period, np.nan) for period in series.periods])
    ratio = logs_of(series) - beside
    if np.isfinite(ratio).sum() < shortest(series):
        return []
    return judge([series.region], ratio[None, :], calendar_of(series)).told(0)
