"""One thing that the doctor looked at."""

from typing import Literal

from tanzhe.errors import Words
from tanzhe.model import Record

State = Literal["fine", "note", "wrong"]
NOTHING = Words("", "")


class Check(Record):
    """One thing that was looked at.

    Attributes:
        name: a short stable name.
        state: fine; note (something works less well); wrong (something does not work).
        says: what was found.
        do: what to do about it; empty where nothing needs to be done.
    """

    name: str
    state: State
    says: Words
    do: Words = NOTHING


def same(text: str) -> Words:
    """Words that are the same in both languages."""
    return Words(text, text)
