"""The words of closed choices, rows of `data/terms.csv`."""

from functools import cache
from typing import Any

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.model.told import Told


@cache
def _terms() -> dict[str, dict[str, Words]]:
    found: dict[str, dict[str, Words]] = {}
    for row in bundled.rows("tanzhe.data", "terms.csv"):
        found.setdefault(row["choice"], {})[row["option"]] = Words(row["zh"], row["en"])
    return found


def words_of(choice: str) -> dict[Any, Words]:
    """What each option of a choice is called, in the order of the table.

    Example:
        >>> words_of("tracking.lights.lights")["red"]
        Words(zh='红', en='red')
    """
    return dict(_terms()[choice])


def told_of(choice: str) -> dict[Any, Told]:
    """The same as sentences that read as the Chinese one."""
    return {option: Told(*words) for option, words in _terms()[choice].items()}
