"""The folder of a run: its manifest, a journal of what is done, and outputs written whole.

    manifest.json    what was asked and what it rests on; at the end also what came of it
    journal.jsonl    one line for each task that is done, with its outputs and their sha256
    series/, episodes/    Parquet by source=/sector=/region=
    outputs.jsonl    every output with its sha256 and what it rests on, when all is done
    matrix.csv       one row for each series, for people

The folder is the truth: a task is done when its line stands in the journal and its files have the
sha256 of that line. All steps cost as much as there are tasks, whatever was done before.
"""

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tanzhe.disk import alone, put_whole
from tanzhe.errors import Fault, InputError, Words, why_not
from tanzhe.runs.manifest import FILE, Outputs, RunManifest, read_manifest
from tanzhe.runs.rows import TABLES, EpisodeRow, SeriesRow, rows_of, table_bytes

JOURNAL, LIST, MATRIX, LOCK = "journal.jsonl", "outputs.jsonl", "matrix.csv", ".lock"
LONGEST_NAME = 120  # bytes of a name of a source, sector or region in a path
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*%=\u200e\u200f\u2028-\u202e\u2066-\u2069]')


class Output(NamedTuple):
    """A file of a run.

    Attributes:
        path: within the folder.
        sha256: of its bytes.
        rows: how many.
        rests_on: names of the inputs that its rows come from.
    """

    path: str
    sha256: str
    rows: int
    rests_on: tuple[str, ...]


class Part(NamedTuple):
    """The rows that go into one pair of files.

    Attributes:
        source: name for `source=`.
        sector: id for `sector=`.
        region: for `region=`: a region, or a company of many.
        series: rows of series, by region.
        episodes: rows of their episodes.
        rests_on: names of the inputs they come from.
    """

    source: str
    sector: str
    region: str
    series: Sequence[SeriesRow]
    episodes: Sequence[EpisodeRow]
    rests_on: tuple[str, ...]


class Done(NamedTuple):
    """A line of the journal: a task that is done."""

    task: str
    outputs: tuple[Output, ...]
    counts: dict[str, int]
    seconds: float


