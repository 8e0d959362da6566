"""What stands around a page's text is nothing that the page tells."""

import hashlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tanzhe.evidence.events.page import Page
from tanzhe.evidence.events.passages import posted_day
from tanzhe.evidence.finders.find import checked_events
from tanzhe.model import Event, Source
from tanzhe.text.files.boilerplate import without_boilerplate

CASES = yaml.safe_load((Path(__file__).parent / "boilerplate.yaml").read_text(encoding="utf-8"))


def events(text: str, title: str) -> tuple[Event, ...]:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = Source(publisher="某网", tier="unknown", sha256=sha256)
    return checked_events(Page(sha256=sha256, text=text, title=title, source=source), text)


def told(event: Event) -> str:
    """All that a report may print of an event."""
    days = [f"{day.date} {day.until or ''}" for day in event.dates]
    return "\n".join([event.name, event.summary, *days, *(place.name for place in event.places)])


@pytest.mark.parametrize("case", CASES, ids=[case["名"] for case in CASES])
def test_only_the_text_of_a_page_tells(case: dict[str, object]) -> None:
    text, title = str(case["文"]), str(case["标题"])
    found = events(text, title)
    every = "\n".join(told(event) for event in found)
    assert [word for word in case["不得有"] if word in every] == []  # type: ignore[attr-defined]
    names = [told(event) for event in found]
    assert [w for w in case["事件"] if not any(w in name for name in names)] == []  # type: ignore[attr-defined]
    stated = posted_day(text)
    assert (stated.day.isoformat() if stated else "无") == str(case["发布"])
    for event in found:
        for quote in event.quotes:
            assert text[quote.start : quote.end] == quote.text


PIECES = [
    "相关阅读",
    "：",
    "\n",
    "。",
    "云南限电",
    "责任编辑：王",
    "【字体：大 中 小】",
    "©",
    "首页 > ",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=80))
def test_every_offset_stays(text: str) -> None:
    left = without_boilerplate(text)
    assert len(left) == len(text)
    assert all(kept in (words, "\n") for words, kept in zip(text, left, strict=True))
