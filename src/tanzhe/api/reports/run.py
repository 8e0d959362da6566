"""The manifest that lies beside a report, and the same report made again from it."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from pydantic import Field

from tanzhe.api.batches.tables import TABLES, choices_of
from tanzhe.api.batches.tasks import Ask
from tanzhe.api.reports.findings import WINDOW, Inquiry, investigate, report
from tanzhe.api.series.seeds import seeds
from tanzhe.api.series.turning import CARBON_MONITOR, NBS, load
from tanzhe.disk import put_whole
from tanzhe.errors import InputError, Language
from tanzhe.faults import fault_of
from tanzhe.kept import code
from tanzhe.model import Manifest, Progress, Record, silent
from tanzhe.reports import Findings
from tanzhe.runs.manifest import Input, Made, Outputs, RunManifest
from tanzhe.series.sources import EMBER
from tanzhe.tables.choices import Choices
from tanzhe.workspace import Workspace

SUFFIX = ".manifest.json"
_NAMED = (None, NBS, EMBER, CARBON_MONITOR)


class ReportAsk(Record):
    """What a report was asked for: the settings of its manifest.

    Attributes:
        region: as typed.
        sector: as typed.
        data: name of a source, `tables` for a file, None for what is built in.
        since: first month, or None.
        until: last month, or None.
        as_of: last month whose figures and documents are used, or None.
        choices: decisions about a table.
        top: weak signals fill the list up to so many.
        window: months before and after.
        find: online sources that were asked.
        model: whether a language model proposed events.
        offline: whether no socket was to be opened.
        polish: whether a language model smoothed the words.
        register_: register of the report.
        format_: its format.
        language: zh or en.
    """

    region: str
    sector: str
    data: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    choices: dict[str, Any] = Field(default_factory=dict)
    top: int = 0
    window: tuple[int, int] = WINDOW
    find: tuple[str, ...] = ()
    model: bool = False
    offline: bool = False
    polish: bool = False
    register_: str = "plain"
    format_: str = "md"
    language: Language = "zh"


def report_ask(
    region: str,
    sector: str,
    data: str | None,
    choices: Choices,
    inquiry: Inquiry,
    **told: Any,
) -> ReportAsk:
    """The settings of a report.

    Args:
        region: as typed.
        sector: as typed.
        data: as typed.
        choices: decisions about a table.
        inquiry: what was looked for.
        told: since, until, as_of, polish, register_, format_, language.
    """
    decided = {name: value for name, value in asdict(choices).items() if value}
    return ReportAsk(
        region=region, sector=sector, data=data if data in _NAMED else TABLES, choices=decided,
        top=inquiry.top, window=inquiry.window, find=inquiry.find, model=inquiry.model,
        offline=inquiry.offline, **told,
    )  # fmt: skip


def keep_manifest(
    path: Path,
    content: str | bytes,
    ask: ReportAsk,
    findings: Findings,
    *,
    data: str | None,
    docs: Sequence[Path],
) -> Path:
    """Write the manifest of a report beside it.

    Args:
        path: of the report.
        content: the report.
        ask: what was asked.
        findings: what it tells.
        data: the user's table, or the name of a source.
        docs: the user's folders and files of documents.

    Returns:
        Where the manifest lies: the name of the report and `.manifest.json`.
    """
    raw = content.encode() if isinstance(content, str) else content
    about: Manifest = findings.manifest
    manifest = RunManifest(
        kind="report",
        tanzhe=about.tanzhe,
        python=about.python,
        libraries=about.libraries,
        engine=code("tanzhe.api.series.turning"),
        inputs=tuple(Input(name=one.name, sha256=one.sha256) for one in about.inputs),
        vintage=f"{findings.series.source} {findings.series.vintage}",
        settings=ask.model_dump(mode="json"),
        seeds=seeds(),
        outputs=Outputs(list=path.name, sha256=hashlib.sha256(raw).hexdigest(), files=1),
        made=Made(
            begun=about.created,
            finished=about.created,
            data="" if data in _NAMED else str(Path(str(data)).resolve()),
            documents=tuple(str(one.resolve()) for one in docs),
        ),
    )
    target = path.with_name(path.name + SUFFIX)
    put_whole(target, (manifest.model_dump_json(indent=1) + "\n").encode())
    return target


def report_again(
    manifest: RunManifest,
    *,
    data: str | None = None,
    docs: Sequence[Path] = (),
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> tuple[bytes, tuple[Input, ...]]:
    """The report of a manifest, made again as of its time.

    Args:
        manifest: of a report.
        data: where its table lies now, when it was moved.
        docs: where its documents lie now, when they were moved.
        workspace: where downloads, additions and the user's chronicle are.
        progress: told how far it is.

    Returns:
        Its bytes, and what was read for them.

    Raises:
        InputError: it asked somebody outside, whose answers are not ours to repeat.
    """
    ask = ReportAsk.model_validate(manifest.settings)
    if ((ask.find or ask.model) and not ask.offline) or ask.polish:
        raise InputError(
            fault_of("api.run.not_ours", where="settings.find, settings.model, settings.polish")
        )
    where = data or manifest.made.data or (None if ask.data == TABLES else ask.data)
    choices = choices_of(Ask(choices=ask.choices))
    series = load(
        ask.region, ask.sector, where, since=ask.since, until=ask.until, as_of=ask.as_of,
        workspace=workspace, choices=choices,
    )  # fmt: skip
    inquiry = Inquiry(
        top=ask.top, window=ask.window, offline=ask.offline, find=ask.find, model=ask.model,
        docs=tuple(docs) or tuple(Path(one) for one in manifest.made.documents),
    )  # fmt: skip
    found = investigate(
        series, inquiry, workspace=workspace, progress=progress, created=manifest.made.begun
    )
    language = next(one for one in get_args(Language) if one == ask.language)
    told = report(found, register=ask.register_, format=ask.format_, language=language)
    inputs = tuple(Input(name=one.name, sha256=one.sha256) for one in found.manifest.inputs)
    return told.encode() if isinstance(told, str) else told, inputs
