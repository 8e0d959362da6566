"""Full disks, folders that cannot be written, files that change: nothing is lost unsaid."""

import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tanzhe.api.evidence.documents import check_documents, export_documents, restore_documents
from tanzhe.cli.main import cli
from tanzhe.errors import InputError, WorkspaceError
from tanzhe.evidence.finders.folder import add_folder
from tanzhe.workspace import Workspace, engines
from tanzhe.workspace.archive import sha256_of
from tanzhe.workspace.integrity import faults

LARGE = "限产，" * 40_000


def put(workspace: Workspace, words: str, raw: bytes | None = None) -> str:
    raw = words.encode() if raw is None else raw
    return workspace.add(raw, text=words, name=words[:9], media_type="text/plain")


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_a_workspace_is_its_owners_alone(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        with Workspace.open(tmp_path / "a" / "b") as workspace:
            put(workspace, "限产", LARGE.encode("gb18030"))
    finally:
        os.umask(mask)
    assert modes(tmp_path / "a") == {0o700, 0o600}


def test_many_open_a_new_folder_at_once(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def begin(folder: Path, number: int) -> None:
        try:
            with Workspace.open(folder) as workspace:
                put(workspace, f"限电{number}")
        except BaseException as error:
            failed.append(error)

    for turn in range(5):
        folder = tmp_path / f"w{turn}"
        threads = [threading.Thread(target=begin, args=(folder, number)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with Workspace.open(folder) as workspace:
            assert workspace.search("限电").total == 6
    assert failed == []


def test_readers_take_no_lock(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        put(workspace, "限电")
    writer = sqlite3.connect(tmp_path / "index.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        with Workspace.open(tmp_path) as workspace:
            assert workspace.search("限电").total == 1 and len(workspace) == 1
            assert workspace.fetch_json("points", "k") is None
    finally:
        writer.close()


def test_a_locked_workspace_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 0.1)
    with Workspace.open(tmp_path) as workspace:
        put(workspace, "限电")
        writer = sqlite3.connect(tmp_path / "index.sqlite", isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="另一个程序"):
            put(workspace, "限产")
        writer.close()
        put(workspace, "限产")
        assert len(workspace) == 2


READING = """
import os, sys, tempfile
from tanzhe.workspace import Workspace
from tanzhe.errors import WorkspaceError
with tempfile.TemporaryDirectory() as other, Workspace.open(other) as w:
    w.add(b"x", text="x", name="x", media_type="text/plain")
    w.search("限电")  # all that is needed is loaded now
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Workspace.open(sys.argv[1]) as w:
    assert w.read_only
    assert w.search("限电").total == 1
    w.store_json("points", "k", "[1]")
    try:
        w.add(b"x", text="x", name="x", media_type="text/plain")
    except WorkspaceError as error:
        print(error.said("zh"))
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize("open_elsewhere", [False, True])
def test_a_folder_that_may_only_be_read_is_searched(open_elsewhere: bool) -> None:
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        with Workspace.open(place / "w") as workspace:
            put(workspace, "云南限电")
            if not open_elsewhere:
                workspace.close()
            for path in (place / "w").rglob("*"):
                path.chmod(0o444)
            place.chmod(0o755)
            (place / "w").chmod(0o555)
            done = subprocess.run(
                [sys.executable, "-c", READING, str(place / "w")],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "只能读" in done.stdout
    finally:
        (place / "w").chmod(0o700)
        shutil.rmtree(place)


FILLING = """
import resource, signal, sys
from tanzhe.workspace import Workspace
from tanzhe.errors import TanzheError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Workspace.open(sys.argv[1]) as w:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    for number in range(10**6):
        text = f"限电第{number}号" + chr(0x4E00 + number % 9999) * 2000
        try:
            w.add(text.encode("gb18030"), text=text, name="a", media_type="text/plain")
        except (TanzheError, OSError) as error:
            print(type(error).__name__, error.said("zh") if isinstance(error, TanzheError) else "")
            break
        print(number, flush=True)
"""


def test_a_full_disk_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, str(tmp_path), "600000"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *confirmed, said = done.stdout.splitlines()
    assert said.startswith("WorkspaceError") and "磁盘已满" in said
    with Workspace.open(tmp_path) as workspace:
        assert len(workspace) == len(confirmed) == workspace.search("限电", 10**6).total > 5
        put(workspace, "限产")
        assert workspace.search("限产").total == 1


def test_an_original_that_is_gone_or_changed_is_told_and_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "文件"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.txt").write_bytes(f"{name}{LARGE}".encode("gb18030"))
    with Workspace.open(tmp_path / "w") as workspace:
        ids = add_folder(workspace, [folder]).documents
        assert check_documents(workspace) == ()
        files = [workspace._archive.path_of(sha256) for sha256 in ids]
        files[0].unlink()
        files[1].write_bytes(files[1].read_bytes()[:-1] + b"!")
        assert [workspace.bytes_of(sha256) is None for sha256 in ids] == [True, True, False]
        assert {fault.where[13:] for fault in check_documents(workspace)} == {"a.txt", "b.txt"}
        with pytest.raises(InputError, match="2 "):
            export_documents(workspace, tmp_path / "out.warc.gz")
        assert not (tmp_path / "out.warc.gz").exists()
        # Adding the folder again restores as well; here from a copy with another name.
        (tmp_path / "copy.txt").write_bytes((folder / "a.txt").read_bytes())
        assert restore_documents(workspace, [tmp_path / "copy.txt"]) == ("copy.txt",)
        add_folder(workspace, [folder])
        assert check_documents(workspace) == ()
        assert export_documents(workspace, tmp_path / "out.warc.gz") == 3
        assert all(sha256_of(workspace.bytes_of(one) or b"") == one for one in ids)


def test_check_and_restore_at_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(LARGE.encode("gb18030"))
    where = ["--workspace", str(tmp_path / "w")]

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, [*arguments, *where], standalone_mode=False)
        assert done.exception is None, done.output
        return done.return_value or 0, done.output

    run("docs", "add", str(tmp_path / "a.txt"))
    assert run("docs", "check")[0] == 0 == run("workspace", "check")[0]
    (file,) = [path for path in (tmp_path / "w" / "archive").rglob("*") if path.is_file()]
    file.write_bytes(b"other")
    assert run("docs", "check")[0] == 1 == run("workspace", "check")[0]
    assert "1" in run("docs", "restore", str(tmp_path / "a.txt"))[1]
    assert run("docs", "check")[0] == 0
    assert "documents" in run("workspace", "backup", str(tmp_path / "b.zip"))[1]
    assert "documents" in run("workspace", "copy", str(tmp_path / "other"))[1]
    assert "4" in run("workspace", "upgrade")[1] and "put back" in run("workspace", "log")[1]


@pytest.mark.parametrize("where", [0.3, 0.6, 0.9])
def test_bytes_that_changed_in_the_index_are_a_message(tmp_path: Path, where: float) -> None:
    with Workspace.open(tmp_path) as workspace, workspace.transaction():
        for number in range(300):
            put(workspace, f"限电第{number}号" + chr(0x4E00 + number) * 500)
    index = tmp_path / "index.sqlite"
    db = sqlite3.connect(index)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    raw = bytearray(index.read_bytes())
    begin = int(len(raw) * where)
    raw[begin : begin + 20_000] = b"\xa5" * 20_000
    index.write_bytes(bytes(raw))
    try:
        with Workspace.open(tmp_path) as workspace:
            assert list(faults(workspace)) != []
            workspace.search("限电", 500)
            list(workspace.documents())
    except WorkspaceError as error:
        assert "restore" in error.said("en") or "check" in error.said("en")


ADDING = """
import sys
from tanzhe.workspace import Workspace
with Workspace.open(sys.argv[1]) as w:
    for i in range(10**6):
        t = f"限电第{i}号"
        if i % 3 == 2:
            w.retire(last, why="removed")
        last = w.add(t.encode("gb18030"), text=t, name="a", media_type="text/plain")
        print(i, flush=True)
"""


def test_killed_while_adding_and_removing(tmp_path: Path) -> None:
    for number in range(2):
        child = subprocess.Popen(
            [sys.executable, "-c", ADDING, str(tmp_path / str(number))],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        for _ in range(5 + 7 * number):
            child.stdout.readline()
        os.kill(child.pid, signal.SIGKILL)
        last = 4 + 7 * number + len(child.stdout.read().splitlines())
        child.wait()
        child.stdout.close()
        with Workspace.open(tmp_path / str(number)) as workspace:
            assert list(faults(workspace)) == []
            assert len(workspace) + len(workspace.retired()) >= last + 1
            assert workspace.search("限电", 10**6).total == len(workspace)


@pytest.fixture(autouse=True)
def _limits() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before
