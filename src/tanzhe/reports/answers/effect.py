"""The measured effect of events as sentences, as a table and as the JSON of the interface."""

from tanzhe.errors import Language, Words
from tanzhe.model import EffectSize, EventEffect, EventEffects
from tanzhe.places import region_words
from tanzhe.reports.answers.json import Json, series_json
from tanzhe.reports.parts.effect import why_open
from tanzhe.reports.words.dates import day_words, range_words, span_words
from tanzhe.reports.words.numbers import (
    amount_words,
    chance_words,
    effect_digits,
    percent_words,
)
from tanzhe.reports.words.subject import title_words
from tanzhe.reports.words.vocabulary import label, sector_name
from tanzhe.terms import words_of
from tanzhe.trees import picked

HEADINGS = (
    Words("时间", "Date"), Words("事件", "Event"), Words("产品", "Product"),
    Words("预期", "Expected"), Words("实测", "Measured"),
    Words("累计", "In all"), Words("判断", "Verdict"),
)  # fmt: skip
PRODUCT = 2
MARKS = {True: "✓", False: "✗", None: "·"}
# Donors of less weight are not named in a sentence.
NAMED = 0.05


def effect_json(found: EventEffect, language: Language = "zh") -> Json:
    """One effect without series and manifest."""
    return {
        **picked(found, "event", "region", "product", "window"),
        "effect": _size_json(found.effect),
        "basis": found.basis,
        "own": _size_json(found.own),
        "excess": _size_json(found.excess),
        **picked(found, "p_value", "verdict", "lasting"),
        "after": _size_json(found.after),
        **picked(found, "donors", "left_out", "smallest_tellable_percent"),
        "checks": [
            {"name": check.name, "passed": check.passed, "says": check.said(language)}
            for check in found.checks
        ],
        "notes": [note.said(language) for note in found.notes],
    }


def _size_json(size: EffectSize | None) -> Json | None:
    if size is None:
        return None
    carbon = size.amount.unit == "MtCO2"
    return {
        **picked(size, "percent", "percent_interval"),
        "mt": size.amount.value if carbon else None,
        "mt_interval": list(size.amount.interval) if carbon else None,
        **picked(size, "amount", "p_value"),
    }


def effect_answer(found: EventEffect, language: Language = "zh") -> Json:
    """What `tanzhe effect --json` prints."""
    told = effect_json(found, language)
    return {
        **told,
        "notes": [note.said(language) for note in (*found.notes, *found.series.notes)],
        "series": series_json(found.series),
        "manifest": found.manifest.model_dump(mode="json"),
    }


def effects_answer(found: EventEffects, language: Language = "zh") -> Json:
    """What `tanzhe effect --all --json` prints."""
    return {
        "region": found.region,
        "effects": [effect_json(one, language) for one in found.effects],
        "not_measured": [
            {"event": one.event.model_dump(mode="json"), "reason": one.reason.said(language)}
            for one in found.not_measured
        ],
        "by_chance": found.by_chance,
        "notes": [note.said(language) for note in found.notes],
    }


def effect_lines(found: EventEffect, language: Language = "zh") -> list[str]:
    """One effect as lines a reader can say aloud: event, size, verdict, checks, notes.

    Args:
        found: the effect.
        language: of the lines.
    """
    told = [_event(found), *_sizes(found), _verdict(found), *_after(found), *_compared(found)]
    checks = [
        f"{MARKS[check.passed]} {label('check', check.name, language)}{_COLON.said(language)}"
        f"{check.said(language)}"
        for check in found.checks
    ]
    notes = dict.fromkeys(note.said(language) for note in found.notes)
    return [
        title_words(found.series, "事件的作用", "effect of an event").said(language),
        *(line.said(language) for line in told),
        *checks,
        *(_NOTE.said(language) + note for note in notes),
    ]


_COLON = Words("：", ": ")
_NOTE = Words("说明：", "Note: ")
_EXPECTED = words_of("reports.effect.expected")


