"""Which lines head a turning point: by their own words, or by what lines of their form do."""

import re
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from tanzhe.audits.lines.marks import Mark, as_days, bare, confidence_in, mark_of, point_days
from tanzhe.audits.records import Days
from tanzhe.audits.spans import dates_in
from tanzhe.audits.words import said
from tanzhe.text import DateSpan

# Forms a heading can have, outermost first; where several bear dates the first is taken.
_FORMS = ("#", "page", "一、", "?", "**", "9.9", "9.", "（一）", "-", "plain")
_LOOSE = ("9.9", "9.", "（一）", "plain")  # forms that lists of events have too
_NUMBERED = re.compile(
    r"^\s*(?:\*\*)?(?:(?P<chapter>第[一二三四五六七八九十\d]{1,3}[章节部分]+|[一二三四五六七八九十]{1,3}[、.．])"
    r"|(?P<inner>[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）])"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3}(?:[.、]|\s)\s*)|(?P<plain>\d{1,2}\s*(?:[、)）]|[.．](?!\d)|[.．](?=(?:19|20)\d{2}\s*[年./-]))))\s*"
)
_BOLD_RUN = re.compile(r"\*\*(?P<head>[^*]{4,40})\*\*[\s:：]*(?P<rest>[^\s:：].*)$")
_QUESTION = re.compile(r"^\s*(?:\*\*)?(?:问|Q(?:uestion)?)\s*\d{0,2}\s*[.:：、]", re.I)
_PAGE = re.compile(
    r"^\W*(?:第\s*\d{1,3}\s*[页张]|(?:slide|page|幻灯片|PPT)\s*\d{1,3}|[PS]\d{1,3})"
    r"(?:\s*/\s*\d+)?\s*(?P<rest>\W*)$", re.I,
)  # fmt: skip
_RUN_IN = re.compile(r"^\s*(?:[。：:｜|]|\.(?=\s)|[-—–]{1,2}\s*)\s*")
TURN = re.compile(r"转折|[变断拐]点|突变|turn|break", re.I)
_ORDINAL = re.compile(
    r"第\s*[一二三四五六七八九十\d]{1,2}\s*[次个轮][^，。]{0,8}[转折降升落涨跌台阶弹减增]"
    r"|\b(?:first|second|third|fourth|fifth|next|last) (?:\w+ )?(?:drop|fall|rise|decline|dip)",
    re.I,
)
_FINE = ("month", "day", "ten_days", "quarter")
LEAST_ALIKE = 2  # headings of one form with a date, from which the form heads turning points
MOST_HEADING = 60  # letters of a heading; a longer line is a sentence
SHARE_DATED = 0.5  # of the headings of a form


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A line that heads a turning point: its words, its date, and what follows in the line."""

    text: str
    days: Days | None
    rest: str = ""


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    number: int
    form: str
    heading: Heading | None


class Headings:
    """The headings of a report, read before anything else.

    Args:
        lines: all lines.
        skipped: numbers of lines that are references.
    """

    def __init__(self, lines: Sequence[str], skipped: Set[int] = frozenset()) -> None:
        self.marks = [mark_of(line) for line in lines]
        self.pages = {n for n, line in enumerate(lines, 1) if _PAGE.match(line)}
        found = [c for c in self._candidates(lines) if c.number not in skipped]
        self.form = _form_of_points(found)
        self._formed = {
            c.number: _of_form(c.heading, self.form) for c in found if c.form == self.form
        }
        self.formed = sorted(n for n, heading in self._formed.items() if heading)
        self.first = next((n for n, m in enumerate(self.marks, 1) if m.kind != "blank"), 0)

    def _candidates(self, lines: Sequence[str]) -> list[_Candidate]:
        found = []
        alone, paged = True, False
        for number, (line, mark) in enumerate(zip(lines, self.marks, strict=True), 1):
            if number in self.pages:
                alone = paged = True
                continue
            form = "page" if paged and mark.kind != "blank" else _form(line, mark, alone)
            if mark.kind == "bullet" and mark.indent == 0 and self._has_inner(number):
                form = "-"
            if form:
                found.append(_Candidate(number=number, form=form, heading=_heading(mark, form)))
            alone = mark.kind in ("blank", "rule")
            paged = paged and alone
        return found

    def _has_inner(self, number: int) -> bool:
        """Whether a bullet has bullets of its own."""
        after = self.marks[number] if number < len(self.marks) else None
        return after is not None and after.kind == "bullet" and after.indent >= 2

    def at(self, number: int, *, alone: bool) -> Heading | None:
        """The turning point a line heads, or None.

        Args:
            number: of the line, counted from 1.
            alone: the line before it is blank or a rule.
        """
        mark = self.marks[number - 1]
        formed = self._formed.get(number)
        if formed and number != self.first:
            return formed
        turns = TURN.search(mark.text[:24]) or confidence_in(mark.text) is not None
        told = mark.kind == "plain" and (not turns or re.search(r"。\s*\S", mark.text))
        if told:  # a paragraph; and one date alone is a signature or a cover
            return _sentence(mark) if alone else None
        is_point, days = point_days(mark, first_line=number == self.first, alone=alone)
        if is_point:
            return Heading(text=bare(mark.text), days=days)
        return _sentence(mark) if alone else None

    def closes(self, number: int) -> bool:
        """Whether a line has the form of the headings of turning points and names no date."""
        undated = number in self._formed and self._formed[number] is None
        return undated and self.form not in _LOOSE


def _form(line: str, mark: Mark, alone: bool) -> str:
    """The form of a heading, "" for lines that are none."""
    if mark.kind == "heading":
        return f"#{mark.level}"
    if mark.kind in ("blank", "rule", "row", "bullet"):
        return ""
    if _QUESTION.match(line):
        return "?"
    if re.fullmatch(r"\s*\*\*[^*]{2,80}\*\*\s*", line) and not re.search(r"[:：]\*\*\s*$", line):
        return "**"
    lead = _BOLD_RUN.match(mark.text)
    if lead and mark.kind == "plain" and _dates(lead["head"]):
        return "**"
    if match := _NUMBERED.match(line):
        return {"chapter": "一、", "inner": "（一）", "deep": "9.9", "plain": "9."}[
            str(match.lastgroup)
        ]
    text = bare(line.strip())
    if len(text) > 40 or re.search(r"[。；.;，,:：]$", text):
        return ""
    dated = [s for s in dates_in(text[:24]) if s.start <= 1 and not s.inferred]
    if dated:
        return "plain" if alone or dated[0].end == len(text) else ""
    return "plain" if alone and not re.match(r"\d{4}|[^：:]{1,8}[:：]", text) else ""


def _dates(text: str) -> list[DateSpan]:
    spans = [s for s in dates_in(text) if not s.inferred and s.precision in _FINE]
    return [s for s in spans if s.qualifier not in ("since", "before", "as_of")]


def _heading(mark: Mark, form: str) -> Heading | None:
    """The heading a line of some form would be: short, with one date; or a date and a text."""
    lead = _BOLD_RUN.match(mark.text) if form == "**" else None
    if lead and (spans := _dates(lead["head"])):
        return Heading(text=lead["head"], days=as_days(spans[0]), rest=lead["rest"])
    text = _NUMBERED.sub("", _QUESTION.sub("", bare(mark.text)))
    spans = _dates(text[:MOST_HEADING])
    if not spans:
        return None
    whole = len(text) <= MOST_HEADING and not re.search(r"[。；;]\s*\S|\w\.\s+[A-Z]", text)
    if whole and (form[0] in "#?*p-" or not re.search(r"[，,]", text)):
        return None if len(spans) > 2 else Heading(text=text, days=as_days(spans[0]))
    first = spans[0]
    follows = _RUN_IN.match(text[first.end :])
    if first.start <= 6 and follows:
        rest = text[first.end + follows.end() :]
        return Heading(text=text[: first.end], days=as_days(first), rest=rest)
    return None


def _form_of_points(found: Sequence[_Candidate]) -> str:
    """The form whose headings bear the dates, "" where no form does."""
    forms: dict[str, list[_Candidate]] = defaultdict(list)
    for one in found:
        forms[one.form].append(one)
    named = sorted(forms, key=lambda f: (_FORMS.index("#" if f[0] == "#" else f), f))
    for form in named:
        dated = [c.heading for c in forms[form] if c.heading]
        loose = form in _LOOSE
        dated = [h for h in dated if _of_form(h, form)]
        enough = len(dated) >= LEAST_ALIKE or (form == "page" and bool(dated))
        apart = len({h.days.text for h in dated if h.days}) == len(dated) or not loose
        if enough and apart and len(dated) >= SHARE_DATED * _weight(forms[form], form):
            return form
    return ""


def _of_form(heading: Heading | None, form: str) -> Heading | None:
    """A heading, unless its form also lists dated events: there it is short, with a month."""
    if heading is None or heading.days is None or form not in _LOOSE:
        return heading
    short = len(heading.text) <= 40 and heading.days.precision in ("month", "quarter")
    return heading if short else None


def _weight(candidates: Sequence[_Candidate], form: str) -> float:
    """How many headings of a form there are, half of the undated short lines of plain text."""
    undated = sum(1 for c in candidates if c.heading is None)
    if form == "plain" or form[0] == "#" or form == "page":
        undated = 0 if form == "plain" else undated // 2
    return len(candidates) - sum(1 for c in candidates if c.heading is None) + undated


def _sentence(mark: Mark) -> Heading | None:
    """A paragraph that begins with a sentence naming a turn and one date."""
    if mark.kind not in ("plain", "number"):
        return None
    text = bare(mark.text)
    end = re.search(r"[。：:]|(?<=\d)\.\s+(?=[A-Z])", text[:80])
    first = text[: end.start()] if end else text[:80]
    rest = text[end.end() :].strip() if end else ""
    if not rest or not (TURN.search(first) or _ORDINAL.search(first)) or said("not_found", first):
        return None
    spans = _dates(first)
    if len(spans) != 1 or re.search(r"\d[%％]|网址|http", first):
        return None
    return Heading(text=first, days=as_days(spans[0]), rest=rest)
