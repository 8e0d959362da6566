"""The Word report of an assessment: form of GB/T 9704, and every number from the assessment."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from parks.soffice import converted, needs_soffice

from tanzhe.api.files.forms import write
from tanzhe.errors import Language
from tanzhe.model.park import Assessment
from tanzhe.parks.assessment.assessment import assess_park
from tanzhe.parks.entry.park import read_park
from tanzhe.parks.office import example_park
from tanzhe.reports.park.years import ParkYears
from tanzhe.reports.products.parkapplication import ParkApplication
from tanzhe.rulebook import rule_set


def assessed(**changed: object) -> Assessment:
    park = example_park().model_copy(update=changed)
    return assess_park(park, rule_set("cn-yn-2025-987"))


def content(told: object, form: str = "docx", language: Language = "zh") -> bytes:
    told = ParkYears(result=told) if isinstance(told, Assessment) else told
    return write(told, form, language).content


def word(told: object, language: Language = "zh") -> Document:
    return docx.Document(io.BytesIO(content(told, "docx", language)))


def web(told: object) -> str:
    return content(told, "html").decode()


JOINER, NO_BREAK = "\u2060", "\u202f"


def plain(text: str) -> str:
    """A text without the signs that hold amounts together."""
    return text.replace(JOINER, "").replace(NO_BREAK, " ")


def texts(document: Document) -> list[str]:
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    return [plain(one) for one in (*(one.text for one in document.paragraphs), *cells)]


def test_the_page_is_that_of_an_official_document() -> None:
    document = word(assessed())
    page = document.sections[0]
    sides = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [round(one.mm) for one in sides] == [37, 35, 28, 26]
    title = document.paragraphs[0]
    assert title.runs[0].font.size == Pt(22)
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    body = next(one for one in document.paragraphs if one.text.startswith("全年综合能源消费量"))
    assert body.runs[0].font.size == Pt(16)
    assert body.paragraph_format.line_spacing == Pt(28)
    assert body._p.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    footer = page.footer.paragraphs[0]
    assert footer.text == "—  —"
    assert "PAGE" in footer._p.xml
    assert "PAGE" in page.even_page_footer.paragraphs[0]._p.xml


def test_the_verdict_comes_first_with_its_reasons() -> None:
    told = [plain(one.text) for one in word(assessed()).paragraphs]
    assert told[1] == "一、评估结论"
    assert "结论为：未达到" in told[2]
    assert told[5].startswith("1. 核心指标“单位能耗碳排放”未达到")
    assert told[6].startswith("2. 引导指标“清洁能源消费占比”未达到")
    headings = [text for text in told if re.match(r"[一二三四五六七八九]、", text)]
    assert headings == [
        "一、评估结论",
        "二、园区和核算边界",
        "三、碳排放核算",
        "四、指标评估",
        "五、差距和缩小差距的途径",
        "六、还需补充的数据和凭证",
        "七、建设项目",
        "八、说明",
    ]


def test_what_closes_the_gap_closes_it() -> None:
    """The amount of power the report names, made green, meets the core indicator; less does not."""
    told = "".join(texts(word(assessed())))
    found = re.search(r"其中([\d,.]+) 万千瓦时改为", told)
    assert found
    kwh = float(found[1].replace(",", "")) * 1e4
    states = []
    for covered in (kwh, kwh * 0.999):
        rows = list(example_park().electricity)
        grid, trade = rows[0], rows[3]
        rows[0] = grid.model_copy(update={"kwh": grid.kwh - covered})
        rows[3] = trade.model_copy(update={"kwh": trade.kwh + covered})
        states.append(assessed(electricity=tuple(rows)).indicators[0].status)
    assert states == ["met", "not_met"]


def numbers(text: str) -> set[str]:
    return {one.rstrip(".").replace(",", "") for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def known(tree: object) -> Iterator[str]:
    """Every number of an assessment as the report may write it."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from numbers(str(key))
            yield from known(value)
    elif isinstance(tree, list | tuple):
        for one in tree:
            yield from known(one)
    elif isinstance(tree, float | int):
        for value in (tree, tree * 100, tree / 1e4):
            yield from (f"{abs(value):.{places}f}" for places in range(5))
            yield f"{round(abs(value), 4):.12g}"
    else:
        yield from numbers(str(tree))


