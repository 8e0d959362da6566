"""Make the pictures of the documents anew: `python bench/pictures.py`.

The head of the plain report on Gansu's industry, docs/reports/gansu.png, by headless Chromium.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.api import investigate, load
from tanzhe.reports import render

DOCS = Path(__file__).parents[1] / "docs"
WIDTH, HEIGHT = 1100, 1160
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
        sys.exit("No chromium found.")
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
    photograph(render(findings, "plain", "html"), DOCS / "reports" / "gansu.png")


if __name__ == "__main__":
    main()
