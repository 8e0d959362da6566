"""How often a told episode is taken back, moved or changes its band when more months come in.

    python bench/episodes.py revision FOLDER [PROCESSES [PRODUCT ...]]

Each panel of the built-in output is searched as of many months of 2019 to 2024 (the figures of the
present vintage, cut there). What was told at one month is looked up in what is told one, three, six
and eleven periods later: still told where an episode of its sign overlaps it. What a third of the
regions or more are told at once is one case, not one for each. What was told is kept in FOLDER, so
that a run goes on where it stopped; the table goes to src/tanzhe/data/episode_stability.csv.
"""

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tanzhe.model.episode import STABILITY_AGES
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.span import as_known
from tanzhe.turning.episodes.find import judged_panel
from tanzhe.turning.episodes.prepare import is_searchable
from tanzhe.turning.episodes.records import episodes_of

PRODUCTS = ("industry", "cement", "crude_steel", "electricity_consumption")
FIRST = "2019-02"
# Positions in every ten periods, and which distances count as one, three, six and eleven periods.
EVERY, AT = 10, (0, 1, 3, 6)
LATER = {1: (1,), 3: (2, 3), 6: (5, 6, 7), 11: (10, 11, 12)}
# What so large a part of the regions are told at once, and no less than so many, is one case.
MANY, FEWEST_SHARED = 1 / 3, 5
TABLE = Path(__file__).parents[1] / "src/tanzhe/data/episode_stability.csv"
# What was told of one panel when the table was made: another answer, and the table is stale.
WITNESS, KEY = "cement", Path(__file__).parent / "episode_stability.key"


class Once(NamedTuple):
    """One episode as it was told once; periods by number."""

    region: str
    sign: int
    begin: int
    end: int | None
    month: bool
    band: str


def cuts(product: str) -> list[str]:
    """The months as of which a panel is searched."""
    periods = nbs_series("CN-YN", product).periods
    start = periods.index(FIRST)
    return [p for k, p in enumerate(periods[start:]) if k % EVERY in AT]


def told_at(task: tuple[str, str]) -> tuple[str, str, list[Once]]:
    """What is told of a panel as of a month."""
    product, month = task
    if product in ("industry", "power"):
        # Its basket is chosen from what was known.
        first = nbs_series("CN-YN", product, None, month)
        panel = [first, *first.peers]
    else:
        panel = [as_known(one, month) for one in nbs_panel(product).values()]
    series = sorted((one for one in panel if one.region != "CN" and is_searchable(one)),
                    key=lambda one: one.region)  # fmt: skip
    judged = judged_panel(series)
    out = []
    for i, one in enumerate(series):
        at = {period: k for k, period in enumerate(one.periods)}
        for told in episodes_of(judged, i, one).episodes:
            sign = 1 if told.depth_percent > 0 else -1
            end = None if told.end is None else at[told.end]
            out.append(
                Once(one.region, sign, at[told.begin], end, told.shape == "month", told.band)
            )
    return product, month, out


def revision(folder: Path, processes: int, products: list[str]) -> None:
    """Search what is not searched yet, then write the table."""
    folder.mkdir(parents=True, exist_ok=True)
    tasks = [(product, month) for product in products for month in cuts(product)]
    missing = [task for task in tasks if not _kept(folder, *task).exists()]
    missing.sort(key=lambda task: task[1])
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for product, month, found in pool.map(told_at, missing):
            _kept(folder, product, month).write_text(json.dumps(found), encoding="utf-8")
    rows = table([row for product in products for row in compared(folder, product)])
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("lasting", "band", "age", "later", "n", "kept", "moved", "rebanded"))
        writer.writerows(rows)
    KEY.write_text(fingerprint() + "\n", encoding="utf-8")
    for row in rows:
        print(*row, sep="\t")


def fingerprint() -> str:
    """Digits of what is told of one panel: place, begin, sign, kind, rounded probability."""
    panel = nbs_panel(WITNESS).values()
    series = sorted((one for one in panel if is_searchable(one)), key=lambda one: one.region)
    judged = judged_panel(series)
    told = [
        (one.region, each.run.period, each.run.sign, each.is_month, round(each.probability, 1))
        for i, one in enumerate(series) for each in judged.told(i)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def warn_if_stale() -> None:
    """Say so where the search answers otherwise than when the table was made."""
    if fingerprint() != KEY.read_text(encoding="utf-8").strip():
        print(f"{TABLE.name} is of an earlier search: run python bench/episodes.py revision FOLDER",
              file=sys.stderr)  # fmt: skip


def _kept(folder: Path, product: str, month: str) -> Path:
    return folder / f"{product}-{month}.json"


class Fate(NamedTuple):
    """What became of a told episode later."""

    lasting: bool
    band: str
    age: int
    later: int
    kept: bool
    moved: bool
    rebanded: bool


def compared(folder: Path, product: str) -> Iterator[Fate]:
    """Every fresh episode against what is told later."""
    periods = nbs_series("CN-YN", product).periods
    known = {
        periods.index(month): [Once(*one) for one in json.loads(path.read_text(encoding="utf-8"))]
        for month in cuts(product)
        if (path := _kept(folder, product, month)).exists()
    }
    for last, told in known.items():
        for later, steps in LATER.items():
            for step in steps:
                for one in cases(told) if last + step in known else ():
                    age = last - one.begin
                    if age <= STABILITY_AGES[-1]:
                        yield fate(one, age, later, last, known[last + step])


def cases(told: list[Once]) -> list[Once]:
    """What was told once, that of many regions by the first of them only."""
    regions = len({one.region for one in told})
    counts = Counter((one.begin, one.sign) for one in told)
    seen: set[tuple[int, int]] = set()
    out = []
    for one in told:
        key = (one.begin, one.sign)
        if key in seen:
            continue
        if counts[key] >= max(MANY * regions, FEWEST_SHARED):
            seen.add(key)
        out.append(one)
    return out


def fate(one: Once, age: int, later: int, last: int, told: list[Once]) -> Fate:
    """What became of one episode in a later list."""
    until = last + 1 if one.end is None else one.end
    same = [
        other for other in told
        if other.region == one.region and other.sign == one.sign
        and other.begin < until and (other.end is None or other.end > one.begin)
    ]  # fmt: skip
    nearest = min(same, key=lambda other: abs(other.begin - one.begin), default=None)
    return Fate(
        lasting=not one.month,
        band=one.band,
        age=age,
        later=later,
        kept=nearest is not None,
        moved=nearest is not None and abs(nearest.begin - one.begin) > 1,
        rebanded=nearest is not None and nearest.band != one.band,
    )


def table(fates: list[Fate]) -> list[tuple[object, ...]]:
    """By kind, band, age and periods later: number, shares still told, moved, of another band."""
    bounds = zip(STABILITY_AGES, (*STABILITY_AGES[1:], STABILITY_AGES[-1] + 1), strict=True)
    ages = [("all", 0, STABILITY_AGES[-1] + 1), *((str(low), low, high) for low, high in bounds)]
    return [
        (int(lasting), band, age, later, *_shares([
            one for one in fates
            if one.lasting == lasting and one.band == band
            and low <= one.age < high and one.later == later
        ]))
        for lasting in (True, False) for band in ("established", "possible")
        for age, low, high in ages for later in LATER
    ]  # fmt: skip


def _shares(some: list[Fate]) -> tuple[object, ...]:
    kept = [one for one in some if one.kept]
    moved, rebanded = sum(one.moved for one in kept), sum(one.rebanded for one in kept)
    return (len(some), _share(len(kept), len(some)), _share(moved, len(kept)),
            _share(rebanded, len(kept)))  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else ""
