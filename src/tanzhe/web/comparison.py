"""Up to four provinces on one axis: index or level; the address is the comparison."""

from typing import Any

from fastapi.responses import Response

from tanzhe.api.series.overview import Overview, Tile
from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.places import find_place, provinces, region_words
from tanzhe.reports.words.dates import short_month
from tanzhe.sectors import sector_words
from tanzhe.web.desk import Asked
from tanzhe.web.drawn import rounded
from tanzhe.web.twins import Table
from tanzhe.web.view import Ask
from tanzhe.web.words import size, unit_words

MOST = 4
# An index is of the last month of this year, or of the first month that all have.
BASE = "2019-12"
Window = tuple[str | None, str | None]


async def comparison(ask: Ask, asked: Asked, beside: str, scale: str, window: Window) -> Response:
    """The page of a series with others beside it.

    Args:
        ask: the question.
        asked: the first series.
        beside: names or codes of other regions, with commas.
        scale: index or level.
        window: first and last month that is shown.

    Raises:
        InputError: more than four, or one the source has no figures of.
    """
    names = [one for one in beside.replace("，", ",").split(",") if one.strip()]
    regions = list(dict.fromkeys([asked.region, *(find_place(one).iso for one in names)]))
    if len(regions) > MOST:
        raise InputError(
            fault_of("web.comparison.too_many", most=MOST, count=len(regions), where="with")
        )
    found = await ask.ready(ask.desk.overview(asked.sector))
    tiles = [_tile(found, region) for region in regions]
    shown = _shown(found, tiles, window)
    base = _base(found, tiles, shown)
    lines = [_line(one, shown, base if scale == "index" else None) for one in tiles]
    heading = _heading(found, tiles, base)
    return ask.page(
        "series/compare.html", _twin(found, tiles, lines, shown, heading), current="/series",
        asked=asked, regions=regions, scale=scale, heading=heading, found=found,
        chart=_chart(ask, found, tiles, lines, shown, base, scale),
        others=[one.iso for one in provinces() if one.iso not in regions], most=MOST,
        base=None if base is None else found.periods[base],
        without={
            one: ",".join(other for other in regions[1:] if other != one) for one in regions
        },
    )  # fmt: skip


def _tile(found: Overview, region: str) -> Tile:
    tile = found.tile(region)
    if tile is None or not any(one is not None for one in tile.sums):
        name, what = region_words(region), sector_words(found.sector)
        raise InputError(fault_of("web.comparison.tile", name=name, what=what, where=region))
    return tile


def _shown(found: Overview, tiles: list[Tile], window: Window) -> list[int]:
    """Positions from the first with any sum, within the window."""
    first, last = window[0] or "", window[1] or "9999"
    last = f"{last}-12" if len(last) == 4 and last != "9999" else last
    known = [at for at in range(len(found.periods)) if any(t.sums[at] is not None for t in tiles)]
    within = [at for at in known if first <= found.periods[at] <= last]
    return within if len(within) > 1 else known


def _base(found: Overview, tiles: list[Tile], shown: list[int]) -> int | None:
    """Where all lines are 100: December 2019, else the first position all have."""
    common = [at for at in shown if all(one.sums[at] for one in tiles)]
    named = [at for at in common if found.periods[at] == BASE]
    return next(iter(named or common), None)


def _line(tile: Tile, shown: list[int], base: int | None) -> list[float | None]:
    values = [tile.sums[at] for at in shown]
    if base is None:
        return rounded(values)
    whole = tile.sums[base] or 0.0
    return rounded([None if one is None else 100 * one / whole for one in values])


def _heading(
    found: Overview,
    tiles: list[Tile],
    base: int | None,
) -> Words:
    """Who moved most since the base: said of the index, whatever is drawn."""
    what = sector_words(found.sector)
    names = [region_words(one.region) for one in tiles]
    listed = Words("、".join(n.zh for n in names), ", ".join(n.en for n in names))
    if base is None:
        return Words(f"{listed.zh}{what.zh}", f"{listed.en}: {what.en.lower()}")
    moved = []
    for tile, name in zip(tiles, names, strict=True):
        last = next(one for one in reversed(tile.sums) if one is not None)
        moved.append((100 * (last / (tile.sums[base] or last) - 1), name))
    ends = sorted(moved, key=lambda pair: pair[0])
    low, high = ends[0], ends[-1]
    year = found.periods[base][:4]
    since = Words(f"{year}年底", f"the end of {year}")
    if found.periods[base][5:] != "12":
        since = Words(found.periods[base], found.periods[base])
    pairs = [low] if len(ends) == 1 else [low, high]
    zh = "，".join(
        f"{name.zh}{'比' + since.zh if at == 0 else ''}{'低' if p < 0 else '高'}{size(p)}"
        for at, (p, name) in enumerate(pairs)
    )
    en = ", ".join(f"{name.en} {'down' if p < 0 else 'up'} {size(p)}" for p, name in pairs)
    return Words(f"{listed.zh}{what.zh}：{zh}", f"{what.en} since {since.en}: {en}")


def _chart(
    ask: Ask,
    found: Overview,
    tiles: list[Tile],
    lines: list[list[float | None]],
    shown: list[int],
    base: int | None,
    scale: str,
) -> dict[str, Any]:
    periods = [found.periods[at] for at in shown]
    shorts = [short_month(one, merged=found.merged) for one in periods]
    return {
        "kind": "lines",
        "periods": periods,
        "names": shorts,
        "shorts": shorts,
        "lines": [
            {"name": ask.say(region_words(one.region)), "values": line}
            for one, line in zip(tiles, lines, strict=True)
        ],
        "index": scale == "index" and base is not None,
        "unit": "" if scale == "index" else unit_words(found.unit).said(ask.language),
        "words": {"none": ask.say("未公布", "not published")},
        "label": ask.say(
            "各地12个月合计；左右键逐月看", "twelve-month sums; arrow keys move by month"
        ),
    }


def _twin(
    found: Overview,
    tiles: list[Tile],
    lines: list[list[float | None]],
    shown: list[int],
    heading: Words,
) -> Table:
    columns = [Words("截至", "up to"), *(region_words(one.region) for one in tiles)]
    rows = [
        (found.periods[at], *(line[number] for line in lines)) for number, at in enumerate(shown)
    ]
    name = "_".join(["compare", found.sector, *(one.region for one in tiles)])
    return Table(name, heading, columns, rows)
