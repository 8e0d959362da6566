"""Which encoding the text of a table has."""

import codecs
from pathlib import Path

from tanzhe.errors import Words
from tanzhe.tables.grid import refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Both standards put their frequent characters first: punctuation and level 1 of GB 2312 and of
# Big5 by lead byte. A text read in the wrong one of the two lands outside, among kana and rarities.
_FREQUENT = {
    "gb18030": frozenset((*range(0xA1, 0xA4), *range(0xB0, 0xD8))),
    "big5hkscs": frozenset(range(0xA1, 0xC7)),
}
# What else analysts save: Windows' Western page and Japanese, when neither Chinese one fits.
_OTHERS = ["cp1252", "shift_jis", "euc_kr"]
_SAMPLE = 200_000
# Endings of files that are no text; what is none of its ending comes to be read as text.
_BINARY = frozenset((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".docx", ".pdf"))


def _frequent_share(text: str, encoding: str) -> float:
    """Share of a text's non-ASCII characters that the standard counts among the frequent ones."""
    other = [c for c in text if ord(c) > 127]
    if not other:
        return 1.0
    leads = (c.encode(encoding, errors="replace") for c in other)
    wanted = _FREQUENT[encoding]
    return sum(len(raw) == 2 and raw[0] in wanted for raw in leads) / len(other)


def _wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of ASCII is zero."""
    even, odd = raw[0:4000:2], raw[1:4000:2]
    if even and even.count(0) > len(even) // 3 and odd.count(0) < len(odd) // 10:
        return "utf-16-be"
    if odd and odd.count(0) > len(odd) // 3 and even.count(0) < len(even) // 10:
        return "utf-16-le"
    return None


def decoded(raw: bytes, file: str) -> tuple[str, str]:
    """The text of raw bytes and the name of its encoding.

    A mark decides; then strict UTF-8; UTF-16 by its zero bytes; then GB18030 or Big5, whichever
    puts more of the characters among its frequent ones; then charset-normalizer among the few
    others in use.

    Raises:
        InputError: no encoding fits, or the content is no text.

    Example:
        >>> decoded("日期,数值".encode("gbk"), "t.csv")
        ('日期,数值', 'gb18030')
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _text(raw, name, file), name
    if (wide := _wide(raw)) is not None:
        return _text(raw, wide, file), wide
    try:
        return _plain(raw.decode("utf-8"), file), "utf-8"
    except UnicodeDecodeError:
        pass
    texts = {}
    for name in _FREQUENT:
        try:
            texts[name] = raw.decode(name)
        except UnicodeDecodeError:
            continue
    if texts:
        best = max(texts, key=lambda name: _frequent_share(texts[name][:_SAMPLE], name))
        return _plain(texts[best], file), best
    from charset_normalizer import from_bytes

    found = from_bytes(raw[:_SAMPLE], cp_isolation=_OTHERS).best()
    if found is None:
        raise _unknown(file)
    return _text(raw, found.encoding, file), found.encoding


def _text(raw: bytes, encoding: str, file: str) -> str:
    try:
        return _plain(raw.decode(encoding), file)
    except UnicodeDecodeError as error:
        raise _unknown(file) from error


def _plain(text: str, file: str) -> str:
    if "\x00" in text:
        raise _unknown(file)
    return text


def _unknown(file: str) -> Exception:
    ending = Path(file).suffix.lower()
    if ending in _BINARY:
        return refused(
            file,
            Words(
                f"扩展名是 {ending}，内容却不是：文件已损坏、没有传完、被加密，或改过扩展名",
                f"The file ends in {ending} but is none: damaged, cut short, encrypted or renamed",
            ),
            Words(
                "请从原处重新取得，或用原来的软件打开后另存为 XLSX 或 CSV",
                "Get it again from where it came, or open it in its own program and save it as "
                "XLSX or CSV",
            ),
        )
    return refused(
        file,
        Words(
            "认不出文字编码（不是 UTF-8、GB18030 等），或不是文本",
            "The encoding is unknown (not UTF-8, GB18030…), or it is no text",
        ),
        Words("请另存为 UTF-8 编码的 CSV", "Save it as CSV in UTF-8"),
    )
