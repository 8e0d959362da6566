"""Readings of a meter: they run on, and a register that is full begins again at nought.

That figures never fall does not make them readings: emissions that grow steadily do not fall
either. A meter is known by its name, or by what no growing level shows: it is set back or rolls
over, began at nought, gains by season, or stands so high that what it gains is next to nothing.
"""

from dataclasses import replace

import numpy as np

from tanzhe.model import Series
from tanzhe.notes import note_of
from tanzhe.series.behaviour.figures import Figures, Floats

# A level with noise never falls in so many steps with a chance below one in a million.
FEWEST_RUNNING = 20
# A meter is set back at most once in so many steps, to below half of what it showed.
STEPS_A_RESET, RESET = 20, 0.5
# Gains in proportion to the level have exponent 1, gains that do not depend on it 0; judged where
# the level at least doubles from the first to the last third.
DOUBLES, IN_PROPORTION = 2.0, 0.7
# Gains of a level with noise alternate (lag-1 correlation -.5); consumption does not.
ALTERNATES = -0.3
# A register rolls over from the last tenth of its range to the first: in a period it gains less
# than that, and with the range added no more than so many times what it gains otherwise.
ENDS, ALIKE_GAINS = 0.2, 3.0
# Levels that never fall from month to month grow by more than this in each: slower growth is below
# the noise of anything measured.
SLOWEST = 0.003
# A count that began at nought: the first reading is at most so many gains.
BEGAN = 5.0
# Months explain so much of what gains vary by: of 60 months without season they explain .19, and
# over .5 once in a thousand.
SEASONAL, SEASON_YEARS = 0.5, 3

ROLLED = note_of("register_rolled_over")
NEVER_FALLS = note_of("never_falls")


def register_range(x: Floats) -> float | None:
    """The power of ten at which readings roll over; None where they do not.

    Args:
        x: readings in order, none missing.

    Example:
        >>> register_range(np.array([96.0, 97, 98, 99, 0, 1, 2, 3]))
        100.0
    """
    steps = np.diff(x)
    falls = steps < 0
    rises = steps[steps > 0]
    if not falls.any() or not len(rises) or x.min() < 0 or x.max() <= 0:
        return None
    top = float(10.0 ** np.floor(np.log10(x.max()) + 1))
    rare = falls.sum() <= len(steps) / 4 and len(rises) > len(steps) / 2
    ends = (x[:-1][falls] > (1 - ENDS) * top) & (x[1:][falls] < ENDS * top)
    gained = steps[falls] + top
    return top if rare and ends.all() and (gained <= ALIKE_GAINS * rises.max()).all() else None


def unrolled(figures: Figures) -> Figures:
    """Figures whose register runs on beyond its end, with a note; others as they are."""
    seen = np.flatnonzero(np.isfinite(figures.values))
    x = figures.values[seen]
    top = register_range(x) if len(x) > FEWEST_RUNNING else None
    if top is None:
        return figures
    x = x + top * np.concatenate([[0], np.cumsum(np.diff(x) < 0)])
    values = list(figures.series.values)
    for position, value in zip(seen.tolist(), x.tolist(), strict=True):
        values[position] = float(f"{value:.12g}")
    series = figures.series.model_copy(
        update={"values": tuple(values), "notes": (*figures.series.notes, ROLLED)}
    )
    return replace(figures, series=series)


def never_falls(figures: Figures) -> bool:
    """Whether figures run on, but for a few places where they are set back."""
    x = figures.values[np.isfinite(figures.values)]
    steps = np.diff(x)
    if figures.series.frequency not in ("day", "month") or len(steps) < FEWEST_RUNNING:
        return False
    falls = steps < 0
    reset = falls & (x[1:] < RESET * x[:-1])
    if (falls & ~reset).any() or reset.sum() > len(steps) // STEPS_A_RESET:
        return False
    return bool((steps > 0).sum() >= len(steps) / 2)


def is_running(figures: Figures, *, said: bool) -> bool:
    """Whether figures are the readings of a meter that runs on.

    Args:
        figures: days or months, rolled over registers already unrolled.
        said: whether the column is called a reading.
    """
    if not never_falls(figures):
        return False
    x = figures.values[np.isfinite(figures.values)]
    steps = np.diff(x)
    kept = steps >= 0
    if said:
        return True
    if _alternates(steps[kept]) or _in_proportion(x[:-1][kept], steps[kept]):
        return False
    rolled = any(note.code == ROLLED.code for note in figures.series.notes)
    return rolled or not kept.all() or _is_meter(x, steps) or _gains_by_season(figures.series)


def _is_meter(x: Floats, gains: Floats) -> bool:
    """Whether readings began at nought, or are so high that gains are next to nothing."""
    typical = float(np.median(gains))
    return float(x[0]) <= BEGAN * typical or typical < SLOWEST * float(np.median(x))


def _gains_by_season(series: Series) -> bool:
    """Whether the month explains most of what gains vary by."""
    if series.frequency != "month":
        return False
    gains = np.diff(series.array)
    months = np.array([int(p[5:7]) for p in series.periods[1:]])[np.isfinite(gains)]
    gains = gains[np.isfinite(gains)]
    if len(gains) < SEASON_YEARS * 11 - 1:
        return False
    gains = gains - np.polyval(np.polyfit(np.arange(len(gains)), gains, 1), np.arange(len(gains)))
    parts = [gains[months == m] for m in np.unique(months)]
    left = sum(float(((part - part.mean()) ** 2).sum()) for part in parts)
    whole = float((gains**2).sum())
    # Averages of few years explain much by chance: what is left counts by its degrees of freedom.
    free = len(gains) - len(parts)
    return whole > 0 and free > 0 and 1 - (left / free) / (whole / (len(gains) - 1)) > SEASONAL


def _alternates(gains: Floats) -> bool:
    off = gains - gains.mean()
    whole = float((off * off).sum())
    return whole > 0 and float((off[1:] * off[:-1]).sum()) < ALTERNATES * whole


def _in_proportion(level: Floats, gains: Floats) -> bool:
    third = len(level) // 3
    grown = float(np.median(level[-third:]) / np.median(level[:third]))
    more = float(np.median(gains[-third:]) / max(np.median(gains[:third]), np.finfo(float).tiny))
    if grown < DOUBLES or more <= 0:
        return False
    return bool(np.log(more) > IN_PROPORTION * np.log(grown))
