"""Documents go in once, are found by two characters, and survive a kill."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.workspace import Workspace, default_folder
from tanzhe.workspace.places import address_of


def put(workspace: Workspace, text: str, name: str = "a.txt", title: str = "") -> str:
    return workspace.add(text.encode(), text=text, name=name, media_type="text/plain", title=title)


TEXTS = {
    "限产": "唐山钢铁企业限产三成",
    "限电": "云南电解铝因干旱限电",
    "双控": "能耗双控预警",
    "园区": "零碳园区名单 Yunnan parks",
}


@pytest.mark.parametrize("word", sorted(TEXTS))
def test_two_characters_are_found_exactly(workspace: Workspace, word: str) -> None:
    ids = {key: put(workspace, text) for key, text in TEXTS.items()}
    hits = workspace.search(word).hits
    assert [hit.document.sha256 for hit in hits] == [ids[word]]
    assert TEXTS[word][hits[0].start : hits[0].end] == word
    assert word in hits[0].snippet


def test_characters_apart_are_no_word(workspace: Workspace) -> None:
    put(workspace, "限制用电")
    put(workspace, "电限")
    assert workspace.search("限电").total == 0


def test_several_words_must_all_be_there(workspace: Workspace) -> None:
    put(workspace, "云南限电")
    both = put(workspace, "云南的电解铝企业限电")
    assert [hit.document.sha256 for hit in workspace.search("电解铝 限电").hits] == [both]


def test_latin_words_are_whole(workspace: Workspace) -> None:
    put(workspace, "COVID-19 lockdown in Wuhan")
    assert workspace.search("lockdown").total == 1
    assert workspace.search("WUHAN").total == 1
    assert workspace.search("lock").total == 0


def test_a_word_in_the_title_only(workspace: Workspace) -> None:
    put(workspace, "正文", title="限产通知")
    assert [(hit.start, hit.end) for hit in workspace.search("限产").hits] == [(0, 0)]


@pytest.mark.parametrize(
    "query", ['"', "限电*", "NEAR(限电)", "-限电", "a AND", "';--", "(", "^", ":", ""]
)
def test_signs_have_no_meaning(workspace: Workspace, query: str) -> None:
    put(workspace, "云南限电 near and a")
    for hit in workspace.search(query).hits:
        assert hit.document.name == "a.txt"


@settings(max_examples=150)
@given(st.text(max_size=30))
def test_no_query_breaks_search(query: str) -> None:
    with Workspace.open(SHARED) as workspace:
        workspace.search(query)


SHARED = Path(__import__("tempfile").mkdtemp()) / "space"


@settings(max_examples=60)
@given(st.text("限产电双控云南ab 1,。\n", min_size=1, max_size=25), st.data())
def test_search_finds_what_stands_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    part = text[start:end]
    if not all(c in "限产电双控云南" for c in part):
        return
    with Workspace.open(SHARED) as workspace:
        sha256 = put(workspace, text)
        hits = {hit.document.sha256: hit for hit in workspace.search(part, 10_000).hits}
        assert text[hits[sha256].start : hits[sha256].end] == part


def test_the_same_bytes_again_change_nothing(workspace: Workspace) -> None:
    first = put(workspace, "限电")
    again = workspace.add("限电".encode(), text="别的", name="b.txt", media_type="text/html")
    assert first == again
    assert len(workspace) == 1
    assert workspace.text_of(first) == "限电"
    assert workspace.bytes_of(first) == "限电".encode()
    assert workspace.search("限电").total == 1


def test_raw_bytes_come_back_small_large_and_as_text(workspace: Workspace) -> None:
    large = b"<p>" + "限电".encode() * 30_000
    pages = ["限电".encode("gb18030"), "限电".encode(), large]
    ids = [
        workspace.add(raw, text="限电", name="a", media_type="text/html", title=str(n))
        for n, raw in enumerate(pages)
    ]
    assert ids == [hashlib.sha256(raw).hexdigest() for raw in pages]
    assert [workspace.bytes_of(sha256) for sha256 in ids] == pages
    # Only what is large is a file of its own.
    files = [file.name for file in (workspace.folder / "archive").rglob("*") if file.is_file()]
    assert files == ([ids[2]] if workspace.db.engine == "sqlite" else [])


def test_what_went_in_comes_out(place: str | Path) -> None:
    with Workspace.open(place) as workspace:
        sha256 = workspace.add(
            b"x", text="文", name="n.html", media_type="text/html", encoding="gb18030", title="题",
            publisher="局", published="2021-05-12", url="https://a.gov.cn/",
        )  # fmt: skip
    with Workspace.open(place) as again:
        document = again.document(sha256)
        assert document is not None
        assert list(again.documents()) == [document]
        assert (document.title, document.publisher, document.published, document.url) == (
            "题", "局", "2021-05-12", "https://a.gov.cn/",
        )  # fmt: skip
        assert sha256 in again and "0" * 64 not in again
        assert again.text_of("0" * 64) is None


def test_signs_that_a_server_does_not_keep(workspace: Workspace) -> None:
    text = "限电\0\x1a0\x1a\x1a\0电"
    sha256 = put(workspace, text, name="a\0b")
    assert workspace.text_of(sha256) == text and workspace.bytes_of(sha256) == text.encode()
    document = workspace.document(sha256)
    assert document is not None and document.name == "a\0b"


def test_a_text_of_more_words_than_a_server_keeps_is_found(workspace: Workspace) -> None:
    many = "".join(chr(0x4E00 + one % 20_000) + chr(0x4E00 + one // 7) for one in range(120_000))
    own = put(workspace, f"{many}限电")
    put(workspace, "云南限电")
    assert workspace.search("限电").total == 2
    assert workspace.search(many[-2:]).hits[0].document.sha256 == own
    workspace.retire(own, why="removed")
    assert workspace.search("限电").total == 1


def test_cache(workspace: Workspace) -> None:
    assert workspace.fetch_json("points", "k") is None
    workspace.store_json("points", "k", "{}")
    workspace.store_json("points", "k", "[1]")
    assert workspace.fetch_json("points", "k") == "[1]"
    assert workspace.fetch_json("other", "k") is None


def test_a_failed_transaction_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(RuntimeError), workspace.transaction():
        put(workspace, "限电")
        raise RuntimeError
    assert len(workspace) == 0
    assert workspace.search("限电").total == 0


def test_several_may_write_at_once(place: str | Path) -> None:
    def write(number: int) -> None:
        with Workspace.open(place) as workspace:
            for one in range(15):
                put(workspace, f"限电{number}号文{one}")

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Workspace.open(place) as workspace:
        assert len(workspace) == 60
        assert workspace.search("限电", 100).total == 60


def test_a_killed_run_leaves_a_workspace_that_opens(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom tanzhe.workspace import Workspace\n"
        "w = Workspace.open(sys.argv[1])\n"
        "for i in range(10**6):\n"
        "    t = f'限电第{i}号'\n"
        "    w.add(t.encode(), text=t, name='a', media_type='text/plain')\n"
        "    if i == 20: print('go', flush=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.1)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with Workspace.open(tmp_path) as workspace:
        assert len(workspace) >= 20
        assert workspace.search("限电", 10**6).total == len(workspace)
        for document in workspace.documents():
            assert workspace.bytes_of(document.sha256) is not None


def test_the_default_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANZHE_WORKSPACE", str(tmp_path / "mine"))
    assert default_folder() == tmp_path / "mine"
    monkeypatch.delenv("TANZHE_WORKSPACE")
    assert default_folder().name == "tanzhe"


@pytest.mark.parametrize(
    "place", ["https://db.office/team", "mysql://me:geheim@db/team", "http:/x"]
)
def test_an_address_of_something_else_makes_no_folder(place: str) -> None:
    with pytest.raises(InputError, match=r"postgresql://USER") as refused:
        Workspace.open(place)
    assert "geheim" not in str(refused.value)
    assert address_of("C:/Users/wang/tanzhe") is None


def test_another_version_and_no_database_are_refused(tmp_path: Path) -> None:
    Workspace.open(tmp_path / "a").close()
    db = sqlite3.connect(tmp_path / "a" / "index.sqlite")
    db.execute("UPDATE alembic_version SET version_num = '0099'")
    db.commit()
    db.close()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.sqlite").write_bytes(b"no database at all" * 99)
    (tmp_path / "c").write_text("a file")
    for name in "abc":
        with pytest.raises(InputError):
            Workspace.open(tmp_path / name)


def test_an_empty_workspace_is_a_workspace(workspace: Workspace) -> None:
    assert len(workspace) == 0
    assert bool(workspace)
