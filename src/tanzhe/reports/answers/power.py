"""Power as a system as sentences, a table by year, and JSON."""

from collections.abc import Sequence

from tanzhe.errors import Language, Words
from tanzhe.model import PowerChange, PowerFlow, PowerShare, PowerSystem
from tanzhe.places import region_words
from tanzhe.reports.words.numbers import percent_words
from tanzhe.reports.words.power import (
    A_YEAR,
    CONSUMPTION,
    MOST,
    NET_EXCHANGE,
    leading,
    months_words,
    opposing,
    push_option,
)
from tanzhe.reports.words.vocabulary import label, source_name, unit_name

_NONE = "—"


def power_title(system: PowerSystem) -> Words:
    """Where, what, the source and the span."""
    where = region_words(system.region)
    source, span = source_name(system.source), months_words(system.periods)
    return Words(
        f"{where.zh}：发电、用电与净调入（{source.zh}，{span.zh}）",
        f"{where.en}: generation, consumption and net exchange ({source.en}, {span.en})",
    )


def power_table(system: PowerSystem, language: Language = "zh") -> list[tuple[str, ...]]:
    """Heading, a row a year and one for the last twelve months; a dash where months are missing.

    Args:
        system: with its `changes`.
        language: of the words.
    """
    flows = (
        PowerFlow(term="thermal_power_generation", values=system.thermal),
        *system.sources,
        PowerFlow(term=CONSUMPTION, values=system.consumption),
        PowerFlow(term=NET_EXCHANGE, values=system.net_exchange),
    )
    heading = [
        unit_name(system.unit).said(language),
        *(_term(flow.term).said(language) for flow in flows),
        Words("火电比上年", "thermal on year").said(language),
        Words("主要原因", "mainly because").said(language),
    ]
    years = sorted({p[:4] for p in system.periods})
    spans = [[p for p in system.periods if p[:4] == year] for year in years]
    rows = [_row(system, flows, span, "year", language) for span in spans]
    last = list(system.periods[-A_YEAR:])
    if any(c.of == "twelve_months" for c in system.changes) and not last[-1].endswith("-12"):
        rows.append(_row(system, flows, last, "twelve_months", language))
    return [tuple(heading), *rows]


def _row(
    system: PowerSystem,
    flows: Sequence[PowerFlow],
    span: Sequence[str],
    of: str,
    language: Language,
) -> tuple[str, ...]:
    whole = len(span) == A_YEAR and span[-1].endswith("-12")
    name = Words(span[0][:4], span[0][:4]) if whole else months_words(span)
    at = [system.periods.index(p) for p in span]
    sums = [_sum([flow.values[i] for i in at]) for flow in flows]
    change = next(
        (c for c in system.changes if c.of == of and {*c.periods, *c.left_out} == {*span}), None
    )
    if change is None:
        return (name.said(language), *sums, _NONE, _NONE)
    mark = "*" if change.left_out else ""
    first = next(iter(leading(change)), None)
    why = _why(system, first, share=True) if first else Words(_NONE, _NONE)
    return (name.said(language), *sums, _percent(change) + mark, why.said(language))


def _sum(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known):,.0f}" if known and len(known) == len(values) else _NONE


def power_lines(system: PowerSystem, language: Language = "zh") -> list[str]:
    """What moved thermal generation, one sentence a change, and the notes.

    Args:
        system: with its `changes`; years stand in the table.
        language: of the lines.
    """
    # A span may be the life of an episode: it is told once.
    changes = {
        (change.periods, change.against): change
        for change in reversed(system.changes)
        if change.of != "year"
    }
    spans = any(change.of in ("span", "twelve_months") for change in changes.values())
    years = [change for change in system.changes if change.of == "year"]
    return [
        *([] if spans else [_INCOMPARABLE.said(language)]),
        *(
            change_words(system, change).said(language)
            for change in reversed(list(changes.values()))
        ),
        *(
            _DIFFERS.said(language)
            for _ in [one for one in system.changes if one.episode is not None][:1]
        ),
        *(words.said(language) for words in _remarks(system, years)),
        *(_DATA.said(language) + note.said(language) for note in system.notes),
    ]


_DIFFERS = Words(
    "说明：与 turns、episodes 所列的幅度不同：这里是整段平均，应有水平只由此前几年推算；"
    "那里是偏离最大的一期，由全部数据推算。",
    "Note: these sizes differ from those of turns and episodes: here the mean of the whole span, "
    "against a path from the years before alone; there the period furthest off, against a path "
    "from all the data.",
)
_INCOMPARABLE = Words(
    "这一时段无法与此前比较：火电、用电或主要电源在这一时段或上年同期没有公布。",
    "This span cannot be compared: thermal power, consumption or a main source is not published in "
    "it or a year before.",
)
_DATA = Words("数据：", "Data: ")


