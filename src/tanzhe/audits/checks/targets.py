"""Targets and plans told as something reached."""

import re
from datetime import date

from tanzhe.audits.checks.sentences import sentences_of
from tanzhe.audits.claims.compare import facts
from tanzhe.audits.claims.read import claim_of
from tanzhe.audits.lines.links import slug_numbers, slug_of, url_days
from tanzhe.audits.records import Days, Field, Item, Point, ReportText, Verdicts
from tanzhe.audits.spans import quantities_in
from tanzhe.audits.words import every, said, without
from tanzhe.errors import Words

_SENTENCE = re.compile(r"[^。；;\n]+")
_RESULT = re.compile(
    r"(?:提升|提高|下降|降低|增长|减少|上升|增加|减排|升|降)(?:至|到|了|约|近|超过?|达|幅度?)*\s*"
    r"(?=[\d百一二三四五六七八九十])|年减(?:少|排)|(?:比例|占比|利用率)[^，。]{0,6}(?:达到?|至|到)\s*\d"
)
_YEARLY = re.compile(r"年(?:可|均|约)?减(?:少|排)[^，。]{0,8}(?:碳|排放)[^，。]{0,4}(?=\d)")
_REVIEW = re.compile(r"截至|超额|完成了?\d|累计|去年|上年|同比|[较比]\d{4}年|核定|统计|公报|监测")


def check_targets(report: ReportText, verdicts: Verdicts) -> None:
    """Targets in addresses, in plans just launched, and in remarks about plans."""
    written = report.written or _latest(report)
    for point in report.points:
        for item in point.items:
            _slug(item, verdicts)
            _plan(item, verdicts)
            _too_early(item, claim_of(item, point).days, written, verdicts)
        _remark(point, verdicts)


def _latest(report: ReportText) -> date | None:
    """The last day any event, page or reference of a report is from: it was written after it."""
    days = [claim.days for p in report.points for i in p.items if (claim := claim_of(i, p)).fine]
    links = [x for p in report.points for i in p.items for x in i.links] + report.references
    days += [x.posted or url_days(x.url) for x in links]
    days += [p.days for p in report.points]
    return max((d.last for d in days if d and d.precision != "year"), default=None)


def _slug(item: Item, verdicts: Verdicts) -> None:
    """The address speaks of a target, the item of a result with the same number."""
    for link in item.links:
        words = said("slug_attain", slug_of(link.url))
        if not words:
            continue
        numbers = [value for value, _, _ in slug_numbers(link.url)]
        for fact in facts(item):
            hedged = said(
                "hedge", f"{fact.field.label}{_clause(fact.field, fact.text)}{item.title}"
            )
            if hedged or not any(abs(fact.value - n) <= 1e-6 * n for n in numbers if n):
                continue
            verdicts.wrong(
                "target_as_fact", fact.field.line,
                Words(
                    f"网址里写的是“{words[0].strip('-_/')}”（将要达到），正文“{fact.text[-30:]}”写成已经实现",
                    f"the address says “{words[0].strip('-_/')}” (to come), "
                    f"“{fact.text[-30:]}” tells it as reached",
                ),
                severity="error", item=item, field=fact.field.label,
            )  # fmt: skip
            return


def _clause(one: Field, text: str) -> str:
    at = one.value.find(text)
    return one.value[max(0, at - 12) : at + len(text)] if at >= 0 else text


def _plan(item: Item, verdicts: Verdicts) -> None:
    """A plan, on the day it starts, whose effects are told as there."""
    dates = "".join(f"{f.label}{f.value}" for f in item.of("date"))
    if not said("plan_name", item.title) or not (
        said("launch", item.title) or said("launch", dates) or said("hedge", item.title)
    ):
        return
    ahead = without("met", "。".join([item.title, *(f.value for f in item.of("scale", "effect"))]))
    forward = bool(said("hedge", ahead))
    for one in item.of("scale", "effect"):
        for match in _SENTENCE.finditer(one.value):
            sentence = match[0]
            # Where nothing looks ahead, results may have come; a yearly cut can only be reckoned.
            result = _result(sentence) if forward else _YEARLY.search(sentence)
            if not result or _hedged(sentence, result) or _REVIEW.search(sentence):
                continue
            after = sentence[result.start() : result.end() + 16]
            if not quantities_in(after):
                continue
            verdicts.wrong(
                "target_as_fact", one.line,
                Words(
                    f"“{item.title[:24]}”才开始，“{after[:30]}”却写成已经达到，没有说明是目标还是结果",
                    f"“{item.title[:24]}” has just begun, yet “{after[:30]}” is told as reached",
                ),
                item=item, field=one.label,
            )  # fmt: skip
            break


