"""Pass rates on the Chinese cases of Recognizers-Text (microsoft, MIT), by notion.

python bench/recognizers.py FOLDER [-v] [MODEL ...]    FOLDER: `Specs` of a copy of that repository

A case passes when every entity of our domain that it asks for is read, with its value, and nothing
is read where it asks for none. `wrong`: at such a place another value is read; `missed`: none.
Hours of the day, sets (每周一), ordinals and bounds between two numbers are no notions of ours.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tanzhe.characters import simplified
from tanzhe.text import DateSpan, QuantitySpan, Span, read_dates, read_quantities

Row = dict[str, Any]
NUMBERS = ("NumberModel", "PercentModel")
UNITS = ("AgeModel", "CurrencyModel", "DimensionModel", "TemperatureModel")
DATES = (
    "DateExtractor", "DateParser", "DatePeriodExtractor", "DatePeriodParser", "DateTimeModel",
    "HolidayExtractor", "HolidayParser", "DurationExtractor", "DurationParser",
)  # fmt: skip
EARLIER = re.compile(  # reigns and years before 1900
    r"康熙|雍正|神龙|19世纪|十九世纪|(?<!\d)(?:1[0-8]\d\d|\d{3})(?:年|-|$)|三六七年"
)
SHARES = ("%", "个百分点", "")
OURS = {"date", "daterange", "datetime", "datetimerange", "duration"}
SECONDS = {
    "年": 31_536_000, "个月": 2_592_000, "周": 604_800, "天": 86_400, "小时": 3600, "分钟": 60,
    "秒": 1, "个季度": 7_776_000,
}  # fmt: skip
# Names of units there, and here; the factor is ours to theirs.
NAMES = {
    "Chinese yuan": "元", "United States dollar": "美元", "Dollar": "美元", "Euro": "欧元",
    "Japanese yen": "日元", "British pound": "英镑", "Pound": "英镑", "Hong Kong dollar": "港元",
    "Kilogram": "千克", "Meter": "米", "Kilometer": "公里", "Mu": "亩", "Ton": "吨",
    "Metric ton": "吨", "Square meter": "平方米", "Hectare": "公顷", "Year": "岁", "Degree": "度",
    "C": "℃", "F": "华氏度", "K": "开", "Jin": "斤", "Day": "天", "Megabyte": "MB",
    "Gigabyte": "GB", "Mile": "英里", "Square kilometer": "平方公里", "Gram": "克",
}  # fmt: skip


def overlapping(spans: list[Any], start: int, end: int) -> list[Any]:
    """The spans that share a character with a place."""
    return [span for span in spans if span.start < end and span.end > start]


def number_of(value: str) -> float:
    """A value of theirs: 12, 12%, 1.2E+3."""
    return float(value.rstrip("%").replace(",", ""))


def same(one: float, other: float) -> bool:
    """Equal to six digits."""
    return abs(one - other) <= 1e-6 * max(1.0, abs(other))


def judge_number(row: Row, found: list[Any], kind: str) -> bool:
    """Whether one of the spans has the value, and the unit where there is one."""
    values = row["Resolution"]
    if values.get("value") is None:
        return bool(found)
    wanted = number_of(values["value"]) * (1000 if values.get("unit") == "Kilobit" else 1)
    if kind == "PercentModel":
        share = [s.value if s.unit else 100 * s.value for s in found if s.unit in SHARES]
        ends = [end for s in found if s.unit in SHARES for end in (s.low, s.high)]
        return any(same(one, wanted) for one in (*share, *ends))
    unit = NAMES.get(values.get("unit", ""))
    return any(
        same(span.value, wanted) and (unit is None or span.unit == unit)
        for span in found
        if isinstance(span, QuantitySpan)
    )


def resolutions(row: Row) -> Iterator[Row]:
    """Every resolution a case allows."""
    if row.get("Resolution"):
        yield from row["Resolution"].get("values", [])
    value = row.get("Value") or {}
    for name in ("FutureResolution", "PastResolution"):
        if value.get(name):
            yield value[name]


def day_of(words: str | None) -> date | None:
    """The day of 2017-03-22 or 2017-03-22 05:00:00."""
    found = re.match(r"\d{4}-\d\d-\d\d", words or "")
    return date.fromisoformat(found[0]) if found else None


def judge_day(row: Row, found: list[Any]) -> bool:
    """Whether one of the spans names the days of one of the resolutions."""
    every = list(resolutions(row))
    if not every:
        return bool(found)
    if is_named(row):
        return bool(found) or "正月" not in row["Text"]
    return any(_fits(one, span) for one in every for span in found)


def _fits(one: Row, span: Span) -> bool:
    if "duration" in one or one.get("type") == "duration":
        seconds = float(one.get("duration") or one["value"])
        return (
            isinstance(span, QuantitySpan)
            and span.unit in SECONDS
            and same(span.value * SECONDS[span.unit], seconds)
        )
    if not isinstance(span, DateSpan):
        return False
    first = next((d for k in ("date", "dateTime", "startDate", "startDateTime", "start", "value")
                  if (d := day_of(one.get(k)))), None)  # fmt: skip
    last = next((d for k in ("endDate", "endDateTime", "end") if (d := day_of(one.get(k)))), None)
    if one.get("Mod"):
        ends = (span.first_day, span.last_day, span.last_day + timedelta(days=1))
        return span.qualifier is not None and (first or last) in ends
    if first is None:
        return False
    if last is None:
        return span.first_day == first == span.last_day
    return span.first_day == first and _ends(span.last_day, last)


def _ends(ours: date, theirs: date) -> bool:
    """Their end lies after the period; of 2016到2018 it is the first day of 2018, ours the last."""
    if ours in (theirs, theirs - timedelta(days=1)):
        return True
    year = theirs.month == theirs.day == 1 and (ours.year, ours.month, ours.day) == (
        theirs.year,
        12,
        31,
    )
    month = theirs.day == 1 and ours == next_month(theirs) - timedelta(days=1)
    return year or month


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def is_ours(row: Row, kind: str) -> bool:
    """Dates and durations with days in them; no hours from now, no reigns, nothing before 1900."""
    if kind not in OURS or EARLIER.search(row["Text"]):
        return False
    if kind in ("datetime", "datetimerange") and re.fullmatch(r"[^年月日号周天]*", row["Text"]):
        return False
    years = [int(y) for y in re.findall(r"(?<!\d)(\d{4})-", json.dumps(list(resolutions(row))))]
    return not years or min(years) in (1, 1900) or min(years) > 1900


def is_named(row: Row) -> bool:
    """Lunar days and feasts, whose days are not worked out there, and what is not resolved."""
    lunar = re.search(
        "初[一二三四五六七八九十]|正月|大年|农历|中秋|端午|春节|除夕|元宵|重阳|十五$", row["Text"]
    )
    unresolved = "not resolved" in json.dumps(row) or "0001-01-01" in json.dumps(row)
    return bool(lunar) or unresolved


def judge(model: str, case: Row) -> tuple[str, str]:
    """`right`, `wrong`, `missed` or `none` (not of our domain), and what was read."""
    text = case["Input"]
    day = day_of(case.get("Context", {}).get("ReferenceDateTime")) or date(2017, 3, 22)
    dated = model in DATES
    # Names of currencies and units without a number are no amounts.
    rows = [
        row for row in case["Results"] if (row.get("Resolution") or {}).get("value", "") is not None
    ]
    if case["Results"] and not rows:
        return "none", ""
    if dated:
        kinds = [(r.get("Type") or r.get("TypeName") or "").rsplit(".", 1)[-1] for r in rows]
        rows = [r for r, kind in zip(rows, kinds, strict=True) if is_ours(r, kind)]
        if kinds and not rows:
            return "none", ""
    dates, quantities = list(read_dates(text, day)), list(read_quantities(text, day))
    verdicts = []
    for row in rows:
        kind = (row.get("Type") or row.get("TypeName") or "").rsplit(".", 1)[-1]
        spans: list[Any] = [*dates, *quantities] if kind == "duration" else dates
        spans = spans if dated else quantities
        start = row.get("Start", text.find(row["Text"]))
        found = overlapping(spans, start, start + len(row["Text"]))
        right = judge_day(row, found) if dated else judge_number(row, found, model)
        if not dated and overlapping(dates, start, start + len(row["Text"])):
            continue  # 1991年1月: numbers of dates are dates
        verdicts.append("right" if right else "wrong" if found else "missed")
    bare = [q for q in quantities if model != "PercentModel" and not q.unit]
    if not rows and (dates if dated else bare):
        verdicts.append("wrong")
    read = [(s.text, s.value, s.unit) for s in quantities] if not dated else []
    told = [(s.text, str(s.first_day), str(s.last_day)) for s in dates] if dated else read
    worst = next((v for v in ("wrong", "missed") if v in verdicts), "right")
    return worst, str(told)


def main() -> None:
    folder = Path(sys.argv[1])
    verbose, only = "-v" in sys.argv, [a for a in sys.argv[2:] if a != "-v"]
    total: Counter[tuple[bool, str]] = Counter()
    for kind, models in (("Number", NUMBERS), ("NumberWithUnit", UNITS), ("DateTime", DATES)):
        for model in models:
            if only and model not in only:
                continue
            path = folder / kind / "Chinese" / f"{model}.json"
            counts: Counter[str] = Counter()
            for case in json.loads(path.read_text(encoding="utf-8-sig")):
                verdict, read = judge(model, case)
                counts[verdict] += 1
                plain = simplified(case["Input"]) == case["Input"]
                total[plain, verdict] += 1
                if verbose and verdict in ("wrong", "missed"):
                    asked = [
                        (r["Text"], r.get("Resolution") or r.get("Value")) for r in case["Results"]
                    ]
                    print(f"  {verdict} {case['Input']}\n      {asked}\n      {read}")
            n = sum(counts.values()) - counts["none"]
            print(f"| {model} | {counts['right']}/{n} | {counts['wrong']} | {counts['missed']} |")
    for name, kinds in (("simplified", (True,)), ("traditional", (False,)), ("all", (True, False))):
        c = {v: sum(total[k, v] for k in kinds) for v in ("right", "wrong", "missed")}
        n = sum(c.values())
        rate = c["right"] / max(n, 1)
        print(f"| {name} | {c['right']}/{n} = {rate:.3f} | {c['wrong']} | {c['missed']} |")


if __name__ == "__main__":
    main()
