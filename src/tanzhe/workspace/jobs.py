"""Pieces of work that several workers share: each is taken by one at a time, and done once.

A worker that died holds its piece until its time is up; then another takes it. Who comes back late
finds that his piece is no longer his, so that nothing is counted twice. What is to be done, and
for which run, stands beside the pieces, so that other computers need nothing else. Time is the
server's, whatever the clocks of the workers say.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from sqlalchemy import delete, func, or_, select, text, update

from tanzhe.errors import TanzheError
from tanzhe.model import Record
from tanzhe.workspace.database import Database
from tanzhe.workspace.schema import cache, jobs, runs

WAITING, TAKEN, DONE, FAILED = "waiting", "taken", "done", "failed"
LOST = "lost"  # taken so often by workers that died that nobody takes it again
MOST_ATTEMPTS = 5
HELD = 300.0  # seconds that a piece is a worker's who does not say that he is still at it
_OPEN, _TASK = "open", "task"


class Job(Record):
    """A piece of work that a worker has taken.

    Attributes:
        id: of the piece.
        run: that it belongs to.
        key: what tells it from the others of its run.
        worker: who took it, with a sign of its own for each time it is taken.
        attempts: how often it was taken, this time included.
    """

    id: int
    run: str
    key: str
    worker: str
    attempts: int


class Jobs:
    """The pieces of work of a workspace.

    Args:
        db: of the workspace.

    Long because taking, renewing, finishing and giving up a piece share one table.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def begin(self, run: str, about: str) -> None:
        """Tell others of a run, so that they can help.

        Args:
            run: which; one that is there is begun again.
            about: what they must know of it.
        """
        row = {"id": run, "kind": "batch", "state": _OPEN, "begun": self._now().isoformat(),
               "ended": None, "record": about}  # fmt: skip
        with self._db.transaction():
            self._db.run(self._db.replacing(runs, ["id"]), row)

    def begun(self) -> dict[str, str]:
        """The runs that may need help, oldest first, and what is to be known of each."""
        asked = select(runs.c.id, runs.c.record).where(runs.c.state == _OPEN)
        return {row.id: row.record for row in self._db.all(asked.order_by(runs.c.begun))}

    def end(self, run: str) -> None:
        """Forget the pieces of a run that is finished; that there was one stays."""
        with self._db.transaction():
            self.forget(run)
            change = update(runs).where(runs.c.id == run)
            self._db.run(change.values(state=DONE, ended=self._now().isoformat()))

    def forget(self, run: str, keys: Sequence[str] | None = None) -> None:
        """Forget pieces of a run; all when left out."""
        held = select(jobs.c.key).where(jobs.c.run == run)
        keys = [row.key for row in self._db.all(held)] if keys is None else keys
        names = [_name(run, key) for key in keys]
        with self._db.transaction():
            self._db.run(delete(jobs).where(jobs.c.run == run, jobs.c.key.in_(keys)))
            self._db.run(delete(cache).where(cache.c.kind == _TASK, cache.c.key.in_(names)))

    def add(self, run: str, pieces: Mapping[str, str] | Sequence[str]) -> None:
        """Add pieces to a run; those it has are left as they are.

        Args:
            run: which.
            pieces: keys, or keys with what is to be done.
        """
        told = pieces if isinstance(pieces, Mapping) else dict.fromkeys(pieces, "")
        rows = [
            {"run": run, "key": key, "state": WAITING, "worker": "", "attempts": 0} for key in told
        ]
        with self._db.transaction():
            at = self._now().isoformat()
            tasks = [
                {"kind": _TASK, "key": _name(run, key), "value": words, "added": at}
                for key, words in told.items()
                if words
            ]
            self._db.run(self._db.insert(cache, ignoring=["kind", "key"]), tasks)
            self._db.run(self._db.insert(jobs, ignoring=["run", "key"]), rows)

    def task(self, job: Job) -> str:
        """What is to be done; "" where it was not told, or the run has ended."""
        own = select(cache.c.value).where(
            cache.c.kind == _TASK, cache.c.key == _name(job.run, job.key)
        )
        return str(self._db.value(own) or "")

    def take(self, run: str, worker: str, *, seconds: float = HELD) -> Job | None:
        """Take the next piece of a run.

        Args:
            run: which.
            worker: a name for messages.
            seconds: how long it is the worker's; `kept` makes it longer.

        Returns:
            The piece; None when there is none that waits or was left.
        """
        now = self._now()
        left = (jobs.c.state == TAKEN) & (jobs.c.until < now.isoformat())
        free = (
            select(jobs)
            .where(jobs.c.run == run)
            .where(or_(jobs.c.state == WAITING, left))
            .where(jobs.c.attempts < MOST_ATTEMPTS)
            .order_by(jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._db.transaction():
            row = self._db.first(free)
            if row is None:
                return None
            own = Job(
                id=row.id, run=run, key=row.key, attempts=row.attempts + 1,
                worker=f"{worker} {secrets.token_hex(6)}",
            )  # fmt: skip
            until = (now + timedelta(seconds=seconds)).isoformat()
            taken = {"state": TAKEN, "worker": own.worker, "until": until}
            change = update(jobs).where(jobs.c.id == own.id)
            self._db.run(change.values(attempts=own.attempts, **taken))
        return own

    def done(self, job: Job, result: str) -> bool:
        """Keep the result of a piece; False where another has taken it over since."""
        return self._end(job, DONE, result)

    def failed(self, job: Job, why: str) -> bool:
        """Give a piece up with the reason; it is not taken again."""
        return self._end(job, FAILED, why)

    def give_back(self, job: Job) -> bool:
        """Let another take a piece at once, as if it had not been taken."""
        own = update(jobs).where(jobs.c.id == job.id, jobs.c.worker == job.worker)
        with self._db.transaction():
            free = own.where(jobs.c.state == TAKEN).values(state=WAITING, attempts=job.attempts - 1)
            return bool(self._db.run(free))

    @contextmanager
    def kept(self, job: Job, *, seconds: float = HELD) -> Iterator[None]:
        """Say again and again that a piece is still worked on, so that nobody else takes it."""
        over = Event()

        def say() -> None:
            while not over.wait(seconds / 3):
                until = (self._now() + timedelta(seconds=seconds)).isoformat()
                own = update(jobs).where(jobs.c.id == job.id, jobs.c.worker == job.worker)
                with (
                    suppress(TanzheError),
                    self._db.transaction(),
                ):  # tried again, or told at the end
                    self._db.run(own.where(jobs.c.state == TAKEN).values(until=until))

        saying = Thread(target=say, daemon=True)
        saying.start()
        try:
            yield
        finally:
            over.set()
            saying.join()

    def _now(self) -> datetime:
        if self._db.engine == "sqlite":
            return datetime.now(UTC)
        now: datetime = self._db.value(text("SELECT clock_timestamp()"))
        return now.astimezone(UTC)

    def _end(self, job: Job, state: str, result: str | None) -> bool:
        own = update(jobs).where(jobs.c.id == job.id, jobs.c.worker == job.worker)
        with self._db.transaction():
            changed = own.where(jobs.c.state == TAKEN).values(state=state, result=result)
            return bool(self._db.run(changed))

    def states(self, run: str) -> dict[str, tuple[str, str]]:
        """State of each piece, and its result, or why it failed."""
        left = (jobs.c.state == TAKEN) & (jobs.c.attempts >= MOST_ATTEMPTS)
        lost = left & (jobs.c.until < self._now().isoformat())
        asked = select(jobs.c.key, jobs.c.state, jobs.c.result, lost.label("lost"))
        rows = self._db.all(asked.where(jobs.c.run == run).order_by(jobs.c.id))
        return {row.key: (LOST if row.lost else row.state, row.result or "") for row in rows}

    def results(self, run: str) -> dict[str, str]:
        """Key to result of the pieces that are done."""
        asked = select(jobs.c.key, jobs.c.result).where(jobs.c.run == run, jobs.c.state == DONE)
        return {row.key: row.result for row in self._db.all(asked.order_by(jobs.c.id))}

    def counts(self, run: str) -> dict[str, int]:
        """State to number of pieces."""
        asked = select(jobs.c.state, func.count().label("many")).where(jobs.c.run == run)
        return {row.state: row.many for row in self._db.all(asked.group_by(jobs.c.state))}


def _name(run: str, key: str) -> str:
    return f"{run} {key}"
