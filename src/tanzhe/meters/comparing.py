"""Bills and sums of sheets held against the meters over their own days."""

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from tanzhe.errors import Words
from tanzhe.meters.clock import day_begin, month_name, month_numbers
from tanzhe.meters.findings import Finding, finding
from tanzhe.meters.rows import MICRO
from tanzhe.meters.settling import Stretch, total_of
from tanzhe.meters.store import Store
from tanzhe.meters.tree import Tree

# A bill may be rounded to whole units; beyond that and a thousandth it differs.
TOLERANCE = 0.001


def bill_findings(store: Store) -> Iterator[Finding]:
    """Bills that differ from their meters, of no calendar month, or that cannot be compared."""
    for bill in store.manifest.bills:
        begin, end = day_begin(bill.start), day_begin(bill.end)
        if not _whole_month(bill.start, bill.end):
            told = Words(f"{bill.document} {bill.start} 至 {bill.end}",
                         f"{bill.document} {bill.start} to {bill.end}")  # fmt: skip
            yield _at(finding("bill_period", bill.meter, begin, end, told=told), bill.where)
        measured = metered(store, chain_of(store.tree, bill.meter), begin, end)
        if measured is None:
            continue
        off = bill.amount - measured
        if abs(off) > max(1.0, TOLERANCE * abs(measured)):
            told = Words(
                f"{bill.document} 为 {bill.amount:,.0f}，表计 {measured:,.0f}，差 {off:+,.0f}",
                f"{bill.document} says {bill.amount:,.0f}, meters {measured:,.0f}, {off:+,.0f}",
            )
            yield _at(finding("bill", bill.meter, begin, end, told=told), bill.where)


def stated_findings(store: Store) -> Iterator[Finding]:
    """Sums of reading sheets that differ from what the readings say."""
    stated = store.manifest.stated
    whole: dict[str, list[float | None]] = {}
    for one in stated:
        sheet = one.where.split(" 第 ")[0]
        begin, end = one.begin or 0, one.end or 0
        if one.meter:
            measured = metered(store, [one.meter], begin, end)
            if store.tree.of(one.meter) and store.tree.of(one.meter)[-1].parent:
                whole.setdefault(sheet, []).append(measured)
            meter = one.meter
        else:
            parts = whole.get(sheet, [])
            known = [part for part in parts if part is not None]
            measured = sum(known) if parts and len(known) == len(parts) else None
            meter = "合计 total"
        if measured is None or abs(one.amount - measured) <= 1.0:
            continue
        told = Words(f"表中 {one.amount:,.0f}，按示数 {measured:,.0f}",
                     f"the sheet says {one.amount:,.0f}, the readings {measured:,.0f}")  # fmt: skip
        yield _at(finding("stated", meter, begin, end, told=told), one.where)


def chain_of(tree: Tree, meter: str) -> list[str]:
    """A meter with those that took its place."""
    chain = [meter]
    while (after := tree.successor(chain[-1])) and after not in chain:
        chain.append(after)
    return chain


def metered(store: Store, chain: Sequence[str], begin: int, end: int) -> float | None:
    """What meters added between two instants, from settled months; None where not all is known."""
    total = 0
    for name in chain:
        spans = store.tree.of(name)
        first, last = spans[0].begins, spans[-1].ends
        start, stop = max(begin, first), end if last is None else min(end, last)
        if start >= stop:
            continue
        found = total_of(stretches_of(store, name, start, stop), start, stop, "")
        if not found.complete:
            return None
        total += found.energy
    return total / MICRO


def stretches_of(store: Store, meter: str, begin: int, end: int) -> Stretch:
    """A meter's stretches of energy in settled months that touch a time."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    parts: list[Stretch] = []
    first, last = (int(one) for one in month_numbers(np.array([begin, end])))
    for number in range(first, last + 1):
        file = store.manifest.settled.get(month_name(number), {}).get("stretches")
        if not file:
            continue
        table = pq.read_table(store.path(file), partitioning=None)
        own = table.filter(pc.equal(table.column("meter").cast("string"), meter))
        columns = [own.column(name).to_numpy() for name in ("begin", "end", "energy")]
        known = own.column("known").to_numpy().astype(bool)
        parts.append(Stretch(columns[0], columns[1], columns[2], known))
    if not parts:
        none = np.empty(0, np.int64)
        return Stretch(none, none, none, np.empty(0, bool))
    joined = Stretch._make(np.concatenate(one) for one in zip(*parts, strict=True))
    _, once = np.unique(joined.begin, return_index=True)  # a stretch across an edge is in both
    return Stretch._make(column[once] for column in joined)


def _whole_month(start: date, end: date) -> bool:
    months = (end.year - start.year) * 12 + end.month - start.month
    return start.day == end.day == 1 and months >= 1


def _at(one: Finding, where: str) -> Finding:
    file, _, rest = where.partition(" 第 ")
    line = rest.partition(" 行")[0]
    return one.model_copy(update={"file": file, "line": int(line) if line.isdigit() else 0})
