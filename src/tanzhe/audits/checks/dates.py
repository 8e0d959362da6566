"""Dates: outside the window, impossible, vague or missing."""

import re
from datetime import date

from tanzhe.audits.checks.sentences import sentences_of
from tanzhe.audits.claims.read import FINE, Claim, claim_of, is_empty_value, window_at
from tanzhe.audits.records import Item, Point, ReportText, Verdicts
from tanzhe.audits.spans import dates_in, days_of_no_month
from tanzhe.audits.words import said
from tanzhe.errors import Words

LONGEST_EVENT = 184  # days: a longer period says when nothing in particular happened
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年?度?(?!\d|[-–—~至到]\s*\d)")
_AS_OF = re.compile(r"截至(20\d{2})年(?:(\d{1,2})月)?[^。；]{0,30}?(?:已|完成|实现|累计)")
SHORTEST_YEAR = 10  # months from which a yearly amount may have been measured
_UNTIL = re.compile(r"截至\s*(?P<y>20\d{2})\s*年\s*(?P<m>\d{1,2})\s*月")
_YEARLY = re.compile(r"(?<![预可将拟])年(?:均)?(?:减少|减排|节约|节能)[^，。；]{0,12}\d")
_CAUSE = re.compile(
    r"(?:因为|由于|系因|是因|起因于|源于|because of|due to|caused by|owing to|following)"
    r"(?P<what>[^，。；;\n]{0,60})", re.I,
)  # fmt: skip


def check_dates(report: ReportText, verdicts: Verdicts, today: date) -> None:
    """All checks of dates."""
    for point in report.points:
        for item in point.items:
            claim = claim_of(item, point)
            _missing(item, claim, verdicts)
            if claim.days is None:
                continue
            _window(item, point, claim, verdicts)
            _future(item, claim, report.written or today, verdicts)
            _year_total(item, claim, verdicts)
            _before_cause(item, claim, verdicts)
            _after_cause(item, claim, verdicts)
            _yearly_too_soon(item, claim, verdicts)


def _name(claim: Claim) -> str | None:
    return claim.field.label if claim.field and claim.field.label else None


def _missing(item: Item, claim: Claim, verdicts: Verdicts) -> None:
    days, line = claim.days, claim.line
    if item.loose and (days is None or days.precision != "year"):
        return  # what stands around it says when
    if days is None and claim.field and not is_empty_value(claim.text):
        words = Words(
            f"时间“{claim.text[:40]}”不是日期，无法核对是否在窗口内",
            f"the time “{claim.text[:40]}” is no date, so its window cannot be checked",
        )
    elif days is None and days_of_no_month(item.text):
        return  # told by `check_days`
    elif days is None:
        words = Words(f"“{item.title[:40]}”没有写时间", f"“{item.title[:40]}” states no time")
    elif days.precision == "year" or (days.precision != "day" and said("vague_date", claim.text)):
        words = Words(
            f"时间只写到“{claim.text[:40]}”，没有月份，不能判断是否在转折点前后",
            f"the time is only “{claim.text[:40]}”, without a month",
        )
    else:
        return
    verdicts.wrong("date_missing_or_vague", line, words, item=item, field=_name(claim))


def _shown(days: tuple[date, date]) -> str:
    return f"{days[0]:%Y-%m}—{days[1]:%Y-%m}"


def _window(item: Item, point: Point, claim: Claim, verdicts: Verdicts) -> None:
    days = claim.days
    window = window_at(point)
    if days is None or window is None:
        return
    first, last = window
    period = days.precision == "period" and (days.last - days.first).days > LONGEST_EVENT
    outside = days.last < first or days.first > last
    around = period and not first <= days.first <= last and not first <= days.last <= last
    if outside or around:
        within = around and not outside
        zh = "起止都在窗口之外" if within else "在窗口之外"
        en = "begins and ends outside" if within else "lies outside"
        verdicts.wrong(
            "date_out_of_window", claim.line,
            Words(
                f"时间“{days.text}”{zh}：转折点 {point.id} 的窗口是 {_shown((first, last))}",
                f"“{days.text}” {en} the window {_shown((first, last))} of {point.id}",
            ),
            severity="error", item=item, field=_name(claim),
        )  # fmt: skip
    elif claim.fine:
        verdicts.right(
            item, claim.line, _name(claim) or "时间",
            Words(
                f"“{days.text}”在窗口 {_shown((first, last))} 内",
                f"“{days.text}” is in the window {_shown((first, last))}",
            ),
        )  # fmt: skip


def _future(item: Item, claim: Claim, written: date, verdicts: Verdicts) -> None:
    if claim.days and claim.days.first > written:
        verdicts.wrong(
            "date_implausible", claim.line,
            Words(
                f"时间“{claim.days.text}”晚于报告完成的 {written}，当时还没有发生",
                f"“{claim.days.text}” is later than {written}, when the report was made",
            ),
            severity="error", item=item, field=_name(claim),
        )  # fmt: skip


_TITLE = re.compile(r"《[^《》]*》")


