"""Whether told episodes are right as often as they say: real panels with events put in.

    python bench/episodes.py calibration [ROUNDS [PROCESSES [FILE]]]

Each panel of the built-in output is searched twice and what it probably had taken out. Then in half
of its series an event is put: kind, place, sign and size (1 to 6 innovations) are drawn. Each round
puts new ones. What is told of a series itself, where the nation has no part in it, is right when an
event of its sign was put there: near the interval, as a reader takes it (`near`), or with its
begin within the interval, which is what the probability is of (`inside`). FILE gets every told
episode as a line of JSON.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from episodes import KINDS, PANELS, Injection, column, matches, members, shape_of, without_events

from tanzhe.turning.calendar import Floats
from tanzhe.turning.episodes.engine import Judged, judge
from tanzhe.turning.episodes.find import judged_panel
from tanzhe.turning.episodes.told import Told

BANDS = ((0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01))
SEED = 20261130


class Stated(NamedTuple):
    """One told episode.

    Attributes:
        product: of the panel.
        probability: as told.
        anything: that something of its sign began, lasting or not.
        month: whether a single month is told.
        near: whether an event of its sign was put there or near.
        inside: whether it begins within the interval.
        put: whether any event was put into the series.
        shape: likeliest kind.
    """

    product: str
    probability: float
    anything: float
    month: bool
    near: bool
    inside: bool
    put: bool
    shape: str


@lru_cache(maxsize=8)
def quiet_panel(product: str) -> tuple[Judged, Floats]:
    """A panel as it is, and its logarithms less what it probably had."""
    first = judged_panel(members(product))
    once = without_events(first)
    again = judge(first.panel.names, once, first.panel.calendar)
    return first, without_events(again)


def stated_in(task: tuple[str, int]) -> tuple[list[Stated], int]:
    """What is told of a panel with events put in, and how many series had none."""
    product, number = task
    first, clean = quiet_panel(product)
    draws = np.random.default_rng([SEED, PANELS.index(product), number])
    logs = np.array(clean)
    put: dict[int, Injection] = {}
    for i in draws.permutation(len(logs))[: len(logs) // 2].tolist():
        kind = KINDS[int(draws.integers(len(KINDS)))]
        at = int(draws.integers(logs.shape[1] // 5, 4 * logs.shape[1] // 5))
        event = Injection(kind, at, int(draws.choice([-1, 1])), float(draws.uniform(1, 6)))
        logs[i] += column(event, logs.shape[1], draws) * first.panel.scale[i]
        put[i] = event
    judged = judge(first.panel.names, logs, first.panel.calendar)
    out = [
        Stated(product, told.probability, told.run.anything, told.is_month,
               i in put and matches(told, put[i]), i in put and begins_in(told, put[i]), i in put,
               shape_of(told))
        for i in range(len(logs)) for told in judged.told(i) if told.shared is None
    ]  # fmt: skip
    return out, len(logs) - len(put)


def begins_in(told: Told, event: Injection) -> bool:
    """Whether an event of that sign begins within the interval."""
    return told.run.sign == event.sign and told.run.first <= event.at <= told.run.last


def calibration(rounds: int, processes: int, path: str | None) -> None:
    """Stated probability against the share that is right, by band."""
    tasks = [(product, number) for number in range(rounds) for product in PANELS]
    stated: list[Stated] = []
    quiet = 0
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for found, without in pool.map(stated_in, tasks):
            stated += found
            quiet += without
            if path is not None:
                with Path(path).open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(one._asdict()) + "\n" for one in found)
    for words, rows in (
        ("lasting", [one for one in stated if not one.month]),
        ("single months", [one for one in stated if one.month]),
        ("all", stated),
    ):
        reliability(f"{words}, near", rows, [one.near for one in rows])
        reliability(f"{words}, inside", rows, [one.inside for one in rows])
    false = [one for one in stated if not one.put]
    lasting = sum(not one.month for one in false)
    print(f"{quiet} series without an event: {lasting} lasting, {len(false) - lasting} single told")


def reliability(words: str, rows: list[Stated], rights: list[bool]) -> None:
    """One line: calibration error, and stated -> right (number) by band."""
    p = np.array([one.probability for one in rows])
    right = np.array(rights)
    error, line = 0.0, []
    for low, high in BANDS:
        inside = (p >= low) & (p < high)
        if inside.any():
            error += abs(p[inside].mean() - right[inside].mean()) * inside.mean()
            line.append(f"{p[inside].mean():.2f}->{right[inside].mean():.2f} ({inside.sum()})")
    print(f"{words}: calibration error {error:.3f} on {len(p)}: {', '.join(line)}")
