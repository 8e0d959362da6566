"""Series become turning points: search, date, size, classify."""

from tanzhe.turning.points import turning_points
from tanzhe.turning.prepare import is_searchable
from tanzhe.turning.settings import DEFAULT, Settings

__all__ = ["DEFAULT", "Settings", "is_searchable", "turning_points"]
