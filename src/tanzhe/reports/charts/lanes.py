"""Boxes of labels, and how wide a text is."""

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
