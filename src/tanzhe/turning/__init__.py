"""Series become turning points: search, date, size, classify."""

from typing import TYPE_CHECKING, Any

from tanzhe.turning.kept import Shelf
from tanzhe.turning.points import learn, turning_points
from tanzhe.turning.prepare import is_searchable
from tanzhe.turning.settings import DEFAULT, Settings

if TYPE_CHECKING:
    from tanzhe.turning.plain import Break, breaks
    from tanzhe.turning.saturation import Saturation, saturate

__all__ = [
    "DEFAULT",
    "Break",
    "Saturation",
    "Settings",
    "Shelf",
    "breaks",
    "is_searchable",
    "learn",
    "saturate",
    "turning_points",
]


def __getattr__(name: str) -> Any:
    """The compiled searches, loaded when first asked for: a compiler takes a while to start."""
    if name in ("Saturation", "saturate"):
        from tanzhe.turning import saturation

        return getattr(saturation, name)
    if name in ("Break", "breaks"):
        from tanzhe.turning import plain

        return getattr(plain, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
