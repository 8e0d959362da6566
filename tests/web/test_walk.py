"""Every page, filled with the files of `tanzhe example`: twins, languages, a browser's view."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from tanzhe.api.house.example import write_example
from tanzhe.api.parks.office import template_bytes
from tanzhe.evidence.chronicle import chronicle
from tanzhe.web.settings import Settings
from tanzhe.workspace.reviews import Reviews
from web.browser import Watched, needs_browser, watched
from web.conftest import Served, serving
from web.test_work_pages import send, settled

__all__ = ["watched"]
TWINS = ("json", "csv", "md", "docx", "pdf")
# What is no page: files, streams, forms without content, and what leads elsewhere.
NO_PAGES = {
    "/static/tokens.css", "/static/report.css", "/sign-in", "/runs/events", "/examples/{name}",
    "/footprints/template", "/footprints/check", "/footprints/{id}/{kind}", "/series",
    "/series/{region}", "/reports",
}  # fmt: skip
# Looked at with a learnt panel: tests/web/test_browser.py and test_pages.py.
ELSEWHERE = {
    "/", "/series/{region}/{sector}", "/series/{region}/{sector}/episodes/{id}",
    "/series/{region}/{sector}/{about}", "/effect/{region}/{sector}",
    "/reports/{region}/{sector}",
}  # fmt: skip


class Walked(NamedTuple):
    """A server with something on every page.

    Attributes:
        served: the server.
        places: an address for each route.
    """

    served: Served
    places: dict[str, str]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walked]:
    base = tmp_path_factory.mktemp("walk")
    write_example(base / "example")
    with serving(Settings(workspace=base / "ws", warm=False, port=0)) as served:
        assert served.desk.workspace is not None
        kept = Reviews(served.desk.workspace.db)
        kept.keep([(one.id, one.model_dump_json(), []) for one in chronicle()[:3]])
        with httpx.Client(base_url=served.address, timeout=600, follow_redirects=True) as reader:
            yield Walked(served, _filled(reader, base / "example"))


def _filled(reader: httpx.Client, files: Path) -> dict[str, str]:
    """Do on each page what a newcomer does with the example; where each led."""

    def dropped(page: str, name: str, to: str = "", field: str = "file", **more: str) -> str:
        sent = [(field, (Path(name).name, (files / name).read_bytes()))]
        found = settled(reader, send(reader, page, to or page, sent, **more))
        assert found.status_code == 200, (page, found.text[:2000])
        return str(found.url).removeprefix(str(reader.base_url).rstrip("/"))

    places = {one: one for one in (
        "/audits", "/policies", "/parks", "/footprints", "/hours", "/meters", "/sources",
        "/documents", "/review", "/tasks", "/runs", "/runs/batches", "/rules", "/examples",
    )}  # fmt: skip
    places["/search"] = "/search?q=限电"
    places["/audits/{id}"] = dropped("/audits", "their_report.md")
    policy = places["/policies/{sha256}"] = dropped("/policies", "notice.docx")
    places["/policies/{sha256}/{part}"] = f"{policy}/tasks"
    places["/documents/{sha256}"] = policy.replace("/policies/", "/documents/")
    park = places["/parks/{id}"] = dropped("/parks", "park.xlsx")
    places["/parks/{id}/plan"] = dropped(park, "measures.yaml", f"{park}/plan")
    other = template_bytes(example=True)
    book = other_year(other)
    found = settled(reader, send(reader, "/parks", "/parks", [("file", ("另一年.xlsx", book))]))
    ids = [park.rpartition("/")[2], found.url.path.rpartition("/")[2]]
    places["/parks/compare"] = f"/parks/compare?park={ids[0]}&park={ids[1]}"
    places["/parks/province"] = "/parks/province?region=CN-YN"
    places["/footprints/{id}"] = dropped("/footprints", "ingot.yaml")
    places["/hours/{id}"] = dropped("/hours", "hours.csv")
    table = places["/tables/{id}"] = dropped("/sources", "mine.xlsx", "/tables")
    places["/tables/{id}/report"] = f"{table}/report?region=示例市&sector=工业"
    meters = [("files", (one.name, one.read_bytes())) for one in (files / "my_meters").iterdir()]
    assert send(reader, "/meters", "/meters", meters).status_code == 200
    dropped("/tasks", "notice.docx", who="甲")
    task = re.search(r'href="(/tasks/[^"?]+)" lang', reader.get("/tasks").text)
    assert task is not None
    places["/tasks/{id}"] = task[1]
    first = re.search(r'href="(/review/[^"?]+)\?state', reader.get("/review").text)
    assert first is not None
    places["/review/{id}"] = first[1]
    begun = send(reader, "/runs/batches", "/runs/batches", sectors="cement", regions="CN-HI")
    assert begun.status_code == 200
    places["/runs/batches/{id}"] = _run(reader)
    places["/rules/{id}"] = "/rules/cn-yn-2025-987"
    places["/rules/drafts/{id}"] = _draft(reader)
    return places


def other_year(content: bytes) -> bytes:
    """The workbook of the example as of the year before."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == 2025:
                    cell.value = 2024
                elif isinstance(cell.value, str):
                    cell.value = cell.value.replace("GEC-2025", "GEC-2024")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _run(reader: httpx.Client) -> str:
    import time

    for _ in range(600):
        found = re.search(r'href="(/runs/batches/[^"?]+)"', reader.get("/runs/batches").text)
        if found and "不能判断" in reader.get(found[1]).text:
            return found[1]
        time.sleep(0.2)
    raise AssertionError(reader.get("/runs").text)


