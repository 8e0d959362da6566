"""How often an episode is told where none is, found where one is, and right when it is told.

    python bench/episodes.py null [PANELS]              made-up panels without events, by noise
    python bench/episodes.py stop                       a trend that stops: found, and as what?
    python bench/episodes.py injected [ROUNDS]          events put into real provinces
    python bench/episodes.py calibration [ROUNDS [PROCESSES [FILE]]]
                                                        is it right as often as it says?
    python bench/episodes.py revision FOLDER [PROCESSES [PRODUCT ...]]
                                                        is it still told when more months come in?
    python bench/episodes.py shocks FILE                documented shocks, to judge by only
    python bench/episodes.py told [PRODUCT ...]         how much is told of the built-in data, time
    python bench/episodes.py batch [PROCESSES]          five panels side by side, seconds

Nothing of the program may be tuned to the list of shocks. Its columns: place, product, first, last,
sign.
"""

import csv
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tanzhe.errors import TanzheError
from tanzhe.model import Series
from tanzhe.places import find_place
from tanzhe.series.nbs import nbs_panel
from tanzhe.turning.calendar import Calendar, Floats
from tanzhe.turning.episodes.engine import Judged, judge
from tanzhe.turning.episodes.find import judged_panel
from tanzhe.turning.episodes.prepare import is_searchable
from tanzhe.turning.episodes.records import episodes_of
from tanzhe.turning.episodes.settings import BEND, RAMP, SHAPES, STEP
from tanzhe.turning.episodes.told import Told

PER_YEAR = 11
PANELS = ("industry", "power", "cement", "crude_steel", "nonferrous_metals_10",
          "electricity_consumption")  # fmt: skip
CELLS = ("AR 0", "AR .3", "AR .6", "t(4)", "factor", "winters", "drift")


def calendar(periods: int) -> Calendar:
    """Merged months without a moving holiday."""
    return Calendar(tuple((np.arange(periods) % PER_YEAR).tolist()), (0.0,) * periods, PER_YEAR)


def remembering(draws: np.random.Generator, shape: tuple[int, int], rho: float,
                heavy: bool = False) -> Floats:  # fmt: skip
    """AR(1) noise of unit innovations, normal or t(4)."""
    size = (shape[0], shape[1] + 60)
    moves = draws.standard_t(4, size) / np.sqrt(2) if heavy else draws.standard_normal(size)
    out = np.zeros(size)
    for t in range(1, size[1]):
        out[:, t] = rho * out[:, t - 1] + moves[:, t]
    return out[:, 60:]


def null_panel(draws: np.random.Generator, cell: str, periods: int) -> Floats:
    """31 series of different loudness without an event."""
    rho = {"AR 0": 0.0, "AR .6": 0.6}.get(cell, 0.3)
    noise = remembering(draws, (31, periods), rho, heavy=cell == "t(4)")
    size = np.exp(draws.normal(np.log(0.05), 0.5, 31))
    time = np.arange(periods)
    if cell == "winters":
        noise = noise * np.where(np.isin(time % PER_YEAR, (0, 10)), 2.0, 1.0)
    if cell == "drift":
        noise = noise * (1 + 0.65 * np.sin(2 * np.pi * time / 70 + draws.uniform(0, 6)))
    logs = noise * size[:, None] + draws.normal(0, 0.15, (31, PER_YEAR))[:, time % PER_YEAR]
    if cell == "factor":
        common = remembering(draws, (1, periods), 0.5) * 0.05
        logs = logs + common * draws.uniform(0.5, 1.5, (31, 1))
    return logs


def null(panels: int) -> None:
    """Share of null series of which something is told."""
    print("cell      periods  lasting  single  shared      n")
    for cell in CELLS:
        for periods in (77, 110):
            told = []
            for seed in range(panels):
                draws = np.random.default_rng(seed)
                names = [str(i) for i in range(31)]
                judged = judge(names, null_panel(draws, cell, periods), calendar(periods))
                told += [judged.told(i) for i in range(31)]
            lasting = np.mean([any(not t.is_month and not t.shared for t in one) for one in told])
            single = np.mean([any(t.is_month for t in one) for one in told])
            shared = np.mean([any(t.shared is not None for t in one) for one in told])
            print(f"{cell:9} {periods:6} {lasting:8.3f} {single:7.3f} {shared:7.3f} {len(told):6}",
                  flush=True)  # fmt: skip


def shape_of(told: Told) -> str:
    """Name of the likeliest kind."""
    return SHAPES[int(told.run.shares.argmax())]


def stop() -> None:
    """+5 % a year, then flat, AR(1) .3, 117 merged periods: twelve series a size of noise."""
    for spread in (0.01, 0.02, 0.03):
        found = wrong = others = 0
        for seed in range(12):
            draws = np.random.default_rng(seed)
            at = np.arange(117)
            end = int(draws.integers(45, 75))
            noise = remembering(draws, (1, 117), 0.3)[0] * spread
            logs = np.log(1.05) * np.minimum(at, end) / PER_YEAR + noise
            logs = logs + draws.normal(0, 0.1, PER_YEAR)[at % PER_YEAR]
            told = judge(["x"], logs[None], calendar(117)).told(0)
            bends = [t for t in told if shape_of(t) == SHAPES[BEND] and t.run.sign < 0]
            near = [t for t in bends if abs(t.run.period - end) <= 3]
            found += bool(near)
            wrong += sum(shape_of(t) in (SHAPES[STEP], SHAPES[RAMP]) for t in told)
            others += len(told) - len(near)
        print(f"noise {spread}: within three months in {found} of 12, {wrong} as step or ramp, "
              f"{others} others")  # fmt: skip


