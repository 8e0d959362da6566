"""The one guarded HTTP client.

Only http and https, and only public addresses: a host is resolved once, every address it has must
be public, and the connection goes to that very address, so that a second answer of the name server
cannot lead elsewhere. The same again after each redirect. Time, size, decompressed size and the
number of redirects are limited. Every failure has its reason: `Blocked`, `NotFound`, `Empty`,
`TooLarge`, else `SourceError`.
"""

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import NamedTuple, Self

import httpx

from tanzhe.errors import Blocked, Empty, Fault, NotFound, SourceError, TooLarge, Words

# Carbon Monitor's full download of China is about 30 MB; twice that leaves room to grow.
LARGEST_BYTES = 64_000_000
# Compressed answers unfold; this holds for what comes out.
LARGEST_DECOMPRESSED = 256_000_000
MOST_REDIRECTS = 5
# Seconds: to connect and between two pieces; and for the whole answer.
STEP_TIMEOUT, WHOLE_TIMEOUT = 20.0, 300.0
_REDIRECTS = (301, 302, 303, 307, 308)
_AGENT = "tanzhe (research; CO2 turning points)"

Resolver = Callable[[str, int], list[str]]


class Answer(NamedTuple):
    """What a source answered.

    Attributes:
        url: the address that answered, after redirects.
        content: the body, decompressed.
        content_type: as the source says, e.g. `text/csv`.
    """

    url: str
    content: bytes
    content_type: str


class Limits(NamedTuple):
    """Bounds of one request: bytes, decompressed bytes, redirects, seconds."""

    size: int = LARGEST_BYTES
    decompressed: int = LARGEST_DECOMPRESSED
    redirects: int = MOST_REDIRECTS
    step_seconds: float = STEP_TIMEOUT
    whole_seconds: float = WHOLE_TIMEOUT


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
        teredo = ip.teredo[1] if ip.teredo else None
        inner = [ip.ipv4_mapped, ip.sixtofour, teredo]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        held = [one for one in inner if one is not None]
        if held:
            return all(one.is_global and not one.is_multicast for one in held)
    return ip.is_global and not ip.is_multicast


def _blocked(url: str, zh: str, en: str) -> Blocked:
    do = Words("只能访问公开的 http/https 地址", "Only public http/https addresses are fetched")
    return Blocked(Fault(what=Words(zh, en), where=url, do=do))


_LATER = Words("请稍后再试，或改用已下载的文件", "Try later, or use a file already downloaded")


def _failed(url: str, zh: str, en: str) -> SourceError:
    return SourceError(Fault(what=Words(zh, en), where=url, do=_LATER))


def _too_large(url: str) -> TooLarge:
    return TooLarge(
        Fault(
            what=Words("回答超过大小限制", "The answer is beyond the size limit"),
            where=url,
            do=Words("请手动下载后用 --data 指定文件", "Download it by hand and name the file"),
        )
    )


