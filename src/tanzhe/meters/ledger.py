"""From meters to the ledgers of a park's year, and back from a row to the readings it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import floor
from typing import Any, NamedTuple

from tanzhe.errors import Fault, Words, refuse
from tanzhe.faults import fault_of
from tanzhe.meters.clock import month_begin, month_number, said_time
from tanzhe.meters.engine import MeterTotal, meter_totals
from tanzhe.meters.rows import CHANNELS, MICRO
from tanzhe.meters.shares import firms_behind, network_of, shares
from tanzhe.meters.store import Store
from tanzhe.meters.tree import Meter, Tree

MONTHS = 12
_AMOUNTS = ("kwh", "gj", "quantity")
HEAT = ("heat", "steam")
GENERATION = Words(
    "在清单的 generation 列填 非化石能源、化石能源 或 余热",
    "Fill in the column generation: nonfossil, fossil or waste_heat",
)


class LedgerRow(NamedTuple):
    """One row that meters give.

    Attributes:
        ledger: electricity, heat or fuels.
        row: as `park assess` takes it.
        meters: meters it adds up.
        months: months it adds up.
        edges: first and last reading of each meter, with file and row.
        missing: months whose amount is not known whole, by meter.
        why: of each of these, how much of it is known; empty where nothing is missing.
    """

    ledger: str
    row: dict[str, Any]
    meters: tuple[str, ...]
    months: tuple[str, ...]
    edges: tuple[str, ...]
    missing: tuple[str, ...]
    why: Words = Words("", "")


def months_of(year: int) -> list[str]:
    """The months of a year.

    Example:
        >>> months_of(2025)[0], len(months_of(2025))
        ('2025-01', 12)
    """
    return [f"{year}-{month:02d}" for month in range(1, MONTHS + 1)]


def ledger_rows(store: Store, year: int, *, by_firm: bool = False) -> list[LedgerRow]:
    """The rows of a year that meters give, from settled months.

    Only meters at the edge of the park give rows: those whose `supply` is said, heat and steam
    that is bought or sold, and roots of gas. Heat the park makes itself gives none: its fuel is
    counted. A year with a month that is not known whole gives an amount of null, never a sum of
    what is there.

    Args:
        store: of the park.
        year: calendar year.
        by_firm: a row for each firm behind a meter, which together are what the meter counted;
            a meter whose parts are not known gives one row that names no firm and says why.

    Raises:
        InputError: meters at the edge of the park of which nobody said how they supply it, all at
            once.
    """
    refuse(_undecided(store.tree))
    totals = meter_totals(store, months_of(year))
    edge = [name for name in store.tree.names if _ledger(store.tree.of(name)[-1])]
    chains = list(_chains(store.tree, edge))
    rows = [_row(store, year, chain, totals) for chain in chains]
    if not by_firm:
        return rows
    energy = _energy(store.tree, year, totals)
    return [part for row in rows for part in _parts(store.tree, row, energy, chains)]


def _energy(tree: Tree, year: int, totals: Sequence[MeterTotal]) -> dict[str, int | None]:
    """What every meter counted over the year, None where not all of it is known."""
    found: dict[str, int | None] = {}
    for name in tree.names:
        own = [one for one in totals if one.meter == name and not one.reverse]
        held = {one.month for one in own if one.complete}
        counted = {month for month in months_of(year) if _counts(tree, name, month)}
        found[name] = sum(one.energy for one in own) if counted <= held else None
    return found


def _parts(
    tree: Tree,
    row: LedgerRow,
    energy: Mapping[str, int | None],
    chains: Sequence[Sequence[str]],
) -> Iterator[LedgerRow]:
    """A row shared out among the firms behind its meter."""
    network = network_of(tree, row.meters[0], chains)
    firms = firms_behind(tree, network)
    if len(firms) == 1:
        yield row
        return
    known = [energy[name] for name in row.meters]
    whole = None if row.missing else sum(one or 0 for one in known)
    found = shares(tree, network, whole, energy) if whole is not None else None
    if found is None or found.why is not None or whole is None:
        why = f"；没有按企业分：{found.why.zh}" if found and found.why else ""
        yield row._replace(row={**row.row, "evidence": f"{row.row['evidence'][:900]}{why}"})
        return
    key = next(one for one in _AMOUNTS if one in row.row)
    scale = Decimal(repr(row.row[key])) / whole if whole else Decimal(0)
    for firm, part in found.parts.items():
        if not part:
            continue
        told = "、".join(found.meters[firm]) or "、".join(row.meters)
        how = "按各企业用量的比例分摊" if found.mixed else f"企业表 {told}"
        yield row._replace(
            row={
                **row.row,
                "id": f"{row.row['id']}：{firm}",
                "firm": firm,
                key: _scaled(part, scale),
                "evidence": f"{how}；{row.row['evidence']}"[:1000],
            }
        )


def _scaled(part: int, scale: Decimal) -> float:
    """A part in the unit of the row, to the last digit of the meters."""
    return float((part * scale).quantize(Decimal(1) / MICRO).normalize())


def _ledger(meter: Meter) -> str:
    """Which ledger a meter's row belongs to; "" where it gives none."""
    if meter.carrier == "electricity":
        return "electricity" if meter.supply else ""
    if meter.carrier in HEAT:
        return "heat" if meter.heat in ("bought", "sold") else ""
    return "fuels" if meter.carrier == "natural_gas" and not meter.parent else ""


