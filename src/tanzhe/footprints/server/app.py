"""The PACT 3 host as an ASGI application: who asks, what is answered, with which error code."""

import base64
import binascii
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tanzhe.disk import put_whole
from tanzhe.errors import Fault, InputError
from tanzhe.footprints.pact.formats import is_uuid
from tanzhe.footprints.pact.reading import object_of
from tanzhe.footprints.server.clients import LIFETIME, Client, Tokens
from tanzhe.footprints.server.events import CREATED, Event, answer, criteria_of, event_faults
from tanzhe.footprints.server.filters import LISTS, TIMES, BadFilter, criteria, matches
from tanzhe.footprints.server.outbox import Outbox, Send
from tanzhe.footprints.server.shelf import Shelf

LARGEST_BODY = 5_000_000  # bytes of an event
LARGEST_PAGE = 1000
_EVENTS = "application/cloudevents+json"
_PARAMETERS = {name.casefold(): name for name in (*LISTS, *TIMES, "limit", "offset")}


class Refused(Exception):
    """A request that is answered with an error of the specification."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Host:
    """What one server works on.

    Attributes:
        shelf: the footprints.
        clients: who may ask.
        folder: where events are kept, in `inbox` and `outbox`.
        send: delivers answers.
        clock: seconds since 1970.
    """

    shelf: Shelf
    clients: tuple[Client, ...]
    folder: Path
    send: Send
    clock: Callable[[], float] = time
    tokens: Tokens = field(init=False)
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.clients)
        by_id = {one.id: one for one in self.clients}
        self.outbox = Outbox(self.folder / "outbox", by_id, self.send)


def application(host: Host) -> Starlette:
    """The application of a host.

    Args:
        host: footprints, clients and folder.

    Reference:
        PACT Technical Specifications 3.0.4, HTTP REST API.
    """
    routes = [
        Route("/auth/token", _told(_token), methods=["POST"]),
        Route("/.well-known/openid-configuration", _told(_openid), methods=["GET"]),
        Route("/3/footprints", _told(_list), methods=["GET"]),
        Route("/3/footprints/{id}", _told(_get), methods=["GET"]),
        Route("/3/events", _told(_events), methods=["POST"]),
    ]
    app = Starlette(routes=routes)
    app.state.host = host
    app.add_exception_handler(404, _unknown_path)
    app.add_exception_handler(405, _unknown_path)
    return app


Action = Callable[[Request, Host, bytes], Response]


def _told(action: Action) -> Callable[[Request], Any]:
    """An endpoint whose refusals are error objects, and whose faults tell nothing of the inside."""

    async def endpoint(request: Request) -> Response:
        host: Host = request.app.state.host
        try:
            body = await _body(request)
            return action(request, host, body)
        except Refused as error:
            return _error(error.status, error.code, error.message)
        except Exception:
            return _error(500, "InternalError", "An internal error.")

    return endpoint


async def _body(request: Request) -> bytes:
    held = b""
    async for piece in request.stream():
        held += piece
        if len(held) > LARGEST_BODY:
            raise Refused(400, "BadRequest", "The body is too large.")
    return held


def _error(status: int, code: str, message: str) -> JSONResponse:
    headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'} if status == 401 else None
    return JSONResponse({"code": code, "message": message}, status, headers)


async def _unknown_path(request: Request, _: Exception) -> Response:
    return _error(404, "NotFound", "There is no such address.")


def _token(request: Request, host: Host, body: bytes) -> Response:
    """OAuth 2 client credentials (RFC 6749, 4.4), by HTTP Basic."""
    fields = dict(_form(body))
    if fields.get("grant_type", "client_credentials") != "client_credentials":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    named = _basic(request.headers.get("authorization", ""))
    if named is None:
        return JSONResponse({"error": "invalid_request"}, 400)
    token = host.tokens.issue(*named)
    if token is None:
        wanted = {"WWW-Authenticate": 'Basic realm="PACT"'}
        return JSONResponse({"error": "invalid_client"}, 401, wanted)
    told = {"access_token": token, "token_type": "bearer", "expires_in": LIFETIME}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


def _form(body: bytes) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(body.decode("utf-8", "replace"))


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, held = header.partition(" ")
    try:
        text = base64.b64decode(held.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    id, colon, secret = text.partition(":")
    return (id, secret) if kind.casefold() == "basic" and colon else None


def _openid(request: Request, host: Host, body: bytes) -> Response:
    base = _base(request)
    return JSONResponse({"issuer": base, "token_endpoint": f"{base}/auth/token"})


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _client(request: Request, host: Host) -> Client:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer" and token:
        found = host.tokens.client_of(token.strip())
        if found is not None:
            return found
        if host.tokens.is_expired(token.strip()):
            raise Refused(401, "TokenExpired", "The access token has expired.")
    raise Refused(401, "BadRequest", "The access token is missing or invalid.")


def _list(request: Request, host: Host, body: bytes) -> Response:
    client = _client(request, host)
    given = _parameters(request)
    limit, offset = _whole(given, "limit", LARGEST_PAGE), _whole(given, "offset", 0)
    try:
        asked = criteria(given)
    except BadFilter as error:
        raise Refused(400, "BadRequest", str(error)) from error
    held = [o for o in host.shelf.footprints() if client.may_see(o) and matches(o, asked)]
    page = held[offset : offset + min(limit, LARGEST_PAGE)]
    headers = {}
    if offset + len(page) < len(held):
        headers["Link"] = f'<{_next(request, offset + len(page))}>; rel="next"'
    return JSONResponse({"data": [one.json_object() for one in page]}, headers=headers)


def _parameters(request: Request) -> dict[str, list[str]]:
    """Values by parameter; names in any case, as in the specification's own example."""
    given: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        known = _PARAMETERS.get(name.casefold())
        if known is None:
            # To ignore a filter would answer another question than the one that was asked.
            raise Refused(400, "BadRequest", f"Unknown parameter: {name[:80]}")
        given.setdefault(known, []).append(value)
    return given


