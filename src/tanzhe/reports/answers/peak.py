"""The judgement of a peak as sentences and as the JSON that the interface promises."""

from tanzhe.errors import Language, Words
from tanzhe.model import PeakStatus
from tanzhe.reports.answers.json import Json, peak_json, series_json
from tanzhe.reports.parts.peak import ago_words, test_mark
from tanzhe.reports.words.dates import period_words, span_words
from tanzhe.reports.words.numbers import chance_words, confidence_words
from tanzhe.reports.words.subject import title_words
from tanzhe.reports.words.vocabulary import label


def peak_answer(peak: PeakStatus, language: Language = "zh") -> Json:
    """What `tanzhe peak --json` prints."""
    return {
        "series": series_json(peak.series),
        "peak": peak_json(peak),
        "notes": [note.said(language) for note in dict.fromkeys((*peak.notes, *peak.series.notes))],
        "manifest": peak.manifest.model_dump(mode="json"),
    }


def peak_lines(peak: PeakStatus, language: Language = "zh") -> list[str]:
    """The judgement as lines a reader can say aloud: title, word, record, change, outlook, notes.

    Args:
        peak: the judgement.
        language: of the lines.
    """
    return [
        title_words(peak.series, "达峰判断", "has it peaked?").said(language),
        *(line.said(language) for line in _sentences(peak)),
        *(f"{_MARK.said(language)}{note.said(language)}" for note in peak.notes),
        *(
            f"{_DATA.said(language)}{note.said(language)}"
            for note in peak.series.notes
            if note not in peak.notes
        ),
    ]


_MARK = Words("说明：", "Note: ")
_DATA = Words("数据：", "Data: ")


def _sentences(peak: PeakStatus) -> list[Words]:
    status = Words(label("peak", peak.status), label("peak", peak.status, "en"))
    return [
        Words(f"判断：{status.zh}。", f"Judgement: {status.en}."),
        _record(peak),
        _slope(peak),
        _outlook(peak),
        *_yardsticks(peak),
    ]


def _record(peak: PeakStatus) -> Words:
    """The largest sum, when it may have been, and how far the last one lies below it."""
    months = peak.series.frequency == "month"
    what = Words("十二个月合计", "twelve-month sum") if months else Words("年值", "yearly value")
    end = period_words(peak.series, peak.month)
    span = span_words(peak.series, *peak.month_interval)
    may = Words("", "")
    if peak.month_interval[0] != peak.month_interval[1]:
        may = Words(f"（九成可能在{span.zh}之间）", f" (with probability .9 in {span.en})")
    at = Words(f"截至{end.zh}", f"the one ending {end.en}") if months else end
    if peak.change_percent == 0:
        return Words(
            f"最大的{what.zh}就是最近的一个，{at.zh}{may.zh}。",
            f"The largest {what.en} is the latest, {at.en}{may.en}.",
        )
    low, high = peak.change_interval
    size = _percent(peak.change_percent)
    between = Words("", "")
    if low != high:
        # What noise alone may undo reaches up to the record itself.
        between = Words(
            f"（{_signed(low)}至{_signed(high)}）", f" ({_signed(low)} to {_signed(high)})"
        )
    return Words(
        f"最大的{what.zh}：{at.zh}{may.zh}；最近的比它低{size}{between.zh}。",
        f"Largest {what.en}: {at.en}{may.en}; the latest is {size} below it{between.en}.",
    )


def _slope(peak: PeakStatus) -> Words:
    years = Words("近三年", "the last three years")
    if peak.series.frequency == "year":
        years = Words("近五年", "the last five years")
    low, high = (_signed(end) for end in peak.slope_interval)
    middle = _signed(peak.slope_percent_per_year)
    return Words(
        f"{years.zh}的趋势：每年{middle}（{low}至{high}）。",
        f"Trend of {years.en}: {middle} a year ({low} to {high}).",
    )


def _outlook(peak: PeakStatus) -> Words:
    stands = [(months // 12, confidence_words(p)) for months, p in peak.record_stands.items()]
    zh = "、".join(f"{years}年{p.zh}" for years, p in stands)
    en = ", ".join(f"{years} year{'s' if years > 1 else ''} {p.en}" for years, p in stands)
    return Words(
        f"这一最大值今后不被超过的可能性：{zh}。",
        f"Probability that it is not passed within: {en}.",
    )


def _yardsticks(peak: PeakStatus) -> list[Words]:
    """What others judge by, beside and never inside the judgement."""
    ago = ago_words(peak.years_since)
    since = Words(f"距最大值{ago.zh}", f"{ago.en} since the largest")
    if not peak.years_since:
        since = Words("目前就在最大值", "at the largest now")
    test = peak.trend_test
    if test is None:
        return [Words(f"对照：{since.zh}。", f"Beside it: {since.en}.")]
    sure = chance_words(test.p_value)
    mark = test_mark(test)
    says = Words(label("trend_test", mark), label("trend_test", mark, "en"))
    # A test of all years may rise although the record lies behind.
    return [
        Words(
            f"对照：{since.zh}；最大值前后{test.years}个年度合起来看，曼—肯德尔趋势检验{says.zh}"
            f"（本无趋势时，偶然走成这样的概率为{sure.zh}）。",
            f"Beside it: {since.en}; over all {test.years} years, before and after it, "
            f"Mann-Kendall {says.en} (such years without any trend: probability {sure.en}).",
        )
    ]


def _percent(value: float) -> str:
    return f"{abs(value):.1f}%"


def _signed(value: float) -> str:
    return f"{'−' if value < 0 else '+'}{abs(value):.1f}%" if round(value, 1) else "0.0%"
