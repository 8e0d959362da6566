"""One row for each series and each episode: the tables of a run and how they are written."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from tanzhe.errors import InputError
from tanzhe.extras import require
from tanzhe.model import Episode, Episodes, PeakStatus, Record, Series

if TYPE_CHECKING:
    import pyarrow as pa

Status = Literal["done", "refused", "failed"]
TABLES = ("series", "episodes")


class SeriesRow(Record):
    """A series of a run and what came of it: a row of the matrix.

    Attributes:
        source_name: where the series comes from; the folders of a run are named after it.
        sector_name: sector or product id.
        region_name: ISO 3166-2 code, or the user's own name.
        status: done; refused (the data do not allow it, `why` says so); failed (our fault).
        why_zh: why it was not judged, in Chinese.
        why_en: the same in English.
        compared_with: how many other regions it was compared with.
        episodes: how many are told.
        established: how many of them have a probability from .8.
        begin: of the largest episode, as are the next six.
        end: first period after it; None where it lasts.
        shape: its likeliest kind.
        scope: whose it was.
        depth_percent: its largest departure from the expected path.
        probability: that something of that direction began.
        band: the same in words.
        peak_status: rising, plateau, past_peak or undecided; None where it cannot be judged.
        peak_month: end of the twelve months (or the year) with the largest sum.
        peak_change_percent: last twelve months against them.
        record_stands_60: probability that the record stands for five years.
        smallest_tellable_percent: what could have been found.
    """

    source_name: str
    sector_name: str
    region_name: str
    status: Status
    why_zh: str = ""
    why_en: str = ""
    unit: str = ""
    frequency: str = ""
    first: str = ""
    last: str = ""
    periods: int = 0
    vintage: str = ""
    sha256: str = ""
    compared_with: int = 0
    episodes: int = 0
    established: int = 0
    begin: str | None = None
    end: str | None = None
    shape: str | None = None
    scope: str | None = None
    depth_percent: float | None = None
    probability: float | None = None
    band: str | None = None
    peak_status: str | None = None
    peak_month: str | None = None
    peak_change_percent: float | None = None
    record_stands_12: float | None = None
    record_stands_24: float | None = None
    record_stands_60: float | None = None
    smallest_tellable_percent: float | None = None
    notes: tuple[str, ...] = ()


class Contribution(Record):
    """A product's part of an episode."""

    product: str
    percentage_points: float


class Said(Record):
    """A note, in both languages."""

    code: str
    zh: str
    en: str


class EpisodeRow(Record):
    """An episode of a run; the fields are those of `model.Episode`, its intervals in two."""

    source_name: str
    sector_name: str
    region_name: str
    id: str
    begin: str
    begin_first: str
    begin_last: str
    end: str | None
    deepest: str
    shape: str
    shape_probability: float
    scope: str
    probability: float
    band: str
    level: float
    depth_percent: float
    depth_low: float
    depth_high: float
    amount: float
    amount_low: float
    amount_high: float
    unit: str
    trend_change: float | None
    loading: float | None
    excess_percent: float | None
    rank: int | None
    of: int | None
    explained_by_water: float | None
    contributions: tuple[Contribution, ...]
    notes: tuple[Said, ...]


def series_row(found: Episodes, peak: PeakStatus | None) -> SeriesRow:
    """The row of a series that was judged."""
    series = found.series
    largest = max(found.episodes, key=_size, default=None)
    stands = {} if peak is None else peak.record_stands
    return SeriesRow(
        **_about(series),
        status="done",
        episodes=len(found.episodes),
        established=sum(one.band == "established" for one in found.episodes),
        begin=largest and largest.begin,
        end=largest and largest.end,
        shape=largest and largest.shape,
        scope=largest and largest.scope,
        depth_percent=None if largest is None else _rounded(largest.depth_percent),
        probability=None if largest is None else _rounded(largest.probability),
        band=largest and largest.band,
        peak_status=peak and peak.status,
        peak_month=peak and peak.month,
        peak_change_percent=None if peak is None else _rounded(peak.change_percent),
        record_stands_12=_rounded(stands.get(12)),
        record_stands_24=_rounded(stands.get(24)),
        record_stands_60=_rounded(stands.get(60)),
        smallest_tellable_percent=_rounded(found.smallest_tellable_percent),
        notes=tuple(one.code for one in (*series.notes, *found.notes)),
    )


