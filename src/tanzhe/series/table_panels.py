"""Every series of a user's table in the companies they are compared in, read once."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import PlainSerializer

from tanzhe.errors import InputError
from tanzhe.model import Record, Series
from tanzhe.places import place_of
from tanzhe.series.calendar import monthly
from tanzhe.series.companions import beside
from tanzhe.series.company import companies, is_compared
from tanzhe.series.remarks import unfit_note
from tanzhe.series.span import as_known, cut
from tanzhe.series.table import Unusable, table_contents
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.naming import is_place, place_key, places_in, sector_key


def _whole(one: Series) -> dict[str, Any]:
    """A series with the products that tell its faults, which its own JSON leaves out."""
    return {**one.model_dump(mode="json"), "companions": list(map(_whole, one.companions))}


class Company(Record):
    """Series of one sector that are compared with each other.

    Attributes:
        sector: as the series have it.
        number: from 1.
        of: how many companies the sector has in its table.
        members: monthly or yearly, each without peers; those that are not compared (totals, the
            nation) are told with the first company.
        unusable: regions of it whose rows cannot be used, and why.
    """

    sector: str
    number: int
    of: int
    members: tuple[Annotated[Series, PlainSerializer(_whole)], ...]
    unusable: tuple[Unusable, ...]


class Wanted(NamedTuple):
    """Which part of a table is wanted.

    Attributes:
        regions: as typed; empty for all.
        sectors: as typed; empty for all.
        since: first month, YYYY-MM, or None.
        until: last month, or None.
        as_of: last month whose figures are used, or None.
    """

    regions: Collection[str] = ()
    sectors: Collection[str] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None


EVERYTHING = Wanted()


def table_panels(
    path: Path,
    choices: Choices = DEFAULT,
    wanted: Wanted = EVERYTHING,
    further: tuple[Path, ...] = (),
    name: str = "",
) -> list[Company]:
    """The series of a table in the companies that `table_series` compares them in.

    Args:
        path: any table.
        choices: what the user decided about it.
        wanted: which part of it; a table without a column of regions or sectors is called as the
            only one that is wanted, else by its file.
        further: files that go on with it, read as further sheets.
        name: of the whole, where there are such.

    Returns:
        One entry for each company that holds a region that is wanted.

    Raises:
        InputError: the table cannot be read at all.
    """
    contents = table_contents(path, choices, further, name)
    found = [_named(one, name or path.name, wanted) for one in contents]
    series = {(one.sector, one.region): one for one in found if isinstance(one, Series)}
    by_sector: dict[str, list[Series | Unusable]] = defaultdict(list)
    for one in found:
        by_sector[one.sector].append(one)
    sectors = {sector_key(name) for name in wanted.sectors}
    kept = [s for s in by_sector if not sectors or sector_key(s) in sectors]
    regions = {_key(name) for name in wanted.regions}
    made = [c for s in kept for c in _companies(s, by_sector[s], series, wanted)]
    return [c for c in made if not regions or regions & {_key(r) for r in _regions(c)}]


def with_peers(own: Series, members: Collection[Series], unusable: Collection[Unusable]) -> Series:
    """A member with the others of its company as peers."""
    others = tuple(one for one in members if one is not own and is_compared(one.region))
    unfit = [one.region for one in unusable if is_compared(one.region)]
    notes = (*own.notes, unfit_note(unfit)) if unfit else own.notes
    return own.model_copy(update={"peers": others, "notes": notes})


def is_wanted(region: str, wanted: Collection[str]) -> bool:
    """Whether a region is among those asked for; all are where nobody asked."""
    return not wanted or _key(region) in {_key(name) for name in wanted}


def _regions(company: Company) -> list[str]:
    members, unusable = company.members, company.unusable
    return [*(one.region for one in members), *(one.region for one in unusable)]


def _key(name: str) -> str:
    known = place_of(name)
    return known.iso if known else place_key(name)


def _companies(
    sector: str,
    all_of_it: list[Series | Unusable],
    table: dict[tuple[str, str], Series],
    wanted: Wanted,
) -> list[Company]:
    by_region = {one.region: one for one in all_of_it}
    compared = [region for region in by_region if is_compared(region)]
    totals = [region for region in by_region if not is_compared(region)]
    dealt = companies(compared)
    made = []
    for number, regions in enumerate(dealt, 1):
        regions = [*regions, *totals] if number == 1 else regions
        members: list[Series] = []
        unusable: list[Unusable] = []
        for region in regions:
            one = _shaped(by_region[region], table, wanted)
            (members if isinstance(one, Series) else unusable).append(one)  # type: ignore[arg-type]
        made.append(
            Company(
                sector=sector,
                number=number,
                of=len(dealt),
                members=tuple(members),
                unusable=tuple(unusable),
            )
        )
    return made


def _shaped(
    one: Series | Unusable, table: dict[tuple[str, str], Series], wanted: Wanted
) -> Series | Unusable:
    """A series by month, of the span asked for, with the products that tell its faults."""
    if isinstance(one, Unusable):
        return one
    found = (table.get((product, one.region)) for product in beside(one.sector))
    companions = tuple(c for c in found if c is not None and c.values != one.values)
    own = one.model_copy(update={"companions": companions})
    try:
        return monthly(as_known(cut(own, wanted.since, wanted.until), wanted.as_of))
    except InputError as error:
        return Unusable(region=one.region, sector=one.sector, faults=error.faults)


def _named(one: Series | Unusable, file: str, wanted: Wanted) -> Series | Unusable:
    """A series with the names that the user or the file gives where the table has none."""
    region, sector = one.region, one.sector
    if region == file:
        region = _only(wanted.regions) or _place_in(Path(file).stem)
    if sector == "total" and (asked := _only(wanted.sectors)):
        sector = sector_key(asked) or asked
    return one.model_copy(update={"region": region, "sector": sector})


def _only(names: Collection[str]) -> str | None:
    name = next(iter(names)) if len(names) == 1 else None
    return None if name is None else _shown(name)


def _shown(name: str) -> str:
    return place_key(name) if is_place(name) else name


def _place_in(stem: str) -> str:
    """The one province that a file is named after, else its name."""
    if is_place(stem):
        return place_key(stem)
    places = places_in(stem)
    return places[0] if len(places) == 1 and "市" not in stem else stem
