"""The published PACT schema: its version, enumerations and the codes of places."""

from functools import cache
from typing import Any

from tanzhe import bundled
from tanzhe.places import places

_FILE = "openapi_v3_0.yaml"


@cache
def published() -> dict[str, Any]:
    """The PACT interface description as published, parsed.

    Example:
        >>> published()["info"]["version"]
        '3.0.4'
    """
    found: dict[str, Any] = bundled.tree("tanzhe.footprints.pact.data", _FILE)
    return found


@cache
def object_schema(name: str) -> dict[str, Any]:
    """The schema of one object, e.g. `CarbonFootprint`."""
    found: dict[str, Any] = published()["components"]["schemas"][name]
    return found


@cache
def enumeration(name: str, field: str) -> tuple[str, ...]:
    """The values that the schema allows for a field.

    Args:
        name: of the object.
        field: of the object; its values are listed under `enum` or `x-enum`.

    Example:
        >>> enumeration("ProductFootprint", "status")
        ('Active', 'Deprecated')
    """
    found = object_schema(name)["properties"][field]
    return tuple(found.get("enum") or (one for one in found["items"]["x-enum"] if one != "..."))


@cache
def countries() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-2."""
    return frozenset(bundled.text("tanzhe.footprints.pact.data", "countries.txt").split())


@cache
def subdivisions_of_china() -> frozenset[str]:
    """The codes of ISO 3166-2:CN."""
    own = {one.iso for one in places() if "-" in one.iso}
    return frozenset(
        own | set(bundled.text("tanzhe.footprints.pact.data", "subdivisions_cn.txt").split())
    )
