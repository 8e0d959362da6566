"""The form of the report: headings, links, separators, numbering, leftovers."""

import itertools
import re

from tanzhe.audits.lines.marks import bare, mark_of
from tanzhe.audits.records import Point, ReportText, Verdicts
from tanzhe.audits.words import said
from tanzhe.errors import Words


def check_structure(report: ReportText, verdicts: Verdicts) -> None:
    """Faults of form, each at its line."""
    for line, words in report.odd:
        verdicts.wrong("structure", line, words)
    _leftovers(report, verdicts)
    _headings(report, verdicts)
    _separators(report, verdicts)
    _numbering(report, verdicts)
    _marks(report, verdicts)
    _cut_off(report, verdicts)


def _leftovers(report: ReportText, verdicts: Verdicts) -> None:
    told = [(n, t) for n, t in report.head] + [x for p in report.points for x in p.prose]
    for line, text in told:
        match = said("leftover", text)
        if match:
            words = Words(
                f"“{match[0]}”是没有清理的模板或对话残留",
                f"“{match[0]}” is left over from a template",
            )
            verdicts.wrong("structure", line, words, severity="note")


def _headings(report: ReportText, verdicts: Verdicts) -> None:
    seen: dict[str, int] = {}
    ordered = _is_ordered(report.points)
    repeated = len({p.id for p in report.points}) < (1 - MOST_REPEATED) * len(report.points)
    last: Point | None = None
    for point in report.points:
        if point.heading and point.days is None:
            words = Words(f"“{point.heading[:24]}”没有日期", f"“{point.heading[:24]}” has no date")
            verdicts.wrong("structure", point.line, words, point=point)
        if point.heading and not point.items and not point.empty and not point.prose:
            words = Words(
                f"转折点“{point.heading[:24]}”下面既没有条目，也没有说明未找到",
                f"“{point.heading[:24]}” has neither items nor a statement that nothing was found",
            )
            verdicts.wrong("structure", point.line, words, point=point)
        if point.id and point.id in seen and not repeated:
            words = Words(
                f"转折点 {point.id} 在第 {seen[point.id]} 行已经出现",
                f"{point.id} already stands in line {seen[point.id]}",
            )
            verdicts.wrong("structure", point.line, words, point=point)
        seen.setdefault(point.id, point.line)
        if last and last.days and point.days and point.days.first < last.days.first and ordered:
            words = Words(
                f"转折点 {point.id} 排在 {last.id} 之后，次序颠倒",
                f"{point.id} stands after {last.id}",
            )
            verdicts.wrong("structure", point.line, words, severity="note", point=point)
        last = point


MOST_REPEATED = 0.3  # of the headings; with more they are fields of items, not headings
MOST_INVERTED = 0.34  # of the neighbours; with more the report is ordered by something else


def _is_ordered(points: list[Point]) -> bool:
    """Whether turning points stand by date, with few exceptions."""
    days = [p.days.first for p in points if p.days]
    sure = [p.confidence for p in points if p.confidence is not None]
    if len(sure) > 2 and sure == sorted(sure, reverse=True) and len(set(sure)) > 2:
        return False  # the surest first
    pairs = list(itertools.pairwise(days))
    return bool(pairs) and sum(b < a for a, b in pairs) <= max(1, MOST_INVERTED * len(pairs))


def _separators(report: ReportText, verdicts: Verdicts) -> None:
    """A rule between sections everywhere but in one place."""
    points = [p for p in report.points if p.heading]
    if len(points) < 4:
        return
    without = []
    for before, point in itertools.pairwise(points):
        between = report.lines[before.line : point.line - 1]
        if not any(mark_of(line).kind == "rule" for line in between):
            without.append(point)
    if 0 < len(without) <= len(points) // 3:
        for point in without:
            words = Words("这一节前面缺少分隔线", "no rule stands before this section")
            verdicts.wrong("structure", point.line, words, severity="note", point=point)


def _numbering(report: ReportText, verdicts: Verdicts) -> None:
    """1, 2, 4: a numbered list with a hole."""
    for point in report.points:
        numbers: list[tuple[int, int]] = []
        for item in point.items:
            line = report.lines[item.line - 1] if item.line <= len(report.lines) else ""
            match = re.match(r"^\s{0,3}(?:\*\*)?[（(]?(\d{1,2})(?:[、)）]|[.](?!\d))", line)
            at_heading = item.line == point.line and point.heading
            if match and not at_heading and (not numbers or numbers[-1][1] != item.line):
                numbers.append((int(match[1]), item.line))
        if [n for n, _ in numbers] == [1] * len(numbers):
            continue
        for (one, _), (two, number) in itertools.pairwise(numbers):
            if two != one + 1:
                words = Words(f"编号从 {one} 跳到 {two}", f"numbers jump from {one} to {two}")
                verdicts.wrong("structure", number, words, severity="note", point=point)


def _cut_off(report: ReportText, verdicts: Verdicts) -> None:
    """A file that ends in the middle of a link."""
    last = max((n for n, line in enumerate(report.lines, 1) if line.strip()), default=0)
    for point in report.points:
        links = [x for item in point.items for x in item.links] + point.links
        if any(x.line == last and x.broken for x in links):
            words = Words("文件在这一行中断，后面的内容缺失", "the file breaks off in this line")
            verdicts.wrong("structure", last, words, point=point)


def _marks(report: ReportText, verdicts: Verdicts) -> None:
    for number, line in enumerate(report.lines, 1):
        if mark_of(line).kind == "rule":
            continue
        plain = line.replace("***", "")
        if plain.count("**") % 2:
            words = Words(
                f"加粗没有闭合：“{bare(line)[:24]}”", f"bold is not closed: “{bare(line)[:24]}”"
            )
            verdicts.wrong("structure", number, words, severity="note")
        if re.search(r"\[[^\]]{1,60}\]\s+\(https?:", line) or re.search(r"\]\(\s*\)", line):
            words = Words(
                "链接写坏了：括号之间有空格或没有网址",
                "a broken link: a space between the brackets, or no address",
            )
            verdicts.wrong("structure", number, words)
