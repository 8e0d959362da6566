"""A paper as a Word file in the form of GB/T 9704."""

import io

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from tanzhe.reports.charts.picture import picture
from tanzhe.reports.forms import official
from tanzhe.reports.forms.official import (
    ALIGN,
    BODY,
    HEAD,
    LINE,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SMALL_LINE,
    WIDTH_MM,
    add_run,
    spaced,
)
from tanzhe.reports.park.footnotes import Footnotes
from tanzhe.reports.park.paper import Attachment, Heading, Paper, Paragraph, Picture, Table


def render_word(paper: Paper) -> bytes:
    """The bytes of a .docx file.

    Args:
        paper: the finished paper.
    """
    document = official.new_document()
    notes = Footnotes(document, BODY)
    official.add_title(document, paper.title)
    for block in paper.blocks:
        match block:
            case Heading():
                official.add_heading(document, block.text, block.level)
            case Paragraph():
                _paragraph(document, block, notes)
            case Table():
                _table(document, block)
            case Attachment():
                _attachment(document, block)
            case Picture():
                _picture(document, block)
    notes.finish()
    return official.saved(document, paper.title)


def _paragraph(document: Document, block: Paragraph, notes: Footnotes) -> None:
    before = LINE if block.about in ("right", "list") else 0
    paragraph = spaced(document.add_paragraph(), LINE, before=before)
    if block.about == "right":
        paragraph.alignment = ALIGN["right"]
        paragraph.paragraph_format.right_indent = SIZE_3 * 4
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        official.indent(paragraph)
    # A lead-in does not stay behind alone.
    paragraph.paragraph_format.keep_with_next = block.runs[-1].text.endswith("：")
    size = SIZE_5 if block.about == "small" else SIZE_3
    if block.about == "small":
        spaced(paragraph, SMALL_LINE)
    for one in block.runs:
        add_run(paragraph, one.text, BODY, size)
        if one.note:
            notes.add(paragraph, one.note)


def _picture(document: Document, block: Picture) -> None:
    """The picture; left out where no font of this machine has its letters."""
    image = picture(block.svg, inches=Mm(WIDTH_MM).inches)
    if image is None:
        return
    held = document.add_paragraph()
    held.alignment = ALIGN["centre"]
    held.paragraph_format.keep_with_next = True
    held.add_run().add_picture(io.BytesIO(image), width=Mm(WIDTH_MM))
    caption = spaced(document.add_paragraph(), LINE)
    caption.alignment = ALIGN["centre"]
    add_run(caption, block.caption, HEAD, SIZE_4)


def _attachment(document: Document, block: Attachment) -> None:
    paragraph = spaced(document.add_paragraph(), LINE)
    paragraph.paragraph_format.page_break_before = True
    add_run(paragraph, "附件", HEAD, SIZE_3)
    title = spaced(document.add_paragraph(), official.TITLE_LINE, before=LINE)
    title.alignment = ALIGN["centre"]
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_after = LINE
    add_run(title, block.title, official.TITLE, official.SIZE_2)


def _table(document: Document, block: Table) -> None:
    caption = spaced(document.add_paragraph(), LINE)
    caption.alignment = ALIGN["centre"]
    caption.paragraph_format.keep_with_next = True
    add_run(caption, block.caption, HEAD, SIZE_4)
    if block.unit:
        unit = spaced(document.add_paragraph(), SMALL_LINE)
        unit.alignment = ALIGN["right"]
        unit.paragraph_format.keep_with_next = True
        add_run(unit, block.unit, BODY, SIZE_5)
    rows = (block.head, *block.rows)

    def fill(paragraph: WordParagraph, row: int, column: int) -> None:
        strong = row == 0 or (block.bold_last and row == len(rows) - 1)
        for number, part in enumerate(rows[row][column].split("\n")):
            if number:
                paragraph.add_run().add_break()
            add_run(paragraph, part, HEAD if strong else BODY, SIZE_5)

    official.add_table(document, rows=len(rows), shares=block.shares, align=block.align, fill=fill)