def test_every_number_is_of_the_assessment() -> None:
    result = assessed()
    said = "\n".join(texts(word(result)))
    for fixed in (*re.findall(r"^\d+\. ", said, re.M), "910号附件4", "表1", "表2", "表3", "表4"):
        said = said.replace(fixed, "")
    given = set(known(result.model_dump())) | numbers("1月1日至12月31日 附件4 CO2")
    rules = set(known(rule_set(result.rules).model_dump()))
    gap, told = sum(result.gap_by_source.values()), result.emissions.model_dump()
    parts = [told[key] - part for key, part in result.gap_by_source.items()]
    lines = [line.tce for line in result.lines]
    sums = [sum(line.tce for line in result.lines if line.source == key) for key in told]
    shares = [value / told["total"] for value in told.values()]
    power = [line.amount * gap / told["electricity"] for line in result.lines if line.tco2 > 0]
    derived = set(known([gap, told["total"] - gap, *parts, *lines, *sums, *shares, *power]))
    ceiling = {f"{float(one) + 0.01:.2f}" for one in set(known(power)) if "." in one}
    unknown = numbers(said) - given - derived - rules - ceiling - {str(n) for n in range(20)}
    assert unknown == set()


def test_sources_are_notes_that_their_marks_lead_to() -> None:
    raw = zipfile.ZipFile(io.BytesIO(content(assessed())))
    text = raw.read("word/document.xml").decode()
    said = "\n".join(texts(word(assessed())))
    assert "云发改资环〔2025〕987号" in said
    assert "上年电厂发电标准煤耗统计" in said
    marks = re.findall(r'w:anchor="(note_\d+)"', text)
    assert marks == [f"note_{n}" for n in range(1, len(marks) + 1)]
    assert all(f'w:name="{mark}"' in text for mark in marks)
    assert "华文中宋" in raw.read("word/fontTable.xml").decode()


def test_second_hand_values_and_missing_evidence_are_told() -> None:
    result = assessed()
    said = "\n".join(texts(word(result)))
    for note in result.notes:
        assert note.zh.rstrip("。") in said
    for one in result.missing_evidence:
        assert one.what in said
    assert "没有从排放量中扣减" in said


SMALL = {"name": "小园区", "region": "云南", "year": 2025, "equivalence_kgce_per_kwh": 0.3}


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"electricity": [{"supply": "grid", "kwh": 1e6}]}, "没有为这一规模的园区设门槛"),
        ({"electricity": []}, "没有能源消费"),
        (
            {"electricity": [{"supply": "onsite", "generation": "nonfossil", "kwh": 2e9}]},
            "不高于0.2的限值",
        ),
        (
            {
                "electricity": [{"supply": "onsite", "generation": "nonfossil", "kwh": 1e9}],
                "processes": [{"product": "石灰", "output_t": 1e6, "factor_tco2_per_t": 0.7}],
            },
            "差距只能靠减少燃料、热力和工业过程的排放缩小",
        ),
        (
            {
                "electricity": [{"supply": "grid", "kwh": 1e9}],
                "processes": [{"product": "石灰", "output_t": 1e6, "factor_tco2_per_t": 0.7}],
            },
            "须同时减少燃料、热力或工业过程的排放",
        ),
    ],
)
def test_parks_of_every_kind_get_a_report(tree: dict[str, object], words: str) -> None:
    result = assess_park(read_park({**SMALL, **tree}), rule_set("cn-yn-2025-987"))
    assert words in "".join(texts(word(result)))


def test_words_of_a_park_stay_words() -> None:
    result = assessed(
        name='<script>alert("x")</script>&\x01\x0b园区', excuses={"roof_pv": "]]>&lt;"}
    )
    said = "".join(texts(word(result)))
    assert '<script>alert("x")</script>& 园区' in said
    page = web(result)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_says_what_the_report_says() -> None:
    result = assessed()
    page = re.sub(r"<style>.*?</style>", "", web(result), flags=re.S)
    shown = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", page.split("<body>")[1])
    flat = re.sub(r"[\s\u2060\u00a0]|&quot;", "", shown)
    for text in texts(word(result)):
        told = re.sub(r"^(?:\d+\.|\[\d+\]|表\d+|图\d+)|\[\d+\]", "", text.strip())
        told = re.sub(r"[\s\u2060\u00a0\"]", "", told)
        assert told in flat, text
    assert "http" not in shown


