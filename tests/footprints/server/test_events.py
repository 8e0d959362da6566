"""Events: what comes in is checked, what is asked for is answered, and arrives in the end."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from footprints.ingot import changed, ingot
from footprints.server.loopback import asking, listening
from footprints.server.test_host import ID, never, signed_in
from tanzhe.connectors.pact import post_event
from tanzhe.errors import InputError, SourceError
from tanzhe.footprints.pact.schema import published
from tanzhe.footprints.server.announcements import announce
from tanzhe.footprints.server.app import Host
from tanzhe.footprints.server.clients import Answers, Client, first_client, read_clients
from tanzhe.footprints.server.events import CREATED, FULFILLED, PUBLISHED, REJECTED
from tanzhe.footprints.server.outbox import FIRST_PAUSE, GIVE_UP, LONGEST_PAUSE, Outbox
from tanzhe.footprints.server.run import check_address
from tanzhe.footprints.server.shelf import Shelf

KIND = {"Content-Type": "application/cloudevents+json; charset=UTF-8"}
CLIENTS = (
    Client(
        id="all",
        secret="secret-of-all",
        answers=Answers(url="https://them.example", id="us", secret="ours"),
    ),
    Client(id="few", secret="secret-of-few"),
)
PRODUCT = ingot()["productIds"][0]


def event(kind: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "type": kind, "specversion": "1.0", "id": "run/12", "source": "//them.example/3/events",
        "time": "2026-03-20T01:00:00Z", "data": data, **more,
    }  # fmt: skip


@pytest.fixture
def host(tmp_path: Path) -> Host:
    (tmp_path / "a.json").write_text(json.dumps(ingot()), encoding="utf-8")
    return Host(
        shelf=Shelf(tmp_path), clients=CLIENTS, folder=tmp_path, send=never, clock=lambda: 0.0
    )


@pytest.fixture
def web(host: Host) -> Iterator[httpx.Client]:
    with asking(host) as client:
        yield client


def posted(web: httpx.Client, tree: object, who: str = "all") -> tuple[int, str]:
    answer = web.post("/3/events", content=json.dumps(tree), headers=signed_in(web, who) | KIND)
    return answer.status_code, answer.text


def waiting(host: Host) -> list[dict[str, Any]]:
    files = sorted((host.folder / "outbox").glob("*.json"))
    return [json.loads(one.read_text(encoding="utf-8"))["event"] for one in files]


def judged(name: str, tree: dict[str, Any]) -> bool:
    schema = {"$ref": f"#/components/schemas/{name}", **published()}
    return Draft202012Validator(schema).is_valid(tree)


def test_a_request_is_answered_with_what_it_asked_for(web: httpx.Client, host: Host) -> None:
    assert posted(web, event(CREATED, {"productId": [PRODUCT], "comment": "please"})) == (200, "")
    (answer,) = waiting(host)
    assert answer["type"] == FULFILLED and answer["data"]["requestEventId"] == "run/12"
    assert [one["id"] for one in answer["data"]["pfs"]] == [ID]
    assert judged("RequestFulfilledEvent", answer)


def test_a_request_that_nothing_fits_is_rejected(web: httpx.Client, host: Host) -> None:
    assert posted(web, event(CREATED, {"productId": ["urn:pact:null"]}))[0] == 200
    (answer,) = waiting(host)
    assert answer["type"] == REJECTED and answer["data"]["error"]["code"] == "NotFound"
    assert judged("RequestRejectedEvent", answer)


def test_a_request_without_an_agreed_address_is_refused_at_once(web: httpx.Client) -> None:
    status, text = posted(web, event(CREATED, {"productId": [PRODUCT]}), "few")
    assert status == 400 and json.loads(text)["code"] == "BadRequest"


def test_the_events_own_source_is_never_asked(web: httpx.Client, host: Host) -> None:
    posted(web, event(CREATED, {}, source="http://169.254.169.254/"))
    sent: list[str] = []
    box = Outbox(host.folder / "outbox", {one.id: one for one in CLIENTS},
                 lambda answers, _: sent.append(answers.url))  # fmt: skip
    assert [state for _, state in box.deliver(0.0)] == ["sent"]
    assert sent == ["https://them.example"]


def test_other_events_are_kept(web: httpx.Client, host: Host) -> None:
    good = [
        event(PUBLISHED, {"pfIds": [ID]}),
        event(FULFILLED, {"requestEventId": "1", "pfs": [ingot()]}),
        event(REJECTED, {"requestEventId": "1", "error": {"code": "NotFound", "message": "no"}}),
    ]
    for one in good:
        assert posted(web, one) == (200, "")
    kept = [json.loads(o.read_text(encoding="utf-8")) for o in (host.folder / "inbox").iterdir()]
    assert {one["event"]["type"] for one in kept} == {PUBLISHED, FULFILLED, REJECTED}
    assert waiting(host) == []


@pytest.mark.parametrize(
    "wrong",
    [
        event(PUBLISHED, {"pfIds": ["urn:gtin:4712345060507"]}),
        event(PUBLISHED, {}),
        event(FULFILLED, {"requestEventId": "1", "pfs": []}),
        event(FULFILLED, {"requestEventId": "1", "pfs": [changed(ingot(), {}, ["pcf"])]}),
        event(REJECTED, {"requestEventId": "1"}),
        event(CREATED, {"validOn": "yesterday"}),
        event(CREATED, {"productId": "urn:a:b"}),
        event("org.example.Other", {}),
        event(PUBLISHED, {"pfIds": [ID]}, time="now"),
        event(PUBLISHED, {"pfIds": [ID]}, specversion="2"),
        event(PUBLISHED, {"pfIds": [ID]}, id=""),
        [], {}, "x", None,
    ],
)  # fmt: skip
def test_events_that_are_wrong(web: httpx.Client, host: Host, wrong: object) -> None:
    status, text = posted(web, wrong)
    assert status == 400 and json.loads(text)["code"] == "BadRequest"
    assert not (host.folder / "inbox").exists() and waiting(host) == []


def test_bodies_that_are_none(web: httpx.Client) -> None:
    headers = signed_in(web)
    for content, kind in (
        (b"{", KIND["Content-Type"]),
        (b"{}", "text/plain"),
        (b"x" * 6_000_000, "application/json"),
    ):
        answer = web.post("/3/events", content=content, headers={**headers, "Content-Type": kind})
        assert answer.status_code == 400


def test_pauses_grow_and_end_after_72_hours(tmp_path: Path) -> None:
    def unreachable(*_: object) -> None:
        raise OSError

    box = Outbox(tmp_path, {one.id: one for one in CLIENTS}, unreachable)
    box.put(CLIENTS[0], {"id": "e"}, now=0.0)
    now, pauses, states = 0.0, [], []
    while not states or states[-1] == "later":
        states += [state for _, state in box.deliver(now)]
        assert list(box.deliver(now)) == []
        if states[-1] == "later":
            (path,) = tmp_path.glob("*.json")
            due = json.loads(path.read_text(encoding="utf-8"))["next"]
            pauses.append(due - now)
            now = due
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert max(pauses) == LONGEST_PAUSE
    assert states[-1] == "given up" and GIVE_UP <= now < GIVE_UP + LONGEST_PAUSE


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[str, Host]]:
    """The host of the other company."""
    folder = tmp_path / "them"
    folder.mkdir()
    them = Client(id="us", secret="secret-of-us")
    host = Host(shelf=Shelf(folder), clients=(them,), folder=folder, send=never)
    with listening(host) as base:
        yield base, host


def test_an_answer_arrives_at_another_host(
    web: httpx.Client, host: Host, live: tuple[str, Host]
) -> None:
    base, them = live
    posted(web, event(CREATED, {"productId": [PRODUCT]}))
    posted(web, event(CREATED, {"productId": ["urn:pact:null"]}))
    box = Outbox(host.folder / "outbox", {one.id: one for one in CLIENTS},
                 lambda _, tree: post_event(base, "us", "secret-of-us", tree))  # fmt: skip
    assert [state for _, state in box.deliver(0.0)] == ["sent", "sent"]
    kept = [json.loads(o.read_text(encoding="utf-8")) for o in (them.folder / "inbox").iterdir()]
    assert {one["event"]["type"] for one in kept} == {FULFILLED, REJECTED}
    assert waiting(host) == []
    with pytest.raises(SourceError):
        post_event(base, "us", "wrong", {})
    with pytest.raises(SourceError):
        post_event(base, "us", "secret-of-us", {"type": "none"})


def test_clients_are_made_once_and_read(tmp_path: Path) -> None:
    made = first_client(tmp_path)
    assert made is not None and first_client(tmp_path) is None
    assert read_clients(tmp_path) == (made,)
    assert (tmp_path / "clients.yaml").stat().st_mode & 0o077 == 0
    for text in (
        "clients: x",
        "clients:\n  - {id: a, secret: short}",
        "{}",
        "clients:\n  - {id: a}",
    ):
        (tmp_path / "clients.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError):
            read_clients(tmp_path)


def test_other_machines_are_served_with_a_certificate_only() -> None:
    check_address("127.0.0.1", encrypted=False)
    check_address("0.0.0.0", encrypted=True)
    with pytest.raises(InputError, match="证书"):
        check_address("0.0.0.0", encrypted=False)


def test_new_footprints_are_told_once_to_whom_they_are_open(host: Host) -> None:
    told = host.folder / "outbox" / "announced"

    def announced() -> int:
        return announce(
            host.shelf, CLIENTS, host.outbox, told=told, source="//us/3/events", now=0.0
        )

    assert announced() == 1 and announced() == 0
    (one,) = waiting(host)
    assert one["type"] == PUBLISHED and one["data"]["pfIds"] == [ID]
    assert judged("PublishedEvent", one)
    other = changed(ingot(), {"id": ID[:-1] + "9"}, [])
    (host.folder / "b.json").write_text(json.dumps(other), encoding="utf-8")
    assert announced() == 1
    assert sorted(one["data"]["pfIds"] for one in waiting(host)) == [[ID], [ID[:-1] + "9"]]
