import gzip
import json
import time
import zlib
from collections.abc import Iterator

import pytest

from connectors.loopback import BOMB, Server, drip, serving
from tanzhe.connectors._guard import Guard, checked, is_public
from tanzhe.connectors._http import Client, Limits
from tanzhe.errors import Blocked, Empty, NotFound, SourceError, TooLarge

LIMITS = Limits(size=100_000, decompressed=1_000_000, redirects=3, step_seconds=2, whole_seconds=5)


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


def test_answer_and_politeness(server: Server, client: Client) -> None:
    server.replies["/a"] = (200, {"Content-Type": "text/csv"}, b"data")
    answer = client.get(f"{server.url}/a")
    assert (answer.content, answer.content_type) == (b"data", "text/csv")
    sent = server.seen[0][1]
    assert sent["host"] == f"source.test:{server.port}"
    assert sent["user-agent"].startswith("tanzhe")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
        "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "2002:7f00:1::", "64:ff9b::a00:1",
        "ff02::1", "::127.0.0.1", "::7f00:1", "64:ff9b:1::a00:1", "168.63.129.16",
        "100.100.100.200", "fe80::a9fe:a9fe", "192.0.0.192", "198.18.0.1", "240.0.0.1",
        "2001:0:7f00:1::",
    ],
)  # fmt: skip
def test_inner_addresses_are_refused(address: str) -> None:
    assert not is_public(address)
    with Client(resolver=lambda *_: [address]) as client, pytest.raises(Blocked):
        client.get("http://innocent.example/")


def test_one_inner_address_among_public_ones_is_enough() -> None:
    with (
        Client(resolver=lambda *_: ["93.184.216.34", "10.0.0.1"]) as client,
        pytest.raises(Blocked),
    ):
        client.get("http://innocent.example/")


def test_public_addresses_pass() -> None:
    assert all(is_public(a) for a in ("93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x/", "http://", "http:///a", "gopher://x", "/a", "http://u:p@x/"],
)
def test_other_addresses_are_refused(url: str) -> None:
    with Client(resolver=lambda *_: ["93.184.216.34"]) as client, pytest.raises(Blocked):
        client.get(url)


def test_every_redirect_is_checked_again(server: Server) -> None:
    server.replies["/go"] = (302, {"Location": "http://inner.test/secret"}, b"")
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        # The first host passes the test's own guard; the second is what a real guard refuses.
        if host == "inner.test":
            raise OSError("never reached by name")
        return ["127.0.0.1"]

    with Client(resolver=resolver, allow_private=True) as client, pytest.raises(NotFound):
        client.get(f"{server.url}/go")
    assert asked == ["source.test", "inner.test"]


def test_redirect_to_a_file_is_refused(server: Server, client: Client) -> None:
    server.replies["/go"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(Blocked):
        client.get(f"{server.url}/go")


def test_resolved_once_per_request(server: Server) -> None:
    """A second answer of the name server cannot lead elsewhere: there is no second question."""
    server.replies["/a"] = (200, {}, b"data")
    answers = iter([["127.0.0.1"], ["192.0.2.1"]])
    with Client(resolver=lambda *_: next(answers), allow_private=True) as client:
        assert client.get(f"{server.url}/a").content == b"data"


def test_redirects_are_followed_and_counted(server: Server, client: Client) -> None:
    server.replies["/1"] = (301, {"Location": "/2"}, b"")
    server.replies["/2"] = (307, {"Location": "a"}, b"")
    server.replies["/a"] = (200, {}, b"data")
    assert client.get(f"{server.url}/1").url == f"{server.url}/a"
    server.replies["/a"] = (302, {"Location": "/1"}, b"")
    with pytest.raises(Blocked, match="redirects"):
        client.get(f"{server.url}/1")


def test_headers_do_not_follow_to_another_host(server: Server, client: Client) -> None:
    there = f"http://other.test:{server.port}/a"
    server.replies["/go"] = (302, {"Location": there}, b"")
    server.replies["/a"] = (200, {}, b"data")
    client.get(f"{server.url}/go", headers={"X-Key": "secret"})
    assert "x-key" in server.seen[0][1]
    assert "x-key" not in server.seen[1][1]


def test_gzip(server: Server, client: Client) -> None:
    packed = gzip.compress(b"data" * 100)
    server.replies["/z"] = (200, {"Content-Encoding": "gzip"}, packed)
    assert client.get(f"{server.url}/z").content == b"data" * 100
    server.replies["/z"] = (200, {"Content-Encoding": "gzip"}, packed[:-9])
    with pytest.raises(SourceError, match="Incomplete"):
        client.get(f"{server.url}/z")
    server.replies["/z"] = (200, {"Content-Encoding": "gzip"}, b"not gzip")
    with pytest.raises(SourceError, match="Broken"):
        client.get(f"{server.url}/z")
    server.replies["/z"] = (200, {"Content-Encoding": "br"}, b"x")
    with pytest.raises(SourceError, match="br"):
        client.get(f"{server.url}/z")


def test_bomb_and_size(server: Server, client: Client) -> None:
    assert len(BOMB) < LIMITS.size
    server.replies["/bomb"] = (200, {"Content-Encoding": "gzip"}, BOMB)
    server.replies["/big"] = (200, {}, b"x" * 200_000)
    for path in ("/bomb", "/big"):
        with pytest.raises(TooLarge):
            client.get(f"{server.url}{path}")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, Blocked),
        (403, Blocked),
        (429, Blocked),
        (404, NotFound),
        (410, NotFound),
        (204, Empty),
        (500, SourceError),
        (503, SourceError),
        (302, SourceError),
    ],
)
def test_statuses(server: Server, client: Client, status: int, kind: type[SourceError]) -> None:
    server.replies["/s"] = (status, {}, b"")
    with pytest.raises(kind) as caught:
        client.get(f"{server.url}/s")
    assert type(caught.value) is kind
    assert caught.value.exit_code == 3


