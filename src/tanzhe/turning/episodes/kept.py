"""Judged panels, remembered: searched once, told of every member.

Searching 31 provinces takes seconds and is the same for each of them. So what the panel taught and
the likely sets of its members are remembered within the process and, where there is a shelf,
between processes: one text for the panel and one for each member, every digit kept.
"""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Protocol

import numpy as np
from pydantic import ValidationError

from tanzhe.kept import key
from tanzhe.model import Progress, Record, Series
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes.beam import Sets
from tanzhe.turning.episodes.candidates import Candidates, Described, Prior
from tanzhe.turning.episodes.engine import Judged, judge
from tanzhe.turning.episodes.nation import Loading, nation_of
from tanzhe.turning.episodes.noise import Regular
from tanzhe.turning.episodes.panel import Member, Panel
from tanzhe.turning.episodes.prepare import calendar_of, logs_of
from tanzhe.turning.episodes.settings import SHAPES, EpisodeSettings
from tanzhe.turning.episodes.shapes import shapes

# Panels remembered in a process; one of 31 provinces takes some ten megabytes.
MOST_KNOWN = 6
_KNOWN: dict[str, Judged] = {}
Figures = tuple[list[str], Floats, Calendar]


class Shelf(Protocol):
    """Where judged panels are kept between processes."""

    def fetch(self, key: str) -> str | None:
        """The text kept under a key, or None."""

    def store(self, key: str, text: str) -> None:
        """Keep a text under a key."""


def judged_of(
    members: Sequence[Series], settings: EpisodeSettings, progress: Progress, shelf: Shelf | None
) -> tuple[Judged, int]:
    """The search of the panel of the first series, and its number there; searched unless known.

    Args:
        members: of one panel, on the same periods; the order does not matter beyond the first.
        settings: the fixed default.
        progress: told how far the search is.
        shelf: where judged panels are kept between processes.
    """
    ordered = sorted(members, key=lambda one: one.region)
    i = next(k for k, one in enumerate(ordered) if one is members[0])
    figures = figures_of(ordered)
    question = key(__name__, *figures, settings)
    judged = _KNOWN.get(question)
    if judged is not None and i in judged.members:
        return judged, i
    if shelf is not None:
        judged = _fetched(shelf, question, i, figures, settings)
    if judged is None or i not in judged.members:
        judged = judge(*figures, settings, progress)
        if shelf is not None:
            _store(shelf, question, judged)
    _remember(question, judged)
    return judged, i


def _remember(key: str, judged: Judged) -> None:
    known = _KNOWN.get(key)
    if known is not None:
        judged.members.update(known.members)
    while len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)))
    _KNOWN[key] = judged


def figures_of(members: Sequence[Series]) -> Figures:
    """Names, logarithms and calendar of the series of a panel."""
    logs = np.array([logs_of(one) for one in members])
    return [one.region for one in members], logs, calendar_of(members[0])


class _KeptPrior(Record):
    log_weights: tuple[float, ...]
    log_rates: tuple[float, ...]

    @classmethod
    def of(cls, prior: Prior) -> "_KeptPrior":
        return cls(log_weights=_row(prior.log_weights), log_rates=_row(prior.log_rates))

    def prior(self) -> Prior:
        return Prior(np.array(self.log_weights), np.array(self.log_rates))


class _KeptSets(Record):
    """Sets by noise: shapes and widths of each set in turn, and its evidence."""

    noise: int
    members: tuple[tuple[int, ...], ...]
    widths: tuple[tuple[int, ...], ...]
    evidence: tuple[float, ...]


class _KeptMember(Record):
    alone: tuple[_KeptSets, ...]
    apart: tuple[_KeptSets, ...] | None
    weight: float


class _KeptPanel(Record):
    names: tuple[str, ...]
    loudness: tuple[float, ...]
    others: tuple[tuple[float | None, ...], ...]
    scale: tuple[float, ...]
    chosen: tuple[float, float, float]
    chosen_apart: tuple[float, float, float]
    alone: _KeptPrior
    apart: _KeptPrior | None
    share: float
    nation: tuple[_KeptSets, ...] | None
    held: tuple[float, ...]
    loadings: tuple[tuple[tuple[float, float, float], ...], ...]


def _store(shelf: Shelf, key: str, judged: Judged) -> None:
    for i, member in judged.members.items():
        shelf.store(f"{key} {i}", member_text(member))
    shelf.store(key, panel_text(judged))


