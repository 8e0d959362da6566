"""Word: the page in the form of an official document, its pictures inside."""

import io
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from tanzhe.reports.charts.picture import picture
from tanzhe.reports.forms import official
from tanzhe.reports.forms.captions import Captions
from tanzhe.reports.forms.official import ALIGN, BODY, HEAD, LINE, SIZE_3, SIZE_5, SUB, WIDTH_MM
from tanzhe.reports.forms.typography import (
    JOINER,
    fits,
    is_unbroken,
    kept,
    scale,
    scripts,
    shares,
    title_lines,
)
from tanzhe.reports.pages.blocks import (
    Annex,
    Block,
    Figure,
    Footnote,
    Heading,
    Line,
    Listing,
    Paragraph,
    Run,
    Table,
    flat,
    plain,
)
from tanzhe.reports.pages.page import Page
from tanzhe.reports.words.vocabulary import label

FORM = {
    "name": "docx",
    "suffix": ".docx",
    "media": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "is_text": False,
}

# Word refuses to open a file with a longer address.
LONGEST_ADDRESS = 2000
LINK = RGBColor(0x05, 0x63, 0xC1)
# Widths of a table are counted in Latin letters of 五号, of which a line holds this many.
LETTERS = Mm(WIDTH_MM) / SIZE_5 * 2
TITLE_LETTERS = 40
_CENTRE = ALIGN["centre"]


class Setting(NamedTuple):
    """How lines of text are set: the size of letters and the height of a line."""

    size: Length
    line: Length


TEXT = Setting(SIZE_3, LINE)
ANNEX = Setting(Pt(12), Pt(20))
NOTES = Setting(SIZE_5, Pt(16))


def render(page: Page) -> bytes:
    """The page as the bytes of a .docx file."""
    writer = _Writer(page)
    for block in page.blocks:
        if not isinstance(block, Footnote):
            writer.write(block)
    writer.write_notes([block for block in page.blocks if isinstance(block, Footnote)])
    return official.saved(writer.document, flat(page.title), page.moment)


