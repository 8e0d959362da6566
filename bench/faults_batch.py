"""kill -9 in the middle of batches: is anything lost, doubled or different afterwards?

    python bench/faults_batch.py [--kills 100] [--executor serial] [--tables 6]

A run over made-up tables is begun, killed at a random moment, gone on with and killed again, until
it is finished; then its outputs are compared with those of a run that nobody disturbed, byte by
byte, and its journal is searched for tasks that stand in it twice. Then the next run is begun.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from runs.conftest import cities, files_of, table


def begin(folder: Path, out: Path, executor: str) -> int:
    """A process of its own that works on the run; its id."""
    child = os.fork()
    if child:
        return child
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        work(folder, out, executor)
        os._exit(0)
    except BaseException:
        os._exit(1)


def work(folder: Path, out: Path, executor: str) -> None:
    """Begin the run, or go on with it."""
    from tanzhe.api.batches.batch import batch
    from tanzhe.api.batches.tasks import Ask
    from tanzhe.runs.executors import executor_of

    batch(Ask(data=str(folder)), out=out, executor=executor_of(executor, 2))


def doubled(out: Path) -> list[str]:
    """Tasks that stand in the journal more than once."""
    lines = (out / "journal.jsonl").read_text("utf-8").splitlines()
    tasks = [json.loads(line)["task"] for line in lines]
    return sorted({task for task in tasks if tasks.count(task) > 1})


def orphans() -> int:
    """Workers whose parent is gone."""
    done = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True)
    lines = [line.split(None, 1) for line in done.stdout.splitlines()[1:]]
    return sum(line[0] == "1" and "multiprocessing.spawn" in line[1] for line in lines)


def main() -> int:
    """What came of so many kills; exit code 1 when anything was lost, doubled or different."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--kills", type=int, default=100)
    ask.add_argument("--executor", choices=["serial", "processes"], default="serial")
    ask.add_argument("--tables", type=int, default=6)
    given = ask.parse_args()
    chance = random.Random(1)
    killed = finished = 0
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        for i in range(given.tables):
            table(home / "in" / f"{i}.csv", cities(3, seed=100 * i))
        started = time.monotonic()
        work(home / "in", home / "whole", "serial")  # also compiles and imports what children use
        begun = time.monotonic()
        work(home / "in", home / "again", given.executor)
        whole, longest = files_of(home / "whole"), time.monotonic() - begun
        print(f"undisturbed: {begun - started:.1f} s, again {longest:.1f} s, {len(whole)} files")
        while killed < given.kills:
            out = home / f"run{finished}"
            while True:
                child = begin(home / "in", out, given.executor)
                if killed < given.kills:
                    deadline = time.monotonic() + chance.uniform(0, 0.7 * longest)
                    while time.monotonic() < deadline and os.waitpid(child, os.WNOHANG) == (0, 0):
                        time.sleep(0.002)
                    try:
                        os.kill(child, signal.SIGKILL)
                        _, status = os.waitpid(child, 0)
                    except (ProcessLookupError, ChildProcessError):
                        break  # it was quicker
                    killed += os.WIFSIGNALED(status)
                    if not os.WIFSIGNALED(status):
                        break
                else:
                    _, status = os.waitpid(child, 0)
                    if status:
                        bad.append(f"run {finished}: cannot go on")
                    break
            if (out / "manifest.json").exists() and (out / "outputs.jsonl").exists():
                if files_of(out) != whole:
                    bad.append(f"run {finished}: not the same bytes")
                bad += [f"run {finished}: {task} twice" for task in doubled(out)]
            else:
                bad.append(f"run {finished}: not finished")
            finished += 1
        time.sleep(1)
        print(f"{killed} kills -9 in {finished} runs, {len(bad)} bad, {orphans()} orphans")
    for line in bad:
        print(f"  {line}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
