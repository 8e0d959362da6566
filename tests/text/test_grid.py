"""The grids of notions: what is read wrong is known by name, and nothing else."""

import importlib.util
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
KNOWN = {
    "from January to August this year",
    "the week of May 9",
    "between 5 and 10 percent",
}

_SPEC = importlib.util.spec_from_file_location("bench_text", ROOT / "bench" / "text.py")
assert _SPEC and _SPEC.loader
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)


@pytest.mark.parametrize("name", sorted(bench.READERS))
def test_every_case_of_a_grid(name: str) -> None:
    reader = bench.READERS[name]
    notions = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    cases = [case for notion in notions for case in notion["例"]]
    wrong = {case[0] for case in cases if reader(case)[0] != reader(case)[1]}
    assert wrong == KNOWN & {case[0] for case in cases}


def test_the_grids_are_long_enough() -> None:
    grids = [yaml.safe_load((Path(__file__).parent / n).read_text("utf-8")) for n in bench.READERS]
    assert sum(len(notion["例"]) for grid in grids for notion in grid) >= 900
