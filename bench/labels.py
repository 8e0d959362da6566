"""Whether labels of the charts overlap, are cut, or push a page wide: every province, in a browser.

    python bench/labels.py [--workspace DIR] [--regions CN-YN,CN-GS] [--sectors industry,power]

Opens each series page at four widths in both languages and takes the box of every text of its
path and its sums as the browser drew it. Two boxes that share more than a pixel overlap; one
that leaves its picture is cut. The floor is none; exit code 1 where there is any.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from serve import serve

from tanzhe.places import provinces
from tanzhe.web.desk import Asked, Desk
from tanzhe.web.settings import Settings

WIDTHS = (320, 390, 768, 1280)
LANGUAGES = ("zh", "en")
# A pixel of rounding, and the lead above and below letters, are no overlap.
SLACK = 1.5
# Every picture is drawn anew for the width it has now.
DRAWN = """() => [...document.querySelectorAll(".plot[data-drawn]")].every((plot) => {
  const drawn = plot.querySelector("svg");
  return drawn && Math.abs(drawn.getBoundingClientRect().width - plot.clientWidth) <= 1;
})"""
BOXES = """(slack) => {
  const found = { texts: 0, overlaps: [], cut: [], wide: 0 };
  for (const plot of document.querySelectorAll(".plot[data-drawn]")) {
    const frame = plot.getBoundingClientRect();
    const boxes = [...plot.querySelectorAll("svg text")]
      .filter((one) => one.textContent.trim() && getComputedStyle(one).opacity !== "0")
      .map((one) => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0);
    found.texts += boxes.length;
    boxes.forEach(([text, a], at) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1) found.cut.push(text);
      for (const [other, b] of boxes.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > slack && down > 2 * slack) found.overlaps.push(`${text} | ${other}`);
      }
    });
  }
  found.wide = Math.max(0, document.documentElement.scrollWidth - innerWidth);
  return found;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--workspace", type=Path, help="kept for the next run")
    parser.add_argument("--regions", default="", help="codes; every province when left out")
    parser.add_argument("--sectors", default="industry,power")
    asked = parser.parse_args()
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("no chromium on this machine")
    regions = [one for one in asked.regions.split(",") if one]
    regions = regions or [one.iso for one in provinces() if one.iso != "CN"]
    series = [(region, sector) for sector in asked.sectors.split(",") for region in regions]
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.workspace or Path(passing)
        desk = Desk(Settings(workspace=folder))
        for sector in asked.sectors.split(","):  # the panels, once
            desk.told(Asked(regions[0], sector)).future.result()
        desk.close()
        address, stop = serve(folder)
        try:
            with sync_playwright() as playwright:
                opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                wrong = looked(opened.new_page(), address, series)
                opened.close()
        finally:
            stop()
    sys.exit(1 if wrong else 0)


def looked(page: Page, address: str, series: list[tuple[str, str]]) -> int:
    """Every series at every width and in both languages; how many things are wrong."""
    texts = overlaps = cut = wide = missing = 0
    for region, sector in series:
        for language in LANGUAGES:
            answer = page.goto(f"{address}/series/{region}/{sector}?lang={language}")
            if answer is None or answer.status >= 400:
                print(f"{region} {sector} {language}: the page is not there", flush=True)
                missing += 1
                continue
            page.wait_for_selector("#path-chart[data-drawn]", timeout=300_000)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_function(DRAWN)
                found = page.evaluate(BOXES, SLACK)
                texts += found["texts"]
                overlaps += len(found["overlaps"])
                cut += len(found["cut"])
                wide += found["wide"] > 0
                for one in (*found["overlaps"], *(f"cut: {text}" for text in found["cut"])):
                    print(f"{region} {sector} {language} {width}: {one}", flush=True)
    views = len(series) * len(WIDTHS) * len(LANGUAGES)
    print(f"{len(series)} series, {views} views: {texts} texts, {overlaps} overlap, {cut} cut, "
          f"{wide} pages scroll sideways, {missing} pages missing")  # fmt: skip
    return overlaps + cut + wide + missing


if __name__ == "__main__":
    main()
