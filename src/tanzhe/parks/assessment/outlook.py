"""Whether a park will meet its core indicator at the next review: a stated, simple rule.

At risk is a park that today has data missing, or misses a mandatory indicator other than the core
one, or misses the core limit without listed projects that close the gap in time, or whose core
indicator, moving on as over the past years, passes the limit by the review.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np

from tanzhe.model import Record
from tanzhe.model.park import Assessment, IndicatorResult, Project
from tanzhe.model.rules import Review, RuleSet
from tanzhe.model.told import Told, row_of
from tanzhe.text import read_dates

Outlook = Literal["on_track", "relies_on_projects", "at_risk", "no_threshold", "no_review"]
ProjectionKind = Literal["trend", "projects"]

DEFINITION = Told(
    "风险的判定：现在数据缺失无法判断；或核心以外必须达到的指标未达到；或核心指标未达到，且评估前"
    "建成的项目减排后仍高于限值（能耗按不变计，没有写完成时间或减排量的项目不计）；或按历年直线趋势"
    "外推到评估年会高于限值。以上都没有的为“正常”；核心指标现未达到、靠项目可以达到的为“靠项目”。",
    "At risk is a park of which data are missing, so that nothing can be judged; or that misses an "
    "indicator other than the core one that must be reached; or that misses the core indicator and "
    "stays above its limit after the projects completed before the review (energy unchanged; "
    "projects without a date or abatement count nothing); or whose straight line through the "
    "years passes the limit in the year of the review. Else it is on track, or relies on projects "
    "where the core indicator is missed today and projects close the gap.",
)
_YEAR = re.compile(r"(20\d\d)(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?!\d))?")


class Projection(Record):
    """The core indicator expected in the year of a review, tCO2/tce, and how it was reached."""

    kind: ProjectionKind
    year: int
    value: float
    how: Told


class Expected(Record):
    """What is expected of a park at the next review, and why."""

    outlook: Outlook
    reasons: tuple[Told, ...] = ()
    projections: tuple[Projection, ...] = ()


def next_review(rules: RuleSet, year: int) -> Review | None:
    """The first review of a rule set in or after a year, e.g. Yunnan's mid-term evaluation.

    Example:
        >>> from tanzhe.rulebook import rule_set
        >>> next_review(rule_set("cn-yn-2025-987"), 2025).date
        '2026-12'
        >>> next_review(rule_set("cn-yn-2025-987"), 2027) is None
        True
    """
    ahead = [review for review in rules.reviews if review.date[:4] >= f"{year:04d}"]
    return min(ahead, key=lambda review: review.date, default=None)


def expected(years: Sequence[Assessment], review: Review | None) -> Expected:
    """What is expected of one park at a review.

    Args:
        years: the park's years, ascending.
        review: the next review, or None where the rule set has none ahead.
    """
    now = years[-1]
    if now.verdict == "not_applicable":
        return Expected(outlook="no_threshold", reasons=(_NO_THRESHOLD,))
    if review is None:
        return Expected(outlook="no_review", reasons=(_NO_REVIEW,))
    core = core_of(now)
    limit = core.threshold if core is not None else None
    trend = _trend(years, int(review.date[:4]))
    projects = _projects(now, review)
    reasons = [*_today(now), *_ahead(core, limit, trend, projects)]
    relies = core is not None and core.status == "not_met"
    outlook: Outlook = "relies_on_projects" if relies else "on_track"
    return Expected(
        outlook="at_risk" if reasons else outlook,
        reasons=tuple(reasons),
        projections=tuple(one for one in (trend, projects) if one is not None),
    )


def core_of(one: Assessment) -> IndicatorResult | None:
    """The core indicator that applies, or None."""
    return next((i for i in one.indicators if i.id == one.tier), None)


def _today(now: Assessment) -> list[Told]:
    missing = [
        one.name
        for one in now.indicators
        if one.status in ("missing", "undefined") and one.threshold is not None
    ]
    failing = [
        one.name
        for one in now.indicators
        if one.status == "not_met" and one.duty == "mandatory" and one.id != now.tier
    ]
    told = []
    if missing:
        names = row_of(missing)
        told.append(
            Told(
                f"缺数据或口径，无法判断：{names}",
                f"cannot be judged, data or a definition are missing: {names.en}",
            )
        )
    if failing:
        names = row_of(failing)
        told.append(
            Told(
                f"必须达到的指标未达到：{names}",
                f"indicators that must be reached are not met: {names.en}",
            )
        )
    return told


def _ahead(
    core: IndicatorResult | None,
    limit: float | None,
    trend: Projection | None,
    projects: Projection | None,
) -> list[Told]:
    if core is None or limit is None:
        return []
    if core.status == "not_met":
        if projects is None:
            return [_NO_PROJECT]
        if projects.value > limit:
            return [
                Told(
                    f"核心指标未达到，项目建成后仍为 {projects.value:.4f}，高于 {limit:g}",
                    f"the core indicator is not met, and with its projects it is still "
                    f"{projects.value:.4f}, above {limit:g}",
                )
            ]
        return []
    if trend is not None and trend.value > limit:
        return [
            Told(
                f"核心指标现已达到，但按趋势到 {trend.year} 年为 {trend.value:.4f}，高于 {limit:g}",
                f"the core indicator is met today, but by its trend it is {trend.value:.4f} in "
                f"{trend.year}, above {limit:g}",
            )
        ]
    return []


_NO_THRESHOLD = Told("没有适用的核心指标门槛", "no threshold of the core indicator applies")
_NO_REVIEW = Told("指标体系没有列出今后的评估", "the rule set names no review ahead")
_NO_PROJECT = Told(
    "核心指标未达到，没有在评估前完成并写明减排量的项目",
    "the core indicator is not met, and no project with an abatement is done before the review",
)


def _trend(years: Sequence[Assessment], year: int) -> Projection | None:
    """The straight line through the years, to the year of the review."""
    points = [(one.park.year, one.emission_per_energy) for one in years]
    known = [(y, value) for y, value in points if value is not None]
    if len(known) < 2 or known[-1][0] >= year:
        return None
    at, values = (np.array(column, dtype=float) for column in zip(*known, strict=True))
    slope, level = np.polyfit(at - at[-1], values, 1)
    value = max(0.0, float(level + slope * (year - at[-1])))
    span = f"{int(at[0])}—{int(at[-1])}"
    how = Told(
        f"{span} 年 {len(known)} 点的直线，每年 {slope:+.4f}",
        f"straight line through {len(known)} points of {span}, {slope:+.4f} a year",
    )
    return Projection(kind="trend", year=year, value=value, how=how)


def _projects(now: Assessment, review: Review) -> Projection | None:
    """Emissions less what projects completed between the year and the review will cut."""
    ends = _end_of(review.date)
    counted = [
        (project.name, project.abatement)
        for project in now.park.projects
        if project.abatement is not None and _in_time(project, now.park.year, ends)
    ]
    if not counted or now.energy_tce <= 0:
        return None
    cut = sum(abatement for _, abatement in counted)
    value = (now.emissions.total - cut) / now.energy_tce
    names = row_of(name for name, _ in counted)
    how = Told(
        f"现值减去 {names} 的 {cut:,.1f} tCO2，能耗不变",
        f"today's value less {cut:,.1f} tCO2 of {names.en}, energy unchanged",
    )
    return Projection(kind="projects", year=ends.year, value=value, how=how)


def _in_time(project: Project, year: int, review: date | None) -> bool:
    done = completion(project.period)
    return done is not None and review is not None and date(year, 12, 31) < done <= review


def _end_of(text: str) -> date:
    """The last day of an ISO day, month or year."""
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])


def completion(period: str) -> date | None:
    """The day a project's period ends, or None where the text names none.

    Example:
        >>> completion("2024年3月—2026年6月"), completion("2026"), completion("待定")
        (datetime.date(2026, 6, 30), datetime.date(2026, 12, 31), None)
    """
    spans = [span.last_day for span in read_dates(period)]
    if spans:
        return max(spans)
    found = [_end_of("-".join(part for part in m.groups() if part)) for m in _YEAR.finditer(period)]
    return max(found, default=None)
