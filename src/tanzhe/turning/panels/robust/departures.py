"""Each unit of a panel as a departure from the others: the common part taken out, priors learnt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tanzhe.model import Progress, silent
from tanzhe.turning.calendar import Floats
from tanzhe.turning.panels.robust.common import Common, common, expected_own, known_of, outlying
from tanzhe.turning.panels.robust.lessons import Lessons, learn, narrowed
from tanzhe.turning.panels.robust.pooling import Candidates, Values, with_trend_size
from tanzhe.turning.panels.robust.settings import Settings

# What the units did on their own is found, taken out, and the common part estimated anew so often.
ROUNDS = 2


@dataclass(frozen=True, eq=False)
class Departures:
    """A panel without its common part.

    Attributes:
        values: of each unit, the common part taken out.
        common: what was taken out.
        own: expected components of each unit, shape (n_units, n_periods).
        lessons: what the departures teach about noise and events.
        found: what a narrow search found in them, the common part as it was a round before.
    """

    values: tuple[Values, ...]
    common: Common
    own: Floats
    lessons: Lessons
    found: tuple[Candidates, ...]


def departures(
    panel: Sequence[Values],
    settings: Settings,
    *,
    controls: Floats | None = None,
    period_effects: bool = True,
    progress: Progress = silent,
) -> Departures:
    """Common part and units' own doings, found in turn.

    Args:
        panel: units on one calendar.
        settings: the fixed default.
        controls: shape (n_controls, n_units, n_periods), finite everywhere.
        period_effects: whether periods have effects.
        progress: told how far the search is.
    """
    panel = _comparable(panel) if period_effects else panel
    size = (len(panel), len(panel[0].logs))
    beside = np.zeros((0, *size)) if controls is None else controls
    first = common(panel, np.zeros(size), beside, period_effects=period_effects)
    own, narrow = outlying(panel, np.tensordot(first.coefficients, beside, axes=1)), None
    for _ in range(ROUNDS):
        shared = common(panel, own, beside, period_effects=period_effects)
        left = _without(panel, shared.part)
        narrow = narrow or with_trend_size(left, narrowed(settings))
        learnt, found = learn(left, narrow, settings, progress)
        own = np.array([expected_own(one, learnt.prior) for one in found])
    shared = common(panel, own, beside, period_effects=period_effects)
    left = _without(panel, shared.part)
    return Departures(left, shared, own, learnt, tuple(found))


def _comparable(panel: Sequence[Values]) -> tuple[Values, ...]:
    """The units where another one is known too: alone in a period, one is its whole effect."""
    known = known_of(panel)
    beside = known & (known.sum(axis=0) > 1)
    return tuple(
        Values.of(np.where(seen, values.logs, np.nan), values.calendar)
        for values, seen in zip(panel, beside, strict=True)
    )


def _without(panel: Sequence[Values], part: Floats) -> tuple[Values, ...]:
    return tuple(
        replace(values, logs=values.logs - taken) for values, taken in zip(panel, part, strict=True)
    )
