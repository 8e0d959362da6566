"""Symbols of turning points: kind and scope are told by shape, colour only repeats it."""

from tanzhe.model import TurningPoint
from tanzhe.reports.pointparts import direction_of, is_straddling

SIZE = 5.0


def tone(point: TurningPoint) -> str:
    """The colour class of a point."""
    if point.scope in ("calendar", "data"):
        return point.scope
    return "open" if is_straddling(point) else direction_of(point.effect.percent)


def symbol(point: TurningPoint, x: float, y: float) -> str:
    """The symbol of a point around (x, y); a national point stands in a frame."""
    mood = " tz-odd" if point.single is not None else " faint" if point.band == "weak" else ""
    drawn = f'<path class="tz-{tone(point)}{mood}" d="{_outline(point, x, y)}"/>'
    if point.scope != "national":
        return drawn
    side = SIZE * 3.6
    return (
        f'{drawn}<rect class="tz-frame" x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" '
        f'width="{side:.1f}" height="{side:.1f}" rx="2"/>'
    )


def _outline(point: TurningPoint, x: float, y: float) -> str:
    s = SIZE
    if point.scope == "calendar":
        return f"M{x - s:.1f} {y:.1f}a{s} {s} 0 1 0 {2 * s} 0a{s} {s} 0 1 0 {-2 * s} 0z"
    if point.scope == "data":
        left, right = f"{x - s:.1f} {y - s:.1f}", f"{x + s:.1f} {y - s:.1f}"
        return f"M{left}l{2 * s} {2 * s}M{right}l{-2 * s} {2 * s}"
    if point.single is not None:
        return _diamond(x, y, 0.9 * s)
    if point.kind == "pulse":
        return f"M{x - 1.5 * s:.1f} {y - s / 2:.1f}h{3 * s}v{s}h{-3 * s}z"
    if point.kind == "slope":
        return _diamond(x, y, 1.2 * s)
    if is_straddling(point):  # a step that may go either way: both triangles, tip to tip
        return f"M{x - s:.1f} {y - s:.1f}h{2 * s}l{-2 * s} {2 * s}h{2 * s}z"
    turn = 1 if point.effect.percent < 0 else -1
    return f"M{x - 1.2 * s:.1f} {y - turn * s:.1f}h{2.4 * s}l{-1.2 * s} {turn * 2 * s}z"


def _diamond(x: float, y: float, reach: float) -> str:
    return f"M{x:.1f} {y - reach:.1f}l{reach} {reach}l{-reach} {reach}l{-reach} {-reach}z"
