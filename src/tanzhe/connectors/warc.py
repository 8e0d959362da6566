"""Fetched pages as a WARC file, the form of web archives (ISO 28500)."""

import base64
import gzip
import hashlib
import uuid
from collections.abc import Iterable
from pathlib import Path

from tanzhe.connectors._fetched import Fetched, FetchStore

VERSION = b"WARC/1.1\r\n"


def write_warc(store: FetchStore, path: Path) -> int:
    """Write every fetched page of a store, one compressed record each, whole or not at all.

    The records are of type `resource`: the bytes as archived (decompressed), with address, time,
    content type and sha256. The same pages give the same bytes.

    Args:
        store: the fetched pages.
        path: file to write, by custom `.warc.gz`.

    Returns:
        The number of pages.
    """
    pages = sorted(store.pages(), key=lambda page: (page.fetched, page.url))
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        file.writelines(_records(store, pages))
    part.replace(path)
    return len(pages)


def _records(store: FetchStore, pages: Iterable[Fetched]) -> Iterable[bytes]:
    for page in pages:
        content = store.content(page)
        digest = base64.b32encode(hashlib.sha256(content).digest()).decode()
        headers = {
            "WARC-Type": "resource",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, _key(page))}>",
            "WARC-Date": page.fetched.replace("+00:00", "Z"),
            "WARC-Target-URI": page.url,
            "WARC-Payload-Digest": f"sha256:{digest}",
            "Content-Type": page.content_type or "application/octet-stream",
            "Content-Length": str(len(content)),
        }
        lines = "".join(f"{name}: {_line(value)}\r\n" for name, value in headers.items())
        record = VERSION + lines.encode() + b"\r\n" + content + b"\r\n\r\n"
        yield gzip.compress(record, mtime=0)


def _key(page: Fetched) -> str:
    return f"{page.url} {page.fetched} {page.sha256}"


def _line(value: str) -> str:
    """A header's value on one line, whatever the source put into it."""
    return " ".join(value.split())
