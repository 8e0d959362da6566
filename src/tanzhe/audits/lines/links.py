"""Addresses in lines: their form, their host, and the dates and numbers in their path."""

import re
from calendar import monthrange
from datetime import date
from urllib.parse import unquote, urlsplit

from tanzhe.audits.records import Days, Link
from tanzhe.errors import Words

_MARKDOWN = re.compile(
    r"\[(?P<label>[^\[\]\n]{0,300})\]\((?P<url>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:\s+\"[^\"]*\")?(?P<close>\)?)"
)
_BARE = re.compile(r"(?:https?|ftp)[:：]//[^\s<>()（）\[\]【】《》“”\"'，。；、|]*", re.I)
_CUT = re.compile(r"(?:\.\.\.|…|[-=%&?_~+]|%[0-9A-Fa-f])$")
# Dates in paths: finest first.
_PATHS = (
    re.compile(r"(?<!\d)(20[0-3]\d)[-/_](0?[1-9]|1[0-2])[-/_](0?[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(20[0-3]\d)(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(20[0-3]\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<![\da-f])(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\da-f])"),
)
_MONTHS = (
    re.compile(r"(?<!\d)(20[0-3]\d)[-/_](0[1-9]|1[0-2])(?![\d-])"),
    re.compile(r"(?<=/)(20[0-3]\d)(0[1-9]|1[0-2])(?=/)"),
)
_YEARS = re.compile(r"/(?:[a-z]{2,12})?(20[0-3]\d)(?=/)")
_NUMBER = re.compile(
    r"(?<![a-z0-9])(\d+)(?:-(\d+))?-(billion|million|trillion|percent|pct|tons?|tonnes|mw|gw)\b",
    re.I,
)
_SCALE = {"billion": 1e9, "million": 1e6, "trillion": 1e12}


def links_in(text: str, line: int) -> list[Link]:
    """All addresses of a line, with what is wrong in their form.

    Example:
        >>> [(l.label, l.url) for l in links_in("[财新网](https://a.example/x)", 1)]
        [('财新网', 'https://a.example/x')]
    """
    found: list[tuple[int, Link]] = []
    shown = list(text)
    for match in _MARKDOWN.finditer(text):
        shown[match.start() : match.end()] = " " * (match.end() - match.start())
        label, url = match["label"].strip(), match["url"].strip()
        if not match["close"]:
            broken: Words | None = _cut(text[match.start() : match.end()])
        else:
            broken = broken_url(url) if url else None
        found.append((match.start(), Link(label=label, url=url, line=line, broken=broken)))
    rest = "".join(shown)
    for match in _BARE.finditer(rest):
        url = match[0].rstrip(".,;:!?") if not match[0].endswith("...") else match[0]
        after = rest[match.end() : match.end() + 1]
        label = _label_before(rest[: match.start()])
        broken = broken_url(match[0] if _CUT.search(match[0]) or after == "…" else url)
        found.append((match.start(), Link(label=label, url=url, line=line, broken=broken)))
    return [link for _, link in sorted(found, key=lambda pair: pair[0])]


def _label_before(text: str) -> str:
    words = re.split(r"[：:，。；、|]", text.rstrip(" （(<[【:：*-，,。、；"))[-1]
    return re.sub(r"^[\s*\d.>-]+|[*\s]+$", "", words)[-60:]


def _cut(text: str) -> Words:
    return Words(f"链接没有写完：“{text[-60:]}”", f"the link is not closed: “{text[-60:]}”")


def broken_url(url: str) -> Words | None:
    """What is wrong in the form of an address, or None.

    Example:
        >>> broken_url("https://www.yn.gov.cn/a.html") is None, broken_url("https://") is None
        (True, False)
    """
    try:
        parts = urlsplit(url.replace("：", ":"))
        host = parts.hostname or ""
    except ValueError:
        return Words(f"“{url[:80]}”不是地址", f"“{url[:80]}” is no address")
    if parts.scheme.lower() not in ("http", "https"):
        return Words(f"“{url[:80]}”不是网页地址", f"“{url[:80]}” is no web address")
    if "." not in host or not re.fullmatch(r"[\w.-]+\.[a-z][a-z0-9-]+", host, re.I):
        return Words(f"“{url[:80]}”没有主机名", f"“{url[:80]}” has no host")
    if "…" in url or _CUT.search(url):
        return Words(f"“…{url[-40:]}”在路径中途断开", f"“…{url[-40:]}” ends in mid-path")
    return None


def host_of(url: str) -> str:
    """The host of an address in lower case, "" when it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def is_home(url: str) -> bool:
    """Whether an address is that of a site and of no page of it.

    Example:
        >>> is_home("https://www.yn.gov.cn/index.html"), is_home("https://www.yn.gov.cn/a/1.html")
        (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    home = re.fullmatch(r"/?(?:(?:index|default|home|main)\.\w{2,5})?", parts.path, re.I)
    return bool(parts.hostname and home and not parts.query and not parts.fragment)


def same_address(url: str) -> str:
    """An address in the form in which equal ones are equal: without scheme, www and last slash.

    Example:
        >>> same_address("http://www.a.cn/x/") == same_address("https://a.cn/x#top")
        True
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = (parts.hostname or "").lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{unquote(parts.path).rstrip('/')}{query}"


def _days(year: str, month: str | None, day: str | None, text: str) -> Days | None:
    try:
        y, m = int(year), int(month or 1)
        first = date(y, m, int(day or 1))
    except ValueError:
        return None
    if day:
        return Days(first=first, last=first, precision="day", text=text)
    last = date(y, m, monthrange(y, m)[1]) if month else date(y, 12, 31)
    return Days(first=first, last=last, precision="month" if month else "year", text=text)


def url_days(url: str) -> Days | None:
    """The date in the path of an address, or None.

    Example:
        >>> str(url_days("https://a.cn/202301/t20230130_7813619.shtml").first)
        '2023-01-30'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = f"{parts.path}/"
    for patterns in (_PATHS, _MONTHS, (_YEARS,)):
        for pattern in patterns:
            for match in pattern.finditer(path):
                groups = (*match.groups(), None, None)
                days = _days(str(groups[0]), groups[1], groups[2], match[0].strip("/"))
                if days:
                    return days
    return None


def slug_of(url: str) -> str:
    """The path of an address as words.

    Example:
        >>> slug_of("https://a.com/x/output-to-reach-5-billion-99199")
        'x/output-to-reach-5-billion-99199'
    """
    try:
        return unquote(urlsplit(url).path).strip("/").lower()
    except ValueError:
        return ""


def slug_numbers(url: str) -> list[tuple[float, str, str]]:
    """Numbers with their word in an address: value, word, as written.

    Example:
        >>> slug_numbers("https://a.com/value-to-attain-rmb-18-33-billion-in-2023")
        [(18330000000.0, 'billion', '18-33-billion')]
    """
    found = []
    for match in _NUMBER.finditer(slug_of(url)):
        value = float(f"{match[1]}.{match[2]}" if match[2] else match[1])
        word = match[3].lower()
        found.append((round(value * _SCALE.get(word, 1.0), 6), word, match[0]))
    return found
