"""Turning points of many regions and sectors at once, in as many processes as wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tanzhe.api.turning import load, turning_points
from tanzhe.errors import InputError
from tanzhe.model import TurningPoints
from tanzhe.runs.executors import Processes


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
    # A sector a task: its panel is searched once for all its regions.
    done = dict(Processes(processes).run(partial(_answers, regions, data), sectors))
    return [answer for sector in sectors for answer in done[sector]]


def _answers(regions: Sequence[str], data: str | Path | None, sector: str) -> list[Answer]:
    return [_answer(region, sector, data) for region in regions]


def _answer(region: str, sector: str, data: str | Path | None) -> Answer:
    try:
        points = turning_points(load(region, sector, data))
    except InputError as error:
        return Answer(region=region, sector=sector, points=None, refused=str(error))
    return Answer(region=region, sector=sector, points=points)
