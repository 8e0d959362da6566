"""Bocha (博查), a search engine for Chinese pages.

    POST https://api.bochaai.com/v1/web-search   {"query", "freshness", "summary", "count"}

Key in TANZHE_BOCHA_KEY. `freshness` takes a range of days, 2021-09-01..2021-12-31; results stand
under `data.webPages.value`, each with `datePublished`.
"""

from datetime import date

from tanzhe.connectors._search import (
    MOST_RESULTS,
    Clients,
    SearchResult,
    Sender,
    day_of,
    items,
    json_object,
    nothing_found,
    part,
    plain,
    refused,
    setting,
    words_of,
)
from tanzhe.errors import Words

NAME = "bocha"
ASKED_AS = "bocha"
ADDRESS = "https://api.bochaai.com/v1/web-search"
KEY = "TANZHE_BOCHA_KEY"
_WHERE = "data.webPages.value"


def opened(rest: str, clients: Clients) -> "Bocha":
    """The source as users name it."""
    return Bocha(clients())


class Bocha:
    """Searches with Bocha.

    Args:
        client: a guarded client.
        address: of the search.

    Raises:
        InputError: TANZHE_BOCHA_KEY is not set.
    """

    name = NAME
    terms = Words(
        "博查 AI 搜索，需密钥，按次计费；结果不得转售",
        "Bocha AI search, key needed, paid by request; results may not be resold",
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
            "freshness": f"{first_day.isoformat()}..{last_day.isoformat()}",
            "summary": True,
            "count": most,
        }
        headers = {"Authorization": f"Bearer {self._key}"}
        data = json_object(NAME, self._client.post(self._address, body, headers=headers))
        if str(part(NAME, data, "code")) != "200":
            raise refused(NAME, data.get("msg") or data.get("message"))
        if part(NAME, data, "data", "webPages") is None:
            raise nothing_found(NAME, words)
        found = tuple(map(_result, items(NAME, data, *_WHERE.split("."))))
        if not found:
            raise nothing_found(NAME, words)
        return found[:most]


def _result(item: dict[str, object]) -> SearchResult:
    # `dateLastCrawled` is, against its name, an older field for the day of publication.
    return SearchResult(
        url=words_of(NAME, item, "url", _WHERE),
        title=words_of(NAME, item, "name", _WHERE),
        published=day_of(item.get("datePublished")) or day_of(item.get("dateLastCrawled")),
        snippet=plain(item.get("summary")) or plain(item.get("snippet")),
    )
