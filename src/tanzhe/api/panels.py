"""Turning points of many regions and sectors at once, in as many processes as wanted."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tanzhe.api.turning import load, turning_points
from tanzhe.errors import InputError
from tanzhe.model import TurningPoints
from tanzhe.series import monthly
from tanzhe.turning import learn

# Regions in one task: few enough to divide evenly, enough to read the data once for several.
AT_ONCE = 8


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of one region and sector.

    Attributes:
        region: as asked.
        sector: as asked.
        points: turning points, or None when the series was refused.
        refused: why, in Chinese and English; empty when it was not.
    """

    region: str
    sector: str
    points: TurningPoints | None
    refused: str = ""


def turning_points_of_all(
    regions: Sequence[str],
    sectors: Sequence[str],
    data: str | Path | None = None,
    *,
    processes: int = 1,
) -> list[Answer]:
    """Turning points of every region in every sector, in the order asked.

    What the panel of a sector teaches is learnt once, and the answers are the same with any number
    of processes.

    Args:
        regions: names or codes, as `load` takes them.
        sectors: sectors or products.
        data: source, as `load` takes it.
        processes: how many work side by side.

    Returns:
        One answer for each pair, sectors in turn; a series that is too short or missing is an
        answer too.

    Example:
        >>> answers = turning_points_of_all(["甘肃"], ["工业"])
        >>> [(a.region, a.points[0].date) for a in answers]
        [('甘肃', '2021-11')]
    """
    if processes == 1:
        parts = (_answers(regions, data, sector, _Handed()) for sector in sectors)
        return [answer for part in parts for answer in part]
    # Started anew, not copied: a copy of a process with threads may stand still.
    with (
        _one_thread_each(),
        ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
    ):
        return _side_by_side(pool, tuple(regions), tuple(sectors), data)


def _side_by_side(
    pool: Executor, regions: tuple[str, ...], sectors: tuple[str, ...], data: str | Path | None
) -> list[Answer]:
    """First what each sector teaches, then its regions, a few at once, as soon as it is known."""
    groups = [regions[i : i + AT_ONCE] for i in range(0, len(regions), AT_ONCE)]
    learning = {pool.submit(_learnt, regions, data, sector): sector for sector in sectors}
    asked: dict[str, list[Future[list[Answer]]]] = {}
    for known in as_completed(learning):
        sector, shelf = learning[known], known.result()
        asked[sector] = [pool.submit(_answers, some, data, sector, shelf) for some in groups]
    return [answer for sector in sectors for part in asked[sector] for answer in part.result()]


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started meanwhile use one thread for linear algebra: the matrices are small."""
    name = "OPENBLAS_NUM_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


@dataclass(frozen=True)
class _Handed:
    """What panels teach, handed from one process to another."""

    texts: dict[str, str] = field(default_factory=dict)

    def fetch(self, key: str) -> str | None:
        return self.texts.get(key)

    def store(self, key: str, text: str) -> None:
        self.texts[key] = text


def _learnt(regions: Sequence[str], data: str | Path | None, sector: str) -> _Handed:
    """What the panel of a sector teaches: that of the first region that can be searched."""
    shelf = _Handed()
    for region in regions:
        with suppress(InputError):
            learn(monthly(load(region, sector, data)), shelf)
        if shelf.texts:
            break
    return shelf


def _answers(
    regions: Sequence[str], data: str | Path | None, sector: str, shelf: _Handed
) -> list[Answer]:
    return [_answer(region, sector, data, shelf) for region in regions]


def _answer(region: str, sector: str, data: str | Path | None, shelf: _Handed) -> Answer:
    try:
        points = turning_points(load(region, sector, data), shelf=shelf)
    except InputError as error:
        return Answer(region=region, sector=sector, points=None, refused=str(error))
    return Answer(region=region, sector=sector, points=points)
