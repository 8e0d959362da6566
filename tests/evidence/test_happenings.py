"""On which day something happened, what is no cause, and what it is called: cases to read."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tanzhe.evidence.events.extract import extract_events
from tanzhe.evidence.events.page import Page
from tanzhe.evidence.finders.find import checked_events
from tanzhe.model import Source

CASES = yaml.safe_load((Path(__file__).parent / "happenings.yaml").read_text(encoding="utf-8"))


def page_of(sentence: str) -> Page:
    text = f"标题：某地要闻\n来源：某报\n发布日期：2021年5月24日\n\n{sentence}"
    source = Source(publisher="某报", tier="user")
    return Page(sha256="0" * 64, text=text, title="某地要闻", source=source)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["文"][:24])
def test_an_event_happens_on_its_own_day(case: dict[str, Any]) -> None:
    page = page_of(case["文"])
    found = checked_events(page, page.text)
    assert len(found) == len([e for e in extract_events(page) if e.status == "verified"])
    told = [
        [e.instrument, e.dates[0].kind, e.dates[0].date, e.direction]
        for e in found
        if e.dates[0].kind != "posted"
    ]
    if case.get("无"):
        assert told == []
        return
    instrument, kind, day, direction = case["得"]
    assert told[:1] == [[instrument, kind, str(day), direction]]
    if case.get("名"):
        assert found[0].name == case["名"]
