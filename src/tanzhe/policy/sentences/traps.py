"""Notes on wording that does not fit together, so that nobody joins it silently."""

import re
from difflib import SequenceMatcher

from tanzhe.model.base import Note
from tanzhe.model.policy import Definition, IndicatorType, PolicyIndicator
from tanzhe.notes import note_of
from tanzhe.numerals import small_number
from tanzhe.text import read_quantities

_KINDS_OF = re.compile(r"(?P<count>[两二三四五六])(?:类|种|项|个)(?P<what>[\u4e00-\u9fff]{2})")
_SIMILAR = 0.4
_LOWEST = re.compile(r"综合能源消费量|综合能耗|能源消费总量|用能")


def _letters(name: str) -> str:
    return "".join(sorted(re.sub(r"[/、（）\s]", "", name)))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def notes_on(
    indicators: tuple[PolicyIndicator, ...],
    definitions: tuple[Definition, ...],
    types: tuple[IndicatorType, ...],
) -> tuple[Note, ...]:
    """Everything in the indicator system that a person must look at."""
    if not indicators:
        return ()
    return (
        *_names(indicators, definitions),
        *_counts(definitions),
        *_tiers(indicators),
        *_types(indicators, types),
        *_directions(indicators),
    )


def _names(
    indicators: tuple[PolicyIndicator, ...], definitions: tuple[Definition, ...]
) -> list[Note]:
    """Definitions whose name stands in no row of the table."""
    names = list(dict.fromkeys(i.name for i in indicators))
    conditions = " ".join(i.condition + i.requirement for i in indicators)
    defined = {d.name for d in definitions}
    found: list[Note] = []
    for number, one in enumerate(definitions, 1):
        if any(one.name in n or n in one.name or _letters(one.name) == _letters(n) for n in names):
            continue
        if one.name in conditions:
            continue
        free = [n for n in names if n not in defined]
        near = max(free, key=lambda n: _likeness(one.name, n), default="")
        if near and _likeness(one.name, near) >= _SIMILAR:
            found.append(
                Note(
                    code=f"name_differs_{number}",
                    zh=(
                        f"指标表写“{near}”，解释部分写“{one.name}”，两处名称不一致，未合并，"
                        f"口径需人工确认。"
                    ),
                    en=f"The table says “{near}”, the definition “{one.name}”: not joined.",
                )
            )
    return found


def _counts(definitions: tuple[Definition, ...]) -> list[Note]:
    """三类能源 in the definition of a name with two parts."""
    found: list[Note] = []
    for number, one in enumerate(definitions, 1):
        said = _KINDS_OF.search(one.text)
        parts = [p for p in re.split(r"[/、]", one.name) if p]
        if said and len(parts) > 1 and small_number(said["count"]) != len(parts):
            found.append(
                Note(
                    code=f"count_differs_{number}",
                    zh=f"“{one.name}”的解释写“{said[0]}”，名称里只有{len(parts)}类，口径需人工确认。",
                    en=(
                        f"The definition of “{one.name}” speaks of “{said[0]}”, the name has "
                        f"{len(parts)}."
                    ),
                )
            )
    return found


def lower_bound(condition: str) -> float | None:
    """The least value a condition lets through, None where it has no lower end."""
    first = next(iter(read_quantities(condition)), None)
    if first is None or first.bound in ("at_most", "under"):
        return None
    return first.low


def _tiers(indicators: tuple[PolicyIndicator, ...]) -> list[Note]:
    """Tiers that begin above zero leave the smallest without a threshold."""
    found: list[Note] = []
    for name in dict.fromkeys(i.name for i in indicators if i.condition):
        tiers = [i for i in indicators if i.name == name]
        bounds = [lower_bound(i.condition) for i in tiers]
        if (
            len(tiers) == sum(bool(i.condition) for i in tiers)
            and all(b for b in bounds)
            and _LOWEST.search(tiers[0].condition)
        ):
            lowest = min(tiers, key=lambda i: lower_bound(i.condition) or 0)
            found.append(note_of("no_lowest_tier", name=name, condition=lowest.condition))
    return found


def _types(indicators: tuple[PolicyIndicator, ...], types: tuple[IndicatorType, ...]) -> list[Note]:
    words = {"mandatory": "必须达到", "excusable": "可以说明理由"}
    said = [f"{t.name}{words[t.duty]}" for t in types if t.duty]
    unsaid = sorted({i.kind for i in indicators if i.kind} - {t.name for t in types if t.duty})
    found = []
    if said:
        listed = "，".join(said)
        found.append(Note(code="duties", zh=f"{listed}。", en=f"Duties by type: {listed}."))
    if unsaid and types:
        names = "、".join(unsaid)
        found.append(note_of("duty_unsaid", names=names))
    return found


def _directions(indicators: tuple[PolicyIndicator, ...]) -> list[Note]:
    bare = [
        i.name for i in indicators if i.operator == "==" and not re.search(r"=|等于", i.requirement)
    ]
    if not bare:
        return []
    names = "、".join(dict.fromkeys(bare))
    return [
        Note(
            code="no_direction",
            zh=f"这些指标只写了数值，没有写“不低于”或“不高于”：{names}。",
            en=f"Only a number, no “at least” or “at most”: {names}.",
        )
    ]
