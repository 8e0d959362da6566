"""A web page becomes lines: one a paragraph, list item or table row, as Markdown."""

import re
from collections.abc import Iterator
from typing import Any

from tanzhe.text.files.pagereader import page_reader

_BLOCKS = {"p", "div", "section", "article", "ul", "ol", "table", "blockquote", "body", "main"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST_SPANNED = 200  # rows or columns one cell can cover


def web_lines(page: str) -> list[str]:
    """The lines of a page, with links, bold words, headings and tables as Markdown.

    Args:
        page: HTML.

    Example:
        >>> web_lines("<h1>甲</h1><p>乙<sup>1</sup></p>")
        ['', '# 甲', '', '乙¹', '']
    """
    tree = page_reader().load_html(page)
    if tree is None:
        return []
    body = tree.find(".//body")
    lines: list[str] = []
    _block(body if body is not None else tree, lines, 0)
    return lines


def raised(inner: str, *, before: str) -> str:
    """A raised number in raised letters, as marks of notes and powers of units are."""
    if not inner.isdigit():
        return inner
    return inner.translate(_RAISED) if len(inner) <= 3 and before else f"[{inner}]"


def _table(table: Any) -> Iterator[str]:
    """The rows of a table; a cell that covers several rows or columns stands in each."""
    covered: dict[int, tuple[int, str]] = {}
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is not table:
            continue
        cells: list[str] = []
        for cell in (c for c in row if c.tag in ("td", "th")):
            _covered(cells, covered)
            text = one_line(_inline(cell)).replace("|", "/")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            for _ in range(wide):
                if high > 1:
                    covered[len(cells)] = (high - 1, text)
                cells.append(text)
        _covered(cells, covered)
        if cells:
            yield f"| {' | '.join(cells)} |"


def _covered(cells: list[str], covered: dict[int, tuple[int, str]]) -> None:
    """Put in the cells that reach down from above."""
    while (at := len(cells)) in covered:
        left, text = covered.pop(at)
        cells.append(text)
        if left > 1:
            covered[at] = (left - 1, text)


def _span(cell: Any, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), MOST_SPANNED) if value.isdigit() and int(value) else 1


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
        elif tag == "sup":
            inner = raised(inner.strip(), before="".join(parts))
        parts += [inner, child.tail or ""]
    return "".join(parts)


def one_line(text: str) -> str:
    """A text without line breaks and double spaces."""
    return " ".join(text.split())


def _block(node: Any, lines: list[str], depth: int) -> None:
    if depth > 60:
        lines.append(one_line(node.text_content()))
        return
    if node.text and node.text.strip():
        lines.append(one_line(node.text))
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in ("script", "style", "noscript", "head"):
            pass
        elif re.fullmatch("h[1-6]", tag):
            lines += ["", f"{'#' * int(tag[1])} {one_line(_inline(child))}", ""]
        elif tag == "hr":
            lines += ["", "---", ""]
        elif tag == "table" and not _is_frame(child):
            lines += ["", *_table(child), ""]
        elif tag == "li":
            number = f"{_place_in_list(child)}. " if _is_ordered(child) else "- "
            inner = [part for part in _inline(child).split("\n") if part.strip()]
            lines += [f"{number if i == 0 else '   '}{one_line(p)}" for i, p in enumerate(inner)]
        elif tag == "p" or (tag and not _has_blocks(child)):
            lines += [one_line(part) for part in _inline(child).split("\n")] + [""]
        elif tag:
            _block(child, lines, depth + 1)
        if child.tail and child.tail.strip():
            lines.append(one_line(child.tail))


def _is_frame(table: Any) -> bool:
    """Whether a table only places parts of the page: others or headings stand inside."""
    return any(c is not table and c.tag in ("table", "h1", "h2", "h3") for c in table.iter())


def _has_blocks(node: Any) -> bool:
    found = (c.tag for c in node.iter() if c is not node and isinstance(c.tag, str))
    return any(t in _BLOCKS or t in ("li", "tr", "hr") or re.fullmatch("h[1-6]", t) for t in found)


def _is_ordered(node: Any) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == "ol"


def _place_in_list(node: Any) -> int:
    return 1 + int(node.getparent().index(node))