class RunFolder:
    """A folder of a run that this process may write to; made by `RunFolder.begun`."""

    def __init__(self, path: Path, manifest: RunManifest, done: dict[str, Done]) -> None:
        self.path = path
        self.manifest = manifest
        self.done = done
        self._journal = (path / JOURNAL).open("ab")

    @classmethod
    @contextmanager
    def begun(cls, path: Path, manifest: RunManifest) -> Iterator["RunFolder"]:
        """Begin a run in a folder, or go on with the same one.

        Args:
            path: a new or empty folder, or one with a run that asks the same of the same inputs
                with the same code.
            manifest: what is asked.

        Raises:
            InputError: another run is there, another process works on it, or it cannot be written.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            with alone(path / LOCK) as free:
                if not free:
                    raise _taken(path)
                kept = _kept(path, manifest)
                if kept is None:
                    manifest.write(path / FILE)
                folder = cls(path, kept or manifest, _journalled(path))
                try:
                    yield folder
                finally:
                    folder._journal.close()
        except OSError as error:
            raise _unwritable(path, error) from error

    def keep(self, task: str, parts: Iterable[Part], took: float) -> Done:
        """Write the files of a task, then its line: killed before that, the task is not done."""
        outputs: list[Output] = []
        counts = {"series": 0, "refused": 0, "failed": 0, "episodes": 0}
        for part in parts:
            outputs.extend(self._write(part))
            counts["series"] += len(part.series)
            counts["episodes"] += len(part.episodes)
            for status in ("refused", "failed"):
                counts[status] += sum(row.status == status for row in part.series)
        done = Done(task, tuple(outputs), counts, round(took, 3))
        tree = {**done._asdict(), "outputs": [one._asdict() for one in outputs]}
        line = json.dumps(tree, ensure_ascii=False)
        self._journal.write(line.encode() + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.done[task] = done
        return done

    def _write(self, part: Part) -> Iterator[Output]:
        where = "/".join(
            f"{key}={segment(name)}"
            for key, name in zip(("source", "sector", "region"), part[:3], strict=True)
        )
        for kind in TABLES:
            rows: Sequence[SeriesRow] | Sequence[EpisodeRow] = getattr(part, kind)
            raw = table_bytes(rows, kind)
            path = f"{kind}/{where}/part.parquet"
            put_whole(self.path / path, raw)
            yield Output(path, hashlib.sha256(raw).hexdigest(), len(rows), part.rests_on)

    def finish(self, tasks: Sequence[str], finished: str) -> RunManifest:
        """Write the list of outputs and the matrix, and then the whole manifest.

        Args:
            tasks: all of them, in order.
            finished: UTC, ISO 8601.
        """
        listed = [self.done[task] for task in tasks]
        outputs = (output for one in listed for output in one.outputs)
        lines = [json.dumps(output._asdict(), ensure_ascii=False) for output in outputs]
        text = "".join(f"{line}\n" for line in sorted(lines)).encode()
        put_whole(self.path / LIST, text)
        put_whole(self.path / MATRIX, _matrix(self.path, listed))
        counts = {key: sum(one.counts[key] for one in listed)
                  for key in ("series", "refused", "failed", "episodes")}  # fmt: skip
        gave = Outputs(
            list=LIST, sha256=hashlib.sha256(text).hexdigest(), files=len(lines), **counts
        )
        if self.manifest.outputs == gave:
            return self.manifest  # it was finished already, and still is
        made = self.manifest.made.model_copy(
            update={"finished": finished, "seconds": round(sum(o.seconds for o in listed), 1)}
        )
        self.manifest = self.manifest.model_copy(update={"outputs": gave, "made": made})
        self.manifest.write(self.path / FILE)
        return self.manifest


def segment(name: str) -> str:
    """A name as a part of a path: what no file system allows is written as %XX.

    Example:
        >>> segment("各市.csv"), segment("a/b=c")
        ('各市.csv', 'a%2Fb%3Dc')
    """
    text = _UNSAFE.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), name)
    text = text if text.strip(". ") else f"%{ord(text[0]):02X}{text[1:]}" if text else "%"
    if len(text.encode()) <= LONGEST_NAME:
        return text
    short = text.encode()[: LONGEST_NAME - 17].decode(errors="ignore")
    return f"{short}~{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def read_rows(path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The rows of a finished run, in the order of its list.

    Args:
        path: folder of the run.
        kind: series or episodes.

    Raises:
        InputError: the run is not finished, or a file is gone or altered.
    """
    manifest = read_manifest(path)
    if manifest.outputs is None:
        raise _unfinished(path)
    text = _checked(path, manifest.outputs.list, manifest.outputs.sha256).decode()
    for line in text.splitlines():
        one = json.loads(line)
        if one["path"].startswith(f"{kind}/") and one["rows"]:
            yield from rows_of(_checked(path, one["path"], one["sha256"]), kind)


def _checked(folder: Path, name: str, sha256: str) -> bytes:
    """The bytes of a file of a run, which are as they were written."""
    path = folder / name
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError.of(why_not(error), _AGAIN, where=str(path)) from error
    if hashlib.sha256(raw).hexdigest() != sha256:
        what = Words("文件与清单不符，已被改动", "The file is not as the manifest says: altered")
        raise InputError.of(what, _AGAIN, where=str(path))
    return raw


