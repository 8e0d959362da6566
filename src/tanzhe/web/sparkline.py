"""A line as small as a word, made on the server: the overview loads no chart library."""

from collections.abc import Sequence

from markupsafe import Markup

WIDTH, HEIGHT, EDGE = 120.0, 34.0, 4.0
# The lowest value shown, as a share of the largest; the legend says so.
FLOOR = 0.4


def sparkline(values: Sequence[float | None], *, wide: bool = False) -> Markup:
    """Twelve-month sums with a dot at their largest; the words beside it tell both.

    Args:
        values: one a period; None breaks the line.
        wide: for the nation's tile.
    """
    known = [one for one in values if one is not None]
    if len(known) < 2 or max(known) <= 0:
        return Markup("")
    top, width = max(known), WIDTH * 4 if wide else WIDTH
    places = [
        None if one is None else (_x(at, len(values), width), _y(one / top))
        for at, one in enumerate(values)
    ]
    line, pen = [], False
    for place in places:
        if place is not None:
            line.append(f"{'L' if pen else 'M'}{place[0]:.1f} {place[1]:.1f}")
        pen = place is not None
    peak = places[max(range(len(values)), key=lambda at: values[at] or 0.0)]
    assert peak is not None
    # Ours alone: numbers and letters of a path.
    return Markup(
        f'<svg class="spark" viewBox="0 0 {width:.0f} {HEIGHT:.0f}" aria-hidden="true" '
        f'focusable="false"><path d="{"".join(line)}"/>'
        f'<circle cx="{peak[0]:.1f}" cy="{peak[1]:.1f}" r="2.6"/></svg>'
    )


def _x(at: int, count: int, width: float) -> float:
    return EDGE + at * (width - 2 * EDGE) / (count - 1)


def _y(share: float) -> float:
    within = max(0.0, (share - FLOOR) / (1 - FLOOR))
    return HEIGHT - EDGE - within * (HEIGHT - 2 * EDGE)
