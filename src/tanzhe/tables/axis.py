"""Dates of a whole column or row: what one cell leaves open, its neighbours decide."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.grid import Cell, text_of
from tanzhe.tables.moments import Moment
from tanzhe.tables.readings import SHORT, Readings, readings

COUNTED = ("serial", "seconds", "milliseconds")
_PAIR = re.compile(r"\d{1,2}[-/]\d{1,2}")
FEWEST_SHORT = 12  # months in a row that 24/3 and the like have to make


class Axis(NamedTuple):
    """The moments of a row or column.

    Attributes:
        moments: one for each cell; None where it is no date.
        counted: a way of `COUNTED` when they are numbers that count days or seconds.
        told: decisions that a reader should know.
        doubt: what cannot be decided and what to do, or None.
        year_to_date: whether the cells say spans from January on (1-3月, 1-4月): sums so far.
        merged: whether a cell says January and February together.
    """

    moments: list[Moment | None]
    counted: str | None = None
    told: tuple[Words, ...] = ()
    doubt: tuple[Words, Words] | None = None
    year_to_date: bool = False
    merged: bool = False

    @property
    def read(self) -> int:
        """How many cells are dates or parts of dates."""
        return sum(moment is not None for moment in self.moments)


def axis(cells: Sequence[Cell], choices: Choices = DEFAULT) -> Axis:
    """The moments that a row or column of cells says.

    Args:
        cells: in their order; blanks and texts may be among them.
        choices: decides the order of day and month where nothing else does.

    Returns:
        One moment or None for each cell, and what was decided on the way.

    Example:
        >>> found = axis(["01/02/2018", "28/02/2018"])
        >>> [moment.text for moment in found.moments]
        ['2018-02-01', '2018-02-28']
    """
    known: dict[Cell, Readings] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = readings(cell)
    told: list[Words] = []
    _short(known, told)
    ways = {way for found in known.values() for way, _ in found}
    doubt = None
    chosen: dict[Cell, Moment | None] = {c: _only(found) for c, found in known.items()}
    counted = next((way for way in COUNTED if way in ways), None)
    if ways & {"dmy", "mdy"}:
        doubt = _order(known, chosen, choices, told)
    if ways & {"dot", "decimal"}:
        doubt = _dotted(known, chosen, told) or doubt
    if ways & {"year", "day"}:
        _named(cells, known, chosen)
    if "roman" in ways:
        doubt = _roman(chosen) or doubt
    moments = [chosen.get(cell) for cell in cells]
    if doubt and doubt[0].zh.startswith("点"):
        doubt = _by_place(cells, known, moments, told)
    moments, year_to_date, merged = _spans(moments, told)
    return Axis(_days(moments), counted, tuple(told), doubt, year_to_date, merged)


def _short(known: dict[Cell, Readings], told: list[Words]) -> None:
    """24/3 as a month, where such cells are the only dates and run through the months."""
    short = {cell: found[0][1] for cell, found in known.items() if found and found[0][0] == SHORT}
    months = sorted({12 * (one.year or 0) + (one.month or 0) for one in short.values()})
    others = any(
        found[0][0] != SHORT if found else _PAIR.fullmatch(text_of(cell)) is not None
        for cell, found in known.items()
    )  # 01/13 beside 01/12 is a day of a month
    if not others and len(months) >= FEWEST_SHORT and months[-1] - months[0] == len(months) - 1:
        cell, moment = next(iter(short.items()))
        told.append(
            Words(
                f"日期按 年/月 读（{text_of(cell)} 是 {moment.text}）",
                f"Dates are year/month ({text_of(cell)} is {moment.text})",
            )
        )
        return
    known.update(dict.fromkeys(short, ()))


def _only(found: Readings) -> Moment | None:
    return found[0][1] if len(found) == 1 else None


def _pick(known: dict[Cell, Readings], chosen: dict[Cell, Moment | None], way: str) -> None:
    for cell, found in known.items():
        for name, moment in found:
            if name == way:
                chosen[cell] = moment


def _order(
    known: dict[Cell, Readings],
    chosen: dict[Cell, Moment | None],
    choices: Choices,
    told: list[Words],
) -> tuple[Words, Words] | None:
    """Day or month first: proven by a day over 12, by a regular calendar, or told."""
    told_ways = [{way for way, _ in f} for f in known.values() if f and f[0][0] in ("dmy", "mdy")]
    single = [next(iter(ways)) for ways in told_ways if len(ways) == 1]
    proven = set(single)
    if choices.dates or len(proven) == 1:
        way = choices.dates or proven.pop()
        example = _proof(known, way)
        told.append(_order_told(way, f"（{example}）" if example else ""))
    elif not proven:
        fitting = [w for w in ("dmy", "mdy") if _is_regular(_all(known, w))]
        if len(fitting) != 1:
            _pick(known, chosen, "dmy")  # what is a date is clear, and the rest can be asked
            cell = next(text_of(c) for c, f in known.items() if len(f) == 2)
            return (
                Words(f"“{cell}”先写日还是先写月，表中看不出", f"“{cell}”: day or month first?"),
                Words("请加 --dates dmy（先日）或 --dates mdy（先月）", "Add --dates dmy or mdy"),
            )
        way = fitting[0]
        told.append(_order_told(way, ""))
    else:
        _pick(known, chosen, "dmy")
        one, other = (_proof(known, way) for way in ("dmy", "mdy"))
        return (
            Words(
                f"日期有先日的（{one}）也有先月的（{other}）",
                f"Day first ({one}), month first ({other})",
            ),
            Words("请统一写成 2018-01-15", "Write all as 2018-01-15"),
        )
    _pick(known, chosen, way)
    for each, found in known.items():
        if found and found[0][0] in ("dmy", "mdy") and way not in [w for w, _ in found]:
            chosen[each] = None
    return None


def _proof(known: dict[Cell, Readings], way: str) -> str:
    """A cell that can be read one way only."""
    return next((text_of(c) for c, found in known.items() if [w for w, _ in found] == [way]), "")


def _order_told(way: str, why: str) -> Words:
    zh = "日/月/年" if way == "dmy" else "月/日/年"
    en = "day/month/year" if way == "dmy" else "month/day/year"
    return Words(
        f"日期按 {zh} 读{why}", f"Dates are {en}{why.replace('（', ' (').replace('）', ')')}"
    )


def _all(known: dict[Cell, Readings], way: str) -> list[Moment]:
    return [m for found in known.values() for name, m in found if name in (way, "") and m.day]


def _is_regular(moments: Iterable[Moment]) -> bool:
    """Whether days follow a calendar: one a month on the same day, every day, or every week."""
    days = sorted({date(m.year or 1, m.month or 1, m.day or 1) for m in moments})
    if len(days) < 3:
        return False
    steps = [(b - a).days for a, b in pairwise(days)]
    ends = all((day + timedelta(days=1)).day == 1 for day in days)
    monthly = all(28 <= step <= 31 for step in steps) and (ends or len({d.day for d in days}) == 1)
    daily = len(days) > 0.9 * ((days[-1] - days[0]).days + 1)
    return monthly or daily or all(step == 7 for step in steps)


def _roman(chosen: dict[Cell, Moment | None]) -> tuple[Words, Words] | None:
    """I to XII are months; I to IV alone may be quarters as well."""
    months = {m.month for m in chosen.values() if m is not None and m.month}
    if not months or max(months) > 4:
        return None
    return (
        Words("罗马数字只到 IV，可能是月，也可能是季度", "Roman I to IV: months or quarters?"),
        Words("请写成 2018-01 或 2018Q1", "Write 2018-01 or 2018Q1"),
    )


def _dotted(
    known: dict[Cell, Readings],
    chosen: dict[Cell, Moment | None],
    told: list[Words],
) -> tuple[Words, Words] | None:
    """2018.1: January, October, or a tenth of the year."""
    tails = {}
    for cell, found in known.items():
        if found and found[0][0] in ("dot", "decimal"):
            tails[cell] = text_of(cell).replace("．", ".").split(".", 1)[1]
    months = [t for t in tails.values() if len(t) <= 2 and 1 <= int(t) <= 12]
    if len(months) < len(tails):
        told.append(
            Words(
                "日期按年的小数读（2018.083 为二月）",
                "Dates are decimal years (2018.083 is February)",
            )
        )
        for cell, found in known.items():
            if found and cell in tails:
                chosen[cell] = next((m for way, m in found if way == "decimal"), None)
        return None
    _pick(known, chosen, "dot")
    if "1" not in tails.values():
        return None
    if any(tail.startswith("0") for tail in tails.values()):
        for cell, tail in tails.items():
            if tail == "1":  # January is .01 here: a number drops the zero of .10
                january = chosen[cell]
                chosen[cell] = january and january._replace(month=10)
        told.append(
            Words("2018.1 这样的数字按十月读（一月写作 .01）", "2018.1 is October: January is .01")
        )
        return None
    if "10" in tails.values() or not {"11", "12"} & set(tails.values()):
        return None
    return (Words("点", ""), Words("", ""))


def _by_place(
    cells: Sequence[Cell],
    known: dict[Cell, Readings],
    moments: list[Moment | None],
    told: list[Words],
) -> tuple[Words, Words] | None:
    """January and October both written 2018.1: the months beside it tell which."""
    for i, cell in enumerate(cells):
        here = moments[i]
        found = known.get(cell, ())
        if here is None or not found or found[0][0] != "dot" or here.month != 1:
            continue
        sides = [moments[j] for j in (i - 1, i + 1) if 0 <= j < len(cells)]
        near = [m.month for m in sides if m is not None and m.year == here.year]
        if 9 in near or 11 in near:
            moments[i] = here._replace(month=10)
        elif 2 not in near and not (near == [] and len(sides) == 2):
            return (
                Words(
                    f"“{text_of(cell)}”可能是一月，也可能是十月",
                    f"“{text_of(cell)}” may be January or October",
                ),
                Words("请写成 2018-01 或 2018-10", "Write 2018-01 or 2018-10"),
            )
    told.append(
        Words("2018.1 按前后月份区分一月与十月", "2018.1 is January or October by its neighbours")
    )
    return None


def _named(
    cells: Sequence[Cell], known: dict[Cell, Readings], chosen: dict[Cell, Moment | None]
) -> None:
    """Jan-18: the year where months change beside the same number, the day where they do not."""
    pairs = [
        (m.month, m.day)
        for cell in cells
        if (found := known.get(cell)) and found[-1][0] == "day"
        for m in (found[-1][1],)
    ]
    days = sum(a[0] == b[0] and a[1] != b[1] for a, b in pairwise(pairs))
    years = sum(a[0] != b[0] and a[1] == b[1] for a, b in pairwise(pairs))
    way = "day" if days > years else "year"
    for cell, found in known.items():
        if found and found[0][0] in ("year", "day"):
            chosen[cell] = next((m for name, m in found if name == way), None)


def _spans(
    moments: list[Moment | None], told: list[Words]
) -> tuple[list[Moment | None], bool, bool]:
    """Spans of months: quarters, halves, January-February, or sums since January."""
    spans = {(m.first, m.month) for m in moments if m is not None and m.first is not None}
    if not spans:
        return moments, False, False
    lengths = {(end or 0) - (first or 0) + 1 for first, end in spans}
    if any(first != 1 for first, _ in spans):
        if lengths == {3}:
            return [m and _span_of(m, "quarter", 3) for m in moments], False, False
        if lengths == {6}:
            return [m and _span_of(m, "half", 6) for m in moments], False, False
        return [None if m and m.first is not None else m for m in moments], False, False
    plain = [m._replace(first=None) if m else None for m in moments]
    if spans == {(1, 2)}:
        told.append(Words("1—2月合为一期，记作二月", "January-February is one period"))
        return plain, False, True
    return plain, True, False


def _span_of(moment: Moment, name: str, months: int) -> Moment:
    if moment.first is None:
        return moment
    number = ((moment.month or months) - 1) // months + 1
    return Moment(year=moment.year, **{name: number})


def _days(moments: list[Moment | None]) -> list[Moment | None]:
    """Midnight alone is how days are printed; beside other times it is a time."""
    times = {m.minute for m in moments if m is not None and m.day is not None}
    if times <= {None}:
        return moments
    if times <= {None, 0}:
        return [m._replace(minute=None) if m and m.day is not None else m for m in moments]
    return [m._replace(minute=m.minute or 0) if m and m.day is not None else m for m in moments]
