"""Episodes as sentences and as the JSON that the interface promises."""

from tanzhe.errors import Language, Words
from tanzhe.model import Episode, Episodes
from tanzhe.places import place_of
from tanzhe.reports.answers.json import Json, episode_json, series_json
from tanzhe.reports.facts.selection import aside, has_amount
from tanzhe.reports.parts.episode import DOUBTS, last_of_month, shape_mark
from tanzhe.reports.words.dates import period_words, span_words
from tanzhe.reports.words.numbers import (
    amount_words,
    confidence_words,
    effect_digits,
    kept_words,
    percent_words,
)
from tanzhe.reports.words.subject import title_words
from tanzhe.reports.words.vocabulary import label, sector_name

# Products that brought less than this part of the depth are not named in a sentence.
NAMED = 0.1


def episodes_json(found: Episodes, language: Language = "zh") -> Json:
    """What `tanzhe episodes --json` prints."""
    return {
        "series": series_json(found.series),
        "episodes": [episode_json(one, language) for one in found.episodes],
        "smallest_tellable_percent": found.smallest_tellable_percent,
        "notes": [note.said(language) for note in (*found.notes, *found.series.notes)],
        "manifest": found.manifest.model_dump(mode="json"),
    }


def episode_lines(found: Episodes, language: Language = "zh") -> list[str]:
    """The episodes as lines a reader can say aloud, one an episode, with notes at the end.

    Args:
        found: the episodes of one series.
        language: of the lines.
    """
    return [
        title_words(found.series, "发生了什么", "what happened").said(language),
        *(sentence(found, one).said(language) for one in found.episodes),
        *nothing(found, language),
        *tellable(found, language),
        *notes_of(found, language),
    ]


def nothing(found: Episodes, language: Language) -> list[str]:
    """That nothing departs, and what was not judged; empty where something does."""
    if found.episodes:
        return []
    beside = label("aside", aside(found.series, found), language)
    return [NOTHING.said(language) + beside]


def notes_of(found: Episodes, language: Language) -> list[str]:
    """The notes of episodes and data as lines, each once."""
    notes = dict.fromkeys(note.said(language) for one in found.episodes for note in one.notes)
    about = dict.fromkeys(note.said(language) for note in (*found.notes, *found.series.notes))
    mark, data = Words("说明：", "Note: "), Words("数据：", "Data: ")
    return [
        *(mark.said(language) + text for text in notes),
        *(data.said(language) + text for text in about if text not in notes),
    ]


NOTHING = Words("没有哪个时期明显偏离常态。", "No period departs visibly from the usual course.")


def sentence(found: Episodes, one: Episode) -> Words:
    """One episode: when, what kind, how deep, whose, until when, how much, which products."""
    parts = [
        _when(found, one),
        _depth(found, one),
        _whose(found, one),
        _amount(found, one),
        _products(one),
    ]
    joined = Words(
        "，".join(part.zh for part in parts if part.zh),
        ", ".join(part.en for part in parts if part.en),
    )
    sure = confidence_words(one.probability)
    stable = _stability(one)
    return Words(
        f"{joined.zh}（可信度{sure.zh}）。{stable.zh}",
        f"{joined.en} (confidence {sure.en}).{stable.en}",
    )


def _stability(one: Episode) -> Words:
    """How often fresh ones like it were still told a year later."""
    if one.stability is None or one.scope == "data":
        return Words("", "")
    kept, n = kept_words(one.stability.kept), one.stability.n
    return Words(
        f"刚出现不久：此类结论（{n}例）一年后{kept.zh}仍成立。",
        f" Fresh: of {n} such findings, {kept.en} still stood a year later.",
    )


def _when(found: Episodes, one: Episode) -> Words:
    begin = period_words(found.series, one.begin)
    mark = shape_mark(found.series, one)
    shape = Words(label("shape", mark), label("shape", mark, "en"))
    if one.family == "month":
        begin = span_words(found.series, one.begin, last_of_month(one))
        return Words(f"{begin.zh}{shape.zh}", f"{begin.en}: {shape.en}")
    may = Words("", "")
    if one.begin_interval[0] != one.begin_interval[1]:
        span = span_words(found.series, *one.begin_interval)
        may = Words(f"（{span.zh}之间）", f" (between {span.en})")
    until = Words("", "")
    if one.end is not None:
        end = period_words(found.series, one.end)
        until = Words(f"，至{end.zh}恢复", f", back by {end.en}")
    return Words(
        f"{begin.zh}{may.zh}起{shape.zh}{until.zh}",
        f"from {begin.en}{may.en}: {shape.en}{until.en}",
    )


