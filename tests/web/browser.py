"""A real browser on the pages: one for a file of tests, for it keeps a loop running."""

import shutil
from collections.abc import Iterator

import pytest

BROWSER = next(
    (
        found for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)  # fmt: skip
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine: the pages are not opened in a browser"
)
# What a page may ask for is what this machine serves.
OWN = ("http://127.0.0.1:", "data:", "blob:")


class Watched:
    """A browser whose every request and complaint is kept.

    Attributes:
        outside: addresses asked for that are not this machine's.
        complaints: errors of scripts and of the content policy.
    """

    def __init__(self, browser: object) -> None:
        self._browser = browser
        self.outside: list[str] = []
        self.complaints: list[str] = []

    def page(self, width: int = 1280, height: int = 900, *, dark: bool = False):
        """A page in a context of its own."""
        context = self._browser.new_context(  # type: ignore[attr-defined]
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", self._asked)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)
        return page

    def _asked(self, request) -> None:
        if not request.url.startswith(OWN):
            self.outside.append(request.url)

    def _said(self, message) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


@pytest.fixture(scope="module")
def watched() -> Iterator[Watched]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield Watched(browser)
        browser.close()
