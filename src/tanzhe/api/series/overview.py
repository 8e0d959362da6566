"""All provinces in one sector side by side: has it peaked, what happened last."""

from collections.abc import Sequence

from tanzhe.api.series.episode import episodes
from tanzhe.api.series.turning import load
from tanzhe.errors import InputError, Words
from tanzhe.kept import key
from tanzhe.model import Episode, Episodes, PeakStatus, Progress, Series, silent
from tanzhe.model.base import Record
from tanzhe.model.episode import EpisodeShape
from tanzhe.model.peak import PeakWord
from tanzhe.peaks.peak import peak_status
from tanzhe.places import places
from tanzhe.series.calendar import monthly
from tanzhe.workspace import Workspace

KIND = "overview"
# A departure, and a sum, with so many digits: a picture and a sentence need no more.
_DIGITS = 4
_LOOKING = Words("各地走势", "The provinces")
NATION = "CN"


class Told(Record):
    """The last episode of a region, as much of it as a line says.

    Attributes:
        id: of the episode.
        begin: first period that is off.
        end: first period after it; None where it lasts.
        depth_percent: largest departure.
        shape: its kind.
        scope: province, national or data.
        probability: that it happened.
    """

    id: str
    begin: str
    end: str | None
    depth_percent: float
    shape: EpisodeShape
    scope: str
    probability: float


class Tile(Record):
    """One region in a sector.

    Attributes:
        region: ISO code.
        refused: why there is no answer, in Chinese and English; None where there is one.
        status: peak status; None where it cannot be judged.
        month: end of the twelve months with the largest sum; None without a status.
        change_percent: last twelve months against them.
        latest: last twelve-month sum, in the unit of the overview.
        sums: twelve-month sums, one a period of the overview; None where not known.
        departures: percent from the expected path, one a period; empty where nothing is expected.
        last: the last episode that was told, faults of the data apart; None where there is none.
        told: how many were told.
    """

    region: str
    refused: tuple[str, str] | None = None
    status: PeakWord | None = None
    month: str | None = None
    change_percent: float | None = None
    latest: float | None = None
    sums: tuple[float | None, ...] = ()
    departures: tuple[float | None, ...] = ()
    last: Told | None = None
    told: int = 0


class Overview(Record):
    """All regions of a source in one sector.

    Attributes:
        sector: sector or product id.
        source: of the series.
        vintage: what the source calls itself.
        unit: of the sums.
        merged: January and February are one period.
        periods: of the longest series.
        tiles: the nation first, then provinces by GB/T 2260 code.
    """

    sector: str
    source: str
    vintage: str
    unit: str
    merged: bool
    periods: tuple[str, ...]
    tiles: tuple[Tile, ...]

    def tile(self, region: str) -> Tile | None:
        """The tile of a region, or None."""
        return next((one for one in self.tiles if one.region == region), None)


def overview(
    sector: str,
    data: str | None = None,
    *,
    as_of: str | None = None,
    regions: Sequence[str] | None = None,
    workspace: Workspace | None = None,
    progress: Progress = silent,
) -> Overview:
    """Where the nation and every province stand in a sector.

    Args:
        sector: sector or product, as `load` takes it.
        data: source, as `load` takes it.
        as_of: last month whose figures are used, YYYY-MM.
        regions: names or codes; the nation and the 31 provinces when left out.
        workspace: keeps the result, so that the same question is answered at once.
        progress: told after each region.

    Returns:
        A tile for each region; one that the source refuses says why.

    Raises:
        InputError: the source has the sector in no region.

    Example:
        >>> found = overview("水泥", regions=["海南"])
        >>> found.tiles[0].region, found.unit
        ('CN-HI', '万吨')
    """
    wanted = list(regions) if regions is not None else [place.iso for place in places()]
    held = [_loaded(region, sector, data, as_of, workspace) for region in wanted]
    known = [one for one in held if isinstance(one, Series)]
    if not known:
        raise next(one for one in held if isinstance(one, InputError))
    alone = [one.model_copy(update={"peers": ()}) for one in known]
    question = key(__name__, list(wanted), alone)
    kept = None if workspace is None else workspace.fetch_json(KIND, question)
    if kept is not None:
        return Overview.model_validate_json(kept)
    # Of the longest series, without the nation where it has another source with another span.
    own = [one for one in known if one.region != NATION] or known
    longest = monthly(max(own, key=len))
    tiles = []
    for number, (region, one) in enumerate(zip(wanted, held, strict=True), 1):
        tiles.append(_tile(region, one, longest, workspace))
        progress(_LOOKING, number, len(wanted))
    found = Overview(
        sector=longest.sector, source=longest.source, vintage=longest.vintage, unit=longest.unit,
        merged=longest.merged, periods=longest.periods, tiles=tuple(tiles),
    )  # fmt: skip
    if workspace is not None:
        workspace.store_json(KIND, question, found.model_dump_json())
    return found


def _loaded(
    region: str, sector: str, data: str | None, as_of: str | None, workspace: Workspace | None
) -> Series | InputError:
    try:
        return load(region, sector, data, as_of=as_of, workspace=workspace)
    except InputError as error:
        return error


def _tile(
    region: str, series: Series | InputError, longest: Series, workspace: Workspace | None
) -> Tile:
    if isinstance(series, InputError):
        return _refused(region, series)
    peak: PeakStatus | None = None
    try:
        peak = peak_status(monthly(series))
    except InputError:
        peak = None  # too short to judge: the tile says so by its sign
    try:
        found = episodes(series, workspace=workspace)
    except InputError as error:
        return _refused(series.region, error)
    told = [one for one in found.episodes if one.scope != "data"]
    sums = () if peak is None else _aligned(longest, peak.series.periods, peak.sums)
    return Tile(
        region=series.region,
        status=None if peak is None else peak.status,
        month=None if peak is None else peak.month,
        change_percent=None if peak is None else peak.change_percent,
        latest=next((one for one in reversed(sums) if one is not None), None),
        sums=sums,
        departures=_aligned(longest, found.series.periods, _departures(found)),
        last=_told(told[-1]) if told else None,
        told=len(told),
    )


def _refused(region: str, error: InputError) -> Tile:
    return Tile(region=region, refused=(error.said("zh"), error.said("en")))


def _told(one: Episode) -> Told:
    return Told(
        id=one.id, begin=one.begin, end=one.end, depth_percent=one.depth_percent, shape=one.shape,
        scope=one.scope, probability=one.probability,
    )  # fmt: skip


def _departures(found: Episodes) -> list[float | None]:
    """How far each period lies from the expected path, in percent."""
    if len(found.expected) != len(found.series):
        return [None] * len(found.series)
    return [
        None if value is None or path <= 0 else 100 * (value / path - 1)
        for value, path in zip(found.series.values, found.expected, strict=True)
    ]


def _aligned(
    longest: Series, periods: Sequence[str], values: Sequence[float | None]
) -> tuple[float | None, ...]:
    """Values at the periods of the overview."""
    # Sums end with the last published period, which may be before the series does.
    there = dict(zip(periods, values, strict=False))
    found = (there.get(period) for period in longest.periods)
    return tuple(None if one is None else float(f"{one:.{_DIGITS}g}") for one in found)
