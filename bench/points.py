"""False points, power, coverage and calibration of turning points on made-up panels.

    python bench/points.py [panels per cell] [--first SEED] [--cells own shared yearly]
                           [--noises NOISE ...]

Each cell is a kind of noise; a panel has 31 series of 77 periods (7 years of 11) with unequal
variances: null panels, and panels with one lasting step of four innovation standard deviations in
the inner 60 % of each series. `own`: noise of each series alone; `shared`: the same, all following
one random walk of half a typical innovation a period; `yearly`: 24 periods without season. "False":
series of a null panel with a point, lasting or a single period; "power": a point of the step's sign
begins within one period of it, with its standard error over panels, since those of one panel are
told alike; "right": the step lies in the interval of a point, its sign right.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.panels import Panel, made_up_panel

from tanzhe.turning.calendar import Calendar
from tanzhe.turning.episodes.engine import judge
from tanzhe.turning.episodes.told import Told

SIZE = 4.0
NOISES: dict[str, dict[str, float]] = {
    "AR(1) 0": {"rho": 0.0},
    "AR(1) .3": {"rho": 0.3},
    "AR(1) .6": {"rho": 0.6},
    "AR(1) .3, t(4)": {"rho": 0.3, "tails": 4.0},
}
CELLS: dict[str, dict[str, float]] = {
    "own": {},
    "shared": {"shared": 0.5},
    "yearly": {"years": 24, "seasons": 1},
}


def told_of(panel: Panel, per_year: int) -> list[list[Told]]:
    n = panel.logs.shape[1]
    season = tuple(t % per_year for t in range(n))
    calendar = Calendar(season=season, holiday=(0.0,) * n, per_year=per_year)
    names = [f"R{i:02d}" for i in range(len(panel.logs))]
    judged = judge(names, panel.logs, calendar)
    return [judged.told(i) for i in range(len(names))]


def cell(name: str, shape: dict[str, float], panels: int, first: int) -> str:
    per_year = int(shape.get("seasons", 11))
    lasting, single, powers, covered, shown = [], [], [], [], []
    for seed in range(first, first + panels):
        null = told_of(made_up_panel(seed, size=0.0, **shape), per_year)  # type: ignore[arg-type]
        lasting += [any(not one.is_month for one in told) for told in null]
        single += [any(one.is_month for one in told) for told in null]
        shown += [(one.probability, False) for told in null for one in told if not one.is_month]
        panel = made_up_panel(seed, size=SIZE, **shape)  # type: ignore[arg-type]
        found, hits = told_of(panel, per_year), []
        for told, at, sign, sigma in zip(found, panel.at, panel.sign, panel.sigma, strict=True):
            same = [one for one in told if one.run.sign == sign]
            near = [one for one in same if abs(one.run.period - at) <= 1]
            hits.append(bool(near))
            covered += [one.life.depth[0] <= sign * SIZE * sigma <= one.life.depth[2]
                        for one in near]  # fmt: skip
            shown += [
                (one.probability, one in same and one.run.first <= at <= one.run.last)
                for one in told if not one.is_month
            ]  # fmt: skip
        powers.append(np.mean(hits))
    error = np.std(powers, ddof=1) / np.sqrt(panels) if panels > 1 else np.nan
    stated, right = np.mean(np.array(shown, dtype=float), axis=0)
    return (
        f"| {name} | {np.mean(lasting):.1%} / {np.mean(single):.1%} | "
        f"{np.mean(powers):.2f} ± {error:.2f} | {np.mean(covered):.2f} | "
        f"{stated:.2f} | {right:.2f} ({len(shown)}) |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panels", type=int, nargs="?", default=2, help="of each kind per cell")
    parser.add_argument("--first", type=int, default=9000, help="first seed")
    parser.add_argument("--cells", nargs="+", choices=CELLS, default=list(CELLS))
    parser.add_argument("--noises", nargs="+", choices=NOISES, default=list(NOISES))
    asked = parser.parse_args()
    print("| noise | null: false lasting / single | power | effect covered | stated | right |")
    print("|---|---|---|---|---|---|")
    for kind in asked.cells:
        for name in asked.noises:
            shape = {**NOISES[name], **CELLS[kind]}
            print(cell(f"{kind}, {name}", shape, asked.panels, asked.first), flush=True)


if __name__ == "__main__":
    main()