def _draft(reader: httpx.Client) -> str:
    """A draft of a policy with a table of indicators."""
    text = POLICY.encode()
    found = settled(reader, send(reader, "/policies", "/policies", [("file", ("甲省.txt", text))]))
    there = found.url.path
    made = send(reader, there, f"{there}/rules")
    assert made.status_code == 200, made.text
    return made.url.path


POLICY = """甲省发展和改革委员会关于印发《甲省零碳园区建设方案》的通知
甲发改环〔2025〕9号

各市人民政府：
现将《甲省零碳园区建设方案》印发给你们，请认真贯彻执行。

甲省发展和改革委员会
2025年5月6日

附件　零碳园区建设指标体系
指标类型\t指标名称\t目标要求
核心指标\t单位能耗碳排放\t≤0.2吨/吨标准煤
引导指标\t清洁能源消费占比\t≥90%
引导指标\t工业固体废弃物综合利用率\t≥80%
"""


def routes(served: Served) -> set[str]:
    from tanzhe.web.pages import pages

    return {
        route.path for page in pages() for route in page.router.routes
        if "GET" in getattr(route, "methods", ())
    }  # fmt: skip


def test_every_page_is_walked(walked: Walked) -> None:
    assert routes(walked.served) - NO_PAGES - ELSEWHERE == set(walked.places)


def test_every_page_has_its_twins(walked: Walked) -> None:
    missing = []
    for route, place in walked.places.items():
        page = walked.served.get(place)
        path, _, query = place.partition("?")
        for form in TWINS:
            twin = walked.served.get(f"{path}.{form}" + (f"?{query}" if query else ""))
            offered = f"{path}.{form}" in page.text
            if twin.status_code != 200 or not twin.content or not offered:
                missing.append((route, form, twin.status_code, offered))
    assert missing == []


