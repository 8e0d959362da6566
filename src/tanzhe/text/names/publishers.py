"""What kind of publisher a host is; mirrors never count as the publisher."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from tanzhe import bundled
from tanzhe.model.evidence import Tier
from tanzhe.text.names.gazetteer import City, cities

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
    return {row[column]: row[other] for row in bundled.rows("tanzhe.text.data", name)}


def _tiers(name: str, column: str) -> dict[str, Tier]:
    return _column(name, column, "tier")  # type: ignore[return-value]


@cache
def _known_hosts() -> re.Pattern[str]:
    """Hosts of known publishers, as whole labels within a longer name."""
    names = ["gov.cn", *_tiers("publishers.csv", "host")]
    return re.compile(rf"(?<![^.])(?:{'|'.join(map(re.escape, names))})(?![^.])")


def _is_imitation(host: str) -> bool:
    """Whether a host wears the name of a known publisher that is not its own end.

    gov.cn.example.com has it in the middle; people-com.cn has a hyphen for a dot.
    """
    found = _known_hosts().finditer(host.replace("-", "."))
    return any(one.end() < len(host) or "-" in host[one.start() : one.end()] for one in found)


_PROXY = re.compile(r"(?:web)?vpn\d*\.|(?:ez|web)?proxy\d*\.")  # shows pages of other hosts


@lru_cache(4096)
def tier_of_host(host: str) -> Tier:
    """The tier of a host: gov.cn by level, then the registry, else unknown.

    A host that only wears a publisher's name is a mirror, never the publisher.

    Example:
        >>> [tier_of_host(h) for h in ("www.mee.gov.cn", "fgw.gansu.gov.cn", "www-gov-cn.com")]
        ['national_government', 'provincial_government', 'mirror']
    """
    host = host.lower().removesuffix(".")
    if not all(host.split(".")):
        return "unknown"
    if host == "gov.cn" or host.endswith(".gov.cn"):
        labels = host.removesuffix("gov.cn").rstrip(".").split(".")
        if not labels[-1]:
            return "national_government"
        # The label before gov.cn names the level: gansu.gov.cn, mee.gov.cn, pingliang.gov.cn.
        return _tiers("government.csv", "label").get(labels[-1], "local_government")
    if _PROXY.match(host):
        return "mirror"
    parts = host.split(".")
    for at in range(len(parts) - 1):
        known = _tiers("publishers.csv", "host").get(".".join(parts[at:]))
        if known:
            return known
    return "mirror" if _is_imitation(host) else "unknown"


# What no address holds; browsers and programs disagree on where such a host ends.
_NO_ADDRESS = re.compile(r"[\\\s\x00-\x1f\x7f]")
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]|$)")
# An address that carries another one shows somebody else's page: caches, archives, proxies.
_CARRIED = re.compile(r"https?(?::|%3a)(?:/|%2f)", re.I)


def host_of(url: str | None) -> str:
    """The host of a web address, "" where there is none.

    Example:
        >>> host_of("http://www.gov.cn@copy.example/a"), host_of("ftp://www.gov.cn/a")
        ('copy.example', '')
    """
    address = (url or "").strip()
    if _NO_ADDRESS.search(address):
        return ""
    try:
        parts = urlsplit(f"//{address}" if _BARE.match(address) else address)
        return (parts.hostname or "") if parts.scheme in ("", "http", "https") else ""
    except ValueError:
        return ""


def tier_of(url: str | None, said: str = "") -> Tier:
    """The tier of an address; `said` (a word of the chronicle) where the host does not decide.

    A page that calls itself government on any other host stays unknown.
    """
    host = host_of(url)
    by_host = tier_of_host(host) if host else "unknown"
    if by_host != "unknown":
        return by_host
    if host and _CARRIED.search(url or "", 8):
        return "mirror"
    return _SAID.get(said, "unknown")


_BARE_TIERS: frozenset[Tier] = frozenset({"unknown", "mirror", "user"})


def publisher_of(url: str, stated: str | None) -> str:
    """Who published a page: always its host; the name it states only on a known publisher's host.

    Example:
        >>> publisher_of("https://www.mee.gov.cn/a", "生态环境部")
        '生态环境部（www.mee.gov.cn）'
        >>> publisher_of("https://mee.gov.cn.copy.example/a", "生态环境部")
        'mee.gov.cn.copy.example'
    """
    host = host_of(url) or url
    return f"{stated}（{host}）" if stated and tier_of(url) not in _BARE_TIERS else host


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
