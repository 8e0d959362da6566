"""Tools on a region's series: what happened, its peak, its report, events, power."""

import json
from typing import Any

from tanzhe.api.reports.findings import investigate, report
from tanzhe.api.series.effects import effect, event_effects
from tanzhe.api.series.episode import episodes
from tanzhe.api.series.peaks import peak
from tanzhe.api.series.power_system import power
from tanzhe.api.series.turning import load, turning_points
from tanzhe.mcp.answers import answered, coverage, of_series
from tanzhe.mcp.asked import (
    EffectAsked,
    EventEffectsAsked,
    PowerAsked,
    ReportAsked,
    SeriesAsked,
)
from tanzhe.mcp.desk import Desk
from tanzhe.model import Series
from tanzhe.reports import turns_json
from tanzhe.reports.answers.effect import effect_answer, effects_answer
from tanzhe.reports.answers.episode import episodes_json
from tanzhe.reports.answers.json import power_json
from tanzhe.reports.answers.peak import peak_answer
from tanzhe.series.output import packaged
from tanzhe.workspace import Workspace


def _loaded(asked: SeriesAsked, desk: Desk, workspace: Workspace | None) -> Series:
    return load(
        asked.region, asked.sector, desk.data(asked.data), since=asked.since, until=asked.until,
        as_of=asked.as_of, workspace=workspace,
    )  # fmt: skip


def turns(asked: SeriesAsked, desk: Desk) -> dict[str, Any]:
    """The turning points, as `tanzhe turns --json`."""
    with desk.opened() as workspace:
        found = turning_points(_loaded(asked, desk, workspace), workspace=workspace)
    return of_series(turns_json(found, desk.language), found.series, (), desk.language)


def told_episodes(asked: SeriesAsked, desk: Desk) -> dict[str, Any]:
    """The episodes, as `tanzhe episodes --json`."""
    with desk.opened() as workspace:
        found = episodes(_loaded(asked, desk, workspace), workspace=workspace)
    answer = episodes_json(found, desk.language)
    return of_series(answer, found.series, found.notes, desk.language)


def told_peak(asked: SeriesAsked, desk: Desk) -> dict[str, Any]:
    """The judgement, as `tanzhe peak --json`."""
    with desk.opened() as workspace:
        found = peak(_loaded(asked, desk, workspace))
    return of_series(peak_answer(found, desk.language), found.series, found.notes, desk.language)


def told_report(asked: ReportAsked, desk: Desk) -> dict[str, Any]:
    """The report, as `tanzhe report --offline --json`, and its text in Markdown."""
    with desk.opened() as workspace:
        found = investigate(_loaded(asked, desk, workspace), workspace=workspace)
    tree, text = (
        report(found, register=asked.wording, format=form, language=desk.language)
        for form in ("json", "md")
    )
    return {**of_series(json.loads(tree), found.series, (), desk.language), "text": text}


def told_effect(asked: EffectAsked, desk: Desk) -> dict[str, Any]:
    """One event measured, as `tanzhe effect --json`."""
    with desk.opened() as workspace:
        series = load(
            asked.region, asked.sector, "nbs-output", as_of=asked.as_of, workspace=workspace
        )
        found = effect(
            series, event=asked.event, date=asked.date, until=asked.until, sign=asked.sign,
            workspace=workspace,
        )  # fmt: skip
    return of_series(effect_answer(found, desk.language), found.series, found.notes, desk.language)


def told_effects(asked: EventEffectsAsked, desk: Desk) -> dict[str, Any]:
    """All events measured, as `tanzhe effect --all --json`."""
    products = None if asked.sector is None else [asked.sector]
    with desk.opened() as workspace:
        found = event_effects(asked.region, products, as_of=asked.as_of, workspace=workspace)
    answer = effects_answer(found, desk.language)
    if found.effects:
        return of_series(answer, found.effects[0].series, found.notes, desk.language)
    own = packaged()
    return answered(
        answer, source="nbs-output", vintage=own.vintage, sha256=own.sha256,
        gaps=[*coverage("nbs-output", desk.language),
              *(note.said(desk.language) for note in found.notes)],
        language=desk.language,
    )  # fmt: skip


def told_power(asked: PowerAsked, desk: Desk) -> dict[str, Any]:
    """Power as a system, as `tanzhe power --json`."""
    with desk.opened() as workspace:
        found = power(
            asked.region, since=asked.since, until=asked.until, as_of=asked.as_of,
            workspace=workspace,
        )  # fmt: skip
    return answered(
        power_json(found, desk.language), source=found.source, vintage=found.vintage,
        sha256=found.sha256, language=desk.language,
        gaps=[*coverage(found.source, desk.language),
              *(note.said(desk.language) for note in found.notes)],
    )  # fmt: skip
