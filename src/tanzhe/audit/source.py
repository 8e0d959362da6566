"""A file becomes lines that keep their numbers, with links and headings kept as Markdown."""

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import docx
import trafilatura
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanzhe.errors import Fault, InputError, NoText, TooLarge, Words
from tanzhe.text import MEDIA_TYPES, load_bytes, read_bytes
from tanzhe.text.encoding import decode

LONGEST_REPORT = 2_000_000  # characters: a report of a few hundred pages has fewer
LONGEST_LINE = 6_000  # characters looked at in one line
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff]")
_BLOCKS = {"p", "div", "section", "article", "ul", "ol", "table", "blockquote", "body", "main"}


def report_lines(path: Path) -> list[str]:
    """The lines of a report.

    Text and Markdown keep the lines of the file; Word and web pages give one line a paragraph,
    list item or table row, with their links; PDF one line a line.

    Args:
        path: .md, .txt, .html, .docx or .pdf.

    Raises:
        InputError: missing, empty, binary, of an unknown kind, too large, or without text.
    """
    try:
        raw = load_bytes(path)
        document = read_bytes(raw, _media_type(path), path.name, path.stem)
    except (TooLarge, NoText) as error:  # as an input it is bad, not a source that failed
        raise InputError(*error.faults) from error
    if document.media_type in ("text/plain", "text/markdown"):
        text = decode(raw, path.name)[0]
    elif document.media_type == "text/html":
        text = _html_text(raw, path.name) or document.text
    elif document.media_type == "application/pdf":
        text = document.text
    else:
        text = _word_text(raw)
    if len(text) > LONGEST_REPORT:
        raise InputError(_too_long(path, len(text)))
    return split_lines(text)


def split_lines(text: str) -> list[str]:
    """Lines of a text without unseen characters, each of a bounded length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
    return [line.rstrip()[:LONGEST_LINE] for line in text.split("\n")]


def _media_type(path: Path) -> str:
    known = MEDIA_TYPES.get(path.suffix.lower())
    return known or "unknown"


def _too_long(path: Path, length: int) -> Fault:
    return Fault(
        what=Words(f"文件有 {length} 字，不像一份报告", f"{length} characters are no report"),
        where=path.name,
        do=Words(f"请拆成每份不超过 {LONGEST_REPORT} 字", f"Split it below {LONGEST_REPORT}"),
    )


def _inline(node: Any) -> str:
    """Text of an element with links and bold words as Markdown."""
    parts = [node.text or ""]
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        inner = _inline(child) if tag not in ("script", "style") else ""
        if tag == "a" and child.get("href"):
            inner = f"[{inner.strip()}]({child.get('href').strip()})"
        elif tag in ("strong", "b") and inner.strip():
            inner = f"**{inner.strip()}**"
        elif tag == "br":
            inner = "\n"
        parts += [inner, child.tail or ""]
    return "".join(parts)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _html_text(raw: bytes, where: str) -> str:
    tree = trafilatura.load_html(decode(raw, where, html=True)[0])
    if tree is None:
        return ""
    body = tree.find(".//body")
    lines: list[str] = []
    _html_block(body if body is not None else tree, lines, 0)
    return "\n".join(lines)


def _html_block(node: Any, lines: list[str], depth: int) -> None:
    if depth > 60:
        lines.append(_one_line(node.text_content()))
        return
    if node.text and node.text.strip():
        lines.append(_one_line(node.text))
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in ("script", "style", "noscript", "head"):
            pass
        elif re.fullmatch("h[1-6]", tag):
            lines += ["", f"{'#' * int(tag[1])} {_one_line(_inline(child))}", ""]
        elif tag == "hr":
            lines += ["", "---", ""]
        elif tag == "tr":
            cells = [_one_line(_inline(c)) for c in child if c.tag in ("td", "th")]
            lines.append(f"| {' | '.join(cells)} |")
        elif tag == "li":
            number = f"{_place_in_list(child)}. " if _is_ordered(child) else "- "
            inner = [part for part in _inline(child).split("\n") if part.strip()]
            lines += [f"{number if i == 0 else '   '}{_one_line(p)}" for i, p in enumerate(inner)]
        elif tag == "p" or (tag and not _has_blocks(child)):
            lines += [_one_line(part) for part in _inline(child).split("\n")] + [""]
        elif tag:
            _html_block(child, lines, depth + 1)
        if child.tail and child.tail.strip():
            lines.append(_one_line(child.tail))


def _has_blocks(node: Any) -> bool:
    found = (c.tag for c in node.iter() if c is not node and isinstance(c.tag, str))
    return any(t in _BLOCKS or t in ("li", "tr", "hr") or re.fullmatch("h[1-6]", t) for t in found)


def _is_ordered(node: Any) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == "ol"


def _place_in_list(node: Any) -> int:
    return 1 + sum(1 for other in node.itersiblings("li", preceding=True) if other is not None)


def _word_text(raw: bytes) -> str:
    lines: list[str] = []
    for block in docx.Document(io.BytesIO(raw)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines += _paragraph(block)
        elif isinstance(block, Table):
            for row in block.rows:
                cells = [_one_line(" ".join(map(_with_links, c.paragraphs))) for c in row.cells]
                lines.append(f"| {' | '.join(cells)} |")
            lines.append("")
    return "\n".join(lines)


def _paragraph(block: Paragraph) -> list[str]:
    text = _with_links(block)
    style = (block.style.name or "").lower() if block.style is not None else ""
    level = re.fullmatch(r"(?:heading|标题)\s*(\d)", style)
    if style == "title":
        return [f"# {text}", ""]
    if level:
        return [f"{'#' * int(level[1])} {text}", ""]
    marker = "- " if "bullet" in style else "1. " if "number" in style else ""
    return [f"{marker if i == 0 else '   '}{part}" for i, part in enumerate(text.split("\n"))]


def _with_links(block: Paragraph) -> str:
    parts: list[str] = []
    for inner in block.iter_inner_content():
        address = getattr(inner, "address", "")
        bold = bool(getattr(inner, "bold", False)) and inner.text.strip()
        if address:
            parts.append(f"[{inner.text}]({address})")
        else:
            parts.append(f"**{inner.text.strip()}**" if bold else inner.text)
    drawn = block._p.findall(f".//{qn('w:drawing')}")
    return "".join(parts).replace("****", "") + ("" if not drawn else " ")
