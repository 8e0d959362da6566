"""What a panel of series teaches before any single one is judged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tanzhe.errors import Words
from tanzhe.model import Progress, silent
from tanzhe.turning.panels.robust.pooling import (
    Candidates,
    Prior,
    Values,
    built_in,
    explore,
    pooled,
)
from tanzhe.turning.panels.robust.settings import Settings


@dataclass(frozen=True)
class Lessons:
    """The prior that a panel supports, and the settings with the size of its trends."""

    prior: Prior
    settings: Settings


def narrowed(settings: Settings) -> Settings:
    """The settings for the series of a panel, which only teach the priors."""
    return replace(settings, beam=settings.pilot_beam, kept=settings.pilot_kept)


def learn(
    panel: Sequence[Values], narrow: Settings, settings: Settings, progress: Progress = silent
) -> tuple[Lessons, list[Candidates]]:
    """The lessons, and what the narrow search found for each series on the way."""
    start = built_in(len(panel[0].logs), narrow)
    found = []
    for number, values in enumerate(panel):
        progress(Words("学习各地区的波动规律", "Learning how the regions vary"), number, len(panel))
        found.append(explore(values, start, narrow))
    chosen = replace(settings, trend_size=narrow.trend_size)
    return Lessons(pooled(found, start, narrow), chosen), found
