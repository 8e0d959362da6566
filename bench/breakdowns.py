"""A workspace killed, filled up, locked and damaged: what was confirmed must still be there.

    python bench/breakdowns.py [KILLS] [--processes N]

KILLS times each (default 100) a process that adds documents, one that makes the index anew, one
that decides about events and one that imports readings of meters is killed with SIGKILL at a random
moment; what it had confirmed through a pipe is then looked for, and the whole workspace is looked
over. Every ten kills begin anew, so that the time grows with their number. After that: N processes
(10) in one workspace, a disk that is full at every size up to some megabytes, a clock that jumps,
bytes of the index that change, and an original that is gone. Batches: bench/faults_batch.py.
"""

import argparse
import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from tanzhe.errors import TanzheError
from tanzhe.workspace import Workspace, log
from tanzhe.workspace.integrity import faults, index_anew
from tanzhe.workspace.reviews import Reviews

BEGUN = b"begun\n"
ANEW = 10  # kills after which a workspace is begun anew: looking it over costs as much as it holds
FIRST = 500  # documents of a workspace whose index is made anew
DAYS = 4  # of readings in a file
TREE = """meter,firm,carrier,unit,parent,multiplier,digits,decimals,capacity_kW,from,to,supply
A,园区,electricity,kWh,,1,6,2,10000,2024-12-01,,grid
"""
Confirm = Callable[[str], None]


def adding(workspace: Workspace, confirm: Confirm) -> None:
    begin = len(workspace)
    for number in range(begin, begin + 10**6):
        text = f"限电第{number}号" + chr(0x4E00 + number % 20_000) * 300
        confirm(workspace.add(text.encode("gb18030"), text=text, name="a", media_type="text/plain"))


def indexing(workspace: Workspace, confirm: Confirm) -> None:
    while True:
        index_anew(workspace)


def reviewing(workspace: Workspace, confirm: Confirm) -> None:
    own = Reviews(workspace.db)
    own.keep([("e", "{}", [])])
    while True:
        confirm(f"review {own.decide('e', 'accept').id}")


def importing(workspace: Workspace, confirm: Confirm) -> None:
    """Files of readings into the store of a park, which lies in the folder of the workspace."""
    from tanzhe.api.meters.readings import add_readings, open_store

    folder = workspace.folder / "in"
    folder.mkdir(exist_ok=True)
    tree = folder / "tree.csv"
    tree.write_text(TREE, "utf-8")
    store = open_store(workspace.folder / "meters")
    add_readings(store, [tree])
    for number in count(len(store.manifest.sources)):
        add_readings(store, [readings(folder, number)])
        confirm(f"file {number}")


def load_meters(folder: Path) -> None:
    with Workspace.open(folder) as workspace:

        def stop(said: str) -> None:
            raise StopIteration

        with suppress(StopIteration):
            importing(workspace, stop)


def readings(folder: Path, number: int) -> Path:
    """A file of hourly registers that follows those before."""
    begin = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=DAYS * number)
    rows = [
        f"A,{begin + timedelta(hours=hour):%Y-%m-%d %H:%M},{24 * DAYS * number + hour}"
        for hour in range(24 * DAYS)
    ]
    path = folder / f"{number}.csv"
    path.write_text("\n".join(["meter,time,reading", *rows]) + "\n", "utf-8")
    return path


def imported_wrongly(folder: Path, said: list[str]) -> list[str]:
    """Files that were confirmed and are not whole, and readings that are not what was written."""
    from tanzhe.api.meters.readings import open_store

    if not (folder / "meters").exists():
        return []
    sources = open_store(folder / "meters").manifest.sources
    found = [one for one in said if not one.startswith("file")]
    said = [one for one in said if one.startswith("file")]
    found += [f"lost: {one}" for one in said if int(one.split()[1]) >= len(sources)]
    return found + [
        f"not whole: {one.stored} of {24 * DAYS}" for one in sources if one.stored != 24 * DAYS
    ]


