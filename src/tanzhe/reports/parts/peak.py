"""The judgement of the peak as sentences."""

from tanzhe.errors import Words
from tanzhe.model import PeakStatus, Series
from tanzhe.model.peak import TrendTest
from tanzhe.reports.facts.findings import Findings
from tanzhe.reports.facts.ledger import Ledger, said
from tanzhe.reports.facts.tree import Sentence
from tanzhe.reports.words.dates import day_words, is_vague, range_words, years_words
from tanzhe.reports.words.numbers import (
    amount_words,
    chance_words,
    confidence_words,
    count_words,
    effect_digits,
    likelihood,
    percent_words,
)

# Falls since the record that would print as nought are none: the record is the present.
AT_RECORD = 0.05
# A trend whose interval holds zero is flat only within so many percent a year, else its direction
# cannot be told; the widest slopes of a plateau (`tanzhe.peaks`) stay inside.
FLAT_WITHIN = 4.0
TWO_YEARS = 24
# A test that chance passes more often than this says nothing of the direction.
TELLING = 0.05


def peak_sentences(ledger: Ledger, findings: Findings) -> list[Sentence]:
    """When the record may have been, trend and yardsticks; or that it cannot be judged.

    Record, change since and outlook stand in the summary.
    """
    peak = findings.peak
    if peak is None:
        return [no_peak(ledger, findings)]
    return [
        *_record_interval(ledger, peak),
        trend(ledger, peak),
        *_yardsticks(ledger, peak),
    ]


def no_peak(ledger: Ledger, findings: Findings) -> Sentence:
    """That no peak is judged; since when there is nothing, where the series stopped."""
    series = findings.series
    marks = {"frequency": series.frequency, "levels": "two" if has_two_levels(series) else "one"}
    return said("no_peak", marks, **stop_slots(ledger, series))


def has_two_levels(series: Series) -> bool:
    """Whether the series says of itself that its unit or definition changed on the way."""
    return any(note.code == "level_jump" for note in series.notes)


def stop_slots(ledger: Ledger, series: Series) -> dict[str, str]:
    """Since when there are no positive figures; empty where the series goes on."""
    since = series.stopped_since
    return {} if since is None else {"stop": ledger.enter("date", since, day_words(since))}


def top_of(peak: PeakStatus) -> float:
    """The largest twelve-month sum."""
    return max(value for value in peak.sums if value is not None)


def status(ledger: Ledger, peak: PeakStatus) -> Sentence:
    """The judgement with the record and how far it lies behind."""
    # The end of twelve months is a month: of a merged period its second.
    words = day_words(peak.month)
    size = percent_words(peak.change_percent)
    low, high = sorted(peak.change_interval, key=abs)
    ends = [percent_words(end, digits=effect_digits(peak.change_percent)) for end in (low, high)]
    fell = abs(peak.change_percent) >= AT_RECORD
    # A yearly sum holds no noise of months: no interval.
    ranged = fell and low != high
    return said(
        "peak",
        peak_marks(peak),
        month=ledger.enter("date", peak.month, words),
        years=_years_of_record(ledger, peak),
        top=ledger.enter(
            "number", top_of(peak), amount_words(top_of(peak), peak.series.unit),
            unit=peak.series.unit,
        ),
        change=ledger.enter("number", peak.change_percent, size, unit="%") if fell else "",
        low=ledger.enter("number", low, ends[0], unit="%") if ranged else "",
        high=ledger.enter("number", high, ends[1], unit="%") if ranged else "",
    )  # fmt: skip


def _years_of_record(ledger: Ledger, peak: PeakStatus) -> str:
    """The years in which the record lies, where its month cannot be told; else empty."""
    first, last = peak.month_interval
    if not is_vague(first, last) or abs(peak.change_percent) < AT_RECORD:
        return ""
    return ledger.enter("date", f"{first[:4]}/{last[:4]}", years_words(first, last))


def peak_marks(peak: PeakStatus) -> dict[str, str]:
    """The closed choices that words about the peak depend on."""
    low, high = peak.slope_interval
    slope = peak.slope_percent_per_year
    flat = low >= -FLAT_WITHIN and high <= FLAT_WITHIN
    direction = "told" if not low <= 0 <= high else "flat" if flat else "open"
    return {
        "status": peak.status,
        "at_record": "yes" if abs(peak.change_percent) < AT_RECORD else "no",
        "slope_way": "down" if slope < 0 else "up",
        "course": direction,
        "frequency": peak.series.frequency,
        "early": "told" if any(note.code == "record_at_start" for note in peak.notes) else "none",
    }


def _record_interval(ledger: Ledger, peak: PeakStatus) -> list[Sentence]:
    first, last = peak.month_interval
    if first == last:
        return []
    span = ledger.enter("date", f"{first}/{last}", range_words(first, last))
    return [said("record_interval", {"frequency": peak.series.frequency}, span=span)]


def trend(ledger: Ledger, peak: PeakStatus) -> Sentence:
    """The present trend with its interval."""
    values = (peak.slope_percent_per_year, *peak.slope_interval)
    ids = [
        ledger.enter("number", v, percent_words(v, digits=1, signed=True), unit="%") for v in values
    ]
    return said("trend", peak_marks(peak), slope=ids[0], low=ids[1], high=ids[2])


def outlook(ledger: Ledger, months: int, probability: float) -> Sentence:
    """How likely the record is to stand so many months."""
    years = months // 12
    words = Words(f"{years}年", f"{years} year{'s' if years > 1 else ''}")
    return said(
        "outlook",
        {"likelihood": likelihood(probability)},
        years=ledger.enter("number", years, words, unit="years"),
        value=ledger.enter("number", probability, confidence_words(probability), unit="%"),
    )


def test_mark(test: TrendTest) -> str:
    """Which way a test of the yearly trend points, open where it says nothing."""
    if test.p_value > TELLING:
        return "open"
    return "up" if test.z > 0 else "down"


def ago_words(years: float) -> Words:
    """How long ago, in months where it is less than two years."""
    months = round(years * 12)
    if months >= TWO_YEARS:
        return Words(f"{years:.1f}年", f"{years:.1f} years")
    return Words(f"{months}个月", f"{months} month{'s' if months != 1 else ''}")


def _yardsticks(ledger: Ledger, peak: PeakStatus) -> list[Sentence]:
    """What others judge by: years since the record, and a test of the yearly trend."""
    since = ago_words(peak.years_since)
    test = peak.trend_test
    marks = {"test": "none" if test is None else test_mark(test)}
    return [
        said(
            "yardstick",
            marks,
            since=ledger.enter("number", peak.years_since, since, unit="years"),
            years=ledger.enter("number", test.years, count_words(test.years)) if test else "",
            chance=ledger.enter("number", test.p_value, chance_words(test.p_value), unit="%")
            if test
            else "",
        )
    ]
