"""What every search source gives, and the reading of its JSON without guessing."""

import html
import os
import re
from datetime import UTC, date, datetime
from typing import Protocol

from tanzhe.characters import whole_json
from tanzhe.connectors._http import Answer
from tanzhe.errors import Empty, InputError, SourceError, Words
from tanzhe.model import Record
from tanzhe.periods import BEIJING

MOST_RESULTS = 10  # of one search
_CHANGED = Words(
    "来源可能改了格式；请升级 tanzhe，或先不用这个来源",
    "The source may have changed its form; upgrade tanzhe, or leave this source out",
)


class SearchResult(Record):
    """One result of a search: a lead to a page, never evidence by itself.

    Attributes:
        url: address of the page.
        title: as the source gives it, without markup.
        published: day of publication as the source says (YYYY-MM-DD), or None; not believed.
        snippet: words of the page as the source gives them.
    """

    url: str
    title: str
    published: str | None
    snippet: str


class Connector(Protocol):
    """A source that can be searched; one file each."""

    @property
    def name(self) -> str:
        """What users call it."""
        ...

    @property
    def terms(self) -> Words:
        """Terms of use, in one sentence."""
        ...

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = MOST_RESULTS
    ) -> tuple[SearchResult, ...]:
        """Pages for some words, published within some days where the source can tell.

        Raises:
            Empty: the source answered and had nothing.
            SourceError: the source failed, or answered in another form.
        """
        ...


class Clients(Protocol):
    """Opens guarded clients for searches; they are closed when the work is done."""

    def __call__(self, *, trusted: frozenset[str] = frozenset()) -> "Sender":
        """A client; it reaches private addresses only at the origins trusted."""
        ...


class Sender(Protocol):
    """What a connector needs of a client: `_http.Client` has it."""

    def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
        """The answer to a GET."""
        ...

    def post(
        self, url: str, body: dict[str, object], *, headers: dict[str, str] | None = None
    ) -> Answer:
        """The answer to a POST of JSON."""
        ...


def setting(variable: str, source: str) -> str:
    """The value of an environment variable that a source needs.

    Raises:
        InputError: it is not set; names the variable.
    """
    value = os.environ.get(variable, "").strip()
    if value:
        return value
    raise InputError.of(
        Words(f"{source} 没有配置", f"{source} is not configured"),
        Words(f"请设置环境变量 {variable}", f"Set the environment variable {variable}"),
        where=variable,
    )


def changed(source: str, key: str) -> SourceError:
    """The error for an answer that has not the form we know; names what is missing."""
    what = Words(f"回答里缺少“{key}”", f"The answer has no “{key}”")
    return SourceError.of(what, _CHANGED, where=source)


def nothing_found(source: str, words: str) -> Empty:
    """The error for a search without results, which is a result."""
    what = Words(f"没有找到“{words}”", f"Nothing found for “{words}”")
    do = Words("请换一个词或时间范围", "Try other words or days")
    return Empty.of(what, do, where=source)


def refused(source: str, said: object) -> SourceError:
    """The error for an answer that says the request failed."""
    short = str(said)[:120]
    what = Words(f"来源报错：{short}", f"The source says: {short}")
    do = Words("请检查密钥与额度，或稍后再试", "Check key and quota, or try later")
    return SourceError.of(what, do, where=source)


def json_object(source: str, answer: Answer) -> dict[str, object]:
    """The answer as a JSON object.

    Raises:
        SourceError: it is something else, such as an error page.
    """
    try:
        data = whole_json(answer.content)
    except (ValueError, RecursionError) as error:
        start = answer.content[:60].decode("utf-8", "replace").strip()
        what = Words(f"回答不是 JSON，开头是“{start}”", f"Not JSON; it begins “{start}”")
        raise SourceError.of(what, _CHANGED, where=source) from error
    if not isinstance(data, dict):
        raise changed(source, "{}")
    return data


def part(source: str, data: object, *keys: str) -> object:
    """What stands under some keys, one below the other.

    Raises:
        SourceError: a key is missing; names the way to it.
    """
    for at, key in enumerate(keys, 1):
        if not isinstance(data, dict) or key not in data:
            raise changed(source, ".".join(keys[:at]))
        data = data[key]
    return data


def items(source: str, data: object, *keys: str) -> list[dict[str, object]]:
    """The list of objects under some keys.

    Raises:
        SourceError: there is no such list.
    """
    found = part(source, data, *keys)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise changed(source, ".".join(keys) + "[]")
    return found


def words_of(source: str, item: dict[str, object], key: str, where: str) -> str:
    """A text that every result must have, without markup.

    Raises:
        SourceError: it is missing; names the way to it.
    """
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise changed(source, f"{where}.{key}")
    return plain(value)


def plain(words: object) -> str:
    """Text without tags and entities, "" for what is no text.

    Example:
        >>> plain("有序<em>用电</em>&nbsp;通知")
        '有序用电 通知'
    """
    if not isinstance(words, str):
        return ""
    bare = re.sub(r"<[^<>]{0,80}>", "", html.unescape(words))
    return " ".join(bare.split())


def day_of(value: object) -> str | None:
    """The day of a stated moment, in China where a zone or a count of milliseconds is given.

    Example:
        >>> [day_of(x) for x in ("2021.09.16", "2021-09-16T18:30:00Z", 1631721600000, "soon")]
        ['2021-09-16', '2021-09-17', '2021-09-16', None]
    """
    if isinstance(value, int | float) and 1e11 < value < 1e14:
        return datetime.fromtimestamp(value / 1000, UTC).astimezone(BEIJING).date().isoformat()
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip())
        return (moment.astimezone(BEIJING) if moment.tzinfo else moment).date().isoformat()
    except (ValueError, OverflowError):  # a moment before the first year
        pass
    match = re.match(r"\s*(\d{4})[./年-](\d{1,2})[./月-](\d{1,2})", value)
    try:
        return date(*map(int, match.groups())).isoformat() if match else None
    except ValueError:
        return None
