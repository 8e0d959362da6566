"""Pages of the web: robots.txt obeyed, a polite rate, kept with validators, archived by sha256."""

import time
from collections.abc import Callable

from tanzhe.connectors._fetched import Fetched, FetchStore
from tanzhe.connectors._guard import BY_HAND, blocked, checked, origin
from tanzhe.connectors._http import Client
from tanzhe.connectors._robots import EVERYTHING, LARGEST, NOTHING, Robots, read_robots
from tanzhe.errors import Blocked, Empty, NotFound, SourceError

PAUSE = 1.0  # seconds between two requests to one host, unless its robots.txt asks for more


class Pages:
    """Fetches pages politely and keeps them.

    Args:
        client: the guarded client.
        store: where pages are kept.
        pause: seconds between two requests to one host.
        sleep: waits so many seconds; tests do not wait.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        client: Client,
        store: FetchStore,
        *,
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._store = store
        self._pause = pause
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """A page, from the store when it is fresh or unchanged.

        Raises:
            Blocked: not public, refused by the source, or forbidden by its robots.txt.
            NotFound: not there.
            Empty: nothing in it.
            TooLarge: beyond the limit.
            SourceError: the source failed.
        """
        checked(url)
        kept = self._store.find(url)
        if kept is not None and self._store.is_fresh(kept):
            return kept
        asked = kept.validators if kept is not None else {}
        answer = self._client.get(url, headers=asked, before=self._before)
        if answer.status == 304 and kept is not None:
            return self._store.still(kept)
        return self._store.put(url, answer)

    def content(self, page: Fetched) -> bytes:
        """The raw bytes of a page."""
        return self._store.content(page)

    def _before(self, url: str) -> None:
        """Obey the robots.txt of the address, and wait for the host's turn."""
        host = origin(checked(url))
        robots = self._rules(host)
        if not robots.allows(url):
            zh, en = "网站的 robots.txt 不允许抓取", "The site's robots.txt forbids it"
            raise blocked(url, zh, en, BY_HAND)
        self._wait(host, max(self._pause, robots.delay))

    def _rules(self, host: str) -> Robots:
        if host not in self._robots:
            self._robots[host] = self._read_rules(host)
        return self._robots[host]

    def _read_rules(self, host: str) -> Robots:
        self._wait(host, self._pause)
        try:
            content = self._client.get(f"{host}/robots.txt").content
        except (NotFound, Blocked, Empty):
            # 4xx: no rules. Where our own guard blocks, it blocks the page as well.
            return EVERYTHING
        except SourceError:
            return NOTHING
        return read_robots(content[:LARGEST].decode("utf-8", "replace"))

    def _wait(self, host: str, pause: float) -> None:
        if host in self._last:
            left = self._last[host] + pause - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()