def _undecided(tree: Tree) -> Iterator[Fault]:
    """Meters at the edge that leave open which row they give."""
    for name in tree.names:
        one = tree.of(name)[-1]
        if one.carrier == "electricity":
            yield from _undecided_power(one)
        elif one.carrier in HEAT:
            yield from _undecided_heat(one)


def _undecided_power(one: Meter) -> Iterator[Fault]:
    if not one.parent and one.supply is None:
        yield fault_of("meters.ledger.undecided_power", where=one.meter)
    if one.supply in ("direct", "onsite", "exported") and one.generation is None:
        yield Fault(
            Words("没有写明发电类型", "What generates its power is not said"),
            GENERATION,
            where=one.meter,
        )


def _undecided_heat(one: Meter) -> Iterator[Fault]:
    if not one.parent and one.heat is None:
        yield fault_of("meters.ledger.undecided_heat", where=one.meter)
    crossing = one.heat in ("bought", "sold")
    if crossing and one.generation is None:
        yield Fault(
            Words("没有写明热从何来", "What its heat is made from is not said"),
            GENERATION,
            where=one.meter,
        )
    if crossing and one.carrier == "steam" and one.gj_per_t is None:
        yield Fault(
            Words("蒸汽按吨计量，台账按 GJ 记", "Steam is counted in t, the ledger in GJ"),
            Words(
                "在清单的 gj_per_t 列填合同约定的每吨折热（GJ/t）",
                "Fill in the column gj_per_t: heat of a tonne (GJ/t), as the contract says",
            ),
            where=one.meter,
        )


def _chains(tree: Tree, edge: Sequence[str]) -> Iterator[list[str]]:
    """Meters with those that took their places."""
    followed = {after for name in edge if (after := tree.successor(name))}
    for name in edge:
        if name in followed:
            continue
        chain = [name]
        while (after := tree.successor(chain[-1])) and after not in chain:
            chain.append(after)
        yield chain


def _row(store: Store, year: int, chain: list[str], totals: Sequence[MeterTotal]) -> LedgerRow:
    meter = store.tree.of(chain[0])[-1]
    own = [one for one in totals if one.meter in chain and not one.reverse]
    held = {(one.meter, one.month) for one in own if one.complete}
    missing = [
        f"{name} {month}"
        for name in chain
        for month in months_of(year)
        if _counts(store.tree, name, month) and (name, month) not in held
    ]
    amount = None if missing else float(Decimal(sum(one.energy for one in own)) / MICRO)
    edges = tuple(one for name in chain for one in _edges(store, name, year))
    told = "、".join(chain)
    why = _why(missing, own)
    short = f"（不完整，全年数不给：{why.zh}）" if missing else ""
    evidence = f"计量表 {told}{short}，{year} 年各月读数（{'；'.join(edges)}）"
    ledger = _ledger(meter)
    row: dict[str, Any]
    if ledger == "electricity":
        row = {"id": f"meter-{chain[0]}", "supply": meter.supply, "kwh": amount}
        if meter.generation:
            row["generation"] = meter.generation
    elif ledger == "heat":
        scale = meter.gj_per_t if meter.carrier == "steam" and meter.gj_per_t else 1.0
        row = {"id": f"meter-{chain[0]}", "direction": "in" if meter.heat == "bought" else "out",
               "gj": None if amount is None else amount * scale,
               "fossil": meter.generation == "fossil"}  # fmt: skip
    else:
        scaled = None if amount is None else amount / 10_000
        row = {"id": f"meter-{chain[0]}", "fuel": "天然气", "purpose": "fuel",
               "quantity": scaled, "unit": "万m3"}  # fmt: skip
    row["evidence"] = evidence[:1000]
    firms = firms_behind(store.tree, chain)
    if len(firms) == 1:  # of several nobody knows yet whose it is
        row["firm"] = firms[0]
    return LedgerRow(ledger, row, tuple(chain), tuple(months_of(year)), edges, tuple(missing), why)


