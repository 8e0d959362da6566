"""Do the tests notice a wrong program? `python bench/mutation.py [--places N] [--part PART]`.

Changes one place at a time in what must be right (constants by one step, comparisons, signs, `and`
and `or`), runs the narrow tests of that part in a process of their own, and lists the changes that
no test noticed. Places are drawn by a fixed seed, so the figure can be made again; `--every` tries
all of them, of a part or of a `--module`.
"""

import argparse
import ast
import gc
import io
import os
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
LONGEST = 900  # seconds of one run of tests; beyond it the change is noticed: something hangs
# The quickest first: a change that one file notices is not shown to the next.
ACCOUNT = (
    "tests/parks/test_account_oracle.py",
    "tests/parks/test_fuel_factors.py",
    "tests/parks/test_account_edges.py",
    "tests/parks/test_cases.py",
    "tests/parks/test_properties.py",
)
DATES = (
    "tests/text/test_calendar.py",
    "tests/text/test_days.py",
    "tests/text/test_festivals.py",
    "tests/test_periods.py",
    "tests/text/test_tables.py",
    "tests/text/test_grid.py",
    "tests/text/test_properties.py",
)
# What must be right, and the tests that are there for it.
PARTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "accounting": (
        (
            "parks.account.electricity",
            "parks.account.energy",
            "parks.account.fuels",
            "parks.account.heat",
            "parks.account.balance",
        ),
        ACCOUNT,
    ),
    "ledger": (
        ("parks.account.certificates", "parks.account.firms", "parks.account.unknown"),
        ACCOUNT,
    ),
    "thresholds": (
        ("parks.assessment.tiers", "parks.assessment.judging", "parks.assessment.verdict"),
        (
            "tests/parks/test_tiers.py",
            "tests/parks/test_verdict.py",
            *ACCOUNT,
        ),
    ),
    "dates": (
        ("text.dates.days", "text.dates.weeks", "text.dates.relative", "text.dates.eras"),
        DATES,
    ),
    "lunar months": (
        ("text.dates.lunar", "text.dates.festivals", "periods"),
        DATES,
    ),
    "link scores": (
        (
            "evidence.links.link",
            "evidence.links.score",
            "evidence.links.window",
            "evidence.links.edge",
        ),
        (
            "tests/evidence/test_link_oracle.py",
            "tests/evidence/test_score.py",
            "tests/evidence/test_link.py",
            "tests/evidence/test_edges.py",
        ),
    ),
    "cache keys": (
        ("kept", "registries"),
        ("tests/test_kept.py", "tests/house/test_registries.py"),
    ),
    "effects": (
        ("effects.verdict", "effects.disputes", "effects.checks"),
        (
            "tests/effects/test_verdict.py",
            "tests/effects/test_checks.py",
            "tests/effects/test_disputes.py",
            "tests/effects/test_effect.py",
        ),
    ),
    "peaks": (
        ("peaks.peak", "peaks.months", "peaks.yardsticks"),
        (
            "tests/peaks/test_yardsticks.py",
            "tests/peaks/test_parts.py",
            "tests/peaks/test_annual.py",
            "tests/peaks/test_peak.py",
        ),
    ),
    "chance": (
        (
            "evidence.grading.chance",
            "evidence.grading.placebo",
            "evidence.grading.background",
        ),
        (
            "tests/evidence/test_grading.py",
            "tests/evidence/test_chance.py",
            "tests/evidence/test_edges.py",
        ),
    ),
    "audits": (
        (
            "audits.checks.percentages",
            "audits.checks.sums",
            "audits.checks.arithmetic",
            "audits.checks.days",
            "audits.checks.dates",
        ),
        (
            "tests/audit/test_date_borders.py",
            "tests/audit/test_sentences.py",
            "tests/audit/test_kinds.py",
            "tests/audit/test_mended.py",
            "tests/audit/test_given.py",
        ),
    ),
    "meters": (
        ("meters.registers", "meters.levels", "meters.comparing"),
        (
            "tests/meters/test_registers.py",
            "tests/meters/test_levels.py",
            "tests/meters/test_samples.py",
            "tests/meters/test_bench.py",
            "tests/meters/test_periods.py",
        ),
    ),
}
FLIPS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One place and what is done to it.

    Attributes:
        part: of `PARTS`.
        module: without `tanzhe.`.
        number: of the change among those of its module.
        line: in the source.
        told: the code before and after.
    """

    part: str
    module: str
    number: int
    line: int
    told: str


def variants(node: ast.AST) -> Iterator[tuple[ast.AST, str, object, object]]:
    """What can be changed at a node: the node, its field, the old and the new value."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float, bool):
        value = node.value
        if isinstance(value, bool):
            yield node, "value", value, not value
        elif isinstance(value, int):
            yield node, "value", value, value + 1
        else:
            yield node, "value", value, value * 1.1 if value else 0.1
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPS:
        yield node, "ops", node.ops, [FLIPS[type(node.ops[0])](), *node.ops[1:]]
    elif isinstance(node, ast.BoolOp):
        yield node, "op", node.op, ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield node, "op", node.op, SIGNS[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node, "op", node.op, ast.UAdd()


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, object, object, int]]:
    """Every place of a module that can be changed, with its line; annotations are left alone."""
    left_out: set[ast.AST] = set()
    for node in ast.walk(tree):
        notes = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.Call) and "dataclass" in ast.unparse(node.func):
            notes.append(node)
        left_out.update(one for note in notes if note is not None for one in ast.walk(note))
    for node in ast.walk(tree):
        if node not in left_out and hasattr(node, "lineno"):
            for where, field, old, new in variants(node):
                yield where, field, old, new, node.lineno


