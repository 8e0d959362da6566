"""A file becomes lines that keep their numbers, with links and headings kept as Markdown."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanzhe.audits.lines.webpage import one_line, raised, web_lines
from tanzhe.child import in_child
from tanzhe.errors import Fault, InputError, NoText, TooLarge, Words
from tanzhe.text import MEDIA_TYPES, load_bytes, read_bytes
from tanzhe.text.files.encoding import decode
from tanzhe.text.files.reading import SMALL_UNPACKED
from tanzhe.text.files.word import unpacked_size

LONGEST_REPORT = 2_000_000  # characters: a report of a few hundred pages has fewer
LONGEST_LINE = 6_000  # characters looked at in one line
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff]")
# Spaces that typesetting puts between Chinese and figures: 到 2030 年.
_SET_APART = re.compile(r"(?<=[一-鿿，。；：、（]) +(?=\d)|(?<=\d) +(?=[一-鿿%％])")
LEAST_ROWS = 3  # lines of as many columns, from which one standing alone is a row too
_COLUMNS = (re.compile(r"\t"), re.compile(r"\s*｜\s*|\s+\|\s+"))
_ROWS = {".csv": ",", ".tsv": "\t"}


def report_lines(path: Path) -> list[str]:
    """The lines of a report.

    Text and Markdown keep the lines of the file; Word and web pages give one line a paragraph,
    list item or table row, with their links; PDF one line a line.

    Args:
        path: .md, .txt, .html, .docx, .pdf, .csv or .tsv.

    Raises:
        InputError: missing, empty, binary, of an unknown kind, too large, or without text.
    """
    try:
        raw = load_bytes(path)
        if path.suffix.lower() in _ROWS:
            return checked_lines(
                path, delimited(decode(raw, path.name)[0], _ROWS[path.suffix.lower()])
            )
        document = read_bytes(raw, _media_type(path), path.name, path.stem)
    except (TooLarge, NoText) as error:  # as an input it is bad, not a source that failed
        raise InputError(*error.faults) from error
    if document.media_type in ("text/plain", "text/markdown"):
        text = decode(raw, path.name)[0]
    elif document.media_type == "text/html":
        text = "\n".join(web_lines(decode(raw, path.name, html=True)[0])) or document.text
    elif document.media_type == "application/pdf":
        text = document.text
    else:
        text = _of_word(raw, path.name)
    return checked_lines(path, text)


def checked_lines(path: Path, text: str) -> list[str]:
    """The lines of a text of bearable length; columns set with tabs become rows.

    Raises:
        InputError: empty or too long.
    """
    if len(text) > LONGEST_REPORT:
        raise InputError(_too_long(path, len(text)))
    if not text.strip():
        words = Words("文件是空的", "the file is empty")
        do = Words("请换一份有内容的文件", "Give a file with content")
        raise InputError.of(words, do, where=path.name)
    return tabbed(split_lines(text))


def delimited(text: str, mark: str) -> str:
    r"""A table whose cells are parted by a mark, as rows; each row keeps its line.

    Example:
        >>> delimited("甲,乙\n1,2", ",")
        '| 甲 | 乙 |\n| 1 | 2 |'
    """
    lines: list[str] = []
    for number, row in enumerate(reader := csv.reader(io.StringIO(text), delimiter=mark), 1):
        cells = [" ".join(cell.replace("|", "/").split()) for cell in row]
        told = [cell for cell in cells if cell]
        lines.append(told[0] if len(told) == 1 and number <= 3 else _row(cells) if told else "")
        lines += [""] * (reader.line_num - len(lines))  # a cell with line breaks
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def tabbed(lines: list[str]) -> list[str]:
    r"""Lines with columns set by tabs or strokes, as a copied worksheet has them, become rows.

    Example:
        >>> tabbed(["甲\t乙\t丙", "1\t2\t3"])
        ['| 甲 | 乙 | 丙 |', '| 1 | 2 | 3 |']
    """
    out = list(lines)
    for mark in _COLUMNS:
        counts = [len(mark.findall(line)) if _may_be_row(line) else 0 for line in lines]
        usual = Counter(count for count in counts if count >= 2)
        for at, count in enumerate(counts):
            beside = [counts[i] for i in (at - 1, at + 1) if 0 <= i < len(counts)]
            if count >= 2 and (usual[count] >= LEAST_ROWS or any(near >= 2 for near in beside)):
                out[at] = _row([c.replace("|", "/").strip() for c in mark.split(lines[at])])
    return out


def _may_be_row(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("|", "#"))


def split_lines(text: str) -> list[str]:
    """Lines of a text without unseen characters, each of a bounded length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text)).replace("\xa0", " ")
    return [_SET_APART.sub("", line.rstrip()[:LONGEST_LINE]) for line in text.split("\n")]


def _media_type(path: Path) -> str:
    known = MEDIA_TYPES.get(path.suffix.lower())
    return known or "unknown"


def _too_long(path: Path, length: int) -> Fault:
    return Fault(
        Words(f"文件有 {length} 字，不像一份报告", f"{length} characters are no report"),
        Words(f"请拆成每份不超过 {LONGEST_REPORT} 字", f"Split it below {LONGEST_REPORT}"),
        where=path.name,
    )


def _of_word(raw: bytes, where: str) -> str:
    """The text of a Word file with its headings and links.

    Raises:
        InputError: it cannot be read, or unfolds beyond the limits.
    """
    if unpacked_size(raw, where) > SMALL_UNPACKED:
        return str(in_child(word_text, raw, where=where))
    return word_text(raw)


def word_text(raw: bytes) -> str:
    """The text of a Word file, its headings, lists, tables and links as Markdown."""
    lines: list[str] = []
    for block in docx.Document(io.BytesIO(raw)).iter_inner_content():
        if isinstance(block, Paragraph):
            lines += _paragraph(block)
        elif isinstance(block, Table):
            for row in block.rows:
                cells = [one_line(" ".join(map(_with_links, c.paragraphs))) for c in row.cells]
                lines.append(f"| {' | '.join(cells)} |")
            lines.append("")
    return "\n".join(lines)


def _paragraph(block: Paragraph) -> list[str]:
    text = _with_links(block)
    style = _style_of(block)
    level = re.fullmatch(r"(?:heading|标题)\s*(\d)", style)
    if style == "title":
        return [f"# {text}", ""]
    if level:
        return [f"{'#' * int(level[1])} {text}", ""]
    marker = "- " if "bullet" in style else "1. " if "number" in style else ""
    return [f"{marker if i == 0 else '   '}{part}" for i, part in enumerate(text.split("\n"))]


def _style_of(block: Paragraph) -> str:
    """The name of a paragraph's style; "" where the file names one that is none."""
    try:
        return (block.style.name or "").lower() if block.style is not None else ""
    except Exception:  # python-docx raises whatever a style that is broken or missing raises
        return ""


def _with_links(block: Paragraph) -> str:
    parts: list[str] = []
    for inner in block.iter_inner_content():
        address = getattr(inner, "address", "")
        bold = bool(getattr(inner, "bold", False)) and inner.text.strip()
        if address:
            parts.append(f"[{inner.text}]({address})")
        elif getattr(getattr(inner, "font", None), "superscript", None):
            parts.append(raised(inner.text, before="".join(parts)))
        else:
            parts.append(f"**{inner.text.strip()}**" if bold else inner.text)
    drawn = block._p.findall(f".//{qn('w:drawing')}")
    return "".join(parts).replace("****", "") + ("" if not drawn else " ")
