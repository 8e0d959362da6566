"""What the rows of one region and sector of a user's table must be, taken together."""

from typing import NamedTuple

from tanzhe.errors import Fault, Words
from tanzhe.model.series import Frequency
from tanzhe.series.sheet import Sheet

# A monthly search for turning points needs two years of eleven periods.
FEWEST_MONTHS = 22
MOST_HOLES = 0.10


class Entry(NamedTuple):
    """One usable row."""

    line: int
    frequency: Frequency
    period: str
    value: float | None
    region: str
    sector: str
    unit: str


def fault_at(where: str, what: Words, do: Words) -> Fault:
    """A fault at a place of a file."""
    return Fault(what=what, where=where, do=do)


def row_faults(sheet: Sheet, entries: list[Entry]) -> list[Fault]:
    """What is wrong with the rows of one region and sector, taken together."""
    faults = []
    kinds = sorted({entry.frequency for entry in entries})
    if len(kinds) > 1:
        what = Words("日期混用了日、月、年", f"Dates mix {', '.join(kinds)}")
        faults.append(fault_at(sheet.file, what, Words("请统一频率", "Use one frequency")))
    units = sorted({entry.unit for entry in entries if entry.unit})
    if len(units) > 1:
        what = Words(f"单位混用：{'、'.join(units)}", f"Mixed units: {', '.join(units)}")
        do = Words("请先统一单位", "Convert to one unit first")
        faults.append(fault_at(sheet.file, what, do))
    seen: dict[str, int] = {}
    for entry in entries:
        if entry.period in seen:
            lines = f"{seen[entry.period]}, {entry.line}"
            what = Words(f"{entry.period} 重复", f"{entry.period} stands twice")
            do = Words("请只保留一行", "Keep one of the rows")
            faults.append(fault_at(f"{sheet.file}, {lines}", what, do))
        seen.setdefault(entry.period, entry.line)
    months = {entry.period[5:7] for entry in entries if entry.value is not None}
    if not months:
        what = Words("数值列全是空的", "The value column is empty")
        faults.append(fault_at(sheet.file, what, Words("请填入数值", "Fill in the values")))
    if months == {"01"}:
        faults.append(_january_only(sheet))
    return faults


def _january_only(sheet: Sheet) -> Fault:
    what = Words(
        "只有一月的数值；一月与二月合为一期，单有一月不成一期",
        "Only Januaries: January and February are one period, and January alone is none",
    )
    do = Words(
        f"请补上其余各月，至少要 {FEWEST_MONTHS} 期（一、二月算一期）",
        f"Add the other months; at least {FEWEST_MONTHS} periods (January-February is one)",
    )
    return fault_at(sheet.file, what, do)


def gap_faults(
    sheet: Sheet, periods: list[str], holes: list[str], frequency: Frequency, *, merged: bool
) -> list[Fault]:
    """Too many holes in the calendar, or too few periods to search."""
    faults = []
    if len(holes) > MOST_HOLES * len(periods):
        some = "、".join(holes[:5])
        what = Words(
            f"{len(periods)} 期中缺 {len(holes)} 期：{some}……",
            f"{len(holes)} of {len(periods)} periods are missing: {some}…",
        )
        faults.append(fault_at(sheet.file, what, Words("请补齐日期", "Complete the dates")))
    count = sum(not (p.endswith("-01") and not merged) for p in periods)
    if frequency == "month" and count < FEWEST_MONTHS:
        what = Words(
            f"只有 {count} 期（一、二月算一期）", f"Only {count} periods (January-February is one)"
        )
        do = Words(f"月度数据至少要 {FEWEST_MONTHS} 期", f"Give at least {FEWEST_MONTHS} periods")
        faults.append(fault_at(sheet.file, what, do))
    return faults
