"""What a host's robots.txt allows us, after RFC 9309; read by `protego`.

Not there (4xx): everything is allowed. Unreachable or failing (5xx, timeout): nothing is, until the
next run. The group that names us counts, else `*`; the longest matching rule decides, and of two
equally long ones the one that allows.
"""

from protego import Protego

NAME = "tanzhe"
LARGEST = 500_000  # bytes that are read, as RFC 9309 asks at least
LONGEST_DELAY = 10.0  # seconds between two requests that we obey


class Robots:
    """The rules of a host for us.

    Args:
        text: of its robots.txt.
    """

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, url: str) -> bool:
        r"""Whether an address of this host may be asked.

        Example:
            >>> read_robots("User-agent: *\nDisallow: /a/\nAllow: /a/b").allows("http://h/a/c")
            False
        """
        return bool(self._rules.can_fetch(url, NAME))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the host asks for, and that we obey."""
        return max(0.0, min(float(self._rules.crawl_delay(NAME) or 0), LONGEST_DELAY))


def read_robots(text: str) -> Robots:
    r"""The rules of a robots.txt that hold for us.

    Example:
        >>> read_robots("User-agent: *\nCrawl-delay: 3").delay
        3.0
    """
    return Robots(text.removeprefix("\ufeff"))


EVERYTHING = read_robots("")
NOTHING = read_robots("User-agent: *\nDisallow: /")
