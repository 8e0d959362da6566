"""The index of words says the same as looking into every text, however it is cut into segments."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.errors import InputError
from tanzhe.workspace import Workspace, postings, store
from tanzhe.workspace.terms import intervals_of, keys_of
from tanzhe.workspace.words import asked_for, find_spans


def put(workspace: Workspace, text: str, title: str = "") -> str:
    return workspace.add(text.encode(), text=text, name="a", media_type="text/plain", title=title)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of five documents, and none that is only read through."""
    monkeypatch.setattr(postings, "MOST_DOCUMENTS", 5)
    monkeypatch.setattr(store, "MOST_DOCUMENTS", 5)
    monkeypatch.setattr(store, "MOST_UNINDEXED", 0)
    monkeypatch.setattr(postings, "BLOCK", 40)


TEXTS = st.lists(st.text("限产电双〇𠀀é aB1,。\n\0", max_size=20), min_size=1, max_size=23)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.text("限产电双〇𠀀é aB1", min_size=1, max_size=4), st.integers(1, 9))
def test_search_is_looking_into_every_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str, limit: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (postings, store):
            patch.setattr(module, "MOST_DOCUMENTS", 5)
        patch.setattr(store, "MOST_UNINDEXED", 0)
        patch.setattr(postings, "BLOCK", 40)
        with Workspace.open(tmp_path_factory.mktemp("w")) as workspace:
            ids = [put(workspace, text) for text in texts]
            wanted = asked_for(query).wanted
            holding = {
                sha256
                for sha256, text in dict(zip(ids, texts, strict=True)).items()
                if wanted and all(any(find_spans(text, phrase)) for phrase in wanted)
            }
            found = workspace.search(query, limit)
    hits = [hit.document.sha256 for hit in found.hits]
    assert found.total == len(holding) and found.exact
    assert set(hits) <= holding and len(hits) == min(limit, len(holding)) == len(set(hits))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)


def test_separators_divide_no_pair_but_documents_do(small: None, tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        apart = put(workspace, "限，\n电")
        for text in ("甲限", "电乙", "限a电"):
            put(workspace, text)
        assert [hit.document.sha256 for hit in workspace.search("限电").hits] == [apart]


def test_one_character_is_found_wherever_it_stands(small: None, tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        ids = [put(workspace, text) for text in ("限电", "电限", "有限公司", "限a", "〇限。", "无")]
        assert {hit.document.sha256 for hit in workspace.search("限").hits} == set(ids[:5])


def test_words_of_one_checksum_are_told_apart(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tanzhe.workspace.terms.crc32", lambda word: 7)
    with Workspace.open(tmp_path) as workspace:
        ids = {word: put(workspace, f"{word} smelter") for word in ("yunnan", "gansu", "henan")}
        found = workspace.search("gansu")
        assert [hit.document.sha256 for hit in found.hits] == [ids["gansu"]] and found.total == 1


def test_small_segments_are_made_anew_together(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        for number in range(300):
            put(workspace, f"限电{number}号")
            workspace.index()
        db = sqlite3.connect(tmp_path / "index.sqlite")
        spans = db.execute("SELECT first, last FROM segments ORDER BY first").fetchall()
        kept = db.execute("SELECT DISTINCT id >> 32 FROM blocks ORDER BY 1").fetchall()
        db.close()
        assert len(spans) <= 12
        assert [number for a, b in spans for number in range(a, b + 1)] == list(range(1, 301))
        assert [first for (first,) in kept] == [first for first, _ in spans]
        assert len(workspace.search("限电", 1000).hits) == 300


def test_keys_hold_term_and_number() -> None:
    keys = sorted(set(keys_of(["限电", "限"], [3, 9]).tolist()))
    pair = (ord("限") << 16) | ord("电")
    alone = ord("限") << 16
    assert keys == sorted(
        (term << 16) | number for term, number in [(pair, 3), (ord("电") << 16, 3), (alone, 9)]
    )
    assert keys_of([], []).dtype == np.uint64
    assert intervals_of([["限", "电"]]) == [(pair, pair)]
    assert intervals_of([["限"]]) == [(alone, alone + 0xFFFF)]


OLD = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL, url TEXT,
    media_type TEXT NOT NULL, encoding TEXT, title TEXT NOT NULL, publisher TEXT, published TEXT,
    added TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (tokens, content='', tokenize="unicode61");
CREATE TABLE cache (kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,
    added TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema_version', '1');
INSERT INTO cache VALUES ('points', 'k', '[1]', '2026-01-01');
"""


def test_a_workspace_of_version_1_loses_nothing(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "index.sqlite")
    db.executescript(OLD)
    raws = {}
    for number in range(300):
        raw, text = f"<p>限电{number}".encode("gb18030"), f"限电{number}号"
        sha256 = store.sha256_of(raw)
        raws[sha256] = raw
        db.execute(
            "INSERT INTO documents VALUES (?,?,'a',NULL,'text/html',NULL,'',NULL,NULL,'x',?)",
            (number + 1, sha256, text),
        )
        db.execute("INSERT INTO words (rowid, tokens) VALUES (?, ?)", (number + 1, " ".join(text)))
        file = tmp_path / "archive" / sha256[:2] / sha256
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
    db.commit()
    db.close()
    for _ in range(2):
        with Workspace.open(tmp_path) as workspace:
            assert {hit.document.sha256 for hit in workspace.search("限电", 999).hits} == set(raws)
            assert workspace.search("17号").total == 1
            assert {sha256: workspace.bytes_of(sha256) for sha256 in raws} == raws
            assert workspace.fetch_json("points", "k") == "[1]"


def test_a_newer_workspace_is_left_as_it_is(tmp_path: Path) -> None:
    Workspace.open(tmp_path).close()
    db = sqlite3.connect(tmp_path / "index.sqlite")
    db.execute("UPDATE meta SET value = '4'")
    db.commit()
    with pytest.raises(InputError):
        Workspace.open(tmp_path)
    assert db.execute("SELECT value FROM meta").fetchone() == ("4",)
    db.close()


KILLED = """
import sys
from tanzhe.workspace import Workspace, postings, store
postings.MOST_DOCUMENTS = store.MOST_DOCUMENTS = 40
with Workspace.open(sys.argv[1]) as w:
    for i in range(10**6):
        text = f"限电第{i}号"
        with w.transaction():
            w.add(text.encode("gb18030"), text=text, name="a", media_type="text/plain")
        print(i, flush=True)
"""


def test_a_run_killed_while_indexing_loses_nothing_it_had_finished(tmp_path: Path) -> None:
    for seconds in (0.1, 0.15, 0.2):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)
        finished = [int(line) for line in child.stdout.read().splitlines() if line.isdigit()]
        child.wait()
        child.stdout.close()
        with Workspace.open(tmp_path) as workspace:
            assert len(workspace) > max(finished)
            hits = workspace.search("限电", 10**6).hits
            assert len(hits) == len(workspace)
            for hit in hits:
                text = workspace.text_of(hit.document.sha256)
                assert text is not None
                assert workspace.bytes_of(hit.document.sha256) == text.encode("gb18030")
