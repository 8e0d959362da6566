"""Load and green supply hour by hour: from a table or from meters, with certificates, storage."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tanzhe.errors import InputError, Words
from tanzhe.meters.clock import BEIJING, DAY, said_time
from tanzhe.meters.hours.certificates import (
    CertificateFault,
    coverage,
    elsewhere,
    hours_of,
    is_certificates,
    read_certificates,
)
from tanzhe.meters.hours.directline import DirectLine, direct_line
from tanzhe.meters.hours.matching import HourlyScore, Matched, Storage, match, score
from tanzhe.meters.hours.metered import hours_of_meters
from tanzhe.meters.hours.storage import best
from tanzhe.meters.hours.tables import HourTable, no_hours, read_hours
from tanzhe.meters.months import settle
from tanzhe.meters.store import Store
from tanzhe.model import Record
from tanzhe.parks.planning.hours import HourlyPlan, ShiftCost, StorageCost, plan_hours
from tanzhe.tables.files import read_grids

_WH = 1000  # in a kWh


class HoursResult(Record):
    """Hours matched.

    Attributes:
        first: begin of the first hour, Beijing's time.
        hours: how many.
        unknown: hours left out because a meter does not know them.
        score: as they fell.
        best: the same with storage used with foresight, or None.
        plan: the cheapest storage and shifting for a share that was asked for, or None.
        direct_line: shares that rules of direct lines ask for.
        faults: rows of certificates that are wrong and do not count.
        idle: rows that are right and cover nothing for the user.
        matched: of each hour, what covered it.
        begin: of each hour, seconds UTC; an hour nobody knows is missing.
        told: what was decided in reading the table.
    """

    first: str
    hours: int
    unknown: int
    score: HourlyScore
    best: HourlyScore | None
    plan: HourlyPlan | None = None
    direct_line: tuple[DirectLine, ...]
    faults: tuple[CertificateFault, ...] = ()
    idle: tuple[CertificateFault, ...] = ()
    matched: dict[str, tuple[float, ...]]
    begin: tuple[int, ...]
    told: tuple[Words, ...] = ()


def match_hours(
    table: str | Path | None = None,
    *,
    store: Store | None = None,
    months: Sequence[str] = (),
    storage: Storage | None = None,
    certificates: str | Path | None = None,
    user: str = "",
    target: float | None = None,
    storage_cost: StorageCost | None = None,
    shift: ShiftCost | None = None,
) -> HoursResult:
    """Match load and green supply hour by hour.

    Args:
        table: file with hours; or else
        store: meters, of `open_store`, with
        months: which.
        storage: in kWh, or None.
        certificates: file of granular certificates in place of the contracted supply.
        user: for whom they must be cancelled.
        target: share of the load to be covered in its hour, for the cheapest way to it, or None.
        storage_cost: what a storage costs, for it.
        shift: how load may move within its day, for it.

    Raises:
        InputError: every fault of the input at once; certificates without a user.
    """
    unknown = 0
    if table is not None:
        held = read_hours(read_grids(Path(table))[0])
    elif store is not None and store.manifest.months:
        wanted = [one for one in months or sorted(store.manifest.months)
                  if one in store.manifest.months]  # fmt: skip
        settle(store, wanted)
        held, unknown = hours_of_meters(store, wanted)
    else:
        held = no_hours()
    if not len(held.begin):
        what = Words("没有可用的小时", "There are no hours to match")
        do = Words(
            "请给出小时表（列 hour_begin、load_kWh、direct_kWh、contract_kWh），"
            "或先加入按小时或更密的读数",
            "Give a table of hours (hour_begin, load_kWh, direct_kWh, contract_kWh), or add "
            "readings of an hour or less",
        )
        raise InputError.of(what, do)
    faults: list[CertificateFault] = []
    idle: list[CertificateFault] = []
    contract = held.contract
    if certificates is not None:
        contract, faults, idle = _proven(Path(certificates), user, held)
    done = match(held.load, held.direct, contract, storage)
    told = score(done, grid_free=held.grid_free)
    bare = score(match(held.load, held.direct, contract), grid_free=held.grid_free)
    told = told.model_copy(update={"score_without_storage": bare.score})
    top = None
    if storage is not None:
        top = score(best(held.load, held.direct, contract, storage), grid_free=held.grid_free)
    plan = None
    if target is not None:
        days = (held.begin + BEIJING) // DAY
        plan = plan_hours(held.load, held.direct, contract, target=target, storage=storage_cost,
                          shift=shift, days=days.tolist())  # fmt: skip
    first = said_time(int(held.begin[0]))
    return HoursResult(
        first=first, hours=len(held.begin), unknown=unknown, score=told, best=top,
        plan=plan, direct_line=tuple(direct_line(told, int(first[:4]))),
        faults=tuple(faults), idle=tuple(idle), matched=_columns(done),
        begin=tuple(int(one) for one in held.begin), told=held.told,
    )  # fmt: skip


def _proven(
    path: Path, user: str, held: HourTable
) -> tuple[np.ndarray, list[CertificateFault], list[CertificateFault]]:
    """What certificates prove for a user in each hour, kWh."""
    grid = read_grids(path)[0]
    if not user or not is_certificates(grid):
        what = Words("不是小时级证书的表", "It is no table of granular certificates")
        if not user:
            what = Words("没有写明证书为谁核销", "For whom they were cancelled is not said")
        do = Words(
            "请用 EnergyTag 字段并加 --user 企业", "Use EnergyTag's fields and add --user FIRM"
        )
        raise InputError.of(what, do, where=path.name)
    bundles, broken = read_certificates(grid)
    covered = coverage(bundles, user)
    proven = np.array(hours_of(covered, user, held.begin.tolist())) / _WH
    idle = [*covered.idle, *elsewhere(bundles, covered, user, held.begin.tolist())]
    return proven, [*broken, *covered.faults], sorted(idle)


def _columns(done: Matched) -> dict[str, tuple[float, ...]]:
    """Each hour, without the dust of binary fractions."""
    return {
        name: tuple(round(float(one), 6) for one in column)
        for name, column in zip(Matched._fields, done, strict=True)
    }
