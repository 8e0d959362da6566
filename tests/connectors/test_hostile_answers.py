"""Answers from outside that once ended a report: a failure of the source now, or read whole."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.loopback import Server, serving
from tanzhe.api.evidence.finders import OnlineFinder
from tanzhe.characters import whole_json
from tanzhe.connectors._fetched import FetchStore
from tanzhe.connectors._http import Client, Limits, _pause
from tanzhe.connectors._search import SearchResult, day_of
from tanzhe.connectors.language_model import MOST_COUNTED, _used
from tanzhe.connectors.pages import Pages
from tanzhe.connectors.searxng import Searxng
from tanzhe.connectors.urls import LARGEST_LIST, MOST_NAMED, read_addresses
from tanzhe.errors import InputError, SourceError, Words
from tanzhe.evidence.finders.find import Query
from tanzhe.workspace import Workspace

LIMITS = Limits(size=100_000, decompressed=1_000_000, redirects=3, step_seconds=2, whole_seconds=5)
DAYS = (date(2020, 1, 1), date(2022, 1, 1))
QUERY = Query(region_iso="CN-YN", sector="industry", first_day=DAYS[0], last_day=DAYS[1],
              words=("云南 限电",))  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(
        limits=LIMITS, resolver=lambda *_: ["127.0.0.1"], allow_private=True, sleep=lambda _: None
    ) as one:
        yield one


@pytest.mark.parametrize(
    "location",
    ["about:blank", "javascript:alert(1)", "http://", "//", "http://[::1", "http://xn--/", "\u00b2",
     "http://a..b/", "http://a:99999999/", "mailto:a@b", "data:text/html,x", "http://%00/"],
)  # fmt: skip
def test_a_redirect_to_nowhere_is_a_failure_of_the_source(
    server: Server, client: Client, location: str
) -> None:
    server.replies["/a"] = (302, {"Location": location.encode().decode("latin-1")}, b"")
    with pytest.raises(SourceError):
        client.get(f"{server.url}/a")


@pytest.mark.parametrize(
    "asked",
    ["²", "１", "9" * 400, "-1", "soon", "", "Fri, 99 Foo 2021", "Mon, 01 Jan 0000"],
)
def test_whatever_a_busy_source_asks_for_is_a_time(asked: str) -> None:
    assert _pause(asked, 1) >= 0


def test_a_busy_source_with_an_odd_wish(server: Server, client: Client) -> None:
    server.replies["/a"] = (429, {"Retry-After": "\u00b2"}, b"")
    with pytest.raises(SourceError):
        client.get(f"{server.url}/a")


def test_no_cookie_is_kept_nor_sent(server: Server, client: Client) -> None:
    server.replies["/a"] = (200, {"Set-Cookie": "id=a; Path=/"}, b"data")
    server.replies["/b"] = (302, {"Set-Cookie": "id=b; Path=/", "Location": "/a"}, b"")
    for url in (server.url, f"http://other.test:{server.port}"):
        client.get(f"{url}/a")
        client.get(f"{url}/b")
    assert len(server.seen) == 6
    assert not [headers for _, headers in server.seen if "cookie" in headers]


def test_halves_of_characters_are_replaced_and_the_rest_kept() -> None:
    assert whole_json(b'{"a": ["\\ud800x", 1, null, true, 1.5]}') == {
        "a": ["\ufffdx", 1, None, True, 1.5]
    }
    assert whole_json('"\\ud83d\\ude00"') == "\U0001f600"  # two halves are a character
    assert whole_json('"\\\\ud800"') == "\\ud800"  # an escaped escape is text
    with pytest.raises(ValueError, match="Expecting"):
        whole_json("nothing")


def test_a_search_result_with_half_a_character(server: Server, client: Client) -> None:
    found = {"url": "http://x.test/1", "title": "云南\ud800限电", "content": "x"}
    server.replies["/search"] = (200, {}, json.dumps({"results": [found]}).encode())
    (one,) = Searxng(client, address=server.url).search("x", *DAYS)
    assert one.title == "云南\ufffd限电" and one.model_dump_json().encode()


@pytest.mark.parametrize(
    ("moment", "day"),
    [("0001-01-01T00:00:00+14:00", "0001-01-01"), ("9999-12-31T23:59:59-14:00", "9999-12-31"),
     (10**400, None), (1e308, None), ("²", None), (float("nan"), None)],
)  # fmt: skip
def test_any_moment_has_a_day_or_none(moment: object, day: str | None) -> None:
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("said", "counted"), [(12, 12), (10**399, 0), (MOST_COUNTED + 1, 0), (-5, 0), ("9", 0)]
)
def test_what_a_model_says_it_used(said: object, counted: int) -> None:
    assert _used({"usage": {"total_tokens": said}}) == counted


class Broken:
    """A source whose answers nobody foresaw, and whose pages are sound."""

    name = "broken"
    terms = Words("测试", "test")

    def __init__(self, url: str, error: Exception | None = None) -> None:
        self.url, self.error = url, error

    def search(
        self, words: str, first_day: date, last_day: date, *, most: int = 10
    ) -> tuple[SearchResult, ...]:
        if self.error is not None:
            raise self.error
        return (SearchResult(url=self.url, title="", published=None, snippet=""),)


@pytest.mark.parametrize(
    "error", [OverflowError("x"), KeyError("x"), UnicodeEncodeError("a", "b", 0, 1, "c")]
)
def test_our_own_failure_on_an_answer_is_recorded_and_the_report_goes_on(
    server: Server, client: Client, tmp_path: Path, error: Exception
) -> None:
    with Workspace.open(tmp_path / "space") as workspace:
        pages = Pages(client, FetchStore(workspace.folder))
        finder = OnlineFinder(Broken(server.url, error), pages, workspace)
        answer = finder.find(QUERY)
    assert answer.events == () and [one.address for one in answer.unread] == ["broken"]
    assert type(error).__name__ in answer.unread[0].reason_en


def test_our_own_failure_on_a_page_is_recorded_and_the_report_goes_on(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.replies["/p"] = (200, {"Content-Type": "text/html"}, "<p>云南限电</p>".encode())
    server.replies["/robots.txt"] = (404, {}, b"")

    def fail(*given: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr("tanzhe.api.evidence.finders.read_bytes", fail)
    with Workspace.open(tmp_path / "space") as workspace:
        pages = Pages(client, FetchStore(workspace.folder))
        finder = OnlineFinder(Broken(f"{server.url}/p"), pages, workspace)
        answer = finder.find(QUERY)
    assert [one.address for one in answer.unread] == [f"{server.url}/p"]
    assert "ZeroDivisionError" in answer.unread[0].reason


def test_a_list_of_addresses_is_bounded(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"http://a.test/\n" * (LARGEST_LIST // 15 + 2))
    with pytest.raises(InputError, match="太大"):
        read_addresses(large)
    (tmp_path / "bad.txt").write_text("no address\n" * 5000, "utf-8")
    with pytest.raises(InputError) as refused:
        read_addresses(tmp_path / "bad.txt")
    assert len(refused.value.faults) == MOST_NAMED
