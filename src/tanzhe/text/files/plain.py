"""Plain text and Markdown, with the head lines people write above a copied page."""

import re
from datetime import date

from tanzhe.text.dates.read import read_dates
from tanzhe.text.files.document import Parts
from tanzhe.text.files.encoding import decode

_HEAD_LINES = 12
_POSTED = re.compile(
    (
        r"^[#>*\s-]*(?:发布(?:时间|日期)|发文日期|日期|时间|posted|published|"
        r"date)\s*[:：]\s*(.{6,40})$"
    ),
    re.I,
)
_SOURCE = re.compile(
    (
        r"^[#>*\s-]*(?:来源|信息来源|发布机构|发布单位|source|"
        r"publisher)\s*[:：]\s*(.{2,40})$"
    ),
    re.I,
)
_URL = re.compile(
    # 原文：https://… is where another page stands, not this one.
    r"^[#>*\s-]*(?:网址|链接|地址|url|link)\s*[:：]\s*"
    r"(https?://\S{4,500}|(?:[a-z\d-]+\.){1,8}[a-z]{2,}(?:[:/?]\S{0,500})?(?=\s|$))",
    re.I,
)
_TITLE = re.compile(r"^[#>*\s-]*(?:标题|题目|title)\s*[:：]\s*(.{2,120})$", re.I)


def first_day(words: str) -> str | None:
    """The first whole day named in a few words, YYYY-MM-DD."""
    for span in read_dates(words, date(2000, 1, 1)):
        if span.precision == "day" and not span.inferred:
            return span.first_day.isoformat()
    return None


def head_of(text: str) -> dict[str, str]:
    r"""Title, publisher, address and posting day that the first lines state.

    Example:
        >>> head_of("来源：云南省人民政府\n发布日期：2021年5月10日")
        {'publisher': '云南省人民政府', 'posted': '2021-05-10'}
    """
    found: dict[str, str] = {}
    for line in text.splitlines()[:_HEAD_LINES]:
        for key, pattern in (("title", _TITLE), ("publisher", _SOURCE), ("url", _URL)):
            match = pattern.match(line)
            if match:
                found.setdefault(key, match[1].strip())
        if "url" in found and "://" not in found["url"]:
            found["url"] = f"http://{found['url']}"
        match = _POSTED.match(line)
        day = first_day(match[1]) if match else None
        if day:
            found.setdefault("posted", day)
    return found


def first_line(text: str) -> str:
    """The first line that can be a title, "" when it is a paragraph."""
    for line in text.splitlines():
        words = line.lstrip("#> *-").strip()
        if words and not _POSTED.match(line) and not _SOURCE.match(line) and not _URL.match(line):
            return words if len(words) <= 80 else ""
    return ""


def read_plain(raw: bytes, where: str) -> Parts:
    """Text and head lines of a .txt or .md file."""
    text, encoding, notes = decode(raw, where)
    head = head_of(text)
    return Parts(
        text=text,
        title=head.get("title") or first_line(text),
        publisher=head.get("publisher"),
        url=head.get("url"),
        posted=head.get("posted"),
        encoding=encoding,
        notes=notes,
    )
