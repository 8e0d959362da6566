"""Text of Word files, with tables in their place."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from tanzhe.text.document import Parts, no_text, refused
from tanzhe.text.plain import first_line, head_of

MOST_UNPACKED = 400_000_000  # bytes; a small file that unpacks to more is an attack


def _blocks(document: "docx.document.Document") -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from _rows(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}  # a merged one comes once per column
        yield "\t".join(" ".join(cell.text.split()) for cell in cells.values())


def read_word(raw: bytes, where: str) -> Parts:
    """Text and title of a .docx file.

    Raises:
        InputError: broken, or unpacks to more than the limit.
        NoText: no words in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            unpacked = sum(info.file_size for info in packed.infolist())
        if unpacked > MOST_UNPACKED:
            raise ValueError("unpacks to too much")
        text = "\n".join(_blocks(docx.Document(io.BytesIO(raw))))
    except Exception as error:  # python-docx raises whatever its parts raise
        raise refused(
            where,
            "Word 文件已损坏或不是 .docx",
            "The Word file is broken or no .docx",
            "请在 Word 中另存为 .docx",
            "Save it as .docx in Word",
        ) from error
    if not text.strip():
        raise no_text(where, "Word 文件里没有文字", "There is no text in the Word file")
    head = head_of(text)
    return Parts(
        text=text,
        title=head.get("title") or first_line(text),
        publisher=head.get("publisher"),
        url=head.get("url"),
        posted=head.get("posted"),
    )