class _Chinese(HTMLParser):
    """Chinese words of ours: neither marked nor quoted, outside scripts, fields and reports."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("meta", "link", "input", "br", "img", "hr"):
            return
        own = ("script", "style", "title", "textarea", "option", "article")
        quiet = tag in own or told.get("lang") == "zh-Hans"
        self._open.append((tag, quiet))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            last, _ = self._open.pop()
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        ours = re.sub("“[^”]*”", "", data)
        if not any(quiet for _, quiet in self._open) and re.search("[㐀-鿿]", ours):
            self.found.append(data.strip())


# Names that people gave to files, firms, sheets and columns; readings; units and names of rules.
THEIRS = re.compile(
    "示例|虚构|甲|乙|丙|另一年|通知|方案|月份|万吨|停电|[0-9] [级个辆]$|〔[0-9]|报告指南"
)


def test_every_page_speaks_english(walked: Walked) -> None:
    ours = []
    for route, place in walked.places.items():
        joint = "&" if "?" in place else "?"
        parser = _Chinese()
        parser.feed(walked.served.get(f"{place}{joint}lang=en").text)
        ours += [(route, one) for one in parser.found if not THEIRS.search(one)]
    assert ours == [], "\n".join(f"{route} {one}" for route, one in ours)


@needs_browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_page_can_be_read_by_everybody(walked: Walked, watched: Watched, dark: bool) -> None:
    """Nothing from outside, no complaint, no sideways scroll, nothing serious for axe."""
    page, axe = watched.page(dark=dark), Axe()
    watched.outside.clear()
    watched.complaints.clear()
    wrong: list[object] = []
    for route, place in walked.places.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        walked.served.get(place)  # worked out, so that it does not load itself anew meanwhile
        joint = "&" if "?" in place else "?"
        page.goto(walked.served.address + place + (f"{joint}lang=en" if dark else ""))
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1, route
        found: Any = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
        wrong += [
            (route, one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        for width in (768, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(50)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                wrong.append((route, width))
    assert wrong == [] and watched.complaints == [] and watched.outside == []
    page.context.close()


# What can be pressed or filled in, and is on the page now.
REACHABLE = """() => {
  const all = [...document.querySelectorAll(
    "a[href],button,input:not([type=hidden]):not([type=radio]),select,textarea,summary,[tabindex='0']"
  )].filter((one) => !one.disabled && one.checkVisibility());
  all.forEach((one, at) => { one.dataset.reach = at; });
  return all.length;
}"""


@needs_browser
def test_everything_is_reached_by_keyboard(walked: Walked, watched: Watched) -> None:
    """Tab leads to all that can be pressed, holds nobody, and shows where it is."""
    page = watched.page()
    wrong: list[object] = []
    for route, place in walked.places.items():
        walked.served.get(place)
        page.goto(walked.served.address + place)
        page.wait_for_load_state()
        page.wait_for_function("!document.querySelector('#runs progress')")  # a table that changes
        count = page.evaluate(REACHABLE)
        seen: set[str] = set()
        for _ in range(count + 2):
            page.keyboard.press("Tab")
            at, ring = page.evaluate(
                "[document.activeElement.dataset.reach ?? '',"
                " getComputedStyle(document.activeElement).outlineStyle]"
            )
            seen.add(at)
            # A field that only the keyboard sees has its ring on the button beside it.
            picker = page.evaluate("document.activeElement.closest('.picker') !== null")
            if at and ring == "none" and not picker:
                wrong.append((route, "no ring", at))
        missed = sorted(set(map(str, range(count))) - seen)
        if missed:
            held = page.evaluate(
                "(ids) => ids.map((id) => document.querySelector(`[data-reach='${id}']`)?.outerHTML"
                ".slice(0, 90))", missed[:3],
            )  # fmt: skip
            wrong.append((route, "not reached", held))
    assert wrong == []
    page.context.close()


@needs_browser
def test_the_table_of_runs_leaves_the_reader_where_he_stands(
    walked: Walked, watched: Watched
) -> None:
    page = watched.page()
    page.goto(walked.served.address + "/runs")
    page.wait_for_function("!document.querySelector('#runs progress')")
    rows = "document.querySelectorAll('#runs tbody tr').length"
    before = page.evaluate(rows)
    page.focus("#runs a")
    page.evaluate("document.activeElement.dataset.mine = 'yes'")
    with httpx.Client(base_url=walked.served.address, timeout=60, follow_redirects=True) as other:
        send(other, "/runs/batches", "/runs/batches", sectors="cement", regions="CN-QH")
    page.wait_for_timeout(1500)  # as long as several tellings take
    assert page.evaluate("document.activeElement.dataset.mine") == "yes"
    assert page.evaluate(rows) == before
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function(f"{rows} > {before}")
    page.context.close()
