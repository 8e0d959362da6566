"""Files that come with the package: texts, tables as rows, word lists, trees.

The package is named where a file is read: `kept` looks for these names in the source.
"""

import csv
from importlib.resources import files
from typing import Any


def text(package: str, name: str) -> str:
    """A text file, in UTF-8."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def rows(package: str, name: str) -> list[dict[str, str]]:
    """The rows of a CSV table, a mapping from heading to cell each."""
    return list(csv.DictReader(text(package, name).splitlines()))


def lists(package: str, name: str) -> dict[str, tuple[str, ...]]:
    """The word lists of a table with the columns `list` and `word`, each in its order."""
    found: dict[str, list[str]] = {}
    for row in rows(package, name):
        found.setdefault(row["list"], []).append(row["word"])
    return {name: tuple(words) for name, words in found.items()}


def tree(package: str, name: str) -> Any:
    """What a YAML file holds."""
    import yaml  # not every command reads one

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text(package, name), Loader=loader)
