"""A Word file of names and texts that someone chose to do harm: text, and nothing else."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.test_injection import HOSTILE, found_with
from tanzhe.errors import Language
from tanzhe.reports import render

# Formulas of workbooks, fields of Word, signs that turn the direction of text, broken signs.
CHOSEN = [
    *HOSTILE,
    '=cmd|" /C calc"!A1',
    '=HYPERLINK("http://evil.example","看")',
    "+1+cmd|A0",
    "@SUM(1)",
    '{ INCLUDETEXT "C:\\\\secret.txt" }',
    "\u202d左\u2066中\u2069右\u2067\ufeff",
    "</w:t></w:r><w:fldSimple w:instr='DDEAUTO c calc'/>",
    "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "名\ud800".encode("utf-8", "replace").decode(),
    "长" * 400,
]
TURNING = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
FIELDS = {"w:fldSimple", "w:instrText", "w:object", "w:altChunk", "w:subDoc"}


def checked(text: str, register: str, language: Language) -> None:
    raw = render(found_with(text), register, "docx", language)
    assert isinstance(raw, bytes)
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert not any("vba" in name or "embeddings" in name for name in packed.namelist())
    document = docx.Document(io.BytesIO(raw))
    body = document.element.body
    # The number of the page is the one field, and it stands in the foot.
    assert not [tag for tag in FIELDS for _ in body.iter(qn(tag))]
    told = "".join(one.text or "" for one in body.iter(qn("w:t")))
    assert not TURNING.search(told)
    outside = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert all(one.startswith("https://example.org/") for one in outside)


@pytest.mark.parametrize("text", CHOSEN, ids=range(len(CHOSEN)))
def test_chosen_names_are_text_in_word(text: str) -> None:
    checked(text, "formal", "zh")


@pytest.mark.parametrize("register", ["raw", "plain", "brief"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_worst_of_them_in_every_register(register: str, language: Language) -> None:
    checked("\u202e=cmd|'/C calc'!A1</w:t><b>", register, language)


@settings(max_examples=15)
@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip()))
def test_any_name_gives_a_file_that_opens(text: str) -> None:
    checked(text, "brief", "zh")