class _Writer:
    """A document in the making.

    Long because each kind of block of a page has its method.
    """

    def __init__(self, page: Page) -> None:
        self.document: Document = official.new_document()
        self._page = page
        self._latin = page.language == "en"
        self._setting = TEXT
        self._captions = Captions(page)
        self._opening = False

    def write(self, block: Block) -> None:
        """One block at the end of the document."""
        match block:
            case Heading():
                self._heading(block)
            case Annex():
                official.add_heading(self.document, block.title, 1, latin=self._latin)
                self.document.paragraphs[-1].paragraph_format.page_break_before = True
                self._setting = ANNEX
            case Paragraph():
                written = self._paragraph(block.line, opening=self._opening, role=block.role)
                self._remark(written, block.remarks)
            case Listing():
                self._list(block, 0)
            case Table():
                self._table(block)
            case Figure():
                self._figure(block)
        self._captions.pass_by(block)
        self._opening = isinstance(block, Heading) and block.level == 1

    def write_notes(self, notes: Sequence[Footnote]) -> None:
        """The notes as a numbered list; each mark in the text leads here."""
        if not notes:
            return
        name = label("page", "notes", self._page.language)
        official.add_heading(self.document, name, 1, latin=self._latin)
        self._setting = NOTES
        for note in notes:
            paragraph = self._paragraph(note.line, lead=f"[{note.number}] ")
            paragraph.paragraph_format.first_line_indent = 0
            _bookmark(paragraph, f"note_{note.number}", note.number)

    def _remark(self, paragraph: WordParagraph, remarks: Sequence[str]) -> None:
        """Comments in the margin, on all words of a paragraph."""
        for one in remarks:
            if not paragraph.runs:
                official.add_run(paragraph, "\u3000", BODY, self._setting.size)
            name = label("page", "product", self._page.language)
            comment = self.document.add_comment(
                paragraph.runs, official.printable(one), author=name, initials=name[:1]
            )
            # The clock is no part of an audit: the same result gives the same bytes.
            comment._comment_elm.attrib.pop(qn("w:date"), None)

    def _heading(self, block: Heading) -> None:
        if block.level == 1:
            text = kept(title_lines(plain(block.line), TITLE_LETTERS))
            official.add_title(self.document, text, latin=self._latin)
            return
        text = kept(plain(block.line))
        official.add_heading(self.document, text, block.level - 1, latin=self._latin)

    def _paragraph(
        self, line: Line, *, lead: str = "", depth: int = 0, opening: bool = False,
        role: str = "body",
    ) -> WordParagraph:  # fmt: skip
        size, height = NOTES if role == "small" else self._setting
        paragraph = official.spaced(self.document.add_paragraph(), height)
        form = paragraph.paragraph_format
        if opening:  # of what, from when to when, by whom
            paragraph.alignment = _CENTRE
            form.space_after = Pt(14)
            self._line(paragraph, line, ANNEX.size, font=SUB)
            return paragraph
        # Latin words and addresses do not divide: full lines would tear them apart.
        even = not self._latin and not any(run.url or is_unbroken(run.text) for run in line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if even else ALIGN["left"]
        official.indent(paragraph, size=size)
        if depth or role == "quote":
            form.left_indent = Length(size * 2 * max(depth, 1))
        form.keep_with_next = plain(line).endswith(("：", ":"))
        if self._setting is not TEXT or role == "small":
            official.off_grid(paragraph)
        if role == "right":
            paragraph.alignment = ALIGN["right"]
            form.right_indent, form.space_before = Length(size * 4), LINE
            form.keep_with_next = True  # who signs does not stand apart from the day
            before = paragraph._p.getprevious()
            if before is not None and before.tag == paragraph._p.tag:  # nor both on a page alone
                WordParagraph(before, self.document).paragraph_format.keep_with_next = True
        if lead:
            official.add_run(paragraph, lead, BODY, size)
        self._line(paragraph, line, size, font=SUB if role == "quote" else BODY)
        return paragraph

    def _list(self, block: Listing, depth: int) -> None:
        for number, item in enumerate(block.items, 1):
            mark = f"{number}. " if block.ordered else "• "
            paragraph = self._paragraph(item.line, lead=mark, depth=depth)
            if item.blocks:
                paragraph.paragraph_format.keep_with_next = True
            for one in item.blocks:
                if isinstance(one, Listing):
                    self._list(one, depth + 1)
                elif isinstance(one, Paragraph):
                    self._paragraph(one.line, depth=depth)
                else:
                    self.write(one)

    def _line(
        self,
        paragraph: WordParagraph,
        line: Line,
        size: Length,
        *,
        font: str = BODY,
        strong: bool = False,
        whole: bool = True,
    ) -> None:
        for run in line:
            if run.note is not None:
                mark = official.add_run(paragraph, f"[{run.note}]", BODY, size)
                mark.font.superscript = True
                _link(paragraph, mark, "w:anchor", f"note_{run.note}")
                continue
            address = _address(run)
            text = kept(run.text) if whole and not address else run.text
            for piece, script in [(text, "")] if address else scripts(text):
                bold = run.bold or strong
                whole_piece = f"{JOINER}{piece}" if script else piece  # CO₂ is one word
                written = official.add_run(paragraph, whole_piece, font, size, bold=bold)
                if script:
                    setattr(written.font, f"{script}script", True)
                if address:
                    written.font.color.rgb, written.font.underline = LINK, True
                    part = self.document.part
                    key = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                    _link(paragraph, written, "r:id", key)

    def _table(self, block: Table) -> None:
        caption = self._small(self._captions.of_table(block), HEAD)
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(4)
        if block.unit:
            unit = self._small(block.unit, BODY)
            unit.alignment = ALIGN["right"]
            unit.paragraph_format.keep_with_next = True
        rows = (block.head, *block.rows)
        part = scale(block, LETTERS)
        size = Length(round(SIZE_5 * part))

        def fill(paragraph: WordParagraph, row: int, column: int) -> None:
            last = block.total and row == len(rows) - 1
            font = HEAD if row == 0 or last else BODY
            # A bare number may be copied to a workbook: no sign in it that is not seen.
            words = block.sides[column] != "right" or " " in plain(rows[row][column])
            self._line(paragraph, rows[row][column], size, font=font, whole=words,
                       strong=last and self._latin)  # fmt: skip

        official.add_table(
            self.document,
            rows=len(rows),
            shares=shares(block, LETTERS / part),
            align=block.sides,
            fill=fill,
            whole=fits(block, LETTERS),
        )

    def _figure(self, block: Figure) -> None:
        drawn = block.drawing
        image = picture(drawn.wide, inches=Mm(WIDTH_MM).inches)
        if image is not None:
            shown = self.document.add_paragraph()
            shown.paragraph_format.keep_with_next = True
            shown.paragraph_format.space_after = 0
            shape = shown.add_run().add_picture(io.BytesIO(image), width=Mm(WIDTH_MM))
            words = f"{plain(block.title)} {drawn.key}"
            shape._inline.docPr.set("descr", official.printable(words))
        caption = self._small(self._captions.of_figure(block), HEAD)
        caption.paragraph_format.keep_with_next = True
        key = drawn.key if image is not None else label("page", "undrawn", self._page.language)
        self._small(key, BODY).paragraph_format.space_after = Pt(10)

    def _small(self, text: str, font: str) -> WordParagraph:
        paragraph = official.spaced(self.document.add_paragraph(), official.SMALL_LINE)
        official.off_grid(paragraph)
        paragraph.alignment = _CENTRE
        self._line(paragraph, (Run(text=text),), SIZE_5, font=font)
        return paragraph


def _address(run: Run) -> str | None:
    """The address of a run as an office file may hold it."""
    if run.address is None:
        return None
    address = quote(run.address, safe="%/:?#[]@!$&'()*+,;=~")
    try:
        named = bool(urlsplit(address).hostname)
    except ValueError:
        return None
    return address if named and len(address) <= LONGEST_ADDRESS else None


def _link(paragraph: WordParagraph, run: WordRun, kind: str, target: str) -> None:
    """Let the last run of a paragraph lead somewhere."""
    link = OxmlElement("w:hyperlink")
    link.set(qn(kind), target)
    paragraph._p.append(link)
    link.append(run._r)


def _bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph._p.append(end)
