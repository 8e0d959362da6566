"""First and last day of a phrase, and the years a reader has seen."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tanzhe.model.evidence import Precision
from tanzhe.numerals import small_number
from tanzhe.periods import Month


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """First and last day of what a phrase names; `year`: what later phrases may rest on."""

    first: date
    last: date
    precision: Precision
    approximate: bool = False
    inferred: bool = False
    year: int | None = None


LONGEST_VISIT = 14  # days: a longer period (前7个月) does not say where the next 26日 lies


class Reader:
    """What a reader knows at a place of a text.

    Args:
        reference: the day the text was written, or None.

    Attributes:
        sentence_year: the year last named in the sentence; `text_year`: anywhere before.
        sentence_days: what the sentence named last.
        sentence_day: its last day that stands for itself; `paragraph_day`, `day`: the same of the
            paragraph, of the text.
        sentence_month: first day of the month it named last without a day.
    """

    def __init__(self, reference: date | None) -> None:
        self.reference = reference
        self.text_year: int | None = None
        self.day: date | None = None
        self.new_paragraph()

    def new_sentence(self) -> None:
        """A year named in an earlier sentence counts only when there is no reference."""
        self.sentence_year: int | None = None
        self.sentence_days: Days | None = None
        self.sentence_day: date | None = None
        self.sentence_month: date | None = None

    def new_paragraph(self) -> None:
        """A day named in an earlier paragraph counts only when there is no reference."""
        self.new_sentence()
        self.paragraph_day: date | None = None

    def saw(self, days: Days) -> None:
        """Remember a date for those that follow."""
        self.sentence_days = days
        if days.year is not None:
            self.sentence_year = self.text_year = days.last.year
        if days.precision in ("month", "ten_days"):
            self.sentence_month = days.last.replace(day=1)
        within = days.precision == "period" and (days.last - days.first).days < LONGEST_VISIT
        if (days.precision == "day" or within) and not days.approximate:
            self.day = self.sentence_day = self.paragraph_day = days.last

    def year_for(self, month: int | None) -> int | None:
        """The year of a month that is named without one."""
        if self.sentence_year is not None:
            return self.sentence_year
        if self.reference is None:
            return self.text_year
        earlier = month is not None and month >= 10 and self.reference.month <= 3
        return self.reference.year - 1 if earlier else self.reference.year

    def years_on(self, shift: int) -> int | None:
        """The year of 去年, 明年."""
        return self.reference.year + shift if self.reference else None

    def years_after(self, shift: int) -> int | None:
        """The year of 当年, 次年: counted from the year last named."""
        base = self.sentence_year or self.text_year
        return None if base is None else base + shift


def number_of(words: str) -> int:
    """A day, month or count in words.

    Raises:
        ValueError: they are no number, so that the phrase is no date.
    """
    number = small_number(words)
    if number is None:
        raise ValueError(words)
    return number


Groups = Mapping[str, str]  # the named groups of a match, "" where one is absent


@dataclass(frozen=True, slots=True)
class Rule:
    """What a date looks like, and how it is read.

    `read` returns None for what looks like a date and is none; it keeps its place all the same, so
    that nothing is read inside. `counted`: 未来五年 is a date and a duration at once.
    """

    pattern: str
    read: Callable[[Groups, Reader], Days | None]
    counted: bool = False


def one_day(day: date, *, inferred: bool = False) -> Days:
    """A day."""
    return Days(first=day, last=day, precision="day", inferred=inferred, year=day.year)


def period(first: date, last: date, *, inferred: bool = False, approximate: bool = False) -> Days:
    """From a day to a day."""
    return Days(
        first=first, last=last, precision="period", inferred=inferred, approximate=approximate,
        year=first.year,
    )  # fmt: skip


def years(first: int, last: int, *, inferred: bool = False, approximate: bool = False) -> Days:
    """From January of a year to December of another."""
    days = period(date(first, 1, 1), date(last, 12, 31), inferred=inferred, approximate=approximate)
    if first == last:
        return Days(
            first=days.first, last=days.last, precision="year", inferred=inferred, year=first,
            approximate=approximate,
        )  # fmt: skip
    return days


def months(
    first: Month, last: Month, precision: Precision, *, inferred: bool, approximate: bool = False
) -> Days:
    """From the first day of a month to the last of another."""
    return Days(
        first=first.first_day, last=last.last_day, precision=precision, year=first.year,
        inferred=inferred, approximate=approximate,
    )  # fmt: skip


def one_month(year: int, month: int, *, inferred: bool, approximate: bool = False) -> Days:
    """A month; month 13 raises ValueError."""
    date(year, month, 1)
    one = Month(year, month)
    return months(one, one, "month", inferred=inferred, approximate=approximate)


# First and last day; None: to the end of the month.
TEN_DAYS: dict[str, tuple[int, int | None]] = {
    "上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "中上旬": (1, 20),
    "上中旬": (1, 20), "中下旬": (11, None),
}  # fmt: skip


def ten_days(year: int, month: int, word: str, *, inferred: bool) -> Days:
    """A third of a month: 上旬, 中下旬, 初, 底."""
    end = Month(year, month).last_day.day
    first, last = TEN_DAYS.get(word, (21, None))
    return Days(
        first=date(year, month, first), last=date(year, month, last or end),
        precision="ten_days", approximate=not word.endswith("旬"), inferred=inferred, year=year,
    )  # fmt: skip


def half_month(year: int, month: int, word: str, *, inferred: bool) -> Days:
    """The days to the fifteenth (上半月) or from the sixteenth (下半月)."""
    end = Month(year, month).last_day.day
    first, last = (1, 15) if word == "上" else (16, end)
    return period(date(year, month, first), date(year, month, last), inferred=inferred)


def quarters(year: int, first: int, last: int, *, inferred: bool) -> Days | None:
    """From a quarter to a later one of the same year."""
    if not 1 <= first <= last <= 4:
        return None
    precision: Precision = "quarter" if first == last else "period"
    return months(Month(year, 3 * first - 2), Month(year, 3 * last), precision, inferred=inferred)


def half(year: int, number: int, *, inferred: bool) -> Days:
    """The first or second half of a year."""
    first = Month(year, 6 * number - 5)
    return months(first, first.next(5), "half_year", inferred=inferred)


def moved(day: date, number: float, unit: str) -> date:
    """A day some days, weeks, months or years later; half a year is six months.

    Example:
        >>> str(moved(date(2022, 3, 31), -1, "month")), str(moved(date(2022, 3, 1), 0.5, "year"))
        ('2022-02-28', '2022-09-01')
    """
    if unit in ("day", "week"):
        return day + timedelta(days=round(number * (7 if unit == "week" else 1)))
    if unit == "month" and number % 1:
        return moved(day, int(number), unit) + timedelta(days=15 if number > 0 else -15)
    to = Month(day.year, day.month).next(
        round(number * {"month": 1, "quarter": 3, "year": 12}[unit])
    )
    return date(to.year, to.month, min(day.day, monthrange(to.year, to.month)[1]))
