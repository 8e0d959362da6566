"""Web pages: main text by trafilatura, and what their meta tags state."""

import re
from typing import Any

from tanzhe.notes import note_of
from tanzhe.text.files.document import Parts, no_text
from tanzhe.text.files.encoding import decode
from tanzhe.text.files.pagereader import page_reader
from tanzhe.text.files.pagetables import piped, spread, untabled
from tanzhe.text.files.plain import first_day

# Meta names of Chinese government pages and of the web at large.
_POSTED = ("pubdate", "article:published_time", "publishdate", "publish_date", "publication_date")
_TITLES = ("articletitle", "og:title")
_SOURCES = ("contentsource", "source", "og:site_name", "sitename")
_URLS = ("url", "og:url")
_STATED = re.compile(r"发布(?:时间|日期)\s*[:：]\s*([\d年月日\-/. ]{8,16})")
# What the rules on open government information ask a page to state of a document.
_PARTICULAR = re.compile(
    r"[【\[]?\s*(?:索\s*引\s*号|信息索引|主题分类|体裁分类|发文机关|发布机构|发文字号|文\s*号|公文字号"
    r"|成文日期|生成日期|发布日期|发文日期|标\s*题|名\s*称|有\s*效\s*性|公文时效|主\s*题\s*词)"
    r"\s*(?:[】\]]|[：:\t])"
)
_BLOCKS = ("tr", "li", "dl", "p", "div")
LONGEST_PARTICULAR = 300  # letters of a line of particulars; more is text
FEWEST_PARTICULARS = 2  # lines; one alone may be anything
SHORTEST_PROSE = 25  # letters; a shorter line may be a menu or a caption
MOST_LOST = 0.3  # of a page's sentences; what a main text may leave to comments and sidebars

# Browsers write where they saved a page from; what its meta tags say may be copied with it.
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(https?://\S{4,500})", re.I)


def _address(page: str, meta: dict[str, str]) -> str | None:
    saved = _SAVED.search(page[:4096])
    if saved:
        return saved[1]
    return next((v for n in _URLS if (v := meta.get(n, "")).startswith("http")), None)


def _meta(tree: Any) -> dict[str, str]:
    """Contents of the meta tags by lower-case name; the first of equals stays."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _title(tree: Any, meta: dict[str, str]) -> str:
    stated = _first(meta, _TITLES)
    element = tree.find(".//title")
    inner = element.text_content().strip() if element is not None else ""
    return (stated or re.split(r"\s*[_|]\s*", inner)[0]).strip()


def _particulars(tree: Any) -> list[str]:
    """The lines of the table in which a government page says what it shows, with tabs in them."""
    found: list[str] = []
    for block in tree.iter(*_BLOCKS):
        if any(inner is not block for inner in block.iter(*_BLOCKS)):
            continue
        cells = [" ".join(one.split()) for one in block.itertext()]
        line = "\t".join(one for one in cells if one)
        if _PARTICULAR.match(line) and len(line) <= LONGEST_PARTICULAR and line not in found:
            found.append(line)
    return found if len(found) >= FEWEST_PARTICULARS or "\t" in "".join(found) else []


def _lost(main: str, tree: Any) -> bool:
    """Whether much of the page's prose is missing from its main text."""
    kept = re.sub(r"\s", "", main)
    prose = [
        line
        for line in (re.sub(r"\s", "", one) for one in _all_text(tree).split("\n"))
        if len(line) >= SHORTEST_PROSE and line[-1] in "。；："
    ]
    gone = sum(len(line) for line in prose if line[:SHORTEST_PROSE] not in kept)
    return gone > MOST_LOST * sum(map(len, prose))


def _all_text(tree: Any) -> str:
    """Every visible word, for pages in which no main text was found."""
    for bad in list(tree.iter("script", "style", "noscript", "head", "nav", "footer", "select")):
        bad.drop_tree()
    for block in tree.iter(*_BLOCKS, "br", "table", "h1", "h2", "h3", "h4", "section", "article"):
        block.tail = "\n" + (block.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def read_html(raw: bytes, where: str) -> Parts:
    """Main text, title, publisher, address and posting day of a web page.

    Raises:
        NoText: the page shows no words.
        InputError: what reads web pages is not installed.
    """
    trafilatura = page_reader(where)
    page, encoding, notes = decode(raw, where, html=True)
    tree = trafilatura.load_html(page)
    if tree is None:  # a piece of a page, as copied out of a browser or an editor
        page = f"<html><body>{page}</body></html>"
        tree = trafilatura.load_html(page)
    if tree is None:
        raise no_text(where, "网页没有可读的内容", "The page has nothing to read")
    meta = _meta(tree)
    title = _title(tree, meta)
    particulars = _particulars(tree)
    untabled(tree)
    spread(tree)
    piped(tree)
    text = trafilatura.extract(tree, include_comments=False, include_tables=True) or ""
    if len(text) < 40 or _lost(text, trafilatura.load_html(page)):
        text = _all_text(trafilatura.load_html(page))
        notes = (*notes, _NO_MAIN)
    stated = _first(meta, _POSTED) or ""
    # What the page states in its head must be quotable, too.
    head = [title] if title and title not in text else []
    head += [f"PubDate: {stated}"] if stated else []
    head += [line for line in particulars if line not in text]
    text = "\n".join([*head, text])
    on_page = _STATED.search(page)
    return Parts(
        text=text,
        title=title,
        publisher=_first(meta, _SOURCES),
        url=_address(page, meta),
        posted=first_day(stated) or (first_day(on_page[1]) if on_page else None),
        encoding=encoding,
        notes=notes,
    )


_NO_MAIN = note_of("no_main_text")
