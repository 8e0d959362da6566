"""The one guarded HTTP client.

Only http and https, and only public addresses: a host is resolved once, every address it has must
be public, and the connection goes to that very address, so that a second answer of the name server
cannot lead elsewhere. The same again after each redirect. Time, size, decompressed size and the
number of redirects are limited. A source that is busy (429, 503) is asked again, later. Every
failure has its reason: `Blocked`, `NotFound`, `Empty`, `TooLarge`, else `SourceError`.
"""

import json
import re
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import NamedTuple, Self
from urllib.parse import urlencode

import httpx

from tanzhe.connectors._deadline import Deadline
from tanzhe.connectors._guard import (
    BY_HAND,
    LATER,
    Guard,
    Resolver,
    blocked,
    checked,
    joined,
    resolved,
)
from tanzhe.errors import Blocked, Empty, NotFound, SourceError, TooLarge, Words

# Carbon Monitor's full download of China is about 30 MB; twice that leaves room to grow.
LARGEST_BYTES = 64_000_000
# Compressed answers unfold; this holds for what comes out.
LARGEST_DECOMPRESSED = 256_000_000
MOST_REDIRECTS = 5
# Seconds: to connect and between two pieces; and for the whole answer.
STEP_TIMEOUT, WHOLE_TIMEOUT = 20.0, 300.0
# A busy source is asked so often more; it may ask for a pause up to so many seconds.
MOST_RETRIES, LONGEST_PAUSE = 2, 30.0
AGENT = "tanzhe (research; CO2 turning points)"
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_CHECK = Words("请检查地址，如 https 与 http", "Check the address, such as https for http")


class Answer(NamedTuple):
    """What a source answered.

    Attributes:
        url: the address that answered, after redirects.
        content: the body, decompressed; b"" for status 304.
        content_type: as the source says, e.g. `text/csv`.
        status: 200, or 304 where validators were sent.
        headers: of the answer, names in lower case.
    """

    url: str
    content: bytes
    content_type: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Limits(NamedTuple):
    """Bounds of one request: bytes, decompressed bytes, redirects, seconds, repetitions."""

    size: int = LARGEST_BYTES
    decompressed: int = LARGEST_DECOMPRESSED
    redirects: int = MOST_REDIRECTS
    step_seconds: float = STEP_TIMEOUT
    whole_seconds: float = WHOLE_TIMEOUT
    retries: int = MOST_RETRIES
    pause_seconds: float = LONGEST_PAUSE


class _Sent(NamedTuple):
    """What is sent with a request."""

    method: str
    headers: dict[str, str]
    body: bytes | None = None


class _Busy(Exception):
    """The source asks for patience."""

    def __init__(self, error: SourceError, asked: str) -> None:
        self.error = error
        self.asked = asked


def _failed(url: str, zh: str, en: str) -> SourceError:
    return SourceError.of(Words(zh, en), LATER, where=url)


def _too_large(url: str) -> TooLarge:
    return TooLarge.of(
        Words("回答超过大小限制", "The answer is beyond the size limit"),
        Words(
            "请手动下载，再用 --docs（文档）或 --data（数据）指定文件",
            "Download it by hand and name the file with --docs (document) or --data (series)",
        ),
        where=url,
    )


def _anywhere(url: str) -> None:
    """Asks nothing before a request."""


