"""Where a series comes from: a built-in source, a Carbon Monitor file, or the user's table."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import InputError, Words
from tanzhe.faults import fault_of
from tanzhe.model import Series
from tanzhe.places import find_place
from tanzhe.sectors import find_sector, sector_of
from tanzhe.series import ember
from tanzhe.series.carbon_monitor import carbon_monitor_series, is_carbon_monitor
from tanzhe.series.checks import against_reference
from tanzhe.series.companions import beside
from tanzhe.series.nbs import nbs_series
from tanzhe.series.opening import from_opening
from tanzhe.series.output import Output, packaged
from tanzhe.series.span import as_known, chosen, cut, last_known
from tanzhe.series.table import table_series
from tanzhe.tables.choices import DEFAULT, Choices
from tanzhe.tables.told import Telling

NBS = "nbs-output"
CARBON_MONITOR = "carbon-monitor"
EMBER = ember.SOURCE


class DataSource(NamedTuple):
    """A source a user can name after `--data`.

    Attributes:
        name: as typed.
        what: what it holds and how it comes about.
        coverage: sectors, regions and months.
        terms: who made it, under which terms, and what to cite.
        built_in: usable without a download.
    """

    name: str
    what: Words
    coverage: Words
    terms: Words
    built_in: bool


def data_sources() -> tuple[DataSource, ...]:
    """The sources that have a name, the built-in one first.

    Example:
        >>> [source.name for source in data_sources()]
        ['nbs-output', 'ember', 'carbon-monitor']
    """
    first, last = packaged().periods[0], packaged().periods[-1]
    return (
        DataSource(
            NBS,
            Words(
                "各省工业产品月度产量，及由产量乘以排放系数得到的工业、电力排放估算",
                "Monthly output of industrial products by province, and emissions of industry and "
                "power estimated from it",
            ),
            Words(
                f"31 个省份，{first} 至 {last}；部门：工业、电力；产品：水泥、粗钢等",
                f"31 provinces, {first} to {last}; industry, power, and products such as cement",
            ),
            Words(
                "国家统计局公开统计数据，由公开副本整理；排放为本软件估算",
                "National Bureau of Statistics, public statistics compiled from public copies; "
                "the emissions are our estimate",
            ),
            True,
        ),
        DataSource(
            EMBER,
            Words(
                "全国分电源月度发电量和用电量，及由化石能源发电量乘以官方排放因子得到的电力排放；"
                "全国电力默认用它",
                "The nation's monthly generation by source and consumption, and power emissions "
                "from fossil generation times the official factor; the default for its power",
            ),
            Words(
                f"全国，{ember.ember().periods[0]} 至 {ember.ember().periods[-1]}",
                f"The nation, {ember.ember().periods[0]} to {ember.ember().periods[-1]}",
            ),
            Words(
                "Ember，CC BY 4.0，引用须署名 Ember；由公开副本整理",
                "Ember, CC BY 4.0, name Ember when quoting; from a public copy",
            ),
            True,
        ),
        DataSource(
            CARBON_MONITOR,
            Words(
                "各省五个部门的日排放；省内日变化取自全国曲线，本软件按月使用",
                "Daily emissions of five sectors by province; the days within a month are the "
                "nation's, so we use months",
            ),
            Words(
                "31 个省份，2019-01 起；工业、电力、地面交通、居民、航空",
                "31 provinces from 2019-01; industry, power, ground transport, residential, "
                "aviation",
            ),
            Words(
                "Carbon Monitor，合理使用，数值会修订；引用 Liu et al. 2020, "
                "10.1038/s41467-020-18922-7",
                "Carbon Monitor, fair use, values are revised; cite Liu et al. 2020, "
                "10.1038/s41467-020-18922-7",
            ),
            False,
        ),
    )


def load_series(
    region: str,
    sector: str,
    data: str | Path | None = None,
    since: str | None = None,
    until: str | None = None,
    of: Output | None = None,
    choices: Choices = DEFAULT,
    telling: Telling | None = None,
    as_of: str | None = None,
) -> Series:
    """The series a user asks for.

    Args:
        region: any name of a province or the nation; a name of their own in the user's tables.
        sector: any name of a sector or product; a name of their own in the user's tables.
        data: `nbs-output`, `ember`, or a file: Carbon Monitor's format or any table with date and
            value. `carbon-monitor` itself must have been downloaded: give the path of the download.
            None: the built-in source that covers what was asked and reaches furthest.
        since: first month, YYYY-MM.
        until: last month, YYYY-MM.
        of: the output of a workspace, for `nbs-output`; None: the packaged output.
        choices: what the user decided about a table of theirs.
        telling: told how the table was read.
        as_of: last month whose figures are used, as if asked then.

    Returns:
        The series as the source has it (days stay days, see `calendar.monthly`), with peers, and
        for power of a Carbon Monitor file with the estimate from thermal generation as reference.

    Raises:
        InputError: what is wrong, where, and what to do.
        UnknownName: a region or sector nobody knows.

    Example:
        >>> load_series("云南", "工业", since="2020-01").periods[0]
        '2020-02'
    """
    if data is None:
        data = _default(region, sector, since, of)
    if str(data) == EMBER:
        iso, kind_id = find_place(region).iso, find_sector(sector).id
        return as_known(cut(ember.ember_series(iso, kind_id), since, until), as_of)
    if str(data) == NBS:
        place, kind = find_place(region), find_sector(sector)
        return _built_in(place.iso, kind.id, since, until, of, as_of)
    if str(data) == CARBON_MONITOR:
        raise InputError(fault_of("series.sources.not_downloaded", where="--data carbon-monitor"))
    path = Path(data)
    if is_carbon_monitor(path):
        iso, kind_id = find_place(region).iso, find_sector(sector).id
        found = carbon_monitor_series(path, iso, kind_id)
        return against_reference(as_known(cut(found, since, until), as_of))
    found = table_series(path, region, sector, choices, telling)
    found = _with_companions(found, path, region, choices)
    return as_known(from_opening(cut(found, since, until)), as_of)


def _with_companions(series: Series, path: Path, region: str, choices: Choices) -> Series:
    """The series of a table with the products of the same table that tell its faults."""
    found = []
    for product in beside(series.sector):
        try:
            one = table_series(path, region, product, _for(product, series.sector, choices))
        except InputError:
            continue
        # A table without products gives the same figures whatever is asked.
        if one.values != series.values:
            found.append(one)
    return series.model_copy(update={"companions": tuple(found)})


def _for(product: str, own: str, choices: Choices) -> Choices:
    """The same choices for a companion: 粗钢产量(万吨) becomes 生铁产量(万吨)."""
    mine, other = sector_of(own), sector_of(product)
    if choices.column is None or mine is None or other is None:
        return choices
    column = choices.column.replace(mine.zh, other.zh).replace(mine.en, other.en)
    return replace(choices, column=column)


def _default(region: str, sector: str, since: str | None, of: Output | None) -> str:
    """The built-in source that begins early enough and reaches furthest; `nbs-output` if equal."""
    iso, kind_id = find_place(region).iso, find_sector(sector).id
    if not ember.has(iso, kind_id):
        return NBS
    there = ember.ember().periods
    longer = there[-1] > (of or packaged()).periods[-1]
    return EMBER if longer and (since is None or since >= there[0]) else NBS


def _built_in(
    iso: str,
    sector: str,
    since: str | None,
    until: str | None,
    of: Output | None,
    as_of: str | None,
) -> Series:
    """The built-in series of a span: its basket is chosen for that span."""
    whole = nbs_series(iso, sector, of=of)
    if since is None and until is None and as_of is None:
        return whole
    start, end = chosen(whole.periods, since, until, merged=True)
    periods = whole.periods[start:end]
    last = periods[-1] if as_of is None else last_known(periods, as_of)
    return as_known(nbs_series(iso, sector, periods[0], last, of), as_of)
