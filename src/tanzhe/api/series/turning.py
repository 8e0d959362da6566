"""From a region's and a sector's name to its turning points and the products that moved."""

from collections.abc import Callable
from pathlib import Path

from tanzhe.api.series.episode import episodes
from tanzhe.errors import InputError, Words
from tanzhe.model import Note, PeakStatus, Progress, Series, TurningPoints, silent
from tanzhe.peaks.peak import peak_status
from tanzhe.quantity import Unit
from tanzhe.sectors import Product, sector_of
from tanzhe.series.calendar import monthly
from tanzhe.series.nbs import nbs_series
from tanzhe.series.output import Output, output_of, packaged
from tanzhe.series.sources import load_series
from tanzhe.series.span import as_known
from tanzhe.series.vintages import output_in
from tanzhe.tables.choices import DEFAULT as CHOICES
from tanzhe.tables.choices import Choices
from tanzhe.tables.told import Telling
from tanzhe.turning.episodes.points import adjusted, points_of
from tanzhe.workspace import Workspace

CARBON_MONITOR = "carbon-monitor"
NBS = "nbs-output"
# Products below this share of the sector's last year are not reported on their own.
MAIN_SHARE = 0.03
A_YEAR = 11


def load(
    region: str,
    sector: str,
    data: str | Path | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    workspace: Workspace | None = None,
    choices: Choices = CHOICES,
    told: Callable[[Words], None] | None = None,
) -> Series:
    """The emission series of a region and sector.

    Args:
        region: 云南, 云南省, Yunnan, 530000, CN-YN or 滇.
        sector: 工业, industry, 电力, power, or a product of `nbs-output` (水泥, cement).
        data: `nbs-output`, `ember` (built in), `carbon-monitor` (after `tanzhe data fetch`), or a
            file: Carbon Monitor's format, or any table with dates and values. None: `nbs-output`,
            for the nation's power `ember`, which reaches further.
        since: first month, YYYY-MM.
        until: last month, YYYY-MM.
        as_of: last month whose figures and documents are used, as if asked then, YYYY-MM.
        workspace: where a downloaded source is looked for, and what was added to the built-in one.
        choices: decisions about a table of the user's own (`tanzhe.tables.choices.Choices`).
        told: handed one line on how such a table was read.

    Returns:
        The series as its source has it, with the other regions as `peers`.

    Raises:
        InputError: what is wrong, where, and what to do; unknown names suggest the nearest.

    Example:
        >>> series = load("云南", "工业", since="2020-01", until="2023-12")
        >>> series.region, series.unit, len(series)
        ('CN-YN', 'MtCO2', 44)
    """
    source: str | Path | None = data
    if str(data) == CARBON_MONITOR:
        source = downloaded(workspace) or data
    telling = Telling()
    series = load_series(
        region,
        sector,
        source,
        since,
        until,
        output_used(workspace),
        choices=choices,
        telling=telling,
        as_of=as_of,
    )
    if told is not None and telling.form:
        dates = f"{series.periods[0]}…{series.periods[-1]} ({len(series)})"
        unit = "" if series.unit == Unit.ONE.text else series.unit
        told(telling.line(series.source, dates, unit))
    return series


def downloaded(workspace: Workspace | None) -> Path | None:
    """The newest download of Carbon Monitor in a workspace, or None."""
    if workspace is None:
        return None
    found = sorted(download_folder(workspace).glob("*.json"), key=lambda p: p.stat().st_mtime)
    files = [path.with_suffix(".csv") for path in found]
    return next((path for path in reversed(files) if path.exists()), None)


def output_used(workspace: Workspace | None) -> Output:
    """The built-in output with what was added to a workspace."""
    return packaged() if workspace is None else output_in(output_folder(workspace))


def output_folder(workspace: Workspace) -> Path:
    """Where downloads that extend the built-in output are kept in a workspace."""
    return workspace.folder / "output"


def download_folder(workspace: Workspace) -> Path:
    """Where downloads of series are kept in a workspace."""
    return workspace.folder / "downloads"


def turning_points(
    series: Series,
    *,
    top: int = 0,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> TurningPoints:
    """When a series turned, by how much, how surely, what kind, and which products moved.

    They are its episodes (`tanzhe.episodes`) as programs read them, each under its episode's id.

    Args:
        series: daily (turned into months first), monthly or yearly; at least 22 periods after
            January and February are merged, or eight years.
        top: weak signals fill the list of durable points up to so many.
        workspace: where results are kept, so that the same question is answered at once.
        progress: told how far the search is.

    Returns:
        A sequence of points with `.series` (monthly), `.found` (the episodes), `.peak` and
        `.manifest`.

    Raises:
        InputError: the series is too short or negative.

    Example:
        >>> points = turning_points(load("甘肃", "工业"))
        >>> [p.until for p in points if p.date in ("2021-10", "2021-11")]
        ['2022-02']
    """
    found = episodes(series, top=top, workspace=workspace, progress=progress)
    judged, missing = _judged(found.series)
    return TurningPoints(
        series=found.series,
        points=points_of(found, series, top),
        adjusted=adjusted(found),
        found=found,
        peak=judged,
        peak_missing=missing,
        manifest=found.manifest,
    )


def _judged(months: Series) -> tuple[PeakStatus | None, Note | None]:
    """Whether a series has peaked, or why that cannot be judged."""
    try:
        return peak_status(months), None
    except InputError as error:
        fault = error.faults[0]
        return None, Note(code="peak_not_judged", zh=fault.what.zh, en=fault.what.en)


def main_products(series: Series) -> tuple[Series, ...]:
    """The output series of a sector's main products in the region, largest emitter first.

    Args:
        series: of a sector; its span is kept. Products come from `nbs-output` whatever the source.

    Returns:
        Products with at least 3 % of the estimated emissions of the last year; empty for a
        product, a sector that is one product (power: thermal generation), a user's own region, or
        a sector that output says nothing about.
    """
    of = output_of(series.sha256)
    estimate = _products_of(monthly(series), of)
    if estimate is None or isinstance(sector_of(series.sector), Product):
        return ()
    sums = {
        part.product: sum(value or 0.0 for value in part.values[-A_YEAR:])
        for part in estimate.parts
    }
    total = sum(sums.values())
    names = [name for name in sorted(sums, key=lambda n: -sums[n]) if sums[name] > 0]
    if len(names) < 2:
        return ()  # the sector told again
    main = [name for name in names if sums[name] >= MAIN_SHARE * total]
    first, last = estimate.periods[0], estimate.periods[-1]
    found = (nbs_series(series.region, name, first, last, of) for name in main)
    return tuple(as_known(one, series.as_of) for one in found)


def _products_of(months: Series, of: Output) -> Series | None:
    """The series whose parts tell the products: itself, or the built-in estimate beside it."""
    if months.parts:
        return months
    if months.source == NBS or months.frequency != "month":
        return None
    if months.sector not in ("industry", "power") or not months.region.startswith("CN-"):
        return None
    whole = nbs_series(months.region, months.sector, of=of)
    common = sorted(set(whole.periods) & set(months.periods))
    if not common:
        return None
    return nbs_series(months.region, months.sector, common[0], common[-1], of)
