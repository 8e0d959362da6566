"""What `breaks` says of its own certainty, and how seldom noise shows a break."""

from functools import cache

import numpy as np
import pytest

from tanzhe.turning import breaks
from tanzhe.turning.sequences.breaks import surer
from tanzhe.turning.sequences.noise import autocorrelation, hidden, residuals
from turning.draws import noise

RHOS = (0.0, 0.3, 0.6)


@cache
def judged(rho: float) -> np.ndarray:
    """Stated confidence and whether right, (breaks, 2); one step in every second sequence."""
    out = []
    for i in range(180):
        r = np.random.default_rng([41, i])
        n = int(r.choice([100, 150, 300]))
        y, at = noise(r, n, rho), int(r.integers(n // 5, n - n // 5))
        size = r.uniform(1, 4) * r.choice([-1, 1]) if i % 2 else 0.0
        y[at:] += size
        for b in breaks(y):
            inside = size != 0 and b.interval[0] <= at <= b.interval[1]
            out.append((b.confidence, float(inside)))
    return np.array(out)


def test_stated_confidence_is_the_share_that_is_right() -> None:
    every = np.concatenate([judged(rho) for rho in RHOS])
    assert len(every) > 120
    bins = np.digitize(every[:, 0], [0.7, 0.85, 0.95])
    gaps = [abs((every[bins == b, 0] - every[bins == b, 1]).sum()) for b in range(4)]
    assert sum(gaps) / len(every) <= 0.06  # measured .031 on 3,000 sequences


@pytest.mark.parametrize("rho", RHOS)
def test_no_kind_of_noise_is_far_from_its_confidence(rho: float) -> None:
    stated, right = judged(rho).mean(axis=0)
    assert abs(stated - right) <= 0.1


def test_noise_that_remembers_shows_few_breaks() -> None:
    shown = [bool(breaks(noise(np.random.default_rng([31, i]), 150, 0.6))) for i in range(150)]
    assert np.mean(shown) <= 0.06  # measured .03 on 1,000


def test_odds_are_multiplied() -> None:
    assert surer(0.5, 2) == pytest.approx(2 / 3)
    assert (surer(0, 2), surer(1, 2)) == (0, 1)
    grid = [surer(p, 2) for p in np.linspace(0, 1, 50)]
    assert grid == sorted(grid)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("length", [20, 40])
def test_what_short_regimes_hide_of_the_autocorrelation(rho: float, length: int) -> None:
    borders = np.arange(1, 40) * length
    z = np.concatenate([noise(np.random.default_rng([8, k]), length, rho) for k in range(40)])
    seen = autocorrelation(residuals(z, borders), borders, 0.0)
    assert seen < rho - 0.03
    assert seen + hidden(seen) / length == pytest.approx(rho, abs=0.07)


@pytest.mark.parametrize("kind", ["rounded", "counts", "heavy tails"])
def test_other_noise_shows_few_breaks(kind: str) -> None:
    """Most of a rounded sequence stands at one value; what lies beside it is not odd."""
    shown = []
    for i in range(60):
        r = np.random.default_rng([32, i])
        n = int(r.choice([30, 150, 400]))
        draws = {"rounded": np.round(r.normal(size=n) * 0.7), "counts": r.poisson(1.0, n)}
        y = draws.get(kind, r.standard_t(3, size=n))
        shown.append(bool(breaks(np.asarray(y, dtype=np.float64))))
    assert np.mean(shown) <= 0.1  # measured .01, .03 and .04; rounded .8 with a median alone
