"""When a Chinese province's CO2 emissions turned, by how much, why, and who says so."""

from importlib import import_module as _import_module
from importlib.metadata import version as _version
from pathlib import Path as _Path
from typing import TYPE_CHECKING

from tanzhe.writing import set_writer as _set_writer

if TYPE_CHECKING:
    from tanzhe.api.footprints.studies import product_footprint
    from tanzhe.api.parks.assessment import assess
    from tanzhe.api.parks.comparisons import compare
    from tanzhe.api.parks.plans import plan
    from tanzhe.api.reports.audit import audit
    from tanzhe.api.reports.findings import Inquiry, investigate, report
    from tanzhe.api.reports.policy import read_policy
    from tanzhe.api.series.effects import effect, event_effects
    from tanzhe.api.series.episode import episodes
    from tanzhe.api.series.peaks import peak
    from tanzhe.api.series.power_system import power
    from tanzhe.api.series.turning import load, turning_points
    from tanzhe.errors import InputError, SourceError, TanzheError, UnknownName
    from tanzhe.model import (
        Driver,
        Effect,
        Episode,
        Episodes,
        Event,
        EventEffect,
        EventEffects,
        Evidence,
        Link,
        Manifest,
        Note,
        PeakStatus,
        PowerSystem,
        Quote,
        Series,
        TurningPoint,
        TurningPoints,
    )
    from tanzhe.turning import breaks, saturate
    from tanzhe.workspace import Workspace

__version__ = _version("tanzhe")

# Loaded at first use: NumPy, SciPy and the readers of documents take a second, a name does not.
_HOMES = {
    "tanzhe.api.series.effects": ("effect", "event_effects"),
    "tanzhe.api.series.episode": ("episodes",),
    "tanzhe.api.reports.findings": ("Inquiry", "investigate", "report"),
    "tanzhe.api.series.peaks": ("peak",),
    "tanzhe.api.series.power_system": ("power",),
    "tanzhe.api.series.turning": ("load", "turning_points"),
    "tanzhe.api.reports.audit": ("audit",),
    "tanzhe.api.reports.policy": ("read_policy",),
    "tanzhe.api.parks.assessment": ("assess",),
    "tanzhe.api.parks.plans": ("plan",),
    "tanzhe.api.parks.comparisons": ("compare",),
    "tanzhe.api.footprints.studies": ("product_footprint",),
    "tanzhe.turning": (
        "breaks",
        "saturate",
    ),
    "tanzhe.errors": ("InputError", "SourceError", "TanzheError", "UnknownName"),
    "tanzhe.model": (
        "Driver",
        "Effect",
        "Episode",
        "Episodes",
        "Event",
        "EventEffect",
        "EventEffects",
        "Evidence",
        "Link",
        "Manifest",
        "Note",
        "PeakStatus",
        "PowerSystem",
        "Quote",
        "Series",
        "TurningPoint",
        "TurningPoints",
    ),
    "tanzhe.workspace": ("Workspace",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Driver",
    "Effect",
    "Episode",
    "Episodes",
    "Event",
    "EventEffect",
    "EventEffects",
    "Evidence",
    "InputError",
    "Inquiry",
    "Link",
    "Manifest",
    "Note",
    "PeakStatus",
    "PowerSystem",
    "Quote",
    "Series",
    "SourceError",
    "TanzheError",
    "TurningPoint",
    "TurningPoints",
    "UnknownName",
    "Workspace",
    "assess",
    "audit",
    "breaks",
    "compare",
    "effect",
    "episodes",
    "event_effects",
    "investigate",
    "load",
    "peak",
    "plan",
    "power",
    "product_footprint",
    "read_policy",
    "report",
    "saturate",
    "turning_points",
]


def __getattr__(name: str) -> object:
    """A public name, from its home."""
    if name not in _HOME:
        raise AttributeError(f"module 'tanzhe' has no attribute {name!r}")
    return getattr(_import_module(_HOME[name]), name)


def _write(result: object, path: str | _Path, language: str, register: str) -> _Path:
    """What `Result.save` does: every form is known where the use cases are."""
    written: _Path = _import_module("tanzhe.api.files.forms").save(
        result, path, language, register=register
    )
    return written


_set_writer(_write)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*__all__, "__version__"])
