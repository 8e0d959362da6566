"""Years whose figures are cumulative beside years whose figures are not.

A year that adds up rises from nought: its figures stand to each other about as the months gone,
nearly all rise, and the year after begins far below. No season of a level rises so.
"""

import numpy as np

from tanzhe.errors import Words
from tanzhe.series.behaviour.figures import Figures, Floats, Integers, places

# Months of a year that must be known to call it either.
FEWEST_MONTHS = 6
# The last figure of a year against the first is at least this share of the months gone, and the
# first figure of the year at most so many typical gains for each month it holds.
SHARE, ALIKE = 0.5, 2.0
# So many steps of ten rise: a figure or two may be revised.
RISING = 0.9
# The year after begins below this share of the last figure.
BACK = 0.5


def mixed_years(figures: Figures) -> tuple[list[str], list[str]]:
    """Years that are cumulative and years that are not; both empty where there is one kind only.

    Args:
        figures: months.
    """
    if figures.series.frequency != "month":
        return [], []
    spots, x = places(figures.series.periods), figures.values
    known = np.isfinite(x) & (x > 0)
    kinds: dict[int, bool] = {}
    for year in np.unique(spots // 12).tolist():
        own = known & (spots // 12 == year)
        if own.sum() >= FEWEST_MONTHS:
            after = x[known & (spots // 12 == year + 1)]
            kinds[year] = _adds_up(x[own], spots[own] % 12 + 1, after)
    if len(set(kinds.values())) < 2:
        return [], []
    return (
        [f"{year}" for year, adds in kinds.items() if adds],
        [f"{year}" for year, adds in kinds.items() if not adds],
    )


def _adds_up(x: Floats, month: Integers, after: Floats) -> bool:
    steps = np.diff(x)
    gains = steps / np.diff(month)
    typical = float(np.median(gains))
    gone = float(month[-1] / month[0])
    back = not len(after) or float(after[0]) < BACK * x[-1]
    return bool(
        back
        and (steps > 0).mean() >= RISING
        and x[-1] / x[0] >= SHARE * gone
        and x[0] / month[0] <= ALIKE * typical
    )


def mixed_words(adding: list[str], others: list[str]) -> Words:
    """What is wrong, with the years."""
    return Words(
        f"{_years(adding, '、')} 年的数值在年内逐月累加，是累计数，"
        f"{_years(others, '、')} 年则不是：两种口径混在一列",
        f"Figures of {_years(adding, ', ')} are cumulative within the year, those of "
        f"{_years(others, ', ')} are not: two kinds in one column",
    )


def _years(years: list[str], comma: str) -> str:
    whole = len(years) > 2 and int(years[-1]) - int(years[0]) == len(years) - 1
    return f"{years[0]}–{years[-1]}" if whole else comma.join(years)
