"""Sums or means over twelve months that move on by one: too smooth, and without season.

What one month adds is taken away again a year later. Single months have a season or noise, whose
changes alternate; a change of a rolling sum lasts, and turns back after a year.
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