def _whole(given: Mapping[str, list[str]], name: str, default: int) -> int:
    (text, *more) = given.get(name, [str(default)])
    if more or not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise Refused(400, "BadRequest", f"{name} must be one whole number, 0 or more.")
    return int(text)


def _next(request: Request, offset: int) -> str:
    """The absolute address of the next page; a limit of nothing is not carried on."""
    items = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name.casefold() != "offset" and (name.casefold(), value) != ("limit", "0")
    ]
    query = urlencode([*items, ("offset", str(offset))])
    return str(URL(f"{_base(request)}/3/footprints?{query}"))


def _get(request: Request, host: Host, body: bytes) -> Response:
    client = _client(request, host)
    id = request.path_params["id"]
    if not is_uuid(id):
        raise Refused(400, "BadRequest", "The id is no UUID.")
    for one in host.shelf.footprints():
        if one.id.casefold() == id.casefold():
            if not client.may_see(one):
                raise Refused(403, "AccessDenied", "This footprint is not open to you.")
            return JSONResponse({"data": one.json_object()})
    raise Refused(404, "NotFound", "The requested footprint could not be found.")


def _events(request: Request, host: Host, body: bytes) -> Response:
    client = _client(request, host)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind not in (_EVENTS, "application/json"):
        raise Refused(400, "BadRequest", f"The content type must be {_EVENTS}.")
    try:
        tree = object_of(body, name="event")
    except InputError as error:
        raise Refused(400, "BadRequest", error.faults[0].what.en) from error
    event, faults = event_faults(tree)
    if event is None:
        raise Refused(400, "BadRequest", _one_line(faults))
    if event.type == CREATED:
        _promise(client, event, host, source=_base(request))
    _keep(tree, host.folder / "inbox", client)
    return Response(status_code=200)


def _promise(client: Client, event: Event, host: Host, *, source: str) -> None:
    """Put the answer to a request on its way; refused now where no way is agreed."""
    if client.answers is None:
        raise Refused(400, "BadRequest", "No address for answers is agreed with this client.")
    try:
        asked = criteria_of(event)
    except BadFilter as error:
        raise Refused(400, "BadRequest", str(error)) from error
    found = [o for o in host.shelf.footprints() if client.may_see(o) and matches(o, asked)]
    host.outbox.put(client, answer(event, found, source=f"{source}/3/events"), host.clock())


def _keep(tree: Mapping[str, Any], folder: Path, client: Client) -> None:
    """Write an event that was accepted, whole or not at all."""
    event = json.dumps({"client": client.id, "event": tree}, ensure_ascii=False)
    put_whole(folder / f"{secrets.token_hex(8)}.json", event.encode())


def _one_line(faults: list[Fault]) -> str:
    return "; ".join(f"{one.where}: {one.what.en}" for one in faults)[:2000]
