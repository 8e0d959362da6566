"""Bounds in words: which words and signs say at least or at most, and how a bound is written.

The vocabulary is `data/operators.yaml`; whoever reads or writes a bound takes it from here.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Literal

from tanzhe import bundled
from tanzhe.errors import Words

Operator = Literal["<=", ">=", "==", "<", ">", "at_least_level"]
Bound = Literal["about", "at_least", "at_most", "over", "under"]
Place = Literal["signs", "words", "near", "demanded", "behind"]

# In the order in which they are looked for: 不低于 before the 低于 in it.
BOUNDS: tuple[Bound, ...] = ("at_least", "at_most", "over", "under", "about")


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = bundled.tree("tanzhe.data", "operators.yaml")
    return table


def spellings(bound: str, *places: Place) -> str:
    """A pattern of everything that says a bound, the longest first; "" where nothing does.

    Args:
        bound: one of `BOUNDS`, or `equal`.
        places: where it stands.

    Example:
        >>> import re
        >>> bool(re.search(f"(?:{spellings('at_least', 'signs', 'words')})$", "占比不低于"))
        True
    """
    return _either(word for place in places for word in _table()[bound].get(place, ()))


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def every_spelling(*places: Place) -> str:
    """A pattern of everything that says any bound or equality."""
    kinds = (*BOUNDS[:4], "equal")
    return _either(
        word for one in kinds for place in places for word in _table()[one].get(place, ())
    )


def operator_of(bound: str | None) -> Operator | None:
    """The operator of a bound that words say; None where they say none, or about.

    Example:
        >>> operator_of("at_most"), operator_of("about"), operator_of(None)
        ('<=', None, None)
    """
    operator: Operator | None = _table()[bound].get("operator") if bound else None
    return operator


@cache
def _written() -> dict[str, dict[str, Any]]:
    return {one["operator"]: one for one in _table().values() if "operator" in one}


def sign_words(operator: Operator) -> Words:
    """The sign of an operator, in words where it has none.

    Example:
        >>> sign_words(">=").zh, sign_words("at_least_level").zh
        ('≥', '达到或优于')
    """
    one = _written()[operator]
    return Words(one["sign"], one.get("sign_en", one["sign"]))


def operator_words(operator: Operator) -> Words:
    """An operator in words.

    Example:
        >>> operator_words("<=").zh, operator_words("<=").en
        ('不高于', 'at most')
    """
    one = _written()[operator]
    return Words(one["zh"], one["en"])
