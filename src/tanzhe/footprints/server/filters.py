"""Which footprints a request asks for: OR within a criterion, AND between, case ignored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tanzhe.footprints.pact.records import ProductFootprint
from tanzhe.footprints.pact.validity import validity

# Regions of the United Nations and the subregions that the specification lists.
_REGIONS = {
    "africa": ("northern africa", "sub-saharan africa"),
    "americas": ("latin america and the caribbean", "northern america"),
    "asia": ("central asia", "eastern asia", "south-eastern asia", "southern asia", "western asia"),
    "europe": ("eastern europe", "northern europe", "southern europe", "western europe"),
    "oceania": ("australia and new zealand", "melanesia", "micronesia", "polynesia"),
}
# Of countries, only China's regions are known here.
_COUNTRIES = {"cn": ("eastern asia", "asia")}
_BLANK_OFFSET = re.compile(r" (\d\d:?\d\d)$")
LISTS = ("productId", "companyId", "geography", "classification", "status")
TIMES = ("validOn", "validAfter", "validBefore")


class BadFilter(ValueError):
    """A filter that cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What a request asks for; empty means anything.

    Attributes:
        lists: values by criterion, folded.
        times: moments by criterion.
    """

    lists: Mapping[str, frozenset[str]]
    times: Mapping[str, datetime]


def criteria(given: Mapping[str, Iterable[str]]) -> Criteria:
    """The criteria of a request.

    Args:
        given: values by criterion, as `productId`, `validOn`.

    Raises:
        BadFilter: a time that is none.
    """
    lists = {
        name: frozenset(value.casefold() for value in given[name])
        for name in LISTS
        if name in given and any(given[name])
    }
    times = {name: moment(value, name) for name in TIMES for value in given.get(name, ())}
    return Criteria(lists=lists, times=times)


def moment(text: str, name: str) -> datetime:
    """A moment of a query; a plus that became a blank on the way is a plus again.

    Example:
        >>> moment("2025-04-01T08:00:00 08:00", "validOn").isoformat()
        '2025-04-01T00:00:00+00:00'
    """
    try:
        found = datetime.fromisoformat(_BLANK_OFFSET.sub(r"+\1", text.strip()))
    except ValueError as error:
        raise BadFilter(f"{name} is no date-time: {text[:40]}") from error
    if found.tzinfo is None or "T" not in text.upper():
        raise BadFilter(f"{name} needs date, time and zone: {text[:40]}")
    return found.astimezone(UTC)


def matches(one: ProductFootprint, asked: Criteria) -> bool:
    """Whether a footprint is one of those asked for."""
    held = {
        "productId": _folded(one.productIds),
        "companyId": _folded(one.companyIds),
        "classification": _folded(one.productClassifications or ()),
        "status": {one.status.casefold()},
        "geography": places_of(one),
    }
    if any(not held[name] & values for name, values in asked.lists.items()):
        return False
    if not asked.times:
        return True
    period = validity(one)
    if period is None:
        return False
    checks = {
        "validOn": lambda t: period.start <= t <= period.end,
        "validAfter": lambda t: period.start > t,
        "validBefore": lambda t: period.end < t,
    }
    return all(checks[name](time) for name, time in asked.times.items())


def places_of(one: ProductFootprint) -> set[str]:
    """The geographies that a footprint lies within, folded."""
    pcf = one.pcf
    found: set[str] = set()
    if pcf.geographyCountrySubdivision:
        found.add(pcf.geographyCountrySubdivision.casefold())
    country = (pcf.geographyCountry or (pcf.geographyCountrySubdivision or "")[:2]).casefold()
    if country:
        found |= {country, *_COUNTRIES.get(country, ())}
    if pcf.geographyRegionOrSubregion:
        region = pcf.geographyRegionOrSubregion.casefold()
        found |= {region, *(whole for whole, parts in _REGIONS.items() if region in parts)}
    return found


def _folded(values: Iterable[str]) -> set[str]:
    return {value.casefold() for value in values}
