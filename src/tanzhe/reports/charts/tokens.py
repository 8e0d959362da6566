"""The colours of pages and pictures, from one file: light, dark and print."""

import re
from functools import cache
from typing import NamedTuple

from tanzhe import bundled


class Token(NamedTuple):
    """One colour in its three dresses, each `#rrggbb`."""

    light: str
    dark: str
    printed: str


@cache
def tokens() -> dict[str, Token]:
    """All colours by name."""
    tree = bundled.tree("tanzhe.reports.charts", "tokens.yaml")
    return {name: Token(*colours) for name, colours in tree.items()}


def token_sheet() -> str:
    """The colours as CSS variables: `--ink`, `--low-tint`, ...; dark where the system is.

    Example:
        >>> "--ink:#17212b" in token_sheet()
        True
    """
    light, dark, printed = (_variables(at) for at in range(3))
    return (
        f":root{{{light};color-scheme:light dark}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"@media print{{:root{{{printed};color-scheme:light}}}}\n"
    )


def coloured(sheet: str) -> str:
    """A sheet with the colours it names: `$light.ink`, `$dark.low`, `$printed.rule`.

    Example:
        >>> coloured("a{color:$dark.link;background:$light.surface}")
        'a{color:#8cc4ea;background:#fff}'
    """

    def colour(match: re.Match[str]) -> str:
        found: str = getattr(tokens()[match[2]], match[1])
        pairs = (found[1:3], found[3:5], found[5:7])
        twice = all(one[0] == one[1] for one in pairs)
        return "#" + "".join(one[0] for one in pairs) if twice else found

    return re.sub(r"\$(light|dark|printed)\.(\w+)", colour, sheet)


def _variables(at: int) -> str:
    return ";".join(f"--{name.replace('_', '-')}:{one[at]}" for name, one in tokens().items())
