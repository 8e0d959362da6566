"""False points, power, coverage and calibration of `turning_points` on made-up panels.

    python bench/calibration.py [null panels per cell] [--steps panels with steps per cell]
        [--cells own shared yearly misspecified] [--kept FILE] [--pictures docs/turning]
        [--processes 2] [--peer]

Each cell is a kind of noise; a panel has 31 series of 77 periods (7 years of 11) with unequal
variances: null panels, and panels with one lasting step of four innovation standard deviations in
the inner 60 % of each series. `own`: the section's four cells; `shared`: the same, all provinces
following one random walk of half a typical innovation a period; `yearly`: 24 periods without
season; `misspecified`: noise that the search does not assume, cell by cell. Reported are durable
points with confidence from .5, beside them what the search against the own past alone gives.
Calibration counts as many null panels as panels with steps. `--kept` remembers what was found in
each panel, so that a run can be broken off and gone on with.
"""

import argparse
import json
import sys
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.panels import Panel, made_up_panel

from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.design import Calendar
from tanzhe.turning.edges import Edges, edges
from tanzhe.turning.joint import joined, learnt_from
from tanzhe.turning.pooling import Values, built_in, explore
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT

SIZE, SHARED = 4.0, 0.5
NOISE: dict[str, dict[str, float]] = {
    "AR(1) 0": {"rho": 0.0},
    "AR(1) .3": {"rho": 0.3},
    "AR(1) .6": {"rho": 0.6},
    "AR(1) .3, t(4)": {"rho": 0.3, "tails": 4.0},
}
GROUPS: dict[str, dict[str, dict[str, float]]] = {
    "own": NOISE,
    "shared": {f"{k}, shared": {**v, "shared": SHARED} for k, v in NOISE.items()},
    "yearly": {f"{k}, 24 periods": {**v, "seasons": 1, "years": 24} for k, v in NOISE.items()},
    "misspecified": {
        "AR(2) .4 .3": {"rho": 0.4, "rho2": 0.3},
        "AR(1) .3, noise doubles": {"rho": 0.3, "louder": 2.0},
        "AR(1) .3, season changes by half": {"rho": 0.3, "shifting": 0.5},
        "AR(1) .3, t(3)": {"rho": 0.3, "tails": 3.0},
        "AR(1) .97": {"rho": 0.97},
    },
}
CELLS = {name: cell for group in GROUPS.values() for name, cell in group.items()}
Row = tuple[list[Dated], int, int, float]


def values_of(panel: Panel, seasons: int) -> list[Values]:
    if seasons > 1:
        first = panel.series(0)
        return [prepared(first), *(prepared(p) for p in first.peers)]
    n = panel.logs.shape[1]
    calendar = Calendar(season=(0,) * n, holiday=(0.0,) * n, per_year=1)
    return [Values.of(row, calendar) for row in panel.logs]


def analysed(seed: int, cell: str, size: float) -> tuple[list[Row], list[Row]]:
    """Durable points of each series with the truth: as reported, and against the own past alone."""
    panel = made_up_panel(seed, size=size, **CELLS[cell])  # type: ignore[arg-type]
    values = values_of(panel, int(CELLS[cell].get("seasons", 11)))
    lessons = learnt_from({f"R{i:02d}": v for i, v in enumerate(values)}, DEFAULT)
    prior, chosen = lessons.alone.prior, lessons.alone.settings
    n = len(values[0].logs)

    def durable(found: Edges) -> list[Dated]:
        return [p for p in date_points(found, n, chosen, top=0) if p.kind != "odd"]

    together, alone = [], []
    for i, value in enumerate(values):
        truth = int(panel.at[i]), int(panel.sign[i]), float(size * panel.sigma[i])
        candidates = explore(value, built_in(n, chosen), chosen)
        own = edges(candidates, prior)
        alone.append((durable(own), *truth))
        together.append((durable(joined(f"R{i:02d}", candidates, own, lessons)), *truth))
    return together, alone


Task = tuple[str, int, float]


def one_panel(task: Task) -> tuple[list[Row], list[Row]]:
    cell, seed, size = task
    return analysed(seed, cell, size)


