"""SearXNG, a search engine that users host themselves.

    GET <TANZHE_SEARXNG_URL>/search?q=..&format=json&language=zh-CN

No key. The address may be private, because the user names it; redirects from it may not. Its
settings must allow the format json, else it answers 403. It cannot search by days, so results
that are dated and lie outside are left out here.
"""

from datetime import date
from urllib.parse import urlencode

from tanzhe.connectors._guard import checked, origin
from tanzhe.connectors._search import (
    MOST_RESULTS,
    Clients,
    SearchResult,
    Sender,
    day_of,
    items,
    json_object,
    nothing_found,
    plain,
    setting,
    words_of,
)
from tanzhe.errors import Words

NAME = "searxng"
ASKED_AS = "searxng"
ADDRESS = "TANZHE_SEARXNG_URL"


def opened(rest: str, clients: Clients) -> "Searxng":
    """The source as users name it; the user's own address may be private."""
    return Searxng(clients(trusted=frozenset({origin(checked(own_address()))})))


class Searxng:
    """Searches with the user's own SearXNG.

    Args:
        client: a guarded client that trusts the address.
        address: of the instance; from TANZHE_SEARXNG_URL when left out.

    Raises:
        InputError: TANZHE_SEARXNG_URL is not set.
    """

    name = NAME
    terms = Words(
        "自建 SearXNG，无需密钥；遵守各搜索引擎的条款",
        "Your own SearXNG, no key; the terms of its engines hold",
    )

    def __init__(self, client: Sender, *, address: str = "") -> None:
        self._client = client
        self._address = (address or own_address()).rstrip("/")

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = MOST_RESULTS
    ) -> tuple[SearchResult, ...]:
        """Pages for the words; dated ones lie within the days, others may not.

        Raises:
            Empty: none.
            SourceError: the source failed, or answered in another form.
        """
        asked = {"q": words, "format": "json", "language": "zh-CN"}
        answer = self._client.get(f"{self._address}/search?{urlencode(asked)}")
        results = map(_result, items(NAME, json_object(NAME, answer), "results"))
        days = (first_day.isoformat(), last_day.isoformat())
        found = tuple(
            one for one in results if one.published is None or days[0] <= one.published <= days[1]
        )
        if not found:
            raise nothing_found(NAME, words)
        return found[:most]


def own_address() -> str:
    """The address that the user named.

    Raises:
        InputError: TANZHE_SEARXNG_URL is not set.
    """
    return setting(ADDRESS, NAME)


def _result(item: dict[str, object]) -> SearchResult:
    return SearchResult(
        url=words_of(NAME, item, "url", "results"),
        title=words_of(NAME, item, "title", "results"),
        published=day_of(item.get("publishedDate")),
        snippet=plain(item.get("content")),
    )
