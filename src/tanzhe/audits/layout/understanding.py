"""How much of a report was made out, and which lines were not and are not judged."""

import re
from bisect import bisect_right

from tanzhe.audits.records import Item, ReportText
from tanzhe.errors import Words

LEAST_UNDERSTOOD = 0.5  # of what looks like events; below it nothing is judged
LEAST_LOST, MOST_LOST = 3, 0.4  # addresses outside all items, and their share of all
LEAST_NAMES = 2  # different names that keep coming back; one may be an event told in parts
LEAST_PASSAGE = 60  # letters of a passage with a source, which then tells of something
LEAST_SURE = 0.5  # of the items of a report without headings of turning points
_HOW = Words(
    "请给每个转折点一个带年月的标题（如“## 2021年9月”），每条写成“名称、时间、地点、内容、来源”，"
    "或用带表头的表格",
    "Give each turning point a heading with year and month (“## September 2021”), each item its "
    "name, date, place, content and source, or use a table with a header",
)


def measure(report: ReportText) -> None:
    """Set what share of the telling lines of a report was made out, and list the rest.

    A line tells when it holds a number and is no heading, reference or address alone. It is made
    out when it lies in an item, in a section that says nothing was found, beside items under a
    turning point, or in a part that tells of no events: what stands before the first turning
    point, methods, summaries, annexes. Without any item nothing is made out.
    """
    if not report.items and not any(point.empty for point in report.points):
        report.understood = 0.0
        last = max((n for n, line in enumerate(report.lines, 1) if line.strip()), default=1)
        report.unread = [
            (1, last, Words("没有读到转折点和条目", "no turning point and no item could be read"))
        ]
        return
    if not any(point.heading for point in report.points) and not _tells_events(report.items):
        report.understood = 0.0
        first, last = report.items[0].line, max(item.last_line for item in report.items)
        why = Words(
            "没有转折点的标题，也少有写明时间或来源的条目，像是别的文件",
            "no heading of a turning point and few items with a date or source: another document",
        )
        report.unread = [(first, last, why)]
        return
    repeated = _repeated_titles(report)
    if repeated:
        report.understood = 0.0
        why = Words(
            "同样的名称反复出现，像是字段名", "the same names come back like those of fields"
        )
        report.unread = [(repeated[0], repeated[-1], why)]
        return
    loose = _loose_addresses(report)
    if loose:
        report.understood = 0.0
        why = Words("多数网址没有归到条目", "most addresses belong to no item that was read")
        report.unread = [(loose[0], loose[-1], why)]
        return
    told = unread = 0
    lost: list[int] = []
    for point in report.points:
        told += sum(len(item.text) for item in point.items)
        if point.heading and not point.items and not point.empty:
            lines = [(n, text) for n, text in point.prose if _tells(text)]
            unread += sum(len(text) for _, text in lines)
            lost += [n for n, _ in lines]
    known = {link.line for link in report.references}
    for number, text in report.head:
        cites = "://" in text or (known and re.search(r"[\[［〔【]\^?\d{1,3}[\]］〕】]", text))
        if cites and len(text) >= LEAST_PASSAGE and any(p.heading for p in report.points):
            unread += len(text)
            lost.append(number)
    for number, text in report.asides:
        if text.lstrip().startswith("|") and not any(p.items for p in report.points):
            unread += len(text)
            lost.append(number)
    unread += sum(sum(map(len, report.lines[a - 1 : b])) for a, b, _ in report.unread)
    report.understood = round(told / (told + unread), 3) if told + unread else 1.0
    report.unread += [
        (first, last, Words("没有读出条目", "no item could be read")) for first, last in _runs(lost)
    ]


def _repeated_titles(report: ReportText) -> list[int]:
    """Lines of items whose names keep coming back with other contents: fields read as items."""
    titles: dict[str, set[str]] = {}
    for item in report.items:
        titles.setdefault(item.title, set()).add(item.text)
    often = {title for title, texts in titles.items() if len(texts) >= LEAST_LOST}
    lines = [item.line for item in report.items if item.title in often]
    return lines if len(often) >= LEAST_NAMES and 2 * len(lines) > len(report.items) else []


def _loose_addresses(report: ReportText) -> list[int]:
    """Lines with addresses, where most of them belong to nothing that was read."""
    used = {
        x.line for p in report.points for x in (*p.links, *(y for i in p.items for y in i.links))
    }
    used |= {link.line for link in report.references}
    spans = [(i.line, i.last_line) for i in report.items]
    starts = [first for first, _ in spans]
    lines = [n for n, text in enumerate(report.lines, 1) if "://" in text]
    lost = [
        n
        for n in lines
        if n not in used
        and not ((at := bisect_right(starts, n)) and spans[at - 1][0] <= n <= spans[at - 1][1])
    ]
    return lost if len(lost) >= LEAST_LOST and len(lost) > MOST_LOST * len(lines) else []


def _tells_events(items: list[Item]) -> bool:
    """Whether a list without turning points is one of events: most have a source or a date."""
    sure = sum(bool(item.links or item.cited or item.of("date", "source")) for item in items)
    return sure >= LEAST_SURE * len(items)


def _tells(text: str) -> bool:
    return bool(re.search(r"\d", text)) and len(text) > 15


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number <= runs[-1][1] + 2:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def notes_of(report: ReportText) -> list[Words]:
    """What was not made out and therefore not judged, and how to write it; nothing when all was."""
    notes = [
        Words(
            f"第 {first}—{last} 行的版式没有读懂（{why.zh}），没有核查。{_HOW.zh}。",
            f"Lines {first} to {last} were not understood ({why.en}) and not judged. {_HOW.en}.",
        )
        for first, last, why in report.unread
    ]
    if report.items and report.understood < LEAST_UNDERSTOOD:
        share = round(100 * report.understood)
        notes.insert(
            0,
            Words(
                f"只读懂了约 {share}% 的文字，因此一条也不判。",
                f"Only about {share} % of the text was understood; nothing is judged.",
            ),
        )
    return notes