class Client:
    """A guarded HTTP client.

    Args:
        limits: bounds of each request.
        resolver: how host names become addresses.
        allow_private: let loopback and private addresses pass; for tests only.
        trusted: origins (`http://127.0.0.1:8888`) that the user named; they may be private.
        sleep: waits so many seconds; tests do not wait.

    Example:
        >>> with Client() as client:  # doctest: +SKIP
        ...     client.get("https://example.org/data.csv").content

    Long because a request passes all its guards in one place: limits, addresses, redirects.
    """

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        resolver: Resolver = resolved,
        allow_private: bool = False,
        trusted: frozenset[str] = frozenset(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._guard = Guard(resolver, allow_private=allow_private, trusted=trusted)
        self._sleep = sleep
        # No proxies or netrc from the environment: they would connect elsewhere than we checked.
        # No connection is kept: one opened to an address for one name must not serve another name.
        # No cookies: connections go to addresses, so those of one host would be sent to another.
        self._client = httpx.Client(
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            trust_env=False,
            follow_redirects=False,
            timeout=self._limits.step_seconds,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        before: Callable[[str], None] = _anywhere,
    ) -> Answer:
        """The answer to a GET.

        Args:
            url: http or https address.
            headers: extra request headers; not sent on to another host after a redirect.
            before: told each address before it is asked, also after redirects; may raise.

        Raises:
            Blocked: not a public http/https address, or refused by the source (401, 403, 429, 451).
            NotFound: 404 or 410, or no such host.
            Empty: an answer without content.
            TooLarge: beyond a limit of size.
            SourceError: everything else: timeouts, broken connections, server errors.
        """
        sent = _Sent("GET", dict(headers or {}))
        first_host = checked(url).host
        with Deadline(self._limits.whole_seconds) as deadline:
            for _ in range(self._limits.redirects + 1):
                target = checked(url)
                before(url)
                answer = self._patiently(url, target, sent, deadline)
                if isinstance(answer, Answer):
                    return answer
                url = joined(target, answer)
                if checked(url).host != first_host:
                    sent = _Sent("GET", {})
        raise blocked(url, "重定向次数过多", "Too many redirects", BY_HAND)

    def post(
        self, url: str, body: dict[str, object], *, headers: dict[str, str] | None = None
    ) -> Answer:
        """The answer to a POST of JSON; redirects are refused, so that keys stay where they belong.

        Raises:
            SourceError: as `get`.
        """
        packed = json.dumps(body, ensure_ascii=False).encode()
        return self._posted(url, packed, {"Content-Type": "application/json", **(headers or {})})

    def post_form(
        self, url: str, fields: dict[str, str], *, headers: dict[str, str] | None = None
    ) -> Answer:
        """The answer to a POST of form fields; redirects are refused.

        Raises:
            SourceError: as `get`.
        """
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._posted(url, urlencode(fields).encode(), {**kind, **(headers or {})})

    def _posted(self, url: str, packed: bytes, headers: dict[str, str]) -> Answer:
        sent = _Sent("POST", headers, packed)
        with Deadline(self._limits.whole_seconds) as deadline:
            answer = self._patiently(url, checked(url), sent, deadline)
        if isinstance(answer, Answer):
            return answer
        raise blocked(url, "提交请求被重定向", "A POST was redirected", _CHECK)

    def _patiently(
        self, url: str, target: httpx.URL, sent: _Sent, deadline: Deadline
    ) -> Answer | str:
        """The answer or where it redirects to; a busy source is asked again."""
        for attempt in range(self._limits.retries + 1):
            try:
                return self._once(url, target, sent, deadline)
            except _Busy as busy:
                pause = _pause(busy.asked, attempt)
                most = min(self._limits.pause_seconds, deadline.left)
                if attempt == self._limits.retries or pause > most:
                    raise busy.error from None
                self._sleep(pause)
        raise AssertionError("the last attempt raises")

    def _request(
        self, url: str, target: httpx.URL, sent: _Sent, deadline: Deadline
    ) -> httpx.Request:
        address = self._guard.address(url, target)
        host = f"[{address}]" if ":" in address else address
        headers = {"Accept-Encoding": "gzip", "User-Agent": AGENT, **sent.headers}
        headers["Host"] = target.netloc.decode("ascii")
        # httpx fills the timeouts in from the client only through its own verbs.
        extensions = {
            "timeout": httpx.Timeout(self._limits.step_seconds).as_dict(),
            "trace": deadline.trace,
        }
        if target.scheme == "https":
            # The certificate is checked against the name, though we connect to the address.
            extensions["sni_hostname"] = target.host
        return self._client.build_request(
            sent.method,
            target.copy_with(host=host),
            headers=headers,
            content=sent.body,
            extensions=extensions,
        )

    def _once(self, url: str, target: httpx.URL, sent: _Sent, deadline: Deadline) -> Answer | str:
        """The answer, or where it redirects to."""
        request = self._request(url, target, sent, deadline)
        try:
            response = self._client.send(request, stream=True)
            try:
                if response.status_code in _REDIRECTS and "location" in response.headers:
                    return str(response.headers["location"])
                if response.status_code == 304 and _has_validator(sent):
                    return _answer(url, response, b"")
                _refuse_status(url, response)
                content = self._content(url, response, deadline)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise _failed(url, "超时", "Timed out") from error
        except httpx.HTTPError as error:
            if deadline.is_over:
                raise _failed(url, "超时", "Timed out") from error
            raise _failed(url, "连接失败", f"Connection failed: {error}") from error
        except (httpx.InvalidURL, ValueError) as error:  # httpx looks at a redirect by itself
            raise blocked(url, "重定向地址无效", "Redirected to no address") from error
        if not content:
            raise _empty(url)
        return _answer(url, response, content)

    def _content(self, url: str, response: httpx.Response, deadline: Deadline) -> bytes:
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
            raise _failed(url, f"不支持的压缩方式 {encoding}", f"Encoding {encoding} is not read")
        pieces = self._raw(url, response, deadline)
        if encoding in ("identity", ""):
            return b"".join(pieces)
        return self._unfolded(url, pieces)

    def _raw(self, url: str, response: httpx.Response, deadline: Deadline) -> Iterator[bytes]:
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > self._limits.size:
                raise _too_large(url)
            if deadline.is_over:
                raise _failed(url, "超时", "Timed out")
            yield piece
        # A body without a stated length ends when the deadline cuts it: that is no whole answer.
        if deadline.is_over:
            raise _failed(url, "超时", "Timed out")

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


def _answer(url: str, response: httpx.Response, content: bytes) -> Answer:
    headers = tuple((name.lower(), value) for name, value in response.headers.items())
    kind = response.headers.get("content-type", "")
    return Answer(url, content, kind, response.status_code, headers)


def _has_validator(sent: _Sent) -> bool:
    return bool({"If-None-Match", "If-Modified-Since"} & set(sent.headers))


def _pause(asked: str, attempt: int) -> float:
    """Seconds to wait: what Retry-After asks (seconds or a moment), else 1, 2, 4."""
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", asked):
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
    except (ValueError, TypeError, IndexError, OverflowError):  # whatever stands there
        return float(2**attempt)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _empty(url: str) -> Empty:
    what = Words("来源没有返回内容", "The source answered nothing")
    return Empty.of(what, LATER, where=url)


def _refuse_status(url: str, response: httpx.Response) -> None:
    status = response.status_code
    if status in _BUSY:
        raise _Busy(_status_error(url, status), response.headers.get("retry-after", ""))
    if status != 200:
        raise _status_error(url, status)


def _status_error(url: str, status: int) -> SourceError:
    if status in (204, 205):
        return _empty(url)
    if status in (401, 403, 429, 451):
        what = Words(f"来源拒绝（{status}）", f"Refused ({status})")
        return Blocked.of(what, LATER, where=url)
    if status in (404, 410):
        what = Words(f"地址不存在（{status}）", f"Not there ({status})")
        return NotFound.of(what, LATER, where=url)
    return _failed(url, f"来源出错（{status}）", f"The source failed ({status})")
