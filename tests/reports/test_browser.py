"""The finished page in a real browser, cut off from the network."""

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reports.made import shanghai, yunnan
from tanzhe.reports import Findings, render

BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome")
     if (found := shutil.which(name))),
    None,
)  # fmt: skip
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine: the page is not opened in a browser"
)
# A proxy that is not there: whatever the page asked the network for would fail.
OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--proxy-server=127.0.0.1:9",
    "--virtual-time-budget=2000",
    "--dump-dom",
]
# Attributes by which a page makes a browser fetch something.
FETCHING = ("src", "srcset", "data", "action", "poster", "background", "xlink:href", "ping")


class Built(HTMLParser):
    """What the browser built: tags, what it may fetch, and the text of headings."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.titles: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside.append(tag)
        for name, value in attrs:
            fetches = name in FETCHING or (name == "href" and tag != "a")
            if fetches and value:
                self.fetched.append(value)

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] in ("title", "h1", "h2"):
            self.titles.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass


def opened(found: Findings, folder: Path, language: str = "zh") -> Built:
    page = folder / "page.html"
    page.write_text(render(found, "plain", "html", language), encoding="utf-8")  # type: ignore[arg-type]
    done = subprocess.run(
        [str(BROWSER), *OPTIONS, f"--user-data-dir={folder}/profile", page.as_uri()],
        capture_output=True,
        check=True,
        text=True,
        timeout=600,
    )
    built = Built()
    built.feed(done.stdout)
    assert not re.search(r"url\(|@import", done.stdout)
    return built


def test_the_page_shows_title_pictures_and_sections(tmp_path: Path) -> None:
    built = opened(yunnan(), tmp_path)
    assert any(title.startswith("云南工业碳排放：2019—2021年间最高") for title in built.titles)
    for section in (
        "一眼看完",
        "现在在什么位置",
        "发生了什么，可能为什么",
        "分产品看",
        "有多大把握",
    ):
        assert section in built.titles
    # Path, sums, contributions and ranks, each wide and for a phone.
    assert built.tags.count("svg") == 8 and built.tags.count("figcaption") == 4
    assert built.tags.count("table") > 6 and built.fetched == []
    assert not {"script", "img", "iframe", "link", "object", "embed"} & set(built.tags)


def test_the_english_page_and_the_page_that_judges_nothing(tmp_path: Path) -> None:
    built = opened(yunnan(), tmp_path, "en")
    assert "Where it stands" in built.titles and built.fetched == []
    idle = opened(shanghai(), tmp_path)
    assert "svg" not in idle.tags and "现在在什么位置" not in idle.titles and idle.fetched == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_pushed_sideways_on_a_phone_or_a_desk(tmp_path: Path, language: str) -> None:
    from playwright.sync_api import sync_playwright

    page = tmp_path / "page.html"
    page.write_text(render(yunnan(), "formal", "html", language), encoding="utf-8")  # type: ignore[arg-type]
    wider = "[...document.querySelectorAll('html, .scroll:not(:has(.data))')].filter("
    wider += "one => one.scrollWidth > one.clientWidth).map(one => one.tagName)"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        sheet = browser.new_page()
        sheet.goto(page.as_uri())
        sheet.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        pushed = {}
        for width in (320, 390, 768, 1280):
            sheet.set_viewport_size({"width": width, "height": 800})
            pushed[width] = sheet.evaluate(wider)
        browser.close()
    # On the narrowest phones a wide table moves by itself, the page never does.
    assert "HTML" not in pushed.pop(320)
    assert pushed == {390: [], 768: [], 1280: []}


def test_a_heading_or_lead_in_is_never_the_last_line_of_a_printed_page() -> None:
    text = render(yunnan(), "plain", "html", "zh")
    print_rules = text[text.index("@media print") : text.index("</style>")]
    assert re.search(r"h2,h3,p:has\(\+ul\)[^{]*\{break-after:avoid\}", print_rules)
    assert ".annex::details-content{content-visibility:visible}" in print_rules
