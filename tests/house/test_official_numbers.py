"""No official number stands in a `.py` file: factors and thresholds are data of the rulebook."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tanzhe.rulebook import activity_factors, rule_set, rule_set_ids, rule_values, table_names

SOURCE = Path(__file__).parents[2] / "src" / "tanzhe"
# 29.3076 GJ/tce and 44/12 are physics and belong to `quantity.py`.
DEFINITIONS = SOURCE / "quantity.py"
# Where round thresholds (0.2, 90, 200000) would be official; elsewhere they are anybody's numbers.
OFFICIAL_PACKAGES = ("parks", "policy", "rulebook", "model")
OFFICIAL_WORDS = re.compile(
    r"threshold|limit|tier|factor|coefficient|energy|tce|share|门槛|限值|因子|系数|占比|率", re.I
)
ENOUGH_DIGITS = 3
_NUMBER = re.compile(r"(?<![\w.〔])\d+\.\d+(?![\w.])")


def digits(number: float) -> int:
    """Significant digits of a number as written."""
    return len(f"{abs(number):.12g}".replace(".", "").strip("0"))


@cache
def official_numbers() -> frozenset[float]:
    """All numbers of the rulebook that can hardly stand in source by chance."""
    values = {abs(value.value) for name in table_names() for value in rule_values(name)}
    values |= {v.value for factor in activity_factors().values() for v in factor.values}
    return frozenset(value for value in values if digits(value) >= ENOUGH_DIGITS)


@cache
def thresholds() -> frozenset[float]:
    """Thresholds of the built-in rule sets, shares both as percent and as fraction."""
    found: set[float] = set()
    for id in rule_set_ids():
        for one in rule_set(id).indicators:
            found |= {one.threshold, one.threshold / 100 if one.unit == "%" else one.threshold}
            if one.condition is not None:
                found |= {one.condition.at_least or 0.0, one.condition.below or 0.0}
    found |= {value.value for value in rule_values("annex4")}
    return frozenset(found - {0.0, 1.0, 2.0, 100.0})


def docstrings(tree: ast.AST) -> set[int]:
    """Ids of the constants that are docstrings or attribute comments."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def numbers_of(node: ast.Constant) -> Iterator[float]:
    """The number of a literal, or the decimal numbers inside a text."""
    if isinstance(node.value, int | float) and not isinstance(node.value, bool):
        yield float(node.value)
    elif isinstance(node.value, str):
        yield from (float(found) for found in _NUMBER.findall(node.value))


def official_literals(source: str) -> list[str]:
    """Literals of a module that are numbers of the rulebook."""
    tree = ast.parse(source)
    told = docstrings(tree)
    return [
        f"line {node.lineno}: {number:g}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in told
        for number in numbers_of(node)
        if abs(number) in official_numbers()
    ]


def named(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What a node calls its values: assigned, passed, defaulted, keyed or compared under a name."""
    if isinstance(node, ast.Assign):
        yield " ".join(map(ast.unparse, node.targets)), node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield ast.unparse(node.target), node.value
    elif isinstance(node, ast.keyword):
        yield node.arg or "", node.value
    elif isinstance(node, ast.arguments):
        positional = node.posonlyargs + node.args
        pairs = [*zip(positional[::-1], node.defaults[::-1], strict=False)]
        pairs += [(a, d) for a, d in zip(node.kwonlyargs, node.kw_defaults, strict=True) if d]
        yield from ((argument.arg, default) for argument, default in pairs)
    elif isinstance(node, ast.Dict):
        yield from ((ast.unparse(k), v) for k, v in zip(node.keys, node.values, strict=True) if k)
    elif isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        words = " ".join(ast.unparse(side) for side in sides)
        yield from ((words, side) for side in sides)


def plain_numbers(node: ast.AST) -> Iterator[ast.Constant]:
    """Numbers of an expression that are values, not conversions such as `/ 1_000_000`."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            yield node
    elif isinstance(node, ast.IfExp):
        yield from (*plain_numbers(node.body), *plain_numbers(node.orelse))
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for one in node.elts:
            yield from plain_numbers(one)
    elif isinstance(node, ast.Dict):
        for one in node.values:
            yield from plain_numbers(one)
    elif isinstance(node, ast.Call):
        for one in node.args:
            yield from plain_numbers(one)


def official_thresholds(source: str) -> list[str]:
    """Literals that are thresholds of a rule set and bear the name of one."""
    return sorted(
        {
            f"line {number.lineno}: {number.value}"
            for node in ast.walk(ast.parse(source))
            for words, value in named(node)
            if OFFICIAL_WORDS.search(words)
            for number in plain_numbers(value)
            if number.value in thresholds()
        }
    )


def modules() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if path != DEFINITIONS]


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_number_of_the_rulebook_in_source(path: Path) -> None:
    found = official_literals(path.read_text(encoding="utf-8"))
    assert found == [], f"{path.name}: look it up in tanzhe.rulebook instead"


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if p.relative_to(SOURCE).parts[0] in OFFICIAL_PACKAGES],
    ids=lambda p: str(p.relative_to(SOURCE)),
)
def test_no_threshold_in_source(path: Path) -> None:
    found = official_thresholds(path.read_text(encoding="utf-8"))
    assert found == [], f"{path.name}: thresholds stand in rule sets"


@pytest.mark.parametrize(
    "source",
    [
        "x = kwh * 0.8325 / 1000",
        "FACTORS = {'coal': 2.0715}",
        "def f(c=0.8273): pass",
        "print('按 0.5274 计')",
        "DEFAULT = 23.204",
    ],
)
def test_the_watch_sees_factors(source: str) -> None:
    assert official_literals(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "CORE_LIMIT = 0.2",
        "threshold = 0.3 if energy >= 1_000_000 else 0.2",
        "def f():\n    if energy_limit >= 200000:\n        pass",
        "heat_factor = 0.11",
        "LIMITS = {'clean_energy': 0.9}",
        "def f(*, direct_share: float = 0.5): pass",
        "judge(value, threshold=0.3)",
    ],
)
def test_the_watch_sees_thresholds(source: str) -> None:
    assert official_thresholds(source) != []


@pytest.mark.parametrize(
    "source",
    [
        '"""0.8325 kgCO2/kWh, written into the text."""',
        "version = '0.8325.1'",
        "x = 0.9",
        "limit = size // 1_000_000",
        "Column(title='因子集', width=30)",
    ],
)
def test_the_watch_leaves_the_rest(source: str) -> None:
    assert official_literals(source) == [] == official_thresholds(source)
