"""Word files as offices keep them: unaccepted changes, frames, lists that number themselves."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.text import Document, read_bytes
from tanzhe.text.files.reading import DOCX

W = nsdecls("w")


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"


def plain(words: str) -> str:
    return paragraph(run(words))


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def inserted(words: str) -> str:
    return f'<w:ins w:author="甲">{run(words)}</w:ins>'


def deleted(words: str) -> str:
    return f'<w:del w:author="甲"><w:r><w:delText>{words}</w:delText></w:r></w:del>'


def word(*blocks: str, numbering: str = "", footnotes: str = "") -> bytes:
    """A .docx file with these blocks as its body."""
    document = docx.Document()
    body = document.element.body
    for number, block in enumerate(blocks):
        for at, element in enumerate(parse_xml(f"<w:body {W}>{block}</w:body>")):
            body.insert(100 * number + at, element)
    if numbering:
        root = document.part.numbering_part.element
        for element in parse_xml(f"<w:numbering {W}>{numbering}</w:numbering>"):
            root.append(element)
    packed = io.BytesIO()
    document.save(packed)
    return with_footnotes(packed.getvalue(), footnotes) if footnotes else packed.getvalue()


def with_footnotes(raw: bytes, footnotes: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="rIdF" Type="{kind}" Target="footnotes.xml"/>'
                data = data.replace(b"</Relationships>", f"{link}</Relationships>".encode())
            new.writestr(name, data)
        new.writestr("word/footnotes.xml", f"<w:footnotes {W}>{footnotes}</w:footnotes>")
    return out.getvalue()


def read(raw: bytes) -> Document:
    return read_bytes(raw, DOCX)


def codes(document: Document) -> list[str]:
    return [note.code for note in document.notes]


def test_insertions_are_read_and_deletions_are_not() -> None:
    document = read(
        word(paragraph(run("比2025年下降"), deleted("12%"), inserted("16%"), run("。")))
    )
    assert document.text == "比2025年下降16%。"
    assert codes(document) == ["tracked_changes"]


def test_moved_words_stand_once() -> None:
    moved = f"<w:moveFrom>{run('绿电占比80%')}</w:moveFrom>"
    arrived = f"<w:moveTo>{run('绿电占比80%')}</w:moveTo>"
    document = read(word(paragraph(run("一、"), moved), paragraph(run("二、"), arrived)))
    assert document.text == "一、\n二、绿电占比80%"
    assert codes(document) == ["tracked_changes"]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    first = paragraph(run("到2030年，"), properties="<w:rPr><w:del w:author='甲'/></w:rPr>")
    assert read(word(first, plain("建成10个园区。"))).text == "到2030年，建成10个园区。"


def test_a_deleted_row_is_gone() -> None:
    rows = [
        row(cell(plain("指标")), cell(plain("目标值"))),
        row(cell(plain("绿电占比")), cell(plain("≥60%")), properties="<w:del w:author='甲'/>"),
        row(cell(plain("能耗")), cell(plain("≤0.3"))),
    ]
    document = read(word(table(*rows)))
    assert document.text == "指标\t目标值\n能耗\t≤0.3"
    assert codes(document) == ["tracked_changes"]


@pytest.mark.parametrize("switch", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="1"/>'])
def test_struck_out_words_are_not_in_force(switch: str) -> None:
    document = read(word(paragraph(run("达到"), run("75%", switch), run("85%以上。"))))
    assert document.text == "达到85%以上。"
    assert codes(document) == ["struck_out"]


def test_a_switch_that_is_off_strikes_nothing() -> None:
    document = read(word(paragraph(run("达到85%", '<w:strike w:val="0"/>'))))
    assert (document.text, codes(document)) == ("达到85%", [])


def test_hidden_words_are_left_out_with_a_note() -> None:
    document = read(word(paragraph(run("内部测算：90%", "<w:vanish/>"), run("不低于80%"))))
    assert (document.text, codes(document)) == ("不低于80%", ["hidden_text"])


def test_content_controls_are_read() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('2028年')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{plain('某市发展改革委')}</w:sdtContent></w:sdt>"
    rows = (
        f"<w:sdt><w:sdtContent>{row(cell(plain('甲')), cell(plain('乙')))}</w:sdtContent></w:sdt>"
    )
    text = read(word(paragraph(run("到"), control, run("，")), block, table(rows))).text
    assert text == "到2028年，\n某市发展改革委\n甲\t乙"


def test_a_table_inside_a_frame() -> None:
    inner = table(
        row(cell(plain("指标")), cell(plain("单位")), cell(plain("2028年目标值"))),
        row(cell(plain("清洁能源消费占比")), cell(plain("%")), cell(plain("≥85"))),
    )
    frame = table(row(cell(plain("附表"), inner, plain("注：按年考核"))))
    assert read(word(frame)).text.split("\n") == [
        "附表", "指标\t单位\t2028年目标值", "清洁能源消费占比\t%\t≥85", "注：按年考核",
    ]  # fmt: skip


def test_a_table_inside_a_cell_among_others_follows_its_row() -> None:
    inner = table(row(cell(plain("甲类")), cell(plain("≥80%"))))
    outer = table(row(cell(plain("绿电占比")), cell(plain("分类："), inner)))
    assert read(word(outer)).text == "绿电占比\t分类：\n甲类\t≥80%"


def test_merged_cells_keep_the_columns_in_line() -> None:
    first, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    rows = [
        row(cell(plain("类型"), properties=first), cell(plain("目标值"), properties=wide)),
        row(cell(plain(""), properties=below), cell(plain("2027年")), cell(plain("2030年"))),
        row(cell(plain("绿电占比")), cell(plain("≥50%")), cell(plain("≥70%"))),
    ]
    assert read(word(table(*rows))).text == (
        "类型\t目标值\t目标值\n类型\t2027年\t2030年\n绿电占比\t≥50%\t≥70%"
    )


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{plain('某市能源局文件')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read(word(paragraph(both, run("某能〔2026〕3号")))).text == (
        "某能〔2026〕3号\n某市能源局文件"
    )


def test_footnotes_stand_below_with_their_marks() -> None:
    reference = '<w:r><w:footnoteReference w:id="4"/></w:r>'
    note = f'<w:footnote w:id="4">{plain("指自发自用与绿证之和。")}</w:footnote>'
    raw = word(paragraph(run("绿电占比"), reference, run("达到60%。")), footnotes=note)
    assert read(raw).text == "绿电占比[^1]达到60%。\n[^1]: 指自发自用与绿证之和。"


LISTS = (
    '<w:abstractNum w:abstractNumId="77">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
)


def item(words: str, level: int) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    return paragraph(run(words), properties=place)


def test_numbers_that_word_counts_are_written_out() -> None:
    items = [("总体要求", 0), ("指导思想。", 1), ("主要目标。", 1), ("重点任务", 0), ("节能。", 1)]
    raw = word(*(item(*one) for one in items), item("改造。", 2), item("点", 3), numbering=LISTS)
    assert read(raw).text.split("\n") == [
        "一、总体要求", "（一）指导思想。", "（二）主要目标。", "二、重点任务", "（一）节能。",
        "1. 改造。", "点",
    ]  # fmt: skip


def test_long_lists_count_past_ten() -> None:
    raw = word(*(item(f"第{n}项。", 0) for n in range(1, 22)), numbering=LISTS)
    lines = read(raw).text.split("\n")
    assert [lines[i][:3] for i in (9, 10, 19, 20)] == ["十、第", "十一、", "二十、", "二十一"]


@settings(max_examples=40)
@given(
    st.recursive(
        st.sampled_from([plain("文"), paragraph(inserted("增")), paragraph(deleted("删")), ""]),
        lambda inner: st.builds(
            lambda a, b: table(row(cell(a, plain("")), cell(b, plain("")))), inner, inner
        ),
        max_leaves=8,
    )
)
def test_any_nesting_is_read(block: str) -> None:
    assert "删" not in read(word(plain("头"), block)).text
