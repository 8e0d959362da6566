"""Turning points of many regions and sectors at once, in as many processes as wanted."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from tanzhe.api.turning import load, turning_points
from tanzhe.errors import InputError
from tanzhe.model import TurningPoints


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

    The panel of a sector is searched once; the answers are the same with any number of processes.

    Args:
        regions: names or codes, as `load` takes them.
        sectors: sectors or products.
        data: source, as `load` takes it.
        processes: how many work side by side, each on a sector.

    Returns:
        One answer for each pair, sectors in turn; a series that is too short or missing is an
        answer too.

    Example:
        >>> answers = turning_points_of_all(["甘肃"], ["工业"])
        >>> [(a.region, a.points[0].date) for a in answers]
        [('甘肃', '2020-02')]
    """
    if processes == 1:
        return [answer for sector in sectors for answer in _answers(regions, data, sector)]
    # Started anew, not copied: a copy of a process with threads may stand still.
    with (
        _one_thread_each(),
        ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool,
    ):
        # A sector a task: its panel is searched once for all its regions.
        asked = [pool.submit(_answers, regions, data, sector) for sector in sectors]
        return [answer for part in asked for answer in part.result()]


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


def _answers(regions: Sequence[str], data: str | Path | None, sector: str) -> list[Answer]:
    return [_answer(region, sector, data) for region in regions]


def _answer(region: str, sector: str, data: str | Path | None) -> Answer:
    try:
        points = turning_points(load(region, sector, data))
    except InputError as error:
        return Answer(region=region, sector=sector, points=None, refused=str(error))
    return Answer(region=region, sector=sector, points=points)
