"""When a Chinese province's CO2 emissions turned, by how much, why, and who says so."""

from importlib.metadata import version as _version

from tanzhe.api import Inquiry, investigate, load, report, turning_points
from tanzhe.errors import InputError, SourceError, TanzheError, UnknownName
from tanzhe.model import (
    Driver,
    Effect,
    Event,
    Evidence,
    Link,
    Manifest,
    Note,
    Quote,
    Series,
    TurningPoint,
    TurningPoints,
)
from tanzhe.workspace import Workspace

__version__ = _version("tanzhe")

__all__ = [
    "Driver",
    "Effect",
    "Event",
    "Evidence",
    "InputError",
    "Inquiry",
    "Link",
    "Manifest",
    "Note",
    "Quote",
    "Series",
    "SourceError",
    "TanzheError",
    "TurningPoint",
    "TurningPoints",
    "UnknownName",
    "Workspace",
    "investigate",
    "load",
    "report",
    "turning_points",
]
