"""Who may ask, what may be sent, and what is written down."""

import logging
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response

from tanzhe.errors import InputError
from tanzhe.web import app as app_module
from tanzhe.web.app import build
from tanzhe.web.pages import Page
from tanzhe.web.settings import LARGEST_UPLOAD, Settings
from tanzhe.web.view import Asking

TOKEN = "right-token"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """A client of a server with one page that changes something."""
    router = APIRouter()
    changed: list[str] = []

    @router.get("/thing")
    async def form(ask: Asking) -> Response:
        return PlainTextResponse(ask.csrf, headers={"x-session": ask.session})

    @router.post("/thing")
    async def change(ask: Asking) -> Response:
        sent = await ask.request.form()
        changed.append(str(sent.get("what")))
        return PlainTextResponse(changed[-1])

    monkeypatch.setattr(app_module, "pages", lambda: (Page(router=router),))

    def client(base: str = "http://127.0.0.1:8120", **settings: object) -> object:
        app = build(Settings(workspace=tmp_path / "ws", warm=False, **settings))  # type: ignore[arg-type]
        return _Sync(app, base, changed)

    return client


class _Sync:
    """Asks an app without a socket."""

    def __init__(self, app: object, base: str, changed: list[str]) -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)  # type: ignore[arg-type]
        self._base = base
        self.changed = changed

    def request(self, method: str, path: str, **options: object) -> httpx.Response:
        import anyio

        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=self._base) as client:
                return await client.request(method, path, **options)  # type: ignore[arg-type]

        return anyio.run(ask)

    def get(self, path: str, **options: object) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: object) -> httpx.Response:
        return self.request("POST", path, **options)


def test_another_name_for_this_machine_is_refused(made) -> None:
    client = made()
    assert client.get("/thing", headers={"host": "evil.example:8120"}).status_code == 421
    for host in ("127.0.0.1:8120", "localhost:8120", "[::1]:8120"):
        assert client.get("/thing", headers={"host": host}).status_code == 200


def test_other_machines_need_a_token(made) -> None:
    with pytest.raises(InputError) as refused:
        Settings(host="0.0.0.0")
    assert "--token" in refused.value.said("zh")
    client = made("http://192.0.2.1:8120", host="0.0.0.0", token=TOKEN, names=("park.lan",))
    assert client.get("/thing").status_code == 401
    assert client.get("/thing", headers={"host": "other.lan"}).status_code == 421
    assert client.get("/thing", headers={"host": "park.lan"}).status_code == 401
    assert client.get("/thing?token=wrong").status_code == 401
    first = client.get(f"/thing?a=1&token={TOKEN}")
    assert (first.status_code, first.headers["location"]) == (303, "/thing?a=1")
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    kept = {"cookie": cookie.partition(";")[0]}
    assert client.get("/thing", headers=kept).status_code == 200
    bearer = {"authorization": f"Bearer {TOKEN}"}
    assert client.get("/thing", headers=bearer).status_code == 200
    assert client.get("/static/app.css").status_code == 401


def test_only_our_own_forms_change_anything(made) -> None:
    client = made()
    session = {"cookie": "tanzhe_session=mine"}
    csrf = client.get("/thing", headers=session).text
    assert client.post("/thing", data={"what": "a"}, headers=session).status_code == 400
    assert (
        client.post("/thing", data={"what": "a", "csrf": "x"}, headers=session).status_code == 400
    )
    theirs = {"cookie": "tanzhe_session=theirs"}
    assert (
        client.post("/thing", data={"what": "a", "csrf": csrf}, headers=theirs).status_code == 400
    )
    elsewhere = {**session, "sec-fetch-site": "cross-site"}
    sent = {"what": "a", "csrf": csrf}
    assert client.post("/thing", data=sent, headers=elsewhere).status_code == 400
    assert client.changed == []
    assert client.post("/thing", data=sent, headers=session).text == "a"
    script = {**session, "x-csrf": csrf}
    assert client.post("/thing", data={"what": "b"}, headers=script).text == "b"
    assert client.changed == ["a", "b"]


def test_too_much_is_refused(made) -> None:
    client = made()
    told = client.post("/thing", headers={"content-length": str(LARGEST_UPLOAD + 1)})
    assert told.status_code == 413


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/vendor/../../app.py"],
)  # fmt: skip
def test_no_file_beside_the_static_ones_is_served(made, path: str) -> None:
    assert made().get(path).status_code == 404


def test_the_log_says_nothing_of_readers(made, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tanzhe.web"):
        made().get("/thing?name=张三", headers={"user-agent": "Agent"})
    lines = [one.getMessage() for one in caplog.records if one.name == "tanzhe.web"]
    assert len(lines) == 1 and lines[0].startswith("GET /thing 200")
    assert "张三" not in lines[0] and "Agent" not in lines[0]
