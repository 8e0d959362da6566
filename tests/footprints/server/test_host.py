"""The PACT host: tokens, lists, filters, pages and error codes, by a client on loopback."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from footprints.ingot import changed, ingot
from footprints.server.loopback import asking
from tanzhe.footprints.server.app import Host
from tanzhe.footprints.server.clients import LIFETIME, Client, Tokens
from tanzhe.footprints.server.shelf import Shelf

ID = "6f7f2f5e-3c1b-4b7e-9d52-5f0c2a7a1e01"
OTHER = "6f7f2f5e-3c1b-4b7e-9d52-5f0c2a7a1e02"
CLIENTS = (
    Client(id="all", secret="secret-of-all"),
    Client(id="few", secret="secret-of-few", products=("URN:other:PRODUCT",)),
)


def never(*_: object) -> None:
    raise AssertionError("nothing is to be sent")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    deprecated = changed(
        ingot(),
        {
            "id": OTHER, "status": "Deprecated", "productIds": ["urn:other:product"],
            "companyIds": ["urn:other:company"], "created": "2026-03-21T01:00:00Z",
            "pcf.geographyCountry": "DE", "validityPeriodStart": "2020-01-01T00:00:00Z",
            "validityPeriodEnd": "2021-01-01T00:00:00Z",
        },
        ["pcf.geographyCountrySubdivision", "productClassifications"],
    )  # fmt: skip
    for name, tree in (("a", ingot()), ("b", deprecated)):
        (tmp_path / f"{name}.json").write_text(json.dumps(tree), encoding="utf-8")
    return Host(shelf=Shelf(tmp_path), clients=CLIENTS, folder=tmp_path, send=never)


@pytest.fixture
def web(host: Host) -> Iterator[httpx.Client]:
    with asking(host) as client:
        yield client


def base_of(web: httpx.Client) -> str:
    return str(web.base_url).rstrip("/")


def signed_in(web: httpx.Client, id: str = "all") -> dict[str, str]:
    answer = web.post(
        "/auth/token", auth=(id, f"secret-of-{id}"), data={"grant_type": "client_credentials"}
    )
    assert answer.status_code == 200
    told = answer.json()
    assert told["token_type"] == "bearer" and told["expires_in"] == LIFETIME
    return {"Authorization": f"Bearer {told['access_token']}"}


def ids(web: httpx.Client, query: str = "", who: str = "all") -> list[str]:
    answer = web.get(f"/3/footprints{query}", headers=signed_in(web, who))
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["data"]]


def test_credentials(web: httpx.Client) -> None:
    wrong = web.post("/auth/token", auth=("all", "wrong"))
    assert wrong.status_code == 401 and wrong.json() == {"error": "invalid_client"}
    assert web.post("/auth/token", auth=("nobody", "x")).status_code == 401
    assert web.post("/auth/token").status_code == 400
    assert web.post("/auth/token", headers={"Authorization": "Basic %%%"}).status_code == 400
    other = web.post("/auth/token", auth=("all", "secret-of-all"), data={"grant_type": "password"})
    assert other.json() == {"error": "unsupported_grant_type"}
    found = web.get("/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{base_of(web)}/auth/token"


@pytest.mark.parametrize("path", ["/3/footprints", f"/3/footprints/{ID}", "/3/events"])
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic YTpi", "Bearer"])
def test_without_a_valid_token(web: httpx.Client, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    act = web.post if path.endswith("events") else web.get
    answer = act(path, headers=headers)
    assert answer.status_code == 401 and answer.json()["code"] == "BadRequest"


def test_an_expired_token_is_told_as_such() -> None:
    now = [0.0]
    tokens = Tokens(CLIENTS, clock=lambda: now[0])
    token = tokens.issue("all", "secret-of-all")
    assert token is not None and tokens.client_of(token) == CLIENTS[0]
    now[0] = LIFETIME + 1.0
    assert tokens.client_of(token) is None and tokens.is_expired(token)
    assert not tokens.is_expired("never issued")


def test_expired_on_the_wire(web: httpx.Client, host: Host) -> None:
    headers = signed_in(web)
    host.tokens._clock = lambda: 1e12
    answer = web.get("/3/footprints", headers=headers)
    assert answer.status_code == 401 and answer.json()["code"] == "TokenExpired"


def test_one_footprint(web: httpx.Client) -> None:
    answer = web.get(f"/3/footprints/{ID.upper()}", headers=signed_in(web))
    assert answer.status_code == 200 and answer.json() == {"data": ingot()}


def test_ids_that_are_refused(web: httpx.Client) -> None:
    headers = signed_in(web)
    unknown = web.get("/3/footprints/00000000-0000-0000-0000-000000000000", headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "NotFound")
    wrong = web.get("/3/footprints/urn:gtin:1", headers=headers)
    assert (wrong.status_code, wrong.json()["code"]) == (400, "BadRequest")


def test_what_a_client_may_not_see(web: httpx.Client) -> None:
    assert ids(web, who="few") == [OTHER]
    closed = web.get(f"/3/footprints/{ID}", headers=signed_in(web, "few"))
    assert (closed.status_code, closed.json()["code"]) == (403, "AccessDenied")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [ID, OTHER]),
        ("?productId=urn:pact:tanzhe.example:product-id:AL99-70-ingot", [ID]),
        ("?productid=urn:other:product&productId=urn:none:x", [OTHER]),
        ("?companyId=urn:other:company", [OTHER]),
        ("?geography=cn-yn", [ID]), ("?geography=CN", [ID]), ("?geography=Eastern%20Asia", [ID]),
        ("?geography=DE&geography=CN", [ID, OTHER]), ("?geography=FR", []),
        ("?classification=urn:pact:productclassification:UN-CPC:41431", [ID]),
        ("?status=active", [ID]), ("?status=Deprecated", [OTHER]), ("?status=bogus", []),
        ("?validOn=2026-06-01T00:00:00Z", [ID]),
        ("?validon=2020-06-01T00:00Z", [OTHER]),
        ("?validOn=2020-06-01T08:00:00%2B08:00", [OTHER]),
        ("?validOn=2020-06-01T08:00:00+08:00", [OTHER]),  # the plus becomes a blank on the way
        ("?validAfter=2025-01-01T00:00:00Z", [ID]),
        ("?validBefore=2025-01-01T00:00:00Z", [OTHER]),
        ("?validOn=2028-12-31T16:00:00Z", [ID]),  # three years after the reference period
        ("?validOn=2028-12-31T16:00:01Z", []),
        ("?status=Active&geography=DE", []),
        ("?companyId=urn:other:company&status=Deprecated", [OTHER]),
    ],
)  # fmt: skip
def test_filters(web: httpx.Client, query: str, found: list[str]) -> None:
    assert ids(web, query) == found


@pytest.mark.parametrize(
    "query",
    ["?validOn=2025", "?validOn=2025-01-01", "?validOn=x", "?limit=-1", "?limit=a", "?offset=1.5",
     "?limit=1&limit=2", "?filter=x", "?$filter=x"],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(web: httpx.Client, query: str) -> None:
    answer = web.get(f"/3/footprints{query}", headers=signed_in(web))
    assert (answer.status_code, answer.json()["code"]) == (400, "BadRequest")


def test_pages(web: httpx.Client) -> None:
    headers = signed_in(web)
    first = web.get("/3/footprints?limit=1&status=Active&status=Deprecated", headers=headers)
    link = first.headers["link"]
    assert link.endswith('>; rel="next"') and ", " not in link
    address = link[1 : link.index(">")]
    assert address.startswith(f"{base_of(web)}/3/footprints?") and "limit=1" in address
    for _ in range(2):  # the link works more than once
        second = web.get(address, headers=headers)
        assert [one["id"] for one in second.json()["data"]] == [OTHER]
        assert "link" not in second.headers
    none = web.get("/3/footprints?limit=0", headers=headers)
    assert none.json() == {"data": []} and "limit" not in none.headers["link"]


def test_a_file_that_is_not_sound_is_not_served(web: httpx.Client, host: Host) -> None:
    (host.folder / "c.json").write_text('{"id": "x"}', encoding="utf-8")
    assert ids(web) == [ID, OTHER]
    assert any(fault.where.startswith("c.json") for fault in host.shelf.faults)
    (host.folder / "b.json").unlink()
    assert ids(web) == [ID]


def test_unknown_addresses_and_verbs(web: httpx.Client) -> None:
    assert web.get("/2/footprints").json()["code"] == "NotFound"
    assert web.get("/3/events").status_code == 404


def test_a_fault_of_ours_tells_nothing_of_the_inside(
    web: httpx.Client, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = signed_in(web)
    monkeypatch.setattr(Shelf, "footprints", lambda self: 1 / 0)
    answer = web.get("/3/footprints", headers=headers)
    assert answer.status_code == 500
    assert answer.json() == {"code": "InternalError", "message": "An internal error."}


def test_answers_are_valid_by_the_published_schema(web: httpx.Client) -> None:
    from jsonschema import Draft202012Validator

    from tanzhe.footprints.pact.schema import published

    listed: dict[str, Any] = published()["paths"]["/3/footprints"]["get"]["responses"]
    schema = listed["200"]["content"]["application/json"]["schema"]
    judge = Draft202012Validator({**schema, "components": published()["components"]})
    answer = web.get("/3/footprints", headers=signed_in(web)).json()
    assert list(judge.iter_errors(answer)) == []