def test_empty_answer(server: Server, client: Client) -> None:
    server.replies["/e"] = (200, {}, b"")
    with pytest.raises(Empty):
        client.get(f"{server.url}/e")


def test_dripping_source_times_out(server: Server) -> None:
    server.replies["/drip"] = drip
    limits = LIMITS._replace(whole_seconds=0.3)
    with (
        Client(limits=limits, resolver=lambda *_: ["127.0.0.1"], allow_private=True) as client,
        pytest.raises(SourceError, match="Timed out"),
    ):
        client.get(f"{server.url}/drip")


def test_nobody_listens(client: Client) -> None:
    with pytest.raises(SourceError):
        client.get("http://source.test:1/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001",
        "017700000001", "0177.0.0.1", "0x7f.1", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]", "①②⑦.0.0.1", "169.254.169.254", "[fd00:ec2::254]",
    ],
)  # fmt: skip
def test_disguised_hosts_are_refused_by_the_real_resolver(host: str) -> None:
    """Refused by address, or not found at all; never connected (sockets are off)."""
    with Client() as client, pytest.raises((Blocked, NotFound)):
        client.get(f"http://{host}/")


def test_redirect_to_a_private_address_is_refused(server: Server) -> None:
    """Only the first origin is trusted; where it leads is checked like anything else."""
    server.replies["/go"] = (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"")
    server.replies["/port"] = (302, {"Location": "http://127.0.0.1:1/"}, b"")
    own = f"http://127.0.0.1:{server.port}"
    with Client(trusted=frozenset({own})) as client:
        for path in ("/go", "/port"):
            with pytest.raises(Blocked, match="public"):
                client.get(f"{own}{path}")
    assert [path for path, _ in server.seen] == ["/go", "/port"]


def test_a_rebinding_resolver_is_checked_at_every_hop() -> None:
    """A name that was public at the first hop and is private at the second is refused there."""
    answers = iter([["93.184.216.34"], ["10.0.0.1"]])
    asked: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    guard = Guard(resolver, allow_private=False, trusted=frozenset())
    target = checked("http://rebind.test/")
    assert guard.address("http://rebind.test/", target) == "93.184.216.34"
    with pytest.raises(Blocked):
        guard.address("http://rebind.test/", target)
    assert asked == ["rebind.test", "rebind.test"]


def test_dripping_headers_time_out(server: Server) -> None:
    def drip_headers(handler: object) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
            try:
                handler.wfile.write(bytes([letter]))  # type: ignore[attr-defined]
                handler.wfile.flush()  # type: ignore[attr-defined]
            except OSError:
                return
            time.sleep(0.05)

    server.replies["/drip"] = drip_headers
    limits = LIMITS._replace(whole_seconds=0.3)
    started = time.monotonic()
    with (
        Client(limits=limits, resolver=lambda *_: ["127.0.0.1"], allow_private=True) as client,
        pytest.raises(SourceError, match="Timed out"),
    ):
        client.get(f"{server.url}/drip")
    assert time.monotonic() - started < 2


def test_a_silent_source_times_out(server: Server) -> None:
    server.replies["/silent"] = lambda handler: time.sleep(1)
    limits = LIMITS._replace(whole_seconds=0.2)
    with (
        Client(limits=limits, resolver=lambda *_: ["127.0.0.1"], allow_private=True) as client,
        pytest.raises(SourceError, match="Timed out"),
    ):
        client.get(f"{server.url}/silent")


def test_a_lying_length_is_an_error(server: Server, client: Client) -> None:
    server.replies["/short"] = (200, {"Content-Length": "100", "Connection": "close"}, b"short")
    with pytest.raises(SourceError):
        client.get(f"{server.url}/short")


def test_a_bomb_in_pieces(server: Server, client: Client) -> None:
    """Many small bombs one after the other, and a bomb with the other name of gzip."""
    server.replies["/b"] = (200, {"Content-Encoding": "x-gzip"}, BOMB)
    with pytest.raises(TooLarge):
        client.get(f"{server.url}/b")
    server.replies["/b"] = (200, {"Content-Encoding": "deflate"}, zlib.compress(b"0" * 5_000_000))
    with pytest.raises(TooLarge):
        client.get(f"{server.url}/b")
    server.replies["/b"] = (200, {"Content-Encoding": "gzip, gzip"}, BOMB)
    with pytest.raises(SourceError, match="gzip, gzip"):
        client.get(f"{server.url}/b")


def test_post_sends_json_and_follows_nothing(server: Server, client: Client) -> None:
    server.replies["/p"] = (200, {}, b"{}")
    client.post(f"{server.url}/p", {"q": "云南"}, headers={"Authorization": "Bearer secret"})
    assert json.loads(server.bodies[0]) == {"q": "云南"}
    assert server.seen[0][1]["content-type"] == "application/json"
    server.replies["/p"] = (307, {"Location": "/a"}, b"")
    with pytest.raises(Blocked) as caught:
        client.post(f"{server.url}/p", {}, headers={"Authorization": "Bearer secret"})
    assert "secret" not in str(caught.value)
    with Client() as guarded, pytest.raises(Blocked):
        guarded.post("http://127.0.0.1/", {})