def _totals(item: Item) -> list[tuple[int, str]]:
    """Years whose whole result the item states, with the words."""
    found = []
    for whole_text in (
        item.title,
        *(f.value for f in item.fields if f.role in ("scale", "effect", "content", "text")),
    ):
        # 《2021年粗钢产量压减方案》 is what a plan is called, and no result.
        text = _TITLE.sub(lambda m: " " * len(m[0]), whole_text)
        for match in _YEAR.finditer(text):
            after = text[match.end() : match.end() + 14]
            after = re.split(r"[，。；,;]", after)[0]
            before = text[max(0, match.start() - 4) : match.start()]
            if re.search(r"[到至较比]$", before) or re.match(r"\s*年?(?:前|底前)", after):
                continue
            if _is_part(text, match):
                continue
            whole = said("full_year", after)
            bound = said("cap", text[max(0, match.start() - 12) : match.end() + 30])
            if whole and not bound and not said("hedge", before + after):
                found.append((int(match[1]), match[0] + after[: whole.end()]))
    return found


def _is_part(text: str, year: re.Match[str]) -> bool:
    """Whether a year only says which month, quarter or half is meant: 2021年3月产量."""
    return any(
        s.precision not in ("year", "period") or s.last_day.year > s.first_day.year
        for s in dates_in(text)
        if s.start <= year.start() < s.end and not s.inferred
    ) or bool(
        re.match(
            r"\s*年?(?:\d{1,2}\s*[月—–~至到-]|[上下]半年|前?[一二三四]季度)",
            text[year.start() + 4 :],
        )
    )


def _year_total(item: Item, claim: Claim, verdicts: Verdicts) -> None:
    days = claim.days
    if days is None or days.precision not in ("day", "ten_days", "month"):
        return
    for year, words in _totals(item):
        if days.last < date(year, 12, 1):
            verdicts.wrong(
                "date_implausible", claim.line,
                Words(
                    f"“{words}”是 {year} 年全年的结果，不可能在“{days.text}”就有",
                    f"“{words}” is the result of all {year} and was not there on “{days.text}”",
                ),
                severity="error", item=item, field=_name(claim),
            )  # fmt: skip
            return
    new_year = days.precision == "day" and (days.first.month, days.first.day) == (1, 1)
    if new_year and said("disclosure", item.title):
        verdicts.wrong(
            "date_implausible", claim.line,
            Words(
                f"统计或公示写在元旦“{days.text}”，像是由年份补出来的日期",
                f"a statistic dated New Year's Day “{days.text}” looks made up from its year",
            ),
            item=item, field=_name(claim),
        )  # fmt: skip


def _before_cause(item: Item, claim: Claim, verdicts: Verdicts) -> None:
    """A result that is older than the event it is said to come from."""
    if claim.days is None or not claim.fine:
        return
    for one in item.of("effect", "scale", "content"):
        for match in _AS_OF.finditer(one.value):
            end = date(int(match[1]), min(int(match[2] or 12), 12) or 12, 28)
            if (claim.days.first - end).days > 31:
                verdicts.wrong(
                    "date_implausible", one.line,
                    Words(
                        f"“{match[0]}”早于事件的“{claim.days.text}”，结果不能先于原因",
                        f"“{match[0]}” is earlier than the event, “{claim.days.text}”",
                    ),
                    item=item, field=one.label,
                )  # fmt: skip


def _yearly_too_soon(item: Item, claim: Claim, verdicts: Verdicts) -> None:
    """A yearly cut that is measured a few months after the start."""
    days = claim.days
    if days is None or not claim.fine:
        return
    for one in item.of("effect", "scale", "content"):
        for match in _UNTIL.finditer(one.value):
            months = 12 * (int(match["y"]) - days.first.year) + int(match["m"]) - days.first.month
            if 0 <= months < SHORTEST_YEAR and _YEARLY.search(one.value, match.end()):
                verdicts.wrong(
                    "date_implausible", one.line,
                    Words(
                        f"“{days.text}”才开始，截至{match['y']}年{match['m']}月只有 {months} 个月，"
                        "不可能已有全年的减排量",
                        f"{months} months after “{days.text}” ({match['y']}-{match['m']}) no "
                        f"yearly cut can be known",
                    ),
                    item=item, field=one.label,
                )  # fmt: skip
                return


def _after_cause(item: Item, claim: Claim, verdicts: Verdicts) -> None:
    """A cause that is younger than the event: stopped in December because of next March."""
    days = claim.days
    if days is None or not claim.fine:
        return
    for sentence in sentences_of(item):
        for cause in _CAUSE.finditer(sentence.text):
            for span in dates_in(cause["what"], None)[:1]:
                younger = (
                    not span.inferred and span.precision in FINE and span.first_day > days.last
                )
                if younger and not said("hedge", cause["what"][: span.start]):
                    verdicts.wrong(
                        "date_implausible", sentence.line,
                        Words(
                            f"“{days.text}”的事，原因却在更晚的“{span.text}”，原因不能后于结果",
                            f"the cause of “{span.text}” is younger than “{days.text}”",
                        ),
                        severity="error", item=item, field=sentence.label or None,
                    )  # fmt: skip
                    return
