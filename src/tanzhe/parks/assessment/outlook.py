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
from tanzhe.text import read_dates

Outlook = Literal["on_track", "relies_on_projects", "at_risk", "no_threshold", "no_review"]
ProjectionKind = Literal["trend", "projects"]

DEFINITION = (
    "风险的判定：现在数据缺失无法判断；或核心以外必须达到的指标未达到；或核心指标未达到，且评估前"
    "建成的项目减排后仍高于限值（能耗按不变计，没有写完成时间或减排量的项目不计）；或按历年直线趋势"
    "外推到评估年会高于限值。以上都没有的为“正常”；核心指标现未达到、靠项目可以达到的为“靠项目”。"
)
_YEAR = re.compile(r"(20\d\d)(?:\s*[-/.年]\s*(1[0-2]|0?[1-9])(?!\d))?")


class Projection(Record):
    """The core indicator expected in the year of a review, tCO2/tce, and how it was reached."""

    kind: ProjectionKind
    year: int
    value: float
    how: str


class Expected(Record):
    """What is expected of a park at the next review, and why, in Chinese."""

    outlook: Outlook
    reasons: tuple[str, ...] = ()
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
        return Expected(outlook="no_threshold", reasons=("没有适用的核心指标门槛",))
    if review is None:
        return Expected(outlook="no_review", reasons=("指标体系没有列出今后的评估",))
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


def _today(now: Assessment) -> list[str]:
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
    told = [f"缺数据或口径，无法判断：{'、'.join(missing)}"] if missing else []
    return [*told, *([f"必须达到的指标未达到：{'、'.join(failing)}"] if failing else [])]


def _ahead(
    core: IndicatorResult | None,
    limit: float | None,
    trend: Projection | None,
    projects: Projection | None,
) -> list[str]:
    if core is None or limit is None:
        return []
    if core.status == "not_met":
        if projects is None:
            return ["核心指标未达到，没有在评估前完成并写明减排量的项目"]
        if projects.value > limit:
            return [f"核心指标未达到，项目建成后仍为 {projects.value:.4f}，高于 {limit:g}"]
        return []
    if trend is not None and trend.value > limit:
        return [f"核心指标现已达到，但按趋势到 {trend.year} 年为 {trend.value:.4f}，高于 {limit:g}"]
    return []


def _trend(years: Sequence[Assessment], year: int) -> Projection | None:
    """The straight line through the years, to the year of the review."""
    points = [(one.park.year, one.emission_per_energy) for one in years]
    known = [(y, value) for y, value in points if value is not None]
    if len(known) < 2 or known[-1][0] >= year:
        return None
    at, values = (np.array(column, dtype=float) for column in zip(*known, strict=True))
    slope, level = np.polyfit(at - at[-1], values, 1)
    value = max(0.0, float(level + slope * (year - at[-1])))
    how = f"{int(at[0])}—{int(at[-1])} 年 {len(known)} 点的直线，每年 {slope:+.4f}"
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
    names = "、".join(name for name, _ in counted)
    how = f"现值减去 {names} 的 {cut:,.1f} tCO2，能耗不变"
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
