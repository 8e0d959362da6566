"""Files in the form of Carbon Monitor's public download.

`state,date,sector,value` with dates as DD/MM/YYYY, English province names, MtCO2 a day; an optional
trailing empty column; older files add `timestamp`. An unknown source name makes the server answer
200 with a PHP warning, so the header decides whether a file is one of these, not its name.
Cite Liu et al. 2020 (10.1038/s41467-020-18922-7); terms: fair use, values are expected to change.
"""

import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.disk import read_bounded
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.model import Series
from tanzhe.names import folded
from tanzhe.notes import note_of
from tanzhe.places import places
from tanzhe.sectors import sectors

SOURCE = "carbon-monitor"
# As downloaded; as resaved by Python, by Excel in Chinese and by Excel in English.
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y")
HEADER = ("state", "date", "sector", "value")
# Ten years of 32 regions and 5 sectors are under 600,000 rows, about 30 MB.
LARGEST_BYTES = 200_000_000
_FEWER = Words("请只保留需要的地区和部门", "Keep only the regions and sectors needed")
# The last one or two months are provisional (data README): both are marked.
PROVISIONAL_MONTHS = 2
_SHOWN = 5
_SUM = note_of("sum_of_provinces")


class Panel(NamedTuple):
    """A whole file.

    Attributes:
        days: YYYY-MM-DD, without holes.
        values: MtCO2 per day, by region (ISO 3166-2) and sector id.
        vintage: what the file calls itself, or its last day.
        sha256: of the file's bytes.
    """

    days: tuple[str, ...]
    values: dict[tuple[str, str], NDArray[np.float64]]
    vintage: str
    sha256: str


class _Column(NamedTuple):
    """A column: its different texts, and which of them each row has."""

    names: list[str]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, cells: Sequence[str]) -> "_Column":
        index = {name: code for code, name in enumerate(dict.fromkeys(cells))}
        return cls(list(index), np.array([index[cell] for cell in cells], dtype=np.intp))


class _Rows(NamedTuple):
    """What a file says: regions, sectors and days by code, values by row."""

    regions: list[str | None]
    kinds: list[str | None]
    days: list[np.datetime64 | None]
    values: NDArray[np.float64]


def head_of(path: Path) -> str:
    """The first line of a plain or gzipped text file, as far as it can be read."""
    with path.open("rb") as raw:
        start = raw.read(2)
    with gzip.open(path) if start == b"\x1f\x8b" else path.open("rb") as file:
        try:
            return file.readline(4096).decode("utf-8-sig", errors="replace").strip()
        except (OSError, EOFError, zlib.error):
            return ""


def is_header(line: str) -> bool:
    """Whether a line is the header of a Carbon Monitor file.

    Example:
        >>> is_header("state,date,sector,value,"), is_header("<br />PHP Warning: ...")
        (True, False)
    """
    names = [name.strip().strip('"').lower() for name in line.split(",")]
    return tuple(names[:4]) == HEADER and all(n in ("", "timestamp") for n in names[4:])


def is_carbon_monitor(path: Path) -> bool:
    """Whether the file has Carbon Monitor's header, whatever its name."""
    return path.is_file() and is_header(head_of(path))


def _refusal(path: Path, what: Words) -> Fault:
    return Fault(
        what,
        Words(
            "请重新下载：tanzhe data fetch carbon-monitor",
            "Download it again: tanzhe data fetch carbon-monitor",
        ),
        where=path.name,
    )


def read_panel(path: Path) -> Panel:
    """The whole file; read once per process as long as the file does not change.

    Raises:
        InputError: all faults: not this format, unknown regions or sectors, bad dates or values,
            duplicates, holes.
    """
    if not path.is_file():
        what = Words("没有这个文件", "There is no such file")
        raise InputError.of(what, Words("请核对路径", "Check the path"), where=str(path))
    stat = path.stat()
    if stat.st_size > LARGEST_BYTES:
        raise InputError(_refusal(path, Words("文件过大", "The file is too large")))
    return _read(path.resolve(), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, changed: int, size: int) -> Panel:
    head = head_of(path)
    if not is_header(head):
        what = Words(
            f"不是 Carbon Monitor 的数据文件，首行是“{head[:60]}”",
            f"Not a Carbon Monitor file; its first line is “{head[:60]}”",
        )
        raise InputError(_refusal(path, what))
    states, dates, kinds, numbers = _columns(path)
    regions = {folded(n): p.iso for p in places() for n in p.names}
    ids = {folded(s.carbon_monitor): s.id for s in sectors()}
    read = _Rows(
        regions=[regions.get(folded(name)) for name in states.names],
        kinds=[ids.get(folded(name)) for name in kinds.names],
        days=_days(dates.names),
        values=_numbers(numbers),
    )
    faults = [
        *_unknown(path, "state", states, read.regions, Words("不认识的地区", "unknown region")),
        *_unknown(path, "sector", kinds, read.kinds, Words("不认识的部门", "unknown sector")),
        *_unknown(
            path,
            "date",
            dates,
            read.days,
            Words("日期有误，应写作 DD/MM/YYYY", "bad date, DD/MM/YYYY expected"),
        ),
        *_bad_values(path, numbers, read.values),
    ]
    refuse(faults)
    return _panel(path, read, states.codes, kinds.codes, dates.codes)