class Kept:
    """What was found in each panel, in a file of JSON lines where one is given."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.found = path, dict[Task, tuple[list[Row], list[Row]]]()
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self.found[tuple(entry["task"])] = tuple(  # type: ignore[assignment, index]
                    [([Dated(**p) for p in points], *truth) for points, *truth in rows]
                    for rows in entry["rows"]
                )

    def analysed(self, tasks: list[Task], pool: Executor) -> list[tuple[list[Row], list[Row]]]:
        new = [task for task in tasks if task not in self.found]
        for task, both in zip(new, pool.map(one_panel, new), strict=True):
            self.found[task] = both
            if self.path is not None:
                rows = [[([asdict(p) for p in row[0]], *row[1:]) for row in rows] for rows in both]
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"task": task, "rows": rows}) + "\n")
        return [self.found[task] for task in tasks]


def summary(cell: str, null: list[list], real: list[list]) -> tuple[str, list[tuple[float, bool]]]:
    rates = np.array([np.mean([bool(points) for points, *_ in panel]) for panel in null])
    headline = np.mean(
        [any(p.confidence >= 0.8 for p in points) for panel in null for points, *_ in panel]
    )
    hits, exact, dates, effects, widths, shown = [], [], [], [], [], []
    for points, at, sign, size in (row for panel in real for row in panel):
        right = [p for p in points if p.sign == sign and abs(p.period - at) <= 1]
        hits.append(bool(right))
        exact.extend(p.period == at for p in right)
        for p in points:
            inside = p.sign == sign and p.first <= at <= p.last
            shown.append((p.confidence, inside))
            if p.sign == sign and abs(p.period - at) <= DEFAULT.reach:
                dates.append(inside)
                widths.append(p.last - p.first + 1)
                effects.append(p.low <= sign * size <= p.high)
    half = null[: len(real)]
    shown += [(p.confidence, False) for panel in half for points, *_ in panel for p in points]
    error = rates.std(ddof=1) / np.sqrt(len(rates)) if len(rates) > 1 else float("nan")
    if not shown:
        return f"| {cell} | {rates.mean():.1%} | - | {np.mean(hits):.3f} | - | - | - | - |", []
    row = (
        f"| {cell} | {rates.mean():.1%} ± {error:.1%} | {headline:.1%} | {np.mean(hits):.3f} | "
        f"{np.mean(exact):.2f} | {np.mean(dates):.3f} ({np.mean(widths):.1f}) | "
        f"{np.mean(effects):.3f} | {calibration_error(shown):.3f} ({len(shown)}) |"
    )
    return row, shown


def calibration_error(shown: list[tuple[float, bool]], bins: int = 5) -> float:
    """Expected calibration error over equally wide bins from .5 to 1."""
    if not shown:
        return float("nan")
    confidence, right = np.array(shown, dtype=float).T
    which = np.clip(((confidence - 0.5) * 2 * bins).astype(int), 0, bins - 1)
    return sum(
        (which == b).mean() * abs(confidence[which == b].mean() - right[which == b].mean())
        for b in range(bins)
        if (which == b).any()
    )


def picture(shown: list[tuple[float, bool]], path: Path, bins: int = 5) -> None:
    """The reliability diagram as SVG: stated confidence against the share that was right."""
    confidence, right = np.array(shown, dtype=float).T
    which = np.clip(((confidence - 0.5) * 2 * bins).astype(int), 0, bins - 1)
    x = lambda c: 60 + (c - 0.4) / 0.6 * 340  # noqa: E731
    y = lambda c: 380 - (c - 0.4) / 0.6 * 340  # noqa: E731
    marks = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 440" font-family="sans-serif" '
        'font-size="13"><rect width="440" height="440" fill="white"/>',
        f'<line x1="{x(0.4)}" y1="{y(0.4)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" '
        'stroke-dasharray="4 4"/>',
        '<text x="230" y="428" text-anchor="middle">stated confidence 可信度</text>',
        '<text x="18" y="210" text-anchor="middle" transform="rotate(-90 18 210)">'
        "share that was right 实际比例</text>",
    ]
    for tick in (0.4, 0.6, 0.8, 1.0):
        marks.append(f'<text x="{x(tick)}" y="400" text-anchor="middle">{tick:.1f}</text>')
        marks.append(f'<text x="50" y="{y(tick) + 4}" text-anchor="end">{tick:.1f}</text>')
    for b in range(bins):
        chosen = which == b
        if not chosen.any():
            continue
        c, r, n = confidence[chosen].mean(), right[chosen].mean(), chosen.sum()
        half = 1.96 * np.sqrt(max(r * (1 - r), 0.25 / n) / n)
        top, bottom = y(min(1, r + half)), y(max(0.4, r - half))
        marks.append(f'<line x1="{x(c)}" y1="{top}" x2="{x(c)}" y2="{bottom}" stroke="#2a6f97"/>')
        marks.append(f'<circle cx="{x(c)}" cy="{y(r)}" r="5" fill="#2a6f97"/>')
        marks.append(f'<text x="{x(c) + 9}" y="{y(r) + 16}" fill="#555">{n}</text>')
    path.write_text("\n".join([*marks, "</svg>"]), encoding="utf-8")


def bars(rows: dict[str, list[float]], title: str, top: float, path: Path) -> None:
    """Grouped bars as SVG: for each cell what is reported, and against the own past alone."""
    colours, height = ("#2a6f97", "#bbb"), 28
    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {60 + height * len(rows)}" '
        'font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>',
        f'<text x="10" y="20">{title}</text>',
    ]
    for i, (name, values) in enumerate(rows.items()):
        y = 40 + height * i
        marks.append(f'<text x="240" y="{y + 14}" text-anchor="end">{name}</text>')
        for j, (value, colour) in enumerate(zip(values, colours, strict=False)):
            width = 330 * min(value, top) / top
            marks.append(
                f'<rect x="250" y="{y + 10 * j}" width="{width:.1f}" height="9" fill="{colour}"/>'
                f'<text x="{255 + width:.1f}" y="{y + 9 + 10 * j}" font-size="10">'
                f"{value:.3f}</text>"
            )
    path.write_text("\n".join([*marks, "</svg>"]), encoding="utf-8")


def figures(null: list[list[Row]], real: list[list[Row]]) -> dict[str, float]:
    """Share of null series with a point, power, and coverage of the effects."""
    hits, effects = [], []
    for points, at, sign, size in (row for panel in real for row in panel):
        right = [p for p in points if p.sign == sign and abs(p.period - at) <= 1]
        hits.append(bool(right))
        effects += [p.low <= sign * size <= p.high for p in right]
    return {
        "false": float(np.mean([bool(points) for panel in null for points, *_ in panel])),
        "power": float(np.mean(hits)),
        "coverage": float(np.mean(effects)) if effects else np.nan,
    }


def pelt(cell: str, panels: int) -> str:
    """False points and power of PELT on the panels of a cell."""
    try:
        import ruptures
    except ImportError:
        sys.exit("ruptures is absent: pip install ruptures")

    def breaks(row: np.ndarray, seasons: int) -> list[int]:
        left = row - np.resize(row.reshape(-1, seasons).mean(axis=0), len(row))
        left = (left - left.mean()) / left.std()
        search = ruptures.Pelt(model="l2", min_size=2, jump=1)
        return search.fit(left).predict(pen=2 * np.log(len(row)))[:-1]

    seasons = int(CELLS[cell].get("seasons", 11))
    false, hits = [], []
    for seed in range(1000, 1000 + panels):
        null = made_up_panel(seed, size=0.0, **CELLS[cell])  # type: ignore[arg-type]
        real = made_up_panel(seed + 10**6, size=SIZE, **CELLS[cell])  # type: ignore[arg-type]
        false += [bool(breaks(row, seasons)) for row in null.logs]
        for row, at in zip(real.logs, real.at, strict=True):
            hits.append(any(abs(b - at) <= 1 for b in breaks(row, seasons)))
    return f"| {cell}: PELT | {np.mean(false):.1%} | {np.mean(hits):.3f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panels", type=int, nargs="?", default=10)
    parser.add_argument("--steps", type=int, help="panels with steps; as many as null ones")
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--cells", nargs="*", default=list(GROUPS), choices=list(GROUPS))
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--peer", action="store_true")
    asked = parser.parse_args()
    if asked.peer:
        print("| noise | false | power |\n|---|---|---|")
        for cell in (name for group in asked.cells for name in GROUPS[group]):
            print(pelt(cell, asked.panels), flush=True)
        return
    start, steps = time.monotonic(), asked.panels if asked.steps is None else asked.steps
    kept = Kept(asked.kept)
    print(f"{asked.panels} null panels and {steps} panels with steps per cell, 31 series")
    print("| noise | false, from .5 | false, from .8 | power | exact date | date coverage (width) |"
          " effect coverage | calibration error (points) |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    drawn: dict[str, list[dict[str, float]]] = {}
    with ProcessPoolExecutor(asked.processes) as pool:
        for group in asked.cells:
            everything = []
            for cell in GROUPS[group]:
                nulls = kept.analysed([(cell, 1000 + i, 0.0) for i in range(asked.panels)], pool)
                first = 1000 + 10**6
                reals = kept.analysed([(cell, first + i, SIZE) for i in range(steps)], pool)
                for which, name in ((0, cell), (1, f"{cell}: own past alone")):
                    null = [both[which] for both in nulls]
                    real = [both[which] for both in reals]
                    row, shown = summary(name, null, real)
                    print(row, flush=True)
                    drawn.setdefault(cell, []).append(figures(null, real))
                    everything += shown if which == 0 else []
            print(f"{group}, all cells: calibration error {calibration_error(everything):.3f}, "
                  f"{len(everything)} points shown; {time.monotonic() - start:.0f} s")  # fmt: skip
            if asked.pictures and group != "misspecified":
                picture(everything, asked.pictures / f"reliability_{group}.svg")
    if asked.pictures:
        for what, top in (("false", 0.5), ("power", 1.0), ("coverage", 1.0)):
            rows = {cell: [f[what] for f in both] for cell, both in drawn.items()}
            title = f"{what}: reported (blue), own past alone (grey)"
            bars(rows, title, top, asked.pictures / f"{what}.svg")


if __name__ == "__main__":
    main()
