"""该煤矿, 该公司, 该项目: named by the one thing of the kind in the paragraph, else left out."""

import hashlib

import pytest

from tanzhe.evidence.events.page import Page
from tanzhe.evidence.finders.find import checked_events
from tanzhe.model import Event, Source

HEAD = "某地工业运行情况\n发布日期：2021年12月1日\n"


def events(text: str) -> list[Event]:
    text = HEAD + text
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    source = Source(publisher="某报", sha256=sha256)
    page = Page(sha256=sha256, text=text, title="某地工业运行情况", source=source)
    found = [event for event in checked_events(page, text) if event.kind != "policy"]
    assert all(text[q.start : q.end] == q.text for event in found for q in event.quotes)
    return found


@pytest.mark.parametrize(
    ("text", "name", "place", "day"),
    [
        ("9月5日，贵州省盘州市红旗煤矿发生透水事故。该煤矿9月6日起停产。",
         "红旗煤矿", "520281", "2021-09-06"),
        ("云南宏远铝业有限公司位于云南省曲靖市，年产电解铝30万吨。该公司自2021年5月10日起限电停产。",
         "云南宏远铝业有限公司", "530300", "2021-05-10"),
        ("甘肃省白银市刘川电解铝项目总投资20亿元，建设周期两年，采用500千安电解槽。"
         "该项目于2021年6月28日投产。", "刘川电解铝项目", "620400", "2021-06-28"),
        ("内蒙古自治区鄂尔多斯市东胜热电厂装机容量60万千瓦。该电厂2021年10月3日停产检修。",
         "东胜热电厂", "150600", "2021-10-03"),
    ],
)  # fmt: skip
def test_the_only_one_of_its_kind_is_meant(text: str, name: str, place: str, day: str) -> None:
    found = [event for event in events(text) if day in {one.date for one in event.dates}]
    assert found
    assert all(name in event.name for event in found)
    assert all(place in {p.code for p in event.places} for event in found)


@pytest.mark.parametrize(
    "text",
    [
        # Two of the kind.
        "9月5日，贵州省盘州市红旗煤矿和清镇市东风煤矿接受检查。该煤矿9月6日起停产。",
        # None of the kind.
        "贵州省盘州市召开安全生产会议。该煤矿9月6日起停产。",
        # Named in another paragraph.
        "贵州省盘州市红旗煤矿发生透水事故。\n另据贵州省消息，该煤矿9月6日起停产。",
        # One named, one unnamed.
        "贵州省盘州市红旗煤矿与邻近煤矿存在争议。该煤矿9月6日起停产。",
        # Several.
        "云南宏远铝业有限公司、云南神火铝业有限公司位于云南省。该公司自2021年5月10日起限电停产。",
        # A body that only has the word in its name.
        "国家煤矿安全监察局在贵州省盘州市检查。该煤矿9月6日起停产。",
        "贵州省盘州市红旗煤矿发生透水事故。上述煤矿9月6日起停产。",
    ],
)
def test_where_several_or_none_can_be_meant_it_is_left_out(text: str) -> None:
    assert not [event for event in events(text) if event.instrument != "accident"]
