"""Which encoding a text file has, decided before it is read."""

import codecs
import re

from tanzhe.model import Note
from tanzhe.notes import note_of
from tanzhe.text.files.document import refused

# The most frequent characters of simplified and of traditional Chinese prose.
COMMON = set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
    "而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性"
    "应开合还因由其些然前外天政四日那社事平形相全表间样与关各重新线内数正心反明看原又利比或但质气第向道命此变"
    "条没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老"
    "這個為國時來們對會發動過說產種麼後學經進著電裡實兩體機當點從業應開還間樣與關條沒結問無軍題黨員總設長"
    "，。、：；"
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]{2,20})""", re.I)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Pages that say gb2312 mean its superset.
_SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
SAMPLE = 500_000  # characters by which encodings are told apart
MOST_BROKEN = 0.001  # share of bytes that may be undecodable


def _commonness(text: str) -> float:
    """Share of common characters among those that are not ASCII, at the beginning of a text."""
    other = [c for c in text[:SAMPLE] if ord(c) > 127]
    return sum(c in COMMON for c in other) / len(other) if other else 1.0


def _strict(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _declared(raw: bytes) -> str | None:
    match = _CHARSET.search(raw[:4096])
    if not match:
        return None
    name = match[1].decode("ascii").lower()
    return _SUPERSET.get(name, name)


def _repaired(raw: bytes, where: str) -> tuple[str, str, tuple[Note, ...]]:
    """A text with a few broken bytes, each shown as �; more than a few are refused."""
    best: tuple[int, str, str] | None = None
    for name in ("utf-8", "gb18030"):
        text = raw.decode(name, errors="replace")
        broken = text.count("\ufffd")
        if best is None or broken < best[0]:
            best = (broken, name, text)
    if best is None or best[0] > max(2, MOST_BROKEN * len(raw)):
        raise refused(
            where,
            "认不出文字编码，或不是文本文件",
            "The encoding is unknown, or this is no text file",
            "请另存为 UTF-8 文本",
            "Save it as UTF-8 text",
        )
    note = note_of("undecodable_bytes")
    return best[2], best[1], (note,)


def decode(raw: bytes, where: str = "", *, html: bool = False) -> tuple[str, str, tuple[Note, ...]]:
    """The text, the encoding and notes of raw bytes.

    A byte order mark decides; then strict UTF-8; then what an HTML page declares, where it decodes
    strictly to at least as common characters; then GB18030 or Big5, whichever gives more common
    characters.

    Raises:
        InputError: no encoding fits.

    Example:
        >>> decode("限电".encode("gbk"))[:2]
        ('限电', 'gb18030')
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            text = _strict(raw, name)
            if text is not None:
                return text, name, ()
    as_utf8 = _strict(raw, "utf-8")
    if as_utf8 is not None:
        return as_utf8, "utf-8", ()
    names = ["gb18030", "big5hkscs"]
    declared = _declared(raw) if html else None
    if declared and declared not in ("utf-8", "utf8"):
        names.insert(0, declared)
    texts = [(name, text) for name in names if (text := _strict(raw, name)) is not None]
    if not texts:
        return _repaired(raw, where)
    # max keeps the first of equals: the declared one.
    name, text = max(texts, key=lambda pair: _commonness(pair[1]))
    return text, name, ()
