"""What a report is about: province, sector, the day it was made, the counts it states."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from tanzhe.audits.lines.marks import mark_of
from tanzhe.audits.records import Item, ReportText
from tanzhe.audits.spans import dates_in, places_in
from tanzhe.audits.words import notion_in, said
from tanzhe.numerals import small_number
from tanzhe.sectors import sectors
from tanzhe.text import DateSpan

_COUNT = re.compile(
    r"(?:共|总共|合计|总计|收录|识别出?|包含|找到|列出|发现|total of|found|contains)"
    r"[^\d一二三四五六七八九十。]{0,16}(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*"
    r"(?:个|项|处|条|turning|key)?(?P<what>[^，。\n]{0,12})"
)
_TRAILING = re.compile(
    r"(?P<what>转折点|节点|变点|断点|事件|政策|条目)[^，。\d]{0,6}?\s*[:：]?\s*(?P<n>\d{1,3})\s*[个项处条]"
)


def region_of(title: str, items: Sequence[Item]) -> str | None:
    """ISO code of the province a title names, else of the one most items name."""
    for span in places_in(title):
        if span.iso != "CN":
            return span.iso
    counts = Counter(s.iso for i in items for s in places_in(i.title) if s.iso != "CN")
    return counts.most_common(1)[0][0] if counts else None


def sector_of_title(title: str) -> str | None:
    """Id of the sector a title names, or None."""
    for sector in sectors():
        names = (sector.zh, sector.en, *sector.aliases)
        if any(name.lower() in title.lower() for name in names):
            return sector.id
    found = notion_in("sectors", title)
    return "industry" if found and found.id == "industry" else None


def written_on(report: ReportText) -> date | None:
    """The day a report says it was made."""
    tail = _colophon(report)
    for _, text in (*report.head, *tail):
        if said("report_day", text):
            for span in dates_in(text):
                if _dates_the_report(span):
                    return span.last_day
    for _, text in reversed(tail):  # a signature
        spans = dates_in(text)
        if (
            len(spans) == 1
            and spans[0].text == text.strip(" 　()（）")
            and spans[0].precision == "day"
        ):
            return spans[0].last_day
    for _, text in report.head:  # a date that stands for itself, as in 第7期 2025年3月10日
        if len(text) <= LONGEST_IMPRINT:
            for span in dates_in(text):
                if _dates_the_report(span):
                    return span.last_day
    return None


COLOPHON = 5  # lines at the end of a report


def _colophon(report: ReportText) -> list[tuple[int, str]]:
    """The last lines that tell of no item: outside of them, or plain ones that stand apart."""
    lines, found = report.lines, []
    for number in range(max(1, len(lines) - COLOPHON + 1), len(lines) + 1):
        text = lines[number - 1]
        apart = number > 1 and mark_of(lines[number - 2]).kind in ("blank", "rule")
        inside = any(one.line <= number <= one.last_line for one in report.items)
        if not inside or (apart and mark_of(text).kind == "plain"):
            found.append((number, text))
    return found


def _dates_the_report(span: DateSpan) -> bool:
    """Whether a date can be the day a report was made: a day or month, no 以来 and no 截至."""
    fine = span.precision in ("day", "month") and not span.inferred
    return fine and span.qualifier not in ("since", "before")


LONGEST_IMPRINT = 60  # letters of a line that says who made a report and when


def stated_counts(text: str) -> list[tuple[int, str]]:
    """How many turning points or items a line says there are.

    Example:
        >>> stated_counts("共包含 10 个重要转折点的相关信息")
        [(10, '重要转折点的相关信息')]
    """
    found: list[tuple[int, str]] = []
    rest = re.sub(
        r"其中[^，。；;]*|of (?:which|these|them)[^,.;]*", "", text
    )  # a part of the count
    for pattern in (_TRAILING, _COUNT):
        found += [(small_number(m["n"]) or 0, m["what"]) for m in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    return found
