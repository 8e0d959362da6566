"""What reading a file gives: text with offsets that stay, and what the file says of itself."""

import re
import unicodedata

from tanzhe.errors import InputError, NoText, Words
from tanzhe.model import Note, Record

LONGEST_TEXT = 20_000_000  # characters; a longer text is refused whole


class Document(Record):
    """A document that was read.

    Attributes:
        text: the text all quotes refer to by offset; reading the same bytes gives the same text.
        title: title, or the first line, or the file name; "" when there is none.
        publisher: as the document names it, or None.
        url: address the document names, or None.
        posted: day it was posted (YYYY-MM-DD) as the page or its head says, or None.
        sha256: of the raw bytes.
        media_type: text/plain, text/markdown, text/html, application/pdf or docx.
        encoding: how the bytes were decoded, None for PDF and Word.
        notes: what changes how the text should be read.
    """

    text: str
    title: str
    publisher: str | None = None
    url: str | None = None
    posted: str | None = None
    sha256: str
    media_type: str
    encoding: str | None = None
    notes: tuple[Note, ...] = ()


class Parts(Record):
    """What one kind of file gives before it becomes a `Document`."""

    text: str
    title: str = ""
    publisher: str | None = None
    url: str | None = None
    posted: str | None = None
    encoding: str | None = None
    notes: tuple[Note, ...] = ()


# PDF fonts often map 工 to the radical ⼯ (U+2F2F); such letters would never be found again.
_RADICALS = {c: unicodedata.normalize("NFKC", chr(c)) for c in range(0x2F00, 0x2FD6)}
_CONTROLS = [*range(9), 11, 12, *range(14, 32), 127]
_INVISIBLE = [0xFEFF, 0x200B, 0x200E, 0x200F, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
_UNSEEN = dict.fromkeys([*_CONTROLS, *_INVISIBLE])
_CLEAN = {**_RADICALS, **_UNSEEN, 0xA0: " "}


# So many blanks part nothing; a pattern would try each of them anew.
_WIDE = re.compile(r"[^\S\n]{200,}")


def clean_text(text: str) -> str:
    r"""The text as it is archived: NFC, one kind of line end, nothing unseen.

    Example:
        >>> clean_text("⼯业\r\n限电\u200b")
        '工业\n限电'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    text = _WIDE.sub(" ", unicodedata.normalize("NFC", lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def refused(where: str, zh: str, en: str, do_zh: str, do_en: str) -> InputError:
    """The error for a file that cannot be used."""
    return InputError.of(Words(zh, en), Words(do_zh, do_en), where=where)


def no_text(where: str, zh: str, en: str) -> NoText:
    """The error for a file without readable text."""
    do = Words(
        "请先做文字识别（OCR），或换一份带文字的文件", "Run OCR first, or use a file with text"
    )
    return NoText.of(Words(zh, en), do, where=where)
