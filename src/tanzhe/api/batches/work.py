"""What a worker does with a task of a batch, wherever it works."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from tanzhe.api.batches.tasks import PACKAGED, SourceTask, TableTask, Task
from tanzhe.api.series.episode import episodes
from tanzhe.errors import InputError
from tanzhe.kept import code
from tanzhe.model import Episodes, PeakStatus, Series
from tanzhe.peaks.peak import peak_status
from tanzhe.runs.folder import Part
from tanzhe.runs.rows import EpisodeRow, SeriesRow, episode_rows, refused_row, series_row
from tanzhe.series.calendar import monthly
from tanzhe.series.sources import load_series
from tanzhe.series.table_panels import is_wanted, with_peers
from tanzhe.series.vintages import output_in

# Up to so many regions of a sector have a folder each; more are kept by the company they were
# compared in: a file for each of ten thousand cities would cost more than the search.
MOST_FOLDERS = 40


def engine() -> str:
    """Digest of the code that a task runs."""
    return code("tanzhe.api.series.turning")


class Worked(NamedTuple):
    """What a worker hands back: rows, the code it ran, and how long it took."""

    parts: list[Part]
    engine: str
    seconds: float


def work(task: Task) -> Worked:
    """Search the series of a task; what a worker does, anywhere."""
    begun = perf_counter()
    made = _of_table(task) if isinstance(task, TableTask) else _of_source(task)
    return Worked(list(made), engine(), perf_counter() - begun)


def _of_source(task: SourceTask) -> Iterator[Part]:
    of = output_in(Path(task.output)) if task.output else None
    for region in task.regions:
        names = (task.source, task.sector, region)
        series: Series | None = None
        try:
            series = load_series(
                region, task.sector, task.data, task.since, task.until, of, as_of=task.as_of
            )
        except Exception as error:  # each series on its own: none takes the others with it
            row = refused_row(None, names, error)
            yield Part(*names, [row], [], task.inputs)
            continue
        row, told = _judged(series)
        rests_on = (PACKAGED, row.source_name)
        yield Part(row.source_name, row.sector_name, row.region_name, [row], told, rests_on)


def _of_table(task: TableTask) -> Iterator[Part]:
    company = task.company
    rows: list[SeriesRow] = []
    told: list[EpisodeRow] = []
    for own in company.members:
        if is_wanted(own.region, task.regions):
            row, some = _judged(with_peers(own, company.members, company.unusable))
            rows.append(row.model_copy(update={"source_name": task.source}))
            told.extend(one.model_copy(update={"source_name": task.source}) for one in some)
    for bad in company.unusable:
        if is_wanted(bad.region, task.regions):
            names = (task.source, company.sector, bad.region)
            rows.append(refused_row(None, names, InputError(*bad.faults)))
    rows.sort(key=lambda row: row.region_name)
    if task.many <= MOST_FOLDERS:
        for row in rows:
            own_rows = [one for one in told if one.region_name == row.region_name]
            where = (task.source, company.sector, row.region_name)
            yield Part(*where, [row], own_rows, task.inputs)
        return
    told.sort(key=lambda one: (one.region_name, one.begin, one.id))
    name = f"{company.number:05d}-{company.of:05d}"
    yield Part(task.source, company.sector, name, rows, told, task.inputs)


def _judged(series: Series) -> tuple[SeriesRow, list[EpisodeRow]]:
    """The rows of a series; one that is refused or fails says why."""
    try:
        months = monthly(series)
        found = episodes(months)
        return series_row(found, _peak(found)), episode_rows(found)
    except Exception as error:  # each series on its own: none takes the others with it
        names = (series.source, series.sector, series.region)
        return refused_row(series, names, error), []


def _peak(found: Episodes) -> PeakStatus | None:
    try:
        return peak_status(found.series)
    except InputError:
        return None
