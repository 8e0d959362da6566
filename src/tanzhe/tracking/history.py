"""Every change of the board as one line of JSON, each holding the hash of the one before.

A line is never altered: the board of today is all lines added up. Whoever edits the file by hand
breaks the chain, and the next reader says in which line.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tanzhe.disk import alone, put_whole
from tanzhe.errors import Fault, InputError, Words, why_not
from tanzhe.faults import fault_of
from tanzhe.model import Record

FILE = "board.jsonl"
LARGEST = 200_000_000  # bytes


class Event(Record):
    """One change.

    Attributes:
        at: UTC time.
        who: who made it.
        item: id of the item.
        fields: what it has now; of a new item all that is known.
        why: the reason given, or "".
        prev: SHA-256 of the line before, "" for the first.
    """

    at: str
    who: str
    item: str
    fields: dict[str, Any]
    why: str = ""
    prev: str = ""


class History:
    """The file of changes.

    Args:
        folder: it lies in; made when something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def events(self) -> list[Event]:
        """All changes, oldest first.

        Raises:
            InputError: a line that is broken, or was altered since.
        """
        return list(self._read(self._lines()))

    def _lines(self) -> list[bytes]:
        if not self.path.exists():
            return []
        try:
            return self.path.read_bytes().splitlines()
        except OSError as error:
            do = Words("请检查权限", "Check the permissions")
            fault = Fault(why_not(error), do, where=str(self.path))
            raise InputError(fault) from error

    def _read(self, lines: Sequence[bytes]) -> Iterator[Event]:
        prev = ""
        for number, line in enumerate(lines, 1):
            try:
                event = Event.model_validate_json(line)
            except ValidationError as error:
                raise self._broken(number, "不是一条变更", "is no change") from error
            if event.prev != prev:
                raise self._broken(number, "之前的内容被改动过", "does not follow the line before")
            prev = hashlib.sha256(line).hexdigest()
            yield event

    def _broken(self, number: int, zh: str, en: str) -> InputError:
        return InputError.of(
            Words(f"第 {number} 行{zh}", f"Line {number} {en}"),
            Words(
                "变更记录只能由程序追加，请恢复备份",
                "The history is only appended to by the program: restore a backup",
            ),
            where=str(self.path),
        )

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process writes for as long as this lasts.

        Raises:
            InputError: another one does.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with alone(self.path.with_name(".board.lock")) as free:
            if not free:
                raise InputError(fault_of("tracking.history.alone", where=str(self.path)))
            yield

    def append(self, events: Sequence[Event]) -> None:
        """Add changes behind the last one, all or none; inside `alone` only."""
        lines = self._lines()
        list(self._read(lines))
        for event in events:
            prev = hashlib.sha256(lines[-1]).hexdigest() if lines else ""
            tree = event.model_copy(update={"prev": prev}).model_dump(mode="json")
            lines.append(json.dumps(tree, ensure_ascii=False, sort_keys=True).encode())
        put_whole(self.path, b"".join(line + b"\n" for line in lines))
