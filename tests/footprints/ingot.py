"""The made-up aluminium ingot of Yunnan, and wrong versions of it."""

import copy
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def ingot() -> dict[str, Any]:
    """The valid footprint, a fresh copy."""
    found: dict[str, Any] = json.loads((DATA / "aluminium_ingot_yunnan.json").read_text("utf-8"))
    return found


def counterexamples() -> list[dict[str, Any]]:
    """27 changes, each wrong."""
    text = (DATA / "aluminium_ingot_counterexamples.json").read_text("utf-8")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def changed(tree: dict[str, Any], values: dict[str, Any], drop: list[str]) -> dict[str, Any]:
    """A copy with values set and fields dropped, both by dotted path."""
    tree = copy.deepcopy(tree)
    for path, value in values.items():
        *way, last = path.split(".")
        inner = tree
        for key in way:
            inner = inner[key]
        inner[last] = value
    for path in drop:
        *way, last = path.split(".")
        inner = tree
        for key in way:
            inner = inner[key]
        del inner[last]
    return tree
