"""Answers on their way: kept as files until they arrive, tried again with growing pauses."""

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tanzhe.disk import put_whole
from tanzhe.errors import TanzheError
from tanzhe.footprints.server.clients import Answers, Client

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 6 * 3600.0  # seconds
GIVE_UP = 72 * 3600.0  # seconds; the specification's own advice

# Delivers one event, or raises where the recipient cannot be reached.
Send = Callable[[Answers, dict[str, Any]], None]


class Outbox:
    """Events to deliver, one file each; a restart goes on where it was.

    Args:
        folder: of the files.
        clients: by id.
        send: delivers one.
    """

    def __init__(self, folder: Path, clients: dict[str, Client], send: Send) -> None:
        self._folder = folder
        self._clients = clients
        self._send = send

    def put(self, client: Client, event: dict[str, Any], now: float) -> None:
        """Keep an event for delivery."""
        self._folder.mkdir(parents=True, exist_ok=True)
        entry = {"client": client.id, "event": event, "first": now, "next": now, "tries": 0}
        self._write(self._folder / f"{secrets.token_hex(8)}.json", entry)

    def deliver(self, now: float) -> Iterator[tuple[str, str]]:
        """Try what is due; gives (event id, `sent`, `later` or `given up`) for each."""
        for path in sorted(self._folder.glob("*.json")):
            entry = json.loads(path.read_text(encoding="utf-8"))
            if entry["next"] <= now:
                yield entry["event"]["id"], self._try(path, entry, now)

    def _try(self, path: Path, entry: dict[str, Any], now: float) -> str:
        client = self._clients.get(entry["client"])
        if client is not None and client.answers is not None:
            try:
                self._send(client.answers, entry["event"])
            except (TanzheError, OSError):
                pass
            else:
                path.unlink()
                return "sent"
        if now - entry["first"] >= GIVE_UP:
            path.rename(path.with_suffix(".given_up"))
            return "given up"
        pause = min(FIRST_PAUSE * 2.0 ** entry["tries"], LONGEST_PAUSE)
        self._write(path, {**entry, "tries": entry["tries"] + 1, "next": now + pause})
        return "later"

    def _write(self, path: Path, entry: dict[str, Any]) -> None:
        put_whole(path, json.dumps(entry, ensure_ascii=False).encode())
