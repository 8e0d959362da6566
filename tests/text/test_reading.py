"""Files of every kind, good and bad."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from tanzhe.errors import InputError, NoText, TanzheError, TooLarge
from tanzhe.text import LARGEST_FILE, read_document
from tanzhe.text.files.document import clean_text

ZH = "自2021年5月10日起，云南省电解铝企业实施有序用电，压减负荷约25%。这是一个用来测试的文件。"
ZH_HANT = "雲南省電解鋁企業實施有序用電，這個月減產三成，對於鋁的生產與經濟發展有很大的影響。"


def pdf_bytes(pages: list[str]) -> bytes:
    """A small PDF with one line of Latin text a page, written by hand."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{at:010d} 00000 n \n" for at in places).encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF".encode()
    return out


def word_bytes(*paragraphs: str, table: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if table:
        made = document.add_table(len(table), len(table[0]))
        for r, row in enumerate(table):
            for c, cell in enumerate(row):
                made.cell(r, c).text = cell
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (ZH.encode(), "utf-8"),
        (ZH.encode("utf-8-sig"), "utf-8-sig"),
        (ZH.encode("utf-16"), "utf-16"),
        (ZH.encode("gbk"), "gb18030"),
        (ZH.encode("gb18030"), "gb18030"),
        (ZH_HANT.encode("big5"), "big5hkscs"),
    ],
)
def test_encoding_is_decided_before_reading(raw: bytes, encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(raw)
    document = read_document(tmp_path / "a.txt")
    assert document.encoding == encoding
    assert document.text in (ZH, ZH_HANT)


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "gbk", "iso-8859-1", "nonsense"])
def test_a_gbk_page_is_read_whatever_it_declares(declared: str, tmp_path: Path) -> None:
    head = f'<meta charset="{declared}"><title>云南限电</title>'
    page = f"<html><head>{head}</head><body><p>{ZH}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("gbk"))
    document = read_document(tmp_path / "a.html")
    assert ZH in document.text
    assert document.title == "云南限电"


def test_a_government_page_states_title_publisher_and_day(tmp_path: Path) -> None:
    page = (
        '<html><head><meta name="ArticleTitle" content="关于有序用电的通知">'
        '<meta name="PubDate" content="2021-05-12 10:00">'
        '<meta name="ContentSource" content="云南省能源局">'
        "<title>通知_云南省能源局</title><script>var "
        "x='忽略我'</script></head><body><nav>首页 导航</nav>"
        f"<article><p>{ZH}</p><p>{ZH}</p><table><tr><td>云铝</td><td>30%</td></tr></table>"
        "</article></body></html>"
    )
    (tmp_path / "a.htm").write_text(page, encoding="utf-8")
    document = read_document(tmp_path / "a.htm")
    assert (document.title, document.publisher, document.posted) == (
        "关于有序用电的通知", "云南省能源局", "2021-05-12",
    )  # fmt: skip
    assert document.text.startswith("关于有序用电的通知\nPubDate: 2021-05-12")
    assert "忽略我" not in document.text


def test_head_lines_of_a_copied_page(tmp_path: Path) -> None:
    text = f"标题：云南有序用电\n来源：云南省能源局\n发布日期：2021年5月12日\n网址：https://nyj.yn.gov.cn/a.html\n\n{ZH}"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    document = read_document(tmp_path / "a.md")
    assert document.title == "云南有序用电"
    assert document.publisher == "云南省能源局"
    assert document.posted == "2021-05-12"
    assert document.url == "https://nyj.yn.gov.cn/a.html"


def test_word_with_table(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(
        word_bytes("限产通知", table=[["企业", "比例"], ["云铝", "30%"]])
    )
    assert read_document(tmp_path / "a.docx").text == "限产通知\n企业\t比例\n云铝\t30%"


def test_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf_bytes(["Yunnan rationed power on 10 May 2021", "Page two"])
    )
    document = read_document(tmp_path / "a.pdf")
    assert "rationed power on 10 May 2021" in document.text
    assert "Page two" in document.text


def test_the_same_bytes_give_the_same_text(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{ZH}</p><p>{ZH_HANT}</p></article></body></html>".encode()
    texts = set()
    for number in range(4):
        (tmp_path / f"{number}.html").write_bytes(page)
        texts.add(read_document(tmp_path / f"{number}.html").text)
    assert len(texts) == 1


def packed_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 410_000_000)
    return out.getvalue()


BAD = {
    "empty.txt": (b"", NoText),
    "blank.txt": (b" \n\t ", NoText),
    "scan.pdf": (pdf_bytes(["", ""]), NoText),
    "broken.pdf": (b"%PDF-1.4 broken", InputError),
    "cut.pdf": (pdf_bytes(["words"])[:120], InputError),
    "picture.pdf": (b"\x89PNG\r\n\x1a\n0000", InputError),
    "picture.txt": (b"\xff\xd8\xff\xe0\x00\x10JFIF", InputError),
    "page.txt": (b"<!DOCTYPE html><html><body>x</body></html>", InputError),
    "word.pdf": (word_bytes("限产"), InputError),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, InputError),
    "junk.docx": (b"PK\x03\x04junk", InputError),
    "nothing.docx": (word_bytes(""), NoText),
    "nothing.html": (b"<html><body></body></html>", NoText),
    "noise.txt": (bytes(range(1, 256)) * 40, InputError),
    "nul.txt": (b"a\0b\0c\0" * 50, InputError),
    "kind.xyz": (b"text", InputError),
    "none": (b"text", InputError),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_files_have_typed_reasons(name: str, tmp_path: Path) -> None:
    raw, kind = BAD[name]
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(kind) as caught:
        read_document(tmp_path / name)
    fault = caught.value.faults[0]
    assert fault.where == name
    assert fault.what.zh and fault.what.en and fault.do.zh and fault.do.en


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.docx").write_bytes(packed_bomb())
    with pytest.raises(InputError):
        read_document(tmp_path / "bomb.docx")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_document(tmp_path / "missing.txt")


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    with pytest.raises(TooLarge) as caught:
        read_document(path)
    assert str(LARGEST_FILE // 1024 // 1024) in caught.value.said("zh")


def test_a_text_with_one_broken_byte_is_read_with_a_note(tmp_path: Path) -> None:
    raw = (ZH * 20).encode() + b"\xff"
    (tmp_path / "a.txt").write_bytes(raw)
    document = read_document(tmp_path / "a.txt")
    assert [note.code for note in document.notes] == ["undecodable_bytes"]
    assert document.text.startswith(ZH)


def test_errors_are_of_the_one_tree() -> None:
    assert all(issubclass(kind, TanzheError) for _, kind in BAD.values())


def test_endless_blanks_part_words_like_one() -> None:
    assert clean_text(f"下降13.5{' ' * 60_000}%\n 　 工业") == "下降13.5 %\n 　 工业"
