"""Where readings lie: a sorted Parquet file a month, and one manifest that names what holds.

A change writes new files first and then replaces the manifest in one step: a run that is killed
leaves the store as it was, and files that no manifest names are cleared by the next.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, field_validator

from tanzhe.errors import InputError, Words
from tanzhe.extras import require
from tanzhe.meters.clock import month_name
from tanzhe.meters.rows import CHANNELS, WHYS, Rows, empty_rows
from tanzhe.meters.tree import Meter, Tree
from tanzhe.model import Record

MANIFEST = "meters.json"
_COMPRESSION = "zstd"


class Source(Record):
    """A file that was added.

    Attributes:
        id: first digits of the sha256 of its bytes.
        name: of the file.
        form: what it was read as.
        added: when, UTC.
        rows: rows it held.
        stored: rows that count.
        aside: rows that do not count, each kept with why.
        repeated: rows that were there already, equal, from another file.
        late: rows older than what the meter already had.
        first: its first instant, seconds UTC, or None.
        last: its last one.
        remarks: file of the rows worth a word, or "".
        told: what was decided in reading.
    """

    id: str
    name: str
    form: str
    added: str
    rows: int
    stored: int
    aside: int
    repeated: int
    late: int = 0
    first: int | None = None
    last: int | None = None
    remarks: str = ""
    told: tuple[Words, ...] = ()

    @field_validator("told", mode="before")
    @classmethod
    def _of_both(cls, told: Any) -> Any:
        """Earlier versions kept both languages as one text."""
        return [Words(one, one) if isinstance(one, str) else one for one in told]


class Bill(Record):
    """A bill beside a meter: what was charged, from a day to the day before another."""

    meter: str
    firm: str
    start: date
    end: date
    amount: float
    unit: str
    document: str
    where: str


class Correction(Record):
    """What a person decided about a stretch of readings; the readings stay as they are.

    Attributes:
        meter: whose.
        begin: first instant it is about, seconds UTC.
        end: last one.
        kind: what is decided.
        value: of `reading` the register, of `energy` the energy between, of `shift` seconds, of
            `factor` what increments are multiplied by.
        who: the person.
        when: UTC.
        why: the reason.
        document: what proves it, or "".
    """

    meter: str
    begin: int
    end: int
    kind: str
    value: float | None = None
    who: str
    when: str
    why: str
    document: str = ""


class Stated(Record):
    """A figure that a sheet states beside its readings, and where."""

    meter: str
    begin: int | None = None
    end: int | None = None
    amount: float
    where: str


class Manifest(Record):
    """What holds.

    Attributes:
        version: of this form.
        tree: the meters as declared.
        sources: files added, in order.
        months: file of each month's readings.
        settled: of each month, what was derived from it and from which inputs.
        corrections: in order.
        bills: in order.
        stated: figures of sheets, held against the meters.
    """

    version: int = 1
    tree: tuple[Meter, ...] = ()
    sources: tuple[Source, ...] = ()
    months: dict[str, str] = Field(default_factory=dict)
    settled: dict[str, dict[str, str]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    bills: tuple[Bill, ...] = ()
    stated: tuple[Stated, ...] = ()


class Part(NamedTuple):
    """Readings of one month, sorted by meter, channel and time.

    Attributes:
        rows: `meter` counts in the sorted names of `names`.
        source: position in `sources` of the file each came from.
        names: meters.
        sources: ids of files.
    """

    rows: Rows
    source: NDArray[np.int32]
    names: list[str]
    sources: list[str]


class Store:
    """The meters of one park in a folder."""

    def __init__(self, folder: Path) -> None:
        require("pyarrow", extra="meters")
        self.folder = folder
        self.manifest = _read(folder / MANIFEST)

    @property
    def tree(self) -> Tree:
        """The meters as declared."""
        return Tree(self.manifest.tree)

    def path(self, name: str) -> Path:
        """A file that the manifest names."""
        return self.folder / name

    def month_files(self) -> dict[int, str]:
        """File of each month, by its count from January 1970."""
        return {
            12 * (int(name[:4]) - 1970) + int(name[5:]) - 1: file
            for name, file in self.manifest.months.items()
        }

    def part(self, month: int) -> Part:
        """The readings of a month."""
        name = self.manifest.months.get(month_name(month))
        return read_part(self.path(name)) if name else no_part()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone among the processes that would change the store; the newest manifest is read.

        Raises:
            InputError: the folder cannot be written to.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as file:
            _lock(file.fileno())
            self.manifest = _read(self.folder / MANIFEST)
            yield

    def commit(self, manifest: Manifest) -> None:
        """Make a manifest hold, in one step; files that none names go."""
        text = manifest.model_dump_json(exclude_defaults=True, indent=1)
        pending = self.folder / f".{secrets.token_hex(4)}.json"
        with pending.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self.folder / MANIFEST)
        self.manifest = manifest
        self.clear()

    def clear(self) -> None:
        """Remove files that the manifest does not name: what a killed run left."""
        held = {*self.manifest.months.values(), *(s.remarks for s in self.manifest.sources)}
        held |= {file for one in self.manifest.settled.values() for file in one.values()}
        for folder in ("readings", "remarks", "settled"):
            for path in (self.folder / folder).rglob("*.parquet"):
                if path.relative_to(self.folder).as_posix() not in held:
                    path.unlink(missing_ok=True)


def no_part() -> Part:
    """A month without readings."""
    return Part(empty_rows(), np.empty(0, np.int32), [], [])


def _read(path: Path) -> Manifest:
    if not path.exists():
        return Manifest()
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except ValueError as error:
        what = Words("清单损坏", "The manifest is broken")
        do = Words("请从备份恢复此文件", "Restore this file from a backup")
        raise InputError.of(what, do, where=str(path)) from error


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - no such lock on Windows
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def digest(*parts: bytes | str) -> str:
    """First digits of a sha256 that tell inputs apart."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part.encode() if isinstance(part, str) else part)
        found.update(b"\0")
    return found.hexdigest()[:16]


