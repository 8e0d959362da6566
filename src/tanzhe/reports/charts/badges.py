"""Numbers above a picture with their words, so that none stands on another.

Badges first, never dropped: one closer than `APART` to another stands a lane higher. Then words,
the largest effect first: right of the badge, with the badge a lane higher, only then left of it.
What does not fit keeps its number; the table has the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tanzhe.reports.charts.axes import FONT
from tanzhe.reports.charts.lanes import Box, text_width

LANE = 24.0
APART = 24.0
RADIUS = 9.0
GAP = 4.0
MOST_LANES = 8


@dataclass(frozen=True, kw_only=True)
class Badge:
    """Where a badge stands and, where they fit, its words.

    Attributes:
        x: middle of the badge.
        lane: from 0, the lowest.
        text: its words, or empty.
        left: left end of the words.
    """

    x: float
    lane: int
    text: str = ""
    left: float = 0.0

    @property
    def box(self) -> Box:
        """The badge, lanes counted upwards as negative heights."""
        y = -self.lane * LANE
        return Box(self.x - RADIUS, y - RADIUS, self.x + RADIUS, y + RADIUS)

    @property
    def words(self) -> Box | None:
        """The words, or None."""
        if not self.text:
            return None
        y, width = -self.lane * LANE, text_width(self.text, FONT)
        return Box(self.left, y - FONT / 2, self.left + width, y + FONT / 2)

    @property
    def leader(self) -> Box:
        """The line from the badge down to the plot."""
        return Box(self.x - 1, -self.lane * LANE, self.x + 1, LANE)


def badges(places: Sequence[tuple[float, str, float]], *, first: float, last: float) -> list[Badge]:
    """Badges in the order given.

    Args:
        places: for each its position, its words (empty: number only) and the size of its effect.
        first: left edge of the picture.
        last: right edge.
    """
    found: list[Badge] = []
    for x, _, _ in places:
        held = min(max(x, first + RADIUS), last - RADIUS)
        near = {one.lane for one in found if abs(one.x - held) < APART}
        lane = next(lane for lane in range(len(places) + 1) if lane not in near)
        found.append(Badge(x=held, lane=lane))
    for at in sorted(range(len(places)), key=lambda i: -abs(places[i][2])):
        if places[at][1]:
            others = [one for i, one in enumerate(found) if i != at]
            found[at] = _worded(found[at], places[at][1], others, first, last)
    return found


def _worded(badge: Badge, text: str, others: Sequence[Badge], first: float, last: float) -> Badge:
    """The badge with its words where they fit, else as it is."""
    width = text_width(text, FONT)
    right, left = badge.x + RADIUS + GAP, badge.x - RADIUS - GAP - width
    tries = [
        *(Badge(x=badge.x, lane=badge.lane + up, text=text, left=right) for up in (0, 1, 2)),
        *(Badge(x=badge.x, lane=badge.lane + up, text=text, left=left) for up in (0, 1, 2)),
    ]
    for one in tries:
        inside = one.left >= first and one.left + width <= last and one.lane < MOST_LANES
        if inside and not any(_collide(one, other) for other in others):
            return one
    return badge


def _collide(one: Badge, other: Badge) -> bool:
    """Whether two badges, their words or their leaders stand on each other."""
    mine = [box for box in (one.box, one.words) if box]
    its = [box for box in (other.box, other.words) if box]
    if any(a.overlaps(b) for a in mine for b in its):
        return True
    if abs(one.x - other.x) < APART:
        # A badge above another stands on its line anyway: only words keep off it.
        mine, its = mine[1:], its[1:]
    crossed = any(other.leader.overlaps(box) for box in mine)
    return crossed or any(one.leader.overlaps(box) for box in its)
