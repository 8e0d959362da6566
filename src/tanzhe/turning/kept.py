"""What a panel taught, kept as text: learnt once, used for all its provinces.

Learning from 31 provinces takes most of the time of a question about one of them, and is the same
for each. So it is remembered within the process and, where there is a shelf, between processes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Protocol

import numpy as np
from pydantic import ValidationError

from tanzhe.model import Progress, Record, Series
from tanzhe.turning.joint import Apart, Panel, learnt_from
from tanzhe.turning.lessons import Lessons
from tanzhe.turning.pooling import Prior, Values
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import Settings


class Shelf(Protocol):
    """Where lessons are kept between processes."""

    def fetch(self, key: str) -> str | None:
        """The text kept under a key, or None."""

    def store(self, key: str, text: str) -> None:
        """Keep a text under a key."""


class _KeptLessons(Record):
    log_weights: tuple[float, ...]
    log_rates: tuple[float, ...]
    trend_size: float

    @classmethod
    def of(cls, lessons: Lessons) -> "_KeptLessons":
        return cls(
            log_weights=tuple(lessons.prior.log_weights.tolist()),
            log_rates=tuple(lessons.prior.log_rates.tolist()),
            trend_size=lessons.settings.trend_size,
        )

    def lessons(self, settings: Settings) -> Lessons:
        prior = Prior(np.array(self.log_weights), np.array(self.log_rates))
        return Lessons(prior, replace(settings, trend_size=self.trend_size))


class _KeptApart(Record):
    left: dict[str, tuple[float, ...]]
    missing: dict[str, tuple[int, ...]]
    lessons: _KeptLessons
    share: float


class _KeptPanel(Record):
    alone: _KeptLessons
    apart: _KeptApart | None


# Panels met in this process.
_KNOWN: dict[str, Panel] = {}


def panel_of(
    series: Sequence[Series], settings: Settings, progress: Progress, shelf: Shelf | None = None
) -> Panel:
    """Lessons of a panel, learnt unless known; the order of the series is no matter.

    Args:
        series: of one source and sector, on the same periods.
        settings: the fixed default.
        progress: told how many series have been looked at.
        shelf: where lessons are kept between processes.
    """
    ordered = sorted(series, key=lambda s: s.region)
    key = _key(ordered, settings)
    if key not in _KNOWN:
        values = {s.region: prepared(s) for s in ordered}
        kept = shelf.fetch(key) if shelf is not None else None
        panel = panel_from(kept, values, settings) if kept else None
        if panel is None:
            panel = learnt_from(values, settings, progress)
            if shelf is not None:
                shelf.store(key, text_of(panel))
        _KNOWN[key] = panel
    return _KNOWN[key]


def _key(ordered: Sequence[Series], settings: Settings) -> str:
    """A name for everything that lessons depend on, but for the code."""
    digest = hashlib.sha256(repr(sorted(asdict(settings).items())).encode())
    for one in ordered:
        about = (one.source, one.sha256, one.region, one.sector, one.merged, one.periods)
        digest.update(repr((*about, one.values)).encode())
    return digest.hexdigest()


def text_of(panel: Panel) -> str:
    """Lessons as JSON, every digit kept."""
    apart = panel.apart and _KeptApart(
        left={region: tuple(v.logs.tolist()) for region, v in panel.apart.left.items()},
        missing={region: v.missing for region, v in panel.apart.left.items()},
        lessons=_KeptLessons.of(panel.apart.lessons),
        share=panel.apart.share,
    )
    return _KeptPanel(alone=_KeptLessons.of(panel.alone), apart=apart).model_dump_json()


def panel_from(text: str, values: dict[str, Values], settings: Settings) -> Panel | None:
    """Lessons from JSON, or None where it is not that of this panel.

    Args:
        text: from `text_of`.
        values: the series of the panel by region.
        settings: those the lessons were learnt with.
    """
    try:
        kept = _KeptPanel.model_validate_json(text)
    except ValidationError:
        return None
    alone = kept.alone.lessons(settings)
    if kept.apart is None:
        return Panel(alone, None)
    if not kept.apart.left.keys() == kept.apart.missing.keys() == values.keys():
        return None
    left = {
        region: replace(values[region], logs=np.array(logs), missing=kept.apart.missing[region])
        for region, logs in kept.apart.left.items()
    }
    return Panel(alone, Apart(left, kept.apart.lessons.lessons(settings), kept.apart.share))
