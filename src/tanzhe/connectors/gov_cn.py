"""The policy library of gov.cn: documents of the State Council and its ministries.

    GET https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary&q=..&mintime=..&maxtime=..

No key. Results stand under `searchVO.catMap.<category>.listVO`; where there are none the answer
may say `{"code": 1001, "msg": "抱歉，没有找到相关结果"}`.
"""

from datetime import date
from urllib.parse import urlencode

from tanzhe.connectors._search import (
    MOST_RESULTS,
    Clients,
    SearchResult,
    Sender,
    changed,
    day_of,
    items,
    json_object,
    nothing_found,
    part,
    plain,
    refused,
    words_of,
)
from tanzhe.errors import Words

NAME = "gov_cn"
ASKED_AS = "gov_cn"
ADDRESS = "https://sousuo.www.gov.cn/search-gov/data"
NOTHING = 1001  # the code for "no results"
# The search is said to answer only to requests that name its own page.
_HEADERS = {"Referer": "https://sousuo.www.gov.cn/sousuo/search.shtml"}


def opened(rest: str, clients: Clients) -> "GovCn":
    """The source as users name it."""
    return GovCn(clients())


class GovCn:
    """Searches the policy library.

    Args:
        client: a guarded client.
        address: of the search.
    """

    name = NAME
    terms = Words(
        "中国政府网政策文件库，无需密钥；请注明来源，控制频率",
        "gov.cn policy library, no key; name the source and ask seldom",
    )

    def __init__(self, client: Sender, *, address: str = ADDRESS) -> None:
        self._client = client
        self._address = address

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = MOST_RESULTS
    ) -> tuple[SearchResult, ...]:
        """Documents whose title or text has the words, published within the days.

        Raises:
            Empty: none.
            SourceError: the source failed, or answered in another form.
        """
        asked = {
            "t": "zhengcelibrary", "q": words, "timetype": "timezd",
            "mintime": first_day.isoformat(), "maxtime": last_day.isoformat(),
            "sort": "score", "sortType": "1", "searchfield": "title:content:summary", "p": "1",
            "n": str(most),
        }  # fmt: skip
        answer = self._client.get(f"{self._address}?{urlencode(asked)}", headers=_HEADERS)
        data = json_object(NAME, answer)
        if data.get("code") == NOTHING:
            raise nothing_found(NAME, words)
        if data.get("code", 200) != 200:
            raise refused(NAME, data.get("msg"))
        found = _results(data)
        if not found:
            raise nothing_found(NAME, words)
        return found[:most]


def _results(data: dict[str, object]) -> tuple[SearchResult, ...]:
    categories = part(NAME, data, "searchVO", "catMap")
    if not isinstance(categories, dict):
        raise changed(NAME, "searchVO.catMap")
    found: dict[str, SearchResult] = {}
    for category, listed in categories.items():
        where = f"searchVO.catMap.{category}.listVO"
        if not isinstance(listed, dict) or "listVO" not in listed:
            raise changed(NAME, where)
        if listed["listVO"] is None:  # a category without results
            continue
        for item in items(NAME, listed, "listVO"):
            result = _result(item, where)
            found.setdefault(result.url, result)
    return tuple(found.values())


def _result(item: dict[str, object], where: str) -> SearchResult:
    return SearchResult(
        url=words_of(NAME, item, "url", where),
        title=words_of(NAME, item, "title", where),
        published=day_of(item.get("pubtimeStr")) or day_of(item.get("pubtime")),
        snippet=plain(item.get("summary")),
    )
