"""Every product in every form and language: the same facts, nothing active, nothing outside."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn

from reports.made_products import MAKERS, assessed, audited, made, text_of
from tanzhe.api.files.forms import FORMS, Written, form_of, save, write
from tanzhe.errors import InputError, Language
from tanzhe.reports.facts.tree import Fact
from tanzhe.reports.forms.annextables import said_facts
from tanzhe.reports.pages.page import Page
from tanzhe.reports.products import PRODUCTS, page_of
from tanzhe.reports.words.escape import one_line, unescaped

LANGUAGES: tuple[Language, ...] = ("zh", "en")
# Signs that only hold words together, and those that a form breaks lines with.
LOOSE = re.compile(r"[\s\u2060\u00a0\u200b\ufffe\u0002-]+")
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x0b\x0c\x0e-\x1f]")


def bare(text: str) -> str:
    """Letters and digits in their order: what a form may not lose."""
    return LOOSE.sub("", text.replace("₂", "2"))


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
        # A sentence goes on below the number of its page.
        text = "\n".join(re.sub(r"\s*— ?\d+ ?—\s*$", "", one) for one in pages)
        return text.replace("\x02", "-")  # a stroke at the end of a line
    finally:
        document.close()


def docx_text(content: bytes) -> str:
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(one.text or "" for one in body.iter(qn("w:t")))


def xlsx_cells(content: bytes) -> Iterator[object]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                yield cell.value


def formulas(content: bytes) -> list[object]:
    """The formulas of a workbook."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [cell.value for cell in cells if cell.data_type == "f"]


def text_in(form: str, written: Written) -> str:
    """What a reader of the file sees."""
    if form == "pdf":
        return pdf_text(written.content)
    if form == "docx":
        return docx_text(written.content)
    if form == "xlsx":
        return " ".join(str(value) for value in xlsx_cells(written.content))
    if form == "frictionless":
        with zipfile.ZipFile(io.BytesIO(written.content)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())
    text = written.content.decode()
    if form == "html":
        import html

        return html.unescape(
            re.sub(r"<(?:style|svg).*?</(?:style|svg)>|<[^>]+>", "", text, flags=re.S)
        )
    return unescaped(text) if form == "md" else text


def unsaid(page: Page, text: str) -> list[Fact]:
    """Facts of the page whose words are not in a text."""
    there = bare(text)
    long = {one.id: one.said(page.language, full=True) for one in page.facts}
    return [
        one
        for one in said_facts(page)
        if bare(one_line(one.said(page.language))).casefold() not in there.casefold()
        and bare(one_line(long[one.id])).casefold() not in there.casefold()
    ]


def test_every_product_is_tried() -> None:
    assert set(MAKERS) == set(PRODUCTS)


@pytest.mark.parametrize("name", MAKERS)
def test_both_languages_say_the_same_facts(name: str) -> None:
    zh, en = (page_of(made(name), language) for language in LANGUAGES)
    keys = [{(f.kind, f.value, f.unit) for f in said_facts(page)} for page in (zh, en)]
    assert keys[0] == keys[1]
    assert len(keys[0]) > 0
    assert [t.rows for t in zh.tables] == [t.rows for t in en.tables]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("json", "csv", "iamc")])
@pytest.mark.parametrize("name", MAKERS)
def test_a_form_says_every_fact_of_the_page(name: str, form: str) -> None:
    if form == "pdf":
        pytest.importorskip("typst")
    for language in LANGUAGES:
        page = page_of(made(name), language)
        if form == "xlsx" and page.workbook is not None:
            continue  # of formulas, tested with the parks
        written = write(made(name), form, language)
        text = text_in(form, written)
        assert unsaid(page, text) == []
        assert not UNSEEN.search(text)


