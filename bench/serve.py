"""How fast the pages of `tanzhe serve` are, with a filled workspace.

    python bench/serve.py [--workspace DIR] [--runs 10]

Fills the workspace first where it is not (a minute or two): five sectors and products of 31
provinces, and one series with its report. Then a server is started anew on that workspace, as one
does in the morning, and each page is asked for: the first answer, and the median of the next. With
Chromium and playwright there, the first paint too. While the panel of another product is learnt,
the slowest answer of an open page shows whether work holds readers up.
"""

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path

import httpx
import uvicorn

from tanzhe.web.app import build
from tanzhe.web.desk import Asked, Desk
from tanzhe.web.pages.overview import BUILT_IN, PRODUCTS
from tanzhe.web.settings import Settings

EPISODE = "/series/CN-YN/industry/episodes/CN-YN-industry-2020-02-down"
PAGES = {
    "overview, 31 provinces and the nation": "/",
    "overview as a table, 155 series": "/?view=table",
    "a series": "/series/CN-YN/industry",
    "four provinces": "/series/CN-YN/industry?with=CN-GZ,CN-SC,CN-GX",
    "an episode": EPISODE,
    "effects of all events": "/effect/CN-YN/industry",
    "a report": "/reports/CN-YN/industry",
    "a report as Word": "/reports/CN-YN/industry.docx",
}
OTHER = "flat_glass"  # learnt while others read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--workspace", type=Path, help="kept for the next run")
    parser.add_argument("--runs", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.workspace or Path(passing)
        fill(folder)
        address, stop = serve(folder)
        try:
            for name, path in PAGES.items():
                first, rest = timed(address + path, asked.runs)
                print(f"{name:40} first {first:6.0f} ms   then {rest:5.0f} ms", flush=True)
            for name in ("overview, 31 provinces and the nation", "a series", "an episode"):
                paint(name, address + PAGES[name])
            busy(address)
        finally:
            stop()


def fill(folder: Path) -> None:
    """Everything the pages show, worked out and kept."""
    begun = time.monotonic()
    desk = Desk(Settings(workspace=folder))
    for sector in (*BUILT_IN, *PRODUCTS):
        desk.overview(sector).future.result()
    desk.told(Asked("CN-YN", "industry")).future.result()
    desk.effects("CN-YN", "industry").future.result()
    desk.close()
    print(f"workspace filled in {time.monotonic() - begun:.0f} s", flush=True)


def serve(folder: Path):
    """A server in a thread: its address, and how to stop it."""
    app = build(Settings(workspace=folder))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]

    def stop() -> None:
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{port}", stop


def timed(address: str, runs: int) -> tuple[float, float]:
    """Milliseconds until the page is there: the first time, and the median of the next."""
    took = []
    for _ in range(runs + 1):
        begun = time.perf_counter()
        while (answer := httpx.get(address, timeout=600)).status_code == 202:
            time.sleep(0.01)
        answer.raise_for_status()
        took.append(1000 * (time.perf_counter() - begun))
    return took[0], statistics.median(took[1:])


def paint(name: str, address: str) -> None:
    """The first contentful paint in Chromium."""
    found = shutil.which("chromium")
    if found is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        seen = []
        for _ in range(3):
            page.goto(address)
            page.wait_for_timeout(1500)
            seen.append(
                page.evaluate(
                    "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
                )
            )
        shift = page.evaluate(
            "new Promise((done) => { let sum = 0; new PerformanceObserver((list) => {"
            "for (const one of list.getEntries()) sum += one.value; }).observe("
            "{type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300); })"
        )
        browser.close()
    print(f"{name:40} first paint {statistics.median(seen):.0f} ms, layout shift {shift:.3f}")


def busy(address: str) -> None:
    """The slowest answer of an open page while a panel is learnt."""
    httpx.get(f"{address}/?sector={OTHER}", timeout=60)
    slowest, count, begun = 0.0, 0, time.perf_counter()
    while time.perf_counter() - begun < 60:
        at = time.perf_counter()
        httpx.get(f"{address}{EPISODE}", timeout=60)
        slowest, count = max(slowest, time.perf_counter() - at), count + 1
        if httpx.get(f"{address}/?sector={OTHER}", timeout=60).status_code == 200:
            break
        time.sleep(0.1)
    print(f"while a panel is learnt: slowest of {count} answers {1000 * slowest:.0f} ms")


if __name__ == "__main__":
    main()