def _too_early(item: Item, days: Days | None, written: date | None, verdicts: Verdicts) -> None:
    """What is to be reached by a later year, told as reached already."""
    fine = days.last if days and days.precision != "year" else None
    now = max((d.year for d in (fine, written) if d), default=None)
    sentences = [(s, s.text) for s in sentences_of(item)]
    ahead: list[tuple[str, int, set[float]]] = []
    for _, sentence in sentences:
        for by in every("by_year", sentence):
            year = int(by["zh"] or by["en"])
            if now and year > now:
                ahead.append((sentence, year, {q.value for q in quantities_in(sentence)}))
    for one, sentence in sentences:
        done = said("reached_now", sentence)
        before = without("by_year", sentence[: done.start()] if done else "")
        notion = "soon" if done and done[0].startswith("已") else "hedge"
        if not done or said(notion, re.split(r"[，,]", before)[-1]):
            continue
        numbers = {q.value for q in quantities_in(sentence)}
        target = next(
            (a for a in ahead if (_governs(a[1], done) if a[0] == sentence else a[2] & numbers)),
            None,
        )
        if target:
            verdicts.wrong(
                "target_as_fact", one.line,
                Words(
                    f"{target[1]} 年的目标当时还没有到期，“{_told(done)}”却写成已经实现",
                    f"a target for {target[1]} still lay ahead: “{_told(done)}” tells it as "
                    f"reached",
                ),
                severity="error", item=item, field=one.label or None,
            )  # fmt: skip
            return


def _told(done: re.Match[str]) -> str:
    """The clauses of a sentence that tell something as reached."""
    start = max(done.string.rfind(mark, 0, done.start()) for mark in "，,、；") + 1
    stop = re.search(r"[，,；;。]", done.string[done.end() :])
    end = done.end() + stop.start() if stop else len(done.string)
    return done.string[start:end].strip()[-40:]


def _governs(year: int, done: re.Match[str]) -> bool:
    """Whether what is told as reached is told of a year: the nearest one before, else after."""
    before = re.findall(r"20\d{2}", done.string[: done.start()])
    after = re.findall(r"20\d{2}", done.string[done.end() :])
    return int((before or after[::-1] or ["0"])[-1]) == year


def _result(sentence: str) -> re.Match[str] | None:
    """The first result that is not hedged, else the first."""
    found = list(_RESULT.finditer(sentence))
    return next((m for m in found if not _hedged(sentence, m)), found[0] if found else None)


def _hedged(sentence: str, result: re.Match[str]) -> bool:
    """A hedge reaches to the end of the sentence, unless a clause says 已."""
    before = sentence[: result.end()]
    clause = before[max(before.rfind("，"), before.rfind(",")) + 1 :]
    return bool(said("hedge", before)) and not said("already", clause)


def _remark(point: Point, verdicts: Verdicts) -> None:
    """A remark that counts what the items only plan as done."""
    plans = [i for i in point.items if said("hedge", i.text)]
    for line, text in point.prose:
        match = said("achieved_prose", text)
        if match and plans and not said("hedge", text):
            verdicts.wrong(
                "target_as_fact", line,
                Words(
                    f"“{match[0]}”当作已经发生，而第 {plans[0].line} 行写的还是计划或目标",
                    f"“{match[0]}” is told as done, while line {plans[0].line} speaks of a plan",
                ),
                point=point,
            )  # fmt: skip
