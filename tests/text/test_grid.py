"""The grids of notions: pass rates do not fall below what docs/text/parser.md says."""

import importlib.util
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FLOOR = 0.95  # of each table; single notions may miss one case

_SPEC = importlib.util.spec_from_file_location("bench_text", ROOT / "bench" / "text.py")
assert _SPEC and _SPEC.loader
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)


@pytest.mark.parametrize("name", sorted(bench.READERS))
def test_pass_rate_of_a_grid(name: str) -> None:
    reader = bench.READERS[name]
    notions = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    cases = [case for notion in notions for case in notion["例"]]
    wrong = [case[0] for case in cases if reader(case)[0] != reader(case)[1]]
    assert 1 - len(wrong) / len(cases) >= FLOOR, wrong


def test_the_grids_are_long_enough() -> None:
    grids = [yaml.safe_load((Path(__file__).parent / n).read_text("utf-8")) for n in bench.READERS]
    assert sum(len(notion["例"]) for grid in grids for notion in grid) >= 900
