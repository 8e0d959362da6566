"""A paper as a Word file in the form of GB/T 9704 (党政机关公文格式).

A4; margins 37, 35, 28 and 26 mm; title in 方正小标宋 2号, body in 仿宋 3号 with lines of 28 points;
一、 in 黑体, （一） in 楷体; page numbers — 1 — in 4号, outside.
"""

import io

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from tanzhe.parks.office.template import UNPRINTABLE
from tanzhe.reports.park.footnotes import Footnotes
from tanzhe.reports.park.paper import Align, Attachment, Heading, Paper, Paragraph, Table

# The fonts the standard names, and what a machine without them shows instead.
TITLE, BODY, HEAD, SUB, SONG = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
FALLBACKS = {TITLE: "华文中宋", BODY: "仿宋_GB2312", HEAD: "SimHei", SUB: "楷体_GB2312"}
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_TABLE = Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE, TITLE_LINE, TABLE_LINE = Pt(28), Pt(36), Pt(15)
WIDTH_MM = 210 - 28 - 26
SHORT = 7  # rows
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
}


def render_word(paper: Paper) -> bytes:
    """The bytes of a .docx file.

    Args:
        paper: the finished paper.
    """
    document = docx.Document()
    _page(document)
    _fonts(document)
    notes = Footnotes(document, BODY)
    _title(document, paper.title)
    for block in paper.blocks:
        match block:
            case Heading():
                _heading(document, block)
            case Paragraph():
                _paragraph(document, block, notes)
            case Table():
                _table(document, block)
            case Attachment():
                _attachment(document, block)
    notes.finish()
    document.core_properties.title = UNPRINTABLE.sub("", paper.title).replace("\n", "")
    document.core_properties.author = "tanzhe"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, "right", section)
    _page_number(section.even_page_footer, "left", section)


def _page_number(footer: _Footer, side: Align, section: Section) -> None:
    """— 1 — one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = _ALIGN[side]
    indent = SIZE_4
    if side == "right":
        paragraph.paragraph_format.right_indent = indent
    else:
        paragraph.paragraph_format.left_indent = indent
    _run(paragraph, "— ", SONG, SIZE_4)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = _run(paragraph, "", SONG, SIZE_4)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    _run(paragraph, " —", SONG, SIZE_4)


def _fonts(document: Document) -> None:
    """The body's font for everything, and named substitutes for fonts a machine lacks."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, SIZE_3
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    table = next(
        (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/fontTable")),
        None,
    )
    if table is None:
        return
    root = parse_xml(table.blob)
    for name, other in FALLBACKS.items():
        root.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/></w:font>'
            )
        )
    table._blob = serialize_part_xml(root)


def _run(paragraph: WordParagraph, text: str, font: str, size: Pt, *, bold: bool = False) -> Run:
    run = paragraph.add_run(UNPRINTABLE.sub("", text))
    run.font.name, run.font.size, run.bold = LATIN, size, bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _spaced(paragraph: WordParagraph, line: Pt, *, before: Pt | int = 0) -> WordParagraph:
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.space_before, form.space_after = before, 0
    form.widow_control = True
    return paragraph


def _indent(paragraph: WordParagraph, characters: int = 2) -> None:
    """First-line indent in characters, whatever the font."""
    paragraph.paragraph_format.first_line_indent = SIZE_3 * characters
    mark = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    mark.set(qn("w:firstLineChars"), str(characters * 100))


def _title(document: Document, text: str) -> None:
    paragraph = _spaced(document.add_paragraph(), TITLE_LINE)
    paragraph.alignment = _ALIGN["centre"]
    paragraph.paragraph_format.space_after = LINE
    for number, part in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        _run(paragraph, part, TITLE, SIZE_2)


def _heading(document: Document, block: Heading) -> None:
    paragraph = _spaced(document.add_paragraph(), LINE)
    paragraph.paragraph_format.keep_with_next = True
    _indent(paragraph)
    _run(paragraph, block.text, HEAD if block.level == 1 else SUB, SIZE_3)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(block.level - 1))
    paragraph._p.get_or_add_pPr().append(outline)


def _paragraph(document: Document, block: Paragraph, notes: Footnotes) -> None:
    before = LINE if block.about in ("right", "list") else 0
    paragraph = _spaced(document.add_paragraph(), LINE, before=before)
    if block.about == "right":
        paragraph.alignment = _ALIGN["right"]
        paragraph.paragraph_format.right_indent = SIZE_3 * 4
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        _indent(paragraph)
    # A lead-in does not stay behind alone.
    paragraph.paragraph_format.keep_with_next = block.runs[-1].text.endswith("：")
    size = SIZE_TABLE if block.about == "small" else SIZE_3
    if block.about == "small":
        _spaced(paragraph, TABLE_LINE)
    for one in block.runs:
        _run(paragraph, one.text, BODY, size)
        if one.note:
            notes.add(paragraph, one.note)


def _attachment(document: Document, block: Attachment) -> None:
    paragraph = _spaced(document.add_paragraph(), LINE)
    paragraph.paragraph_format.page_break_before = True
    _run(paragraph, "附件", HEAD, SIZE_3)
    title = _spaced(document.add_paragraph(), TITLE_LINE, before=LINE)
    title.alignment = _ALIGN["centre"]
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_after = LINE
    _run(title, block.title, TITLE, SIZE_2)


def _table(document: Document, block: Table) -> None:
    caption = _spaced(document.add_paragraph(), LINE)
    caption.alignment = _ALIGN["centre"]
    caption.paragraph_format.keep_with_next = True
    _run(caption, block.caption, HEAD, SIZE_4)
    if block.unit:
        unit = _spaced(document.add_paragraph(), TABLE_LINE)
        unit.alignment = _ALIGN["right"]
        unit.paragraph_format.keep_with_next = True
        _run(unit, block.unit, BODY, SIZE_TABLE)
    table = document.add_table(rows=0, cols=len(block.head))
    for column, share in zip(table.columns, block.shares, strict=True):
        column.width = Mm(WIDTH_MM * share / sum(block.shares))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    centred: tuple[Align, ...] = tuple("centre" for _ in block.head)
    _row(table, block.head, block, centred, font=HEAD, keep=True)
    _repeat_header(table)
    for number, cells in enumerate(block.rows, 1):
        last = number == len(block.rows)
        # A short table stays on one page; a long one breaks, but leaves no row alone.
        keep = not last and (len(block.rows) <= SHORT or number in (1, len(block.rows) - 1))
        font = HEAD if last and block.bold_last else BODY
        _row(table, cells, block, block.align, font=font, keep=keep)
    _spaced(document.add_paragraph(), Pt(10))


def _row(
    table: WordTable,
    cells: tuple[str, ...],
    block: Table,
    align: tuple[Align, ...],
    *,
    font: str,
    keep: bool,
) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    unbroken = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unbroken)
    for cell, text, side, share in zip(row.cells, cells, align, block.shares, strict=True):
        cell.width = Mm(WIDTH_MM * share / sum(block.shares))
        _fill(cell, text, side, font, keep=keep)


def _fill(cell: _Cell, text: str, side: Align, font: str, *, keep: bool) -> None:
    paragraph = _spaced(cell.paragraphs[0], TABLE_LINE)
    paragraph.alignment = _ALIGN[side]
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    for number, part in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        _run(paragraph, part, font, SIZE_TABLE)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _repeat_header(table: WordTable) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
