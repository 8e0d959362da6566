"""The tables of this package, read as rows."""

import csv
from functools import cache
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV table in `text/data`, a mapping from heading to cell each."""
    text = files("tanzhe.text.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _lists() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in rows("words.csv"):
        found.setdefault(row["list"], []).append(row["word"])
    return {name: "|".join(words) for name, words in found.items()}


def either(name: str) -> str:
    """The words of a list of `words.csv` as the alternatives of a pattern."""
    return _lists()[name]
