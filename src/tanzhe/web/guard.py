"""What stands before every page: who may ask, what may be loaded, how much may be sent.

A request goes through it before any page is chosen:

1. the Host header is one of ours (a page of another site cannot name this server its own);
2. beyond loopback the token is there, as cookie, `Authorization: Bearer` or once as `?token=`;
3. the form asked for is taken off the path: /series/CN-YN/industry.json is that page as JSON;
4. what is sent is counted, and refused beyond the limit;
5. the answer says what a browser may load: from here, and nothing else.
"""

import hmac
import logging
import time
from collections.abc import MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tanzhe.web.settings import LARGEST_UPLOAD, Settings, is_loopback
from tanzhe.web.twins import MEDIA

_LOG = logging.getLogger("tanzhe.web")

COOKIE = "tanzhe"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
STATIC = "/static/"
FRONT = "/index"
_TOKEN_DAYS = 30


class TooMuch(Exception):
    """More was sent than is allowed."""


class Guard:
    """The ASGI middleware that does the five things above.

    Args:
        app: the pages.
        settings: who may ask.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.monotonic()
        told: dict[str, int] = {}

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                told["status"] = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    headers["cache-control"] = "no-store"
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, dressed)
        else:
            _take_form(scope)
            await self._counted(scope, receive, dressed, told)
        # No address of a reader, no words of a query: a log without personal data.
        route = getattr(scope.get("route"), "path", "-")
        took = 1000 * (time.monotonic() - begun)
        _LOG.info("%s %s %s %.0f ms", scope["method"], route, told.get("status", 0), took)

    async def _counted(
        self, scope: Scope, receive: Receive, send: Send, told: MutableMapping[str, int]
    ) -> None:
        held = 0

        async def counting() -> Message:
            nonlocal held
            message = await receive()
            held += len(message.get("body", b""))
            if held > LARGEST_UPLOAD:
                raise TooMuch
            return message

        try:
            await self._app(scope, counting, send)
        except TooMuch:
            if "status" not in told:
                await _too_much()(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            return PlainTextResponse(
                "这个地址不是本服务的。This server does not go by that name.\n", 421
            )
        if int(headers.get("content-length") or 0) > LARGEST_UPLOAD:
            return _too_much()
        return self._unknown(scope, headers)

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names this server."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        name = name.strip("[]").lower()
        if is_loopback(name) or name == self._settings.host or name in self._settings.names:
            return True
        if is_loopback(self._settings.host):
            return False
        try:
            ip_address(name)
        except ValueError:
            return False
        return True  # a plain address, and the token is still needed

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """What a reader without the token gets; None who has it."""
        token = self._settings.token
        if token is None:
            return None
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and _same(given, token):
            rest = urlencode([pair for pair in query if pair[0] != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(
                COOKIE, token, max_age=_TOKEN_DAYS * 86400, httponly=True, samesite="strict"
            )
            return answer
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        cookie = _cookie(headers.get("cookie", ""))
        if _same(bearer, token) or _same(cookie, token):
            return None
        return PlainTextResponse(
            "需要口令：请用启动时给出的完整地址打开。"
            "A token is needed: open the full address that was printed at the start.\n",
            401,
        )


def _cookie(header: str) -> str:
    parts = (one.strip().partition("=") for one in header.split(";"))
    return next((value for name, _, value in parts if name == COOKIE), "")


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _take_form(scope: Scope) -> None:
    """Take a form off the path: `.json` and the like after a page."""
    state: dict[str, Any] = scope.setdefault("state", {})
    state["form"] = None
    path = scope["path"]
    if path.startswith(STATIC):
        return
    stem, dot, form = path.rpartition(".")
    if dot and form in MEDIA and "/" not in form and stem.rsplit("/", 1)[-1]:
        state["form"] = form
        scope["path"] = "/" if stem == FRONT else stem
        scope["raw_path"] = None


def _too_much() -> Response:
    most = LARGEST_UPLOAD // (1024 * 1024)
    return PlainTextResponse(f"文件过大：最多 {most} MB。Too large: at most {most} MB.\n", 413)
