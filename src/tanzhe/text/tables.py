"""The tables of this package, read as rows."""

import csv
from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV table in `text/data`, a mapping from heading to cell each."""
    text = files("tanzhe.text.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
