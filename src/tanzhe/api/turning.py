"""From a region's and a sector's name to its turning points and the products that moved."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from tanzhe.api._engine import engine
from tanzhe.errors import Words
from tanzhe.model import Driver, Note, Progress, Series, TurningPoint, TurningPoints, silent
from tanzhe.periods import Month
from tanzhe.sectors import Product, sector_of
from tanzhe.series import (
    Output,
    as_known,
    drivers,
    load_series,
    monthly,
    nbs_series,
    output_in,
    output_of,
    packaged,
)
from tanzhe.tables import DEFAULT as CHOICES
from tanzhe.tables import Choices, Telling
from tanzhe.turning import DEFAULT, Shelf
from tanzhe.turning import turning_points as search
from tanzhe.workspace import Workspace

CARBON_MONITOR = "carbon-monitor"
NBS = "nbs-output"
# Products below this share of the sector's last year are not reported on their own.
MAIN_SHARE = 0.03
# A durable change is compared over at most a year of periods.
A_YEAR = 11

YEAR_ON_YEAR = Note(
    code="drivers_year_on_year",
    zh="产品贡献按与上年同月相比的变化分解，相加等于这些产品合计的同比变化，与扣除季节后的幅度"
    "口径不同。",
    en="Contributions of products split the change on the same months a year before; they add up "
    "to that change of the products together, which is not the deseasonalised size.",
)
FROM_OUTPUT = Note(
    code="drivers_from_output",
    zh="该数据源没有分产品数据，产品贡献取自内置产品产量估算。",
    en="This source has no products; contributions come from the built-in output estimate.",
)


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
        choices: decisions about a table of the user's own (`tanzhe.tables.Choices`).
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
        told(telling.line(series.source, dates, series.unit))
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
    shelf: Shelf | None = None,
    progress: Progress = silent,
) -> TurningPoints:
    """When a series turned, by how much, how surely, what kind, and which products moved.

    Args:
        series: daily (turned into months first), monthly or yearly; at least 22 periods after
            January and February are merged.
        top: weak signals fill the list of durable points up to so many.
        workspace: where results are kept, so that the same question is answered at once, and
            what the panel teaches, so that the next province takes a fraction of the time.
        shelf: where the latter is kept instead.
        progress: told how far the search is.

    Returns:
        A sequence of points with `.series` (monthly) and `.manifest`.

    Raises:
        InputError: the series is too short or negative.

    Example:
        >>> points = turning_points(load("甘肃", "工业"))
        >>> points[0].date, points[0].kind, points[0].until, points[0].scope
        ('2021-11', 'pulse', '2022-02', 'province')
    """
    of = output_used(workspace)
    key = _key(series, top, of)
    if workspace is not None and (kept := workspace.fetch_json("turning_points", key)):
        return TurningPoints.model_validate_json(kept)
    months = monthly(series)
    if shelf is None and workspace is not None:
        shelf = _PanelShelf(workspace)
    found = search(months, raw=series, top=top, shelf=shelf, progress=progress)
    estimate = _products_of(months, of)
    told = (YEAR_ON_YEAR,) if estimate is months else (YEAR_ON_YEAR, FROM_OUTPUT)
    points = [_with_drivers(point, estimate, told) for point in found]
    result = found.model_copy(update={"points": tuple(points)})
    if workspace is not None:
        workspace.store_json("turning_points", key, result.model_dump_json())
    return result


@dataclass(frozen=True)
class _PanelShelf:
    """What panels teach, kept in a workspace for as long as the code is the same."""

    workspace: Workspace

    def fetch(self, key: str) -> str | None:
        return self.workspace.fetch_json("panel_lessons", f"{key} {engine()}")

    def store(self, key: str, text: str) -> None:
        self.workspace.store_json("panel_lessons", f"{key} {engine()}", text)


def _key(series: Series, top: int, of: Output) -> str:
    """A name for a question: what was asked, of which bytes, by which code and settings."""
    second = series.reference.sha256 if series.reference else ""
    asked = (
        version("tanzhe"), engine(), of.sha256, second, series.source, series.region, series.sector,
        series.sha256, series.periods[0], series.periods[-1], len(series), top, series.unit,
        # One file may hold several series of a name: their figures tell them apart.
        series.values, [(peer.region, peer.values) for peer in series.peers],
        sorted(asdict(DEFAULT).items()),
    )  # fmt: skip
    return hashlib.sha256(repr(asked).encode()).hexdigest()


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


def _with_drivers(
    point: TurningPoint, estimate: Series | None, told: tuple[Note, ...]
) -> TurningPoint:
    if estimate is None or point.scope in ("calendar", "data"):
        return point
    after = _after(point, estimate)
    before = [str(Month.parse(period).next(-12)) for period in after]
    if not after or any(period not in estimate.periods for period in before):
        return point
    moved: tuple[Driver, ...] = drivers(estimate, before, after)
    if not moved:
        return point
    update = {"drivers": _rounded(moved), "notes": (*point.notes, *told)}
    return point.model_copy(update=update)


def _after(point: TurningPoint, estimate: Series) -> list[str]:
    """The periods in which a point's change was at work: a year at most, or until it ended."""
    later = [p for p in estimate.periods if p >= point.date]
    if point.date not in estimate.periods:
        return []
    return [p for p in later[:A_YEAR] if point.until is None or p < point.until]


def _rounded(moved: Sequence[Driver]) -> tuple[Driver, ...]:
    return tuple(
        Driver(product=d.product, percentage_points=round(d.percentage_points, 2)) for d in moved
    )
