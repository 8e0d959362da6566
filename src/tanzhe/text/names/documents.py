"""Document numbers and titles in text."""

import re
from dataclasses import dataclass

from tanzhe.characters import plain
from tanzhe.text.spans import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberSpan(Span):
    """A document number.

    Attributes:
        number: normal form with 〔 〕: 发改环资〔2025〕910号.
        year: the year in it, which is not a date of the document.
    """

    number: str
    year: int


_OPEN, _CLOSE = r"[〔\[［【(（﹝]", r"[〕\]］】)）﹞]"
_NUMBER = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{1,16}})\s*{_OPEN}\s*(?P<year>(?:19|20)\d{{2}})\s*{_CLOSE}\s*"
    r"(?P<serial>第?\s*\d{1,5})\s*号"
)
# Words that run into the body's short form when a text has lost its spaces and full stops.
_BEFORE = re.compile(
    r".*(?:文件|通知|公告|按照|根据|依据|见|文号|号为|印发|委员会|办公厅|总局|"
    r"(?<!工信)[部厅局委](?=(?:工信部)?[^部厅局委]{1,8}$)|、|和|以)"
)
_TITLE = re.compile(r"《(?P<inner>[^《》\n]{2,120}(?:《[^《》\n]{2,80}》[^《》\n]{0,60})?)》")


def read_document_numbers(text: str) -> list[NumberSpan]:
    """Document numbers of a text; the brackets may be 〔 〕, [ ], 【 】 or ( ).

    Example:
        >>> [n.number for n in read_document_numbers("（发改环资[2025]910号）")]
        ['发改环资〔2025〕910号']
    """
    found = []
    for match in _NUMBER.finditer(plain(text)):
        cut = _BEFORE.match(match["body"])
        skipped = cut.end() if cut and cut.end() < len(match["body"]) else 0
        start = match.start() + skipped
        body = match["body"][skipped:]
        serial = re.sub(r"\s|第", "", match["serial"])
        found.append(
            NumberSpan(
                start=start,
                end=match.end(),
                text=text[start : match.end()],
                number=f"{body}〔{match['year']}〕{serial}号",
                year=int(match["year"]),
            )
        )
    return found


def normal_number(number: str) -> str:
    """A document number with 〔 〕 and without spaces, for comparing.

    Example:
        >>> normal_number("国发[2021] 23号") == normal_number("国发〔2021〕23号")
        True
    """
    return re.sub(
        r"[\s第]", "", re.sub(r"[\[［【(（﹝]", "〔", re.sub(r"[\]］】)）﹞]", "〕", number))
    )


def read_titles(text: str) -> list[Span]:
    """What stands between 《 and 》, marks included; titles within titles stay whole.

    Example:
        >>> [t.text for t in read_titles("印发《云南省碳达峰实施方案》的通知")]
        ['《云南省碳达峰实施方案》']
    """
    return [Span(start=m.start(), end=m.end(), text=m[0]) for m in _TITLE.finditer(text)]