def panel_text(judged: Judged) -> str:
    """What a panel taught, as JSON."""
    panel, common = judged.panel, judged.nation
    return _KeptPanel(
        names=panel.names,
        loudness=_row(panel.loudness),
        others=tuple(tuple(None if np.isnan(v) else v for v in _row(row)) for row in panel.others),
        scale=_row(panel.scale),
        chosen=astuple(panel.chosen),
        chosen_apart=astuple(panel.chosen_apart),
        alone=_KeptPrior.of(panel.alone),
        apart=None if panel.apart is None else _KeptPrior.of(panel.apart),
        share=panel.share,
        nation=None if common is None else _sets_text(common.candidates),
        held=tuple(judged.held),
        loadings=tuple(
            tuple((one.mean, one.spread, one.probability) for one in row) for row in judged.loadings
        ),
    ).model_dump_json()


def member_text(member: Member) -> str:
    """The likely sets of a member, as JSON."""
    return _KeptMember(
        alone=_sets_text(member.alone),
        apart=None if member.apart is None else _sets_text(member.apart),
        weight=member.weight,
    ).model_dump_json()


def _sets_text(candidates: Candidates) -> tuple[_KeptSets, ...]:
    out = []
    for noise, sets in enumerate(candidates.sets):
        if sets is None:
            continue
        count = (sets.members >= 0).sum(axis=1).tolist()
        rows = zip(sets.members.tolist(), sets.widths.tolist(), count, strict=True)
        pairs = [(tuple(shape[:many]), tuple(width[:many])) for shape, width, many in rows]
        out.append(
            _KeptSets(
                noise=noise,
                members=tuple(shape for shape, _ in pairs),
                widths=tuple(width for _, width in pairs),
                evidence=_row(sets.evidence),
            )
        )
    return tuple(out)


def _row(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def _fetched(
    shelf: Shelf, key: str, i: int, figures: Figures, settings: EpisodeSettings
) -> Judged | None:
    whole, one = shelf.fetch(key), shelf.fetch(f"{key} {i}")
    if whole is None or one is None:
        return None
    return judged_from(whole, {i: one}, figures, settings)


def judged_from(
    text: str, members: dict[int, str], figures: Figures, settings: EpisodeSettings
) -> Judged | None:
    """A judged panel from JSON, or None where the text is not of this panel.

    Args:
        text: from `panel_text`.
        members: texts from `member_text` by number of the member.
        figures: names, logarithms and calendar of the panel.
        settings: those it was judged with.
    """
    names, logs, calendar = figures
    try:
        kept = _KeptPanel.model_validate_json(text)
        each = {i: _KeptMember.model_validate_json(one) for i, one in members.items()}
    except ValidationError:
        return None
    if kept.names != tuple(names):
        return None
    panel = Panel(
        kept.names, logs, calendar, np.array(kept.loudness), Regular(*kept.chosen),
        Regular(*kept.chosen_apart), np.array(kept.others, dtype=np.float64),
        np.array(kept.scale), kept.alone.prior(),
        None if kept.apart is None else kept.apart.prior(), kept.share,
    )  # fmt: skip
    common = None
    if kept.nation is not None:
        described = panel.common(settings)
        common = nation_of(panel, _candidates(kept.nation, described, settings), settings)
    asked = {
        i: Member(
            _candidates(one.alone, panel.described(i, settings), settings),
            None if one.apart is None
            else _candidates(one.apart, panel.departing(i, settings), settings),
            one.weight,
        )
        for i, one in each.items()
    }  # fmt: skip
    loadings = [[Loading(*one) for one in row] for row in kept.loadings]
    return Judged(panel, asked, common, list(kept.held), loadings, settings)


def _candidates(
    kept: Sequence[_KeptSets], described: Described, settings: EpisodeSettings
) -> Candidates:
    sets: list[Sets | None] = [None] * len(settings.noises)
    for one in kept:
        sets[one.noise] = _sets(one, described, settings)
    return Candidates(described, tuple(sets))


def _sets(kept: _KeptSets, described: Described, settings: EpisodeSettings) -> Sets:
    size = max(1, max(map(len, kept.members)))
    members = np.full((len(kept.members), size), -1)
    widths = np.zeros((len(kept.members), size), dtype=np.intp)
    for row, (shape, width) in enumerate(zip(kept.members, kept.widths, strict=True)):
        members[row, : len(shape)], widths[row, : len(width)] = shape, width
    noise = settings.noises[kept.noise]
    known = shapes(len(described.logs), described.calendar.per_year, noise, settings)
    kind = np.where(members >= 0, known.kind[members], len(SHAPES))
    counts = np.stack([(kind == k).sum(axis=1) for k in range(len(SHAPES))], axis=1)
    return Sets(members, widths, np.array(kept.evidence), counts)
