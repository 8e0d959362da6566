"""Quality floors of `breaks`, one fixed default. The full tables are made by bench/plain.py."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from turning.agreement import cover, f1
from turning.draws import noise
from turning.families import FAMILIES, collection

from tanzhe.turning import breaks

SHARED = Path(os.environ.get("TANZHE_SHARED", Path(__file__).parents[3] / "shared"))
TCPD = SHARED / "data/tcpd"


def test_simulated_families() -> None:
    scores: dict[str, list[tuple[float, float]]] = {name: [] for name in FAMILIES}
    for name, y, read in collection(2, 20):
        found = [b.index for b in breaks(y)]
        scores[name].append((f1(read, found), cover(read, found, len(y))))
    mean = np.mean([np.mean(s, axis=0) for s in scores.values()], axis=0)
    assert mean[0] >= 0.84  # measured .86 to .88
    assert mean[1] >= 0.77  # measured .80 to .83


@pytest.mark.parametrize(("rho", "most"), [(0.0, 0.03), (0.3, 0.05), (0.6, 0.1)])
def test_noise_has_few_breaks(rho: float, most: float) -> None:
    # Measured on 300: see docs/turning/breaks.md.
    false = [bool(breaks(noise(np.random.default_rng(i), 150, rho))) for i in range(60)]
    assert np.mean(false) <= most


@pytest.mark.skipif(not TCPD.exists(), reason="the series of the TCPD are not beside the project")
def test_the_fifteen_series() -> None:
    annotations = json.loads((TCPD / "annotations.json").read_text())
    scores = []
    for path in sorted((TCPD / "datasets").glob("*.json")):
        raw = json.loads(path.read_text())["series"][0]["raw"]
        y = np.array([np.nan if v is None else v for v in raw], dtype=np.float64)
        found = [b.index for b in breaks(y)]
        read = annotations[path.stem]
        scores.append((f1(read, found), cover(read, found, len(y))))
    mean = np.mean(scores, axis=0)
    assert len(scores) == 15
    assert mean[0] >= 0.81  # measured .830
    assert mean[1] >= 0.71  # measured .728
