"""Make the pictures of the documents anew: `python bench/pictures.py`.

* docs/turning/gansu.svg: the chart of Gansu's industry, its colours inlined;
* docs/reports/gansu.png: the head of the plain report on it, by headless Chromium.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.api.reports.findings import investigate
from tanzhe.api.series.turning import load
from tanzhe.reports import render
from tanzhe.reports.charts import drawing, standalone

DOCS = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1100, 1680
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def photograph(html: str, target: Path) -> None:
    """A page as a picture of WIDTH x HEIGHT, taken without the network."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("No chromium found: only the SVG was made.")
    with TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        options = [
            f"--user-data-dir={folder}/profile",
            f"--window-size={WIDTH},{HEIGHT}",
            f"--screenshot={target}",
        ]
        subprocess.run([browser, *QUIET, *options, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    findings = investigate(load("甘肃", "工业"))
    drawn = drawing(
        "path",
        findings,
        title="Gansu, industry: the path, what was expected, and what happened",
        language="en",
    )
    (DOCS / "turning" / "gansu.svg").write_text(standalone(drawn.wide), encoding="utf-8")
    photograph(render(findings, "plain", "html"), DOCS / "reports" / "gansu.png")


if __name__ == "__main__":
    main()
