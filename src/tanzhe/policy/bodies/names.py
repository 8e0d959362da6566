"""Lists of bodies as official documents write them, with and without marks between the names."""

import re
from dataclasses import dataclass
from functools import cache

from tanzhe.places import provinces
from tanzhe.policy.outline.view import View
from tanzhe.policy.words import either, listed
from tanzhe.text.names.gazetteer import cities

# Bodies of the centre in full and in the short forms of signatures; longer names win.
CENTRAL = frozenset(listed("central_bodies"))
# Words official bodies end with.
SUFFIX = rf"(?:{either('body_endings')})"
IS_BODY = re.compile(rf".*{SUFFIX}$")
# What a body does, in brackets behind its name: 省能源局（牵头）.
ROLE_BEHIND = re.compile(
    r"[（〔【［](?P<role>(?:总)?牵头(?:单位|部门)?|主办(?:单位)?|负责|责任单位|配合(?:单位)?|参与|协办)[）〕】］](?=[、，,]|$)"
)
# Ends like a body and is none: a count of places, society, a sentence torn off.
NO_BODY = re.compile(
    r"\d+处$|场所$|(?<!联合)(?<!工作)社会$|[“”\d]{2,}|^[“二三四五六七八九十]|应当|根据|通过|进一步"
    r"|^(?:\d|继续|联合(?!国)|关于|干预|属于|设立|充分|阶段|工程|保护|其中|包括|以及|涉及)|[\u4e00-\u9fff]\d+[.．]"
)


@cache
def _heads() -> re.Pattern[str]:
    """How a name of a body begins: with a place, with the centre, or with 省, 市."""
    names = {n for p in provinces() for n in (p.zh_full, p.zh)}
    names |= {c.zh_full for c in cities()}
    words = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(rf"{words}|国家|中国|中共|全国|最高|国务院|中华人民共和国|国网|南方电网|人行")


