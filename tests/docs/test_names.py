"""Every name of the package that the docs and READMEs say is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"`(tanzhe(?:\.[a-z_]\w*)+)[`(]|^::: (tanzhe[\w.]+)$", re.M)
_IMPORT = re.compile(r"from (tanzhe(?:\.\w+)*) import (\w+(?:, \w+)*)")


def named() -> set[str]:
    found: set[str] = set()
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*")]:
        if path.suffix in (".md", ".ipynb"):
            text = path.read_text(encoding="utf-8")
            found |= {one or other for one, other in _CODE.findall(text)}
            found |= {f"{home}.{n}" for home, all in _IMPORT.findall(text) for n in all.split(", ")}
    return {name for name in found if not name.endswith((".py", ".toml", ".yaml"))}


def resolved(name: str) -> object:
    """The object of a dotted name: the longest module, then its attributes."""
    parts = name.split(".")
    for at in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:at]))
        except ModuleNotFoundError:
            continue
        for part in parts[at:]:
            found = getattr(found, part)
        return found
    raise LookupError(name)


def test_names_are_found() -> None:
    assert "tanzhe.effects.synthetic_control" in named() and len(named()) > 20


@pytest.mark.parametrize("name", sorted(named()))
def test_a_name_in_the_docs_is_there(name: str) -> None:
    assert resolved(name) is not None


def test_a_name_that_is_not_there_is_noticed() -> None:
    with pytest.raises(AttributeError):
        resolved("tanzhe.effects.no_such_name")