def _unfolded(path: Path) -> bytes:
    """The file's text, not over the limit however small it was packed."""
    raw = read_bounded(path, LARGEST_BYTES, where=path.name, do=_FEWER)
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            text = file.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        what = Words("压缩文件不完整", "The packed file is broken")
        raise InputError(_refusal(path, what)) from error
    if len(text) > LARGEST_BYTES:
        raise InputError(
            _refusal(path, Words("文件展开后过大", "The file unfolds beyond the limit"))
        )
    return text


def _columns(path: Path) -> tuple[_Column, _Column, _Column, list[str]]:
    """The states, dates, sectors and values of a file."""
    try:
        rows = csv.reader(io.StringIO(_unfolded(path).decode("utf-8-sig"), newline=""))
        next(rows)
        cells = [(*row, "", "", "")[:4] for row in rows if row]
    except (ValueError, csv.Error, StopIteration) as error:
        what = Words(f"文件读不下去，可能不完整：{error}", f"Cannot be read to its end: {error}")
        raise InputError(_refusal(path, what)) from error
    if not cells:
        raise InputError(_refusal(path, Words("文件没有数据行", "There are no rows")))
    states, dates, kinds, numbers = zip(*cells, strict=True)
    return _Column.of(states), _Column.of(dates), _Column.of(kinds), list(numbers)


def _days(names: list[str]) -> list[np.datetime64 | None]:
    """The days of a file, read the one way that misses fewest."""
    ways = [[_day(name, way) for name in names] for way in DATES]
    return min(ways, key=lambda days: days.count(None))  # the first of equals


def _day(name: str, way: str) -> np.datetime64 | None:
    try:
        return np.datetime64(datetime.strptime(name, way), "D")
    except ValueError:
        return None


def _numbers(texts: list[str]) -> NDArray[np.float64]:
    """The values; NaN where there is no finite number."""
    out = np.array([_number(text) for text in texts])
    return np.where(np.isfinite(out), out, np.nan)


def _number(text: str) -> float:
    try:
        return float(text) if "_" not in text else np.nan
    except ValueError:
        return np.nan


def _unknown(
    path: Path, name: str, column: _Column, read: Sequence[object], what: Words
) -> list[Fault]:
    """What of a column was not understood."""
    bad = [code for code, value in enumerate(read) if value is None]
    rows = np.flatnonzero(np.isin(column.codes, bad))
    return _told(path, name, rows, [column.names[code] for code in bad], what)


def _bad_values(path: Path, texts: list[str], read: NDArray[np.float64]) -> list[Fault]:
    rows = np.flatnonzero(np.isnan(read))
    names = list(dict.fromkeys(texts[row] for row in rows[:1000]))
    return _told(path, "value", rows, names, Words("数值有误", "bad value"))


def _told(
    path: Path, column: str, rows: NDArray[np.intp], names: list[str], what: Words
) -> list[Fault]:
    return [
        Fault(
            Words(f"{what.zh}：“{name}”", f"{what.en}: “{name}”"),
            Words("请核对该列", "Check this column"),
            where=f"{path.name}, {column}, {len(rows)} ×, line {rows[0] + 2}",
        )
        for name in names[:_SHOWN]
    ]


def _panel(
    path: Path,
    read: _Rows,
    states: NDArray[np.intp],
    sectors_of: NDArray[np.intp],
    dates: NDArray[np.intp],
) -> Panel:
    region_names, region_ids = np.unique(np.array(read.regions), return_inverse=True)
    kind_names, kind_ids = np.unique(np.array(read.kinds), return_inverse=True)
    stamps = np.array(read.days, dtype="datetime64[D]")
    first, last = stamps.min(), stamps.max()
    length = int((last - first).astype(int)) + 1
    group = region_ids[states] * len(kind_names) + kind_ids[sectors_of]
    place = group * length + (stamps - first).astype(int)[dates]
    counts = np.bincount(place, minlength=len(region_names) * len(kind_names) * length)
    grid = np.full(counts.size, np.nan)
    grid[place] = read.values
    rows = grid.reshape(-1, length)
    seen = counts.reshape(-1, length)
    pairs = [(str(r), str(k)) for r in region_names for k in kind_names]
    axis = tuple(np.arange(first, last + np.timedelta64(1, "D")).astype(str).tolist())
    refuse(_uneven(path, pairs, axis, seen))
    values = {pair: rows[i] for i, pair in enumerate(pairs) if seen[i].any()}
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    return Panel(axis, values, _vintage(path, axis[-1]), sha)


