"""Words made to do harm, wherever somebody may write: texts stay texts, in every form."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import openpyxl
import pytest

from tanzhe.api.house.example import write_example
from tanzhe.web.settings import Settings
from web.browser import Watched, needs_browser, watched
from web.conftest import Served, serving
from web.test_walk import Walked, other_year
from web.test_work_pages import months, send, settled

__all__ = ["watched"]
# For a spreadsheet, a browser, a template and Markdown at once.
BAD = (
    '=1+1"><img src=x onerror=window.bad=1><script>window.bad=1</script>'
    "[点](javascript:window.bad=1){{7*7}}"
)
NAME = BAD.replace("/", "∕").replace('"', "'")  # as a file may be called
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[-+−]?[\d,.]+(?:e[-+]?\d+)?%?")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    base = tmp_path_factory.mktemp("hostile")
    write_example(base / "example")
    with (
        serving(Settings(workspace=base / "ws", warm=False, port=0)) as served,
        httpx.Client(base_url=served.address, timeout=600, follow_redirects=True) as reader,
    ):
        yield Walked(served, _filled(reader, base / "example"))


def _filled(reader: httpx.Client, files: Path) -> dict[str, str]:
    """Every page with something bad on it; where each led."""

    def dropped(page: str, name: str, content: bytes, to: str = "", **more: str) -> str:
        found = settled(reader, send(reader, page, to or page, [("file", (name, content))], **more))
        assert found.status_code == 200, (page, re.findall(r"<li>.*?</li>", found.text)[:5])
        return str(found.url).removeprefix(str(reader.base_url).rstrip("/"))

    places = {one: one for one in (
        "/audits", "/policies", "/parks", "/footprints", "/hours", "/meters", "/sources",
        "/documents", "/tasks", "/runs", "/rules",
    )}  # fmt: skip
    places["search"] = f"/search?q={BAD[5:20]}"
    report = (files / "their_report.md").read_text(encoding="utf-8")
    report = report.replace("《云南省有序用电方案》印发", BAD).replace("云南省能源局", BAD)
    places["audit"] = dropped("/audits", f"{NAME}.md", report.encode())
    policy = places["policy"] = dropped("/policies", f"{NAME}.txt", _policy().encode())
    places["document"] = policy.replace("/policies/", "/documents/")
    places["draft"] = send(reader, policy, f"{policy}/rules").url.path
    book = (files / "park.xlsx").read_bytes()
    park = places["park"] = dropped("/parks", f"{NAME}.xlsx", _workbook(book))
    measures = (files / "measures.yaml").read_text(encoding="utf-8")
    measures = measures.replace("购买并核销绿证", "'" + BAD.replace("'", "''") + "'")
    places["plan"] = dropped(park, f"{NAME}.yaml", measures.encode(), f"{park}/plan")
    other = dropped("/parks", f"{NAME}2.xlsx", _workbook(other_year(book)))
    ids = [one.rpartition("/")[2] for one in (park, other)]
    places["compare"] = f"/parks/compare?park={ids[0]}&park={ids[1]}"
    places["province"] = "/parks/province?region=CN-YN"
    study = (files / "ingot.yaml").read_text(encoding="utf-8")
    quoted = BAD.replace("\\", "").replace('"', '\\"')
    for theirs in (
        "重熔用铝锭 Al99.70",
        "云岭铝业（虚构）",
        "虚构，仅供试用",
        "供应商碳足迹（虚构）",
    ):
        study = study.replace(f'"{theirs}"', f'"{quoted}"')
    places["footprint"] = dropped("/footprints", f"{NAME}.yaml", study.encode())
    places["hours"] = dropped("/hours", f"{NAME}.csv", (files / "hours.csv").read_bytes())
    table = dropped("/sources", f"{NAME}.xlsx", _table(), "/tables")
    places["table"] = f"{table}?column={httpx.QueryParams({'c': BAD})['c']}"
    where = httpx.QueryParams({"column": BAD, "region": f"市{BAD}", "sector": "工业"})
    places["report"] = f"{table}/report?{where}"
    token = re.search(r'name="csrf" content="(\w+)"', reader.get(table).text)
    assert token is not None
    reader.post(f"{table}/remember?{where}", data={"csrf": token[1]})
    places["remembered"] = f"{table}?{where}"
    for one in sorted((files / "my_meters").iterdir()):
        text = one.read_text(encoding="utf-8").replace("E-110", _quoted(f"表{BAD}"))
        text = text.replace("甲材料（虚构）", _quoted(BAD))
        sent = [("files", (f"{NAME}{one.name}", text.encode()))]
        added = send(reader, "/meters", "/meters", sent)
        assert added.status_code == 200, re.findall(r"<li>.*?</li>", added.text)[:5]
    notice = (files / "notice.txt").read_text(encoding="utf-8")
    notice = notice.replace("屋顶光伏", BAD).replace("省能源局", f"省{BAD}局")
    dropped("/tasks", f"{NAME}.txt", notice.encode(), who=BAD[:90])
    by_hand = send(reader, "/tasks", "/tasks/add", title=BAD, who=BAD[:90], lead=BAD)
    places["task"] = by_hand.url.path
    send(reader, by_hand.url.path, by_hand.url.path, who=BAD[:90], why=BAD, remark=BAD)
    event = send(
        reader, "/review", "/review", {"file": (f"{NAME}.txt", _policy().encode())}, name=BAD,
        region="CN-GS", begin="2021-09-20", passage="2021年9月20日起，甘肃省",
    )  # fmt: skip
    assert event.status_code == 200, event.text[:500]
    places["event"] = f"{event.url.path}?state=accepted"
    return places


def _quoted(text: str) -> str:
    """A cell of CSV."""
    return '"' + text.replace('"', '""') + '"'


def _policy() -> str:
    return f"""甲省发展和改革委员会关于印发《{BAD}零碳园区建设方案》的通知
