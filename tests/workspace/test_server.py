"""What only a server has: roles that the database enforces, and connections that break."""

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tanzhe.api.house import doctor
from tanzhe.api.house.doctor_server import jobs_checks, server_checks
from tanzhe.errors import ConnectionLost, InputError, WorkspaceError
from tanzhe.workspace import Workspace
from tanzhe.workspace.jobs import Jobs
from tanzhe.workspace.log import entries, note
from tanzhe.workspace.roles import ROLES, Role, grant, role_of


def put(workspace: Workspace, words: str) -> str:
    return workspace.add(words.encode(), text=words, name=words, media_type="text/plain")


@pytest.fixture
def address(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return str(server.fresh())


@pytest.fixture
def as_role(server: Any, address: str) -> Any:
    """Opens the workspace as a user of a role."""
    database = address.split("@/")[1].split("?")[0]

    def opened(role: Role | None) -> Workspace:
        user = f"{role}_{database}".lower()
        server.run(f"CREATE ROLE {user} LOGIN")
        if role is not None:
            with Workspace.open(address) as owner:
                grant(owner.db, user, role)
        return Workspace.open(server.address(database, user))

    return opened


def test_who_has_no_role_is_refused(as_role: Any) -> None:
    with pytest.raises(WorkspaceError, match="grant"):
        as_role(None)


def test_a_reader_reads_and_searches(as_role: Any, address: str) -> None:
    with Workspace.open(address) as owner:
        sha256 = put(owner, "云南限电")
    with as_role("reader") as workspace:
        assert workspace.read_only
        assert workspace.search("限电").total == 1 and workspace.text_of(sha256) == "云南限电"
        workspace.store_json("points", "k", "[1]")  # not kept, no fault
        assert workspace.fetch_json("points", "k") is None
        with pytest.raises(WorkspaceError):
            put(workspace, "甘肃限电")
        # The database refuses as well, whatever the program believes.
        workspace.db.read_only = False
        for change in (
            lambda: put(workspace, "甘肃限电"),
            lambda: workspace.retire(sha256, why="removed"),
            lambda: note(workspace.db, "x", "y"),
        ):
            with pytest.raises(WorkspaceError, match="reviewer"):
                change()
        assert workspace.search("限电").total == 1


def test_a_reviewer_adds_and_takes_nothing_out(as_role: Any, address: str) -> None:
    with as_role("reviewer") as workspace:
        sha256 = put(workspace, "云南限电")
        workspace.store_json("points", "k", "[1]")
        workspace.store_json("points", "k", "[2]")
        assert workspace.fetch_json("points", "k") == "[2]"
        with pytest.raises(WorkspaceError, match="administrator"):
            workspace.retire(sha256, why="removed")
        assert sha256 in workspace
        for forged in (
            "INSERT INTO log (at, by, what, subject, words) VALUES ('', 'postgres', '', '', '')",
            "UPDATE log SET words = 'x'",
            "DELETE FROM reviews",
            "UPDATE documents SET text = 'x'",
            "DROP TABLE log",
            "ALTER TABLE reviews DISABLE ROW LEVEL SECURITY",
        ):
            with pytest.raises(WorkspaceError):
                workspace.db.plain(forged)


def test_an_administrator_takes_out_and_rewrites_no_history(as_role: Any, address: str) -> None:
    with as_role("administrator") as workspace:
        sha256 = put(workspace, "云南限电")
        assert workspace.retire(sha256, why="removed", words="重复")
        (entry,) = [one for one in entries(workspace.db) if one.what == "removed"]
        assert entry.by.startswith("administrator_") and entry.words == "重复"
        for forged in ("UPDATE log SET words = 'x'", "DELETE FROM log", "TRUNCATE log"):
            with pytest.raises(WorkspaceError):
                workspace.db.plain(forged)
    with Workspace.open(address) as owner, pytest.raises(WorkspaceError, match="only grow"):
        owner.db.plain("DELETE FROM log")


def test_a_role_is_taken_away_and_a_folder_has_none(
    as_role: Any, address: str, tmp_path: Path
) -> None:
    as_role("administrator").close()
    with Workspace.open(address) as owner:
        user = next(one.subject for one in entries(owner.db) if one.what == "granted")
        grant(owner.db, user, None)
        with pytest.raises(InputError, match="nobody"):
            grant(owner.db, "nobody", ROLES[0])
    with pytest.raises(WorkspaceError):
        Workspace.open(address.replace("postgres@", f"{user}@"))
    with Workspace.open(tmp_path) as folder, pytest.raises(InputError):
        grant(folder.db, "me", "reader")


def test_a_connection_lost_within_a_transaction(server: Any, address: str) -> None:
    with Workspace.open(address) as workspace:
        put(workspace, "云南限电")
        pid = workspace.db.value(text("SELECT pg_backend_pid()"))
        with pytest.raises(ConnectionLost, match="已确认的都在"), workspace.transaction():
            put(workspace, "甘肃限电")
            server.run(f"SELECT pg_terminate_backend({pid}, 5000)")
            put(workspace, "贵州限电")
        # The same workspace goes on: what was confirmed is there, nothing of the rest.
        assert [hit.document.name for hit in workspace.search("限电").hits] == ["云南限电"]
        put(workspace, "甘肃限电")
        assert workspace.search("限电").total == 2


def test_a_connection_lost_between_two_questions_is_made_anew(server: Any, address: str) -> None:
    with Workspace.open(address) as workspace:
        put(workspace, "云南限电")
        pid = workspace.db.value(text("SELECT pg_backend_pid()"))
        server.run(f"SELECT pg_terminate_backend({pid}, 5000)")
        assert len(workspace) == 1 and workspace.search("限电").total == 1


def test_a_server_that_is_not_there(
    tmp_path: Path, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConnectionLost, match="连不上数据库服务器：没有这个套接字"):
        Workspace.open(f"postgresql://me@/team?host={tmp_path}")
    with pytest.raises(ConnectionLost, match="cannot be reached: nothing listens at the port"):
        Workspace.open("postgresql://me:secret@127.0.0.1:1/team")
    for error, said in (
        (socket.gaierror(-2, "Name or service not known"), "no computer has this name"),
        (TimeoutError("timed out"), "no answer in time"),
        (OSError(113, "No route to host"), "it does not answer"),
    ):

        def fails(*_: object, error: OSError = error, **__: object) -> None:
            raise error

        with monkeypatch.context() as held:
            held.setattr(socket, "create_connection", fails)
            with pytest.raises(ConnectionLost, match=said):
                Workspace.open("postgresql://me@server.example/team")
    with pytest.raises(WorkspaceError, match="no such database") as caught:
        Workspace.open(server.address("no_such_database"))
    assert "no_such_database" in str(caught.value)


@pytest.fixture
def with_password(server: Any) -> str:
    """A user of the server whom it asks for a password."""
    server.run("CREATE ROLE asked LOGIN PASSWORD 'l:@/#%1'")
    ((file,),) = server.run("SHOW hba_file")
    rules = Path(file).read_text("utf-8")
    Path(file).write_text(f"local all asked scram-sha-256\n{rules}", "utf-8")
    server.run("SELECT pg_reload_conf()")
    return "asked"


def test_a_password_that_is_missing_wrong_or_written_raw(
    server: Any, address: str, with_password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    own = address.replace("postgres@", f"{with_password}@")
    with Workspace.open(address) as owner:
        grant(owner.db, with_password, "reader")
    for refused in (own, own.replace("asked@", "asked:geheim@")):
        with pytest.raises(WorkspaceError, match="PGPASSWORD") as caught:
            Workspace.open(refused)
        assert "geheim" not in str(caught.value)
    Workspace.open(own.replace("asked@", "asked:l%3A%40%2F%23%251@")).close()
    with pytest.raises(InputError, match="%3A") as raw:
        Workspace.open(own.replace("asked@", "asked:l:@/#%1@"))
    assert "l:@" not in str(raw.value) and "#%1" not in str(raw.value)
    monkeypatch.setenv("PGPASSWORD", "l:@/#%1")
    Workspace.open(own).close()


def test_an_owner_who_may_make_no_roles_is_told_what_to_ask_for(server: Any) -> None:
    server.run("CREATE ROLE boss LOGIN")
    server.run("CREATE ROLE member LOGIN")
    server.run("CREATE DATABASE office OWNER boss")
    with Workspace.open(server.address("office", "boss")) as owner:
        with pytest.raises(InputError, match='ALTER ROLE "boss" CREATEROLE'):
            grant(owner.db, "member", "reader")
        server.run("ALTER ROLE boss CREATEROLE")
        grant(owner.db, "member", "reader")
    with Workspace.open(server.address("office", "member")) as workspace:
        assert role_of(workspace.db) == "reader"


def test_the_password_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(ConnectionLost) as caught:
        Workspace.open("postgresql://me:secret@127.0.0.1:1/team")
    assert "secret" not in str(caught.value) and "me@127.0.0.1" in str(caught.value)


def test_many_open_a_new_database_at_once(server: Any, address: str) -> None:
    server.run("CREATE DATABASE quite_new")
    faults: list[BaseException] = []

    def begin(number: int) -> None:
        try:
            with Workspace.open(server.address("quite_new")) as workspace:
                put(workspace, f"限电{number}")
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with Workspace.open(server.address("quite_new")) as workspace:
        assert workspace.search("限电").total == 6


def test_files_are_shared(server: Any, address: str, monkeypatch: Any, tmp_path: Path) -> None:
    with Workspace.open(address) as workspace:
        (workspace.folder / "chronicle").mkdir()
        (workspace.folder / "chronicle" / "a.jsonl").write_text("{}", "utf-8")
        (workspace.folder / "private.txt").write_text("x", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "colleague"))
    with Workspace.open(address) as workspace:
        assert (workspace.folder / "chronicle" / "a.jsonl").read_text("utf-8") == "{}"
        assert not (workspace.folder / "private.txt").exists()
        (workspace.folder / "chronicle" / "a.jsonl").unlink()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with Workspace.open(address) as workspace:
        assert not (workspace.folder / "chronicle" / "a.jsonl").exists()


def checks_of(address: str) -> dict[str, doctor.Check]:
    return {one.name: one for one in doctor.examine(address)}


def test_the_doctor_looks_at_a_server(
    address: str, as_role: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checks_of(address)
    assert found["server"].state == "fine" and "UTF8" in found["server"].says.en
    assert "PostgreSQL 18" in found["server"].says.en and "schema 4" in found["server"].says.en
    assert found["role"].says.en == "user postgres, role owner"
    assert found["connections"].state == found["clock"].state == "fine"
    assert "jobs" not in found
    for role in ROLES:
        with as_role(role) as workspace:
            assert role_of(workspace.db) == role
            (check,) = (one for one in server_checks(workspace.db) if one.name == "role")
            assert (check.state == "note") == (role == "reader") == bool(check.do.en)
    missing = checks_of("postgresql://me@127.0.0.1:1/team")["workspace"]
    assert missing.state == "wrong" and "cannot be reached" in missing.says.en
    monkeypatch.setattr("tanzhe.api.house.doctor_server.CLOCK", -1.0)
    monkeypatch.setattr("tanzhe.api.house.doctor_server.FEW_LEFT", 10_000)
    found = checks_of(address)
    assert found["connections"].state == found["clock"].state == "note"


def test_the_doctor_tells_of_a_database_that_keeps_no_unicode(server: Any) -> None:
    server.run("CREATE DATABASE bytes ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' "
               "TEMPLATE template0")  # fmt: skip
    with Workspace.open(server.address("bytes")) as workspace:
        check = next(server_checks(workspace.db))
    assert check.state == "wrong" and "SQL_ASCII" in check.says.en and "UTF8" in check.do.zh


def test_the_doctor_tells_of_shared_work(address: str) -> None:
    with Workspace.open(address) as workspace:
        jobs = Jobs(workspace.db)
        jobs.begin("run1", "{}")
        jobs.add("run1", {"a": "x", "b": "y"})
        taken = jobs.take("run1", "me")
        (check,) = jobs_checks(workspace.db)
        assert (check.state, check.says.en) == ("fine", "run run1: taken 1, waiting 1")
        assert taken is not None and jobs.failed(taken, "no memory")
        (check,) = jobs_checks(workspace.db)
        assert check.state == "note" and "failed 1" in check.says.en and "--resume" in check.do.en
        jobs.end("run1")
        assert list(jobs_checks(workspace.db)) == []
