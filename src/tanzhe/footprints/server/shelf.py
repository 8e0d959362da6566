"""The footprints of a folder; files that are not sound are told and not served."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from tanzhe.errors import Fault, InputError
from tanzhe.footprints.pact import ProductFootprint, read_footprint

_Seen = tuple[tuple[str, int, int], ...]


@dataclass
class Shelf:
    """A folder of PACT files, read again when it changes.

    Attributes:
        folder: its .json files are footprints.
        faults: of the files that are not served.
    """

    folder: Path
    faults: tuple[Fault, ...] = ()
    _held: tuple[ProductFootprint, ...] = ()
    _seen: _Seen = (("", 0, 0),)
    _lock: Lock = field(default_factory=Lock)

    def footprints(self) -> tuple[ProductFootprint, ...]:
        """All that is served, by creation and id; two files of one id: the first stays."""
        with self._lock:
            seen = self._state()
            if seen != self._seen:
                self._read()
                self._seen = seen
            return self._held

    def _state(self) -> _Seen:
        paths = sorted(self.folder.glob("*.json"))
        stats = [(one.name, one.stat()) for one in paths if one.is_file()]
        return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)

    def _read(self) -> None:
        found: dict[str, ProductFootprint] = {}
        faults: list[Fault] = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                checked = read_footprint(path)
            except InputError as error:
                faults += error.faults
                continue
            faults += checked.faults
            if checked.footprint is not None:
                found.setdefault(checked.footprint.id.casefold(), checked.footprint)
        self.faults = tuple(faults)
        self._held = tuple(sorted(found.values(), key=lambda one: (one.created, one.id)))