甲发改环〔2025〕9号

各市人民政府：
现将《{BAD}零碳园区建设方案》印发给你们，请认真贯彻执行。2021年9月20日起，甘肃省限产。

一、重点任务
（一）推进{BAD}替代。到2027年建成{BAD}园区10个。（牵头单位：省能源局）

甲省发展和改革委员会
2025年5月6日

附件　零碳园区建设指标体系
指标类型\t指标名称\t目标要求
核心指标\t单位能耗碳排放\t≤0.2吨/吨标准煤
引导指标\t{BAD}利用率\t≥90%
"""


def _workbook(content: bytes) -> bytes:
    """The park with something bad wherever its example has words of its own."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not isinstance(cell.value, str) or "示例" not in cell.value:
                    continue
                own = cell.value.replace("示例", "甲")
                cell.value = own if "GEC" in own else f"{BAD}{own}"
                cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _table() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "=1+1<script>"
    for at, row in enumerate([["月份", BAD, f"{BAD}二"], *months()], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(at, place, value)
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@needs_browser
def test_nothing_runs_on_any_page(poisoned: Walked, watched: Watched) -> None:
    page = watched.page()
    watched.outside.clear()
    watched.complaints.clear()
    seen = 0
    for place in poisoned.places.values():
        settled_page(poisoned.served, place)
        for language in ("", "en"):
            joint = "&" if "?" in place else "?"
            page.goto(poisoned.served.address + place + (f"{joint}lang=en" if language else ""))
            page.wait_for_load_state()
            assert page.evaluate("window.bad") is None, place
            assert page.locator("img[src=x]").count() == 0, place
            assert page.locator('a[href^="javascript"]').count() == 0, place
            seen += "onerror=window.bad" in page.locator("body").inner_text()
    assert watched.complaints == [] and watched.outside == []
    assert seen >= 30  # the words were there to be read
    page.context.close()


def settled_page(served: Served, place: str) -> httpx.Response:
    found = served.get(place)
    assert found.status_code == 200, (place, found.text[:300])
    return found


def test_nothing_runs_in_any_form(poisoned: Walked) -> None:
    carried = dict.fromkeys(("csv", "xlsx", "docx", "md", "html"), 0)
    for name, place in poisoned.places.items():
        path, _, query = place.partition("?")
        for form in carried:
            found = poisoned.served.get(f"{path}.{form}" + (f"?{query}" if query else ""))
            if form == "html" and found.status_code == 404:
                continue
            assert found.status_code == 200, (name, form)
            carried[form] += CHECKS[form](found.content, f"{name}.{form}")
    assert min(carried.values()) >= 8, carried


def _csv(content: bytes, where: str) -> bool:
    files = [content]
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [archive.read(one) for one in archive.namelist() if one.endswith(".csv")]
    for one in files:
        for row in csv.reader(io.StringIO(one.decode("utf-8-sig"))):
            for cell in row:
                assert not cell.startswith(ACTIVE) or NUMBER.fullmatch(cell), (where, cell[:60])
    return any(b"onerror" in one for one in files)


def _xlsx(content: bytes, where: str) -> bool:
    book = openpyxl.load_workbook(io.BytesIO(content))
    bad = False
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if "onerror" in str(cell.value):
                    bad = True
                    assert cell.data_type != "f", (where, cell.coordinate)
                assert cell.hyperlink is None or "javascript" not in str(cell.hyperlink.target)
    return bad


def _docx(content: bytes, where: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {one: archive.read(one).decode("utf-8", "ignore") for one in archive.namelist()}
    text = parts["word/document.xml"]
    assert "<script" not in text and "<img" not in text, where
    assert not any("javascript:" in one for name, one in parts.items() if name.endswith(".rels"))
    assert not re.search(r"instrText[^<]*onerror|fldSimple", text), where
    return "onerror" in text


def _md(content: bytes, where: str) -> bool:
    text = content.decode()
    assert not re.search(r"(?<!\\)<(script|img)", text), where
    assert not re.search(r"(?<!\\)\[[^\]\n]*(?<!\\)\]\(javascript", text), where
    return "onerror" in text


def _html(content: bytes, where: str) -> bool:
    text = content.decode()
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", text, re.S)
    assert not any(one.strip() == "window.bad=1" for one in scripts), where
    assert "<img src=x" not in text and 'href="javascript' not in text, where
    return "onerror" in text


CHECKS = {"csv": _csv, "xlsx": _xlsx, "docx": _docx, "md": _md, "html": _html}
