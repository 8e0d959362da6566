"""A run or a report made again from its manifest, and compared byte by byte."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tanzhe.api.batches.batch import ask_of, batch
from tanzhe.api.batches.plan import plan_of
from tanzhe.api.reports.run import report_again
from tanzhe.disk import put_whole
from tanzhe.errors import Fault, InputError, Words
from tanzhe.kept import code
from tanzhe.model import Progress, silent
from tanzhe.model.run import new_manifest
from tanzhe.runs.executors import Executor
from tanzhe.runs.folder import LIST
from tanzhe.runs.manifest import Input, RunManifest, read_manifest
from tanzhe.workspace import Retired, Workspace


@dataclass(frozen=True, kw_only=True)
class Again:
    """What came of making a run again.

    Attributes:
        same: whether every output has the same bytes.
        outputs: how many were compared.
        different: names of those that differ, are new or are missing.
        versions: what of the code is not as it was; a reason why bytes may differ.
        superseded: documents it rests on that were corrected or taken out since.
    """

    same: bool
    outputs: int
    different: tuple[str, ...]
    versions: tuple[Words, ...]
    superseded: tuple[Words, ...] = ()


def reproduce(
    path: Path,
    *,
    out: Path | None = None,
    data: str | None = None,
    docs: Sequence[Path] = (),
    executor: Executor | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Again:
    """Make a run or a report again and compare its outputs with those of its manifest.

    Args:
        path: of a manifest, or the folder of a run.
        out: where what is made is kept; nothing is kept when left out.
        data: where the tables lie now, when they were moved.
        docs: where the documents of a report lie now.
        executor: who works through a run.
        workspace: where downloads and additions are.
        progress: told how far it is.

    Raises:
        InputError: no finished manifest, or the inputs are not those of the manifest.
    """
    manifest = read_manifest(path)
    if manifest.outputs is None:
        what = Words("这次运行没有完成", "The run is not finished")
        do = Words("请先用 tanzhe batch --resume 算完", "Finish it: tanzhe batch --resume")
        raise InputError.of(what, do, where=str(path))
    superseded = _superseded(manifest, workspace)
    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(TemporaryDirectory()))
        if manifest.kind == "report":
            try:
                made, inputs = report_again(
                    manifest, data=data, docs=docs, workspace=workspace, progress=progress
                )
            except InputError as error:  # the library takes no corrected document in again
                raise InputError(*_said(superseded), *error.faults) from error
            _refuse_others(manifest, inputs, superseded)
            name = manifest.outputs.list
            if out is not None:
                put_whole(out / name, made)
            differs = hashlib.sha256(made).hexdigest() != manifest.outputs.sha256
            return _again(manifest, 1, (name,) if differs else (), superseded)
        ask = ask_of(manifest, data)
        _refuse_others(manifest, plan_of(ask, workspace).inputs)
        done = batch(ask, out=folder, executor=executor, workspace=workspace, progress=progress)
        assert done.manifest.outputs is not None
        if done.manifest.outputs.sha256 == manifest.outputs.sha256:
            return _again(manifest, manifest.outputs.files, ())
        return _again(manifest, manifest.outputs.files, _different(path, folder))


def _superseded(manifest: RunManifest, workspace: Workspace | None) -> tuple[Words, ...]:
    """What a report rests on that the library holds no more: then there is a newer answer."""
    if manifest.kind != "report" or workspace is None:
        return ()
    marks = {mark.sha256: mark for mark in workspace.retired()}
    gone = [(one.name, marks[one.sha256]) for one in manifest.inputs if one.sha256 in marks]
    return tuple(
        Words(
            f"报告所据的“{name}”已于 {mark.at[:10]} 更正或移除{_reason(mark, '（', '）')}，"
            "这份报告已被取代",
            f"“{name}”, on which the report rests, was corrected or removed on "
            f"{mark.at[:10]}{_reason(mark, ' (', ')')}: the report is superseded",
        )
        for name, mark in gone
    )


def _said(superseded: Sequence[Words]) -> Iterator[Fault]:
    do = Words("请用 tanzhe report 重新生成", "Make it again with tanzhe report")
    return (Fault(words, do, where="documents") for words in superseded)


def _reason(mark: Retired, before: str, after: str) -> str:
    return f"{before}{mark.words}{after}" if mark.words else ""


def _again(
    manifest: RunManifest,
    outputs: int,
    different: tuple[str, ...],
    superseded: tuple[Words, ...] = (),
) -> Again:
    return Again(
        same=not different,
        outputs=outputs,
        different=different,
        versions=tuple(_versions(manifest)),
        superseded=superseded,
    )


def _different(path: Path, folder: Path) -> tuple[str, ...]:
    """Outputs that are not the same in both; the list itself where only the sha256 is left."""
    home = path if path.is_dir() else path.parent
    there = home / LIST
    if not there.exists():
        return (LIST,)
    before, after = _listed(there), _listed(folder / LIST)
    names = sorted(set(before) | set(after))
    return tuple(name for name in names if before.get(name) != after.get(name)) or (LIST,)


def _listed(path: Path) -> dict[str, str]:
    lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {one["path"]: one["sha256"] for one in lines}


def _versions(manifest: RunManifest) -> list[Words]:
    now = new_manifest((), {})
    pairs = [("tanzhe", manifest.tanzhe, now.tanzhe), ("Python", manifest.python, now.python)]
    pairs += [(n, v, now.libraries.get(n, "")) for n, v in manifest.libraries.items()]
    told = [Words(f"{n}：{was} → {has}", f"{n}: {was} -> {has}") for n, was, has in pairs
            if was != has]  # fmt: skip
    if manifest.engine != code("tanzhe.api.series.turning"):
        told.append(Words("计算代码已不同", "the code behind the numbers has changed"))
    return told


def _refuse_others(
    manifest: RunManifest, inputs: Sequence[Input], superseded: Sequence[Words] = ()
) -> None:
    """Refuse inputs that are not those of the manifest, naming each.

    Raises:
        InputError: what differs.
    """
    wanted = {(one.name, one.sha256) for one in manifest.inputs}
    found = {(one.name, one.sha256) for one in inputs}
    names = sorted({name for name, _ in wanted ^ found})
    if not names:
        return
    zh, en = "、".join(names[:5]), ", ".join(names[:5])
    more = len(names) - 5
    if more > 0:
        zh, en = f"{zh} 等 {len(names)} 项", f"{en} and {more} more"
    what = Words(f"输入与清单不符：{zh}", f"The inputs are not those of the manifest: {en}")
    do = Words(
        "请用 --data、--docs 或 --workspace 指出当时的数据；版本变化见 tanzhe diff",
        "Name the data of that time: --data, --docs, --workspace; tanzhe diff tells what moved",
    )
    raise InputError(*_said(superseded), Fault(what, do, where="inputs"))