def _why(missing: Sequence[str], own: Sequence[MeterTotal]) -> Words:
    """What is known of each month that is not whole; months that follow alike are one stretch."""
    found: list[tuple[str, Words, list[str]]] = []  # meter, what is known, months
    held = {(one.meter, one.month): one for one in own}
    for meter, month in (one.rsplit(" ", 1) for one in missing):
        known = _known(held.get((meter, month)))
        last = found[-1] if found else None
        if last and last[:2] == (meter, known) and _follows(last[2][-1], month):
            last[2].append(month)
        else:
            found.append((meter, known, [month]))
    parts = [
        Words(
            f"{meter} {'至'.join(dict.fromkeys((months[0], months[-1])))} {known.zh}",
            f"{meter} {' to '.join(dict.fromkeys((months[0], months[-1])))} {known.en}",
        )
        for meter, known, months in found
    ]
    return Words("；".join(one.zh for one in parts), "; ".join(one.en for one in parts))


def _known(total: MeterTotal | None) -> Words:
    """How much of a month is known; never rounded up to the whole of it."""
    share = total.covered / total.seconds if total and total.seconds else 0.0
    if not share:
        return Words("没有读数", "no readings")
    told = f"{floor(1000 * share) / 10:g} %"
    return Words(f"只知 {told}", f"{told} is known")


def _follows(month: str, after: str) -> bool:
    return month_number(after) == month_number(month) + 1


def _counts(tree: Tree, name: str, month: str) -> bool:
    """Whether a meter counts on any day of a month."""
    number = month_number(month)
    begin, end = month_begin(number), month_begin(number + 1)
    return any(one.begins < end and (one.ends or end) > begin for one in tree.of(name))


def _edges(store: Store, meter: str, year: int) -> Iterator[str]:
    """The first reading of a year and the first of the next, as where they stood."""
    first, last = month_number(f"{year}-01"), month_number(f"{year + 1}-01")
    backwards = (last, *range(last - 1, first - 1, -1))
    for begin, months in ((month_begin(first), range(first, last)), (month_begin(last), backwards)):
        found = next((one for m in months if (one := reading_at(store, m, meter, begin))), None)
        if found:
            yield found


def reading_at(store: Store, month: int, meter: str, time: int) -> str:
    """The reading of a meter in a month nearest to an instant, with file and row; "" for none."""
    part = store.part(month)
    if meter not in part.names:
        return ""
    rows = part.rows
    own = (rows.meter == part.names.index(meter)) & (rows.channel != CHANNELS.index("reverse"))
    places = own.nonzero()[0]
    at = int(places[abs(rows.time[places].astype(int) - time).argmin()])
    names = {one.id: one.name for one in store.manifest.sources}
    source = part.sources[int(part.source[at])]
    shown = f"{int(rows.value[at]) / MICRO:.6f}".rstrip("0").rstrip(".")
    when = int(rows.time[at])
    amount = rows.channel[at] == CHANNELS.index("month")
    said = f"{said_time(when)[:7]} 用量" if amount else said_time(when)
    return f"{meter} {said} = {shown}（{names.get(source, source)} 第 {int(rows.line[at])} 行）"


def ledger_tree(
    rows: Sequence[LedgerRow], base: dict[str, Any], factor_set: str | None = None
) -> dict[str, Any]:
    """A park's year with the rows that meters give in place of the rows of those ledgers.

    Args:
        rows: of `ledger_rows`.
        base: name, region, year, coefficient and the ledgers that no meter gives.
        factor_set: parameters of the fuel that meters count.
    """
    tree = dict(base)
    for ledger in dict.fromkeys(one.ledger for one in rows):
        held = [dict(one.row) for one in rows if one.ledger == ledger]
        if ledger == "fuels" and factor_set:
            held = [{**one, "factor_set": factor_set} for one in held]
        tree[ledger] = held
    return tree
