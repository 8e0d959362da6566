"""What a run rested on and what came of it, so that anybody can repeat it."""

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from tanzhe.disk import put_whole
from tanzhe.errors import InputError, Words, why_not
from tanzhe.model import Record

FILE = "manifest.json"
FORM = 1
# What changes the bytes of the outputs; the rest of a manifest only tells of the run.
_ASKED = ("form", "kind", "engine", "inputs", "settings")


class Input(Record):
    """A file or built-in table that a run read.

    Attributes:
        name: as the run calls it.
        sha256: of its bytes.
        size: bytes; None where it is built in.
        vintage: when it was taken or what it calls itself; "" where it says neither.
    """

    name: str
    sha256: str
    size: int | None = None
    vintage: str = ""


class Made(Record):
    """When and with what a run was made: the only part that differs between equal runs.

    Attributes:
        begun: UTC, ISO 8601.
        finished: UTC, or None while it runs or after it was killed.
        seconds: of work, interruptions left out.
        executor: serial, processes or dask.
        workers: how many worked side by side.
        data: where the tables lay; "" for what is built in.
        documents: where the documents of a report lay.
    """

    begun: str
    finished: str | None = None
    seconds: float = 0.0
    executor: str = ""
    workers: int = 1
    data: str = ""
    documents: tuple[str, ...] = ()


class Outputs(Record):
    """What a run gave.

    Attributes:
        list: the file that names each output with its sha256 and what it rests on, or the one
            output itself.
        sha256: of that file.
        files: how many outputs there are.
        series: how many series were asked for.
        refused: how many of them could not be judged; the outputs say why.
        failed: how many ended in a fault of the program.
        episodes: how many episodes are told.
    """

    list: str
    sha256: str
    files: int
    series: int = 0
    refused: int = 0
    failed: int = 0
    episodes: int = 0


class RunManifest(Record):
    """What a run rested on and what came of it.

    Attributes:
        form: of this record.
        kind: batch or report.
        tanzhe: version of this package.
        python: its version.
        libraries: versions of the libraries that touch numbers.
        engine: digest of the code behind the numbers.
        inputs: what was read, by sha256.
        vintage: of the data.
        settings: everything that was asked for, as JSON.
        seeds: seeds of the draws, by what is drawn.
        outputs: what came of it; None until the run is finished.
        made: when and with what.
    """

    form: int = FORM
    kind: Literal["batch", "report"]
    tanzhe: str
    python: str
    libraries: dict[str, str]
    engine: str
    inputs: tuple[Input, ...]
    vintage: str
    settings: dict[str, Any]
    seeds: dict[str, int]
    outputs: Outputs | None = None
    made: Made

    @property
    def id(self) -> str:
        """A name for what was asked of which inputs with which code; paths do not count."""
        tree = self.model_dump(mode="json", include=set(_ASKED))
        tree["inputs"] = sorted((one.name, one.sha256) for one in self.inputs)
        text = json.dumps(tree, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def write(self, path: Path) -> None:
        """Write it whole."""
        put_whole(path, (self.model_dump_json(indent=1) + "\n").encode())


def read_manifest(path: Path) -> RunManifest:
    """A manifest from its file, or from the folder of a run.

    Raises:
        InputError: there is none, or it is no manifest of a run.
    """
    file = path / FILE if path.is_dir() else path
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise _refused(file, why_not(error)) from error
    try:
        return RunManifest.model_validate_json(raw)
    except ValidationError as error:
        what = Words("不是运行清单，或来自别的版本", "No manifest of a run, or of another version")
        raise _refused(file, what) from error


def _refused(file: Path, what: Words) -> InputError:
    do = Words(
        "请给出 tanzhe batch 的运行文件夹，或报告旁的 .manifest.json",
        "Give the folder of a run of tanzhe batch, or the .manifest.json beside a report",
    )
    return InputError.of(what, do, where=str(file))
