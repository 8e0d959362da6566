"""Offline means offline: the command runs where opening a socket leaves a mark and kills it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cli.asked import tanzhe

from tanzhe.api.evidence.online import known_sources

ROOT = Path(__file__).parents[2]
OPENING = ("create_connection", "getaddrinfo", "gethostbyname", "socketpair", "create_server")
# Any socket, connection or look-up of a name writes the mark, so that nothing can swallow it.
BOMB = """
import os, runpy, socket, sys

def explode(*args, **kwargs):
    with open(os.environ["MARK"], "a") as mark:
        mark.write(repr(args)[:200] + "\\n")
    raise RuntimeError("a socket was opened")

class Bomb(socket.socket):
    def __new__(cls, *args, **kwargs):
        explode(*args)

socket.socket = Bomb
for name in os.environ["OPENING"].split():
    setattr(socket, name, explode)
sys.argv[0] = "tanzhe"
runpy.run_module("tanzhe", run_name="__main__")
"""


class Run:
    def __init__(self, workspace: Path, mark: Path) -> None:
        self.workspace = workspace
        self.mark = mark

    def __call__(self, *arguments: object, **variables: str) -> "subprocess.CompletedProcess[str]":
        kept = {k: v for k, v in os.environ.items() if not k.startswith("TANZHE_")}
        environment = {
            **kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "MARK": str(self.mark),
            "OPENING": " ".join(OPENING),
            "TANZHE_WORKSPACE": str(self.workspace), **variables,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-c", BOMB, *map(str, arguments)],
            capture_output=True, text=True, encoding="utf-8", env=environment, timeout=1800,
        )  # fmt: skip


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture
def run(workspace: Path, tmp_path: Path) -> Run:
    return Run(workspace, tmp_path / "mark")


REPORT = ("report", "甘肃", "工业", "--json")
SOURCES = [one.replace("FILE", "none.txt") for one in known_sources()]
EVERY_SOURCE = (*(word for one in SOURCES for word in ("--find", one)), "--model")
VARIABLES = {
    "TANZHE_BOCHA_KEY": "k", "TANZHE_TAVILY_KEY": "k", "TANZHE_SEARXNG_URL": "http://127.0.0.1:1",
    "TANZHE_LLM_BASE_URL": "http://127.0.0.1:1/v1", "TANZHE_LLM_MODEL": "m",
}  # fmt: skip


@pytest.mark.parametrize(
    "extra",
    [(), ("--offline",), ("--offline", "--find", "gov_cn"), ("--offline", *EVERY_SOURCE)],
    ids=["default", "offline", "offline find", "offline all"],
)
def test_no_socket_is_opened(run: Run, extra: tuple[str, ...]) -> None:
    done = run(*REPORT, *extra, **VARIABLES)
    assert done.returncode == 0, done.stderr
    assert not run.mark.exists(), run.mark.read_text("utf-8")
    told = json.loads(done.stdout)
    sources = {name for p in told["turning_points"] for name in p["searched"]["sources"]}
    assert sources == {"chronicle"}
    said = "--find 和 --model 未使用" in done.stderr and "no network was used" in done.stderr
    assert said == (len(extra) > 1)


def test_documents_of_ones_own_need_no_socket(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    text = "2021年10月15日起，甘肃省对高耗能企业有序用电，钢铁企业限产30%。"
    (tmp_path / "docs" / "a.txt").write_text(text, "utf-8")
    done = run(*REPORT, "--docs", tmp_path / "docs", "--offline", "--find", "gov_cn")
    assert done.returncode == 0, done.stderr
    assert not run.mark.exists()
    assert "钢铁企业限产30%" in done.stdout


@pytest.mark.parametrize(
    "extra", [("--find", "gov_cn"), ("--find", "searxng"), ("--find", "bocha")]
)
def test_the_bomb_works(run: Run, extra: tuple[str, ...]) -> None:
    """Without --offline the same command does open one: the test above can fail."""
    done = run(*REPORT, *extra, **VARIABLES)
    assert done.returncode != 0
    assert run.mark.exists()


def test_the_report_says_that_it_was_made_offline(run: Run) -> None:
    done = run("report", "甘肃", "工业", "--register", "raw", "--lang", "en", "--offline")
    assert " (offline)" in done.stdout


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        (("--find", "baidu"), ", ".join(known_sources())),
        (("--find", "urls"), "urls:FILE"),
        (("--find", "bocha"), "TANZHE_BOCHA_KEY"),
        (("--find", "tavily"), "TANZHE_TAVILY_KEY"),
        (("--find", "searxng"), "TANZHE_SEARXNG_URL"),
        (("--find", "urls:none.txt"), "none.txt"),
        (("--find", "gov_cn", "--find", "bocha"), "TANZHE_BOCHA_KEY"),
        (("--model",), "TANZHE_LLM_BASE_URL"),
    ],
)
def test_wrong_use_is_told_before_anything_is_asked(
    extra: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    for name in (*OPENING, "socket"):
        monkeypatch.setattr(socket, name, lambda *args, **_: opened.append(args))
    for name in [one for one in os.environ if one.startswith("TANZHE_")]:
        monkeypatch.delenv(name)
    done = tanzhe(*REPORT, *extra, workspace=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr and "Traceback" not in done.stderr
    assert "错误：" in done.stderr and "Error: " in done.stderr
    assert opened == []
