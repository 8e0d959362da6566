"""Numbers of documents against the body and the year they are given to."""

import re
from functools import cache

from tanzhe import bundled
from tanzhe.audits.checks.sentences import Sentence
from tanzhe.audits.records import Verdicts
from tanzhe.audits.spans import dates_in
from tanzhe.errors import Words
from tanzhe.text import read_bodies, read_document_numbers

_ISSUED = re.compile(
    r"(?:联合)?(?:印发|发布|出台|下发|制定|公布)(?:了)?[^，。；《》]{0,8}$|issued?[^.;]{0,40}$",
    re.I,
)
_TITLE = re.compile(r"《[^》]*》[^《》，。；]{0,4}$")
WITHIN = 40  # letters before the words of issue in which the bodies that issue stand


def check_papers(at: Sentence, verdicts: Verdicts) -> None:
    """甲印发《乙》（国发〔2021〕23号）: a number of the body that issues, and of no later year."""
    for number in read_document_numbers(at.text):
        title = _TITLE.search(at.text[: number.start])
        issued = _ISSUED.search(at.text[: title.start()]) if title else None
        if issued is None:
            continue
        clause = at.text[max(0, issued.start() - WITHIN) : issued.start()]
        _body(at, number.number, clause, verdicts)
        _year(at, number.number, number.year, at.text[: issued.start()], verdicts)


@cache
def _bodies() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Beginnings of numbers with the body they are of, the longest first."""
    table = sorted(
        bundled.rows("tanzhe.audits.data", "numbers.csv"), key=lambda row: -len(row["begins"])
    )
    return tuple((row["begins"], row["body"], re.compile(row["words"])) for row in table)


def _body(at: Sentence, number: str, clause: str, verdicts: Verdicts) -> None:
    own = next(
        ((body, words) for begins, body, words in _bodies() if number.startswith(begins)), None
    )
    named = read_bodies(clause)
    if own is None or not named or own[1].search(clause):
        return
    words = Words(
        f"“{number}”是{own[0]}的文号，这里写成“{named[-1].text}”印发",
        f"“{number}” is a number of {own[0]}, here “{named[-1].text}” issues it",
    )
    verdicts.wrong(
        "self_contradiction", at.line, words, severity="error", item=at.item, field=at.label
    )


def _year(at: Sentence, number: str, year: int, before: str, verdicts: Verdicts) -> None:
    days = [d for d in dates_in(before) if d.precision in ("day", "month") and not d.inferred]
    if days and days[-1].last_day.year < year:
        words = Words(
            f"“{number}”是 {year} 年的文号，时间却写成“{days[-1].text}”",
            f"“{number}” is a number of {year}, dated “{days[-1].text}”",
        )
        verdicts.wrong(
            "self_contradiction", at.line, words, severity="error", item=at.item, field=at.label
        )