def write_part(store: Store, month: int, part: Part) -> str:
    """Write a month's readings; the name of the file, which follows from its content."""
    import pyarrow as pa

    rows = part.rows
    table = pa.table(
        {
            "meter": pa.DictionaryArray.from_arrays(rows.meter, part.names),
            "channel": pa.array(rows.channel),
            "time": pa.array(rows.time.astype(np.int64)),
            "value": pa.array(rows.value),
            "source": pa.DictionaryArray.from_arrays(part.source, part.sources),
            "line": pa.array(rows.line),
        }
    )
    year, number = month_name(month).split("-")
    return write_table(store, f"readings/year={year}/month={number}", table)


def write_table(store: Store, folder: str, table: Any) -> str:
    """Write a table below the store under a name that follows from its bytes."""
    import pyarrow.parquet as pq

    place = store.path(folder)
    place.mkdir(parents=True, exist_ok=True)
    pending = place / f".{secrets.token_hex(4)}"
    names = table.column_names
    words = [name for name in names if name in ("meter", "source", "firm", "carrier", "text")]
    small = [name for name in ("channel", "why") if name in names]
    numbers = {n: "DELTA_BINARY_PACKED" for n in names if n not in (*words, *small)}
    pq.write_table(
        table, pending, compression=_COMPRESSION, use_dictionary=words,
        column_encoding=numbers, row_group_size=250_000, write_statistics=True,
    )  # fmt: skip
    with pending.open("rb") as file:
        name = hashlib.file_digest(file, "sha256").hexdigest()[:16]
        os.fsync(file.fileno())
    pending.replace(place / f"{name}.parquet")
    return f"{folder}/{name}.parquet"


def read_part(path: Path) -> Part:
    """A month's readings."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, partitioning=None).combine_chunks()
    columns = {name: table.column(name).combine_chunks() for name in table.column_names}
    meter, names = _coded(columns["meter"])
    source, sources = _coded(columns["source"])
    rows = Rows(
        meter,
        columns["channel"].to_numpy(),
        columns["time"].to_numpy().astype(np.uint32),
        columns["value"].to_numpy(),
        np.zeros(len(meter), np.int8),
        columns["line"].to_numpy(),
    )
    return Part(rows, source, names, sources)


def _coded(column: Any) -> tuple[NDArray[np.int32], list[str]]:
    """Codes and sorted words of a column of words."""
    import pyarrow as pa

    array = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    if not isinstance(array, pa.DictionaryArray):
        array = array.dictionary_encode()
    words = np.array(array.dictionary.to_pylist(), dtype=object)
    order = np.argsort(words.astype(str)) if len(words) else np.empty(0, np.int64)
    rank = np.empty(len(words), np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    codes = array.indices.to_numpy(zero_copy_only=False)
    return rank[codes].astype(np.int32), [str(words[at]) for at in order]


def write_remarks(store: Store, names: list[str], rows: Rows, texts: dict[int, str]) -> str:
    """Write the rows of a file that are worth a word."""
    import pyarrow as pa

    table = pa.table(
        {
            "meter": pa.DictionaryArray.from_arrays(rows.meter, names),
            "channel": pa.array(rows.channel),
            "time": pa.array(rows.time.astype(np.int64)),
            "value": pa.array(rows.value),
            "why": pa.array(rows.why),
            "line": pa.array(rows.line),
            "text": pa.array([texts.get(at, "") for at in range(len(rows.time))]),
        }
    )
    return write_table(store, "remarks", table)


class Remark(NamedTuple):
    """A row that does not count or is worth a word, and why."""

    meter: str
    channel: str
    time: int
    value: int
    why: str
    file: str
    line: int
    text: str


def remarks(store: Store) -> Iterator[Remark]:
    """Every such row of every file, in the order in which the files were added."""
    import pyarrow.parquet as pq

    for source in store.manifest.sources:
        if not source.remarks:
            continue
        table = pq.read_table(store.path(source.remarks), partitioning=None)
        for row in table.to_pylist():
            yield Remark(
                row["meter"], CHANNELS[row["channel"]], row["time"], row["value"],
                WHYS[row["why"]], source.name, row["line"], row["text"],
            )  # fmt: skip


def manifest_key(manifest: Manifest) -> str:
    """What everything derived rests on beside the readings: the tree and the corrections."""
    held = [one.model_dump(mode="json") for one in (*manifest.tree, *manifest.corrections)]
    return digest(json.dumps(held, ensure_ascii=False, sort_keys=True))
