"""Where a page can be read: its host decides who published it, its words only what it claims."""

import re

from tanzhe.model import Source
from tanzhe.text import read_bodies
from tanzhe.text.files.boilerplate import without_boilerplate
from tanzhe.text.names.publishers import publisher_of, tier_of

HEAD, FOOT = 800, 300  # characters in which a page names where its text comes from

_NAME = r"[“\"《【\[]?(?P<name>[^\s，。；|｜“”\"《》（）()【】\[\]:：]{2,24})"
# Said of a text of others only.
_REPRINTED = re.compile(
    rf"(?:转载自|转自|摘自|摘编自|引自|稿源|稿件来源|原载(?:于)?|首发于)\s*[:：]?\s*{_NAME}"
    r"|(?:reprinted|reposted|republished) from:?\s+(?P<name_en>[^\n.,;|]{2,40})"
    r"|(?:originally (?:published|posted|appeared) (?:by|in|on)):?\s+(?P<name_en2>[^\n.,;|]{2,40})",
    re.I,
)
# A page names its own house so, too.
_STATED = re.compile(
    rf"(?<![一-鿿])(?:信息来源|文章来源|内容来源|新闻来源|资料来源|来源)\s*[:：]\s*{_NAME}"
    r"|\bsource:\s*(?P<name_en>[^\n.,;|]{2,40})",
    re.I,
)
_ORIGINAL_TITLE = re.compile(r"原(?:标题|题|文标题)\s*[:：]")
# Houses that others reprint.
_HOUSE = re.compile(
    r"新华社|新华网|人民网|人民日报|央视|中新[社网]|中国新闻网|中国政府网|(?:日|晚|早|时|商)报|通讯社|"
    r"政府网|门户网站|Xinhua|People's Daily|Reuters|Bloomberg|Caixin|Government",
    re.I,
)


def _named(match: re.Match[str] | None) -> str | None:
    return next((name.strip() for name in match.groups() if name), None) if match else None


def stated_source(text: str, published_by: str | None = None) -> tuple[str | None, bool]:
    r"""Whom a page names as the source of its text, and whether it is surely not itself.

    Args:
        text: as archived; its head and foot are looked into.
        published_by: what its meta data name as source.

    Example:
        >>> stated_source("限电通知\n转载自：云南省能源局\n正文")
        ('云南省能源局', True)
        >>> stated_source("钢厂停产\n来源：本站\n正文")
        ('本站', False)
    """
    left = without_boilerplate(text)
    parts = f"{left[:HEAD]}\n{text[HEAD:][-FOOT:]}"
    reprinted = _named(_REPRINTED.search(parts))
    if reprinted:
        return reprinted, True
    name = published_by or _named(_STATED.search(parts))
    is_other = bool(name) and (_HOUSE.search(name or "") is not None or _is_office(name or ""))
    return name, is_other or _ORIGINAL_TITLE.search(parts) is not None


def _is_office(name: str) -> bool:
    return any(body.kind == "government" for body in read_bodies(name))


def source_of(
    text: str, *, url: str | None, path: str | None = None, stated: str | None = None,
    title: str = "", published: str | None = None, sha256: str | None = None,
) -> Source:  # fmt: skip
    """The source that a page is.

    A host that nobody knows and that names another house as its source is a mirror of it, whether
    the original is at hand or not. A file without address is the user's own.

    Args:
        text: as archived.
        url: where it was fetched, or the address that its head states, or None.
        path: name in the user's folder.
        stated: whom its head or meta data name as publisher.
        title: what to call a file that names no publisher.
        published: day of publication.
        sha256: of its bytes.
    """
    name, is_reprint = stated_source(text, stated)
    tier = tier_of(url) if url else "user"
    if tier == "unknown" and is_reprint:
        tier = "mirror"
    # A medium that prints an office's text is not the office.
    own = stated if tier.endswith("_government") or not _is_office(stated or "") else None
    return Source(
        url=url,
        path=path,
        publisher=publisher_of(url, own) if url else stated or title,
        tier=tier,
        published=published,
        sha256=sha256,
        stated=name,
    )
