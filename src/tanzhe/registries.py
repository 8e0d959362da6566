"""Registries without lists: what the modules of a package say of themselves.

A command, a form, a search source is one file that declares itself in a literal at its top. The
literal is read from the source, so that nothing heavy is imported before it is used.
"""

import ast
import re
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

_UNREAD = "_"  # modules of this beginning serve the others


@cache
def modules(package: str) -> tuple[str, ...]:
    """The modules of a package that stand for something, by name.

    Args:
        package: `tanzhe.connectors`.

    Example:
        >>> "gov_cn" in modules("tanzhe.connectors")
        True
    """
    return tuple(name.removesuffix(".py") for name in sorted(_sources(package)))


@cache
def declared(package: str, name: str) -> Mapping[str, Any]:
    """What the modules of a package declare under a name.

    Args:
        package: `tanzhe.connectors`.
        name: of a literal at the top of a module.

    Returns:
        By module, those that declare it; nothing is imported.

    Raises:
        ValueError: what is declared is no literal.

    Example:
        >>> declared("tanzhe.connectors", "ASKED_AS")["gov_cn"]
        'gov_cn'
    """
    # One line, or lines that are indented and the bracket that closes them.
    wanted = re.compile(rf"^{name}(?:: [^=\n]+)? = (.+\n(?:[ )\]}}].*\n)*)", re.M)
    found = {}
    for file, source in sorted(_sources(package).items()):
        match = wanted.search(source.read_text(encoding="utf-8"))
        if match is not None:
            found[file.removesuffix(".py")] = ast.literal_eval(match[1].partition("  #")[0])
    return found


def attribute(package: str, module: str, name: str) -> Any:
    """Something of a module, imported now."""
    return getattr(import_module(f"{package}.{module}"), name)


def _sources(package: str) -> dict[str, Traversable]:
    return {
        one.name: one
        for one in files(package).iterdir()
        if one.name.endswith(".py") and not one.name.startswith(_UNREAD)
    }
