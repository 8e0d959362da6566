"""What may be added up: kinds that share nothing, never totals, parts, versions or gases."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tanzhe.errors import Words
from tanzhe.tables.moments import Moment
from tanzhe.tables.table import Table
from tanzhe.tables.vocabulary import is_part, is_total, key, level_text, words

# Rounded parts add up to their total within this.
_ROUNDING = 0.002
_VERSION_COLUMN = words("version")
_VERSION = re.compile(
    r"初步|修订|初稿|终稿|定稿|快报|终值|初值|预测|预计|实际|计划|目标|情景|核算前|核算后"
    r"|\b(?:preliminary|revised|final|provisional|estimate[ds]?|forecast|actual|plan(?:ned)?"
    r"|scenario|draft|budget)\b|^v\d"
)
_GAS_COLUMN = words("gas")
_GAS = re.compile(
    r"(?:co2|ch4|n2o|sf6|hfcs?|pfcs?|nf3|ghg|so2|nox|二氧化碳|甲烷|氧化亚氮|温室气体)(?:\W|$|-?e)"
)


def never_added(table: Table, name: str, positions: Sequence[int]) -> Words | None:
    """Why kinds of a column are never added up, or None: versions of one figure, or gases."""
    kinds = [level_text(text) for text in _kinds(table, name, positions) if text]
    if key(name) in _VERSION_COLUMN or _most(bool(_VERSION.search(kind)) for kind in kinds):
        return Words("是同一数值的不同版本", "holds versions of one figure")
    if key(name) in _GAS_COLUMN or _most(bool(_GAS.match(kind)) for kind in kinds):
        return Words("是不同的气体", "holds different gases")
    return None


def overlapping(table: Table, name: str, positions: Sequence[int]) -> list[str]:
    """Kinds of a column that hold others of it, or are held by them: totals and parts.

    Known by their name, by the name beside it, or because in each period they are the sum of all
    others.
    """
    kinds = _kinds(table, name, positions)
    beside = _beside(table, name, positions)
    found = [
        kind for kind in kinds
        if any(is_total(text) or is_part(text) for text in (kind, *beside.get(kind, ())))
    ]  # fmt: skip
    if len(found) == len(kinds):
        found = []
    if not found and len(kinds) > 2:
        found = [kind for kind in kinds if is_sum_of_others(table, name, kind, positions)]
    return found if len(found) < len(kinds) else []


def _kinds(table: Table, name: str, positions: Sequence[int]) -> list[str]:
    texts = table.records.keys[name]
    return list(dict.fromkeys(texts[i] for i in positions))


def _most(found: Iterable[bool]) -> bool:
    flags = list(found)
    return len(flags) > 1 and sum(flags) >= 0.8 * len(flags)


def _beside(table: Table, name: str, positions: Sequence[int]) -> Mapping[str, list[str]]:
    """For each kind, what other columns say of it alone: the description of a code."""
    texts = table.records.keys[name]
    found: dict[str, list[str]] = defaultdict(list)
    for other, others in table.records.keys.items():
        pairs = {(texts[i], others[i]) for i in positions}
        if other != name and len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}):
            for kind, word in pairs:
                found[kind].append(word)
    return found


def is_sum_of_others(table: Table, name: str, kind: str, positions: Sequence[int]) -> bool:
    """Whether a kind is the sum of all others in every period but few."""
    texts = table.records.keys[name]
    whole: dict[Moment, float] = defaultdict(float)
    rest: dict[Moment, float] = defaultdict(float)
    for i in positions:
        if (value := table.values[i]) is not None:
            (whole if texts[i] == kind else rest)[table.records.moments[i]] += value
    both = [moment for moment in whole if moment in rest]
    good = sum(
        abs(whole[m] - rest[m]) <= max(_ROUNDING * abs(whole[m]), 0.11) and whole[m] != 0
        for m in both
    )
    return len(both) > 2 and good >= 0.95 * len(both)
