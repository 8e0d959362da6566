"""No traceback, whatever the locale, the disk, the pipe or the names; nothing steers a terminal."""

import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tanzhe.cli import main
from tanzhe.cli.shared.terminal import escaped
from tanzhe.workspace import Workspace

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The command in this process: exit code, standard output and error."""
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path / "space"))
    monkeypatch.delenv("TANZHE_LANG", raising=False)

    def run(*arguments: object) -> tuple[int, str, str]:
        kept = sys.stdout, sys.stderr
        monkeypatch.setattr(sys, "argv", ["tanzhe", *map(str, arguments)])
        # As an interpreter opens them: the file descriptors stay open for the next one.
        sys.stdout, sys.stderr = (
            io.TextIOWrapper(io.BufferedWriter(io.FileIO(number, "w", closefd=False)))
            for number in (1, 2)
        )
        try:
            main()
        except SystemExit as done:
            code = int(done.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            sys.stdout, sys.stderr = kept
        told = capfd.readouterr()
        return code, told.out, told.err

    return run


def process(
    *arguments: str, environment: dict[str, str], **more: object
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "tanzhe", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
        stderr=subprocess.PIPE, **more,  # type: ignore[call-overload]
    )  # fmt: skip


STEERING = "园\x1b[31m区\u202e\x07\x9b\u2066\r名"


def test_what_steers_a_terminal_is_written_as_its_number() -> None:
    shown = escaped(STEERING)
    assert shown == "园\\u001b[31m区\\u202e\\u0007\\u009b\\u2066\\u000d名"
    assert json.loads(f'"{shown}"') == STEERING
    assert escaped("碳\t折\n CO₂ é 👩‍🔬") == "碳\t折\n CO₂ é 👩‍🔬"


def test_names_and_texts_of_documents_cannot_steer(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "\x1b[2J\u202etxt.txt"
    file.write_text("限电\x1b]0;x\x07\u202e", "utf-8")
    assert run("docs", "add", file)[0] == 0
    for arguments in (("docs", "search", "限电"), ("docs", "list"), ("docs", "list", "--json")):
        code, out, err = run(*arguments)
        assert code == 0 and "\x1b" not in out + err and "\u202e" not in out + err
    code, out, err = run("docs", "add", tmp_path / "没有\u202e.txt")
    assert code == 2 and "\u202e" not in err and "没有\\u202e" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("turns", "云南", "工业", "--data", "{long}"), ("audit", "{long}"), ("policy", "{long}"),
        ("park", "assess", "{long}"), ("docs", "add", "{long}"), ("chronicle", "add", "{long}"),
        ("rules", "confirm", "{long}"), ("audit", "{folder}"), ("policy", "{folder}"),
        ("park", "assess", "{folder}"), ("turns", "云南", "工业", "--data", "{folder}"),
        ("chronicle", "add", "{folder}"), ("audit", "{fifo}"), ("policy", "{fifo}"),
        ("park", "assess", "{fifo}"), ("docs", "add", "{fifo}"), ("chronicle", "add", "{fifo}"),
        ("turns", "云南", "工业", "--data", "{fifo}"), ("rules", "confirm", "{fifo}"),
        ("audit", "/dev/zero"), ("policy", "/dev/zero"), ("docs", "add", "/dev/zero"),
        ("audit", "{missing}"), ("policy", "{missing}"), ("park", "assess", "{missing}"),
        ("park", "template", "{missing}/{long}"), ("park", "template", "{file}/x.xlsx"),
        ("report", "云南", "工业", "--window", "\udcff"), ("turns", "\udcff", "工业"),
        ("docs", "search", "\udcff"), ("turns", "a\0b", "工业"), ("audit", "a\0b"),
        ("chronicle", "list", "--workspace", "{file}"), ("docs", "list", "--workspace", "{long}"),
        ("docs", "export", "{folder}"), ("docs", "export", "{file}/x.warc"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_files_that_are_none(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    os.mkfifo(tmp_path / "fifo")
    known = {
        "long": "长" * 200, "folder": tmp_path / "folder", "file": tmp_path / "file",
        "fifo": tmp_path / "fifo", "missing": tmp_path / "missing",
    }  # fmt: skip
    code, _, err = run(*(one.format(**known) for one in arguments))
    assert code == 2 or (arguments[:2] == ("docs", "search") and code in (0, 2))
    assert "Traceback" not in err and "内部" not in err, err
    assert "Error" not in err.replace("Error:", "").replace("InputError", ""), err


def test_a_fault_of_the_program_is_a_reference_and_a_private_log(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("tanzhe.cli.chronicle.chronicle_events", broken)
    code, out, err = run("chronicle", "list")
    assert (code, out) == (70, "")
    assert "Traceback" not in err and "secret detail" not in err
    log = tmp_path / "space" / "logs" / "errors.log"
    assert str(log) in err and stat.S_IMODE(log.stat().st_mode) == 0o600
    written = log.read_text("utf-8")
    assert "RuntimeError: secret detail" in written and "chronicle list" in written
    reference = written.split()[1]
    assert reference in err
    assert "secret detail" in run("chronicle", "list", "--debug")[2]
    code, _, err = run("chronicle", "list", "--workspace", "/dev/null/x")
    assert code != 0 and "Traceback" not in err


def test_one_language_where_one_was_chosen(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    both = run("turns", "yunan", "industry")[2]
    assert "云南" in both and "Did you mean: Yunnan" in both and "？。" not in both
    english = run("--lang", "en", "turns", "yunan", "industry")[2]
    assert english == "Error: Unknown region: “yunan”. Did you mean: Yunnan, Hunan, Henan?\n"
    assert run("turns", "yunan", "industry", "--lang=en")[2] == english
    monkeypatch.setenv("TANZHE_LANG", "en")
    assert run("turns", "yunan", "industry")[2] == english
    chinese = run("turns", "yunan", "industry", "--lang", "zh")[2]
    assert chinese == "错误：不认识的地区：“yunan”。您是否想用：云南、湖南、河南？\n"
    assert run("turns", "--lang", "fr", "云南", "工业")[0] == 2
    monkeypatch.setenv("TANZHE_LANG", "klingon")
    assert "klingon" in run("chronicle", "list")[2]


def test_a_locale_of_ascii_reads_and_writes_chinese(tmp_path: Path) -> None:
    file = tmp_path / "报告.txt"
    file.write_text("云南限电", "utf-8")
    own = {"LC_ALL": "C", "PYTHONUTF8": "0", "TANZHE_WORKSPACE": str(tmp_path / "空间")}
    done = process("docs", "add", str(file), environment=own, stdout=subprocess.PIPE)
    out, err = done.communicate(timeout=600)
    assert done.returncode == 0, err
    done = process("docs", "search", "限电", environment=own, stdout=subprocess.PIPE)
    out, err = done.communicate(timeout=600)
    assert "云南限电" in out.decode() and b"Traceback" not in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_and_a_closed_pipe_are_no_traceback(tmp_path: Path) -> None:
    own = {"TANZHE_WORKSPACE": str(tmp_path / "space")}
    Workspace.open(tmp_path / "space").close()
    with Path("/dev/full").open("wb") as full:
        done = process("rules", "list", environment=own, stdout=full)
        _, err = done.communicate(timeout=600)
    assert done.returncode == 2 and b"Traceback" not in err and b"Exception" not in err
    assert "磁盘已满" in err.decode()
    done = process("chronicle", "list", environment=own, stdout=subprocess.PIPE)
    assert done.stdout is not None and done.stderr is not None
    done.stdout.close()
    assert done.stderr.read() == b""
    done.stderr.close()
    assert done.wait(timeout=600) == 0
