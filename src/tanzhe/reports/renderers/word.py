"""Word: the report in the form of an official document, its pictures inside."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from unicodedata import east_asian_width
from urllib.parse import quote, urlsplit

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from tanzhe.reports import official
from tanzhe.reports.charts import drawing
from tanzhe.reports.charts.picture import picture
from tanzhe.reports.marked import Line, Part, Run, number_columns, plain, read_parts
from tanzhe.reports.official import ALIGN, BODY, HEAD, LINE, SIZE_3, SIZE_5, SUB, WIDTH_MM
from tanzhe.reports.page import Page
from tanzhe.reports.vocabulary import label

# Word refuses to open a file with a longer address.
LONGEST_ADDRESS = 2000
LINK = RGBColor(0x05, 0x63, 0xC1)
# WORD JOINER: a number keeps its unit. (Word's own sign, U+200D, does not hold in LibreOffice.)
JOINER = "\u2060"
# Widths of a table are counted in Latin letters of 五号, of which a line holds this many.
LETTERS = Mm(WIDTH_MM) / SIZE_5 * 2
MARGINS = 4  # of a cell, in letters
_AMOUNT = re.compile(r"(?<=\d)(?=[万亿%年月日倍次个项件份期吨])|(?<=[万亿])(?=吨)")


class Setting(NamedTuple):
    """How lines of text are set: the size of letters and the height of a line."""

    size: Length
    line: Length


TEXT = Setting(SIZE_3, LINE)
ANNEX = Setting(Pt(12), Pt(20))
NOTES = Setting(SIZE_5, Pt(16))


def render(page: Page) -> bytes:
    """The report as the bytes of a .docx file."""
    parts = read_parts(page.markdown)
    title = next(plain(part.line) for part in parts if part.kind == "heading")
    writer = _Writer(page)
    for part in parts:
        if part.kind != "note":
            writer.write(part)
    writer.write_notes([part for part in parts if part.kind == "note"])
    made = datetime.fromisoformat(page.findings.manifest.created)
    return official.saved(writer.document, title, made)


class _Writer:
    """A document in the making."""

    def __init__(self, page: Page) -> None:
        self.document: Document = official.new_document()
        self._page = page
        self._latin = page.language == "en"
        self._setting = TEXT
        self._figures = 0
        self._opening = False

    def write(self, part: Part) -> None:
        if part.kind == "heading":
            self._heading(part)
        elif part.kind == "paragraph":
            self._paragraph(part.line, opening=self._opening)
        elif part.kind == "list":
            self._list(part, 0)
        elif part.kind == "table":
            self._table(part.rows)
        else:
            self._figure(part)
        self._opening = part.kind == "heading" and part.level == 1

    def write_notes(self, notes: Sequence[Part]) -> None:
        """The notes as a numbered list; each mark in the text leads here."""
        if not notes:
            return
        name = label("page", "notes", self._page.language)
        official.add_heading(self.document, name, 1, latin=self._latin)
        self._setting = NOTES
        for note in notes:
            paragraph = self._paragraph(note.line, lead=f"[{note.level}] ")
            paragraph.paragraph_format.first_line_indent = 0
            _bookmark(paragraph, f"note_{note.level}", note.level)

    def _heading(self, part: Part) -> None:
        text = plain(part.line)
        if part.level == 1:
            official.add_title(self.document, text, latin=self._latin)
            return
        official.add_heading(self.document, text, part.level - 1, latin=self._latin)
        if text == label("page", "annex", self._page.language):
            self._setting = ANNEX

    def _paragraph(
        self, line: Line, *, lead: str = "", depth: int = 0, opening: bool = False
    ) -> Paragraph:
        size, height = self._setting
        paragraph = official.spaced(self.document.add_paragraph(), height)
        form = paragraph.paragraph_format
        if opening:  # of what, from when to when, by whom
            paragraph.alignment = ALIGN["centre"]
            form.space_after = Pt(14)
            self._line(paragraph, line, ANNEX.size, font=SUB)
            return paragraph
        # Latin words and addresses do not divide: full lines would tear them apart.
        even = self._page.language == "zh" and not any(run.url for run in line)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if even else ALIGN["left"]
        official.indent(paragraph, size=size)
        if depth:
            form.left_indent = Length(size * 2 * depth)
        form.keep_with_next = plain(line).endswith(("：", ":"))
        if self._setting is not TEXT:
            official.off_grid(paragraph)
        if lead:
            official.add_run(paragraph, lead, BODY, size)
        self._line(paragraph, line, size)
        return paragraph

    def _list(self, part: Part, depth: int) -> None:
        for number, item in enumerate(part.parts, 1):
            mark = f"{number}. " if part.ordered else "• "
            paragraph = self._paragraph(item.line, lead=mark, depth=depth)
            if item.parts:
                paragraph.paragraph_format.keep_with_next = True
            for one in item.parts:
                if one.kind == "list":
                    self._list(one, depth + 1)
                elif one.kind == "paragraph":
                    self._paragraph(one.line, depth=depth)
                else:
                    self.write(one)

    def _line(
        self,
        paragraph: Paragraph,
        line: Line,
        size: Length,
        *,
        font: str = BODY,
        whole: bool = True,
    ) -> None:
        for run in line:
            if run.note is not None:
                mark = official.add_run(paragraph, f"[{run.note}]", BODY, size)
                mark.font.superscript = True
                _link(paragraph, mark, "w:anchor", f"note_{run.note}")
                continue
            text = _AMOUNT.sub(JOINER, run.text) if whole else run.text
            written = official.add_run(paragraph, text, font, size, bold=run.bold)
            if address := _address(run):
                written.font.color.rgb, written.font.underline = LINK, True
                part = self.document.part
                key = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
                _link(paragraph, written, "r:id", key)

    def _table(self, rows: Sequence[Sequence[Line]]) -> None:
        right, needs = number_columns(rows), _needs(rows)

        def fill(paragraph: Paragraph, row: int, column: int) -> None:
            # A cell may be copied to a workbook: no sign that is not seen.
            font = HEAD if row == 0 else BODY
            self._line(paragraph, rows[row][column], SIZE_5, font=font, whole=False)

        official.add_table(
            self.document,
            rows=len(rows),
            shares=_shares(needs),
            align=["right" if one else "left" for one in right],
            fill=fill,
            whole=sum(needs) <= LETTERS,
        )

    def _figure(self, part: Part) -> None:
        language = self._page.language
        title = plain(part.line)
        drawn = drawing(part.about, self._page.findings, title=title, language=language)
        image = picture(drawn.wide, inches=Mm(WIDTH_MM).inches)
        gap, stop = ("　", "") if language == "zh" else (" ", ".")
        self._figures += 1
        number = (
            f"{label('page', 'figure', language)}{gap if stop else ''}{self._figures}{stop}{gap}"
        )
        if image is not None:
            held = self.document.add_paragraph()
            held.paragraph_format.keep_with_next = True
            held.paragraph_format.space_after = 0
            shape = held.add_run().add_picture(io.BytesIO(image), width=Mm(WIDTH_MM))
            shape._inline.docPr.set("descr", official.printable(f"{title}{gap}{drawn.key}"))
        caption = self._small(number + title, HEAD)
        caption.paragraph_format.keep_with_next = True
        key = drawn.key if image is not None else label("page", "undrawn", language)
        self._small(key, BODY).paragraph_format.space_after = Pt(10)

    def _small(self, text: str, font: str) -> Paragraph:
        paragraph = official.spaced(self.document.add_paragraph(), official.SMALL_LINE)
        official.off_grid(paragraph)
        paragraph.alignment = ALIGN["centre"]
        official.add_run(paragraph, text, font, SIZE_5)
        return paragraph


def _needs(rows: Sequence[Sequence[Line]]) -> list[float]:
    """How many letters the longest cell of each column has."""
    return [
        max(sum(_letters(run.text) for run in row[at]) for row in rows) + MARGINS
        for at in range(len(rows[0]))
    ]


def _shares(needs: Sequence[float]) -> list[float]:
    """Widths of columns in letters: short ones whole, long ones share what is left."""
    left, widths = LETTERS, [0.0] * len(needs)
    for place, at in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        widths[at] = min(needs[at], left / (len(needs) - place))
        left -= widths[at]
    return widths


def _letters(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


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


def _link(paragraph: Paragraph, run: WordRun, kind: str, target: str) -> None:
    """Let the last run of a paragraph lead somewhere."""
    link = OxmlElement("w:hyperlink")
    link.set(qn(kind), target)
    paragraph._p.append(link)
    link.append(run._r)


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph._p.append(end)
