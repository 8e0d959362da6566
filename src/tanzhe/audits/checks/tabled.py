"""Amounts of sentences against the report's own tables of years."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tanzhe.audits.checks.sentences import sentences_in, tell
from tanzhe.audits.records import ReportText, Verdicts
from tanzhe.audits.spans import quantities_in
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_UNIT = re.compile(r"[（(]\s*(?:单位[:：]\s*)?([^（()）]{1,12})[)）]\s*$")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*([^\s（()），。|]{1,8})|[（(]([^（()）]{1,8})[)）]\s*$")
_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
# What may stand between the name of a column and its amount: no other noun, place or time.
_BETWEEN = re.compile(
    r"(?:总?产?量|排放量?|消费量|总量)?"
    r"(?:分别|约|为|达到?|是|仅|共|合计|由|从|\s|was|is|of|stood at)*(?:20\d\d年的)?",
    re.I,
)
_NAMED_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*年(?!\s*\d{1,2}\s*(?:月|[—–~至到-])|[上下前第以底末初一]|[—至到-]\s*\d)"
)
_ELSEWHERE = re.compile(r"全国|全球|全市|其中|同期|平均|累计|目标|预计|规划")
_RATE = re.compile(r"同比|增速|增长率|增幅|比上年|growth|year[- ]on[- ]year|y/y", re.I)
_PERCENT = re.compile(r"[-−+]?\d+(?:\.\d+)?\s*[%％]?")
OTHER_SIGN, FAR_OFF = 1.0, 10.0  # points of growth
SLACK = 0.005  # of the figure in the table: the sentence may round it


@dataclass(frozen=True, kw_only=True)
class _Column:
    """A column of a table of years: its name, and the amount and line of each year."""

    name: str
    unit: str
    cells: dict[int, tuple[float, str, int]]


def check_tabled(report: ReportText, verdicts: Verdicts) -> None:
    """2022年粗钢产量2597万吨 beside a table that has 2957 for that year."""
    columns = list(_columns(report.lines))
    _growth(report.lines, columns, verdicts)
    if not columns:
        return
    for at in sentences_in(report):
        if _ELSEWHERE.search(at.text):
            continue
        for span in at.spans:
            told = _cell(columns, at.text, span)
            if told is None:
                continue
            column, year, (value, written, line) = told
            if abs(span.value - value) > SLACK * abs(value):
                there = f"{column.name} {written} {column.unit}"
                zh = f"“{span.text}”与第 {line} 行的表不符：表中 {year} 年是 {there}"
                en = f"“{span.text}” is not what the table in line {line} has for {year}: {there}"
                tell(at, Words(zh, en), verdicts)
            else:
                words = Words(
                    f"“{span.text}”与第 {line} 行的表相合", f"“{span.text}” is as in line {line}"
                )
                verdicts.right(at.item, at.line, at.label or "正文", words)


def _growth(lines: Sequence[str], columns: Sequence[_Column], verdicts: Verdicts) -> None:
    """A column of growth beside one of levels: 7600, then 7700 with 同比 -1.3 %.

    Growth is often reckoned on revised or comparable figures: only another sign, or a difference
    that no revision makes, is told.
    """
    for column in columns:
        for year, (value, written, line) in column.cells.items():
            before = column.cells.get(year - 1)
            cells = [cell.strip(" *") for cell in lines[line - 1].strip().strip("|").split("|")]
            place = next((n for n, cell in enumerate(cells) if cell == written), -1)
            told = cells[place + 1] if 0 <= place < len(cells) - 1 else ""
            head = _heading_above(lines, line - 1, place + 1)
            if before is None or not _RATE.search(head) or not _PERCENT.fullmatch(told):
                continue
            growth, said = (
                100 * (value / before[0] - 1),
                float(_NUMBER.findall(told)[0].replace("−", "-")),
            )
            other_sign = growth * said < 0 and abs(growth - said) > OTHER_SIGN
            if other_sign or abs(growth - said) > FAR_OFF:
                span = f"{before[1]} → {written}"
                zh = f"{year} 年{column.name}（{span}）是 {growth:+.1f}%，不是“{told}”"
                en = f"{column.name} of {year} ({span}) is {growth:+.1f} %, not “{told}”"
                verdicts.wrong("arithmetic_or_count", line, Words(zh, en), severity="error")


def _heading_above(lines: Sequence[str], at: int, place: int) -> str:
    """The heading of a column of the table that a line stands in."""
    while at > 0 and lines[at - 1].lstrip().startswith("|"):
        at -= 1
    cells = lines[at].strip().strip("|").split("|")
    return cells[place] if place < len(cells) else ""


def _columns(lines: Sequence[str]) -> Iterator[_Column]:
    """Columns of tables with one row a year; two of one name and unit tell nothing."""
    found: dict[tuple[str, str], list[_Column]] = {}
    number = 0
    while number < len(lines):
        first = number
        while number < len(lines) and lines[number].lstrip().startswith("|"):
            number += 1
        caption = next((t for t in reversed(lines[max(0, first - 3) : first]) if t.strip()), "")
        for column in _of_table(lines[first:number], first + 1, caption):
            found.setdefault((column.name, column.unit), []).append(column)
        number += number == first
    yield from (same[0] for same in found.values() if len(same) == 1)


def _of_table(lines: Sequence[str], first: int, caption: str) -> Iterator[_Column]:
    rows = [[cell.strip(" *") for cell in line.strip().strip("|").split("|")] for line in lines]
    years = {n: int(m[1]) for n, row in enumerate(rows) if (m := _YEAR.fullmatch(row[0]))}
    if len(years) < 2 or len(set(years.values())) < len(years):
        return
    whole = _CAPTION_UNIT.search(caption)
    for place, heading in enumerate(rows[0][1:], 1):
        own = _UNIT.search(heading)
        unit = own[1] if own else (whole[1] or whole[2]) if whole else ""
        name = _UNIT.sub("", heading).strip()
        cells = {}
        for n, year in years.items():
            text = rows[n][place] if place < len(rows[n]) else ""
            amount = quantities_in(f"{text}{unit}") if _NUMBER.fullmatch(text) and unit else ()
            if len(amount) == 1 and amount[0].unit not in ("", "%"):
                cells[year] = (amount[0].value, text, first + n)
        if cells and len(name) > 1:
            yield _Column(name=name, unit=unit, cells=cells)


def _cell(
    columns: Sequence[_Column], text: str, span: QuantitySpan
) -> tuple[_Column, int, tuple[float, str, int]] | None:
    """The cell an amount repeats: its column named right before it, its year before that."""
    years = _NAMED_YEAR.findall(text[: span.start])
    if not years or span.change or span.bound in ("least", "most"):
        return None
    best: tuple[int, _Column] | None = None
    for column in columns:
        at = text.rfind(column.name, 0, span.start)
        between = text[at + len(column.name) : span.start]
        cell = column.cells.get(int(years[-1]))
        if at < 0 or cell is None or not _BETWEEN.fullmatch(between):
            continue
        of_unit = quantities_in(f"1{column.unit}")
        if (
            of_unit
            and of_unit[0].unit == span.unit
            and (best is None or len(best[1].name) < len(column.name))
        ):
            best = at, column
    return (best[1], int(years[-1]), best[1].cells[int(years[-1])]) if best else None
