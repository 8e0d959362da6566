"""Real footnotes of a Word file, which python-docx does not write."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tanzhe.parks.office.template import UNPRINTABLE

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SMALL = "21"  # half points: 五号
_RULES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r>'
    "<w:continuationSeparator/></w:r></w:p></w:footnote>"
)


class Footnotes:
    """The footnotes of one document, numbered from 1."""

    def __init__(self, document: Document, font: str) -> None:
        self._document = document
        self._font = font
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}>{_RULES}</w:footnotes>")
        self._count = 0
        style = document.styles.add_style("FootnoteText", WD_STYLE_TYPE.PARAGRAPH)
        style.font.size = Pt(int(_SMALL) / 2)
        style.paragraph_format.space_after = 0

    def add(self, paragraph: Paragraph, text: str) -> None:
        """A mark at the end of a paragraph so far, and its text at the foot of the page."""
        self._count += 1
        mark = (
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{self._count}"/></w:r>'
        )
        paragraph._p.append(parse_xml(mark))
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{self._count}"><w:p><w:pPr>'
            '<w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr>'
            f'<w:vertAlign w:val="superscript"/><w:sz w:val="{_SMALL}"/></w:rPr><w:footnoteRef/>'
            f'</w:r><w:r><w:rPr><w:rFonts w:eastAsia="{self._font}"/><w:sz w:val="{_SMALL}"/>'
            '</w:rPr><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
        )
        next(note.iter(qn("w:t"))).text = f" {UNPRINTABLE.sub('', text)}"
        self._root.append(note)

    def finish(self) -> None:
        """Join the footnotes to the document; once, at the end."""
        if not self._count:
            return
        package = self._document.part.package
        blob = serialize_part_xml(self._root)
        part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
