"""Words of official documents: `data/words.csv`, a row a word, explained in its README."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    text = files("tanzhe.policy.data").joinpath("words.csv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["list"], []).append(row["word"])
    return {name: tuple(words) for name, words in found.items()}


def listed(name: str) -> tuple[str, ...]:
    """The words of a list, in order."""
    return _lists()[name]


def either(name: str) -> str:
    """The words of a list as the alternatives of a pattern."""
    return "|".join(listed(name))


def groups(kind: str) -> tuple[tuple[str, str], ...]:
    """The lists of a kind, each with its alternatives; the first that fits decides.

    Example:
        >>> [name for name, _ in groups("deadline")][:2]
        ['comment', 'effective']
    """
    return tuple(
        (name.removeprefix(f"{kind}."), either(name))
        for name in _lists()
        if name.startswith(f"{kind}.")
    )
