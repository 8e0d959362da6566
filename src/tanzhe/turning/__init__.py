"""What happened in a series of numbers: three rooms, one for each question.

    sequences   breaks of a plain sequence of numbers, with one fixed default
    panels      the panel search of the climate-policy literature, as published and robust
    episodes    what happened in a region's emissions: episodes, and turning points as they are read

`calendar` and `noise` hold what the rooms share.
"""

from typing import TYPE_CHECKING, Any

from tanzhe.extras import require
from tanzhe.turning.episodes.prepare import is_searchable

if TYPE_CHECKING:
    from tanzhe.turning.panels.saturation import Saturation, saturate
    from tanzhe.turning.sequences.breaks import Break, breaks

__all__ = ["Break", "Saturation", "breaks", "is_searchable", "saturate"]


def __getattr__(name: str) -> Any:
    """The other searches, loaded when first asked for: a compiler takes a while to start."""
    if name in ("Saturation", "saturate"):
        require("numba", "pandas", where="tanzhe.turning.saturate")
        from tanzhe.turning.panels import saturation

        return getattr(saturation, name)
    if name in ("Break", "breaks"):
        from tanzhe.turning.sequences import breaks

        return getattr(breaks, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
