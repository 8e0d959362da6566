"""What a batch is asked for, and what its workers are handed."""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from tanzhe.model import Record
from tanzhe.runs.manifest import Input
from tanzhe.series.table_panels import Company

# The name under which manifests hold what is packaged.
PACKAGED = "tanzhe data"


class Ask(Record):
    """What a batch is asked for.

    Attributes:
        data: `nbs-output`, `ember`, `carbon-monitor`, a table, or a folder of tables; None: what is
            built in, each series from the source that reaches furthest.
        regions: as typed; empty for all.
        sectors: sectors or products as typed; empty for all.
        since: first month, YYYY-MM, or None.
        until: last month, or None.
        as_of: last month whose figures are used, or None.
        choices: decisions about the tables, by name; only those that were made.
    """

    data: str | None = None
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    choices: dict[str, Any] = Field(default_factory=dict)


class SourceTask(Record):
    """One sector of a built-in or downloaded source, which a worker loads itself."""

    kind: Literal["source"] = "source"
    id: str
    inputs: tuple[str, ...]
    weight: float
    source: str
    data: str | None
    sector: str
    regions: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None
    output: str


class TableTask(Record):
    """One company of regions of a user's table, with its figures."""

    kind: Literal["table"] = "table"
    id: str
    inputs: tuple[str, ...]
    weight: float
    source: str
    company: Company
    regions: tuple[str, ...]
    many: int


Task = Annotated[SourceTask | TableTask, Field(discriminator="kind")]


class Plan(NamedTuple):
    """The tasks of a batch and what they rest on.

    Attributes:
        tasks: gives them anew, in the same order; tables are read one after another.
        weight: of all tasks together, for telling how far the work is.
        inputs: what is read, by sha256.
        vintage: of the data.
        settings: what was asked, without the place of the tables.
        where: the place of the tables; "" for what is built in.
    """

    tasks: Callable[[], Iterator[Task]]
    weight: int
    inputs: tuple[Input, ...]
    vintage: str
    settings: dict[str, Any]
    where: str


def settings_of(ask: Ask, data: str | None) -> dict[str, Any]:
    """What was asked, as a manifest keeps it.

    Args:
        ask: the question.
        data: the kind of its data, whatever place they lie in.
    """
    return {**ask.model_dump(mode="json"), "data": data}


def packaged_input() -> Input:
    """Everything official or compiled that is packaged, as one input."""
    return Input(name=PACKAGED, sha256=_packaged_digest())


@lru_cache(maxsize=1)
def _packaged_digest() -> str:
    digest = hashlib.sha256()
    for package in ("tanzhe.data", "tanzhe.rulebook.data"):
        for name, file in _files(files(package), package):
            digest.update(name.encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for one in sorted(folder.iterdir(), key=lambda each: each.name):
        if one.is_dir():
            yield from _files(one, f"{name}/{one.name}")
        elif not one.name.endswith((".pyc", ".py")):
            yield f"{name}/{one.name}", one
