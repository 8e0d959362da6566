"""A footprint's raw tree looked at leniently, so that all faults of a file are told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from tanzhe.errors import Fault, Words
from tanzhe.footprints.pact.formats import decimal_of, time_of
from tanzhe.model import Note


@dataclass
class Findings:
    """What is wrong, and what is only advised.

    Attributes:
        faults: against the specification.
        advice: allowed, but worth a look.
    """

    faults: list[Fault] = field(default_factory=list)
    advice: list[Note] = field(default_factory=list)

    def wrong(self, where: str, zh: tuple[str, str], en: tuple[str, str]) -> None:
        """Remember a fault told as (what, do) in both languages."""
        self.faults.append(Fault(Words(zh[0], en[0]), Words(zh[1], en[1]), where=where))

    def advise(self, where: str, zh: str, en: str) -> None:
        """Remember a piece of advice."""
        self.advice.append(Note(code=f"pact.{where}", zh=f"{where}：{zh}", en=f"{where}: {en}"))


class Tree:
    """One object of the raw tree; what has another type counts as absent here.

    Args:
        tree: the object, or anything else.
        path: where it stands, e.g. `pcf`.
    """

    def __init__(self, tree: object, path: str = "") -> None:
        self.fields: Mapping[str, object] = tree if isinstance(tree, Mapping) else {}
        self.path = path

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Whether the field is there."""
        return key in self.fields

    def number(self, key: str) -> Decimal | None:
        """A decimal, or None where it is absent or none."""
        return decimal_of(self.fields.get(key))

    def time(self, key: str) -> datetime | None:
        """A moment, or None."""
        return time_of(self.fields.get(key))

    def text(self, key: str) -> str:
        """A text, or nothing."""
        found = self.fields.get(key)
        return found if isinstance(found, str) else ""

    def truth(self, key: str) -> bool | None:
        """True, false, or None where neither is said."""
        found = self.fields.get(key)
        return found if isinstance(found, bool) else None

    def items(self, key: str) -> list[object]:
        """A list, empty where there is none."""
        found = self.fields.get(key)
        return found if isinstance(found, list) else []
