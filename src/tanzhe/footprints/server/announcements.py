"""Telling clients of footprints that are new: each client of each footprint once."""

import json
from pathlib import Path

from tanzhe.disk import put_whole
from tanzhe.footprints.server.clients import Client
from tanzhe.footprints.server.events import publication
from tanzhe.footprints.server.outbox import Outbox
from tanzhe.footprints.server.shelf import Shelf


def announce(
    shelf: Shelf,
    clients: tuple[Client, ...],
    outbox: Outbox,
    *,
    told: Path,
    source: str,
    now: float,
) -> int:
    """Put a `PublishedEvent` on its way to each client that may see something new.

    Args:
        shelf: the footprints.
        clients: those with an agreed address hear of it.
        outbox: takes the events.
        told: a file of what each client has been told of; written when an event is kept.
        source: our own address.
        now: seconds since 1970.

    Returns:
        How many events were put.
    """
    known: dict[str, list[str]] = {}
    if told.exists():
        known = json.loads(told.read_text(encoding="utf-8"))
    count = 0
    for client in clients:
        if client.answers is None:
            continue
        seen = set(known.get(client.id, ()))
        new = [o.id for o in shelf.footprints() if o.id not in seen and client.may_see(o)]
        if not new:
            continue
        outbox.put(client, publication(new, source=source), now)  # makes the folder of `told` too
        known[client.id] = sorted({*seen, *new})
        put_whole(told, json.dumps(known).encode())
        count += 1
    return count
