"""The word lists of this package."""

from functools import cache

from tanzhe import bundled


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return bundled.lists("tanzhe.text.data", "words.csv")


def either(name: str) -> str:
    """The words of a list of `words.csv` as the alternatives of a pattern."""
    return "|".join(_lists()[name])