def _name(found: EventEffect) -> Words:
    return Words(found.event.name, found.event.name_en or found.event.name)


def _event(found: EventEffect) -> Words:
    name, way = _name(found), _EXPECTED[found.event.sign]
    event = found.event
    when = range_words(event.date, event.until) if event.until else day_words(event.date)
    if event.name == event.date:  # nobody gave it words
        return Words(f"事件：{when.zh}，预期{way.zh}。", f"Event: {when.en}, expected {way.en}.")
    return Words(
        f"事件：{name.zh}（{when.zh}），预期{way.zh}。",
        f"Event: {name.en} ({when.en}), expected {way.en}.",
    )


def _sizes(found: EventEffect) -> list[Words]:
    """Both answers, the one that counts first."""
    if found.effect is None:
        return []
    window = span_words(found.series, *found.window)
    own, excess = found.own, found.excess
    lines = []
    if own is not None:
        size = _size(own)
        lines.append(
            Words(
                f"与自身应有水平相比：{window.zh}{size.zh}。",
                f"Against its own expected level: {size.en} in {window.en}.",
            )
        )
    if excess is not None:
        size = _size(excess)
        lines.append(
            Words(
                f"扣除其他地区同期走势：{window.zh}{size.zh}。",
                f"With what the others did taken off: {size.en} in {window.en}.",
            )
        )
    return lines[::-1] if found.basis == "excess" else lines


def _size(size: EffectSize) -> Words:
    """How much lower or higher, from where to where, and what it adds up to."""
    percent, interval, amount = percent_cells(size)
    way = Words("低", "lower") if size.percent < 0 else Words("高", "higher")
    more = Words("少", "less") if size.amount.value < 0 else Words("多", "more")
    total = Words(f"，累计{more.zh}{amount.zh}", f", {amount.en} {more.en} in all")
    if size.amount.value * size.percent <= 0:
        total = Words("", "")  # large months outweigh the others: about nothing either way
    return Words(
        f"{way.zh}{percent.zh.lstrip('−+')}（{interval.zh}）{total.zh}",
        f"{percent.en.lstrip('−+')} {way.en} ({interval.en}){total.en}",
    )


def percent_cells(size: EffectSize) -> tuple[Words, Words, Words]:
    """Percent, interval and the size of the amount, as they stand in a sentence or a cell."""
    digits = effect_digits(size.percent)
    ends = [percent_words(end, digits=digits, signed=True) for end in size.percent_interval]
    return (
        percent_words(size.percent, digits=digits, signed=True),
        Words(f"{ends[0].zh}至{ends[1].zh}", f"{ends[0].en} to {ends[1].en}"),
        amount_words(size.amount.value, size.amount.unit),
    )


def verdict_words(found: EventEffect) -> Words:
    """The verdict as a reader says it."""
    return Words(*(label("effect", found.verdict, language) for language in ("zh", "en")))


def _verdict_cell(found: EventEffect) -> Words:
    """The verdict as it stands in a table: with the reason where there is none."""
    word, why = verdict_words(found), why_open(found)
    if not why:
        return word
    reason = Words(label("why_open", why), label("why_open", why, "en"))
    return Words(f"{word.zh}：{reason.zh}", f"{word.en}: {reason.en}")


def _verdict(found: EventEffect) -> Words:
    if found.p_value is None:
        word = verdict_words(found)
        return Words(f"判断：{word.zh}。", f"Verdict: {word.en}.")
    word = _verdict_cell(found)
    against = found.verdict == "contradicted" and found.p_against is not None
    chance = chance_words(found.p_against if against and found.p_against else found.p_value)
    way = Words("", "")
    if found.event.sign != "either":
        way = Words("朝预期方向", " in the direction expected")
    if against:
        way = Words("朝相反方向", " in the other direction")
    return Words(
        f"判断：{word.zh}（没有事件的时段里，{way.zh}偏离这样多的占{chance.zh}）。",
        f"Verdict: {word.en} ({chance.en} of windows without an event lie as far off{way.en}).",
    )


