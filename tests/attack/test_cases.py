"""Every small input of the attack on the first version, against the finished product.

Each file of `cases` hung, crashed or was believed once. The whole command is run on it, what hung
in a process of its own with a limit on time; answers from outside come over the loopback, byte by
byte.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from cli.asked import tanzhe as asked

from tanzhe.characters import STEERING, whole_json
from tanzhe.connectors import language_model
from tanzhe.connectors._http import Client, Limits
from tanzhe.connectors.language_model import LanguageModel, own_origin
from tanzhe.connectors.searxng import Searxng
from tanzhe.errors import SourceError

CASES = Path(__file__).with_name("cases")
SHARED = Path(__file__).parents[3] / "shared/data/attack_cases"
SECONDS = 1800  # a hang is hours; a busy machine is slow
LIMITS = Limits(size=100_000, decompressed=1_000_000, redirects=3, step_seconds=5, whole_seconds=9)
PROSE = (
    "2021年9月，云南省发展改革委印发通知，要求电解铝企业自9月起压减用电负荷，月均产量不高于8月，并对"
    "水泥、黄磷、工业硅行业实行限产，其中工业硅9月至12月月均产量不高于8月的一成。"
)
DAYS = (date(2020, 1, 1), date(2022, 1, 1))


def tanzhe(space: Path, *arguments: object) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "tanzhe", *map(str, arguments)],
        capture_output=True, check=False, timeout=SECONDS, cwd=space,
        env={**os.environ, "TANZHE_WORKSPACE": str(space / "w"), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    for stream in (done.stdout, done.stderr):
        assert b"Traceback" not in stream and b"errors.log" not in stream
        assert b"\x1b" not in stream and b"\x07" not in stream  # nothing steers the terminal
    return done.returncode, done.stdout, done.stderr


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """A source that gives these bytes to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    one, _ = listening.accept()
                except OSError:
                    return
                with one:
                    one.settimeout(5)
                    one.recv(65536)
                    one.sendall(raw)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://source.test:{listening.getsockname()[1]}"
        finally:
            over.set()
            listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def answer(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(
        limits=LIMITS, resolver=lambda *_: ["127.0.0.1"], allow_private=True, sleep=lambda _: None
    ) as one:
        yield one


def test_what_was_found_elsewhere_is_all_here() -> None:
    if not SHARED.is_dir():
        pytest.skip("the folder of the attack is not on this machine; `cases` holds its files")
    assert {path.name: path.read_bytes() for path in SHARED.iterdir()} == {
        path.name: path.read_bytes() for path in CASES.iterdir()
    }


@pytest.mark.parametrize("name", ["audit_no_styles.docx", "audit_style_type.docx"])
def test_word_files_with_odd_styles_are_audited_and_kept(name: str, tmp_path: Path) -> None:
    code, out, _ = tanzhe(tmp_path, "audit", CASES / name)
    assert code == 1 and "条目 10 条" in out.decode()
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes((CASES / name).read_bytes())
    code, out, _ = tanzhe(tmp_path, "docs", "add", tmp_path / "in")
    assert code == 0 and "新收入 1 份" in out.decode()


def test_many_comments_hang_no_reader(tmp_path: Path) -> None:
    raw = (CASES / "redos_comments.txt").read_bytes()
    folder = tmp_path / "in"
    folder.mkdir()
    for number, kind in enumerate(("txt", "html", "htm", "md")):
        (folder / f"a.{kind}").write_bytes(raw * (1 + number) + b"<p>" + PROSE.encode())
    code, out, err = tanzhe(tmp_path, "docs", "add", folder)
    assert code == 0 and "未读入 0 份" in out.decode(), err
    for command in ("audit", "policy"):
        for kind in ("md", "html", "txt"):
            code, _, _ = tanzhe(tmp_path, command, folder / f"a.{kind}")
            assert code in (0, 1, 2)


@pytest.mark.parametrize(
    "name", ["http_location_about_blank.txt", "http_retry_after_superscript.bin"]
)
def test_an_odd_answer_is_a_failure_of_the_source(name: str, client: Client) -> None:
    raw = (CASES / name).read_bytes()
    if b"\r\n" not in raw:
        raw = raw.replace(b"\n", b"\r\n")
    with answering(raw) as url, pytest.raises(SourceError):
        client.get(f"{url}/a")


def test_half_a_character_in_a_search_result(client: Client) -> None:
    with answering(answer((CASES / "searxng_answer_surrogate.json").read_bytes())) as url:
        (one,) = Searxng(client, address=url).search("x", *DAYS)
    assert one.title == "云南\ufffd限电" and one.model_dump_json().encode()


def test_half_a_character_in_the_answer_of_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "ALLOW_MODEL_REQUESTS", True)
    monkeypatch.setenv("TANZHE_LLM_MODEL", "stand-in")
    with answering(answer((CASES / "model_answer_surrogate.json").read_bytes())) as url:
        address = url.replace("source.test", "127.0.0.1")
        monkeypatch.setenv("TANZHE_LLM_BASE_URL", f"{address}/v1")
        with Client(trusted=frozenset({own_origin()}), sleep=lambda _: None) as own:
            said = LanguageModel(own).ask("rules", "document")
    assert said.encode() and whole_json(said)["events"][0]["name"] == "\ufffdabcd"


@pytest.mark.parametrize("name", ["park_name_256.json", "park_name_escape.json"])
@pytest.mark.parametrize("ending", ["docx", "md", "xlsx", "html"])
def test_a_park_of_an_odd_name_is_assessed(name: str, ending: str, tmp_path: Path) -> None:
    out = tmp_path / f"park.{ending}"
    told = asked("park", "assess", CASES / name, "-o", out, workspace=tmp_path / "w")
    assert told.returncode in (0, 1) and out.stat().st_size > 1000, told
    for stream in (told.stdout, told.stderr):
        assert "Traceback" not in stream and "errors.log" not in stream
        assert "\x1b" not in stream and "\x07" not in stream
    if ending in ("md", "html"):
        assert not STEERING.search(out.read_text("utf-8"))
