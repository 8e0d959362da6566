"""What 该公司, 该煤矿, 该项目 points back to: the one full name of its kind in the paragraph."""

import re

from tanzhe.evidence.events.naming import LONGEST_NAME, is_nameless, name_span
from tanzhe.evidence.events.passages import Passage
from tanzhe.evidence.events.readings import bodies_in, places_in
from tanzhe.evidence.events.triggers import Trigger, industries_in
from tanzhe.text.files.boilerplate import without_boilerplate

SHORTEST_NAME = 4  # characters beside its first place: 红旗煤矿
_COMPANY = ("公司", "集团", "企业")
# What may be pointed at, and how the full name of such a thing ends.
_ENDINGS = {
    "煤矿": "煤矿|煤业公司",
    "矿井": "煤矿|矿井",
    "矿山": "矿山|铁矿|铜矿|铝矿",
    "项目": "项目|工程",
    "工程": "工程|项目",
    "电厂": "电厂|发电厂|热电厂",
    "电站": "电站",
    "生产线": "生产线",
    "装置": "装置",
    "园区": "园区|开发区|产业园",
    "钢厂": "钢厂|钢铁厂",
    "铝厂": "铝厂",
    "水泥厂": "水泥厂",
    "工厂": "厂",
}
_THINGS = "|".join(sorted((*_ENDINGS, *_COMPANY), key=len, reverse=True))
_POINTER = re.compile(rf"(?:该|这[家座个条])(?P<thing>{_THINGS})")
# Followed by these it is part of a longer name: 煤矿安全监察局, 工程局, 项目部.
_NEXT = (
    r"(?!安全|监[察管]|管理|集团|公司|企业|[局部办组群区厂站]|经理|工程|项目|设计|建设|资金|名单|"
    r"产业)"
)
# A full name holds none of these: its beginning could not be told.
_UNCLEAR = re.compile(
    r"[该这那某等的了对向由把被将有是称据各多余几两]|上述|前述|部分|所有|全部|发现|要求|责令|表示|显示|通报|"
    r"小煤矿|大型|中型|小型|重点|新建|在建|关闭|建设|投资|淘汰|整治|检查|召开|推进|加快|"
    r"包括|涉及|关于|位于|以及|发生|一[家座个条]|当地|另外|其中|[、和与及]"
)
_MARKS = '，,。；;：:！？、“”"（）() \u3000\n\t'


def _names(paragraph: str, thing: str) -> list[tuple[int, int]]:
    """Where full names of a kind of thing stand."""
    if thing in _COMPANY:
        return [(body.start, body.end) for body in bodies_in(paragraph) if body.kind == "company"]
    pattern = re.compile(rf"(?:{_ENDINGS[thing]}){_NEXT}")
    found = (_full(paragraph, match.end()) for match in pattern.finditer(paragraph))
    return [name for name in found if name is not None]


def _full(paragraph: str, end: int) -> tuple[int, int] | None:
    """The name that ends here, from its place on; None where its beginning is unsure."""
    start = max(paragraph.rfind(mark, 0, end) for mark in _MARKS) + 1
    places = places_in(paragraph[start:end])
    if not places:
        return None
    start += places[0].start
    own = paragraph[start:end]
    for place in places:  # 鄂尔多斯 holds 多, and is clear
        own = own.replace(place.text, "")
    beside = end - start - len(places[0].text)
    fits = beside >= SHORTEST_NAME and end - start <= LONGEST_NAME
    return (start, end) if fits and not _UNCLEAR.search(own) else None


def named_before(paragraph: str, pointing: str) -> tuple[int, int] | None:
    """Where the thing is named that some words point back to, when only one can be meant.

    Args:
        paragraph: what stands before those words in their paragraph.
        pointing: the words, from 该 on.

    Returns:
        Start and end of the full name in the paragraph; None where no or several things of that
        kind are named, or where a name's beginning is unsure.

    Example:
        >>> before = "9月5日，贵州省盘州市红旗煤矿发生透水事故。"
        >>> start, end = named_before(before, "该煤矿停产整顿")
        >>> before[start:end]
        '贵州省盘州市红旗煤矿'
        >>> named_before(f"{before}次日，清镇市东风煤矿也发生事故。", "该煤矿停产整顿") is None
        True
    """
    match = _POINTER.match(pointing)
    if match is None:
        return None
    thing = match["thing"]
    # Any other thing of the kind, however it is named, leaves open which one is meant.
    every = _names(paragraph, thing)
    if not every or len(every) != _mentions(paragraph, thing):
        return None
    longest = max((paragraph[a:b] for a, b in every), key=len)
    if not all(longest.endswith(paragraph[a:b]) for a, b in every):
        return None
    return next((a, b) for a, b in every if paragraph[a:b] == longest)


def _pointer(words: str) -> int | None:
    """Where words point back to a thing that they do not name themselves."""
    match = _POINTER.search(words)
    if match is None or _mentions(words[: match.start()], match["thing"]):
        return None
    return match.start()


def _subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in a text the thing is named that the words of a span point back to."""
    at = _pointer(text[start:end])
    if at is None:
        return None
    paragraph = text.rfind("\n", 0, start) + 1
    named = named_before(text[paragraph : start + at], text[start + at : end])
    return (paragraph + named[0], paragraph + named[1]) if named else None


def event_name(text: str, passage: Passage, trigger: Trigger) -> tuple[int, int] | None:
    """Where a document names a trigger's event; None where it is named nowhere for sure.

    What only points back (该煤矿停产) is named by what it points to, both in one piece where that
    is short: 红旗煤矿发生事故。该煤矿停产.

    Args:
        text: of the document.
        passage: the sentence of the trigger.
        trigger: as found in it.
    """
    text = without_boilerplate(text)
    start, end = (passage.start + at for at in name_span(passage, trigger))
    if not is_nameless(text[start:end]) and _pointer(text[start:end]) is None:
        return start, end
    named = _subject(text, start, end)
    if named is None:
        return None
    return named[0], end if end - named[0] <= LONGEST_NAME else named[1]


def industries_told(text: str, passage: Passage) -> tuple[str, ...]:
    """The industries a sentence names, also by what it points back to."""
    found = industries_in(passage.text)
    named = None if found else _subject(without_boilerplate(text), passage.start, passage.end)
    return industries_in(text[slice(*named)]) if named else found


def _mentions(paragraph: str, thing: str) -> int:
    """How often a paragraph speaks of such things in any words, those pointed back to aside."""
    endings = "公司|集团|企业" if thing in _COMPANY else _ENDINGS[thing]
    return len(re.findall(rf"(?<!该)(?<!这[家座个条])(?:{endings})", paragraph))
