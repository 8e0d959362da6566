"""Turning points of a report against those of the series itself."""

from collections.abc import Sequence

from tanzhe.audits.claims.read import moved
from tanzhe.audits.records import Point, ReportText, Verdicts
from tanzhe.errors import Words
from tanzhe.model import TurningPoint, TurningPoints
from tanzhe.periods import Month, holiday_days

NEAR = 1  # months by which a stated point may miss the interval


def check_series(report: ReportText, points: TurningPoints, verdicts: Verdicts) -> None:
    """Whether the series turns where the report says, and whether it is only the calendar.

    Args:
        report: as read.
        points: all points of its series, with scopes.
        verdicts: where findings go.
    """
    series = points.series
    known = (_first(series.periods[0]), _first(series.periods[-1]))
    for point in report.points:
        if point.days is None:
            continue
        month = Month(point.days.first.year, point.days.first.month)
        if not known[0] <= month <= known[1]:
            continue
        near = _near(month, points)
        real = [p for p in near if p.scope in ("province", "national")]
        if real:
            continue
        if any(p.scope == "calendar" for p in near) or (not near and _on_edge(month)):
            _calendar(point, month, verdicts)
        else:
            _no_point(point, points, near, verdicts)


def _first(period: str) -> Month:
    return Month.parse(period if len(period) > 4 else f"{period}-01")


def _near(month: Month, points: Sequence[TurningPoint]) -> list[TurningPoint]:
    found = []
    for one in points:
        first, last = (_first(period) for period in one.interval)
        if first.month == 2:
            first = Month(first.year, 1)
        low = moved(first.first_day, -NEAR)
        high = moved(last.last_day, NEAR, end=True)
        if low <= month.first_day <= high:
            found.append(one)
    return found


def _on_edge(month: Month) -> bool:
    """January to March, or a month in the dip around Spring Festival."""
    return month.month in (1, 2, 3) or holiday_days(month, merged=False) > 0


def _calendar(point: Point, month: Month, verdicts: Verdicts) -> None:
    verdicts.wrong(
        "calendar_artefact", point.line,
        Words(
            f"转折点 {point.id} 落在春节或一、二月合并的边上，扣除节日后序列在 {month} 没有转折",
            f"{point.id} lies on the Spring Festival or January-February edge; "
            f"without the holiday the series does not turn in {month}",
        ),
        point=point,
    )  # fmt: skip


def _no_point(
    point: Point, points: TurningPoints, near: Sequence[TurningPoint], verdicts: Verdicts
) -> None:
    dates = "、".join(sorted(p.date for p in points.of_scope("province", "national"))[:8]) or "无"
    why = (
        Words("附近只有数据缺陷", "has faults of the data alone near")
        if near
        else Words("附近没有转折", "does not turn at")
    )
    verdicts.wrong(
        "no_such_turning_point", point.line,
        Words(
            f"序列 {points.series.source} 在 {point.id} {why.zh}；它的转折点是：{dates}",
            f"the series {points.series.source} {why.en} {point.id}; it turns at {dates}",
        ),
        point=point,
    )  # fmt: skip
