"""Archived documents as a WARC file, the form of web archives (ISO 28500), by `warcio`."""

import base64
import hashlib
import io
import os
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tanzhe.connectors._fetched import Fetched
from tanzhe.disk import settle

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.warcwriter import WARCWriter

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
    from warcio.warcwriter import WARCWriter

    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz", warc_version="1.1")
        for page in sorted(pages, key=lambda page: (page.fetched, page.url)):
            writer.write_record(_record(writer, page, content(page)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    settle(path.parent)


def _record(writer: "WARCWriter", page: Fetched, raw: bytes) -> "ArcWarcRecord":
    digest = base64.b32encode(hashlib.sha256(raw).digest()).decode()
    return writer.create_warc_record(
        _line(page.url),
        "resource",
        payload=io.BytesIO(raw),
        length=len(raw),
        warc_content_type=_line(page.content_type) or "application/octet-stream",
        warc_headers_dict={
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, _key(page))}>",
            "WARC-Date": page.fetched.replace("+00:00", "Z"),
            "WARC-Payload-Digest": f"sha256:{digest}",
        },
    )


def _key(page: Fetched) -> str:
    return f"{page.url} {page.fetched} {page.sha256}"


def _line(value: str) -> str:
    """A header's value on one line, whatever the source put into it."""
    return " ".join(value.split())
