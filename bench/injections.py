"""Known events put into real provinces: is the stated confidence right, how small may an event be?

    python bench/injections.py [--rounds 10] [--file CARBON_MONITOR_FILE] [--pictures docs/turning]
        [--processes 2]

The noise is real: a panel of provinces as it is published, less the durable points that the search
finds in it (from confidence .5, found and taken out twice). Into every second province, drawn
anew each round, goes one event: a step, a pulse of 2 to 8 periods or a bend, up or down, of 1 to 6
innovation standard deviations (a bend: a year), in the inner 60 % of the periods. The panel is then
searched as `turning_points` does, everything learnt anew. A point is right when an edge put in, of
its sign, lies in its interval; whatever else is found counts as wrong, though it may be real.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from calibration import calibration_error, picture

from tanzhe.api import load
from tanzhe.series import monthly
from tanzhe.turning import is_searchable
from tanzhe.turning.common import change_sizes
from tanzhe.turning.dating import Dated, date_points
from tanzhe.turning.design import Floats
from tanzhe.turning.edges import edges
from tanzhe.turning.joint import joined, learnt_from
from tanzhe.turning.pooling import Values, built_in, explore
from tanzhe.turning.prepare import prepared
from tanzhe.turning.settings import DEFAULT

BUILT_IN = (
    *("industry", "power", "cement", "crude_steel", "rolled_steel", "flat_glass"),
    *("caustic_soda", "sulfuric_acid", "paper", "primary_plastics"),
)
DOWNLOADED = ("industry", "residential")
KINDS = ("step", "pulse", "slope")
SIZES = (1.0, 6.0)
REMOVALS = 2
HALF_A_YEAR = 6
Regions = dict[str, Values]


class Event(NamedTuple):
    """What was put in; `end`: first period after a pulse, else None."""

    kind: str
    at: int
    end: int | None
    sign: int
    size: float

    def edges(self) -> set[tuple[int, int]]:
        """Sign and period of its durable edges."""
        onset = {(self.sign, self.at)}
        return onset if self.end is None else onset | {(-self.sign, self.end)}


class Shown(NamedTuple):
    """A point: `right` when an edge of its sign lies in its interval, `near`: within 6 periods."""

    kind: str
    confidence: float
    right: bool
    near: bool


class Result(NamedTuple):
    """Of one panel: points shown, and events with whether they were found."""

    panel: str
    shown: list[Shown]
    events: list[tuple[Event, bool]]


def shape(kind: str, at: int, end: int | None, values: Values) -> Floats:
    """The path of an event of size one."""
    time = np.arange(len(values.logs))
    if kind == "slope":
        return np.maximum(time - at + 1, 0) / values.calendar.per_year
    return ((time >= at) & (time < (end or len(time)))).astype(float)


def found_in(panel: Regions) -> tuple[dict[str, list[Dated]], float]:
    """Durable points of every region as `turning_points` has them, and the likeliest rho."""
    lessons = learnt_from(panel, DEFAULT)
    prior, chosen = lessons.alone.prior, lessons.alone.settings
    out = {}
    for region, values in panel.items():
        n = len(values.logs)
        candidates = explore(values, built_in(n, chosen), chosen)
        both = joined(region, candidates, edges(candidates, prior), lessons)
        out[region] = [p for p in date_points(both, n, chosen, top=0) if p.kind != "odd"]
    return out, chosen.noises[int(np.argmax(prior.log_weights))].rho


def changed(values: Values, path: Floats) -> Values:
    """The series with a path added, its gaps as they were."""
    logs = values.logs + path
    logs[list(values.missing)] = 0.0
    return replace(values, logs=logs)


@lru_cache(maxsize=8)
def real_noise(source: str, sector: str) -> tuple[Regions, dict[str, float]]:
    """A panel less the points found in it, and the innovation standard deviations."""
    first = monthly(load("CN-HE", sector, source))
    members = [s for s in (first, *first.peers) if s.periods == first.periods and is_searchable(s)]
    panel = {s.region: prepared(s) for s in sorted(members, key=lambda s: s.region)}
    for _ in range(REMOVALS):
        points, rho = found_in(panel)
        for region, dated in points.items():
            values = panel[region]
            for p in dated:
                path = -p.mean * shape(p.kind, p.period, p.until, values)
                panel[region] = changed(panel[region], path)
    table = np.array([v.logs for v in panel.values()])
    for row, values in zip(table, panel.values(), strict=True):
        row[list(values.missing)] = np.nan
    season = np.array(next(iter(panel.values())).calendar.season)
    # The change of AR(1) noise has variance 2 s^2 / (1 + rho).
    sizes = change_sizes(table, season) / np.sqrt(2 / (1 + rho))
    return panel, dict(zip(panel, sizes.tolist(), strict=True))


def events_of(regions: list[str], n: int, rng: np.random.Generator) -> Iterator[tuple[str, Event]]:
    """Something for every second region."""
    for region in rng.permutation(regions)[: len(regions) // 2]:
        kind, at = str(rng.choice(KINDS)), int(rng.integers(int(0.2 * n), int(0.8 * n)))
        end = at + int(rng.integers(2, 9)) if kind == "pulse" else None
        yield str(region), Event(kind, at, end, int(rng.choice([-1, 1])), rng.uniform(*SIZES))


def one_round(task: tuple[str, str, str, int]) -> Result:
    name, source, sector, seed = task
    noise, sizes = real_noise(source, sector)
    n = len(next(iter(noise.values())).logs)
    planted = dict(events_of(list(noise), n, np.random.default_rng(seed)))
    panel = dict(noise)
    for region, e in planted.items():
        path = e.sign * e.size * sizes[region] * shape(e.kind, e.at, e.end, noise[region])
        panel[region] = changed(noise[region], path)
    points, _ = found_in(panel)
    shown, events = [], []
    for region, dated in points.items():
        event = planted.get(region)
        known = event.edges() if event else set()
        for p in dated:
            off = [max(p.first - at, at - p.last) for sign, at in known if sign == p.sign]
            least = min(off, default=n)
            shown.append(Shown(p.kind, p.confidence, least <= 0, least <= HALF_A_YEAR))
        if event:
            near = [p for p in dated if p.sign == event.sign]
            events.append((event, any(p.first - 1 <= event.at <= p.last + 1 for p in near)))
    return Result(name, shown, events)


def potency(events: list[tuple[Event, bool]]) -> dict[str, list[tuple[float, float, int]]]:
    """Of each kind: middle of the size, share found, number of events, in steps of one."""
    out: dict[str, list[tuple[float, float, int]]] = {}
    for kind in KINDS:
        for low in range(int(SIZES[0]), int(SIZES[1])):
            found = [f for e, f in events if e.kind == kind and low <= e.size < low + 1]
            if found:
                out.setdefault(kind, []).append((low + 0.5, float(np.mean(found)), len(found)))
    return out


def curves(curve: dict[str, list[tuple[float, float, int]]], path: Path) -> None:
    """Share found by size as SVG, a line for each kind."""
    x = lambda size: 60 + (size - SIZES[0]) / (SIZES[1] - SIZES[0]) * 340  # noqa: E731
    y = lambda share: 340 - 300 * share  # noqa: E731
    marks = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 400" font-family="sans-serif" '
        'font-size="13"><rect width="480" height="400" fill="white"/>',
        '<text x="230" y="388" text-anchor="middle">size in innovation standard deviations '
        "幅度</text>",
    ]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        marks.append(
            f'<line x1="60" x2="400" y1="{y(share)}" y2="{y(share)}" stroke="#ddd"/>'
            f'<text x="52" y="{y(share) + 4}" text-anchor="end">{share:.2f}</text>'
        )
    for size in range(int(SIZES[0]), int(SIZES[1]) + 1):
        marks.append(f'<text x="{x(size)}" y="362" text-anchor="middle">{size}</text>')
    for (kind, line), colour in zip(curve.items(), ("#2a6f97", "#bc6c25", "#6a994e"), strict=False):
        where = " ".join(f"{x(size):.1f},{y(share):.1f}" for size, share, _ in line)
        marks.append(f'<polyline points="{where}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for size, share, count in line:
            marks.append(
                f'<circle cx="{x(size):.1f}" cy="{y(share):.1f}" r="4" fill="{colour}">'
                f"<title>{count}</title></circle>"
            )
        marks.append(
            f'<text x="{x(line[-1][0]) + 8:.1f}" y="{y(line[-1][1]) + 4:.1f}" fill="{colour}">'
            f"{kind}</text>"
        )
    path.write_text("\n".join([*marks, "</svg>"]), encoding="utf-8")


def row_of(name: str, shown: list[Shown]) -> str:
    if not shown:
        return f"| {name} | 0 | - | - | - | - | - |"
    head = [s.right for s in shown if s.confidence >= 0.8] or [np.nan]
    return (
        f"| {name} | {len(shown)} | {np.mean([s.confidence for s in shown]):.3f} | "
        f"{np.mean([s.right for s in shown]):.3f} | {np.mean([s.near for s in shown]):.3f} | "
        f"{np.mean(head):.3f} ({len(head)}) | {calibration_error(pairs(shown)):.3f} |"
    )


def pairs(shown: list[Shown]) -> list[tuple[float, bool]]:
    return [(s.confidence, s.right) for s in shown]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--file", help="a file of Carbon Monitor, for its panels too")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    start = time.monotonic()
    panels = [(f"output, {sector}", "nbs-output", sector) for sector in BUILT_IN]
    if asked.file:
        panels += [(f"Carbon Monitor, {sector}", asked.file, sector) for sector in DOWNLOADED]
    print("| panel | points shown | stated | right | right within half a year | "
          "right, from .8 | calibration error |")  # fmt: skip
    print("|---|---|---|---|---|---|---|")
    everything: list[Result] = []
    with ProcessPoolExecutor(asked.processes) as pool:
        for panel in panels:
            tasks = [(*panel, asked.first + number) for number in range(asked.rounds)]
            results = list(pool.map(one_round, tasks))
            print(row_of(panel[0], [s for r in results for s in r.shown]), flush=True)
            everything += results
    shown = [s for r in everything for s in r.shown]
    for kind in KINDS:
        print(row_of(f"all, {kind}", [s for s in shown if s.kind == kind]))
    print(row_of("all, steps and pulses", [s for s in shown if s.kind != "slope"]))
    print(row_of("all", shown))
    curve = potency([e for r in everything for e in r.events])
    print("\n| kind | " + " | ".join(f"{i} to {i + 1}" for i in range(1, 6)) + " |")
    print("|---|" + "---|" * 5)
    for kind, line in curve.items():
        print(f"| {kind} | " + " | ".join(f"{share:.2f} ({n})" for _, share, n in line) + " |")
    print(f"\n{time.monotonic() - start:.0f} s")
    if asked.pictures:
        picture(pairs(shown), asked.pictures / "reliability_real.svg")
        curves(curve, asked.pictures / "potency.svg")


if __name__ == "__main__":
    main()