def child(folder: Path, work: Callable[[Workspace, Confirm], None]) -> tuple[int, int]:
    """A process that works; its id and where it confirms."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)
    try:
        with Workspace.open(folder) as workspace:
            os.write(writing, BEGUN)
            work(workspace, lambda said: os.write(writing, f"{said}\n".encode()) and None)
    except TanzheError as error:
        os.write(writing, f"said: {error.faults[0].what.zh}\n".encode())
    finally:
        os._exit(0)
    raise AssertionError


def confirmed(reading: int) -> Iterator[str]:
    with os.fdopen(reading) as file:
        # What was cut off by the kill was not confirmed.
        yield from (line for line in file.read().split("\n")[:-1] if line != "begun")


def wrong(folder: Path, said: list[str]) -> list[str]:
    """What was confirmed and is not there, and whatever else is not whole."""
    with Workspace.open(folder) as workspace:
        found = [fault.what.en for fault in faults(workspace)]
        decided = len(Reviews(workspace.db).history())
        for one in said:
            if one.startswith("review"):
                found += [f"lost: {one}"] if int(one.split()[1]) > decided else []
            elif not one.startswith("said") and one not in workspace:
                found.append(f"lost: {one}")
        if workspace.search("限电", 1).total != len(workspace):
            found.append("documents that are not found")
    return found


def kills(place: Path, work: Callable[[Workspace, Confirm], None], times: int) -> list[str]:
    chance, found = random.Random(work.__name__), []
    many = 0
    for number in range(times):
        folder = place / f"{work.__name__}{number // ANEW}"
        if number % ANEW == 0:
            begun(folder, FIRST if work is indexing else 1)
        pid, reading = child(folder, work)
        os.read(reading, len(BEGUN))
        time.sleep(chance.uniform(0.0, 0.4))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        said = list(confirmed(reading))
        many += len(said)
        if work is importing:
            found += imported_wrongly(folder, said)
            said = []
        found += wrong(folder, said)
        if number % ANEW == ANEW - 1:
            shutil.rmtree(folder)
    told(f"{work.__name__}: {times} kills, {many} confirmed, {len(found)} wrong {found[:3]}")
    return found


def begun(folder: Path, documents: int) -> None:
    with Workspace.open(folder) as workspace, workspace.transaction():
        for number in range(documents):
            text = f"限电第{number}号"
            workspace.add(text.encode("gb18030"), text=text, name="a", media_type="text/plain")


def told(line: str) -> None:
    print(line, flush=True)


def together(folder: Path, processes: int) -> list[str]:
    begun = [child(folder, _some) for _ in range(processes)]
    said = [one for pid, reading in begun for one in (*confirmed(reading), *_waited(pid))]
    found = wrong(folder, said) + [one for one in said if one.startswith("said")]
    told(f"{processes} processes at once: {len(said)} confirmed, {len(found)} wrong {found[:3]}")
    return found


def _waited(pid: int) -> tuple[str, ...]:
    os.waitpid(pid, 0)
    return ()


def _some(workspace: Workspace, confirm: Confirm) -> None:
    for number in range(20):
        text = f"限电{os.getpid()}-{number}"
        confirm(workspace.add(text.encode(), text=text, name="a", media_type="text/plain"))


def full(folder: Path) -> list[str]:
    def filling(workspace: Workspace, confirm: Confirm, room: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        largest = max(path.stat().st_size for path in folder.glob("index.sqlite*")) + room
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
        adding(workspace, confirm)

    found, said_so = [], 0
    for room in range(0, 400_000, 40_000):
        pid, reading = child(folder, partial(filling, room=room))
        said = [*confirmed(reading), *_waited(pid)]
        said_so += said[-1:] == ["said: 磁盘已满，没有写入"]
        found += wrong(folder, said)
    told(f"disk full: 10 times, {said_so} said so, {len(found)} wrong {found[:3]}")
    return found + ([] if said_so == 10 else ["a full disk that was not told"])


def jumps(folder: Path) -> list[str]:
    times = iter(["2031-01-01T00:00:00+00:00", "1999-01-01T00:00:00+00:00"] * 50)
    before, log.now = log.now, lambda: next(times)
    try:
        with Workspace.open(folder) as workspace:
            own = Reviews(workspace.db)
            own.keep([("jump", "{}", [])])
            acts = ("accept", "reject", "undo", "reject")
            for act in acts:
                own.decide("jump", act)
            kept = tuple(one.action for one in own.history("jump"))
            found = (
                [] if kept == acts and own.standings()["jump"].state == "rejected" else ["order"]
            )
    finally:
        log.now = before
    told(f"a clock that jumps: {len(found)} wrong")
    return found


def damage(folder: Path) -> list[str]:
    """Every way must end in words, never in a traceback or a wrong answer without a word."""
    raw = (folder / "index.sqlite").read_bytes()
    chance, found, silent = random.Random(1), [], 0
    for _ in range(20):
        with tempfile.TemporaryDirectory() as other:
            changed = bytearray(raw)
            at = chance.randrange(100, len(raw) - 4096)
            changed[at : at + 4096] = chance.randbytes(4096)
            (Path(other) / "index.sqlite").write_bytes(bytes(changed))
            try:
                with Workspace.open(other) as workspace:
                    silent += not list(faults(workspace))
            except TanzheError:
                continue
            except Exception as error:
                found.append(f"{type(error).__name__}: {error}")
    told(f"bytes that change: 20 times, {silent} unnoticed, {len(found)} wrong {found[:3]}")
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("kills", type=int, nargs="?", default=100)
    ask.add_argument("--processes", type=int, default=10)
    given = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "w"
        begun(folder, 1)  # all that children need is loaded
        load_meters(Path(place) / "loaded")
        found = [
            one
            for work in (adding, indexing, reviewing, importing)
            for one in kills(Path(place), work, given.kills)
        ]
        found += together(folder, given.processes) + full(folder) + jumps(folder)
        with Workspace.open(folder) as workspace:
            workspace.add(b" " * 200_000, text="限电", name="large", media_type="text/plain")
            workspace.db.plain("PRAGMA wal_checkpoint(TRUNCATE)")
        next(path for path in (folder / "archive").rglob("*") if path.is_file()).unlink()
        gone = wrong(folder, [])
        told(f"an original that is gone: {gone}")
        found += damage(folder) + ([] if len(gone) == 1 else ["a missing original unnoticed"])
    raise SystemExit(f"{len(found)} wrong" if found else 0)


if __name__ == "__main__":
    main()