def _depth(found: Episodes, one: Episode) -> Words:
    digits = effect_digits(one.depth_percent)
    low, high = (percent_words(end, digits=digits, signed=True) for end in one.depth_interval)
    if one.trend_change is not None:
        change = percent_words(one.trend_change, digits=1, signed=True)
        return Words(
            f"趋势每年改变{change.zh.removesuffix('%')}个百分点",
            f"the trend changes by {change.en.removesuffix('%')} percentage points a year",
        )
    size = percent_words(one.depth_percent, digits=digits)
    way = Words("低于", "below") if one.depth_percent < 0 else Words("高于", "above")
    relative = any(note.code == "against_others" for note in one.notes)
    usual = Words("其他地区的走势", "the course of the others") if relative else _USUAL
    at = Words("", "")
    if one.deepest != one.begin:
        deepest = period_words(found.series, one.deepest)
        at = Words(f"{deepest.zh}最多", f"at most in {deepest.en}, ")
    return Words(
        f"{at.zh}{way.zh}{usual.zh}{size.zh}（{low.zh}至{high.zh}）",
        f"{at.en}{size.en} {way.en} {usual.en} ({low.en} to {high.en})",
    )


_USUAL = Words("常态", "the usual course")


def _whose(found: Episodes, one: Episode) -> Words:
    if one.scope == "data":
        return Words("是数据的问题", "a fault of the data")
    if one.scope != "national":
        doubt = any(note.code in DOUBTS for note in one.notes)
        return Words(*(label("page", "doubt", at) if doubt else "" for at in ("zh", "en")))
    nation = place_of(found.series.region) is not None
    shared = Words("全国共有", "shared by the nation")
    usual = Words("全国", "the nation")
    if not nation:
        shared = Words("表中多数地区共有", "shared by most regions of the table")
        usual = Words("共同的变动", "the common movement")
    if one.excess_percent is None:
        return shared
    more = one.excess_percent * (-1 if one.depth_percent < 0 else 1) > 0
    points = f"{abs(one.excess_percent):.0f}"
    beside = Words(
        f"比{usual.zh}{'多' if more else '少'}{points}个百分点",
        f"{points} percentage points {'more' if more else 'less'} than {usual.en}",
    )
    return Words(
        f"{shared.zh}，{beside.zh}，在{one.of}个地区中列第{one.rank}",
        f"{shared.en}, {beside.en}, rank {one.rank} of {one.of}",
    )


def _amount(found: Episodes, one: Episode) -> Words:
    if not has_amount(found, one):
        return Words("", "")
    if one.family in ("level", "trend") and one.end is None:
        return Words("", "")  # what lasts has no total yet
    less = one.amount.value < 0
    size = amount_words(one.amount.value, one.amount.unit)
    return Words(
        f"累计{'少' if less else '多'}{size.zh}",
        f"{size.en} {'less' if less else 'more'} in all",
    )


def _products(one: Episode) -> Words:
    named = [
        driver for driver in one.contributions
        if abs(driver.percentage_points) >= NAMED * abs(one.depth_percent)
    ]  # fmt: skip
    if len(one.contributions) < 2 or not named:
        return Words("", "")
    pairs = []
    for driver in named:
        words = sector_name(driver.product)
        points = percent_words(driver.percentage_points, digits=1, signed=True)
        size = points.zh.removesuffix("%")
        pairs.append(Words(f"{words.zh}{size}个百分点", f"{words.en} {size} points"))
    return Words(
        "其中" + "、".join(pair.zh for pair in pairs), "of which " + ", ".join(p.en for p in pairs)
    )


def tellable(found: Episodes, language: Language) -> list[str]:
    """The smallest change that would have been told, as a line; none of an idle series."""
    if found.smallest_tellable_percent is None:
        return []
    size = f"{found.smallest_tellable_percent:.0f}%"
    yearly = found.series.frequency == "year"
    said = Words(
        f"{'' if yearly else '持续三个月而'}小于约{size}的变动，这里大多看不出来。",
        f"Changes {'' if yearly else 'over three months '}below about {size} would mostly not be "
        "seen here.",
    )
    return [said.said(language)]
