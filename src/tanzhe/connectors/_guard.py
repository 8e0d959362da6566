"""Which addresses may be asked at all: http and https, on the public internet."""

import ipaddress
import socket
from collections.abc import Callable

import httpx

from tanzhe.errors import Blocked, NotFound, Words

Resolver = Callable[[str, int], list[str]]

# Inner services of clouds on addresses that look public: Azure's wire server, Oracle's metadata.
_METADATA = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24")))
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_COMPATIBLE = ipaddress.ip_network("::/96")
LATER = Words("请稍后再试，或改用已下载的文件", "Try later, or use a file already downloaded")


def resolved(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's name service knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is on the public internet.

    Private, loopback, link-local (cloud metadata among them), shared, reserved and multicast
    addresses are not; neither are IPv6 addresses that hold such an IPv4 address.

    Example:
        >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
        (True, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in _NAT64_LOCAL:
            return False
        held = _held(ip)
        if held:
            return all(is_public(str(one)) for one in held)
    inner = any(ip in network for network in _METADATA)
    return ip.is_global and not ip.is_multicast and not inner


def _held(ip: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    found = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
    if (ip in _NAT64 or ip in _COMPATIBLE) and int(ip) > 1:
        found.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


_PUBLIC_ONLY = Words(
    "只能访问公开的 http/https 地址", "Only public http/https addresses are fetched"
)
BY_HAND = Words(
    "如有权使用，可在浏览器中打开并存成文件，再用 --docs 加入",
    "If you may use it, save it with a browser and add the file with --docs",
)


def blocked(url: str, zh: str, en: str, do: Words = _PUBLIC_ONLY) -> Blocked:
    """The error for an address that is not asked."""
    return Blocked.of(Words(zh, en), do, where=url)


def checked(url: str) -> httpx.URL:
    """The address in its parts.

    Raises:
        Blocked: not http or https, without a host, or with a user or password in it.
    """
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise blocked(url, "地址无效", "Not an address") from error
    if target.scheme not in ("http", "https") or not target.host:
        raise blocked(url, "不是 http/https 地址", "Not an http/https address")
    if target.userinfo:
        raise blocked(url, "地址中带有用户名或密码", "The address holds a user or password")
    return target


def joined(target: httpx.URL, location: str) -> str:
    """Where a redirect leads."""
    try:
        return str(target.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise blocked(location, "重定向地址无效", "Redirected to no address") from error


def origin(target: httpx.URL) -> str:
    """Scheme, host and port of an address: http://source.test:8080."""
    return f"{target.scheme}://{target.netloc.decode('ascii')}"


class Guard:
    """Turns a host into the one address to connect to, or refuses.

    Args:
        resolver: how host names become addresses.
        allow_private: let every loopback and private address pass; for tests only.
        trusted: origins that the user named himself (a search engine or model of his own); they
            alone may be private.
    """

    def __init__(self, resolver: Resolver, *, allow_private: bool, trusted: frozenset[str]) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._trusted = trusted

    def address(self, url: str, target: httpx.URL) -> str:
        """The address to connect to; every address of the host must be public.

        The host is resolved here, once: a second answer of the name server is never asked for.

        Raises:
            Blocked: an address of the host is not public.
            NotFound: there is no such host.
        """
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            found = self._resolver(target.host, port)
        except (OSError, UnicodeError) as error:
            what = Words(f"找不到主机 {target.host}", f"No such host: {target.host}")
            raise NotFound.of(what, LATER, where=url) from error
        free = self._allow_private or origin(target) in self._trusted
        if not found or not (free or all(is_public(one) for one in found)):
            raise blocked(url, "地址不在公网上", "The address is not on the public internet")
        return found[0]
