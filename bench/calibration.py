"""False points, power, coverage and calibration of the default on made-up panels.

    python bench/calibration.py [panels per cell] [--picture docs/turning/reliability.svg]

Each cell is a kind of noise; each panel has 31 series of 77 periods (7 years of 11) with unequal
variances, half of the panels null and half with one lasting step of four innovation standard
deviations in the inner 60 %. Reported: durable points with confidence from .5.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from turning.panels import made_up_panel

from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.edges import edges
from tanzhe.turning.lessons import lessons
from tanzhe.turning.pooling import built_in, explore
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT

CELLS = {
    "AR(1) 0": {"rho": 0.0},
    "AR(1) .3": {"rho": 0.3},
    "AR(1) .6": {"rho": 0.6},
    "AR(1) .3, t(4)": {"rho": 0.3, "tails": 4.0},
}
SIZE = 4.0


def analysed(seed: int, cell: str, size: float) -> list[tuple[list[Dated], int, int, float]]:
    """Durable points of each series of a panel, with the true period, sign and size."""
    panel = made_up_panel(seed, size=size, **CELLS[cell])
    first = panel.series(0)
    values = [prepared(first), *(prepared(p) for p in first.peers)]
    n = len(first)
    learnt = lessons(values, DEFAULT)
    prior, chosen = learnt.prior, learnt.settings
    out = []
    for value, at, sign, sigma in zip(values, panel.at, panel.sign, panel.sigma, strict=True):
        found = edges(explore(value, built_in(n, chosen), chosen), prior, chosen)
        points = [p for p in date_points(found, n, chosen, top=0) if p.kind != "odd"]
        out.append((points, int(at), int(sign), float(size * sigma)))
    return out


def one_panel(task: tuple[int, str]) -> tuple[str, list, list]:
    seed, cell = task
    return cell, analysed(seed, cell, 0.0), analysed(seed + 10**6, cell, SIZE)


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
    shown += [(p.confidence, False) for panel in null for points, *_ in panel for p in points]
    error = rates.std(ddof=1) / np.sqrt(len(rates)) if len(rates) > 1 else float("nan")
    row = (
        f"| {cell} | {rates.mean():.1%} ± {error:.1%} | {headline:.1%} | {np.mean(hits):.3f} | "
        f"{np.mean(exact):.2f} | {np.mean(dates):.3f} ({np.mean(widths):.1f}) | "
        f"{np.mean(effects):.3f} | {calibration_error(shown):.3f} ({len(shown)}) |"
    )
    return row, shown


def calibration_error(shown: list[tuple[float, bool]], bins: int = 5) -> float:
    """Expected calibration error over equally wide bins from .5 to 1."""
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("panels", type=int, nargs="?", default=10)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    start = time.monotonic()
    tasks = [(1000 + i, cell) for cell in CELLS for i in range(asked.panels)]
    null: dict[str, list] = {cell: [] for cell in CELLS}
    real: dict[str, list] = {cell: [] for cell in CELLS}
    with ProcessPoolExecutor(2) as pool:
        for cell, without, with_step in pool.map(one_panel, tasks):
            null[cell].append(without)
            real[cell].append(with_step)
    print(f"{asked.panels} null panels and {asked.panels} panels with steps per cell, 31 x 77")
    print("| noise | false, from .5 | false, from .8 | power | exact date | date coverage (width) |"
          " effect coverage | calibration error (points) |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    everything = []
    for cell in CELLS:
        row, shown = summary(cell, null[cell], real[cell])
        everything += shown
        print(row)
    print(f"all cells: calibration error {calibration_error(everything):.3f}, "
          f"{len(everything)} points shown; {time.monotonic() - start:.0f} s")  # fmt: skip
    if asked.picture:
        picture(everything, asked.picture)


if __name__ == "__main__":
    main()
