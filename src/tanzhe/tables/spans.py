"""Longer periods among shorter ones: totals beside their parts, or frequencies that mix."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from tanzhe.errors import Fault, Words, refuse
from tanzhe.tables.moments import SPANS, Moment, Span
from tanzhe.tables.table import Table
from tanzhe.tables.told import Telling, lines_of

Ends = tuple[int | None, int | None]


def one_span(table: Table, positions: Sequence[int], telling: Telling) -> tuple[list[int], Span]:
    """The records of the finest span; totals of longer spans beside all their parts are left out.

    Raises:
        InputError: spans that mix without the longer being totals of the shorter.
    """
    moments = table.records.moments
    counts = Counter(span for i in positions if (span := moments[i].span) is not None)
    found = [span for span in SPANS if span in counts]
    if len(found) == 1:
        return list(positions), found[0]
    fine = found[0]
    parts: dict[Ends, set[Moment]] = defaultdict(set)
    for i in positions:
        if moments[i].span == fine:
            for within in _within(moments[i]):
                parts[within].add(moments[i])
    coarse = [i for i in positions if moments[i].span != fine]
    loose = [i for i in coarse if not _is_total(moments[i], fine, parts)]
    if loose:
        told = lines_of([table.records.lines[i] for i in loose])
        kinds = Words("、".join(SPAN_ZH[s] for s in found), ", ".join(found))
        what = Words(f"日期混用了{kinds.zh}", f"Dates mix {kinds.en}")
        refuse(
            [
                Fault(
                    what, Words("请统一频率", "Use one frequency"), where=f"{table.file}, {told.en}"
                )
            ]
        )
    told = lines_of([table.records.lines[i] for i in coarse])
    telling.skip(
        f"{told.zh}是各期的合计（{SPAN_ZH[found[-1]]}），未计入",
        f"{told.en}: totals of the {found[-1]}, left out",
    )
    return [i for i in positions if moments[i].span == fine], fine


SPAN_ZH: dict[Span, str] = {
    "hour": "小时", "day": "日", "week": "周", "month": "月", "quarter": "季度", "half": "半年",
    "year": "年",
}  # fmt: skip


def _within(moment: Moment) -> list[Ends]:
    """The longer spans a moment lies in, by year and last month."""
    month = moment.month or 3 * (moment.quarter or 0) or 6 * (moment.half or 0)
    if not month:
        return [(moment.year, 12)]
    ends = {month, -(-month // 3) * 3, -(-month // 6) * 6}
    return [*((moment.year, end) for end in sorted(ends)), (moment.year, 0)]


# How many of the shorter make up the longer; January is seldom published for itself.
_WHOLE: dict[tuple[Span, Span], int] = {
    ("month", "year"): 11, ("month", "half"): 5, ("month", "quarter"): 2, ("quarter", "year"): 4,
    ("quarter", "half"): 2, ("half", "year"): 2, ("day", "month"): 28, ("day", "year"): 365,
    ("hour", "day"): 23, ("hour", "month"): 600, ("week", "year"): 51,
}  # fmt: skip


def _is_total(moment: Moment, fine: Span, parts: Mapping[Ends, set[Moment]]) -> bool:
    span = moment.span
    needed = _WHOLE.get((fine, span)) if span is not None else None
    if needed is None:
        return False
    if span == "year":
        inside = parts.get((moment.year, 0 if fine != "week" else 12), set())
    else:
        months = {"half": 6, "quarter": 3}.get(span or "", 1)
        end = moment.month or months * (moment.half or moment.quarter or 1)
        inside = {
            m
            for part in range(end - months + 1, end + 1)
            for m in parts.get((moment.year, part), set())
            if (m.month or 3 * (m.quarter or 0) or 6 * (m.half or 0)) == part
        }
    return len(inside) >= needed