@cache
def _full_heads() -> re.Pattern[str]:
    """Places in full (云南省, not 云南): no name holds one further in."""
    names = {p.zh_full for p in provinces()} | {c.zh_full for c in cities()}
    return re.compile("|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)))


@cache
def _central() -> re.Pattern[str]:
    names = "|".join(sorted(CENTRAL, key=len, reverse=True))
    return re.compile(rf"(?:中华人民共和国)?(?:{names})(?:办公厅|办公室|秘书局)?")


def opens_name(text: str, start: int, end: int) -> bool:
    """Whether a name of a body may begin here: a place, 国家 or a body of the centre."""
    return bool(_heads().match(text, start, end) or _central().match(text, start, end))


_NO_NAME = re.compile(r"关于|通知|公告|复函|[《》\d]")


def swallowed(name: str) -> bool:
    """Whether other words run into a body: 督办问题清单生态环境部办公厅, 栏目导航云南省能源局."""
    if _NO_NAME.search(name):
        return True
    place = _full_heads().match(name)
    if place and name.find(place[0], place.end()) > 0:
        return True  # 深圳市…评估表深圳市某局: the line before ends in the list of annexes
    for i in range(1, len(name) - 2):
        found = _central().fullmatch(name, i)
        if found and found[0][:2] not in ("能源", "统计", "林草", "发展", "国资", "证监", "税务"):
            return name[:i] not in ("中华人民共和国", "原", "国家")
        if _full_heads().match(name, i) and IS_BODY.match(name, i) and not opens_name(name, 0, i):
            return True
    return False


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name with its place in the view."""

    start: int
    end: int
    text: str


def run_of_bodies(
    text: str, start: int, end: int, marks: frozenset[int] = frozenset()
) -> list[Name]:
    """The names of bodies that stand one after the other without marks, as in a signature.

    Args:
        text: the view's text.
        start: where the run begins.
        end: where it ends.
        marks: offsets at which the source had a blank or a new line: names end there.

    Returns:
        The names, or [] when a part of the run is no body.
    """
    size = end - start
    best: list[tuple[float, int]] = [(0.0, 0)] + [(1e9, 0)] * size
    for a in range(size):
        if best[a][0] >= 1e9:
            continue
        for b, cost in _names_from(text, start + a, end, marks):
            total = best[a][0] + cost
            if total < best[b - start][0]:
                best[b - start] = (total, a)
    if size == 0 or best[size][0] >= 1e9:
        return []
    names, b = [], size
    while b > 0:
        a = best[b][1]
        names.append(Name(start=start + a, end=start + b, text=text[start + a : start + b]))
        b = a
    return names[::-1]


def _names_from(text: str, at: int, end: int, marks: frozenset[int]) -> list[tuple[int, float]]:
    """Ends of the names that can begin here, each with how unlikely it is."""
    found = []
    known = _central().match(text, at, end)
    if known:
        found.append((known.end(), 1.0))
    opened = bool(_heads().match(text, at, end))
    for b in range(at + 3, min(end, at + 34) + 1):
        if not IS_BODY.match(text[at:b]) or not _LETTERS.fullmatch(text, at, b):
            continue
        broken = sum(at < m < b for m in marks)
        branch = known and known.end() < b and _BRANCH.search(text[at:b])  # 财政部某地监管局
        price = (
            (2.0 if opened or branch else 4.0)
            + broken * 0.5
            + (0 if b == end or b in marks else 0.6)
        )
        price += 3.0 * _joints(text, at, b)
        follows = b == end or _heads().match(text, b, end) or _central().match(text, b, end)
        found.append((b, price + (0 if follows or b in marks else 1.5)))
    return found


def _has_branches(text: str, start: int, end: int) -> bool:
    """Whether a body is one of the centre, a bank or a company, with branches in the provinces."""
    central = _central().fullmatch(text, start, end)
    return bool(central) or text[start:end].endswith(("银行", "公司", "集团"))


def _joints(text: str, at: int, end: int) -> int:
    """How many names seem to be run together between two offsets."""
    return sum(
        bool(
            (_heads().match(text, i, end) or _central().match(text, i, end))
            and IS_BODY.match(text[at:i])
            and not (_has_branches(text, at, i) and _BRANCH.search(text[i:end]))
        )
        for i in range(at + 3, end - 2)
    )


def listed_bodies(text: str, start: int, end: int) -> list[Name]:
    """The bodies of a list with marks: 省科技厅、省商务厅，各市、县人民政府.

    An element without an ending of a body belongs to the next one (各市、县人民政府).
    """
    parts: list[tuple[int, int]] = []
    at, depth = start, 0
    closed = start
    for i in range(start, end):
        if i < closed:
            continue
        whole = _OFFICES.match(text, i, end)
        if whole:  # 科技厅（委、局） is one body
            closed = whole.end()
            continue
        depth += (text[i] == "（") - (text[i] == "）")
        torn = depth > 0 and text[i] in "、，；" and IS_BODY.match(text[at:i])
        depth = 0 if torn and "）" not in text[i : i + 8] else depth
        if depth <= 0 and re.match(r"[、，,；;]", text[i]):
            parts.append((at, i))
            at = i + 1
    parts.append((at, end))
    merged: list[tuple[int, int]] = []
    carried: int | None = None
    for a, b in (piece for part in parts for piece in _split_joint(text, *part)):
        a = carried if carried is not None else a
        carried = None
        words = _trimmed(text, a, b)
        if words and not IS_BODY.match(ROLE_BEHIND.sub("", text[words[0] : words[1]])) and b != end:
            carried = a
            continue
        if words and merged and words[1] - words[0] == 1:
            merged[-1] = (merged[-1][0], words[1])  # 市政府各委、办、局 are one addressee
        elif words:
            merged.append(words)
    return [Name(start=a, end=b, text=text[a:b]) for a, b in merged if b - a > 1]


_OFFICES = re.compile(r"（[委局厅办处]{1,3}(?:[、，,][委局厅办处]{1,3}){0,4}）")
_LETTERS = re.compile(r"[\u4e00-\u9fff（）、·]+")
# 中国人民银行云南省分行 is one body.
_BRANCH = re.compile(
    r"(?:税务局|调查总?队|通信管理局|分行|支行|监管局|监管办公室|监管办|专员办|总队|分公司|办事处)$"
)
_JOINT = re.compile(r"以及|会同|及|和|与")


def _split_joint(text: str, a: int, b: int) -> list[tuple[int, int]]:
    """The names on both sides of 和 and 以及, where both are bodies."""
    for match in _JOINT.finditer(text, a, b):
        left, right = text[a : match.start()], text[match.end() : b]
        if IS_BODY.match(left.removesuffix("等")) and IS_BODY.match(_LEFT.sub("", right)):
            return [(a, match.start()), *_split_joint(text, match.end(), b)]
    return [(a, b)]


_LEFT = re.compile(r"^(?:由|以及|以|及|和|与|请|会同|其中|[：。\s])+")


def _trimmed(text: str, a: int, b: int) -> tuple[int, int] | None:
    """The name without 由 before it and 等部门 after it."""
    words = text[a:b]
    left = _LEFT.match(words)
    a += left.end() if left else 0
    words = text[a:b]
    rest = re.sub(
        r"等(?:有关|相关|省直|市直|省级|市级|各)*(?:部门|单位|企业|地方"
        r"|方面)*(?:和单位)?(?:按.*)?$",
        "",
        words,
    )
    rest = rest.rstrip("等。； ")
    return (a, a + len(rest)) if rest and not rest.isascii() else None


def blanks(view: View, start: int, end: int) -> frozenset[int]:
    """Offsets between which the source had a blank or a new line."""
    return frozenset(
        i for i in range(start + 1, end) if view.origin[i] - view.origin[i - 1] > 1
        and any(c.isspace() for c in view.source[view.origin[i - 1] + 1 : view.origin[i]])
    )  # fmt: skip
