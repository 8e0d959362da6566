"""Floors of the audit over labelled reports; a drop fails, lowering needs a reason."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LABELS = sorted((ROOT / "tests" / "audit" / "labels").glob("*.yaml"))
LEAST_RECALL, MOST_ALARMS = 0.95, 0.10


def bench() -> ModuleType:
    """bench/audit.py as a module: the floor and the published figures come from one place."""
    spec = importlib.util.spec_from_file_location("bench_audit", ROOT / "bench" / "audit.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_audit"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", LABELS, ids=lambda p: p.stem)
def test_recall_and_false_alarms(path: Path) -> None:
    one = bench().score(path)
    if one is None:
        pytest.skip("the seed report is not in ../shared/seeds, and may not be copied")
    assert one.recall >= LEAST_RECALL, one.missed
    assert one.false_alarms <= MOST_ALARMS, one.alarms
    assert one.on_empty == 0
