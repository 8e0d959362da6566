"""`breaks` beside its peers: agreement with readers, false breaks, coverage and time.

    python bench/plain.py [FOLDER_OF_TCPD] [--each 6] [--nulls 300]

Peers run in the same process: `pip install ruptures Rbeast`, for this bench only. ruptures has no
default penalty; here, on the standardised series, 2 log(n) for squared errors (the Schwarz
criterion with unit variance) and 10 for rbf, as in its own first example.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.agreement import cover, f1
from turning.draws import noise
from turning.families import collection

from tanzhe.turning import breaks

Floats = NDArray[np.float64]
Finder = Callable[[Floats], list[int]]
Readings = list[tuple[str, Floats, dict[str, list[int]]]]

TCPD = Path(__file__).parents[2] / "shared/data/tcpd"
# A peer is not asked for more points than it does in about a minute.
SLOW = {"PELT l2": 10_000, "PELT rbf": 1_000, "BinSeg l2": 100_000, "KernelCPD rbf": 10_000}
SLOW |= {"KernelCPD linear": 100_000, "Rbeast": 100_000}


def ours(y: Floats) -> list[int]:
    return [b.index for b in breaks(y)]


def none(_: Floats) -> list[int]:
    return []


def standardised(y: Floats) -> Floats:
    """Peers do not take missing values: the line between neighbours, mean 0, variance 1."""
    seen = np.flatnonzero(np.isfinite(y))
    full = np.interp(np.arange(len(y)), seen, y[seen])
    return (full - full.mean()) / (full.std() or 1.0)


def peers() -> dict[str, Finder]:
    found: dict[str, Finder] = {}
    try:
        import ruptures as rpt
    except ImportError:
        print("ruptures is absent: pip install ruptures", file=sys.stderr)
    else:

        def schwarz(y: Floats) -> float:
            return 2 * float(np.log(len(y)))

        def run(make: Callable[[], object], penalty: Callable[[Floats], float]) -> Finder:
            def find(y: Floats) -> list[int]:
                z = standardised(y)
                return list(make().fit(z).predict(pen=penalty(z)))[:-1]  # type: ignore[attr-defined]

            return find

        found["PELT l2"] = run(lambda: rpt.Pelt(model="l2"), schwarz)
        found["PELT rbf"] = run(lambda: rpt.Pelt(model="rbf"), lambda _: 10.0)
        found["BinSeg l2"] = run(lambda: rpt.Binseg(model="l2"), schwarz)
        found["KernelCPD linear"] = run(lambda: rpt.KernelCPD(kernel="linear"), schwarz)
        found["KernelCPD rbf"] = run(lambda: rpt.KernelCPD(kernel="rbf"), lambda _: 10.0)
    try:
        import Rbeast
    except ImportError:
        print("Rbeast is absent: pip install Rbeast", file=sys.stderr)
    else:

        def beast(y: Floats) -> list[int]:
            out = Rbeast.beast(
                y, season="none", quiet=True, print_progress=False, print_options=False
            )
            count = out.trend.ncp_median
            count = int(np.nan_to_num(np.asarray(count).ravel()[0]))
            at = np.asarray(out.trend.cp).ravel()[:count]
            return sorted(int(p) - 1 for p in at[np.isfinite(at)])

        found["Rbeast"] = beast
    return found


def read_tcpd(folder: Path) -> Readings:
    annotations = json.loads((folder / "annotations.json").read_text())
    out = []
    for path in sorted((folder / "datasets").glob("*.json")):
        raw = json.loads(path.read_text())["series"][0]["raw"]
        y = np.array([np.nan if v is None else v for v in raw], dtype=np.float64)
        out.append((path.stem, y, annotations[path.stem]))
    return out


def agreement(finder: Finder, readings: Readings) -> dict[str, tuple[float, float]]:
    """F1 and cover of each name, averaged over its series."""
    scores: dict[str, list[tuple[float, float]]] = {}
    for name, y, read in readings:
        found = finder(y)
        scores.setdefault(name, []).append((f1(read, found), cover(read, found, len(y))))
    return {
        name: (float(np.mean([s[0] for s in got])), float(np.mean([s[1] for s in got])))
        for name, got in scores.items()
    }


def mean(scores: dict[str, tuple[float, float]]) -> tuple[float, float]:
    values = np.array(list(scores.values()))
    return float(values[:, 0].mean()), float(values[:, 1].mean())


def null_rate(finder: Finder, rho: float, count: int, n: int = 150) -> float:
    """Share of pure noise in which something is found."""
    found = [bool(finder(noise(np.random.default_rng([9, i]), n, rho))) for i in range(count)]
    return float(np.mean(found))


def seconds(finder: Finder, n: int, repeats: int = 5) -> float:
    """Median of warm runs; four breaks of two to four standard deviations."""
    y = long_sequence(n)
    finder(y)
    times = []
    for _ in range(repeats if n <= 2200 or finder is ours else 1):
        start = time.perf_counter()
        finder(y)
        times.append(time.perf_counter() - start)
    return float(np.median(times))


def long_sequence(n: int) -> Floats:
    y = noise(np.random.default_rng(n), n)
    for share, size in ((0.2, 3.0), (0.45, -2.0), (0.7, 4.0), (0.85, 2.0)):
        y[int(share * n) :] += size
    return y


def tables(readings: Readings, each: int, nulls: int) -> None:
    simulated = list(collection(each, 2026))
    print(
        "| method | 15 series: F1 | cover | simulated: F1 | cover | breaks in noise, rho 0 | ",
        end="",
    )
    print("rho .3 | rho .6 | 1,000 points, s | 2,200 | 10,000 | 100,000 |")
    print("|---" * 12 + "|")
    for name, finder in {"tanzhe": ours, "nothing": none, **peers()}.items():
        cells = [*mean(agreement(finder, readings))] if readings else [np.nan, np.nan]
        cells += [*mean(agreement(finder, simulated))]
        row = [f"{c:.3f}" for c in cells]
        row += [f"{null_rate(finder, rho, nulls):.1%}" for rho in (0.0, 0.3, 0.6)]
        for n in (1000, 2200, 10_000, 100_000):
            skip = n > SLOW.get(name, n) or finder is none
            row.append("-" if skip else f"{seconds(finder, n):.3f}")
        print(f"| {name} | " + " | ".join(row) + " |", flush=True)


def by_name(title: str, scores: dict[str, tuple[float, float]]) -> None:
    print(f"\n| {title} | F1 | cover |\n|---|---|---|")
    for name, (one, two) in scores.items():
        print(f"| {name} | {one:.2f} | {two:.2f} |")


def calibration(count: int = 400) -> None:
    """One step in noise: power, interval, and stated confidence against the share right."""
    print("\n| noise | power | mean width | false a series | confidence error |")
    print("|---|---|---|---|---|")
    for rho in (0.0, 0.3, 0.6):
        right, stated, widths, hit = [], [], [], 0
        for i in range(count):
            r = np.random.default_rng([5, i])
            y, at = noise(r, 150, rho), int(r.integers(30, 120))
            size = r.uniform(1, 4) * r.choice([-1, 1]) if i % 2 else 0.0
            y[at:] += size
            for b in breaks(y):
                inside = size != 0 and b.interval[0] <= at <= b.interval[1]
                right.append(inside)
                stated.append(b.confidence)
                widths.append(b.interval[1] - b.interval[0] + 1)
                hit += inside
        error = expected_error(np.array(stated), np.array(right))
        false = (len(right) - hit) / count
        print(
            f"| AR(1) {rho} | {hit / (count / 2):.2f} | {np.mean(widths):.1f} | {false:.3f} "
            f"| {error:.3f} ({len(right)}) |"
        )


def expected_error(stated: Floats, right: NDArray[np.bool_]) -> float:
    bins = np.digitize(stated, [0.5, 0.6, 0.7, 0.8, 0.9])
    return float(sum(abs((stated - right)[bins == b].sum()) for b in np.unique(bins)) / len(stated))


def daily(seed: int, steps: bool, years: float) -> tuple[Floats, list[int]]:
    """Days with a yearly wave and noise an eighth of its range, with three steps or none."""
    r = np.random.default_rng([seed, 365])
    time_ = np.arange(int(365.25 * years))
    y = 2 * np.sin(2 * np.pi * time_ / 365.25 + r.uniform(0, 6)) + 0.5 * noise(r, len(time_))
    at = [int(share * len(y)) for share in (0.27, 0.52, 0.78)] if steps else []
    for k, size in zip(at, (2.0, -2.5, 2.0), strict=False):
        y[k:] += size
    return y, at


def kinks(seed: int, n: int) -> Floats:
    """Three bends at 14, 25 and 43 in little noise."""
    t = np.arange(n)
    slopes = np.select([t < 14, t < 25, t < 43], [0.17, 0.0, 0.11], -0.03)
    return np.cumsum(slopes) + 0.03 * np.random.default_rng(seed).normal(size=n)


def special(count: int = 24) -> None:
    """Daily series with a year, noise that changes or is skewed, bends in little noise."""
    print("\n| made-up kind | told in series without a break | breaks found | others told |")
    print("|---|---|---|---|")
    for years in (3, 4, 6):
        false = sum(bool(ours(daily(i, False, years)[0])) for i in range(count))
        hit = told = 0
        for i in range(count):
            y, at = daily(i, True, years)
            found = ours(y)
            hit += sum(any(abs(f - a) <= 10 for f in found) for a in at)
            told += len(found)
        print(
            f"| {years} years of days | {false} of {count} | {hit} of {3 * count} | {told - hit} |"
        )
    for name, make in {
        "spread doubles": lambda r: r.normal(size=150) * np.repeat([1.0, 2.0], 75),
        "lognormal": lambda r: np.exp(r.normal(size=150)),
    }.items():
        false = sum(bool(ours(make(np.random.default_rng([7, i])))) for i in range(200))
        print(f"| {name} | {false / 200:.1%} | - | - |")
    for n in (53, 55, 60):
        found = [ours(kinks(i, n)) for i in range(count)]
        hit = sum(any(abs(f - a) <= 3 for f in one) for one in found for a in (14, 25, 43))
        print(
            f"| three bends, {n} points | - | {hit} of {3 * count} | {sum(map(len, found)) - hit} |"
        )


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folder", nargs="?", type=Path, default=TCPD)
    ask.add_argument("--each", type=int, default=6)
    ask.add_argument("--nulls", type=int, default=300)
    asked = ask.parse_args()
    readings = read_tcpd(asked.folder) if asked.folder.exists() else []
    tables(readings, asked.each, asked.nulls)
    if readings:
        by_name("series", agreement(ours, readings))
    by_name("family", agreement(ours, list(collection(asked.each, 2026))))
    calibration()
    special()


if __name__ == "__main__":
    main()
