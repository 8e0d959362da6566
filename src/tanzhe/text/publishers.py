"""What kind of publisher a host is; mirrors never count as the publisher."""

import csv
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from tanzhe.model.evidence import Tier
from tanzhe.text.gazetteer import City, cities

# The chronicle's own words for publishers, where the host does not decide.
_SAID: dict[str, Tier] = {
    "state_media": "state_media",
    "media": "media",
    "industry_media": "industry_media",
    "company": "company",
    "research": "research",
    "database": "database",
}


@cache
def _column(name: str, column: str, other: str) -> dict[str, str]:
    text = files("tanzhe.text.data").joinpath(name).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row[column]: row[other] for row in rows}


def _tiers(name: str, column: str) -> dict[str, Tier]:
    return _column(name, column, "tier")  # type: ignore[return-value]


def tier_of_host(host: str) -> Tier:
    """The tier of a host: gov.cn by level, then the registry, else unknown.

    Example:
        >>> [tier_of_host(h) for h in ("www.mee.gov.cn", "fgw.gansu.gov.cn")]
        ['national_government', 'provincial_government']
    """
    host = host.lower().rstrip(".")
    if host == "gov.cn" or host.endswith(".gov.cn"):
        labels = host.removesuffix("gov.cn").rstrip(".").split(".")
        if not labels[-1]:
            return "national_government"
        # The label before gov.cn names the level: gansu.gov.cn, mee.gov.cn, pingliang.gov.cn.
        return _tiers("government.csv", "label").get(labels[-1], "local_government")
    parts = host.split(".")
    for at in range(len(parts) - 1):
        known = _tiers("publishers.csv", "host").get(".".join(parts[at:]))
        if known:
            return known
    return "unknown"


def tier_of(url: str | None, said: str = "") -> Tier:
    """The tier of an address; `said` (a word of the chronicle) where the host does not decide.

    A page that calls itself government on any other host stays unknown.
    """
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    by_host = tier_of_host(host) if host else "unknown"
    return by_host if by_host != "unknown" else _SAID.get(said, "unknown")


def province_of_host(host: str) -> str | None:
    """ISO 3166-2 code of the province whose government a gov.cn host is, or None.

    Example:
        >>> province_of_host("sthj.gansu.gov.cn"), province_of_host("fgw.pingliang.gov.cn")
        ('CN-GS', 'CN-GS')
    """
    host = host.lower().rstrip(".")
    if not host.endswith(".gov.cn"):
        return None
    label = host.removesuffix(".gov.cn").split(".")[-1]
    provinces = {city.iso for city in cities_of_label(label)}
    city = provinces.pop() if len(provinces) == 1 else None
    return _column("government.csv", "label", "iso").get(label) or city


@cache
def _cities() -> dict[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for city in cities():
        for label in city.hosts:
            found[label] = (*found.get(label, ()), city)
    return found


def cities_of_label(label: str) -> tuple[City, ...]:
    """The cities whose pinyin a label before gov.cn is: one, several (suzhou), or none.

    Example:
        >>> [[city.zh for city in cities_of_label(label)] for label in ("qujing", "suzhou")]
        [['曲靖'], ['苏州', '宿州']]
    """
    return _cities().get(label, ())


def government_labels(iso: str) -> tuple[str, ...]:
    """Labels before gov.cn that belong to a province.

    Example:
        >>> government_labels("CN-GS")
        ('gansu', 'gs')
    """
    table = _column("government.csv", "label", "iso")
    return tuple(label for label, code in table.items() if code == iso)
