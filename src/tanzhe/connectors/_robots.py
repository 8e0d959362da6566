"""What a host's robots.txt allows us, after RFC 9309.

Not there (4xx): everything is allowed. Unreachable or failing (5xx, timeout): nothing is, until the
next run. The group that names us counts, else `*`; the longest matching rule decides, and of two
equally long ones the one that allows.
"""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

NAME = "tanzhe"
LARGEST = 500_000  # bytes that are read, as RFC 9309 asks at least
LONGEST_DELAY = 10.0  # seconds between two requests that we obey


class Robots(NamedTuple):
    """The rules for us: (allows, pattern) pairs, and the pause between requests in seconds."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        r"""Whether an address of this host may be asked.

        Example:
            >>> read_robots("User-agent: *\nDisallow: /a/\nAllow: /a/b").allows("http://h/a/c")
            False
        """
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        found = [(len(p), allow) for allow, p in self.rules if _matches(p, path)]
        return max(found)[1] if found else True


EVERYTHING = Robots()
NOTHING = Robots(rules=((False, "/"),))


def _matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says; * is anything, $ at the end is the path's end."""
    whole = pattern.endswith("$")
    first, *others = unquote(pattern.removesuffix("$")).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not whole or at == len(path) or (bool(others) and path.endswith(others[-1]))


class _Group:
    def __init__(self) -> None:
        self.agents: set[str] = set()
        self.rules: list[tuple[bool, str]] = []
        self.delay = 0.0
        self.closed = False


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if field == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.add(value.lower())
        elif groups and field in ("allow", "disallow", "crawl-delay"):
            groups[-1].closed = True
            _enter(groups[-1], field, value)
    return groups


def _enter(group: _Group, field: str, value: str) -> None:
    if field == "crawl-delay":
        if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            group.delay = min(float(value), LONGEST_DELAY)
    elif value:  # an empty Disallow forbids nothing
        group.rules.append((field == "allow", value))


def read_robots(text: str) -> Robots:
    r"""The rules of a robots.txt that hold for us.

    Example:
        >>> read_robots("User-agent: *\nCrawl-delay: 3").delay
        3.0
    """
    groups = _groups(text.removeprefix("\ufeff"))
    for wanted in (NAME, "*"):
        ours = [group for group in groups if wanted in group.agents]
        if ours:
            rules = tuple(rule for group in ours for rule in group.rules)
            return Robots(rules=rules, delay=max(group.delay for group in ours))
    return EVERYTHING
