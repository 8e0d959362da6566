"""Reading: layouts, labels, lines, and the same report as Markdown, web page and Word."""

import re
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.made import audited, read, text_of
from tanzhe.api.files.forms import write
from tanzhe.audits.json import audit_json
from tanzhe.audits.lines.labels import role_of
from tanzhe.audits.records import Audit
from tanzhe.audits.report import audit_report, read_report
from tanzhe.errors import Language

REPORTS = Path(__file__).parent / "reports"


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("政策名称", "name"),
        ("啥事儿", "name"),
        ("执行时间", "date"),
        ("研究周期", "date"),
        ("在哪", "place"),
        ("实施范围", "place"),
        ("谁干的", "actor"),
        ("产能规模", "scale"),
        ("有啥用", "effect"),
        ("官方来源", "source"),
        ("信息来源网址", "source"),
        ("管哪些", "sector"),
        ("减排目标", "target"),
        ("实施阶段", "stage"),
        ("拐点", "point"),
        ("Location", "place"),
        ("重点示范", None),
    ],
)
def test_labels_in_other_words(label: str, role: str | None) -> None:
    assert role_of(label) == role


@pytest.mark.parametrize(
    ("name", "layout", "points", "items"),
    [
        ("shandong_table_clean.md", "table", 3, 3),
        ("neimenggu_plain_clean.txt", "labelled", 3, 2),
        ("guangxi_headings_clean.md", "labelled", 4, 4),
        ("xinjiang_bullets_clean.md", "bullets", 4, 3),
        ("liaoning_prose_bad.md", "prose", 3, 3),
        ("henan_mixed_bad.md", "labelled", 2, 4),
        ("sichuan_english_bad.md", "labelled", 2, 2),
    ],
)
def test_layouts(name: str, layout: str, points: int, items: int) -> None:
    report = read_report(REPORTS / name)
    assert (report.layout, len(report.points), len(report.items)) == (layout, points, items)
    for item in report.items:
        assert report.lines[item.line - 1].strip()
        for one in item.fields:
            assert one.value.split("\n")[0][:8] in report.lines[one.line - 1]


def test_lines_count_from_one_also_after_many_blank_lines() -> None:
    report = read("\n\n\n\n" + text_of())
    assert report.items[0].line == 4 + 7
    assert report.items[0].of("date")[0].line == 4 + 8


def test_confidence_and_region_are_read() -> None:
    report = read(text_of())
    assert report.points[0].confidence == 0.7
    assert (report.region, report.sector, str(report.written)) == (
        "CN-GZ",
        "industry",
        "2025-01-05",
    )


def test_word_and_web_page_say_the_same(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<html><head><meta charset='utf-8'><title>x</title></head><body>"
        "<h1>贵州省工业碳排放转折点说明</h1><h2>转折点：2021年9月</h2><ol><li>"
        "<b>事件名称</b>：水泥错峰生产<br><b>时间</b>：2022年8月<br><b>地点</b>：贵阳"
        "<br><b>规模</b>：停窑20天<br><b>影响</b>：减少熟料12万吨<br><b>来源</b>："
        "<a href='https://www.163.com/1.html'>贵州省工信厅</a></li></ol></body></html>",
        encoding="utf-8",
    )
    word = tmp_path / "a.docx"
    document = docx.Document()
    document.add_heading("贵州省工业碳排放转折点说明", 1)
    document.add_heading("转折点：2021年9月", 2)
    for line in (
        "1. 事件名称：水泥错峰生产",
        "时间：2022年8月",
        "地点：贵阳",
        "规模：停窑20天",
        "影响：减少熟料12万吨",
        "来源：[贵州省工信厅](https://www.163.com/1.html)",
    ):
        document.add_paragraph(line)
    document.save(str(word))
    wanted = {"date_out_of_window", "publisher_domain_mismatch"}
    for path in (page, word):
        assert set(audit_report(read_report(path)).by_kind) == wanted, path.suffix


