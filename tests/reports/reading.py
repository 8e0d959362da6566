"""Reading finished reports back: what a reader would call numbers, dates, names and addresses."""

import calendar
import re

from tanzhe.errors import Language
from tanzhe.reports.facts.factmarks import unmarked
from tanzhe.reports.facts.tree import Fact, Report
from tanzhe.reports.registers.views import Speech
from tanzhe.reports.words.escape import inert, unescaped

MARKS = re.compile(r"\[\^\d+\]:?|^ *\d+\. ", re.MULTILINE)
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MONTHS = "|".join(calendar.month_name[1:])
DATE = re.compile(rf"\d{{4}}年(?:1—2月|\d+月(?:\d+日)?)?|(?:\d+ )?(?:{MONTHS}) \d{{4}}\b")
UNIT = re.compile(
    r"(?<=\d)(?:%|个百分点| percentage points?|[万亿]?吨| Mt\b| t\b|个月| months?\b| years?\b)"
    r"|百万吨二氧化碳|MtCO2|万重量箱"
)
ADDRESS = re.compile(r"(?:https?|javascript):[^\s()（）]+")


def bare(markdown: str) -> str:
    """The text without marks of footnotes and of list items, and without escapes."""
    return unescaped(MARKS.sub("", unmarked(markdown)))


def numbers(markdown: str) -> set[str]:
    return set(NUMBER.findall(bare(markdown)))


def collected(markdown: str) -> dict[str, set[str]]:
    text = bare(markdown)
    return {
        "numbers": numbers(markdown),
        "dates": set(DATE.findall(text)),
        "units": set(UNIT.findall(text)),
        "addresses": set(ADDRESS.findall(text)),
    }


def facts_said(report: Report, markdown: str, language: Language) -> set[str]:
    """Facts whose text stands in the report, in its short or its long form."""
    short = Speech({f.id: f for f in report.facts}, language, False)
    long = Speech({f.id: f for f in report.facts}, language, True)
    text = unmarked(markdown).casefold()  # a name may begin a heading

    def is_said(fact: Fact) -> bool:
        forms = [short.text(fact.id), long.text(fact.id)]
        if fact.kind == "address":
            forms.append(str(fact.value))
        return any(form.casefold() in text for form in forms)

    return {fact.id for fact in report.facts if is_said(fact)}


def fact_numbers(report: Report) -> set[str]:
    """All numbers that stand in the texts of facts."""
    texts = " ; ".join(f"{f.zh} ; {f.en} ; {f.full}" for f in report.facts)
    return set(NUMBER.findall(unescaped(inert(texts))))


def silenced(report: Report) -> Report:
    """The report with every fact replaced by a sign: what is left are the register's own words."""
    mute = {"zh": "☆", "en": "☆", "full": "☆", "value": "☆"}
    return report.model_copy(
        update={"facts": tuple(f.model_copy(update=mute) for f in report.facts)}
    )
