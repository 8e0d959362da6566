"""What every Word file of ours is made of: the form of GB/T 9704 (党政机关公文格式).

A4; margins 37, 35, 28 and 26 mm; title in 方正小标宋 2号, body in 仿宋 3号 with lines of 28 points;
一、 in 黑体, （一） in 楷体; page numbers — 1 — in 4号, outside. Fonts by name, never embedded.
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import _Footer
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from tanzhe.parks.office.template import UNPRINTABLE

Fill = Callable[[Paragraph, int, int], None]

# The fonts the standard names, and what a machine without them shows instead.
TITLE, BODY, HEAD, SUB, SONG = "方正小标宋简体", "仿宋", "黑体", "楷体", "宋体"
FALLBACKS = {TITLE: "华文中宋", BODY: "仿宋_GB2312", HEAD: "SimHei", SUB: "楷体_GB2312"}
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)
LINE, TITLE_LINE, SMALL_LINE = Pt(28), Pt(36), Pt(15)
WIDTH_MM = 210 - 28 - 26
SHORT = 14  # rows
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
}
# A zip file knows no earlier day; what is written now is not of that day, and says so by it.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
# Eighths of a point: the outer lines of a table, and those between its rows.
_THICK, _THIN = 12, 4


def new_document() -> Document:
    """An empty document with the page, its numbers and the fonts."""
    document = docx.Document()
    _page(document)
    _fonts(document)
    return document


def saved(document: Document, title: str, made: datetime | None = None) -> bytes:
    """The bytes of the file; the same document gives the same bytes.

    Args:
        document: finished.
        title: for its properties.
        made: when its contents were made; None leaves the day of the empty document.
    """
    properties = document.core_properties
    properties.title = printable(title).replace("\n", "")[:255]
    properties.author = "tanzhe"
    if made is not None:
        properties.created = properties.modified = made
    held, fixed = io.BytesIO(), io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _NO_DAY)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def printable(text: str) -> str:
    """Text without what no office file may hold."""
    return UNPRINTABLE.sub("", text)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")


def _page_number(footer: _Footer, side: str) -> None:
    """— 1 — one character in from the outer edge."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = ALIGN[side]
    indent = SIZE_4
    if side == "right":
        paragraph.paragraph_format.right_indent = indent
    else:
        paragraph.paragraph_format.left_indent = indent
    add_run(paragraph, "— ", SONG, SIZE_4)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = add_run(paragraph, "", SONG, SIZE_4)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    add_run(paragraph, " —", SONG, SIZE_4)


def _fonts(document: Document) -> None:
    """The body's font for everything, and named substitutes for fonts a machine lacks."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, SIZE_3
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
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


def add_run(paragraph: Paragraph, text: str, font: str, size: Length, *, bold: bool = False) -> Run:
    """Text at the end of a paragraph; `font` is for Chinese, Latin letters have one font."""
    run = paragraph.add_run(printable(text))
    run.font.name, run.font.size, run.bold = LATIN, size, bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def spaced(paragraph: Paragraph, line: Length, *, before: Length | int = 0) -> Paragraph:
    """A paragraph with lines of an exact height."""
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, line
    form.space_before, form.space_after = before, 0
    form.widow_control = True
    return paragraph


def indent(paragraph: Paragraph, characters: int = 2, size: Length = SIZE_3) -> None:
    """First-line indent in characters, whatever the font."""
    paragraph.paragraph_format.first_line_indent = Length(size * characters)
    mark = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
    mark.set(qn("w:firstLineChars"), str(characters * 100))


def add_title(document: Document, text: str, *, latin: bool = False) -> None:
    """The title above everything; a line break stands where the sense allows one.

    Args:
        document: to add it to.
        text: of the title.
        latin: in Latin letters, which are bold where Chinese ones have a heavier font.
    """
    paragraph = spaced(document.add_paragraph(), TITLE_LINE)
    paragraph.alignment = ALIGN["centre"]
    paragraph.paragraph_format.space_after = LINE
    for number, part in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        add_run(paragraph, part, TITLE, SIZE_2, bold=latin)


def add_heading(document: Document, text: str, level: int, *, latin: bool = False) -> None:
    """一、 in 黑体 for level 1, （一） in 楷体 for 2, bold 仿宋 below; stays with what follows."""
    paragraph = spaced(document.add_paragraph(), LINE)
    paragraph.paragraph_format.keep_with_next = True
    indent(paragraph)
    font = {1: HEAD, 2: SUB}.get(level, BODY)
    add_run(paragraph, text, font, SIZE_3, bold=latin or level > 2)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)


def add_table(
    document: Document,
    *,
    rows: int,
    shares: Sequence[float],
    align: Sequence[str],
    fill: Fill,
    whole: bool = True,
) -> None:
    """A table of 五号 with thick lines above and below, its first row repeated on each page.

    Args:
        document: to add it to.
        rows: how many, the head included.
        shares: widths of the columns in parts of the whole.
        align: left, right or centre of each column; the head is centred.
        fill: writes the cell of a row and a column, counted from 0, into its paragraph.
        whole: whether a short table stays on one page; a long one breaks in any case.
    """
    table = document.add_table(rows=0, cols=len(shares))
    widths = [Mm(WIDTH_MM * share / sum(shares)) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _rule(table)
    for row in range(rows):
        # Where it breaks it leaves no row alone.
        keep = row < rows - 1 and ((whole and rows <= SHORT + 1) or row in (0, 1, rows - 2))
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, cell in enumerate(line.cells):
            cell.width = widths[column]
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = spaced(cell.paragraphs[0], SMALL_LINE)
            off_grid(paragraph)
            paragraph.alignment = ALIGN[align[column] if row else "centre"]
            paragraph.paragraph_format.keep_with_next = keep
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.space_after = Pt(2)
            fill(paragraph, row, column)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    spaced(document.add_paragraph(), Pt(10))


def off_grid(paragraph: Paragraph) -> None:
    """Small lines keep their own height where a page has a grid."""
    mark = parse_xml(f'<w:snapToGrid {nsdecls("w")} w:val="0"/>')
    paragraph._p.get_or_add_pPr().insert_element_before(
        mark, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _rule(table: WordTable) -> None:
    sizes = {"top": _THICK, "bottom": _THICK, "insideH": _THIN}
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in sizes.items()
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
