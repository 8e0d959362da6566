"""A file that unfolds, hangs or ends its reader costs that file only."""

import io
import os
import random
import time
import zipfile
import zlib
from pathlib import Path

import docx
import pytest

from tanzhe import child
from tanzhe.audits.lines.source import report_lines
from tanzhe.child import in_child
from tanzhe.errors import InputError, NoText, TanzheError
from tanzhe.text import MEDIA_TYPES, read_bytes, read_document

PDF, DOCX = MEDIA_TYPES[".pdf"], MEDIA_TYPES[".docx"]
WORDS = b"BT /F1 12 Tf 10 700 Td (Power was curtailed in Yunnan in May 2021) Tj "


def pdf(drawn: bytes) -> bytes:
    """A page on which something is drawn."""
    packed = zlib.compress(drawn, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return out + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, start)
    )


def word(paragraphs: int, letters: int = 0) -> bytes:
    """A Word file of equal paragraphs, which packed is small; or each of letters by chance."""
    chance = random.Random(1)
    held, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(held)
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            raw = source.read(info)
            if info.filename == "word/document.xml":
                one = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
                drawn = (chance.randbytes(letters // 2).hex().encode() for _ in range(paragraphs))
                more = b"".join(one % own for own in drawn) if letters else one % b"a" * paragraphs
                raw = raw.replace(b"<w:sectPr", more + b"<w:sectPr", 1)
            target.writestr(info.filename, raw)
    return out.getvalue()


def test_a_sound_file_is_read_and_its_errors_come_through() -> None:
    assert "Yunnan" in read_bytes(pdf(WORDS + b"ET"), PDF, "a.pdf").text
    with pytest.raises(NoText, match="扫描"):
        read_bytes(pdf(b"q Q"), PDF, "scan.pdf")
    with pytest.raises(InputError, match="密码"):
        read_bytes(b"%PDF-1.7 nothing", PDF, "broken.pdf")


@pytest.mark.skipif(os.name != "posix", reason="the system limits no memory")
def test_bombs_are_refused_and_the_next_file_is_read(tmp_path: Path) -> None:
    bomb = pdf(WORDS + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 4_000_000 + b"ET")
    assert len(bomb) < 1_000_000
    with pytest.raises(TanzheError, match=r"(?s)没有读成.*not read"):
        read_bytes(bomb, PDF, "bomb.pdf")
    (tmp_path / "bomb.docx").write_bytes(word(8_000_000))
    assert (tmp_path / "bomb.docx").stat().st_size < 1_000_000
    with pytest.raises(InputError, match=r"(?s)bomb.docx.*展开后过大.*beyond the limit"):
        report_lines(tmp_path / "bomb.docx")
    with pytest.raises(InputError, match=r"(?s)bomb.docx.*展开后过大.*beyond the limit"):
        read_document(tmp_path / "bomb.docx")
    assert "Yunnan" in read_bytes(pdf(WORDS + b"ET"), PDF, "a.pdf").text


def test_what_hangs_or_ends_by_itself_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    in_child(time.sleep, 0, where="warm")
    monkeypatch.setattr(child, "PATIENCE", 0.5)
    begun = time.monotonic()
    with pytest.raises(InputError, match="用时"):
        in_child(time.sleep, 60, where="slow.pdf")
    assert time.monotonic() - begun < 30
    monkeypatch.setattr(child, "PATIENCE", 60)
    with pytest.raises(InputError, match="没有读成"):
        in_child(os._exit, 3, where="dead.pdf")
    assert in_child(abs, -5, where="next") == 5


def test_a_large_word_file_is_read_whole() -> None:
    assert len(read_bytes(word(9_000, 998), DOCX, "long.docx").text) == 8_990_999
