"""Files in the form of Carbon Monitor's public download.

`state,date,sector,value` with dates as DD/MM/YYYY, English province names, MtCO2 a day; an optional
trailing empty column; older files add `timestamp`. An unknown source name makes the server answer
200 with a PHP warning, so the header decides whether a file is one of these, not its name.
Cite Liu et al. 2020 (10.1038/s41467-020-18922-7); terms: fair use, values are expected to change.
"""

import gzip
import hashlib
import io
import json
import re
import zlib
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.model import Note, Series
from tanzhe.names import folded
from tanzhe.places import places
from tanzhe.sectors import sectors

if TYPE_CHECKING:  # imported late: pandas alone costs a third of a second at start-up
    import pandas as pd

SOURCE = "carbon-monitor"
# As downloaded; as resaved by Python, by Excel in Chinese and by Excel in English.
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y")
HEADER = ("state", "date", "sector", "value")
# Ten years of 32 regions and 5 sectors are under 600,000 rows, about 30 MB.
LARGEST_BYTES = 200_000_000
# The last one or two months are provisional (data README): both are marked.
PROVISIONAL_MONTHS = 2
_SHOWN = 5
_SUM = Note(
    code="sum_of_provinces",
    zh="全国值为文件中各省之和。",
    en="The nation is the sum of the provinces of the file.",
)


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
        what=what,
        where=path.name,
        do=Words(
            "请重新下载：tanzhe data fetch carbon-monitor",
            "Download it again: tanzhe data fetch carbon-monitor",
        ),
    )


def read_panel(path: Path) -> Panel:
    """The whole file; read once per process as long as the file does not change.

    Raises:
        InputError: all faults: not this format, unknown regions or sectors, bad dates or values,
            duplicates, holes.
    """
    if not path.is_file():
        what = Words("没有这个文件", "There is no such file")
        raise InputError(
            Fault(what=what, where=str(path), do=Words("请核对路径", "Check the path"))
        )
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
    frame = _frame(path)
    regions = _codes(frame, "state", {folded(n): p.iso for p in places() for n in p.names})
    kinds = _codes(frame, "sector", {folded(s.carbon_monitor): s.id for s in sectors()})
    days = _days(frame)
    numbers = _numbers(frame)
    faults = [
        *_unknown(path, frame, "state", regions, Words("不认识的地区", "unknown region")),
        *_unknown(path, frame, "sector", kinds, Words("不认识的部门", "unknown sector")),
        *_unknown(path, frame, "date", days, Words("日期有误", "bad date, DD/MM/YYYY expected")),
        *_unknown(path, frame, "value", numbers, Words("数值有误", "bad value")),
    ]
    refuse(faults)
    return _panel(path, regions, kinds, days, numbers)


def _unfolded(path: Path) -> bytes:
    """The file's text, not over the limit however small it was packed."""
    raw = path.read_bytes()
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            text = file.read(LARGEST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        what = Words("压缩文件不完整", f"The packed file is broken: {error}")
        raise InputError(_refusal(path, what)) from error
    if len(text) > LARGEST_BYTES:
        raise InputError(
            _refusal(path, Words("文件展开后过大", "The file unfolds beyond the limit"))
        )
    return text


def _frame(path: Path) -> "pd.DataFrame":
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.BytesIO(_unfolded(path)),
            usecols=[0, 1, 2, 3],
            names=list(HEADER),
            header=0,
            dtype=dict(zip(HEADER, ("category", "category", "category", "str"), strict=True)),
            encoding="utf-8-sig",
            keep_default_na=False,
            na_values={"state": [""], "date": [""], "sector": [""], "value": []},
        )
    except (ValueError, OSError) as error:
        what = Words("文件读不下去，可能不完整", f"Cannot be read to its end: {error}")
        raise InputError(_refusal(path, what)) from error
    if frame.empty:
        raise InputError(_refusal(path, Words("文件没有数据行", "There are no rows")))
    return frame


def _codes(frame: "pd.DataFrame", column: str, index: dict[str, str]) -> "pd.Series[Any]":
    known = {name: index.get(folded(str(name))) for name in frame[column].cat.categories}
    return frame[column].astype(object).map(known)


def _days(frame: "pd.DataFrame") -> "pd.Series[Any]":
    import pandas as pd

    names = frame["date"].cat.categories
    ways = [pd.to_datetime(names, format=way, errors="coerce") for way in DATES]
    parsed = min(ways, key=lambda days: sum(pd.isna(day) for day in days))  # the first of equals
    return frame["date"].astype(object).map(dict(zip(names, parsed, strict=True)))


def _numbers(frame: "pd.DataFrame") -> "pd.Series[Any]":
    import pandas as pd

    numbers = pd.to_numeric(frame["value"], errors="coerce")
    return numbers.where(np.isfinite(numbers))


def _unknown(
    path: Path, frame: "pd.DataFrame", column: str, read: "pd.Series[Any]", what: Words
) -> list[Fault]:
    rows = np.flatnonzero(read.isna().to_numpy())
    names = dict.fromkeys(str(name) for name in frame[column].iloc[rows[:1000]])
    return [
        Fault(
            what=Words(f"{what.zh}：“{name}”", f"{what.en}: “{name}”"),
            where=f"{path.name}, {column}, {len(rows)} ×, line {rows[0] + 2}",
            do=Words("请核对该列", "Check this column"),
        )
        for name in list(names)[:_SHOWN]
    ]


def _panel(
    path: Path,
    regions: "pd.Series[Any]",
    kinds: "pd.Series[Any]",
    days: "pd.Series[Any]",
    numbers: "pd.Series[Any]",
) -> Panel:
    import pandas as pd

    region_ids, region_names = pd.factorize(regions.to_numpy(), sort=True)
    kind_ids, kind_names = pd.factorize(kinds.to_numpy(), sort=True)
    stamps = days.to_numpy().astype("datetime64[D]")
    first, last = stamps.min(), stamps.max()
    length = int((last - first).astype(int)) + 1
    group = region_ids * len(kind_names) + kind_ids
    place = group * length + (stamps - first).astype(int)
    counts = np.bincount(place, minlength=len(region_names) * len(kind_names) * length)
    grid = np.full(counts.size, np.nan)
    grid[place] = numbers.to_numpy()
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
                faults.append(Fault(what=what, where=where, do=do))
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
    return InputError(
        Fault(
            what=Words(f"文件里没有 {region} 的 {sector}", f"No {sector} of {region} in the file"),
            where=path.name,
            do=Words(f"有：{regions}；{kinds}", f"There are: {regions}; {kinds}"),
        )
    )
