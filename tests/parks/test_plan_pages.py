"""The examples of docs/parks/plan.md and compare.md run and print what the pages show."""

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "parks"


@pytest.mark.parametrize("name", ["plan.md", "compare.md"])
def test_the_example_prints_what_the_page_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PAGES / name).read_text(encoding="utf-8")
    match = re.search(r"```python\n(.*?)```\n\n((?:    [^\n]*\n)+)", text, re.S)
    assert match is not None
    monkeypatch.chdir(tmp_path)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(match[1], {})
    shown = "".join(line[4:] for line in match[2].splitlines(keepends=True))
    assert told.getvalue() == shown
