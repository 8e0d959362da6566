"""Events of PACT 3 as CloudEvents: checked when they come in, made when answers go out."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from tanzhe.errors import Fault, Words
from tanzhe.footprints.pact.checks import check, path_of, shaped
from tanzhe.footprints.pact.formats import TimeText, UuidText
from tanzhe.footprints.pact.records import Name, PactRecord, ProductFootprint
from tanzhe.footprints.server.filters import LISTS, TIMES, Criteria, criteria

_TYPE = "org.wbcsd.pact.ProductFootprint.{}.3"
CREATED = _TYPE.format("RequestCreatedEvent")
FULFILLED = _TYPE.format("RequestFulfilledEvent")
REJECTED = _TYPE.format("RequestRejectedEvent")
PUBLISHED = _TYPE.format("PublishedEvent")


class Wanted(PactRecord):
    """What a request for footprints asks for."""

    productId: tuple[str, ...] = ()
    companyId: tuple[str, ...] = ()
    geography: tuple[str, ...] = ()
    classification: tuple[str, ...] = ()
    validOn: TimeText | None = None
    validAfter: TimeText | None = None
    validBefore: TimeText | None = None
    status: tuple[str, ...] = ()
    comment: str | None = None


class Fulfilment(PactRecord):
    """The footprints that a request was answered with."""

    requestEventId: Name
    pfs: Annotated[tuple[dict[str, Any], ...], Field(min_length=1)]


class ErrorObject(PactRecord):
    """An error code and message."""

    code: Name
    message: str


class Rejection(PactRecord):
    """Why a request was not answered with footprints."""

    requestEventId: Name
    error: ErrorObject


class Publication(PactRecord):
    """Ids of footprints that were published or changed."""

    pfIds: tuple[UuidText, ...]


class Event(PactRecord):
    """What all events have."""

    type: str
    specversion: Annotated[str, Field(pattern=r"^1\.\d+$")]
    id: Name
    source: Name
    time: TimeText
    data: dict[str, Any]


_DATA: Mapping[str, type[PactRecord]] = {
    CREATED: Wanted,
    FULFILLED: Fulfilment,
    REJECTED: Rejection,
    PUBLISHED: Publication,
}


def event_faults(tree: object) -> tuple[Event | None, list[Fault]]:
    """An event, or everything that is wrong with it.

    Args:
        tree: of the request's body.
    """
    event, faults = shaped(Event, tree)
    if event is None:
        return None, faults
    if event.type not in _DATA:
        what = Words(f"不认识的事件“{event.type[:80]}”", f"Unknown event {event.type[:80]}")
        do = Words("请用 PACT 3 的四种事件", "Use one of the four events of PACT 3")
        return None, [Fault(what, do, where="type")]
    data, faults = shaped(_DATA[event.type], event.data)
    faults = [Fault(f.what, f.do, where=f"data.{f.where}") for f in faults]
    if isinstance(data, Fulfilment):
        for i, one in enumerate(data.pfs):
            place = path_of(("data", "pfs", i))
            faults += [Fault(f.what, f.do, where=f"{place}.{f.where}") for f in check(one).faults]
    return (None if faults else event), faults


def criteria_of(event: Event) -> Criteria:
    """What a request asks for."""
    given: dict[str, Sequence[str]] = {}
    for name in LISTS:
        if event.data.get(name):
            given[name] = event.data[name]
    for name in TIMES:
        if event.data.get(name):
            given[name] = [event.data[name]]
    return criteria(given)


def answer(event: Event, found: Sequence[ProductFootprint], *, source: str) -> dict[str, Any]:
    """The event that answers a request: fulfilled with footprints, or rejected.

    Args:
        event: the request.
        found: what the client may see of what it asked for.
        source: our own address.
    """
    if found:
        data: dict[str, Any] = {
            "requestEventId": event.id,
            "pfs": [one.json_object() for one in found],
        }
        return _event(FULFILLED, data, source)
    error = {"code": "NotFound", "message": "No footprint fits the request."}
    return _event(REJECTED, {"requestEventId": event.id, "error": error}, source)


def publication(ids: Sequence[str], *, source: str) -> dict[str, Any]:
    """The event that tells of new footprints.

    Args:
        ids: of the footprints.
        source: our own address.
    """
    return _event(PUBLISHED, {"pfIds": list(ids)}, source)


def _event(kind: str, data: dict[str, Any], source: str) -> dict[str, Any]:
    return {
        "type": kind,
        "specversion": "1.0",
        "id": str(uuid.uuid4()),
        "source": source,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "data": data,
    }