def _journalled(path: Path) -> dict[str, Done]:
    """The tasks whose files are all there and whole; a torn last line is cut off."""
    file = path / JOURNAL
    if not file.exists():
        return {}
    raw = file.read_bytes()
    whole = raw[: raw.rfind(b"\n") + 1]
    if len(whole) < len(raw):
        os.truncate(file, len(whole))
    found = {}
    for line in whole.decode("utf-8", "replace").splitlines():
        try:
            tree = json.loads(line)
            outputs = tuple(
                Output(**{**one, "rests_on": tuple(one["rests_on"])}) for one in tree["outputs"]
            )
            done = Done(**{**tree, "outputs": outputs})
        except (ValueError, TypeError, KeyError):
            continue  # a line that a disk lost: its task is done again
        if all(_holds(path, output) for output in outputs):
            found[done.task] = done
        else:
            found.pop(done.task, None)
    return found


def _holds(folder: Path, output: Output) -> bool:
    try:
        raw = (folder / output.path).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(raw).hexdigest() == output.sha256


def _kept(path: Path, manifest: RunManifest) -> RunManifest | None:
    """The manifest of the same run that was begun here, or None in a folder without one."""
    if (path / FILE).exists():
        kept = read_manifest(path)
        if kept.id == manifest.id:
            return kept
        raise InputError(_another(path, kept, manifest))
    if any(one.name not in (LOCK,) and not one.name.endswith(".part") for one in path.iterdir()):
        what = Words("文件夹里有别的文件", "There are other files in the folder")
        do = Words("请换一个空的或新的文件夹", "Choose a new or empty folder")
        raise InputError.of(what, do, where=str(path))
    return None


def _another(path: Path, kept: RunManifest, asked: RunManifest) -> Fault:
    """What is different between the run in a folder and what is asked."""
    different = [
        (Words("程序代码", "the code"), kept.engine != asked.engine),
        (Words("输入数据", "the inputs"), _shas(kept) != _shas(asked)),
        (Words("设置", "the settings"), kept.settings != asked.settings),
        (Words("种类", "the kind"), kept.kind != asked.kind),
    ]
    parts = [words for words, differs in different if differs]
    zh, en = "、".join(w.zh for w in parts), ", ".join(w.en for w in parts)
    return Fault(
        Words(f"文件夹里是另一次运行：{zh}不同", f"Another run is here: {en} differ"),
        Words(
            "请换一个文件夹重新计算；要接着算，须用同样的数据、设置和版本",
            "Begin anew in another folder; to go on, use the same data, settings and version",
        ),
        where=str(path),
    )


def _shas(manifest: RunManifest) -> list[tuple[str, str]]:
    return sorted((one.name, one.sha256) for one in manifest.inputs)


def _matrix(folder: Path, done: Sequence[Done]) -> bytes:
    """One line for each series, in the order of the tasks, as a spreadsheet opens it."""
    held = io.StringIO()
    names = [name for name in SeriesRow.model_fields if name != "notes"]
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(names)
    for one in done:
        for output in one.outputs:
            if output.path.startswith("series/"):
                for row in rows_of((folder / output.path).read_bytes(), "series"):
                    writer.writerow(_cell(row[name]) for name in names)
    return "\ufeff".encode() + held.getvalue().encode()


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value:
        return f"'{value}"
    return "" if value is None else value


_AGAIN = Words(
    "请用 tanzhe batch --resume 补算这次运行", "Complete the run with tanzhe batch --resume"
)


def _unfinished(path: Path) -> InputError:
    what = Words("这次运行没有完成", "The run is not finished")
    return InputError.of(what, _AGAIN, where=str(path))


def _taken(path: Path) -> InputError:
    what = Words("另一个进程正在这个文件夹里计算", "Another process works in this folder")
    do = Words("请等它完成，或用 --out 另选文件夹", "Wait for it, or choose another with --out")
    return InputError.of(what, do, where=str(path))


def _unwritable(path: Path, error: OSError) -> InputError:
    why = why_not(error)
    what = Words(f"无法写入：{why.zh}", f"Cannot write: {why.en}")
    do = Words(
        "请腾出空间、检查权限或用 --out 换一个文件夹；已完成的部分不会丢失，用 --resume 接着算",
        "Make room, check permissions, or use --out; what is done is kept: go on with --resume",
    )
    return InputError.of(what, do, where=str(error.filename or path))
