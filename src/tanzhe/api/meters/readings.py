"""Meters of a park: readings added and checked, months by firm, rows for the ledgers."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tanzhe.api.parks.assessment import read_source
from tanzhe.errors import Fault, InputError, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.adding import Added, add_files
from tanzhe.meters.broker import address_of, journals, listen
from tanzhe.meters.clock import instant
from tanzhe.meters.comparing import bill_findings, stated_findings
from tanzhe.meters.engine import FirmMonth, month_by_firm
from tanzhe.meters.findings import Finding
from tanzhe.meters.forms.recognition import Asked
from tanzhe.meters.ledger import LedgerRow, ledger_rows, ledger_tree, months_of
from tanzhe.meters.listed import fields_of
from tanzhe.meters.months import findings_of, has_begun, remarks_elsewhere, settle
from tanzhe.meters.postgres import publish
from tanzhe.meters.rows import Side
from tanzhe.meters.store import Correction, Store
from tanzhe.model.base import Progress, silent
from tanzhe.rulebook import fuels
from tanzhe.workspace import folder_of

FOLDER = "meters"
KINDS_OF_CORRECTION = ("ignore", "reading", "energy", "shift", "factor")


def open_store(folder: str | Path | None = None) -> Store:
    """The meters of a project folder.

    Args:
        folder: of the project; the default one when left out.
    """
    return Store(folder_of(folder) / FOLDER)


def add_readings(
    store: Store,
    files: Sequence[str | Path],
    *,
    meter: str = "",
    names: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
    slots: str = "",
    cells: str = "",
    side: Side = "",
    progress: Progress = silent,
) -> list[Added]:
    """Add lists of meters, readings and bills; all of the files or none.

    Args:
        store: of `open_store`.
        files: files or folders.
        meter: whose readings are, where a file does not say it.
        names: meters by what a file calls them.
        fields: of a list's field, e.g. `firm`, the heading to take it from or what it is for all.
        slots: `begin` or `end`, what columns from 00:00 to 23:45 are.
        cells: `reading` or `amount`, what cells of months and days are.
        side: `primary`, figures are after the multiplier, or `secondary`, before it.
        progress: told of each file.

    Raises:
        InputError: every fault of every file at once.
    """
    paths = [Path(one) for one in files]
    asked = Asked(meter, fields_of(fields or {}), slots, cells, side)
    return add_files(store, paths, asked=asked, names=names, progress=progress)


def add_messages(
    store: Store,
    address: str,
    *,
    seconds: float = 60.0,
    most: int | None = None,
    side: Side = "",
    ready: Callable[[], None] | None = None,
) -> list[Added]:
    """Listen to a broker, and add what came and what an earlier run could not add.

    Args:
        store: of `open_store`.
        address: e.g. `mqtt://broker/park/#`.
        seconds: how long to listen.
        most: stop after so many messages.
        side: `primary`, figures are after the multiplier, or `secondary`, before it.
        ready: called once the broker has been asked.

    Raises:
        SourceError: the broker does not answer.
        InputError: messages of meters that nobody declared: they stay written down and are added
            by the next call, after the list of meters.
    """
    begun = ready or (lambda: None)
    listen(store.folder, address_of(address), seconds=seconds, most=most, ready=begun)
    held = journals(store.folder)
    if not held:
        return []
    added = add_files(store, held, asked=Asked(side=side))
    for path in held:
        path.unlink()
    return added


def check_readings(
    store: Store, months: Sequence[str] = (), *, progress: Progress = silent
) -> list[Finding]:
    """What is wrong with readings: of the months named, or of all with bills and sheets too."""
    wanted = months_wanted(store, months)
    settle(store, wanted, progress)
    found = findings_of(store, wanted)
    if not months:
        found += [*remarks_elsewhere(store), *bill_findings(store), *stated_findings(store)]
    return found


def firm_months(
    store: Store, months: Sequence[str] = (), *, progress: Progress = silent
) -> list[FirmMonth]:
    """What each firm used in months, with how much of it is known."""
    wanted = months_wanted(store, months)
    settle(store, wanted, progress)
    return month_by_firm(store, [one for one in wanted if has_begun(store, one)])


def publish_months(
    store: Store, address: str, months: Sequence[str] = (), *, progress: Progress = silent
) -> int:
    """Settle months and copy what each meter counted into a PostgreSQL database.

    Args:
        store: of `open_store`.
        address: e.g. `postgresql://user@server/database`.
        months: which; all when left out.
        progress: told of each month that is settled.

    Returns:
        How many rows were written.

    Raises:
        InputError: no readings, no address, or the server refuses.
        SourceError: the server cannot be reached.
    """
    wanted = months_wanted(store, months)
    settle(store, wanted, progress)
    return publish(store, address, [one for one in wanted if has_begun(store, one)])


def months_wanted(store: Store, months: Sequence[str]) -> list[str]:
    """The months named, or all; a year stands for its months."""
    held = sorted(store.manifest.months)
    if not held:
        raise InputError(fault_of("api.readings.months_wanted"))
    named = [one for text in months for one in (months_of(int(text)) if _year(text) else [text])]
    chosen = [one for one in named if one in held]
    if named and not chosen:
        raise InputError.of(
            Words(f"没有 {'、'.join(months)} 的读数", f"No readings of {', '.join(months)}"),
            Words(f"有 {held[0]} 至 {held[-1]}", f"There are {held[0]} to {held[-1]}"),
        )
    return chosen or held


def _year(text: str) -> bool:
    return len(text) == 4 and text.isdigit()


class MeterLedger(NamedTuple):
    """A park's year from meters: the rows, and the tree that `park assess` takes."""

    rows: list[LedgerRow]
    tree: dict[str, Any]


