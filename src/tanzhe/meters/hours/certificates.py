"""Granular certificates: every watt-hour covers one hour of one user once."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tanzhe.errors import Words
from tanzhe.meters.clock import instant, said_time
from tanzhe.meters.words import choices
from tanzhe.names import folded
from tanzhe.tables.grid import Grid, cell_at, text_of

HOUR = 3600
CANCELLED = "Cancelled"
_FIELDS = (
    "issuance_id", "device_id", "energy_source", "face_value_Wh", "range_start", "range_end",
    "quantity", "production_start_utc", "production_end_utc", "status", "beneficiary",
)  # fmt: skip
_MONTH = re.compile(r"\d{4}-\d{2}")


class Granular(NamedTuple):
    """A bundle of certificates of one hour.

    Attributes:
        row: of the file.
        issuance: id, kept when a bundle is split.
        device: that generated.
        source: Wind, Solar ...
        first: first certificate of the bundle.
        last: last one.
        quantity: as stated; must be `last - first + 1`.
        wh: watt-hours of one certificate.
        begin: of the hour, seconds UTC.
        end: of it.
        status: Active, Cancelled, Claimed, Expired, Withdrawn, Locked, Reserved.
        user: for whom it was cancelled.
    """

    row: int
    issuance: str
    device: str
    source: str
    first: int
    last: int
    quantity: int
    wh: int
    begin: int
    end: int
    status: str
    user: str


class CertificateFault(NamedTuple):
    """What is wrong with a row of certificates, or why it covers nothing."""

    row: int
    code: str
    words: Words


class Coverage(NamedTuple):
    """What certificates prove.

    Attributes:
        covered: watt-hours by user and begin of the hour they were made in; a disputed range
            covers nobody twice.
        faults: rows that are wrong: none of their certificates counts.
        idle: rows that are right and cover nothing for this user.
    """

    covered: dict[tuple[str, int], int]
    faults: list[CertificateFault]
    idle: list[CertificateFault]


def is_certificates(grid: Grid) -> bool:
    """Whether a table holds granular certificates."""
    titles = [text_of(cell) for cell in grid.rows[0]]
    return {"range_start", "range_end", "production_start_utc", "status"} <= set(titles)


def read_certificates(grid: Grid) -> tuple[list[Granular], list[CertificateFault]]:
    """The bundles of a table, and the rows that are none."""
    titles = [text_of(cell) for cell in grid.rows[0]]
    places = {name: titles.index(name) for name in _FIELDS if name in titles}
    found: list[Granular] = []
    faults: list[CertificateFault] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        cells = {name: text_of(cell_at(row, at)) for name, at in places.items()}
        begin = instant(cells.get("production_start_utc"), utc=True)
        end = instant(cells.get("production_end_utc"), utc=True)
        if _MONTH.fullmatch(cells.get("production_start_utc", "")):
            words = Words("只写到月份，不能证明小时", "It names a month and proves no hour")
            faults.append(CertificateFault(line, "month_only", words))
            continue
        try:
            numbers = [int(cells[n]) for n in ("range_start", "range_end", "quantity")]
            face = int(cells.get("face_value_Wh") or 1)
        except (KeyError, ValueError):
            numbers, face = [], 0
        if begin is None or end is None or not numbers:
            words = Words("时间或数量读不出", "A time or a quantity cannot be read")
            faults.append(CertificateFault(line, "unreadable", words))
            continue
        first, last, quantity = numbers
        found.append(
            Granular(
                line, cells.get("issuance_id", ""), cells.get("device_id", ""),
                cells.get("energy_source", ""), first, last, quantity, face, begin, end,
                cells.get("status", ""), cells.get("beneficiary", ""),
            )
        )  # fmt: skip
    return found, faults


def coverage(bundles: Sequence[Granular], user: str | None = None) -> Coverage:
    """What cancelled certificates cover, each watt-hour once.

    A range belongs to a device; the first row that cancels a certificate keeps it, and a later row
    that cancels any of them again is wrong as a whole, for the same user or another, in the same
    period or another.

    Args:
        bundles: of all users together: whoever is left out cannot be seen to count twice.
        user: whose coverage is wanted; rows of others are idle. None for all.

    Example:
        >>> half = Granular(2, "a", "W", "Wind", 1, 500, 500, 1, 0, 3600, "Cancelled", "A")
        >>> coverage([half, half._replace(row=3, user="B")]).faults[0].code
        'twice'
    """
    faults = list(_wrong(bundles))
    bad = {one.row for one in faults}
    idle: list[CertificateFault] = []
    taken: dict[str, list[tuple[int, int, Granular]]] = {}
    covered: dict[tuple[str, int], int] = {}
    for one in bundles:
        if one.row in bad:
            continue
        if one.status != CANCELLED:
            words = Words(f"状态为 {one.status}，未核销", f"{one.status}, not cancelled")
            idle.append(CertificateFault(one.row, "not_cancelled", words))
            continue
        held = taken.setdefault(one.device, [])
        other = next((o for a, b, o in held if a <= one.last and one.first <= b), None)
        if other is not None:
            shared = min(other.last, one.last) - max(other.first, one.first) + 1
            words = Words(
                f"与第 {other.row} 行（{other.user}，{said_time(other.begin)}）重叠 {shared} 张，"
                "整行不计",
                f"{shared} certificates are also in row {other.row} ({other.user}, "
                f"{said_time(other.begin)}): the row does not count",
            )
            faults.append(CertificateFault(one.row, "twice", words))
            continue
        held.append((one.first, one.last, one))
        if user is not None and one.user != user:
            words = Words(f"为 {one.user} 核销", f"cancelled for {one.user}")
            idle.append(CertificateFault(one.row, "other_user", words))
            continue
        if choices("generation").get(folded(one.source)) == "fossil":
            words = Words(f"来源 {one.source} 是化石能源", f"{one.source} is fossil")
            idle.append(CertificateFault(one.row, "fossil", words))
            continue
        key = (one.user, one.begin - one.begin % HOUR)
        covered[key] = covered.get(key, 0) + one.wh * (one.last - one.first + 1)
    return Coverage(covered, sorted(faults), sorted(idle))


def _wrong(bundles: Sequence[Granular]) -> Iterator[CertificateFault]:
    """Rows that contradict themselves."""
    for one in bundles:
        held = one.last - one.first + 1
        if held != one.quantity:
            words = Words(f"数量 {one.quantity}，号段为 {held}",
                          f"quantity {one.quantity}, the range holds {held}")  # fmt: skip
            yield CertificateFault(one.row, "quantity", words)
        elif held < 1:
            words = Words("号段为空或倒置", "the range is empty or upside down")
            yield CertificateFault(one.row, "range", words)
        elif not 0 < one.end - one.begin <= HOUR - one.begin % HOUR:
            words = Words(
                "发电时段倒置、超过一小时或跨整点",
                "the interval is upside down, over an hour or across a full hour",
            )
            yield CertificateFault(one.row, "interval", words)


def elsewhere(
    bundles: Sequence[Granular], held: Coverage, user: str, begins: Sequence[int]
) -> list[CertificateFault]:
    """Rows that count for a user and were made in hours that are not asked about."""
    wrong = {one.row for one in (*held.faults, *held.idle)}
    hours = {*begins}
    return [
        CertificateFault(
            one.row, "elsewhere",
            Words(f"发电时段 {said_time(one.begin)} 不在所给的小时里",
                  f"made at {said_time(one.begin)}, which is none of the hours"),
        )
        for one in bundles
        if one.row not in wrong and one.user == user and one.begin - one.begin % HOUR not in hours
    ]  # fmt: skip


def hours_of(held: Coverage, user: str, begins: Sequence[int]) -> list[float]:
    """Watt-hours that certificates prove for a user in each hour."""
    return [float(held.covered.get((user, begin), 0)) for begin in begins]


def total(held: Coverage) -> int:
    """All watt-hours covered."""
    return int(np.sum([*held.covered.values()], dtype=np.int64)) if held.covered else 0
