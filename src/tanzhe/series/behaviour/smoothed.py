"""Sums or means of several months: over the twelve to each, or since January.

Of a rolling sum what one month adds is taken away again a year later: it is too smooth, and without
season. Single months have a season or noise, whose changes alternate; a change of a rolling sum
lasts, and turns back after a year. A mean since January weighs each month less than the one before:
its growth over the year before hardly moves late in a year, and begins anew with the next.
"""

import numpy as np

from tanzhe.errors import Words
from tanzhe.series.behaviour.figures import Figures, spread

# Changes from month to month, in logs: rolling sums of noisy months reach .01, single months .02
# and more. Their correlations with the month before and the year before: .3 and more, and no
# season; of 40 drawn tables 37, of 716 real products and the totals of the tests none.
SMOOTH, LASTS, SEASON = 0.012, 0.3, 0.0
YEARS = 4

ROLLING = Words(
    "各月变动极小、没有季节、逐月延续而满一年后反转：像是近12个月的滚动合计或平均",
    "months hardly move, have no season, and go on as they went until they turn back after a year: "
    "as sums or means over the last twelve months do",
)


def is_rolling(figures: Figures) -> bool:
    """Whether monthly figures look like sums or means over the twelve months to each."""
    x = figures.values
    if figures.series.frequency != "month" or figures.series.merged or len(x) < YEARS * 12:
        return False
    if not np.isfinite(x).all() or (x <= 0).any():
        return False
    steps = np.diff(np.log(x))
    size = spread(steps)
    if not 0 < size < SMOOTH:
        return False
    # A true step is one large change among the small: it must not decide.
    steps = np.clip(steps - np.median(steps), -4 * size, 4 * size)
    whole = float((steps * steps).mean())
    lasting, yearly = (float((steps[k:] * steps[:-k]).mean()) / whole for k in (1, 12))
    return lasting > LASTS and yearly < SEASON


# Late in a year the growth of means since January moves by under .7 of what it does in spring and
# by under .12 of what it does at the turn of the year: 61 % of 648 real products made into such
# means, and two of the 648 as they are. So it is a remark and no refusal.
LATE_OF_SPRING, LATE_OF_TURN = 0.7, 0.12
MEANS = Words(
    "各月同比增速年末几乎不动、1月另起，可能是1月以来的月平均；若是，请换成当月值",
    "The growth over the year before hardly moves late in each year and begins anew in January: "
    "these may be means since January; if so, give single months",
)


def may_be_means(figures: Figures) -> bool:
    """Whether monthly figures behave like means since January."""
    x = figures.values
    if figures.series.frequency != "month" or (x <= 0).any():
        return False
    years = [int(period[:4]) for period in figures.series.periods]
    months = [int(period[5:7]) for period in figures.series.periods]
    if len(set(years)) < YEARS:
        return False
    table = np.full((max(years) - min(years) + 1, 13), np.nan)
    table[np.array(years) - min(years), months] = np.log(x)
    growth = np.diff(table, axis=0)
    moves = np.abs(np.diff(growth[:, 2:], axis=1))  # of March, …, of December
    turns = np.abs(growth[1:, 2] - growth[:-1, 12])
    late, spring = moves[:, 6:], moves[:, :3]
    if not all(np.isfinite(part).sum() >= YEARS - 1 for part in (late, spring, turns)):
        return False
    size = float(np.nanmedian(late))
    return size < LATE_OF_SPRING * float(np.nanmedian(spring)) and size < LATE_OF_TURN * float(
        np.nanmedian(turns)
    )