class Client:
    """A polite, guarded HTTP client.

    Args:
        limits: bounds of each request.
        resolver: how host names become addresses.
        allow_private: let loopback and private addresses pass; for tests only.

    Example:
        >>> with Client() as client:  # doctest: +SKIP
        ...     client.get("https://example.org/data.csv").content
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        resolver: Resolver = resolved,
        allow_private: bool = False,
    ) -> None:
        self._limits = limits or Limits()
        self._resolver = resolver
        self._allow_private = allow_private
        # No proxies or netrc from the environment: they would connect elsewhere than we checked.
        # No connection is kept: one opened to an address for one name must not serve another name.
        self._client = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=self._limits.step_seconds,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
        """The answer to a GET.

        Args:
            url: http or https address.
            headers: extra request headers; not sent on to another host after a redirect.

        Raises:
            Blocked: not a public http/https address, or refused by the source (401, 403, 429, 451).
            NotFound: 404 or 410, or no such host.
            Empty: an answer without content.
            TooLarge: beyond a limit of size.
            SourceError: everything else: timeouts, broken connections, server errors.
        """
        started = time.monotonic()
        extra = dict(headers or {})
        first_host = self._checked(url).host
        for _ in range(self._limits.redirects + 1):
            target = self._checked(url)
            answer = self._once(url, target, extra, started)
            if isinstance(answer, Answer):
                return answer
            url = _joined(target, answer)
            if self._checked(url).host != first_host:
                extra = {}
        raise _blocked(url, "重定向次数过多", "Too many redirects")

    def _checked(self, url: str) -> httpx.URL:
        try:
            target = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise _blocked(url, "地址无效", "Not an address") from error
        if target.scheme not in ("http", "https") or not target.host:
            raise _blocked(url, "不是 http/https 地址", "Not an http/https address")
        if target.userinfo:
            raise _blocked(url, "地址中带有用户名或密码", "The address holds a user or password")
        return target

    def _address(self, url: str, target: httpx.URL) -> str:
        """The one address to connect to; every address of the host must be public."""
        port = target.port or (443 if target.scheme == "https" else 80)
        try:
            found = self._resolver(target.host, port)
        except (OSError, UnicodeError) as error:
            raise NotFound(
                Fault(
                    what=Words(f"找不到主机 {target.host}", f"No such host: {target.host}"),
                    where=url,
                    do=_LATER,
                )
            ) from error
        if not found or not (self._allow_private or all(is_public(one) for one in found)):
            raise _blocked(url, "地址不在公网上", "The address is not on the public internet")
        return found[0]

    def _request(self, url: str, target: httpx.URL, extra: dict[str, str]) -> httpx.Request:
        address = self._address(url, target)
        host = f"[{address}]" if ":" in address else address
        sent = {"Accept-Encoding": "gzip", "User-Agent": _AGENT, **extra}
        sent["Host"] = target.netloc.decode("ascii")
        # The certificate is checked against the name, though we connect to the address.
        name = {"sni_hostname": target.host} if target.scheme == "https" else {}
        return self._client.build_request(
            "GET", target.copy_with(host=host), headers=sent, extensions=name or None
        )

    def _once(
        self, url: str, target: httpx.URL, extra: dict[str, str], started: float
    ) -> Answer | str:
        """The answer, or where it redirects to."""
        request = self._request(url, target, extra)
        # httpx fills the timeouts in from the client only through its own verbs.
        request.extensions["timeout"] = httpx.Timeout(self._limits.step_seconds).as_dict()
        try:
            response = self._client.send(request, stream=True)
            try:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return str(response.headers["location"])
                _refuse_status(url, response.status_code)
                content = self._content(url, response, started)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise _failed(url, "超时", "Timed out") from error
        except httpx.HTTPError as error:
            raise _failed(url, "连接失败", f"Connection failed: {error}") from error
        if not content:
            raise Empty(
                Fault(
                    what=Words("来源没有返回内容", "The source answered nothing"),
                    where=url,
                    do=_LATER,
                )
            )
        return Answer(url, content, response.headers.get("content-type", ""))

    def _content(self, url: str, response: httpx.Response, started: float) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise _failed(url, f"不支持的压缩方式 {encoding}", f"Encoding {encoding} is not read")
        pieces = self._raw(url, response, started)
        if encoding in ("identity", ""):
            return b"".join(pieces)
        return self._unfolded(url, pieces)

    def _raw(self, url: str, response: httpx.Response, started: float) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > self._limits.size:
                raise _too_large(url)
            if time.monotonic() - started > self._limits.whole_seconds:
                raise _failed(url, "超时", "Timed out")
            yield piece

    def _unfolded(self, url: str, pieces: Iterator[bytes]) -> bytes:
        """Decompressed content; stops before more than the limit has been unfolded."""
        unfold = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib by its header
        out = bytearray()
        try:
            for piece in pieces:
                room = self._limits.decompressed - len(out)
                out += unfold.decompress(piece, room + 1)
                if len(out) > self._limits.decompressed or unfold.unconsumed_tail:
                    raise _too_large(url)
        except zlib.error as error:
            raise _failed(url, "压缩内容损坏", "Broken compressed content") from error
        if not unfold.eof:
            raise _failed(url, "压缩内容不完整", "Incomplete compressed content")
        return bytes(out)


def _joined(target: httpx.URL, location: str) -> str:
    try:
        return str(target.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise _blocked(location, "重定向地址无效", "Redirected to no address") from error


def _refuse_status(url: str, status: int) -> None:
    if status in (401, 403, 429, 451):
        raise Blocked(
            Fault(what=Words(f"来源拒绝（{status}）", f"Refused ({status})"), where=url, do=_LATER)
        )
    if status in (404, 410):
        raise NotFound(
            Fault(
                what=Words(f"地址不存在（{status}）", f"Not there ({status})"), where=url, do=_LATER
            )
        )
    if status in (204, 205):
        what = Words("来源没有返回内容", "The source answered nothing")
        raise Empty(Fault(what=what, where=url, do=_LATER))
    if status != 200:
        raise _failed(url, f"来源出错（{status}）", f"The source failed ({status})")
