"""What a run rested on."""

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TypeVar

from tanzhe.model.base import Manifest, ManifestInput, Result

# The libraries that touch numbers.
NUMERIC = ("numpy", "scipy")
Made = TypeVar("Made", bound=Result)
_version = cache(version)  # reading the metadata anew costs more than a small run


def new_manifest(
    inputs: Sequence[ManifestInput], parameters: Mapping[str, object], *, created: str | None = None
) -> Manifest:
    """A manifest of the running versions.

    Args:
        inputs: what was read, by sha256.
        parameters: every setting that could change a number.
        created: UTC time, ISO 8601; now, when left out.

    Example:
        >>> new_manifest([], {"level": 0.9}, created="2026-01-01T00:00:00Z").parameters
        {'level': '0.9'}
    """
    return Manifest(
        tanzhe=_version("tanzhe"),
        python=platform.python_version(),
        libraries={name: _version(name) for name in NUMERIC},
        inputs=tuple(inputs),
        parameters={name: str(value) for name, value in sorted(parameters.items())},
        created=created or now(),
    )


def dated(result: Made) -> Made:
    """A result that has no manifest, with the time of now."""
    return result.model_copy(update={"made": now()})


def now() -> str:
    """UTC time, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