def changed(module: str, number: int) -> tuple[ast.Module, int, str]:
    """The module's tree with one place changed, its line, and the code before and after."""
    path = SOURCE.joinpath("tanzhe", *module.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    node, field, _, new, line = list(places(tree))[number]
    before = ast.unparse(node)
    setattr(node, field, new)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd):
        after = ast.unparse(node.operand)
        _replace(tree, node, node.operand)
    else:
        after = ast.unparse(node)
    return ast.fix_missing_locations(tree), line, f"{before}  ->  {after}"


def _replace(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    class Swap(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    Swap().visit(tree)


def every(part: str, modules: list[str] | None) -> list[Change]:
    """All places of a part, or of some of its modules."""
    found = []
    for module in PARTS[part][0]:
        if modules and module not in modules:
            continue
        path = SOURCE.joinpath("tanzhe", *module.split(".")).with_suffix(".py")
        for number in range(len(list(places(ast.parse(path.read_text(encoding="utf-8")))))):
            _, line, told = changed(module, number)
            found.append(Change(part, module, number, line, told))
    return found


def drawn(part: str, most: int, seed: int) -> list[Change]:
    """Places of a part, drawn evenly from all of its modules."""
    found = every(part, None)
    chosen = random.Random(f"{part} {seed}").sample(found, min(most, len(found)))
    return sorted(chosen, key=lambda one: (one.module, one.line))


_NAMED = re.compile(r"tanzhe(?:\.\w+)+|(?<=from )tanzhe[\w.]* import \(?[\w\s,]+")


def forget(module: str) -> None:
    """Unload a module, what imports it however far, packages and tests: to be read anew."""
    loaded = {
        name: Path(file)
        for name, one in sys.modules.items()
        if (file := getattr(one, "__file__", None)) and Path(file).is_relative_to(ROOT)
    }
    imports = {name: _imported(path.read_text("utf-8")) for name, path in loaded.items()}
    names = f"tanzhe.{module}".split(".")
    gone = {".".join(names[:n]) for n in range(2, len(names) + 1)}  # registries ask packages
    while more := {name for name, named in imports.items() if named & gone} - gone:
        gone |= more
    for name, path in loaded.items():
        if name in gone or path.name == "__init__.py" or path.is_relative_to(ROOT / "tests"):
            del sys.modules[name]


def _imported(text: str) -> set[str]:
    """Modules that a source names, and what may be modules."""
    found = set()
    for match in _NAMED.findall(text):
        home, _, names = match.partition(" import ")
        found |= {home, *(f"{home}.{name}" for name in re.findall(r"\w+", names))}
        found |= {home.rsplit(".", 1)[0]}
    return found


class Wrong(MetaPathFinder, Loader):
    """Imports one module as changed."""

    def __init__(self, module: str, code: CodeType) -> None:
        self._name, self._code = f"tanzhe.{module}", code

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self._name:
            return None
        spec = ModuleSpec(name, self, origin=self._code.co_filename)
        spec.has_location = True
        return spec

    def exec_module(self, module: object) -> None:
        exec(self._code, vars(module))


def passes(change: Change | None, tests: tuple[str, ...]) -> bool:
    """Whether the tests of a part pass, the program changed or as it is."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os._exit(_run(change, tests))
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status == 0
        time.sleep(0.1)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(change: Change | None, tests: tuple[str, ...]) -> int:
    import pytest

    if change is not None:
        forget(change.module)
        tree, _, _ = changed(change.module, change.number)
        path = SOURCE.joinpath("tanzhe", *change.module.split(".")).with_suffix(".py")
        sys.meta_path.insert(0, Wrong(change.module, compile(tree, str(path), "exec")))
    return int(any(pytest.main([*QUIET, one]) for one in tests))


QUIET = ("-x", "-q", "-p", "no:cacheprovider", "-n", "0")


def main() -> None:
    """Draw the places, run the tests of each, and tell what was not noticed."""
    parser = argparse.ArgumentParser(prog="mutation.py", description=__doc__)
    parser.add_argument("--places", type=int, default=100, help="how many in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part")
    parser.add_argument("--module", action="append", help="with --every: only this module")
    parser.add_argument("--every", action="store_true", help="all places, none drawn")
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(SOURCE), str(ROOT / "tests")]
    import pytest

    parts = asked.part or list(PARTS)
    each = -(-asked.places // len(parts))
    noticed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for part in parts:
        tests = PARTS[part][1]
        if not passes(None, tests):
            sys.exit(f"{part}: the tests fail as it is")
        # What no change touches is imported once; each run of tests is a copy of this process.
        with redirect_stdout(io.StringIO()):
            pytest.main(["--collect-only", *QUIET, *tests])
        gc.freeze()
        for change in every(part, asked.module) if asked.every else drawn(part, each, asked.seed):
            tried[part] += 1
            if passes(change, tests):
                print(f"NOT NOTICED {change.module}:{change.line}  {change.told}", flush=True)
            else:
                noticed[part] += 1
        print(f"{part}: {noticed[part]} of {tried[part]} noticed", flush=True)
    total = sum(tried.values())
    print(f"all: {sum(noticed.values())} of {total} noticed, {total - sum(noticed.values())} not")


if __name__ == "__main__":
    main()