@pytest.mark.parametrize("name", MAKERS)
def test_programs_read_the_tables(name: str) -> None:
    page = page_of(made(name))
    rows = list(csv.reader(io.StringIO(write(made(name), "csv").content.decode("utf-8-sig"))))
    assert rows[0] == [column.name for column in page.tables[0].columns]
    assert len(rows) == 1 + len(page.tables[0].rows)
    assert json.loads(write(made(name), "json").content)
    with zipfile.ZipFile(io.BytesIO(write(made(name), "frictionless").content)) as package:
        described = json.loads(package.read("datapackage.json"))
        for one in described["resources"]:
            held = list(csv.reader(io.StringIO(package.read(one["path"]).decode())))
            assert held[0] == [field["name"] for field in one["schema"]["fields"]]
    if page.values:
        told = list(csv.reader(io.StringIO(write(made(name), "iamc").content.decode())))
        assert told[0] == ["Model", "Scenario", "Region", "Variable", "Unit", "Year", "Value"]
        assert [float(row[-1]) for row in told[1:]] == [one.value for one in page.values]
    else:
        with pytest.raises(InputError, match="whole years"):
            write(made(name), "iamc")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAKERS)
def test_each_number_of_a_web_page_leads_to_its_fact_and_row(name: str, language: Language) -> None:
    text = write(made(name), "html", language).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    inside = re.findall(r'href="#([^"]+)"', text)
    assert set(inside) <= set(ids)
    page = page_of(made(name), language)
    numbers = {f"f-{fact.id}" for fact in said_facts(page) if fact.kind in ("number", "date")}
    assert numbers <= set(ids)
    placed = [fact for fact in said_facts(page) if fact.id in page.places]
    assert {page.places[one.id].row for one in placed} - {""} <= set(ids)


HOSTILE = [
    "<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "| a | b |",
    "# 大标题",
    "](javascript:alert(1))",
    '#import "x.typ"',
    '"; panic("x") ; "',
    "$ x $ *b* _i_ @ref <label>",
    "\u202e反\u202c\u200b\x07",
    "\ue000n1\ue001９９\ue002",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_others_are_only_words(text: str) -> None:
    results = (assessed(name=text), audited(text_of(name=text, title=f"贵州工业{text}")))
    plain = (assessed(name="甲"), audited(text_of(name="甲", title="贵州工业甲")))
    for result, other in zip(results, plain, strict=True):
        page = write(result, "html").content.decode()
        assert "<script" not in page and "javascript:" not in re.sub(r">[^<]*<", "><", page)
        for cell in csv.reader(io.StringIO(write(result, "csv").content.decode("utf-8-sig"))):
            assert not [c for c in cell if re.match(r"[=+@\t\r]|-(?![\d.]+$)", c)]
        ours = formulas(write(other, "xlsx", "en").content)
        assert formulas(write(result, "xlsx", "en").content) == ours
        for form in ("md", "docx", "txt"):
            told = text_in(form, write(result, form, "en"))
            assert not UNSEEN.search(told)
            assert bare(one_line(text)) in bare(told)
        markdown = write(result, "md", "en").content.decode()
        assert len(re.findall(r"^# ", markdown, re.M)) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_markup_in_a_pdf(text: str) -> None:
    pytest.importorskip("typst")
    told = pdf_text(write(assessed(name=f"甲{text}乙"), "pdf", "en").content)
    assert bare(one_line(f"甲{text}乙")) in bare(told)


def test_the_same_result_gives_the_same_bytes() -> None:
    for form in ("docx", "xlsx", "html", "frictionless"):
        assert write(made("Audit"), form) == write(made("Audit"), form)


def test_a_file_says_its_form_by_its_ending(tmp_path) -> None:
    from pathlib import Path

    assert form_of(Path("a.iamc.csv")).name == "iamc"
    assert form_of(Path("甘肃.DOCX")).name == "docx"
    assert form_of(Path("a.htm")).name == "html"
    assert form_of(Path("a.doc")) is None
    written = save(made("PeakStatus"), tmp_path / "a.md", "en")
    assert "peaked?" in written.read_text(encoding="utf-8")
    assert made("PeakStatus").save(tmp_path / "b.csv").stat().st_size > 0
    with pytest.raises(InputError, match=r"\.docx"):
        save(made("PeakStatus"), tmp_path / "a.doc")
    with pytest.raises(InputError, match="Findings"):
        write(object(), "md")
