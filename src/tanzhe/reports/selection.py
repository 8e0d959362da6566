"""Which points a report lists where: turning points, weak signals, odd months, and what is none."""

from tanzhe.model import Series, TurningPoint, TurningPoints
from tanzhe.reports.findings import Findings

IDLE = "idle_series"


def is_idle(series: Series) -> bool:
    """Whether the source gives zero throughout, so that nothing can be judged."""
    return any(note.code == IDLE for note in series.notes)


def durable_points(points: TurningPoints) -> tuple[TurningPoint, ...]:
    """Established and possible points of the province or the nation, in the order given."""
    return tuple(point for point in _moved(points) if point.band != "weak")


def odd_points(points: TurningPoints) -> tuple[TurningPoint, ...]:
    """Single odd periods: neither turning points nor weak signals, and always listed."""
    moved = points.of_scope("province", "national")
    return tuple(point for point in moved if point.single is not None)


def _moved(points: TurningPoints) -> tuple[TurningPoint, ...]:
    moved = points.of_scope("province", "national")
    return tuple(point for point in moved if point.single is None)


def main_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """The turning points of the series asked for."""
    return durable_points(findings.points)


def weak_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Weak signals that fill the list up to `top`."""
    room = max(0, findings.top - len(main_points(findings)))
    return tuple(point for point in _moved(findings.points) if point.band == "weak")[:room]


def apart_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Points that are no turning points: calendar artefacts and data defects."""
    return findings.points.of_scope("calendar", "data")


def charted_points(findings: Findings) -> tuple[TurningPoint, ...]:
    """Everything that the report lists of its series."""
    return (
        *main_points(findings),
        *weak_points(findings),
        *odd_points(findings.points),
        *apart_points(findings),
    )
