"""Checks of a series against a second source, its own sum, an older vintage, and itself.

The sum over provinces does not reveal a defect where the national file is that sum; a second
source and the previous vintage do (TURNING.md, 1.5).
"""

from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.model import Record, Series
from tanzhe.places import place_of
from tanzhe.series.behaviour import JUDGED
from tanzhe.series.calendar import monthly
from tanzhe.series.carbon_monitor import carbon_monitor_series, is_carbon_monitor, read_panel
from tanzhe.series.estimate import BASKETS, SOURCE
from tanzhe.series.level_changes import jumps
from tanzhe.series.nbs import nbs_panel, nbs_series
from tanzhe.series.output import packaged
from tanzhe.series.remarks import named
from tanzhe.series.table import Unusable, table_contents
from tanzhe.tables.choices import DEFAULT, Choices

Code = Literal[
    "second_source",
    "sum_of_provinces",
    "vintage_level",
    "vintage_shape",
    "provisional",
    "impossible_jump",
    "not_published",
    "revised_output",
    "unusable",
    "figures",
]
Severity = Literal["warning", "note"]

# The ratio of two sources moves with season and weather by 10 to 20 %; a lasting change of its
# level by more than this between two years is a defect of one of them.
RATIO_CHANGE = 0.35
# Provinces and the national file are printed with 7 digits; more than this is not rounding.
SUM_DEPARTS = 0.01
# Vintages are rescaled often (1.25 to 1.30 for industry); shape is what is left after the level.
LEVEL_CHANGE, SHAPE_CHANGE = 0.02, 0.05


class CheckFinding(Record):
    """Something a reader should know before trusting a series.

    Attributes:
        code: what kind of finding.
        severity: a warning may make false turning points; a note should be known.
        region: whose series.
        sector: of which sector.
        period: where it begins, or empty.
        zh: what was found, in Chinese.
        en: the same in English.
    """

    code: Code
    severity: Severity
    region: str
    sector: str
    period: str
    zh: str
    en: str

    @property
    def words(self) -> Words:
        """The finding in both languages."""
        return Words(self.zh, self.en)


def _finding(
    series: Series, code: Code, severity: Severity, period: str, words: Words
) -> CheckFinding:
    return CheckFinding(
        code=code,
        severity=severity,
        region=series.region,
        sector=series.sector,
        period=period,
        zh=words.zh,
        en=words.en,
    )


def against_reference(series: Series) -> Series:
    """The series with the built-in estimate of the same quantity as its `reference`.

    Only power has an independent second source here: thermal generation times a factor. Industry
    shares of Carbon Monitor are rebuilt from the same product output, so that agreement would be
    no evidence. Peers get their references too.

    Returns:
        The series itself where there is no second source.
    """
    if series.sector != "power" or series.source == SOURCE:
        return series
    peers = tuple(_with_reference(peer) for peer in series.peers)
    return _with_reference(series).model_copy(update={"peers": peers})


def _with_reference(series: Series) -> Series:
    try:
        reference = nbs_series(series.region, series.sector)
    except InputError:
        return series
    return series.model_copy(
        update={"reference": reference.model_copy(update={"peers": ()})},
    )


def _aligned(one: Series, other: Series) -> tuple[list[str], NDArray[np.float64]]:
    """Periods both have, and the ratio of the first to the second."""
    first = dict(zip(one.periods, one.values, strict=True))
    second = dict(zip(other.periods, other.values, strict=True))
    both = [p for p in one.periods if first[p] and second.get(p)]
    ratio = [(first[p] or np.nan) / (second[p] or np.nan) for p in both]
    return both, np.array(ratio)


