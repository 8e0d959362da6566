"""Series of more than 420 periods: false points, steps found, coverage, calibration, time.

    python bench/long_series.py [series per cell]

Series of 429 to 979 periods (39 to 89 years of 11) with season and AR(1) noise, half of them null,
half with two steps of 2 to 5 innovation standard deviations.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.panels import series_of

from tanzhe.api.series.turning import turning_points

SIGMA, FIRST_YEAR = 0.05, 1100


def one(seed: int, rho: float) -> tuple[np.ndarray, list[tuple[int, float]]]:
    """Logarithms of daily means, and the steps put in."""
    rng = np.random.default_rng(seed)
    years = int(rng.integers(39, 90))
    n = 11 * years
    noise = rng.normal(0, SIGMA, n)
    for t in range(1, n):
        noise[t] += rho * noise[t - 1]
    logs = np.tile(rng.normal(0, 0.1, 11), years) + noise
    steps = []
    for low, high in ((0.15, 0.45), (0.55, 0.85)) if seed % 2 == 0 else ():
        at = int(rng.integers(int(low * n), int(high * n)))
        steps.append((at, float(rng.choice([-1, 1]) * SIGMA * rng.uniform(2, 5))))
        logs[at:] += steps[-1][1]
    return logs, steps


def cell(rho: float, series: int) -> str:
    hits, covered, shown, false = [], [], [], []
    for seed in range(series):
        logs, steps = one(seed, rho)
        points = turning_points(series_of(logs, first=FIRST_YEAR))
        periods = points.series.periods
        if not steps:
            false.append(len(points) > 0)
        inside = [
            [s for at, s in steps if p.interval[0] <= periods[at] <= p.interval[1]] for p in points
        ]
        for p, there in zip(points, inside, strict=True):
            right = bool(there) and there[0] * p.effect.percent > 0
            shown.append((p.confidence, right))
            if right:
                low, high = p.effect.percent_interval
                covered.append(low <= 100 * np.expm1(there[0]) <= high)
        hits += [any(step in there for there in inside) for _, step in steps]
    stated, right = np.mean(shown, axis=0)
    return (
        f"| AR(1) {rho} | {np.mean(false):.1%} | {np.mean(hits):.2f} | {np.mean(covered):.2f} | "
        f"{stated:.2f} | {right:.2f} ({len(shown)}) |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("series", type=int, nargs="?", default=60, help="series per cell")
    series = parser.parse_args().series
    print("| noise | false, from .5 | step in the interval | effect coverage | stated | right |")
    print("|---|---|---|---|---|---|")
    for rho in (0.0, 0.3, 0.6):
        print(cell(rho, series), flush=True)
    long = series_of(one(1, 0.3)[0], first=FIRST_YEAR)
    start = time.perf_counter()
    turning_points(long)
    print(f"{len(long)} periods, warm: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
