"""The built-in source `nbs-output`: product output, and emissions estimated from it.

Industry is cement, crude steel, ten nonferrous metals and flat glass, with soda ash, caustic soda
and ethylene where the whole span is covered (to 2021-10). Pig iron, rolled steel and alumina are
made into or counted with these and would count twice. See docs/series/nbs_output.md.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tanzhe.errors import InputError, Words
from tanzhe.model import Series
from tanzhe.places import Place, place_of, provinces
from tanzhe.sectors import Product, sector_of, sector_words
from tanzhe.series.basket import choose
from tanzhe.series.estimate import (
    BASKETS,
    SOURCE,
    cells,
    estimates,
    frame,
    national_reach,
    reach,
    years_of,
)
from tanzhe.series.output import Output, covered, output, packaged
from tanzhe.series.remarks import MERGED, SUM_OF_PROVINCES, added_note, named
from tanzhe.series.span import chosen


def nbs_series(
    region_iso: str,
    sector_or_product_id: str,
    first: str | None = None,
    last: str | None = None,
    of: Output | None = None,
) -> Series:
    """Monthly emissions of a sector, or output of a product, of a province or the nation.

    Args:
        region_iso: ISO 3166-2 code; `CN` is the sum of the provinces and has no peers.
        sector_or_product_id: `industry` or `power` (MtCO2), or a product id (its own unit).
        first: first month, YYYY-MM; January means the merged January-February. None: the first
            there is.
        last: last month, YYYY-MM. A product's series ends where its publication ends. None: the
            last there is of this region.
        of: the figures of a workspace (`vintages.output_in`); None: the packaged ones.

    Returns:
        Merged monthly series with `parts` (sectors) and `peers`, each with its own fixed basket.

    Raises:
        InputError: not covered by this source, not published for this region, or a bad span.

    Example:
        >>> series = nbs_series("CN-YN", "industry")
        >>> series.unit, series.periods[0], [part.product for part in series.parts][:2]
        ('MtCO2', '2015-02', ['cement', 'crude_steel'])
    """
    of = of or packaged()
    start, end = _span(sector_or_product_id, region_iso, first, last, of)
    panel = _panel(sector_or_product_id, start, end, of)
    if region_iso == "CN":
        nation = _national(sector_or_product_id, start, end, of)
        return nation.model_copy(update={"peers": tuple(panel.values())})
    if region_iso not in panel:
        raise _not_published(region_iso, sector_or_product_id, panel)
    peers = tuple(series for iso, series in panel.items() if iso != region_iso)
    return panel[region_iso].model_copy(update={"peers": peers})


def nbs_panel(
    sector: str, first: str | None = None, last: str | None = None, of: Output | None = None
) -> dict[str, Series]:
    """All provinces that have the sector or product, by ISO 3166-2 code, without peers.

    Raises:
        InputError: not covered by this source, or a bad span.

    Example:
        >>> len(nbs_panel("power"))
        31
    """
    of = of or packaged()
    return dict(_panel(sector, *_span(sector, "CN", first, last, of), of))


def _span(
    sector: str, region_iso: str, first: str | None, last: str | None, of: Output
) -> tuple[int, int]:
    """Positions of the asked span, cut to what there is of the region and product."""
    if sector not in BASKETS and sector not in of.products:
        raise _not_covered(sector)
    there = of.periods[: _reach(sector, of).get(region_iso, of.packaged)]
    start, end = chosen(there, first, last, merged=True)
    return (start, end) if sector in BASKETS else _published(sector, start, end, of)


@lru_cache(maxsize=64)
def _reach(sector: str, of: Output) -> dict[str, int]:
    """How many periods each province and the nation have."""
    each = zip(provinces(), reach(sector, of).tolist(), strict=True)
    return {place.iso: end for place, end in each} | {"CN": national_reach(sector, of)}


@lru_cache(maxsize=64)
def _panel(sector: str, start: int, end: int, of: Output) -> dict[str, Series]:
    places = provinces()
    if sector in BASKETS:
        return estimates(sector, of, start, end, places)
    values = output(sector, of)[:, start:end]
    return {
        place.iso: _output_series(place, sector, values[row], start, of)
        for row, place in enumerate(places)
        if np.isfinite(values[row]).any()
    }


@lru_cache(maxsize=64)
def _national(sector: str, start: int, end: int, of: Output) -> Series:
    nation = place_of("CN")
    assert nation is not None
    if sector in BASKETS:
        return estimates(sector, of, start, end, (nation,), national=True)["CN"]
    values = output(sector, of)[:, start:end]
    enters = choose(values[:, None, :], years_of(of, start, end)).enters[:, 0]
    total = _output_series(nation, sector, values[enters].sum(axis=0), start, of)
    return total.model_copy(update={"notes": (*total.notes, SUM_OF_PROVINCES)})


def _published(product: str, start: int, end: int, of: Output) -> tuple[int, int]:
    """The span cut to the periods in which the product is published."""
    known_start, known_end = covered(product, of)
    start, end = max(start, known_start), min(end, known_end)
    if start >= end:
        span = (of.periods[known_start], of.periods[known_end - 1])
        raise InputError.of(
            Words("该产品在此期间未公布", "The product was not published in this span"),
            Words(f"可用范围：{span[0]} 至 {span[1]}", f"Use {span[0]} to {span[1]}"),
            where=f"{SOURCE}: {product}",
        )
    return start, end


def _output_series(
    place: Place, product: str, values: NDArray[np.float64], start: int, of: Output
) -> Series:
    known = sector_of(product)
    assert isinstance(known, Product)
    end = start + len(values)
    return Series(
        region=place.iso,
        sector=product,
        unit=known.unit,
        notes=tuple(note for note in (MERGED, added_note(of, end, factors=False)) if note),
        values=cells(values),
        **frame(of, start, end),
    )


def _not_covered(wanted: str) -> InputError:
    name, have = sector_words(wanted), named(packaged().products)
    near = named(_akin(wanted))
    return InputError.of(
        Words(f"内置数据不含“{name.zh}”", f"The built-in data do not cover “{name.en}”"),
        Words(
            (f"同行业有数据的是：{near.zh}。" if near.zh else "")
            + f"内置数据包括工业、电力，以及产品：{have.zh}；"
            "其他部门可用 --data carbon-monitor 或自己的表格",
            (f"Of its industry there are: {near.en}. " if near.en else "")
            + f"Covered: industry, power, and the products {have.en}. "
            "For other sectors use --data carbon-monitor or your own table",
        ),
        where=SOURCE,
    )


def _akin(wanted: str) -> list[str]:
    """The products there are that an industry of one that is missing makes as well."""
    known = sector_of(wanted)
    made = set(known.industries) if isinstance(known, Product) else set()
    each = [(one, sector_of(one)) for one in packaged().products]
    return [id for id, one in each if isinstance(one, Product) and made & set(one.industries)]


def _not_published(iso: str, wanted: str, panel: dict[str, Series]) -> InputError:
    have = [place.zh for place in provinces() if place.iso in panel]
    isos = ", ".join(panel)
    zh = next((place.zh for place in provinces() if place.iso == iso), iso)
    return InputError.of(
        Words(
            f"{zh} 在此期间没有连续公布的“{named([wanted]).zh}”数据",
            f"{iso} has no continuously published “{wanted}” in this span",
        ),
        Words(f"有数据的省份：{'、'.join(have)}", f"Provinces with data: {isos}"),
        where=SOURCE,
    )
