"""The pages over PostgreSQL with 20 readers and 5 reviewers at once, each signed in.

    python bench/team.py [SECONDS] [--readers 20] [--reviewers 5] [--workspace DIR]

A server of PostgreSQL is started from the wheel of the tests; the workspace (filled where it is
not, a minute or two) is copied into it; `tanzhe serve --sign-in` is started on it as a process of
its own. Readers walk from page to page with a second between two; reviewers add documents, accept
events and undo it. What is no answer of a page (an error, a refusal, a lost connection) is counted.
"""

import argparse
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from load import served as postgresql
from serve import EPISODE, fill

from tanzhe.evidence.chronicle import chronicle
from tanzhe.workspace import Workspace, address_of
from tanzhe.workspace.copying import copy
from tanzhe.workspace.reviews import Reviews
from tanzhe.workspace.roles import grant

SERIES = "/series/CN-YN/industry"
WALK = (
    "/", "/?view=table", SERIES, EPISODE, f"{SERIES}?with=CN-GZ,CN-SC", f"{SERIES}.json",
    f"{SERIES}.csv", "/effect/CN-YN/industry", "/documents", "/documents?q=限电", "/review",
    "/search?q=云南 水泥", "/runs", "/tasks", "/sources",
)  # fmt: skip
PAUSE = 1.0  # seconds that a person reads, on average
LETTERS = "云南省电解铝企业限产双控水泥工业园区能耗双减压限电通知停窑错峰负荷干旱来水不足"


class Team:
    """What everybody did: seconds of each page by its kind, and what went wrong."""

    def __init__(self, address: str, until: float) -> None:
        self.address = address
        self.until = until
        self.took: dict[str, list[float]] = {}
        self.wrong: Counter[str] = Counter()
        self._lock = threading.Lock()

    def reader(self, number: int) -> None:
        chance = random.Random(number)
        with self._signed_in(f"reader_{number}") as client:
            while time.monotonic() < self.until:
                path = chance.choice(WALK)
                self._timed("read", path, lambda path=path: _settled(client, path))
                time.sleep(chance.expovariate(1 / PAUSE))

    def reviewer(self, number: int) -> None:
        chance = random.Random(1000 + number)
        with self._signed_in(f"reviewer_{number}") as client:
            while time.monotonic() < self.until:
                act = chance.choice((self._add, self._decide))
                act(client, chance)
                time.sleep(chance.expovariate(1 / PAUSE))

    @contextmanager
    def _signed_in(self, name: str) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.address, timeout=120, follow_redirects=True) as client:
            _sent(client, "/sign-in", "/sign-in", {"name": name, "password": name})
            yield client

    def _add(self, client: httpx.Client, chance: random.Random) -> None:
        text = "".join(chance.choices(LETTERS, k=1500)).encode()
        files = [("files", (f"{chance.random()}.txt", text))]
        self._timed(
            "add", "/documents", lambda: _sent(client, "/documents", "/documents", {}, files)
        )

    def _decide(self, client: httpx.Client, chance: random.Random) -> None:
        def decided() -> httpx.Response:
            state = chance.choice(("open", "accepted"))
            listed = client.get("/review", params={"state": state})
            ids = re.findall(r'href="/review/([\w.-]+)\?state=', listed.text)
            if not ids:
                return listed
            id = chance.choice(ids)
            page = client.get(f"/review/{id}", params={"state": state})
            seen = re.search(r'name="seen" value="(\d+)"', page.text)
            action = "accept" if state == "open" else "undo"
            fields = {"action": action, "seen": seen[1] if seen else "0", "state": state}
            answer = _sent(client, f"/review/{id}", f"/review/{id}", fields)
            # Two who decide about one at once: the second is told, which is right.
            overtaken = answer.status_code == 400 and "刚刚" in answer.text
            return listed if overtaken or "没有可撤销" in answer.text else answer

        self._timed("decide", "/review", decided)

    def _timed(self, what: str, path: str, work) -> None:
        begun = time.perf_counter()
        try:
            answer = work()
            if answer.status_code >= 400:
                with self._lock:
                    self.wrong[f"{what} {path}: {answer.status_code}"] += 1
        except httpx.HTTPError as error:
            with self._lock:
                self.wrong[f"{what} {path}: {type(error).__name__}"] += 1
        with self._lock:
            self.took.setdefault(what, []).append(time.perf_counter() - begun)


def _settled(client: httpx.Client, path: str) -> httpx.Response:
    """The page, once it is worked out."""
    while (answer := client.get(path)).status_code == 202:
        time.sleep(0.3)
    return answer


def _sent(client, page: str, to: str, fields, files=None) -> httpx.Response:
    csrf = re.search(r'name="csrf" content="(\w+)"', client.get(page).text)
    return client.post(to, data={"csrf": csrf[1] if csrf else "", **fields}, files=files)


def prepared(place: str, folder: Path, readers: int, reviewers: int) -> None:
    """The workspace on the server, its users, and events to decide about."""
    with Workspace.open(folder) as held, Workspace.open(place) as team:
        copy(held, team)
        names = [(f"reader_{n}", "reader") for n in range(readers)]
        names += [(f"reviewer_{n}", "reviewer") for n in range(reviewers)]
        for name, role in names:
            team.db.plain(f"CREATE ROLE {name} LOGIN PASSWORD '{name}'")
            grant(team.db, name, role)  # type: ignore[arg-type]
        kept = Reviews(team.db)
        kept.keep([(one.id, one.model_dump_json(), []) for one in chronicle()[:40]])


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("seconds", type=float, nargs="?", default=120.0)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--workspace", type=Path, help="a filled folder, kept for the next run")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing, postgresql() as place:
        folder = given.workspace or Path(passing) / "filled"
        fill(folder)
        os.environ["XDG_DATA_HOME"] = f"{passing}/data"
        prepared(place, folder, given.readers, given.reviewers)
        measured(str(address_of(place)), given)


def measured(place: str, given: argparse.Namespace) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "tanzhe", "serve", "--sign-in", "--port", str(port)]
    server = subprocess.Popen([*command, "--workspace", place], stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                httpx.get(f"{address}/sign-in", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        team = Team(address, time.monotonic() + given.seconds)
        threads = [threading.Thread(target=team.reader, args=(n,)) for n in range(given.readers)]
        threads += [
            threading.Thread(target=team.reviewer, args=(n,)) for n in range(given.reviewers)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        server.send_signal(signal.SIGINT)
        told = server.communicate(timeout=60)[1]
    for what, took in sorted(team.took.items()):
        p95 = sorted(took)[int(0.95 * (len(took) - 1))]
        print(f"{what:8} {len(took):6}  p50 {1000 * statistics.median(took):6.0f} ms  "
              f"p95 {1000 * p95:6.0f} ms  max {1000 * max(took):6.0f} ms")  # fmt: skip
    print(f"errors: {sum(team.wrong.values())} {dict(team.wrong)}")
    if "Traceback" in told:
        print(told[-3000:])


if __name__ == "__main__":
    main()
