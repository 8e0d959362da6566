"""A file becomes a `Document`, or a typed reason why not."""

import errno
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from tanzhe.child import in_child
from tanzhe.disk import read_regular
from tanzhe.errors import NoText, TooLarge, Words, why_not
from tanzhe.text.files.document import LONGEST_TEXT, Document, Parts, clean_text, no_text, refused
from tanzhe.text.files.html import read_html
from tanzhe.text.files.pdf import read_pdf
from tanzhe.text.files.plain import read_plain
from tanzhe.text.files.word import read_word, unpacked_size

LARGEST_FILE = 50 * 1024 * 1024  # bytes
# What is larger is read in a process of its own, with limits: pages and text by their bytes, Word
# by what it unpacks to; PDF always, since its size tells nothing.
SMALL_TEXT, SMALL_UNPACKED = 2_000_000, 8_000_000

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": DOCX,
}
READERS: dict[str, Callable[[bytes, str], Parts]] = {
    "text/plain": read_plain,
    "text/markdown": read_plain,
    "text/html": read_html,
    "application/pdf": read_pdf,
    DOCX: read_word,
}
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", DOCX),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!", "application/x-rar"),
    (b"7z\xbc\xaf", "application/x-7z"),
    (b"MZ", "application/x-dosexec"),
    (b"\x7fELF", "application/x-elf"),
    (b"SQLite format 3", "application/x-sqlite3"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head)\b", re.I)


def sniffed(raw: bytes) -> str | None:
    """Media type by the first bytes, or None for anything that may be plain text.

    Example:
        >>> sniffed(b"%PDF-1.7"), sniffed(b"hello")
        ('application/pdf', None)
    """
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return kind
    return "text/html" if _HTML.match(_without_comments(raw[:2048])) else None


def _without_comments(head: bytes) -> bytes:
    """What follows the mark of order, the blanks and the comments a page may begin with."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while head.startswith(b"<!--"):
        end = head.find(b"-->", 4)
        if end < 0:
            break
        head = head[end + 3 :].lstrip()
    return head


def _too_large(where: str, size: int) -> TooLarge:
    limit = LARGEST_FILE // 1024 // 1024
    return TooLarge.of(
        Words(
            f"文件有 {size / 1048576:.0f} MB，超过上限 {limit} MB",
            f"The file has {size / 1048576:.0f} MB, the limit is {limit} MB",
        ),
        Words("请拆分后再加入", "Split it first"),
        where=where,
    )


def _too_long(where: str, length: int) -> TooLarge:
    most = LONGEST_TEXT // 10_000
    return TooLarge.of(
        Words(
            f"文件有 {length / 1e4:.0f} 万字，超过上限 {most} 万字",
            f"The text has {length / 1e6:.1f} million characters, the limit is "
            f"{LONGEST_TEXT / 1e6:.0f} million",
        ),
        Words("请拆分后再加入", "Split it first"),
        where=where,
    )


def _needs_guard(raw: bytes, media_type: str, where: str) -> bool:
    """Whether reading may take much more than the file's size tells, or long."""
    if media_type == DOCX:
        return unpacked_size(raw, where) > SMALL_UNPACKED
    return media_type == "application/pdf" or len(raw) > SMALL_TEXT


def _check_kind(raw: bytes, media_type: str, where: str) -> None:
    """Refuse a file that is not what its name says."""
    seen = sniffed(raw)
    if media_type == "text/markdown" and seen == "text/html":
        return  # Markdown may begin with HTML
    binary = {"application/pdf", DOCX}
    lies = seen is not None and seen != media_type
    lies = lies or (media_type in binary and seen != media_type)
    text_with_nul = media_type not in binary and b"\0" in raw[:4096]
    if text_with_nul and raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        lies = True
    if lies:
        raise refused(
            where,
            f"文件内容与扩展名不符：看起来是 {seen or '别的格式'}",
            f"The file is not what its name says: it looks like {seen or 'something else'}",
            "请改成正确的扩展名，或换一份文件",
            "Give it the right extension, or use another file",
        )


def read_bytes(raw: bytes, media_type: str, where: str = "", fallback_title: str = "") -> Document:
    """A document from raw bytes of a known media type.

    Args:
        raw: the bytes as archived.
        media_type: one of `MEDIA_TYPES`' values.
        where: file name or address, for error messages.
        fallback_title: title where the document has none.

    Raises:
        InputError: empty, broken, of another kind than said, or of a kind nobody reads.
        NoText: no readable text in it.
        TooLarge: more than 50 MB.
    """
    if len(raw) > LARGEST_FILE:
        raise _too_large(where, len(raw))
    if media_type not in READERS:
        raise _unknown_kind(where)
    if not raw.strip():
        what, do = (
            Words("文件是空的", "The file is empty"),
            Words("请换一份文件", "Use another file"),
        )
        raise NoText.of(what, do, where=where)
    _check_kind(raw, media_type, where)
    read = READERS[media_type]
    guarded = _needs_guard(raw, media_type, where)
    parts: Parts = in_child(read, raw, where, where=where) if guarded else read(raw, where)
    text = clean_text(parts.text)
    if not text:
        raise no_text(where, "文件里没有文字", "There is no text in the file")
    if len(text) > LONGEST_TEXT:
        raise _too_long(where, len(text))
    return Document(
        text=text,
        title=clean_text(parts.title) or fallback_title,
        publisher=parts.publisher,
        url=parts.url,
        posted=parts.posted,
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type=media_type,
        encoding=parts.encoding,
        notes=parts.notes,
    )


def _unknown_kind(where: str) -> Exception:
    known = " ".join(sorted({k.lstrip(".") for k in MEDIA_TYPES}))
    return refused(
        where,
        "不认识的文件类型",
        "A kind of file nobody reads",
        f"可以读：{known}",
        f"These can be read: {known}",
    )


def load_bytes(path: Path) -> bytes:
    """The bytes of a file, refused unread when it is too large or cannot be opened."""
    where = path.name
    try:
        return read_regular(path, LARGEST_FILE)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _too_large(where, path.stat().st_size) from error
        raise refused(
            where,
            f"文件打不开：{why_not(error).zh}",
            f"The file cannot be opened: {why_not(error).en}",
            "请检查路径和权限",
            "Check path and permissions",
        ) from error


def read_document(path: str | Path) -> Document:
    """Read a .txt, .md, .html, .docx or .pdf file.

    The same bytes always give the same text, so that offsets of quotes stay right.

    Args:
        path: the file.

    Raises:
        InputError: missing, broken, of an unknown kind, or not what its name says.
        NoText: empty, or a scan without text.
        TooLarge: more than 50 MB; the file is not read.
    """
    path = Path(path)
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise _unknown_kind(path.name)
    return read_bytes(load_bytes(path), media_type, path.name, path.stem)
