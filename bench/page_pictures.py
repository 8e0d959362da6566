"""Make the pictures of docs/pages anew: `python bench/page_pictures.py [--workspace DIR]`.

Fills a workspace as `bench/serve.py` does, drops the files of `tanzhe example` on the pages as a
newcomer would, and takes each page in Chromium: by day, by night and on a phone.
"""

import argparse
import re
import shutil
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright
from serve import EPISODE, fill, serve

from tanzhe.api.house.example import write_example

PAGES = Path(__file__).parents[1] / "docs" / "pages"
WIDE, PHONE = (1280, 1100), (390, 844)
SERIES = "/series/CN-YN/industry"
PLAIN = {
    "overview": "/", "series": SERIES, "compare": f"{SERIES}?with=CN-GZ,CN-SC", "episode": EPISODE,
    "review": "/review", "report": "/reports/CN-GS/industry?register=formal",
}  # fmt: skip
# Page, file of the example that is dropped on it, and the page it is sent to where that is another.
DROPPED = {
    "audit": ("/audits", "their_report.md", ""), "park": ("/parks", "park.xlsx", ""),
    "policy": ("/policies", "notice.docx", ""), "footprint": ("/footprints", "ingot.yaml", ""),
    "hours": ("/hours", "hours.csv", ""), "table": ("/sources", "mine.xlsx", "/tables"),
    "tasks": ("/tasks", "notice.docx", ""),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--workspace", type=Path, help="kept for the next run")
    parser.add_argument("--only", default="", help="names of pictures, with commas")
    asked = parser.parse_args()
    found = shutil.which("chromium")
    if found is None:
        sys.exit("No chromium found.")
    only = {one for one in asked.only.split(",") if one}
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.workspace or Path(passing) / "ws"
        fill(folder)
        write_example(Path(passing) / "example")
        address, stop = serve(folder)
        try:
            places = {**PLAIN, **dropped(address, Path(passing) / "example")}
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=found, args=["--no-sandbox", "--hide-scrollbars"]
                )
                for name, place in places.items():
                    if not only or name in only:
                        taken(browser, address + place, PAGES / f"{name}.png")
                for name, place in (("phone", EPISODE), ("dark", SERIES)):
                    if not only or name in only:
                        size = WIDE if name == "dark" else PHONE
                        taken(browser, address + place, PAGES / f"{name}.png", size, dark=True)
                browser.close()
        finally:
            stop()


def dropped(address: str, files: Path) -> dict[str, str]:
    """Drop each file on its page; the address of what came of it."""
    places = {}
    with httpx.Client(base_url=address, timeout=600, follow_redirects=True) as reader:

        def send(page: str, to: str, sent: list[tuple[str, tuple[str, bytes]]]) -> str:
            csrf = re.search(r'name="csrf" content="(\w+)"', reader.get(page).text)
            data = {"csrf": csrf[1] if csrf else "", "who": "张三"}
            answer = reader.post(to, data=data, files=sent)
            if answer.status_code >= 400:
                sys.exit(f"{to}: {answer.status_code}")
            return answer.url.path

        for name, (page, file, to) in DROPPED.items():
            sent = [("file", (file, (files / file).read_bytes()))]
            places[name] = send(page, to or page, sent)
        meters = [
            ("files", (one.name, one.read_bytes())) for one in (files / "my_meters").iterdir()
        ]
        send("/meters", "/meters", meters)
        places["meters"] = "/meters"
    return places


def taken(
    browser: Browser,
    address: str,
    target: Path,
    size: tuple[int, int] = WIDE,
    *,
    dark: bool = False,
) -> None:
    """One page as a picture, once everything on it is drawn."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-state=running]", state="detached", timeout=600_000)
    page.wait_for_timeout(800)
    page.screenshot(path=target)
    context.close()
    print(target.name, flush=True)


if __name__ == "__main__":
    main()
