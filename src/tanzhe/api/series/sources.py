"""Sources of series: what there is, fetching, checking."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tanzhe.api.series.turning import CARBON_MONITOR, NBS, download_folder
from tanzhe.connectors import carbon_monitor, stats_gov_cn
from tanzhe.connectors._http import Client
from tanzhe.errors import UnknownName
from tanzhe.faults import fault_of
from tanzhe.series.checks import CheckFinding, check
from tanzhe.series.indicators import said
from tanzhe.series.output import packaged
from tanzhe.series.sources import DataSource, data_sources
from tanzhe.series.table import judged
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.look import Look, look_in
from tanzhe.tables.table import read_table
from tanzhe.workspace import Workspace


def known_sources() -> tuple[DataSource, ...]:
    """The sources that have a name, the built-in one first."""
    return data_sources()


def fetch_data(source: str, workspace: Workspace) -> Path:
    """Download a source into the workspace, by sha256, with its vintage beside it.

    Args:
        source: `carbon-monitor`, or `nbs` for the provincial months of the statistics office (not
            checked live), which `add_output` adds to the built-in series.
        workspace: where to keep it.

    Raises:
        UnknownName: no such source to download.
        SourceError: the source failed or answered with something else.
    """
    known = {CARBON_MONITOR: _carbon_monitor, stats_gov_cn.NAME: _output, NBS: _output}
    if source not in known:
        names = f"{CARBON_MONITOR}, {stats_gov_cn.NAME}"
        raise UnknownName(fault_of("api.sources.fetch_data", source=source, names=names))
    folder = download_folder(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    with Client() as client:
        return known[source](client, folder)


def _carbon_monitor(client: Client, folder: Path) -> Path:
    return carbon_monitor.fetch(client, folder)


def _output(client: Client, folder: Path) -> Path:
    """Months from the January of the last packaged year on: what is new, and what was revised."""
    since = f"{packaged().periods[-1][:4]}-01"
    until = datetime.now(UTC).strftime("%Y-%m")
    return stats_gov_cn.fetch(
        client, folder / stats_gov_cn.NAME, since=since, until=until, wanted=_is_ours
    )


def _is_ours(name: str) -> bool:
    """Whether an indicator is output of one of our products."""
    words = said(name)
    return bool(words.product) and not words.rate


def look_at(path: Path, choices: Choices = DEFAULT) -> Look:
    """How a table of the user's own is read, what must be decided, and what its figures look like.

    Args:
        path: any table.
        choices: what was decided already.

    Raises:
        InputError: there is no table in the file.
    """
    table = read_table(path, choices)
    seen = look_in(table)
    return seen if seen.open else replace(seen, judged=judged(table))


def check_data(
    path: str | Path, previous: str | Path | None = None, choices: Choices = DEFAULT
) -> list[CheckFinding]:
    """What is odd in a file of series: defects, provisional months, revisions.

    Args:
        path: a file in any readable form, or `nbs-output`.
        previous: an earlier vintage to compare with.
        choices: decisions about a table of the user's own.

    Raises:
        InputError: the file cannot be read.
    """
    return check(path, previous, choices)