def refused_row(series: Series | None, names: tuple[str, str, str], error: Exception) -> SeriesRow:
    """The row of a series that was not judged, with the reason.

    Args:
        series: what was read of it, or None.
        names: source, sector and region.
        error: the refusal, or a fault of the program.
    """
    about = (
        dict(zip(("source_name", "sector_name", "region_name"), names, strict=True))
        if series is None
        else _about(series)
    )
    if isinstance(error, InputError):
        return SeriesRow(
            **about, status="refused", why_zh=error.said("zh"), why_en=error.said("en")
        )
    said = f"{type(error).__name__}: {error}"
    return SeriesRow(**about, status="failed", why_zh=said, why_en=said)


def episode_rows(found: Episodes) -> list[EpisodeRow]:
    """The rows of the episodes of a series."""
    return [_episode_row(found.series, one) for one in found.episodes]


def _episode_row(series: Series, one: Episode) -> EpisodeRow:
    return EpisodeRow(
        source_name=series.source, sector_name=series.sector, region_name=series.region,
        id=one.id, begin=one.begin, begin_first=one.begin_interval[0],
        begin_last=one.begin_interval[1], end=one.end, deepest=one.deepest, shape=one.shape,
        shape_probability=_exact(one.shape_probability), scope=one.scope,
        probability=_exact(one.probability), band=one.band, level=one.level,
        depth_percent=_exact(one.depth_percent), depth_low=_exact(one.depth_interval[0]),
        depth_high=_exact(one.depth_interval[1]), amount=_exact(one.amount.value),
        amount_low=_exact(one.amount.interval[0]), amount_high=_exact(one.amount.interval[1]),
        unit=one.amount.unit, trend_change=_rounded(one.trend_change),
        loading=_rounded(one.loading), excess_percent=_rounded(one.excess_percent),
        rank=one.rank, of=one.of, explained_by_water=_rounded(one.explained_by_water),
        contributions=tuple(
            Contribution(product=d.product, percentage_points=_exact(d.percentage_points))
            for d in one.contributions
        ),
        notes=tuple(Said(code=note.code, zh=note.zh, en=note.en) for note in one.notes),
    )  # fmt: skip


def _about(series: Series) -> dict[str, Any]:
    return {
        "source_name": series.source, "sector_name": series.sector, "region_name": series.region,
        "unit": series.unit, "frequency": series.frequency, "first": series.periods[0],
        "last": series.periods[-1], "periods": len(series), "vintage": series.vintage,
        "sha256": series.sha256, "compared_with": len(series.peers),
    }  # fmt: skip


def _size(one: Episode) -> tuple[bool, float]:
    """What happened comes before what was booked."""
    return one.scope != "data", abs(one.depth_percent)


def _exact(value: float) -> float:
    """Eight digits: more are noise of the processor, and differ between machines."""
    return float(f"{value:.8g}")


def _rounded(value: float | None) -> float | None:
    return None if value is None else _exact(value)


def table_bytes(rows: Sequence[Record], kind: str) -> bytes:
    """Rows as a Parquet file; the same rows give the same bytes."""
    require("pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist([one.model_dump(mode="python") for one in rows], _schema(kind))
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd", write_statistics=True, store_schema=False)
    return held.getvalue()


def rows_of(raw: bytes, kind: str) -> list[dict[str, Any]]:
    """The rows of a file of a run."""
    require("pyarrow")
    import pyarrow.parquet as pq

    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(raw), schema=_schema(kind)).to_pylist()
    return found


def _schema(kind: str) -> "pa.Schema":
    import pyarrow as pa

    record = SeriesRow if kind == "series" else EpisodeRow
    return pa.schema([(name, _type(str(f.annotation))) for name, f in record.model_fields.items()])


def _type(annotation: str) -> "pa.DataType":
    """The Arrow type of a field."""
    import pyarrow as pa

    if "Contribution" in annotation:
        return pa.list_(pa.struct([("product", pa.string()), ("percentage_points", pa.float64())]))
    if "Said" in annotation:
        return pa.list_(pa.struct([(name, pa.string()) for name in ("code", "zh", "en")]))
    if "tuple" in annotation:
        return pa.list_(pa.string())
    if "int" in annotation:
        return pa.int64()
    return pa.float64() if "float" in annotation else pa.string()