def check_reference(series: Series) -> list[CheckFinding]:
    """Lasting changes of the ratio to the second source between one year and the next.

    Args:
        series: monthly, merged, with a `reference`.
    """
    if series.reference is None:
        return []
    periods, ratio = _aligned(series, series.reference)
    years = sorted({p[:4] for p in periods})
    middle = {y: np.median(ratio[[p[:4] == y for p in periods]]) for y in years}
    found = []
    for before, after in pairwise(years):
        change = middle[after] / middle[before]
        if max(change, 1 / change) > 1 + RATIO_CHANGE:
            first = next(p for p in periods if p[:4] == after)
            words = Words(
                f"与第二来源（火电发电量×系数）之比从 {middle[before]:.2f} "
                f"变为 {middle[after]:.2f}：数据缺陷",
                f"The ratio to the second source (thermal generation x factor) goes from "
                f"{middle[before]:.2f} to {middle[after]:.2f}: a data defect",
            )
            found.append(_finding(series, "second_source", "warning", first, words))
    return found


def check_sum(national: Series, provinces: tuple[Series, ...]) -> list[CheckFinding]:
    """Whether the provinces add up to a national series of the same source and frequency."""
    total = np.sum([p.array for p in provinces], axis=0)
    own = national.array
    if total.shape != own.shape:
        return []
    departs = np.flatnonzero(np.abs(total - own) > SUM_DEPARTS * np.abs(own))
    if not departs.size:
        return []
    words = Words(
        f"{departs.size} 期的各省之和与全国值不符",
        f"In {departs.size} periods the provinces do not add up to the nation",
    )
    where = national.periods[departs[0]]
    return [_finding(national, "sum_of_provinces", "warning", where, words)]


def check_vintage(series: Series, previous: Series) -> list[CheckFinding]:
    """Level and shape against an older vintage of the same region and sector."""
    periods, ratio = _aligned(series, previous)
    if not periods:
        return []
    level = float(np.median(ratio))
    found = []
    if abs(level - 1) > LEVEL_CHANGE:
        words = Words(
            f"水平是旧版本 {previous.vintage} 的 {level:.2f} 倍，两版不可混用",
            f"The level is {level:.2f} times that of vintage {previous.vintage}: never mix them",
        )
        found.append(_finding(series, "vintage_level", "note", periods[0], words))
    odd = np.flatnonzero(np.abs(ratio / level - 1) > SHAPE_CHANGE)
    if odd.size:
        words = Words(
            f"除水平外，{odd.size} 期的形状也与旧版本 {previous.vintage} 不同",
            f"Beyond the level, {odd.size} periods differ in shape from vintage {previous.vintage}",
        )
        found.append(_finding(series, "vintage_shape", "warning", periods[odd[0]], words))
    return found


def check_provisional(series: Series) -> list[CheckFinding]:
    """The last periods, where the source is known to revise them."""
    start = series.provisional_from
    if start is None:
        return []
    words = Words(f"{start} 起为初步数据，会被修订", f"Provisional from {start}: will be revised")
    return [_finding(series, "provisional", "note", start, words)]


def check_jumps(series: Series) -> list[CheckFinding]:
    """Places where the level changes threefold or more and stays there: impossible for a sector."""
    return [
        _finding(
            series,
            "impossible_jump",
            "warning",
            period,
            Words(f"{words.zh}：不像真实变动", f"{words.en}: hardly real"),
        )
        for period, words in jumps(series)
    ]


def check_gaps(series: Series) -> list[CheckFinding]:
    """Periods without a value."""
    gaps = [p for p, v in zip(series.periods, series.values, strict=True) if v is None]
    if not gaps:
        return []
    words = Words(f"{len(gaps)} 期未公布", f"{len(gaps)} periods are not published")
    return [_finding(series, "not_published", "note", gaps[0], words)]


def check(
    series_or_path: Series | Path | str,
    previous: Series | Path | str | None = None,
    choices: Choices = DEFAULT,
) -> list[CheckFinding]:
    """Everything there is to say against a series, or against a whole Carbon Monitor file.

    Args:
        series_or_path: a series of any frequency, a file in Carbon Monitor's format, any table
            `table_series` reads, or `nbs-output`.
        previous: an older vintage of the same, or None.
        choices: decisions about a table of the user's own.

    Returns:
        Findings, warnings first.

    Raises:
        InputError: the file is not usable.
    """
    if isinstance(series_or_path, Series):
        old = previous if isinstance(previous, Series) else None
        found = _check_series(series_or_path, old)
    elif str(series_or_path) == SOURCE:
        found = _check_built_in()
    elif is_carbon_monitor(Path(series_or_path)):
        old_path = Path(previous) if isinstance(previous, Path | str) else None
        found = _check_file(Path(series_or_path), old_path)
    else:
        found = _check_table(Path(series_or_path), previous, choices)
    return sorted(found, key=lambda f: (f.severity != "warning", f.code, f.sector, f.region))


