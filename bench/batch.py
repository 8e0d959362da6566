"""A batch over simulated cities: seconds, memory and bytes at several sizes, by executor.

    python bench/batch.py [--series 500 1000 2000] [--table 320] [--executors serial processes dask]
                          [--workers 2] [--parts] [--searched 8]

Cities are drawn with season, trend, correlated noise and, one in three, a fall; a table holds 320.
Each run is a process of its own, so that its memory is its own. A step that grows faster than the
number of series shows as processor time per series that rises from size to size; `--parts` tells
reading, searching, writing and finishing apart (with the executor `serial`). `--searched 8` reads
and writes every table and searches one in eight, whole (0: none): tables are of one size and drawn
alike, so that ten thousand series and more can be measured at one go, and the search of the others
be told from that of those. Also with the executor `serial` alone.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

MONTHS = [f"{2015 + i // 12}-{i % 12 + 1:02d}" for i in range(120)]
SOURCE = Path(__file__).parents[1] / "src"


def simulated(number: int) -> list[float]:
    """Ten years of a city."""
    draws = np.random.default_rng(number)
    season = 0.2 * np.sin(2 * np.pi * (np.arange(120) + draws.uniform(0, 12)) / 12)
    noise = np.zeros(120)
    for i in range(1, 120):
        noise[i] = 0.3 * noise[i - 1] + draws.normal(0, 0.03)
    trend = draws.normal(0.01, 0.03) * np.arange(120) / 12
    level = np.exp(draws.normal(4, 1) + season + trend + noise)
    if number % 3 == 0:
        at = int(draws.integers(20, 100))
        level[at : at + int(draws.integers(3, 30))] *= draws.uniform(0.5, 0.85)
    return [round(float(value), 3) for value in level]


def write_tables(folder: Path, number: int, a_table: int) -> None:
    """So many cities in tables of a size."""
    folder.mkdir(parents=True)
    for first in range(0, number, a_table):
        cities = range(first, min(first + a_table, number))
        held = {i: simulated(i) for i in cities}
        lines = ["月份,地区,部门,排放量(万吨CO2)"]
        for at, month in enumerate(MONTHS):
            lines += [f"{month},城{i:06d},工业,{held[i][at]}" for i in cities]
        (folder / f"{first // a_table:06d}.csv").write_text("\n".join(lines) + "\n", "utf-8")


def one_run(folder: str, out: str, executor: str, workers: int, parts: bool, searched: int) -> None:
    """A run in this process; its figures as JSON on standard output."""
    from tanzhe.api.batches.batch import batch
    from tanzhe.api.batches.tasks import Ask
    from tanzhe.runs import folder as run_folder
    from tanzhe.runs.executors import executor_of

    spent: dict[str, float] = {}
    if searched != 1:
        search_some(searched)
    if parts:
        from tanzhe.api.batches import batch as module
        from tanzhe.api.batches import tables as batch_tables

        for home, name, called in (
            (batch_tables._Reader, "_read", "reading"),
            (module, "work", "searching"),
            (run_folder.RunFolder, "keep", "writing"),
            (run_folder.RunFolder, "finish", "finishing"),
        ):
            timed(home, name, called, spent)
    begun, used = time.perf_counter(), processor_seconds()
    done = batch(Ask(data=folder), out=Path(out), executor=executor_of(executor, workers))
    took = time.perf_counter() - begun
    mine = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    held = done.manifest.outputs
    assert held is not None
    size = sum(path.stat().st_size for path in Path(out).rglob("*") if path.is_file())
    print(json.dumps({
        "seconds": took, "processor": processor_seconds() - used,
        "memory_mb": mine / 1024, "worker_mb": theirs / 1024,
        "episodes": held.episodes, "refused": held.refused, "files": held.files,
        "bytes": size, "manifest": (Path(out) / "manifest.json").stat().st_size, "spent": spent,
    }))  # fmt: skip


def search_some(one_in: int) -> None:
    """The series of the other tables are refused at once."""
    from tanzhe.api.batches import work as batch_work
    from tanzhe.errors import Fault, InputError, Words
    from tanzhe.model import Series
    from tanzhe.runs.rows import EpisodeRow, SeriesRow, refused_row

    why = InputError(Fault(what=Words("不算", "left away"), do=Words("无", "none")))
    judged = batch_work._judged

    def judged_or_not(series: Series) -> tuple[SeriesRow, list[EpisodeRow]]:
        if one_in and int(Path(series.source).stem) % one_in == 0:
            return judged(series)
        return refused_row(series, (series.source, series.sector, series.region), why), []

    batch_work._judged = judged_or_not


def processor_seconds() -> float:
    """Seconds of processor time of this process and of those it waited for."""
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def timed(home: object, name: str, called: str, spent: dict[str, float]) -> None:
    """Add up the processor seconds of a function."""
    real = getattr(home, name)

    def measured(*args: object, **others: object) -> object:
        begun = time.process_time()
        try:
            return real(*args, **others)
        finally:
            spent[called] = spent.get(called, 0.0) + time.process_time() - begun

    setattr(home, name, measured)


def main() -> None:
    """A line for each size and executor."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--series", type=int, nargs="+", default=[500, 1000, 2000])
    ask.add_argument("--executors", nargs="+", default=["serial", "processes", "dask"])
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--parts", action="store_true")
    ask.add_argument("--table", type=int, default=320)
    ask.add_argument("--searched", type=int, default=1)
    ask.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = ask.parse_args()
    if given.one is not None:
        one_run(*given.one, given.workers, given.parts, given.searched)
        return
    if given.searched != 1 and given.executors != ["serial"]:
        ask.error("--searched goes with --executors serial alone")
    print(
        "series  executor   workers  seconds  cpu ms/series    MB  MB/worker  episodes  files"
        "  KB/series"
    )
    for number in given.series:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "in"
            write_tables(folder, number, given.table)
            for executor in given.executors:
                out = str(Path(place) / executor)
                command = [sys.executable, __file__, "--one", str(folder), out, executor,
                           "--workers", str(given.workers)]  # fmt: skip
                command += ["--parts"] * given.parts + ["--searched", str(given.searched)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                told = json.loads(done.stdout.splitlines()[-1])
                print(
                    f"{number:6}  {executor:9}  {1 if executor == 'serial' else given.workers:7}  "
                    f"{told['seconds']:7.1f}  {1000 * told['processor'] / number:13.1f}  "
                    f"{told['memory_mb']:4.0f}  {told['worker_mb']:9.0f}  {told['episodes']:8}  "
                    f"{told['files']:5}  {told['bytes'] / number / 1000:9.2f}",
                    flush=True,
                )
                for name, seconds in told["spent"].items():
                    print(f"        {name}: {1000 * seconds / number:.2f} ms a series", flush=True)


if __name__ == "__main__":
    main()