@needs_soffice
def test_the_report_prints_as_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(content(assessed()))
    pdf = pypdfium2.PdfDocument(converted(path, "pdf", tmp_path))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    assert 6 <= len(pages) <= 12
    assert all(f"— {n} —" in text for n, text in enumerate(pages, 1))
    for text in pages:
        lines = [line for line in text.splitlines() if not line.startswith("—")]
        body = [line for line in lines if not re.match(r"\d+ ", line)]  # footnotes apart
        assert not re.match(r"[一二三四五六七八]、|（[一二三四五]）", body[-1]), text
    for page in pdf:
        width, height = page.get_size()
        for left, bottom, right, top in (one.get_bounds() for one in page.get_objects()):
            assert left >= 28 / 25.4 * 72 - 6
            assert right <= width - 26 / 25.4 * 72 + 6
            assert bottom >= 0
            assert top <= height
    pdf.close()


def by_firm(**changed: object) -> Assessment:
    """The example with its power shared between two firms."""
    power = example_park().electricity
    firms = ["青山新材料", "云岭机械", "青山新材料", ""]
    rows = tuple(row.model_copy(update={"firm": firms[at % 4]}) for at, row in enumerate(power))
    return assessed(electricity=rows, reporter="示例园区管理委员会", **changed)


def earlier_of(result: Assessment) -> list[Assessment]:
    return [
        assess_park(
            result.park.model_copy(
                update={
                    "year": year,
                    "electricity": tuple(
                        row.model_copy(update={"kwh": row.kwh * scale, "certificates": ()})
                        for row in result.park.electricity
                    ),
                }
            ),
            rule_set("cn-yn-2025-987"),
        )
        for year, scale in ((result.park.year - 1, 1.1), (result.park.year - 2, 1.25))
    ]


def test_the_report_by_firm_adds_up_and_names_who_reports() -> None:
    result = by_firm()
    document = word(result)
    told = [one.text.replace(JOINER, "") for one in document.paragraphs]
    assert any(one.endswith("分企业的碳排放和能源消费") for one in told)
    table = next(t for t in document.tables if t.cell(0, 0).text == "企业")
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    named = [row[0] for row in rows[1:]]
    assert named == ["青山新材料", "云岭机械", "示例铝业公司", "未写明企业", "合计"]
    figures = [float(row[1].replace(",", "")) for row in rows[1:]]
    assert sum(figures[:-1]) == pytest.approx(figures[-1], abs=0.02)
    assert figures[-1] == pytest.approx(result.emissions.total, abs=0.01)
    assert "示例园区管理委员会" in told
    assert "图1　分企业碳排放量（tCO2）" in told
    assert "<svg" in web(result)


def test_units_of_the_ledger_are_not_broken() -> None:
    (table,) = [t for t in word(assessed()).tables if t.cell(0, 0).text == "台账行"]
    factors = [row.cells[3].text for row in list(table.rows)[1:]]
    assert all(" " not in one and "/" in one for one in factors)
    assert all("/\u2060" in one for one in factors)


def test_three_years_and_the_change_since_the_base_year() -> None:
    result = by_firm()
    years = earlier_of(result)
    base = result.park.year - 2
    document = word(ParkYears(result=result, earlier=tuple(years), base_year=base))
    table = next(t for t in document.tables if "年" in t.cell(0, 1).text)
    head = [cell.text for cell in table.rows[0].cells]
    assert head[1:4] == [f"{result.park.year - n}年" for n in (2, 1, 0)]
    row = next(r for r in table.rows if r.cells[0].text.startswith("碳排放合计"))
    totals = [one.emissions.total for one in (*reversed(years), result)]
    assert [c.text for c in row.cells][1:4] == [f"{one:,.2f}" for one in totals]
    assert row.cells[4].text == f"{totals[2] / totals[0] - 1:+.1%}".replace("-", "−")


def test_the_application_has_the_headings_of_annex_2_in_order() -> None:
    result = by_firm()
    document = word(ParkApplication(result=result, earlier=tuple(earlier_of(result))))
    told = [one.text for one in document.paragraphs]
    wanted = [
        "一、建设基础", "（一）园区基本情况", "（二）产业发展情况", "（三）能源供应及消费情况",
        "（四）碳排放情况", "二、建设国家级零碳园区的可行性分析", "（一）园区能源消费与碳排放趋势",
        "（二）目标可达性分析", "（三）综合供能方案", "三、建设目标", "四、重点任务",
        "五、经济性分析", "六、保障措施",
    ]  # fmt: skip
    assert [one for one in told if one in wanted] == wanted
    assert any("待园区补充" in one for one in told)
    alone = word(ParkApplication(result=result))
    lacking = "、".join(str(result.park.year - n) for n in (2, 1))
    assert any(f"{lacking}年的数据" in one for one in texts(alone))
