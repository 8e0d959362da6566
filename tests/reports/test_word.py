"""The Word report: opens, says what Markdown says, is set as an official document, stays safe."""

import io
import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.made import yunnan
from reports.made_products import midterm
from reports.reading import collected
from tanzhe.api.files.forms import write
from tanzhe.cli.main import cli
from tanzhe.errors import InputError, Language
from tanzhe.reports import render
from tanzhe.reports.forms.word import _address
from tanzhe.reports.pages.blocks import Run

JOINER = "\u2060"
FOUND = yunnan()


def opened(register: str, language: Language) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(FOUND, register, "docx", language)))


def said(document: docx.document.Document) -> str:
    texts = document.element.body.iter(qn("w:p"))
    lines = ("".join(t.text or "" for t in one.iter(qn("w:t"))) for one in texts)
    return "\n".join(lines).replace(JOINER, "").replace("\u202f", " ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_holds_every_fact_of_the_markdown(language: Language) -> None:
    document = opened("plain", language)
    text = said(document)
    markdown = render(FOUND, "plain", "md", language)
    for what, found in collected(re.sub(r"\]\(http[^)]+\)", "]", markdown)).items():
        if what != "addresses":
            assert found <= collected(text)[what], what
    links = {r.target_ref for r in document.part.rels.values() if r.is_external}
    assert links == set(re.findall(r"\]\((https?:[^)]+)\)", markdown))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", text)


def test_it_is_set_as_an_official_document_and_gives_the_same_bytes() -> None:
    raw = render(FOUND, "brief", "docx", "zh")
    assert raw == render(FOUND, "brief", "docx", "zh")
    document = docx.Document(io.BytesIO(raw))
    page = document.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(one.mm) for one in sides] == [37, 35, 28, 26]
    title = document.paragraphs[0].runs[0]
    assert title.font.size == Pt(22)
    assert title._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    body = next(one for one in document.paragraphs if one.text.startswith("把握是"))
    assert (body.runs[0].font.size, body.paragraph_format.line_spacing) == (Pt(16), Pt(28))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblBorders")).find(qn("w:top")).get(qn("w:sz")) == "12"
    assert "PAGE" in page.footer.paragraphs[0]._p.xml


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://[::1",
        "https://",
        "http://a/" + "x" * 3000,
    ],
)
def test_what_is_no_address_of_the_web_is_text(url: str) -> None:
    assert _address(Run(text="x", url=url)) is None


def test_a_word_file_is_never_sent_to_the_terminal(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["report", "云南", "工业", "--format", "docx"])
    assert isinstance(done.exception, InputError)
    assert "--out" in str(done.exception)
    assert done.stdout == ""


def test_the_date_below_a_text_has_no_page_alone() -> None:
    written = write(midterm(), "docx", "en").content
    paragraphs = docx.Document(io.BytesIO(written)).paragraphs
    (date,) = (at for at, one in enumerate(paragraphs) if one.text == "30 November 2026")
    assert paragraphs[date - 1].paragraph_format.keep_with_next