def _after(found: EventEffect) -> list[Words]:
    if found.after is None:
        return []
    size = _size(found.after)
    kinds = {
        True: Words("此后半年仍未恢复", "the half year after is still off"),
        False: Words("此后半年已基本恢复", "the half year after is mostly back"),
        None: Words("此后半年是否恢复看不清", "whether the half year after is back is not clear"),
    }
    kind = kinds[found.lasting]
    return [Words(f"{kind.zh}：{size.zh}。", f"Then {kind.en}: {size.en}.")]


def _compared(found: EventEffect) -> list[Words]:
    """Donors, those left out, and the smallest effect that could have been found."""
    lines = []
    named = [donor for donor in found.donors if donor.weight >= NAMED]
    if named:
        zh = "、".join(f"{region_words(one.region).zh}{one.weight:.0%}" for one in named)
        en = ", ".join(f"{region_words(one.region).en} {one.weight:.0%}" for one in named)
        lines.append(Words(f"主要对照：{zh}。", f"Mostly compared with {en}."))
    if found.left_out:
        zh = "、".join(region_words(region).zh for region in found.left_out)
        en = ", ".join(region_words(region).en for region in found.left_out)
        lines.append(
            Words(
                f"同期有同类事件、不作对照：{zh}。",
                f"Left out of the comparison for an event of the same kind: {en}.",
            )
        )
    if found.smallest_tellable_percent is not None:
        size = f"{found.smallest_tellable_percent:.0f}%"
        lines.append(
            Words(
                f"小于约{size}的作用，这里大多看不出来。",
                f"Effects below about {size} would mostly not be seen here.",
            )
        )
    return lines


def effects_rows(found: EventEffects, language: Language = "zh") -> list[tuple[str, ...]]:
    """The table of a region's events: headings, then a row an effect, by date.

    The column of products is left out where there is one only.
    """
    rows = [tuple(heading.said(language) for heading in HEADINGS)]
    for one in found.effects:
        if one.effect is None:
            continue
        percent, _, amount = percent_cells(one.effect)
        low, high = (f"{end:+.0f}".replace("-", "−") for end in one.effect.percent_interval)
        sign = "−" if one.effect.amount.value < 0 else "+"
        rows.append((
            one.event.date[:7],
            _name(one).said(language),
            sector_name(one.product).said(language),
            _EXPECTED[one.event.sign].said(language),
            f"{percent.said(language)} ({low}…{high})",
            sign + amount.said(language),
            _verdict_cell(one).said(language),
        ))  # fmt: skip
    if len({one.product for one in found.effects}) == 1:
        rows = [(*row[:PRODUCT], *row[PRODUCT + 1 :]) for row in rows]
    return rows


def effects_notes(found: EventEffects, language: Language = "zh") -> list[str]:
    """What stands below the table: how many chance alone would give, and what was left out."""
    count = sum(one.verdict in ("effect", "contradicted") for one in found.effects)
    lines = [
        Words(
            f"共测算{len(found)}项，判为有作用或与预期相反的有{count}项；"
            f"即使事件都没有作用，也会碰巧出现约{found.by_chance:.0f}项。",
            f"{len(found)} measured, {count} of them called an effect or contrary to what was "
            f"expected; chance alone would give about {found.by_chance:.0f}.",
        ),
        *(Words(note.zh, note.en) for note in found.notes),
    ]
    reasons: dict[Words, int] = {}
    for one in found.not_measured:
        words = Words(one.reason.zh, one.reason.en)
        reasons[words] = reasons.get(words, 0) + 1
    lines += [
        Words(f"另有{number}条没有测算：{words.zh}", f"{number} not measured: {words.en}")
        for words, number in reasons.items()
    ]
    return [line.said(language) for line in lines]
