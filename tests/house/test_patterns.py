"""No pattern takes exponential time: a repetition inside a repetition has a fixed way to match.

A few hundred bytes in front of a pattern such as `(<!--.*?-->\\s*)*x` hang it for ever. All of ours
that are compiled while every module is imported, and all that are written into a call, are parsed;
a repeated group whose body can match the same text in several ways is refused.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "tanzhe"
MANY = 16  # so often repeated, two ways each are 65,536 ways
FUNCTIONS = ("compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub")
# Every kind of letter a pattern of ours tells apart.
LETTERS = [
    *map(chr, range(128)),
    *"　，。；：！？、（）《》〈〉「」『』【】〔〕“”‘’…—–·％＋－０１９ＡａＺ",
    *"一二三十百千万亿零〇两年月日号时分省市县区州关于的限电产量至到约第条款项章节附件",
    *"é\u00a0\u200b₂℃",
]
# Looked at by hand: marks that enclose each other, where each letter has one place.
JUDGED = ("(?:关于|对(?=",)
CODE = """
import json, pkgutil, re, sys
from importlib import import_module
found, real = {}, re._compile
def noted(pattern, flags):
    home = sys._getframe(2).f_globals.get("__name__", "")
    if isinstance(pattern, str) and home.startswith("tanzhe."):
        found[pattern] = int(flags)
    return real(pattern, flags)
re._compile = noted
import tanzhe
for one in pkgutil.walk_packages(tanzhe.__path__, "tanzhe."):
    if one.name != "tanzhe.__main__":
        before = dict(found)
        import_module(one.name)
print(json.dumps(sorted(found.items())))
"""


@cache
def patterns() -> dict[str, int]:
    """Every pattern with its flags."""
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    found = dict(json.loads(done.stdout))
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in FUNCTIONS
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                found.setdefault(node.args[0].value, 0)
    return found


def letters(op: Any, value: Any, flags: int) -> frozenset[str]:
    """Which of `LETTERS` one item of a pattern can match."""
    key = (str(op), str(value), flags)
    if key not in _SEEN:
        _SEEN[key] = _letters(op, value, flags)
    return _SEEN[key]


_SEEN: dict[tuple[str, str, int], frozenset[str]] = {}


def _letters(op: Any, value: Any, flags: int) -> frozenset[str]:
    if op is sre.LITERAL and not flags & re.I:
        return frozenset(c for c in LETTERS if ord(c) == value) or frozenset({chr(value)})
    state = _parser.State()
    state.flags = flags
    one = _parser.SubPattern(state, [(op, value)])
    from re import _compiler  # type: ignore[attr-defined]

    compiled = _compiler.compile(one, flags)
    return frozenset(c for c in LETTERS if compiled.fullmatch(c))


SIMPLE = {sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY}
REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT}
Item = tuple[frozenset[str], bool, bool]  # letters, whether it must be there, whether it varies


def items(tree: Any, flags: int) -> list[Item]:
    """A sequence as sets of letters; of a choice all of it at once."""
    found: list[Item] = []
    for op, value in tree:
        if op in SIMPLE:
            found.append((letters(op, value, flags), True, False))
        elif op in REPEATS or op is getattr(sre, "POSSESSIVE_REPEAT", None):
            least, most, body = value
            inner = items(body, flags)
            union = frozenset().union(*(one[0] for one in inner)) if inner else frozenset()
            varies = (op in REPEATS and most != least and most >= MANY) or any(i[2] for i in inner)
            found.append((union, least > 0, bool(varies)))
        elif op is sre.SUBPATTERN:
            found += items(value[3], flags | value[1])
        elif op is sre.BRANCH:
            ways = [items(one, flags) for one in value[1]]
            union = frozenset().union(*(i[0] for way in ways for i in way))
            always = all(any(i[1] for i in way) for way in ways)
            found.append((union, always, any(i[2] for way in ways for i in way)))
    return found


def repeated(tree: Any) -> Iterator[Any]:
    """The bodies of all repetitions that may go on."""
    for op, value in tree:
        if op in REPEATS:
            if value[1] >= MANY:
                yield value[2]
            yield from repeated(value[2])
        elif op is sre.SUBPATTERN:
            yield from repeated(value[3])
        elif op is sre.BRANCH:
            for one in value[1]:
                yield from repeated(one)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeated(value[1])


def first(way: list[Item]) -> frozenset[str]:
    """What a sequence may begin with."""
    found: frozenset[str] = frozenset()
    for held, must, _ in way:
        found |= held
        if must:
            break
    return found


def ways_of(body: Any, flags: int) -> list[list[Item]]:
    """The choices of a body, one where there is no choice."""
    tree = list(body)
    while len(tree) == 1 and tree[0][0] is sre.SUBPATTERN:
        flags, tree = flags | tree[0][1][1], list(tree[0][1][3])
    if len(tree) == 1 and tree[0][0] is sre.BRANCH:
        return [items(one, flags) for one in tree[0][1][1]]
    return [items(tree, flags)]


def ambiguous(body: Any, flags: int) -> bool:
    """Whether a repeated body can share a text among its rounds in several ways.

    It cannot where each way that varies begins as no other does, and has something that must stand
    in each round whose letters nothing in it that varies has.
    """
    ways = ways_of(body, flags)
    for at, way in enumerate(ways):
        varying = [held for held, _, varies in way if varies]
        if not varying:
            continue
        free = frozenset().union(*varying)
        others = frozenset().union(*(first(w) for i, w in enumerate(ways) if i != at))
        if first(way) & others:
            return True
        if not any(must and not varies and not held & free for held, must, varies in way):
            return True
    return False


def exponential(pattern: str, flags: int = 0) -> bool:
    """Whether a pattern has a repetition in a repetition with several ways to match."""
    tree = _parser.parse(pattern, flags)
    return any(ambiguous(body, flags | tree.state.flags) for body in repeated(tree))


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+b", r"(?:<!--.*?-->\s*)*x", r"(\w+\s?)*$", r"(?:a|b+)*c", r"((ab)*)*c", r"(?:\d+,?)+;"],
)
def test_the_watch_sees_them(pattern: str) -> None:
    assert exponential(pattern, re.S)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:\d+,)+\d",
        r"《((?:[^《》]|《[^《》]*》)*)》",
        r"(?:[a-z]{1,8}\.)+com",
        r"\s*(?:。[^。]*)*",
    ],
)
def test_the_watch_leaves_the_rest(pattern: str) -> None:
    assert not exponential(pattern)


def test_no_pattern_is_exponential() -> None:
    found = patterns()
    assert len(found) > 500
    unjudged = {one: flags for one, flags in found.items() if not one.startswith(JUDGED)}
    assert [one for one, flags in sorted(unjudged.items()) if exponential(one, flags)] == []
