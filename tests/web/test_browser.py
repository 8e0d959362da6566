"""What a user does, in a real browser."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tanzhe.model import Evidence, LinkedEvent
from tanzhe.model.evidence import Quote, Source
from tanzhe.reports.facts.findings import Findings
from tanzhe.web.desk import Asked, Told
from web.browser import Watched, needs_browser, watched
from web.conftest import Served

pytestmark = needs_browser
__all__ = ["watched"]

SERIES = "/series/CN-YN/industry"
EPISODE = f"{SERIES}/episodes/CN-YN-industry-2020-02-down"
PAGES = [
    "/", "/?view=table", "/?sector=aviation", SERIES, f"{SERIES}?with=CN-GZ,CN-SC,CN-GX", EPISODE,
    "/effect/CN-YN/industry", "/effect/CN-YN/industry?event=cn-yn-2020-01-work-delay",
    "/reports/CN-YN/industry", "/search?q=限电", "/nothing", "/documents", "/policies", "/audits",
    "/sources", "/parks", "/runs",
]  # fmt: skip
SLOWEST = 120_000


@pytest.fixture(scope="module", autouse=True)
def worked_out(served: Served) -> None:
    """Every page is ready before it is looked at."""
    for path in PAGES:
        served.get(path)


def drawn(page) -> None:
    """Wait until every picture is there."""
    missing = page.locator("[data-chart]:not([data-drawn])")
    # Not by a text of script: the page's policy lets nothing evaluate one.
    expect(missing).to_have_count(0, timeout=SLOWEST)


def test_why_did_it_fall_takes_three_steps(served: Served, watched: Watched) -> None:
    page = watched.page()
    page.goto(served.address + "/")
    rising = page.locator('.tile[data-state="rising"]').count()
    assert f"{rising}个仍在上升" in page.locator("h1").inner_text()  # who still rises: no step
    page.click('[data-region="CN-YN"]')
    drawn(page)
    assert page.locator("#path-chart svg path").count() > 5
    page.click(".episodes .badge >> nth=0")
    page.wait_for_url("**/episodes/**")
    assert "2020年1月—3月" in page.locator("h1").inner_text()
    assert page.locator(".evidence").count() >= 1
    page.context.close()


def test_a_chart_is_read_by_keyboard_and_by_mouse(served: Served, watched: Watched) -> None:
    page = watched.page()
    page.goto(served.address + SERIES)
    drawn(page)
    chart, told = page.locator("#path-chart"), page.locator("#path-chart-reading")
    chart.focus()
    page.keyboard.press("End")
    assert told.inner_text().startswith("2024年12月 · 实际")
    page.keyboard.press("ArrowLeft")
    assert told.inner_text().startswith("2024年11月")
    page.keyboard.press("Home")
    page.keyboard.press("]")
    assert "2020年1—2月" in told.inner_text() and "偏离" in told.inner_text()
    assert page.locator("#live").inner_text().startswith("2020年1—2月")
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.6)
    expect(page.locator("#path-chart")).to_contain_text("应有")
    chart.focus()
    page.keyboard.press("Home")
    page.keyboard.press("]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/episodes/CN-YN-industry-2020-02-down")
    page.context.close()


def test_keys_of_every_page(served: Served, watched: Watched) -> None:
    page = watched.page()
    page.goto(served.address + SERIES)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("云南?/")  # while typing, keys are letters
    assert page.locator("#q").input_value() == "云南?/"
    page.locator("#q").fill("云南 工业")
    page.keyboard.press("Enter")
    page.wait_for_url("**/series/CN-YN/industry")
    page.context.close()


def test_a_span_is_dragged_or_typed_and_stands_in_the_address(
    served: Served, watched: Watched
) -> None:
    page = watched.page()
    page.goto(served.address + SERIES)
    drawn(page)
    page.locator("#path-chart").scroll_into_view_if_needed()
    box = page.locator("#path-chart").bounding_box()
    y = box["y"] + box["height"] * 0.7
    page.mouse.move(box["x"] + box["width"] * 0.4, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=**")
    asked = parse_qs(urlsplit(page.url).query)
    assert "2018-06" < asked["since"][0] < asked["until"][0] < "2021-12"
    page.fill("#since", "2020")
    page.fill("#until", "2021")
    page.click(".zoom button")
    page.wait_for_url("**since=2020&until=2021")
    drawn(page)
    page.locator("#path-chart").focus()
    page.keyboard.press("Home")
    assert page.locator("#path-chart-reading").inner_text().startswith("2020年1—2月")
    page.context.close()


def test_provinces_are_compared(served: Served, watched: Watched) -> None:
    page = watched.page()
    page.goto(served.address + SERIES)
    page.select_option('select[name="with"]', "CN-GZ")
    page.click("text=放在一起比")
    page.wait_for_url("**with=CN-GZ**")
    drawn(page)
    assert "贵州比2019年底低" in page.locator("h1").inner_text()
    page.click("text=百万吨二氧化碳 >> nth=0")
    page.wait_for_url("**scale=level**")
    drawn(page)
    page.select_option('select[name="with"]', label="四川")
    page.click("text=加上")
    page.wait_for_url("**CN-SC**")
    assert page.locator("text=四川 ×").count() == 1
    page.click("text=贵州 ×")
    page.wait_for_url(re.compile("with=CN-SC"))
    page.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_hold_what_a_reader_needs(served: Served, watched: Watched, dark: bool) -> None:
    """Nothing from outside, no complaint, no sideways scroll, nothing serious for axe."""
    page, axe = watched.page(dark=dark), Axe()
    watched.outside.clear()
    watched.complaints.clear()
    for path in PAGES:
        joint = "&" if "?" in path else "?"
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(served.address + path + (f"{joint}lang=en" if dark else ""))
        drawn(page)
        assert page.locator("h1").count() == 1, path
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]})
        serious = [
            (one["id"], [node["html"][:160] for node in one["nodes"][:3]])
            for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], path
        for width in (768, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.wait_for_timeout(50)
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (path, width)
    complaints = [one for one in watched.complaints if "404" not in one]
    assert complaints == [] and watched.outside == []
    page.context.close()


HOSTILE = '"><img src=x onerror=window.bad=1><script>window.bad=1</script>{{7*7}}'


def test_hostile_texts_stay_texts(served: Served, watched: Watched) -> None:
    desk = served.desk
    assert desk.workspace is not None
    asked = Asked("CN-GZ", "industry")
    text = f"前文。{HOSTILE}后文。"
    sha256 = desk.workspace.add(
        text.encode(), text=text, name=HOSTILE, media_type="text/plain", title=HOSTILE
    )
    try:
        mine = desk.told(Asked("CN-YN", "industry")).future.result(timeout=600)
        poisoned = _poisoned(mine.findings, sha256, text)
        key = ("told", asked, desk.figures())
        desk.changed()
        job = desk.jobs.ask(key, desk_title(), lambda _: Told(poisoned), state=desk.stamp)
        job.future.result(timeout=600)
        page = watched.page()
        page.goto(served.address + EPISODE.replace("CN-YN/", "CN-GZ/"))
        drawn(page)
        assert page.locator("h3", has_text=HOSTILE).count() >= 1
        assert page.locator(".original mark").first.inner_text() == HOSTILE
        assert page.locator('a[href^="javascript"]').count() == 0
        page.goto(served.address + "/reports/CN-GZ/industry")
        assert HOSTILE in page.locator("article").inner_text()
        page.goto(served.address + f"/search?q={HOSTILE.replace('&', '')}")
        assert page.evaluate("window.bad") is None
        twin = served.get(EPISODE.replace("CN-YN/", "CN-GZ/") + ".json")
        assert json.loads(twin.text)["events"][0]["event"]["name"] == HOSTILE
        page.context.close()
    finally:
        desk.workspace.retire(sha256, why="removed")
        desk.workspace.erase(sha256)


def desk_title():
    from tanzhe.errors import Words

    return Words(HOSTILE, HOSTILE)


def _poisoned(found: Findings, sha256: str, text: str) -> Findings:
    """The findings with hostile names, addresses and a quoted document."""
    start = text.index(HOSTILE)
    quote = Quote(document=sha256, start=start, end=start + len(HOSTILE), text=HOSTILE)
    source = Source(url="javascript:window.bad=1", publisher=HOSTILE)

    def bad(linked: LinkedEvent) -> LinkedEvent:
        event = linked.event.model_copy(
            update={"name": HOSTILE, "name_en": HOSTILE, "summary": HOSTILE, "quotes": (quote,),
                    "sources": (source,), "status": "verified"}
        )  # fmt: skip
        return linked.model_copy(update={"event": event})

    def all_bad(one: Evidence) -> Evidence:
        return one.model_copy(update={"events": tuple(bad(each) for each in one.events)})

    return found.model_copy(update={"evidence": tuple(all_bad(one) for one in found.evidence)})
