"""Tavily, a search engine for programs.

    POST https://api.tavily.com/search   {"query", "start_date", "end_date", "max_results"}

Key in TANZHE_TAVILY_KEY. Results stand under `results`, with `published_date` for news only.
"""

from datetime import date
from email.utils import parsedate_to_datetime

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

NAME = "tavily"
ASKED_AS = "tavily"
ADDRESS = "https://api.tavily.com/search"
KEY = "TANZHE_TAVILY_KEY"
MOST_ALLOWED = 20  # the source's own limit


def opened(rest: str, clients: Clients) -> "Tavily":
    """The source as users name it."""
    return Tavily(clients())


class Tavily:
    """Searches with Tavily.

    Args:
        client: a guarded client.
        address: of the search.

    Raises:
        InputError: TANZHE_TAVILY_KEY is not set.
    """

    name = NAME
    terms = Words(
        "Tavily，需密钥，每次搜索计一个点数", "Tavily, key needed, one credit for each search"
    )

    def __init__(self, client: Sender, *, address: str = ADDRESS) -> None:
        self._client = client
        self._address = address
        self._key = setting(KEY, NAME)

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = MOST_RESULTS
    ) -> tuple[SearchResult, ...]:
        """Pages for the words, published within the days.

        Raises:
            Empty: none.
            SourceError: the source failed, refused the key, or answered in another form.
        """
        body: dict[str, object] = {
            "query": words,
            "start_date": first_day.isoformat(),
            "end_date": last_day.isoformat(),
            "max_results": min(most, MOST_ALLOWED),
            "search_depth": "basic",
            "include_answer": False,
        }
        headers = {"Authorization": f"Bearer {self._key}"}
        data = json_object(NAME, self._client.post(self._address, body, headers=headers))
        found = tuple(map(_result, items(NAME, data, "results")))
        if not found:
            raise nothing_found(NAME, words)
        return found[:most]


def _result(item: dict[str, object]) -> SearchResult:
    return SearchResult(
        url=words_of(NAME, item, "url", "results"),
        title=words_of(NAME, item, "title", "results"),
        published=_day(item.get("published_date")),
        snippet=plain(item.get("content")),
    )


def _day(value: object) -> str | None:
    """The day of 2021-09-16 or of Thu, 16 Sep 2021 08:00:00 GMT."""
    try:
        return day_of(value) or day_of(parsedate_to_datetime(str(value)).isoformat())
    except ValueError:
        return None
