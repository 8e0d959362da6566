"""The doctor says what is wrong and what to do, changes nothing, and never fails itself."""

import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tanzhe.api.house import doctor
from tanzhe.api.house.doctor import examine
from tanzhe.api.house.doctor_checks import Check
from tanzhe.cli.main import cli
from tanzhe.workspace import Workspace


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No model, no ports and no fonts of the machine that runs the tests."""
    monkeypatch.delenv(doctor.BASE_URL, raising=False)
    monkeypatch.setattr(doctor, "PORTS", {})


def found(name: str, folder: Path) -> list[Check]:
    return [one for one in examine(folder) if one.name == name]


def state(name: str, folder: Path) -> str:
    return found(name, folder)[0].state


def test_a_sound_computer(tmp_path: Path) -> None:
    checks = examine(tmp_path / "none")
    wrong = [one.name for one in checks if one.state == "wrong" and one.name != "fonts"]
    assert wrong == []
    assert not (tmp_path / "none").exists()  # looking makes nothing
    for one in checks:
        assert one.says.zh and one.says.en
        assert bool(one.do.zh) == bool(one.do.en)
        assert one.state == "fine" or one.do.zh
    names = {one.name for one in checks}
    assert {"python", "libraries", "extras", "packaged_data", "fonts", "disk", "workspace"} <= names


def test_old_and_missing_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = doctor.version
    monkeypatch.setattr(doctor, "version", lambda n: "1.0" if n == "numpy" else real(n))
    (check,) = found("libraries", tmp_path)
    assert (
        check.state == "wrong" and "numpy 1.0 <" in check.says.en and "pip install" in check.do.en
    )


def test_a_workspace_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert state("workspace", tmp_path / "file") == "wrong"


def test_an_altered_document_is_named(tmp_path: Path) -> None:
    large = b"2021\n" * 40_000  # kept as a file of its own
    with Workspace.open(tmp_path / "space") as workspace:
        workspace.add(b"sound", text="sound", name="sound.txt", media_type="text/plain")
        sha256 = workspace.add(large, text="2021", name="ill.txt", media_type="text/plain")
    assert state("workspace", tmp_path / "space") == "fine"
    (kept,) = (path for path in (tmp_path / "space" / "archive").rglob(f"{sha256}*"))
    kept.chmod(0o600)
    kept.write_bytes(b"other")
    (check,) = found("workspace", tmp_path / "space")
    assert check.state == "wrong" and "restore" in check.do.en
    assert "ill.txt" in check.says.zh and "sound.txt" not in check.says.zh


def test_a_database_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    place = f"postgresql://me:secret@127.0.0.1:{port}/team"
    (check,) = [one for one in examine(place) if one.name == "workspace"]
    assert check.state == "wrong" and "secret" not in check.says.zh + check.says.en


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_a_workspace_that_others_can_read(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "space").close()
    (tmp_path / "space").chmod(0o755)
    assert state("permissions", tmp_path / "space") == "note"
    (tmp_path / "space").chmod(0o700)
    assert state("permissions", tmp_path / "space") == "fine"


@pytest.mark.parametrize(("free", "told"), [(10**8, "wrong"), (10**9, "note"), (10**11, "fine")])
def test_room_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=free)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage)
    assert state("disk", tmp_path) == told


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one.getsockname()[1]


def test_ports_and_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listening: int) -> None:
    monkeypatch.setattr(doctor, "PORTS", {listening: "tanzhe serve"})
    (check,) = found("ports", tmp_path)
    assert check.state == "note" and str(listening) in check.says.en and "--port" in check.do.en
    monkeypatch.setenv(doctor.BASE_URL, f"http://user:secret@127.0.0.1:{listening}/v1")
    (check,) = found("model", tmp_path)
    assert check.state == "fine" and "secret" not in check.says.en
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        free = one.getsockname()[1]
    monkeypatch.setenv(doctor.BASE_URL, f"http://127.0.0.1:{free}/v1")
    assert state("model", tmp_path) == "wrong"


def test_a_look_that_fails_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def _temporary() -> Iterator[Check]:
        raise RuntimeError("nobody thought of this")
        yield

    monkeypatch.setattr(doctor, "_temporary", _temporary)
    (check,) = found("temporary", tmp_path)
    assert check.state == "wrong" and "nobody thought" in check.says.en


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    ill = ["doctor", "--workspace", str(tmp_path / "file" / "below")]
    told = CliRunner().invoke(cli, [*ill, "--json"], standalone_mode=False)
    assert told.return_value == 1 and json.loads(told.stdout)["wrong"] >= 1
    for language, word in (("zh", "有问题"), ("en", "wrong")):
        said = CliRunner().invoke(cli, ["--lang", language, *ill])
        assert word in said.output
