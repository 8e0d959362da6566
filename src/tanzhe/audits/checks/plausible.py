"""Amounts that no place emits, and units that do not measure what they are said to."""

import re
from functools import cache
from importlib.resources import files

import yaml

from tanzhe.audits.checks.sentences import Sentence
from tanzhe.audits.records import ReportText, Verdicts
from tanzhe.audits.spans import places_in
from tanzhe.audits.words import every, said
from tanzhe.errors import Words
from tanzhe.text import QuantitySpan

_POWER, _ENERGY = ("千瓦", "兆瓦", "吉瓦"), ("千瓦时", "度", "兆瓦时", "吉瓦时", "太瓦时")
_BREAK = re.compile(r"[，,。；;、（(]")
LONGEST_CLAUSE = 60  # letters before an amount in which its noun may stand
BEHIND = 12  # letters behind an amount of carbon dioxide in which it may be called so


def check_plausible(at: Sentence, report: ReportText, verdicts: Verdicts) -> None:
    """Carbon dioxide beyond every known year, kilowatts of energy, kilowatt-hours of capacity."""
    for span in at.spans:
        before = at.text[max(0, span.start - LONGEST_CLAUSE) : span.start]
        clause = before[max((m.end() for m in _BREAK.finditer(before)), default=0) :]
        _emission(at, span, clause, report.region, verdicts)
        _dimension(at, span, clause, verdicts)


@cache
def _most() -> dict[str, float]:
    text = files("tanzhe.audits.data").joinpath("most_emitted.yaml").read_text(encoding="utf-8")
    return {place: float(row["tonnes"]) for place, row in yaml.safe_load(text).items()}


def _emission(
    at: Sentence, span: QuantitySpan, clause: str, region: str | None, verdicts: Verdicts
) -> None:
    behind = at.text[span.end : span.end + BEHIND]
    spoken = said("emitted", f"{clause}{behind}")
    if span.unit != "吨" or not spoken or span.change or said("summed_up", at.text):
        return
    named = [p.iso for p in places_in(at.text[: span.start])][-1:] or [region or "CN"]
    place = "world" if said("worldwide", clause) else "nation" if "CN" in named else "province"
    of_it = places_in(at.text) or said("own_place", at.text)
    if place == "province" and not of_it:
        place = "nation"  # which place it is of is not said
    most = _most()[place]
    if span.value > most:
        zh = {"world": "全世界", "nation": "全国", "province": "一个省"}[place]
        en = {"world": "the world", "nation": "China", "province": "a province"}[place]
        words = Words(
            f"“{span.text}”：{zh}一年的二氧化碳排放从未超过 {most / 1e8:g} 亿吨，"
            "多半是单位或小数点错了",
            f"“{span.text}”: {en} has never emitted over {most / 1e9:g} Gt of CO2 a year; the "
            "unit or decimal point is likely wrong",
        )
        verdicts.wrong(
            "implausible_amount", at.line, words, severity="error", item=at.item, field=at.label
        )


def _dimension(at: Sentence, span: QuantitySpan, clause: str, verdicts: Verdicts) -> None:
    """The noun nearest before an amount says power or energy; storage has both."""
    unit = "power" if span.unit in _POWER else "energy" if span.unit in _ENERGY else ""
    nouns = [
        (m.end(), kind, m[0]) for kind in ("power", "energy") for m in every(f"of_{kind}", clause)
    ]
    if not unit or not nouns or said("storage", at.text):
        return
    _, kind, noun = max(nouns)
    if kind != unit:
        zh = {"power": "功率（千瓦）", "energy": "电量（千瓦时）"}
        en = {"power": "power (kW)", "energy": "energy (kWh)"}
        words = Words(
            f"“{noun}”的单位应是{zh[kind]}，“{span.text}”是{zh[unit]}",
            f"“{noun}” is {en[kind]}, “{span.text}” is {en[unit]}",
        )
        verdicts.wrong(
            "implausible_amount", at.line, words, severity="error", item=at.item, field=at.label
        )
