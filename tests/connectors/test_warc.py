import gzip
from pathlib import Path

from tanzhe.connectors._fetched import FetchStore
from tanzhe.connectors._http import Answer
from tanzhe.connectors.warc import write_warc


def test_every_page_is_a_record_with_address_time_and_digest(tmp_path: Path) -> None:
    store = FetchStore(tmp_path)
    pages = [
        store.put("http://a.test/1", Answer("http://a.test/1", "云南".encode(), "text/html")),
        store.put("http://a.test/2", Answer("http://a.test/3", b"%PDF", "a\r\nWARC-Type: x")),
    ]
    path = tmp_path / "all.warc.gz"
    write_warc(pages, store.content, path)
    first = path.read_bytes()
    text = gzip.decompress(first)
    assert text.count(b"WARC/1.1\r\n") == 2
    assert b"WARC-Target-URI: http://a.test/1\r\n" in text
    assert b"WARC-Target-URI: http://a.test/3\r\n" in text
    assert b"Content-Length: 6\r\n\r\n" + "云南".encode() + b"\r\n\r\n" in text
    assert b"\r\nWARC-Type: x" not in text
    assert pages[0].fetched.replace("+00:00", "Z").encode() in text
    write_warc(pages[::-1], store.content, path)
    assert path.read_bytes() == first
    write_warc(pages, store.content, tmp_path / "all.warc")
    assert (tmp_path / "all.warc").read_bytes() == text
    assert not list(tmp_path.glob("*.part"))
