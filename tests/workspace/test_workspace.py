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

from tanzhe.errors import InputError, WorkspaceError
from tanzhe.workspace import Workspace, default_folder
from tanzhe.workspace.places import address_of, parts_of


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
    "place",
    [
        "https://db.office/team",
        "mysql://me:geheim@db/team",
        "http:/x",
        "jdbc:postgresql://db/team?user=me&password=geheim",
        "host=db password=geheim dbname=team",
    ],
)
def test_an_address_of_something_else_makes_no_folder(place: str) -> None:
    with pytest.raises(InputError, match=r"postgresql://USER") as refused:
        Workspace.open(place)
    assert "geheim" not in str(refused.value)
    assert address_of("C:/Users/wang/tanzhe") is None


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("postgresql://me@127.0.0.1:port/team", "host or port"),
        ("postgresql://me@127.0.0.1:99999/team", "host or port"),
        ("postgresql://[me/team", "host or port"),
        ("postgresql://me:ge#heim@db/team", "a sign of addresses"),
        ("postgresql://me:geheim@db/team?sslmode=on", "sslmode=on"),
        ("postgresql://me@db/team?password=geheim&hots=x", "hots, password"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_before_anything_is_asked(
    place: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        Workspace.open(place)
    assert "heim" not in str(refused.value)


@pytest.mark.parametrize(
    ("place", "port"),
    [
        ("postgres://me@db/team", 5432),
        ("PostgreSQL://me@db:6000/team", 6000),
        ("postgresql+psycopg2://me@db/team?port=6001", 6001),
        ("postgresql:/me@db:6002/team", 6002),  # a path has lost a slash
    ],
)
def test_the_ways_to_write_an_address(place: str, port: int) -> None:
    address = address_of(place)
    assert address is not None
    parts = parts_of(address)
    assert (parts["host"], parts["port"], parts["database"]) == ("db", port, "team")


@pytest.mark.parametrize("version", ["0099", "banana", ""])
def test_another_version_is_refused(tmp_path: Path, version: str) -> None:
    Workspace.open(tmp_path).close()
    db = sqlite3.connect(tmp_path / "index.sqlite")
    db.execute("UPDATE alembic_version SET version_num = ?", (version,))
    db.commit()
    db.close()
    with pytest.raises(InputError, match="Upgrade tanzhe"):
        Workspace.open(tmp_path)


def test_tables_that_are_not_of_their_version_are_left_alone(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    db = sqlite3.connect(tmp_path / "index.sqlite")
    db.execute("UPDATE alembic_version SET version_num = '0003'")
    db.commit()
    db.close()
    with pytest.raises(WorkspaceError, match="workspace is unchanged"):
        Workspace.open(tmp_path)
    db = sqlite3.connect(tmp_path / "index.sqlite")
    assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [("0003",)]
    db.close()


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"no database at all" * 99, "index of the workspace is damaged.*restore"),
        (b"", "is empty \\(0 bytes\\).*restore"),
        (None, "must be a file"),
    ],
)
def test_an_index_that_is_none_is_told_with_what_to_do(
    tmp_path: Path, held: bytes | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanzhe.workspace.engines.MADE", 0.05)
    index = tmp_path / "index.sqlite"
    index.mkdir() if held is None else index.write_bytes(held)
    with pytest.raises(WorkspaceError, match=said):
        Workspace.open(tmp_path)
    assert index.is_dir() if held is None else index.read_bytes() == held


def test_an_index_that_cannot_be_begun_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as held:
        held.setattr("tanzhe.workspace.engines._create", full)
        with pytest.raises(WorkspaceError):
            Workspace.open(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with Workspace.open(tmp_path) as workspace:
        assert len(workspace) == 0
    assert (tmp_path / "index.sqlite").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".new-*"))


def test_a_disk_without_links_takes_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", refused)
    with Workspace.open(tmp_path) as workspace:
        workspace.add(b"a", text="a", name="a", media_type="text/plain")
    with Workspace.open(tmp_path) as workspace:
        assert len(workspace) == 1


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("a file")
    with pytest.raises(InputError):
        Workspace.open(tmp_path / "c")


def test_an_empty_workspace_is_a_workspace(workspace: Workspace) -> None:
    assert len(workspace) == 0
    assert bool(workspace)
