"""False points, power and coverage of `saturate`, plain and robust, on the same made-up panels.

    python bench/robust.py [panels per cell] [--plain 10] [--kinds "31 x 77" "31 x 24"]
        [--first SEED]

Each panel has 31 units of 77 periods (7 years of 11) with own variances and seasons and a common
movement of all units (a random walk of half a typical innovation a period). Half of the panels are
null; in the others each unit has one lasting step of four innovation standard deviations in the
inner 60 %. The same again with 24 yearly periods. "False": share of null units with a step;
"expected": what the result itself states, a panel; "effect": estimate over truth, the winner's
curse.
"""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.panels import Panel, made_up_panel

from tanzhe.turning import Saturation, saturate

SIZE, SHARED = 4.0, 0.5
CELLS: dict[str, dict[str, float]] = {
    "AR(1) 0": {"rho": 0.0},
    "AR(1) .3": {"rho": 0.3},
    "AR(1) .6": {"rho": 0.6},
    "AR(1) .3, t(4)": {"rho": 0.3, "tails": 4.0},
}


@dataclass(frozen=True)
class Made:
    """A panel as `saturate` takes it, and its truth."""

    frame: pd.DataFrame
    panel: Panel
    season: str | None


def monthly(seed: int, size: float, **noise: float) -> Made:
    panel = made_up_panel(seed, size=size, **noise)  # type: ignore[arg-type]
    return Made(framed(panel, panel.logs, seed), panel, "season")


def yearly(seed: int, size: float, **noise: float) -> Made:
    """24 periods without season."""
    panel = made_up_panel(seed, size=size, seasons=1, years=24, **noise)  # type: ignore[arg-type]
    return Made(framed(panel, panel.logs, seed), panel, None)


def framed(panel: Panel, logs: np.ndarray, seed: int) -> pd.DataFrame:
    units, periods = logs.shape
    moves = np.random.default_rng([seed, 1]).normal(size=periods)
    shared = SHARED * np.median(panel.sigma) * np.cumsum(moves)
    rows = [
        (f"unit {i}", t, t % 11, logs[i, t] + shared[t])
        for i in range(units)
        for t in range(periods)
    ]
    return pd.DataFrame(rows, columns=["unit", "time", "season", "y"])


KINDS: dict[str, Callable[..., Made]] = {"31 x 77": monthly, "31 x 24": yearly}


def searched(made: Made, robust: bool) -> Saturation:
    return saturate(
        made.frame, outcome="y", season=made.season, robust=robust, level=0.9 if robust else 0.99
    )


@dataclass(frozen=True)
class Told:
    """Figures of one null panel and one with steps."""

    false: float
    kept: float
    expected: float
    found: list[bool]
    ratios: list[float]
    dates: list[bool]
    effects: list[bool]
    stated: list[tuple[float, bool]]


def one(task: tuple[str, str, int, bool]) -> Told:
    kind, cell, seed, robust = task
    null = searched(KINDS[kind](seed, 0.0, **CELLS[cell]), robust)
    made = KINDS[kind](seed + 10**6, SIZE, **CELLS[cell])
    fit = searched(made, robust)
    found, ratios, dates, effects, stated = [], [], [], [], []
    for i, (at, sign, sigma) in enumerate(
        zip(made.panel.at, made.panel.sign, made.panel.sigma, strict=True)
    ):
        own = fit.breaks[fit.breaks.unit == f"unit {i}"]
        right = own[(np.sign(own.coefficient) == sign) & ((own.time - at).abs() <= 1)]
        found.append(len(right) > 0)
        ratios += (right.coefficient / (sign * SIZE * sigma)).tolist()
        if not robust:
            continue
        for row in own.itertuples():
            inside = np.sign(row.coefficient) == sign and row.first <= at <= row.last
            stated.append((row.confidence, bool(inside)))
            if np.sign(row.coefficient) == sign and abs(row.time - at) <= 3:
                dates.append(bool(inside))
                effects.append(bool(row.low <= sign * SIZE * sigma <= row.high))
    stated += [(c, False) for c in null.breaks.get("confidence", [])]
    return Told(
        false=null.breaks.unit.nunique() / 31,
        kept=float(len(null.breaks)),
        expected=null.expected_false,
        found=found,
        ratios=ratios,
        dates=dates,
        effects=effects,
        stated=stated,
    )


def told(name: str, panels: list[Told]) -> str:
    false = np.array([p.false for p in panels])
    join = lambda field: [x for p in panels for x in getattr(p, field)]  # noqa: E731
    error = false.std(ddof=1) / np.sqrt(len(false)) if len(false) > 1 else np.nan
    stated = np.array(join("stated"), dtype=float)
    coverage = "- | -"
    if join("dates"):
        coverage = f"{np.mean(join('dates')):.3f} | {np.mean(join('effects')):.3f}"
    return (
        f"| {name} | {false.mean():.1%} ± {error:.1%} | {np.mean([p.kept for p in panels]):.2f} | "
        f"{np.mean([p.expected for p in panels]):.2f} | {np.mean(join('found')):.3f} | "
        f"{np.mean(join('ratios')):.2f} | {coverage} | "
        f"{calibration_error(stated) if len(stated) else np.nan:.3f} ({len(stated)}) |"
    )


def calibration_error(stated: np.ndarray) -> float:
    """Expected calibration error over five equally wide bins from .5."""
    which = np.clip(((stated[:, 0] - 0.5) * 10).astype(int), 0, 4)
    gaps = [abs((stated[which == b, 0] - stated[which == b, 1]).sum()) for b in range(5)]
    return float(sum(gaps) / len(stated))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panels", type=int, nargs="?", default=20)
    parser.add_argument("--plain", type=int, default=10, help="panels of the plain search")
    parser.add_argument("--kinds", nargs="*", default=list(KINDS))
    parser.add_argument("--first", type=int, default=3000, help="seed of the first panel")
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    print("| panels, noise, search | false units | false steps | expected | power | effect | "
          "date coverage | effect coverage | calibration error (points) |")  # fmt: skip
    print("|---" * 9 + "|")
    start = time.monotonic()
    with ProcessPoolExecutor(asked.processes) as pool:
        for kind in asked.kinds:
            for cell in CELLS:
                for robust, count in ((False, asked.plain), (True, asked.panels)):
                    tasks = [(kind, cell, asked.first + i, robust) for i in range(count)]
                    name = f"{kind}, {cell}, {'robust' if robust else 'plain'}"
                    if count:
                        print(told(name, list(pool.map(one, tasks))), flush=True)
    print(f"{time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