def _remarks(system: PowerSystem, years: Sequence[PowerChange]) -> list[Words]:
    told = []
    if system.missing:
        zh = "、".join(_term(name).zh for name in system.missing)
        en = ", ".join(_term(name).en for name in system.missing)
        told.append(
            Words(
                f"说明：本地区没有公布（或没有）{zh}，其变化包含在净调入及未计入部分里。",
                f"Note: not published for this region (or not there): {en}; "
                "what they did is inside net exchange.",
            )
        )
    if any(change.left_out for change in years):
        told.append(
            Words(
                "说明：“—”表示有月份未公布；带 * 的同比只比较两年都公布的月份。",
                "Note: — where months are not published; * compares the months published in both "
                "years only.",
            )
        )
    return told


def change_words(system: PowerSystem, change: PowerChange) -> Words:
    """One change of thermal generation: how much, mainly why, and what else did what.

    Args:
        system: it belongs to.
        change: of this system.
    """
    size, unit = _size(change.thermal), unit_name(system.unit)
    way = Words("多发", "more") if change.thermal > 0 else Words("少发", "less")
    base = _base(change)
    span = months_words(change.periods)
    head = Words(
        f"{span.zh}火电比{base.zh}{way.zh}{size}{unit.zh}（{_percent(change)}）",
        f"{span.en}: thermal power generated {size} × {unit.en} {way.en} than {base.en} "
        f"({_percent(change)})",
    )
    parts = [head, _reasons(system, change), _opposed(system, change), _left_out(change)]
    return Words(
        "；".join(part.zh for part in parts if part.zh) + "。",
        "; ".join(part.en for part in parts if part.en) + ".",
    )


def _base(change: PowerChange) -> Words:
    """What a change is measured against."""
    if change.against == "expected":
        return Words("应有水平", "expected")
    if change.of == "episode" or len(change.periods) > A_YEAR:
        return Words("此前同月", "in the same months before it began")
    return Words("上年同期", "a year before")


def _reasons(system: PowerSystem, change: PowerChange) -> Words:
    along = leading(change)
    if not along:
        return Words("", "")
    named = [_why(system, one, share=True) for one in along]
    first, rest = named[0], named[1:]
    if (along[0].share or 0) >= MOST:
        also = Words(
            "，其次" + "、".join(w.zh for w in rest) if rest else "",
            ", then " + ", ".join(w.en for w in rest) if rest else "",
        )
        return Words(f"主要因为{first.zh}{also.zh}", f"mainly because {first.en}{also.en}")
    return Words(
        "由" + "、".join(w.zh for w in named) + "共同造成",
        "because of several things: " + ", ".join(w.en for w in named),
    )


def _opposed(system: PowerSystem, change: PowerChange) -> Words:
    """What offset a part of it."""
    against = opposing(change)
    if not against:
        return Words("", "")
    told = [_why(system, one, share=False) for one in against]
    return Words(
        "、".join(w.zh for w in told) + "抵消了一部分",
        "partly offset: " + ", ".join(w.en for w in told),
    )


def _left_out(change: PowerChange) -> Words:
    told_zh, told_en = [], []
    if change.left_out:
        gone = [months_words([period]) for period in change.left_out]
        told_zh.append("未计" + "、".join(w.zh for w in gone) + "（有数据未公布）")
        told_en.append("without " + ", ".join(w.en for w in gone) + " (not published)")
    if change.unsplit:
        names = [_term(name) for name in change.unsplit]
        told_zh.append("、".join(w.zh for w in names) + "未逐月公布，未单列")
        told_en.append(", ".join(w.en for w in names) + " not told apart (months missing)")
    return Words("，".join(told_zh), ", ".join(told_en))


def _why(system: PowerSystem, one: PowerShare, *, share: bool) -> Words:
    """One reason: 水电少发128（占71%）."""
    option = push_option(system, one)
    words = Words(label("power_change", option), label("power_change", option, "en"))
    size = _size(one.change)
    if not share or one.share is None:
        return Words(f"{words.zh}{size}", f"{words.en} by {size}")
    part = f"{100 * one.share:.0f}%"
    return Words(f"{words.zh}{size}（占{part}）", f"{words.en} by {size} ({part} of it)")


def _term(name: str) -> Words:
    return Words(label("power_term", name), label("power_term", name, "en"))


def _size(value: float) -> str:
    return f"{abs(value):,.0f}" if abs(value) >= 10 else f"{abs(value):.1f}"


def _percent(change: PowerChange) -> str:
    value = change.thermal_percent
    return percent_words(value, signed=True).zh
