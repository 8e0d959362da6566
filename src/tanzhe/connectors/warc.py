"""Archived documents as a WARC file, the form of web archives (ISO 28500)."""

import base64
import gzip
import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tanzhe.connectors._fetched import Fetched

VERSION = b"WARC/1.1\r\n"


Content = Callable[[Fetched], bytes]


def write_warc(pages: Sequence[Fetched], content: Content, path: Path) -> None:
    """Write documents, one record each, whole or not at all.

    The records are of type `resource`: the bytes as archived (decompressed), with address, time,
    content type and sha256. The same pages give the same bytes.

    Args:
        pages: what is known of each.
        content: gives the bytes of one.
        path: file to write; each record is compressed where its name ends in `.gz`.
    """
    ordered = sorted(pages, key=lambda page: (page.fetched, page.url))
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        for record in _records(ordered, content):
            file.write(gzip.compress(record, mtime=0) if path.suffix == ".gz" else record)
    part.replace(path)


def _records(pages: Iterable[Fetched], content: Content) -> Iterable[bytes]:
    for page in pages:
        raw = content(page)
        digest = base64.b32encode(hashlib.sha256(raw).digest()).decode()
        headers = {
            "WARC-Type": "resource",
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, _key(page))}>",
            "WARC-Date": page.fetched.replace("+00:00", "Z"),
            "WARC-Target-URI": page.url,
            "WARC-Payload-Digest": f"sha256:{digest}",
            "Content-Type": page.content_type or "application/octet-stream",
            "Content-Length": str(len(raw)),
        }
        lines = "".join(f"{name}: {_line(value)}\r\n" for name, value in headers.items())
        yield VERSION + lines.encode() + b"\r\n" + raw + b"\r\n\r\n"


def _key(page: Fetched) -> str:
    return f"{page.url} {page.fetched} {page.sha256}"


def _line(value: str) -> str:
    """A header's value on one line, whatever the source put into it."""
    return " ".join(value.split())