def meter_ledger(
    store: Store,
    year: int,
    base: str | Path | Mapping[str, object] | None = None,
    *,
    factor_set: str | None = None,
    by_firm: bool = False,
    progress: Progress = silent,
) -> MeterLedger:
    """The ledgers of a year from meters, each row walking back to readings.

    Args:
        store: of `open_store`.
        year: calendar year.
        base: a park's file with name, region, coefficient and what no meter counts.
        factor_set: parameters of natural gas, a set of fuels of the rulebook.
        by_firm: a row for each firm behind a meter at the edge.
        progress: told of each month that is settled.

    Raises:
        UnknownName: no such set of parameters.
        InputError: no readings of the year; meters at the edge of the park whose supply is not
            said.
    """
    if factor_set:
        fuels(factor_set, year)  # refuses a set that there is not
    months_wanted(store, [str(year)])
    settle(store, [*months_of(year), f"{year + 1}-01"], progress)
    rows = ledger_rows(store, year, by_firm=by_firm)
    tree: dict[str, Any] = {"year": year}
    if base is not None:
        tree = {**json.loads(json.dumps(read_source(base).tree)), "year": year}
    return MeterLedger(rows, ledger_tree(rows, tree, factor_set))


def correct(
    store: Store,
    meter: str,
    begin: str,
    end: str,
    kind: str,
    *,
    who: str,
    why: str,
    value: float | None = None,
    document: str = "",
) -> Correction:
    """Record what a person decided about readings; the readings stay as they are.

    Args:
        store: of `open_store`.
        meter: whose readings.
        begin: first instant, Beijing's time.
        end: last one.
        kind: `ignore` readings, put in a `reading`, state the `energy` between, `shift` by
            seconds, or multiply increments by a `factor`.
        who: who decided.
        why: the reason.
        value: of all kinds but `ignore`.
        document: what proves it.

    Raises:
        InputError: every fault at once.
    """
    times = [instant(begin), instant(end)]
    faults = list(_wrong(store, meter, times, kind, value, who, why))
    refuse(faults)
    row = Correction(
        meter=meter, begin=times[0] or 0, end=times[1] or 0, kind=kind, value=value, who=who,
        when=datetime.now(UTC).isoformat(timespec="seconds"), why=why, document=document,
    )  # fmt: skip
    with store.locked():
        held = store.manifest
        store.commit(held.model_copy(update={"corrections": (*held.corrections, row)}))
    return row


def _wrong(
    store: Store, meter: str, times: Sequence[int | None], kind: str, value: float | None,
    who: str, why: str,
) -> list[Fault]:  # fmt: skip
    said = [
        (not store.tree.of(meter), Words(f"没有计量表“{meter}”", f"There is no meter “{meter}”"),
         Words("请写清单中的表号", "Name a meter of the list")),
        (None in times, Words("时间读不出", "A time cannot be read"),
         Words("请写成 2025-03-01 00:15", "Write it as 2025-03-01 00:15")),
        (None not in times and (times[1] or 0) < (times[0] or 0),
         Words("止早于起", "It ends before it begins"), Words("请核对", "Check both")),
        (kind not in KINDS_OF_CORRECTION, Words(f"没有“{kind}”这种更正", f"No kind “{kind}”"),
         Words("、".join(KINDS_OF_CORRECTION), ", ".join(KINDS_OF_CORRECTION))),
        (kind != "ignore" and value is None, Words("缺少数值", "The value is missing"),
         Words("请加 --value", "Add --value")),
        (not who.strip(), Words("没有写谁决定的", "Who decided is not said"),
         Words("请加 --who", "Add --who")),
        (not why.strip(), Words("没有写理由", "The reason is missing"),
         Words("请加 --why", "Add --why")),
    ]  # fmt: skip
    return [Fault(what, do, where=f"更正 correction {meter}") for bad, what, do in said if bad]
