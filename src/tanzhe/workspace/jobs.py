"""Pieces of work that several workers share: each is taken by one at a time, and done once.

A worker that died holds its piece until its time is up; then another takes it. Who comes back late
finds that his piece is no longer his, so that nothing is counted twice.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select, update

from tanzhe.model import Record
from tanzhe.workspace.database import Database
from tanzhe.workspace.schema import jobs

WAITING, TAKEN, DONE, FAILED = "waiting", "taken", "done", "failed"
MOST_ATTEMPTS = 5


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
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, run: str, keys: Sequence[str]) -> None:
        """Add pieces to a run; those it has are left as they are."""
        rows = [
            {"run": run, "key": key, "state": WAITING, "worker": "", "attempts": 0} for key in keys
        ]
        with self._db.transaction():
            self._db.run(self._db.insert(jobs, ignoring=["run", "key"]), rows)

    def take(self, run: str, worker: str, *, seconds: float = 600.0) -> Job | None:
        """Take the next piece of a run.

        Args:
            run: which.
            worker: a name for messages.
            seconds: how long it is the worker's.

        Returns:
            The piece; None when there is none that waits or was left.
        """
        now = datetime.now(UTC)
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
        """Let another take a piece at once."""
        return self._end(job, WAITING, None)

    def _end(self, job: Job, state: str, result: str | None) -> bool:
        own = update(jobs).where(jobs.c.id == job.id, jobs.c.worker == job.worker)
        with self._db.transaction():
            changed = own.where(jobs.c.state == TAKEN).values(state=state, result=result)
            return bool(self._db.run(changed))

    def results(self, run: str) -> dict[str, str]:
        """Key to result of the pieces that are done."""
        asked = select(jobs.c.key, jobs.c.result).where(jobs.c.run == run, jobs.c.state == DONE)
        return {row.key: row.result for row in self._db.all(asked.order_by(jobs.c.id))}

    def counts(self, run: str) -> dict[str, int]:
        """State to number of pieces."""
        asked = select(jobs.c.state, func.count().label("many")).where(jobs.c.run == run)
        return {row.state: row.many for row in self._db.all(asked.group_by(jobs.c.state))}