class Injection(NamedTuple):
    """What was put into a series."""

    kind: str
    at: int
    sign: int
    size: float


def column(event: Injection, periods: int, draws: np.random.Generator) -> Floats:
    """Its path in innovations."""
    time = np.arange(periods)
    since = time - event.at
    length = int(draws.integers(3, 8))
    paths = {
        "step": (since >= 0) * 1.0,
        "ramp": np.clip((since + 1) / length, 0, 1),
        "fade": np.where(since >= 0, 0.8 ** np.maximum(since, 0), 0),
        "pulse": ((since >= 0) & (since < int(draws.integers(2, 9)))) * 1.0,
        "hump": np.clip(1 - np.abs(since - length // 2) / (length // 2 + 1), 0, 1),
        "bend": np.maximum(since + 1, 0) / (2 * PER_YEAR),
    }
    return np.asarray(event.sign * event.size * paths[event.kind])


KINDS = ("step", "ramp", "fade", "pulse", "hump", "bend")


def members(product: str) -> list[Series]:
    """The provinces of a built-in series that can be searched."""
    panel = nbs_panel(product)
    return [s for region, s in panel.items() if region != "CN" and is_searchable(s)]


def without_events(judged: Judged) -> Floats:
    """The logs of a panel less what was probably there, averaged over all sets."""
    logs = np.array(judged.panel.logs)
    for i in range(len(logs)):
        for share, table in judged.tables(i):
            logs[i] -= share * table.path(np.ones(len(table.set), dtype=bool))
        if judged.nation is not None:
            for loading, course in zip(judged.loadings[i], judged.nation.courses, strict=True):
                logs[i] -= loading.mean * course
    return logs


def injected(rounds: int) -> None:
    """Power at four innovations on raw panels."""
    draws = np.random.default_rng(20261129)
    hits: dict[str, list[bool]] = {kind: [] for kind in KINDS}
    for product in PANELS:
        first = judged_panel(members(product))
        for _ in range(rounds):
            logs = np.array(first.panel.logs)
            put: dict[int, Injection] = {}
            for i in range(0, len(logs), 2):
                kind = KINDS[int(draws.integers(len(KINDS)))]
                at = int(draws.integers(logs.shape[1] // 5, 4 * logs.shape[1] // 5))
                event = Injection(kind, at, int(draws.choice([-1, 1])), 4.0)
                logs[i] += column(event, logs.shape[1], draws) * first.panel.scale[i]
                put[i] = event
            judged = judge(first.panel.names, logs, first.panel.calendar)
            for i, event in put.items():
                hits[event.kind].append(any(matches(t, event) for t in judged.told(i)))
        print(f"{product} done", file=sys.stderr, flush=True)
    for kind, found in hits.items():
        print(f"{kind:6} of four innovations told: {np.mean(found):.2f} of {len(found)}")
    print(f"all: {np.mean([h for found in hits.values() for h in found]):.2f}")


def matches(told: Told, event: Injection) -> bool:
    """Whether an episode of that sign begins where the event was put, or touches its ramp."""
    reach = 2 * PER_YEAR // 2 if event.kind == "bend" else 1
    near = told.run.first - reach <= event.at <= told.run.last + reach
    if event.kind in ("ramp", "hump"):
        near = told.run.first - 3 <= event.at <= told.run.last + 1 or near
        near = near or event.at <= told.run.period <= event.at + 4
    return told.run.sign == event.sign and near


NAMES = {
    "steel": "crude_steel",
    "el. use": "electricity_consumption",
    "thermal power": "power",
    "hydro power": "hydro_power_generation",
    "nonferrous": "nonferrous_metals_10",
}


def shocks(path: str) -> None:
    """Which shocks of a list are told, and how many would be at other dates."""
    with Path(path).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    judged: dict[str, tuple[list[Series], Judged, list[list[Told]]]] = {}
    score: dict[str, list[bool]] = {"all": [], "visible": [], "lasting, visible": []}
    chance: list[bool] = []
    for row in rows:
        product = NAMES.get(row["product"], row["product"])
        region = find_place(row["place"].split(":")[-1]).iso
        names = [product] if product in ("industry", "power") else [product, total_of(product)]
        told: list[Told] = []
        try:
            for name in names:
                if name and name not in judged:
                    series = members(name)
                    found = judged_panel(series)
                    judged[name] = (series, found, [found.told(i) for i in range(len(series))])
                if name:
                    series, _, every = judged[name]
                    place = [s.region for s in series].index(region)
                    told += every[place]
                    if name == names[0]:
                        own = series[place]
        except (TanzheError, ValueError) as error:
            print(f"{row['place']} {row['product']}: not judged ({str(error)[:60]})")
            continue
        sign = -1 if row["sign"].startswith("-") else 1
        window = positions(own, row["first"], row["last"])
        hit = any(touches(t, sign, *window) for t in told)
        score["all"].append(hit)
        if is_visible(own, sign, *window):
            score["visible"].append(hit)
            lasting = [t for t in told if not t.is_month]
            score["lasting, visible"].append(any(touches(t, sign, *window) for t in lasting))
        length = window[1] - window[0]
        for start in range(0, len(own) - length, 5):
            if abs(start - window[0]) > PER_YEAR:
                chance.append(any(touches(t, sign, start, start + length) for t in told))
    for words, found in score.items():
        print(f"{words}: {np.mean(found):.2f} of {len(found)}")
    print(f"the same windows at other dates: {np.mean(chance):.3f} of {len(chance)}")
    count = [len(t) for _, _, every in judged.values() for t in every]
    print(f"told a series: {np.mean(count):.2f}")


def total_of(product: str) -> str | None:
    """The sector a product is in, where it is in one."""
    if product in ("cement", "crude_steel", "nonferrous_metals_10", "flat_glass"):
        return "industry"
    return None


def positions(series: Series, first: str, last: str) -> tuple[int, int]:
    """Where a window lies; a January is the merged February."""
    first, last = (f"{p[:5]}02" if p.endswith("-01") else p for p in (first, last))
    start = next(i for i, p in enumerate(series.periods) if p >= first)
    return start, max(start, max(i for i, p in enumerate(series.periods) if p <= last))


def touches(told: Told, sign: int, first: int, last: int) -> bool:
    """Whether an episode of that sign begins in the window; a ramp counts while it moves."""
    if told.run.sign != sign:
        return False
    end = max(told.run.last, told.life.deepest if shape_of(told) == SHAPES[RAMP] else 0)
    return told.run.first - 1 <= last and end + 1 >= first


def is_visible(series: Series, sign: int, first: int, last: int) -> bool:
    """Whether the window is among the tenth of windows with the largest change on the year."""
    values = np.log(np.where(series.array > 0, series.array, np.nan))
    change = np.full(len(values), np.nan)
    change[PER_YEAR:] = values[PER_YEAR:] - values[:-PER_YEAR]
    length = last - first + 1
    spans = [change[i : i + length] for i in range(len(change) - length + 1)]
    means = np.array([np.nanmean(s) if np.isfinite(s).any() else np.nan for s in spans])
    known = means[np.isfinite(means)] * sign
    return bool(np.isfinite(means[first]) and means[first] * sign >= np.quantile(known, 0.9))


def told(products: list[str]) -> None:
    """What is told of the built-in data."""
    for product in products:
        start = time.process_time()
        series = members(product)
        judged = judged_panel(series)
        every = list(all_told(judged))
        took = time.process_time() - start
        lasting = np.mean([sum(not t.is_month for t in one) for one in every])
        nation = judged.nation.runs if judged.nation else []
        words = [f"{'-+'[run.sign > 0]}{series[0].periods[run.period]} {run.anything:.2f}"
                 for run in nation]  # fmt: skip
        print(f"{product}: {np.mean([len(one) for one in every]):.2f} a series, {lasting:.2f} "
              f"lasting; {took:.1f} s of processor time; nation {', '.join(words)}")  # fmt: skip


def batch(processes: int) -> None:
    """All episodes of five panels of 31 provinces, as records, in some processes."""
    start = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        counts = list(pool.map(_records, PANELS[:5]))
    series, episodes = (sum(column) for column in zip(*counts, strict=True))
    print(f"{series} series, {episodes} episodes, {processes} processes: "
          f"{time.perf_counter() - start:.1f} s")  # fmt: skip


def _records(product: str) -> tuple[int, int]:
    series = members(product)
    judged = judged_panel(series)
    found = [episodes_of(judged, i, one) for i, one in enumerate(series)]
    return len(found), sum(len(one) for one in found)


def all_told(judged: Judged) -> Iterator[list[Told]]:
    """The episodes of every member."""
    for i in range(len(judged.panel.names)):
        yield judged.told(i)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["null", *count]:
            null(int(count[0]) if count else 2)
        case ["stop"]:
            stop()
        case ["injected", *count]:
            injected(int(count[0]) if count else 1)
        case ["calibration", *more]:
            from episode_calibration import calibration

            rounds, processes, path = (*more, *("3", "2", "")[len(more) :])
            calibration(int(rounds), int(processes), path or None)
        case ["revision", folder, *more]:
            from episode_revision import PRODUCTS, revision

            processes, *products = more or ["2"]
            revision(Path(folder), int(processes), products or list(PRODUCTS))
        case ["shocks", path]:
            shocks(path)
        case ["batch", *count]:
            batch(int(count[0]) if count else 2)
        case ["told", *names]:
            from episode_revision import warn_if_stale

            told(names or list(PANELS))
            warn_if_stale()
        case _:
            print(__doc__)
