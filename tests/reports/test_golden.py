"""Golden reports, compared as text; write them anew with TANZHE_GOLDEN=write."""

import os
from pathlib import Path

import pytest

from reports.made import FOUND
from tanzhe.reports import render

GOLDEN = Path(__file__).parents[1] / "golden"
CASES = [
    (who, register, "md", language)
    for who in FOUND
    for register in ("raw", "plain", "formal", "brief")
    for language in ("zh", "en")
] + [
    ("yunnan", "plain", "html", "zh"),
    ("yunnan", "formal", "html", "en"),
    ("hainan", "plain", "html", "zh"),
    ("yunnan", "plain", "json", "zh"),
    ("yunnan", "plain", "json", "en"),
    ("hainan", "plain", "json", "zh"),
]


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_report_is_the_golden_one(case: tuple[str, str, str, str]) -> None:
    who, register, format, language = case
    text = render(FOUND[who](), register, format, language)
    path = GOLDEN / f"report_{who}_{register}_{language}.{format}"
    if os.environ.get("TANZHE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
