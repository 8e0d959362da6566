"""Floors of reading official documents; a drop fails, lowering needs a reason."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
LEAST = {
    "status": (0.94, 0.94), "title": (0.92, 0.95), "numbers": (1.0, 1.0), "issuers": (0.98, 0.98),
    "date": (0.97, 0.97), "tasks": (0.95, 0.95), "cited": (0.92, 0.97),
}  # fmt: skip


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """bench/policy.py as a module: the floor and the published figures come from one place."""
    spec = importlib.util.spec_from_file_location("bench_policy", ROOT / "bench" / "policy.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_policy"] = module
    spec.loader.exec_module(module)
    if not module.CORPUS.exists():
        pytest.skip(
            "the ministry documents are not in ../shared/data/corpus, and may not be copied"
        )
    return module


def test_labelled_documents(bench: ModuleType) -> None:
    for name, one in bench.measured().items():
        precision, recall = LEAST[name]
        assert one.precision >= precision, (name, one.missed)
        assert one.recall >= recall, (name, one.missed)
