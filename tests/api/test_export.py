"""All that is archived leaves as one WARC file: what was fetched, and the user's own documents."""

import gzip
from pathlib import Path

import pytest

from tanzhe.api.evidence.documents import add_documents, export_documents
from tanzhe.connectors._fetched import FetchStore
from tanzhe.connectors._http import Answer
from tanzhe.errors import InputError
from tanzhe.workspace import Workspace


def test_pages_and_own_documents_are_written_once_each(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    # The address a document gives itself is a claim, so it is not the record's.
    own = '<html><head><meta property="og:url" content="http://gov.cn/x"></head>限电通知正文</html>'
    (docs / "a.html").write_text(own, "utf-8")
    (docs / "b.txt").write_text("限电", "gb18030")
    with Workspace.open(tmp_path / "w") as workspace:
        add_documents(workspace, [docs])
        page = b"<p>page</p>"
        store = FetchStore(workspace.folder)
        fetched = store.put("http://a.test/1", Answer("http://a.test/1", page, "text/html"))
        workspace.add(page, text="page", name="http://a.test/1", media_type="text/html")
        assert export_documents(workspace, tmp_path / "all.warc.gz") == 3
        ids = [one.sha256 for one in workspace.documents()]
    written = gzip.decompress((tmp_path / "all.warc.gz").read_bytes())
    targets = [line for line in written.splitlines() if line.startswith(b"WARC-Target-URI")]
    expected = {f"urn:sha256:{sha256}" for sha256 in ids if sha256 != fetched.sha256}
    assert {line.decode().split(": ")[1] for line in targets} == {*expected, "http://a.test/1"}
    assert own.encode() in written and "限电".encode("gb18030") in written


def test_an_empty_archive_and_a_folder_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "w") as workspace:
        with pytest.raises(InputError):
            export_documents(workspace, tmp_path / "all.warc")
        workspace.add(b"x", text="x", name="x", media_type="text/plain")
        with pytest.raises(InputError):
            export_documents(workspace, tmp_path / "none" / "all.warc")
    assert not list(tmp_path.rglob("*.warc*"))
