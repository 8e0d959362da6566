"""Green certificates: which count, what they cover, and which stand twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tanzhe.errors import Fault, Words
from tanzhe.faults import fault_of
from tanzhe.model.park import Certificate, ElectricityRow, ParkYear
from tanzhe.model.told import Told
from tanzhe.names import folded
from tanzhe.parks.account.firms import firm_key
from tanzhe.quantity import Quantity, Unit


def counts(certificate: Certificate, year: int) -> bool:
    """Whether a certificate counts: cancelled, for power generated in the accounting year."""
    return certificate.status == "cancelled" and certificate.generated.startswith(f"{year:04d}-")


def counting_kwh(row: ElectricityRow, year: int) -> float:
    """The kWh of a row's certificates that count; only those of `grid` rows do."""
    if row.supply != "grid":
        return 0.0
    mwh = sum(one.mwh for one in row.certificates if counts(one, year))
    return Quantity(mwh, Unit.MWH).to(Unit.KWH).value


def covered_kwh(rows: Sequence[ElectricityRow], year: int) -> dict[str, float]:
    """The kWh of each grid row that certificates cover, by row id.

    The method adds up the park, so what one row cannot use covers the next grid rows in order. A
    certificate serves its user: what a row of a named firm cannot use covers that firm's others.

    Args:
        rows: the electricity ledger.
        year: the accounting year.
    """
    grid = [row for row in rows if row.supply == "grid"]
    covered = {row.id: min(counting_kwh(row, year), row.kwh) for row in grid}
    firms = dict.fromkeys(firm_key(row) for row in grid)
    # Rows that name no firm come last: what they leave over may be anybody's.
    for firm in sorted(firms, key=lambda key: not key):
        own = [row for row in grid if firm_key(row) == firm]
        left = sum(counting_kwh(row, year) for row in own) - sum(covered[row.id] for row in own)
        for row in own if firm else grid:
            more = min(left, row.kwh - covered[row.id])
            covered[row.id] += more
            left -= more
    return covered


def idle(park: ParkYear) -> list[tuple[ElectricityRow, Certificate, Told]]:
    """Certificates that are listed and cover nothing, with the reason."""
    found = []
    for row in park.electricity:
        for one in row.certificates:
            if row.supply != "grid":
                found.append((row, one, _NOT_GRID))
            elif one.status != "cancelled":
                found.append((row, one, _HELD))
            elif not counts(one, park.year):
                why = Told(
                    f"生产年月 {one.generated} 不在核算年度 {park.year}",
                    f"generated in {one.generated}, not in {park.year}",
                )
                found.append((row, one, why))
    return found


_NOT_GRID = Told(
    "只有网购电行的绿证可以抵扣", "only certificates of purchased grid power cover anything"
)
_HELD = Told("尚未核销", "not cancelled")


def repeated(
    parks: Sequence[ParkYear], places: Mapping[str, str], called: Callable[[str], str] = str
) -> Iterator[Fault]:
    """A fault for every certificate that stands more than once in one or several park years.

    Args:
        parks: one park's year, or several to look for the same certificate across them.
        places: path of each row by its id; rows that are not in it go by park, year and id.
        called: a place as the reader of the file knows it.
    """
    first: dict[str, tuple[Certificate, str, ElectricityRow]] = {}
    for park in parks:
        for row in park.electricity:
            place = places.get(row.id, f"{park.name} {park.year} {row.id}")
            for number, one in enumerate(row.certificates):
                where = f"{place}.certificates[{number}].id"
                if not one.id:
                    continue
                if one.id not in first:
                    first[one.id] = (one, where, row)
                    continue
                earlier, there, of_row = first[one.id]
                why = _why(earlier, one, of_row.firm, row.firm)
                yield fault_of(
                    "parks.certificates.repeated",
                    one=one.id,
                    why=why,
                    there=called(there),
                    where=where,
                )


def _why(one: Certificate, other: Certificate, firm: str, other_firm: str) -> Words:
    if firm and other_firm and folded(firm) != folded(other_firm):
        return Words(
            f"被两家企业使用（{firm}、{other_firm}）",
            f"is used by two firms ({firm}, {other_firm})",
        )
    if one.holder != other.holder:
        return Words(
            f"被两个用户使用（{one.holder or '未写'}、{other.holder or '未写'}）",
            f"is used by two holders ({one.holder or 'not said'}, {other.holder or 'not said'})",
        )
    if one.generated[:4] != other.generated[:4]:
        return Words("被用于两个年度", "is used for two years")
    return Words("重复填报", "is listed twice")


def above_grid(park: ParkYear, places: Mapping[str, str]) -> Iterator[Fault]:
    """A fault when the certificates that count exceed the power bought, of a firm or in all."""
    grid = [row for row in park.electricity if row.supply == "grid"]
    by_firm: dict[str, list[ElectricityRow]] = {}
    for row in grid:
        by_firm.setdefault(firm_key(row), []).append(row)
    faults = [
        fault
        for firm, rows in by_firm.items()
        if firm
        for fault in _above(rows, park.year, places, rows[0].firm)
    ]
    yield from faults or _above(grid, park.year, places, "")


def _above(
    grid: Sequence[ElectricityRow], year: int, places: Mapping[str, str], firm: str
) -> Iterator[Fault]:
    having = [row for row in grid if counting_kwh(row, year)]
    certified = sum(counting_kwh(row, year) for row in having)
    bought = sum(row.kwh for row in grid)
    if certified <= bought:
        return
    mwh = [Quantity(kwh, Unit.KWH).to(Unit.MWH).value for kwh in (certified, bought)]
    whose = Words(f"“{firm}”的", f" of “{firm}”") if firm else Words("", "")
    other = (
        Words("；属于其他企业的，填在那家企业的行", "; enter those of another firm at its rows")
        if firm
        else Words("", "")
    )
    yield Fault(
        Words(
            f"{whose.zh}绿证合计 {mwh[0]:,.10g} MWh 多于网购电量 {mwh[1]:,.10g} MWh",
            f"Certificates{whose.en} of {mwh[0]:,.10g} MWh exceed {mwh[1]:,.10g} MWh bought from "
            "the grid",
        ),
        Words(
            f"请核对绿证数量和单位（绿证按 MWh，电量按 kWh）{other.zh}",
            f"Check volumes and units (certificates in MWh, power in kWh){other.en}",
        ),
        where=f"{places.get(having[-1].id, having[-1].id)}.certificates",
    )
