"""What a host is: level and place of a government, medium, portal, bank; and names of media."""

import re
from dataclasses import dataclass
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.model.evidence import Tier
from tanzhe.terms import words_of
from tanzhe.text.names.publishers import province_of_host, tier_of_host

_TIERS: dict[Tier, Words] = words_of("audits.hosts.tiers")


@dataclass(frozen=True, kw_only=True)
class Host:
    """A host of an address.

    Attributes:
        name: in lower case.
        tier: as the publisher registry says.
        what: what it is, in words.
        known: whether any registry knows it.
        iso: province whose government it is, or None.
        department: id of the department whose prefix it has, or None.
    """

    name: str
    tier: Tier
    what: Words
    known: bool
    iso: str | None
    department: str | None

    @property
    def is_government(self) -> bool:
        """Whether it ends in gov.cn."""
        return self.tier.endswith("_government")

    @property
    def is_official(self) -> bool:
        """Government, or media that speak for it."""
        return self.is_government or self.tier == "state_media"


@cache
def _other() -> dict[str, Words]:
    return {
        row["host"]: Words(row["zh"], row["en"])
        for row in bundled.rows("tanzhe.audits.data", "hosts.csv")
    }


def _tail(name: str, table: dict[str, Words]) -> Words | None:
    parts = name.split(".")
    return next((w for at in range(len(parts) - 1) if (w := table.get(".".join(parts[at:])))), None)


@cache
def department_of_words(text: str) -> str | None:
    """Id of the department a text names, or None.

    Example:
        >>> department_of_words("甘肃省发改委")
        'reform'
    """
    for row in bundled.rows("tanzhe.audits.data", "departments.csv"):
        if any(word in text for word in row["words"].split(";")):
            return row["id"]
    return None


def department_name(id: str) -> str:
    """Chinese name of a department."""
    return next(
        row["zh"]
        for row in bundled.rows("tanzhe.audits.data", "departments.csv")
        if row["id"] == id
    )


@cache
def _prefixes() -> dict[str, str]:
    return {
        p: row["id"]
        for row in bundled.rows("tanzhe.audits.data", "departments.csv")
        for p in row["prefixes"].split(";")
    }


def is_prefix(label: str) -> bool:
    """Whether a label of a host stands for a department, alone or before other letters."""
    return any(prefix in label for prefix in _prefixes())


@cache
def host_kind(name: str) -> Host:
    """What a host is.

    Example:
        >>> host_kind("fgw.pingliang.gov.cn").what.zh, host_kind("www.seetao.com").what.zh
        ('市县政府网站', '建设信息门户')
    """
    tier = tier_of_host(name)
    special = _tail(name, _other())
    first = name.removeprefix("www.").split(".")[0]
    department = _prefixes().get(first) if name.endswith("gov.cn") else None
    return Host(
        name=name,
        tier=tier,
        what=special or _TIERS[tier],
        known=tier != "unknown" or special is not None,
        iso=province_of_host(name),
        department=department,
    )


@cache
def media_hosts(label: str) -> tuple[str, tuple[str, ...]] | None:
    """The medium a label names and the hosts that are its own, or None.

    Example:
        >>> media_hosts("新华网")[1][0]
        'xinhuanet.com'
    """
    plain = re.sub(r"[\s《》“”\"]|报道$|官网$|客户端$", "", label).lower()
    for row in bundled.rows("tanzhe.audits.data", "media.csv"):
        for name in row["names"].split(";"):
            if plain == name.lower() or plain in (f"{name.lower()}讯", f"{name.lower()}新闻"):
                return name, tuple(row["hosts"].split(";"))
    return None


def is_of(name: str, hosts: tuple[str, ...]) -> bool:
    """Whether a host is one of some hosts or below one."""
    return any(name == host or name.endswith(f".{host}") for host in hosts)
