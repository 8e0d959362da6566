"""Delivering PACT events to another company's host, whose address was agreed beforehand."""

import base64
import json
from urllib.parse import urlsplit

from tanzhe.connectors._http import Client
from tanzhe.errors import Empty, SourceError
from tanzhe.faults import fault_of

_EVENTS = "application/cloudevents+json; charset=UTF-8"


def post_event(base: str, id: str, secret: str, event: dict[str, object]) -> None:
    """Send one event: a token by client credentials, then the event.

    Args:
        base: address of the recipient's host, e.g. `https://pact.example.com`; it may be private,
            because the operator named it.
        id: of ours there.
        secret: of ours there.
        event: a CloudEvent.

    Raises:
        SourceError: it could not be delivered; trying again later may help.
    """
    parts = urlsplit(base)
    trusted = frozenset({f"{parts.scheme}://{parts.netloc}"})
    root = base.rstrip("/")
    with Client(trusted=trusted) as client:
        token = _token(client, root, id, secret)
        headers = {"Content-Type": _EVENTS, "Authorization": f"Bearer {token}"}
        try:
            client.post(f"{root}/3/events", event, headers=headers)
        except Empty:  # an event is answered with nothing
            return


def _token(client: Client, root: str, id: str, secret: str) -> str:
    basic = base64.b64encode(f"{id}:{secret}".encode()).decode()
    answer = client.post_form(
        f"{root}/auth/token",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}", "Accept": "application/json"},
    )
    try:
        token = json.loads(answer.content)["access_token"]
    except (ValueError, KeyError, TypeError) as error:
        raise _no_token(root) from error
    if not isinstance(token, str):
        raise _no_token(root)
    return token


def _no_token(root: str) -> SourceError:
    return SourceError(fault_of("connectors.pact.no_token", where=root))
