"""Series become turning points: search, date, size, classify."""

from tanzhe.turning.points import turning_points
from tanzhe.turning.settings import DEFAULT, Settings

__all__ = ["DEFAULT", "Settings", "turning_points"]
