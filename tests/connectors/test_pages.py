"""Pages fetched politely: robots, rate, retries, validators, the record of each fetch."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from connectors.loopback import Server, serving
from tanzhe.connectors import _fetched
from tanzhe.connectors._fetched import FetchStore
from tanzhe.connectors._http import Client, Limits
from tanzhe.connectors._robots import read_robots
from tanzhe.connectors.pages import Pages
from tanzhe.errors import Blocked, NotFound, SourceError

LIMITS = Limits(size=100_000, decompressed=1_000_000, redirects=3, step_seconds=2, whole_seconds=20)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pages(tmp_path: Path, clock: Clock) -> Iterator[Pages]:
    with Client(
        limits=LIMITS, resolver=lambda *_: ["127.0.0.1"], allow_private=True, sleep=clock.sleep
    ) as client:
        yield Pages(client, FetchStore(tmp_path), sleep=clock.sleep, clock=clock)


def asked(server: Server) -> list[str]:
    return [path for path, _ in server.seen]


def test_a_page_is_archived_with_its_address_headers_and_time(
    server: Server, pages: Pages, tmp_path: Path
) -> None:
    server.replies["/go"] = (302, {"Location": "/a"}, b"")
    server.replies["/a"] = (200, {"Content-Type": "text/html", "ETag": '"1"', "Set-Cookie": "x=1"},
                            b"<p>words</p>")  # fmt: skip
    page = pages.fetch(f"{server.url}/go")
    sha = hashlib.sha256(b"<p>words</p>").hexdigest()
    assert (page.asked, page.url, page.sha256) == (f"{server.url}/go", f"{server.url}/a", sha)
    assert page.headers["etag"] == '"1"' and "set-cookie" not in page.headers
    assert (tmp_path / "archive" / sha[:2] / sha).read_bytes() == b"<p>words</p>"
    assert pages.content(page) == b"<p>words</p>"
    kept = [json.loads(p.read_text("utf-8")) for p in (tmp_path / "fetched").glob("*.json")]
    assert [k["fetched"] for k in kept] == [page.fetched]


def test_a_fresh_page_is_not_asked_for_again(server: Server, pages: Pages) -> None:
    server.replies["/a"] = (200, {}, b"words")
    first = pages.fetch(f"{server.url}/a")
    assert pages.fetch(f"{server.url}/a") == first
    assert asked(server).count("/a") == 1


def test_an_old_page_is_asked_for_with_its_validators(
    server: Server, pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = "Fri, 17 Sep 2021 08:00:00 GMT"
    server.replies["/a"] = (200, {"ETag": '"v1"', "Last-Modified": moment}, b"words")
    first = pages.fetch(f"{server.url}/a")
    monkeypatch.setattr(_fetched, "FRESH", timedelta(0))
    server.replies["/a"] = (304, {}, b"")
    again = pages.fetch(f"{server.url}/a")
    assert again.sha256 == first.sha256 and pages.content(again) == b"words"
    sent = server.seen[-1][1]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', moment)
    server.replies["/a"] = (200, {}, b"new words")
    assert pages.content(pages.fetch(f"{server.url}/a")) == b"new words"


def test_304_without_a_question_is_an_error(server: Server, pages: Pages) -> None:
    server.replies["/a"] = (304, {}, b"")
    with pytest.raises(SourceError):
        pages.fetch(f"{server.url}/a")


def test_robots_is_obeyed_and_asked_once_a_host(server: Server, pages: Pages) -> None:
    server.replies["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /inner/\n")
    server.replies["/a"] = server.replies["/b"] = server.replies["/inner/x"] = (200, {}, b"words")
    pages.fetch(f"{server.url}/a")
    pages.fetch(f"{server.url}/b")
    with pytest.raises(Blocked, match=r"robots\.txt"):
        pages.fetch(f"{server.url}/inner/x")
    assert asked(server) == ["/robots.txt", "/a", "/b"]


def test_robots_of_the_host_redirected_to_is_obeyed(server: Server, pages: Pages) -> None:
    server.replies["/go"] = (302, {"Location": f"http://other.test:{server.port}/x"}, b"")
    server.replies["/x"] = (200, {}, b"words")
    pages.fetch(f"{server.url}/go")
    hosts = [(path, headers["host"].split(":")[0]) for path, headers in server.seen]
    assert hosts == [
        ("/robots.txt", "source.test"), ("/go", "source.test"),
        ("/robots.txt", "other.test"), ("/x", "other.test"),
    ]  # fmt: skip


@pytest.mark.parametrize(("status", "free"), [(404, True), (403, True), (500, False)])
def test_robots_that_cannot_be_read(server: Server, pages: Pages, status: int, free: bool) -> None:
    server.replies["/robots.txt"] = (status, {}, b"no")
    server.replies["/a"] = (200, {}, b"words")
    if free:
        assert pages.fetch(f"{server.url}/a")
    else:
        with pytest.raises(Blocked, match="robots"):
            pages.fetch(f"{server.url}/a")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: tanzhe\nDisallow: /b", "/a", True),
        ("User-agent: a\nUser-agent: tanzhe\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf.html", True),
        ("User-agent: *\nDisallow: /*?print", "/x?print=1", False),
        ("User-agent: *\nDisallow: /%E4%BA%91", "/云南", False),
        ("\ufeffUser-Agent: * # all\nDISALLOW : /a", "/a", False),
        ("User-agent: *\nDisallow: /" + "*a" * 5000, "/" + "a" * 4000 + "b", True),
        ("<html>not found</html>", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert read_robots(text).allows(f"http://h{path}") is allowed


def test_a_polite_rate_for_each_host(server: Server, pages: Pages, clock: Clock) -> None:
    for path in ("/a", "/b", "/c"):
        server.replies[path] = (200, {}, b"words")
        pages.fetch(f"{server.url}{path}")
    # robots.txt, then three pages: each a second after the one before.
    assert clock.slept == [1.0, 1.0, 1.0]


def test_crawl_delay_is_obeyed_up_to_a_limit(server: Server, pages: Pages, clock: Clock) -> None:
    server.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 4\n")
    server.replies["/a"] = (200, {}, b"words")
    pages.fetch(f"{server.url}/a")
    assert clock.slept == [4.0]
    assert read_robots("User-agent: *\nCrawl-delay: 9999").delay == 10
    assert read_robots("User-agent: *\nCrawl-delay: -1").delay == 0


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_source_is_asked_again(
    server: Server, pages: Pages, clock: Clock, status: int
) -> None:
    answers = iter([(status, {"Retry-After": "7"}), (status, {}), (200, {})])

    def busy(handler: object) -> None:
        code, headers = next(answers)
        handler.send_response(code)  # type: ignore[attr-defined]
        for name, value in {**headers, "Content-Length": "5"}.items():
            handler.send_header(name, value)  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]
        handler.wfile.write(b"words")  # type: ignore[attr-defined]

    server.replies["/a"] = busy
    assert pages.content(pages.fetch(f"{server.url}/a")) == b"words"
    assert clock.slept[-2:] == [7.0, 2.0]
    assert asked(server).count("/a") == 3


@pytest.mark.parametrize(("status", "kind"), [(429, Blocked), (503, SourceError)])
def test_patience_ends(
    server: Server, pages: Pages, clock: Clock, status: int, kind: type[SourceError]
) -> None:
    server.replies["/a"] = (status, {}, b"busy")
    with pytest.raises(kind, match=str(status)):
        pages.fetch(f"{server.url}/a")
    assert asked(server).count("/a") == 3


@pytest.mark.parametrize("soon", [True, False])
def test_retry_after_as_a_moment(server: Server, pages: Pages, clock: Clock, soon: bool) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=-5 if soon else 3600)
    server.replies["/a"] = (429, {"Retry-After": format_datetime(moment, usegmt=True)}, b"busy")
    with pytest.raises(Blocked):
        pages.fetch(f"{server.url}/a")
    # An hour is longer than we wait: told at once.
    assert asked(server).count("/a") == (3 if soon else 1)


def test_what_is_not_there_leaves_no_record(server: Server, pages: Pages, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        pages.fetch(f"{server.url}/none")
    assert list((tmp_path / "fetched").iterdir()) == []


def test_a_broken_record_is_fetched_again(server: Server, pages: Pages, tmp_path: Path) -> None:
    server.replies["/a"] = (200, {}, b"words")
    pages.fetch(f"{server.url}/a")
    for path in (tmp_path / "fetched").glob("*.json"):
        path.write_text("{", "utf-8")
    assert pages.content(pages.fetch(f"{server.url}/a")) == b"words"
