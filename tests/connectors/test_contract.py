"""One contract for all search sources, over recorded answers (see recorded/README.md)."""

import inspect
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tanzhe.connectors import bocha, gov_cn, searxng, tavily, urls
from tanzhe.connectors._http import Answer
from tanzhe.connectors._search import Connector, SearchResult, Sender
from tanzhe.errors import Blocked, Empty, InputError, SourceError, Words

RECORDED = Path(__file__).parent / "recorded"
FIRST, LAST = date(2021, 4, 1), date(2021, 12, 31)


class Recorded:
    """A client that answers what was recorded and remembers what it was asked."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked: list[tuple[str, dict[str, object], dict[str, str]]] = []

    def get(self, url: str, *, headers: dict[str, str] | None = None) -> Answer:
        self.asked.append((url, {}, headers or {}))
        return Answer(url, self.content, "application/json")

    def post(
        self, url: str, body: dict[str, object], *, headers: dict[str, str] | None = None
    ) -> Answer:
        self.asked.append((url, body, headers or {}))
        return Answer(url, self.content, "application/json")


def urls_of(client: Sender) -> Connector:
    return urls.Urls(urls.read_addresses(RECORDED / "urls.txt"))


SOURCES: dict[str, Callable[[Sender], Connector]] = {
    "gov_cn": gov_cn.GovCn,
    "bocha": bocha.Bocha,
    "tavily": tavily.Tavily,
    "searxng": searxng.Searxng,
    "urls": urls_of,
}
ANSWERING = [name for name in SOURCES if name != "urls"]
KEYS = {
    "bocha": ("TANZHE_BOCHA_KEY", bocha.Bocha),
    "tavily": ("TANZHE_TAVILY_KEY", tavily.Tavily),
    "searxng": ("TANZHE_SEARXNG_URL", searxng.Searxng),
}
# What a source answers when it has nothing.
EMPTY = {
    "gov_cn": [
        {"code": 1001, "msg": "抱歉，没有找到相关结果"},
        {"code": 200, "searchVO": {"catMap": {"gongwen": {"listVO": []}}}},
        {"code": 200, "searchVO": {"catMap": {"gongwen": {"listVO": None}}}},
    ],
    "bocha": [
        {"code": 200, "data": {"webPages": {"value": []}}},
        {"code": 200, "data": {"webPages": None}},
    ],
    "tavily": [{"results": []}],
    "searxng": [{"results": []}],
}
# A changed form, and the key that the error must name.
CHANGED = [
    ("gov_cn", {"code": 200, "search": {}}, "searchVO"),
    ("gov_cn", {"code": 200, "searchVO": {"listVO": []}}, "searchVO.catMap"),
    ("gov_cn", {"code": 200, "searchVO": {"catMap": {"a": {"list": []}}}}, "a.listVO"),
    ("gov_cn", {"searchVO": {"catMap": {"a": {"listVO": [{"title": "x"}]}}}}, "listVO.url"),
    ("bocha", {"data": {}}, "code"),
    ("bocha", {"code": 200, "data": {"pages": {}}}, "data.webPages"),
    ("bocha", {"code": 200, "data": {"webPages": {"values": []}}}, "data.webPages.value"),
    ("bocha", {"code": 200, "data": {"webPages": {"value": [{"url": "x"}]}}}, "value.name"),
    ("bocha", {"code": 200, "data": {"webPages": {"value": ["x"]}}}, "value[]"),
    ("tavily", {"result": []}, "results"),
    ("tavily", {"results": [{"title": "x", "content": ""}]}, "results.url"),
    ("searxng", {"hits": []}, "results"),
    ("searxng", {"results": [{"url": "http://x/"}]}, "results.title"),
]


@pytest.fixture(autouse=True)
def configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANZHE_BOCHA_KEY", "k-bocha")
    monkeypatch.setenv("TANZHE_TAVILY_KEY", "k-tavily")
    monkeypatch.setenv("TANZHE_SEARXNG_URL", "http://127.0.0.1:8888/")


def recorded(name: str) -> Recorded:
    path = RECORDED / f"{name}.json"
    return Recorded(path.read_bytes() if path.exists() else b"")


def searched(name: str, most: int = 10) -> tuple[SearchResult, ...]:
    return SOURCES[name](recorded(name)).search("云南 限电", FIRST, LAST, most=most)


@pytest.mark.parametrize("name", SOURCES)
def test_one_signature(name: str) -> None:
    source = SOURCES[name](recorded(name))
    assert source.name == name
    assert isinstance(source.terms, Words) and source.terms.zh and source.terms.en
    assert inspect.signature(source.search) == inspect.signature(gov_cn.GovCn(recorded("")).search)


@pytest.mark.parametrize("name", SOURCES)
def test_results_are_plain_records(name: str) -> None:
    found = searched(name)
    assert len(found) >= 2
    for one in found:
        assert one.url.startswith(("http://", "https://"))
        assert "<" not in one.title + one.snippet and "&nbsp;" not in one.snippet
        if one.published is not None:
            assert date.fromisoformat(one.published)
    assert len({one.url for one in found}) == len(found)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("gov_cn", ["2021-09-17", "2021-09-17", "2021-09-30"]),
        ("bocha", ["2021-05-18", "2021-05-10"]),
        ("tavily", ["2021-05-18", None]),
        ("searxng", ["2021-05-12", None]),
        ("urls", [None, None]),
    ],
)
def test_dates_are_parsed(name: str, days: list[str | None]) -> None:
    assert [one.published for one in searched(name)] == days


def test_titles_and_snippets() -> None:
    first = searched("gov_cn")[0]
    assert first.title == "国务院关于完善能耗双控制度的意见（构造）"
    assert first.snippet == "为完善能耗强度和总量双控制度， 现提出以下意见。"
    assert searched("bocha")[0].snippet == "5月中旬起，云南部分电解铝企业压减用电负荷。"


@pytest.mark.parametrize("name", ANSWERING)
def test_at_most_so_many(name: str) -> None:
    assert len(searched(name, most=1)) == 1


@pytest.mark.parametrize(
    ("name", "answer"), [(name, answer) for name, answers in EMPTY.items() for answer in answers]
)
def test_nothing_is_empty(name: str, answer: object) -> None:
    client = Recorded(json.dumps(answer).encode())
    with pytest.raises(Empty, match="云南 限电"):
        SOURCES[name](client).search("云南 限电", FIRST, LAST)


def test_no_addresses_is_empty() -> None:
    with pytest.raises(Empty):
        urls.Urls(()).search("x", FIRST, LAST)


@pytest.mark.parametrize("name", ANSWERING)
@pytest.mark.parametrize(
    "page",
    [b"<html><body>502 Bad Gateway</body></html>", b"[]", b"null", b"{", b"[" * 100_000],
    ids=["html", "list", "null", "cut", "deep"],
)
def test_an_error_page_is_a_source_error(name: str, page: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        SOURCES[name](Recorded(page)).search("x", FIRST, LAST)
    assert type(caught.value) is SourceError
    assert caught.value.faults[0].where == name


@pytest.mark.parametrize(("name", "answer", "key"), CHANGED)
def test_a_changed_form_names_the_missing_key(name: str, answer: object, key: str) -> None:
    client = Recorded(json.dumps(answer).encode())
    with pytest.raises(SourceError) as caught:
        SOURCES[name](client).search("x", FIRST, LAST)
    assert type(caught.value) is SourceError
    for language in ("zh", "en"):
        assert key in caught.value.said(language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("gov_cn", {"code": 500, "msg": "系统繁忙"}),
        ("bocha", {"code": "403", "message": "You do not have enough money"}),
    ],
)
def test_a_refusal_in_the_answer_is_told(name: str, answer: dict[str, object]) -> None:
    with pytest.raises(SourceError) as caught:
        SOURCES[name](Recorded(json.dumps(answer).encode())).search("x", FIRST, LAST)
    assert str(answer.get("msg") or answer.get("message")) in str(caught.value)


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("value", [None, "  "])
def test_a_missing_key_is_named(
    name: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable, make = KEYS[name]
    if value is None:
        monkeypatch.delenv(variable)
    else:
        monkeypatch.setenv(variable, value)
    with pytest.raises(InputError) as caught:
        make(recorded(name))
    for language in ("zh", "en"):
        assert variable in caught.value.said(language)  # type: ignore[arg-type]


def test_days_and_words_are_asked_for() -> None:
    asked = {}
    for name in ANSWERING:
        client = recorded(name)
        SOURCES[name](client).search("云南 限电", FIRST, LAST, most=7)
        asked[name] = client.asked[0]
    assert "mintime=2021-04-01&maxtime=2021-12-31" in asked["gov_cn"][0]
    assert asked["bocha"][1]["freshness"] == "2021-04-01..2021-12-31"
    assert asked["bocha"][1]["count"] == 7 and asked["bocha"][1]["summary"] is True
    assert asked["tavily"][1]["start_date"] == "2021-04-01"
    assert asked["tavily"][1]["end_date"] == "2021-12-31"
    assert asked["searxng"][0].startswith("http://127.0.0.1:8888/search?q=")
    assert "language=zh-CN" in asked["searxng"][0]


def test_keys_travel_in_the_header_only() -> None:
    for name in ("bocha", "tavily"):
        client = recorded(name)
        SOURCES[name](client).search("x", FIRST, LAST)
        url, body, headers = client.asked[0]
        assert headers["Authorization"] == f"Bearer k-{name}"
        assert f"k-{name}" not in url + json.dumps(body)


def test_lines_that_are_no_addresses_are_named(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("https://a.cn/\nnot one\nfile:///etc/passwd\nhttp://u:p@x/\n", "utf-8")
    with pytest.raises(InputError) as caught:
        urls.read_addresses(path)
    assert [fault.where for fault in caught.value.faults] == [
        "list.txt:2", "list.txt:3", "list.txt:4",
    ]  # fmt: skip
    with pytest.raises(InputError, match=r"none\.txt"):
        urls.read_addresses(tmp_path / "none.txt")
    assert not issubclass(InputError, Blocked)