def test_word_tables_are_read(tmp_path: Path) -> None:
    word = tmp_path / "t.docx"
    document = docx.Document()
    document.add_heading("贵州省工业转折点", 1)
    document.add_paragraph("转折点：2021年9月（可信度70%）")
    table = document.add_table(rows=2, cols=4)
    cells = ["事件名称", "时间", "规模", "来源", "水泥错峰生产", "2020年1月", "停窑20天", "网上"]
    for number, words in enumerate(cells):
        table.cell(number // 4, number % 4).text = words
    document.save(str(word))
    assert set(audit_report(read_report(word)).by_kind) == {"date_out_of_window", "url_missing"}


def test_json_has_the_promised_form() -> None:
    told = audit_json(audited(text_of(when="2021年")))
    assert set(told) == {"title", "layout", "items", "findings", "summary"}
    (item,) = told["items"]  # type: ignore[misc]
    assert set(item) == {"id", "turning_point", "title", "line", "fields"}
    assert item["fields"]["时间"] == "2021年"
    (finding,) = told["findings"]  # type: ignore[misc]
    assert finding | {"explanation": ""} == {
        "kind": "date_missing_or_vague",
        "item": "2021-09/1",
        "turning_point": "2021-09",
        "field": "时间",
        "line": 8,
        "severity": "warning",
        "explanation": "",
        "against": None,
    }
    assert told["summary"] == {
        "items": 1,
        "findings": 1,
        "by_kind": {"date_missing_or_vague": 1},
        "understood": 1.0,
        "notes": [],
    }


def told(result: Audit, form: str, language: Language = "zh") -> str:
    return write(result, form, language).content.decode()


def test_pages_escape_what_the_report_says() -> None:
    evil = "<script>alert(1)</script>[点我](javascript:alert(1))**粗**"
    result = audited(text_of(name=evil, title=f"贵州工业{evil}"))
    page, markdown = told(result, "html"), told(result, "md")
    assert "<script" not in page
    assert all(link.startswith("#") for link in re.findall(r'href="([^"]*)', page))
    assert not re.search(r"(?<!\\)<script", markdown)
    assert not re.search(r"(?<!\\)\]\(javascript", markdown)
    assert "核对无误的字段" in told(audited(text_of()), "html")
    assert "Fields that are right" in told(audited(text_of()), "md", "en")


words = st.sampled_from(
    [
        "# ",
        "## ",
        "转折点：",
        "2021年9月",
        "（可信度70%）",
        "1. ",
        "- ",
        "**",
        "时间",
        "：",
        "来源",
        "|",
        "[",
        "](",
        "https://",
        ")",
        "\n",
        "   ",
        "未找到",
        "下降30%",
        "---",
        "贵州",
        "其中",
        "、",
        "等三个",
        "20210931",
        "http://a.cn/2021-13-45/",
        "\u202e",
        "《",
        "》",
        "=",
        "投产时间",
    ]
)


@settings(max_examples=150)
@given(st.lists(words, max_size=60).map("".join))
def test_odd_markdown_never_breaks_the_audit(text: str) -> None:
    result = audited(text)
    lines = text.count("\n") + 1
    assert all(1 <= f.line <= lines for f in result.findings)
    told(result, "md")
    told(result, "html", "en")


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    audited(text)


TITLED = """# 甲省说明

### 变点：2021年9月（可信度 70%）

**水泥窑错峰停产**
- 何时：2021年9月20日
- 何地：贵阳市
- 要点：停窑20天，减少熟料12万吨
- 依据：[贵阳市人民政府](http://www.guiyang.gov.cn/202109/t20210921_1.html)

**铝厂压减产能**
- 何时：2021年10月
- 何地：遵义市
- 要点：压减电解铝30万吨
- 依据：[遵义市人民政府](http://www.zunyi.gov.cn/202110/t20211008_1.html)

**焦化企业关停**
- 何时：2021年8月
- 何地：六盘水市
- 要点：关停焦炉3座
- 依据：[六盘水市人民政府](http://www.gzlps.gov.cn/202108/t20210830_1.html)
"""


def test_labels_nobody_listed_get_their_role_from_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TITLED, encoding="utf-8")
    items = read_report(path).items
    assert [item.title for item in items] == ["水泥窑错峰停产", "铝厂压减产能", "焦化企业关停"]
    roles = [[field.role for field in item.fields] for item in items]
    assert roles == [["date", "place", "content", "source"]] * 3
    assert audit_report(read_report(path)).findings == ()


@pytest.mark.parametrize("pages", [1, 2])
def test_a_report_in_pdf_is_read_line_by_line(tmp_path: Path, pages: int) -> None:
    lines = [
        "Hebei industry: turning points",
        "Turning point: September 2017 (confidence 0.77)",
        "1. Event: Tangshan sintering cut",
        "When: 2019-05-02",
        "Where: Tangshan",
        "Scale: cut by 50%",
        "Impact: 8.9 million tons of iron less",
        "Link: http://www.tangshan.gov.cn/201905/t20190503_1.html",
    ]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(lines, pages))
    report = read_report(path)
    assert [item.title for item in report.items] == ["Tangshan sintering cut"]
    assert "date_out_of_window" in audit_report(report).by_kind


def pdf_of(lines: list[str], pages: int) -> bytes:
    """A PDF of Latin lines, written by hand, the lines spread over its pages."""
    each = -(-len(lines) // pages)
    streams = []
    for at in range(pages):
        shown = " T* ".join(
            f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj"
            for line in lines[at * each : (at + 1) * each]
        )
        streams.append(f"BT /F1 11 Tf 14 TL 60 720 Td {shown} ET")
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, stream in enumerate(streams):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * at} 0 R >>"
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


NOTICE = """某省发展改革委关于印发节能方案的通知

某发改环资〔2025〕12号

各市人民政府：

现将方案印发给你们，请认真执行。

2025年12月2日

一、工作目标

到2027年，建成15个零碳园区，单位能耗碳排放下降20%。

二、重点任务

（一）调整用能结构。到2027年非化石电力占比达到80%以上。

（二）推进节能改造。实施重点项目30个，节能20万吨标准煤。
"""


def test_a_notice_is_no_report_and_is_not_judged(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE, encoding="utf-8")
    result = audit_report(read_report(path))
    assert result.findings == () and result.understood == 0
    assert result.notes and result.notes[0].zh and result.notes[0].en