def _check_series(series: Series, previous: Series | None) -> list[CheckFinding]:
    months = monthly(against_reference(series))
    found = [
        *check_reference(months),
        *check_provisional(months),
        *check_jumps(months),
        *check_gaps(months),
        *check_revisions(months),
    ]
    if previous is not None:
        found.extend(check_vintage(months, monthly(previous)))
    return found


def _check_table(
    path: Path, previous: Series | Path | str | None, choices: Choices
) -> list[CheckFinding]:
    """All series of a user's table, against an older table where there is one."""
    older = table_contents(Path(previous), choices) if isinstance(previous, Path | str) else []
    before = {(one.region, one.sector): one for one in older if isinstance(one, Series)}
    found = []
    for one in table_contents(path, choices):
        if isinstance(one, Series):
            found.extend(_check_series(one, before.get((one.region, one.sector))))
            found.extend(_check_figures(one))
        else:
            found.extend(_check_unusable(one))
    return found


def _check_figures(series: Series) -> list[CheckFinding]:
    """What was changed or left out because of what kind of figures these are."""
    return [
        _finding(series, "figures", "warning", series.periods[0], Words(note.zh, note.en))
        for note in series.notes
        if note.code in JUDGED
    ]


def _check_unusable(one: Unusable) -> list[CheckFinding]:
    """Why a region and sector of a table cannot be used."""
    return [
        CheckFinding(
            code="unusable", severity="warning", region=one.region, sector=one.sector, period="",
            zh=fault.said("zh"), en=fault.said("en"),
        )
        for fault in one.faults
    ]  # fmt: skip


def _check_built_in() -> list[CheckFinding]:
    """Jumps, empty months and revised years of the built-in estimate."""
    found = []
    for sector in BASKETS:
        for series in nbs_panel(sector).values():
            found.extend([*check_jumps(series), *check_gaps(series), *check_revisions(series)])
    return found


def check_revisions(series: Series) -> list[CheckFinding]:
    """Years of the built-in source whose months were revised by over a tenth afterwards."""
    place = place_of(series.region)
    products = {part.product for part in series.parts} or {series.sector}
    years = sorted({int(period[:4]) for period in series.periods})
    if place is None or series.source != SOURCE:
        return []
    found = []
    for product in sorted(products):
        for year in years:
            if (product, place.adcode, year) not in packaged().revised:
                continue
            names = named([product])
            words = Words(
                f"{names.zh} {year} 年各月之和与年末累计数相差一成以上，该年前后的变化可能来自修订",
                f"In {year} the months of {names.en} and the year-end total differ by over a "
                "tenth: a change around that year may be the revision",
            )
            period = next(p for p in series.periods if p.startswith(str(year)))
            found.append(_finding(series, "revised_output", "warning", period, words))
    return found


def _check_file(path: Path, previous: Path | None) -> list[CheckFinding]:
    pairs = list(read_panel(path).values)
    before = set(read_panel(previous).values) if previous else set()
    found: list[CheckFinding] = []
    for sector in dict.fromkeys(kind for _, kind in pairs):
        regions = [region for region, kind in pairs if kind == sector]
        one = carbon_monitor_series(path, regions[0], sector)
        members = {s.region: s for s in (one, *one.peers)}
        national = carbon_monitor_series(path, "CN", sector) if "CN" in regions else None
        if national is not None:
            found.extend(check_sum(national, national.peers))
        for region, member in members.items():
            old = None
            if previous and (region, sector) in before:
                old = carbon_monitor_series(previous, region, sector)
                old = old.model_copy(update={"peers": ()})
            findings = _check_series(member.model_copy(update={"peers": ()}), old)
            found.extend(f for f in findings if f.code != "provisional")
        found.extend(check_provisional(monthly(one.model_copy(update={"peers": ()})))[:1])
    return found