def _uneven(
    path: Path, pairs: list[tuple[str, str]], axis: tuple[str, ...], counts: NDArray[np.int_]
) -> list[Fault]:
    """Days that stand twice, and days missing between the first and last of the file."""
    faults = []
    for pair, row in zip(pairs, counts, strict=True):
        if not row.any():
            continue
        twice, none = np.flatnonzero(row > 1), np.flatnonzero(row == 0)
        for found, what in (
            (twice, Words("日期重复", "a day stands twice")),
            (none, Words("缺少日期", "a day is missing")),
        ):
            if found.size:
                where = f"{path.name}, {pair[0]} {pair[1]}, {axis[found[0]]} ({found.size} ×)"
                do = Words("请重新下载或改正文件", "Download the file again or correct it")
                faults.append(Fault(what, do, where=where))
    return faults


def _vintage(path: Path, last_day: str) -> str:
    beside = path.with_suffix(".json")
    if beside.is_file():
        try:
            told = json.loads(beside.read_text(encoding="utf-8")).get("vintage")
        except (ValueError, AttributeError):
            told = None
        if told:
            return str(told)
    named = re.search(r"20\d\d-\d\d(?:-\d\d)?", path.name)
    return named.group() if named else f"to {last_day}"


def carbon_monitor_series(path: Path, region: str, sector: str) -> Series:
    """Daily emissions of a region and sector with the other provinces as peers.

    Args:
        path: a file in the form of the public download, plain or gzipped.
        region: ISO 3166-2 code; `CN` is the sum of the provinces where the file has no nation.
        sector: sector id.

    Returns:
        Daily series in MtCO2; `monthly` makes months of it. The file's last two months are marked
        provisional.

    Raises:
        InputError: the file is not usable, or does not hold the region or sector.
    """
    panel = read_panel(path)
    if region == "CN" and (region, sector) not in panel.values:
        return _summed(path, panel, sector)
    if (region, sector) not in panel.values:
        raise _absent(path, panel, region, sector)
    every = _sector(path.resolve(), panel.sha256, sector)
    peers = tuple(one for one in every if one.region not in (region, "CN"))
    own = next(one for one in every if one.region == region)
    return own.model_copy(update={"peers": peers})


# Every region is a peer of the others: made once for each sector.
@lru_cache(maxsize=8)
def _sector(path: Path, sha256: str, sector: str) -> tuple[Series, ...]:
    panel = read_panel(path)
    return tuple(_series(panel, region, sector) for region, kind in panel.values if kind == sector)


def _summed(path: Path, panel: Panel, sector: str) -> Series:
    """The nation of a file that has provinces only: their sum."""
    members = [region for region, kind in panel.values if kind == sector]
    if not members:
        raise _absent(path, panel, "CN", sector)
    total = np.sum([panel.values[region, sector] for region in members], axis=0)
    summed = panel._replace(values={("CN", sector): total})
    return _series(summed, "CN", sector).model_copy(update={"notes": (_SUM,)})


def _series(panel: Panel, region: str, sector: str) -> Series:
    values = panel.values[region, sector]
    return Series(
        region=region,
        sector=sector,
        unit="MtCO2",
        frequency="day",
        periods=panel.days,
        values=tuple(None if v != v else v for v in values.tolist()),
        source=SOURCE,
        vintage=panel.vintage,
        sha256=panel.sha256,
        provisional_from=_provisional(panel.days[-1]),
    )


def _provisional(last_day: str) -> str:
    """First day of the last two months."""
    day = np.datetime64(last_day, "D").item()
    first = day.replace(day=1)
    for _ in range(PROVISIONAL_MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return str(first)


def _absent(path: Path, panel: Panel, region: str, sector: str) -> InputError:
    regions = ", ".join(dict.fromkeys(r for r, _ in panel.values))
    kinds = ", ".join(dict.fromkeys(k for _, k in panel.values))
    return InputError.of(
        Words(f"文件里没有 {region} 的 {sector}", f"No {sector} of {region} in the file"),
        Words(f"有：{regions}；{kinds}", f"There are: {regions}; {kinds}"),
        where=path.name,
    )
