"""Words of official documents: `data/words.csv`, a row a word, explained in its README."""

from functools import cache

from tanzhe import bundled


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return bundled.lists("tanzhe.policy.data", "words.csv")


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
