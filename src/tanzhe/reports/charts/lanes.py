"""Labels in lanes, so that none overlaps another."""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A box in user units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether two boxes share area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def text_width(text: str, size: float) -> float:
    """Estimated width of a text; a Chinese sign is as wide as high, others somewhat over half."""
    return sum(size if ord(c) > 0x2E7F else size * 0.6 for c in text)


def lanes_of(spans: Sequence[tuple[float, float]], *, gap: float) -> list[int]:
    """The lane of each span, lowest free lane first.

    Args:
        spans: left and right end of each label, in any order.
        gap: free space to keep between two labels of one lane.

    Returns:
        Lane numbers from 0, in the order of `spans`.
    """
    ends: list[float] = []
    lanes = [0] * len(spans)
    for at in sorted(range(len(spans)), key=lambda i: spans[i]):
        left, right = spans[at]
        free = next((lane for lane, end in enumerate(ends) if end + gap <= left), len(ends))
        if free == len(ends):
            ends.append(right)
        ends[free] = right
        lanes[at] = free
    return lanes
