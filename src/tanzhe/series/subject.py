"""What a user's table says it is about, against what was asked: place, sector, quantity."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from tanzhe.errors import Fault, Words
from tanzhe.faults import fault_of
from tanzhe.places import place_of, provinces
from tanzhe.sectors import Product, sector_of
from tanzhe.tables.naming import places_in, plain, sector_key, sectors_in
from tanzhe.tables.table import Table
from tanzhe.tables.units import spelled, unit_in_name
from tanzhe.tables.vocabulary import is_foot
from tanzhe.text.names.gazetteer import Named, names

Measured = Literal["co2", "other", "activity", ""]

# An office that signs a table does not say what the table is about.
_OFFICE = re.compile(r"[^，。、：:\s]{0,8}?(?:局|委|院|所|公司|中心|大学|支队)")
_PARK = re.compile(
    r"([\u4e00-\u9fff]{2,12}?)(?:高新区|高新技术|经开区|经济技术|开发区|新区|工业园区?|产业园区?|化工园区?|自贸区|保税区)"
)
# Words before 园区 that are no name: 全省重点工业园区.
_GENERIC = re.compile(
    r"全省|全市|全国|各|重点|国家级|省级|市级|工业|产业|绿色|零碳|规模以上|分|年|月|所有|我"
)
_CO2 = re.compile(
    r"(?<![a-z])co2(?!-?e)|二氧化碳(?!当量)|碳排|carbon dioxide|carbon emission|温室气体|ghg"
)
_EMISSION = re.compile(r"排放|emission|co2-?e")
_OTHER = re.compile(
    r"二氧化硫|(?<![a-z])so2|氮氧化物|(?<![a-z])no[x2](?![a-z])|甲烷|(?<![a-z])ch4|methane"
    r"|(?<![a-z])n2o|氧化亚氮|pm ?2\.?5|pm ?10(?!\d)|颗粒物|烟尘|粉尘|化学需氧量"
    r"|(?<![a-z])cod(?![a-z])|氨氮|(?<![a-z])vocs?(?![a-z])|(?<![a-z])hfcs?(?![a-z])|(?<![a-z])sf6|六氟化硫|废水|固体废物"
    r"|wastewater"
)
# Allowances are titles to emit, whatever 碳排放 stands before them.
_TITLE = re.compile(r"配额|quota|allowance")
_SINK = re.compile(r"碳汇|固碳|吸收量|\bsinks?\b|\bremovals?\b|sequestration")
_NET = re.compile(r"净|\bnet\b|排放|emission")
_GOOD = re.compile(
    r"原煤|煤炭|焦炭|洗精煤|原油|汽油|柴油|煤油|燃料油|天然气|煤气|液化石油气|标准煤|热力|甲醇"
    r"|\b(?:coal|coke|crude oil|gasoline|diesel|kerosene|fuel oil|natural gas|lng|lpg)\b"
)
_WHOLE = re.compile(r"全社会|全行业|全部门|各行业合计|\beconomy[ -]?wide\b|\ball sectors\b")
_ACTIVITY = re.compile(
    r"产量|产出|生产量|消费|消耗|能耗|用量|用电|发电量|供电量|销量|销售量|购进量|库存|煤耗"
    r"|\b(?:output|production|consumption|generation|sales|stocks?)\b"
)


def _lines(table: Table) -> list[str]:
    """What stands over the figures: titles, the name of their column, the name of the file."""
    records = table.records
    titles = [line for line in records.titles if line and not is_foot(line)]
    return [*titles, *records.names, Path(table.file).stem]


def smaller_places(text: str) -> tuple[Named, ...]:
    """Cities and counties that a text names.

    Example:
        >>> [place.name for place in smaller_places("昆明市工业碳排放")], smaller_places("云南省")
        (['昆明市'], ())
    """
    known = names()
    found: list[Named] = []
    at = 0
    while at < len(text):
        here = next((n for n in range(min(12, len(text) - at), 1, -1) if text[at : at + n] in known
                     and not text[at].isascii()), 0)  # fmt: skip
        if here:
            place = known[text[at : at + here]][0]
            if not place.code.endswith("0000") and not _OFFICE.match(text, at + here):
                found.append(place)
        at += here or 1
    words = re.findall(r"[A-Za-z']{4,}", text)
    found.extend(
        known[word.lower()][0] for word in words
        if word.lower() in known and not known[word.lower()][0].code.endswith("0000")
    )  # fmt: skip
    return tuple(found)


def _of_the_nation(line: str) -> bool:
    """Whether a line says the whole nation, not only whose statistics or market it is."""
    return bool(
        re.search(
            r"全国(?!碳|统计|各)|全国碳排放(?!权|交易|市场)|\bnation(?:al|wide)\b", plain(line)
        )
    )


def _smaller(line: str) -> Iterator[str]:
    """Names of the cities, counties and parks in a line, parks first."""
    for found in _PARK.finditer(line):
        stem = found[1]
        for place in provinces():
            stem = stem.replace(place.zh_full, "").replace(place.zh, "")
        if _GENERIC.sub("", stem):
            yield found[0]
    yield from (place.name for place in smaller_places(line))


def other_place(table: Table, asked: str, region: str) -> Iterator[Fault]:
    """A table without a column of regions that says it is about another place.

    Args:
        table: as read.
        asked: the ISO code asked for, or the name of nobody's place.
        region: as it was asked for.
    """
    if place_of(asked) is None:
        return
    lines = [*_lines(table), *(value for _, value in table.choices.where)]
    smaller = [name for line in lines for name in _smaller(line)]
    if smaller:
        yield _about(table, smaller[0], smaller[0], asked, region)
        return
    every = {iso for line in lines for iso in places_in(line)}
    if every == {"CN"} and asked != "CN" and any(map(_of_the_nation, lines)):
        yield _about(table, "全国", "CN", asked, region)
        return
    single = [found[0] for line in lines if len(found := places_in(line)) == 1]
    single = list(dict.fromkeys(iso for iso in single if iso != "CN"))
    if len(single) > 1:
        said = [place.zh for iso in single if (place := place_of(iso)) is not None]
        yield fault_of(
            "series.subject.other_place", places=Words("、".join(said), ", ".join(single)),
            where=table.file,
        )  # fmt: skip
        return
    if single and single[0] != asked and asked not in every:
        place = place_of(single[0])
        yield _about(table, place.zh if place else single[0], single[0], asked, region)


def _about(table: Table, zh: str, en: str, asked: str, region: str) -> Fault:
    return Fault(
        Words(f"表中写的是{zh}，问的是{region}", f"The table is about {en}, not {asked}"),
        Words(f"请改问 {zh}，或给出 {region} 的表", f"Ask for {en}, or give another table"),
        where=table.file,
    )


def other_sector(table: Table, sector: str) -> Iterator[Fault]:
    """A table without a column of sectors that says it is about another sector.

    Args:
        table: as read.
        sector: any name of a sector or product; nothing is known of a user's own.
    """
    asked = sector_key(sector)
    if sector_of(asked) is None:
        return
    # power.csv may hold the power of a meter: an English file name is no statement of a sector.
    stem = Path(table.file).stem
    lines = [x for x in _lines(table) if not _energy(x) and not (x == stem and x.isascii())]
    told = [sectors_in(line) for line in lines]
    if any(asked in found for found in told):
        return
    single = next(
        (found[0] for line, found in zip(lines, told, strict=True)
         if len(found) == 1 and _decides(found[0], asked, line)), None,
    )  # fmt: skip
    whole = next((found[0] for line in lines if (found := _WHOLE.search(plain(line)))), None)
    if single is None and whole is not None:
        yield Fault(
            Words(f"表中写的是{whole}，问的是{sector}", f"The table is of {whole}, not {asked}"),
            Words(f"请给出 {sector} 的表", f"Give a table of {asked}"),
            where=table.file,
        )
    known = sector_of(single) if single is not None else None
    if known is None:
        return
    yield fault_of(
        "series.subject.other_sector", known=known, asked=Words(sector, asked), where=table.file
    )


def _energy(line: str) -> bool:
    """Whether a line speaks of power or heat in their units: 电力 is a good there, no sector."""
    unit = spelled(unit_in_name(line))
    return unit is not None and unit.unit.text.endswith(("时", "h", "J", "W"))


def _decides(told: str, asked: str, line: str) -> bool:
    """Products among sectors: their output is activity of the sector, their emissions are not."""
    if not isinstance(sector_of(told), Product) or isinstance(sector_of(asked), Product):
        return True
    return _measured(line) == "co2"


def measured(texts: Sequence[str], titles: Sequence[str], file: str) -> Measured:
    """What the figures measure, by the first of their names that says it.

    Args:
        texts: the name of the column and the categories of its rows.
        titles: lines above.
        file: its name.

    Returns:
        `co2`; `other`: another gas, a sink, allowances; `activity`: output or consumption; or "".

    Example:
        >>> measured(["二氧化硫排放量(吨)"], [], "t"), measured(["粗钢产量(万吨)"], [], "t")
        ('other', 'activity')
    """
    lines = (*texts, *(line for line in titles if not is_foot(line)), Path(file).stem)
    sure: Measured = next((found for line in lines if (found := _measured(line))), "")
    if not sure and any(map(_names_a_good, lines)):
        return "activity"
    return sure


def _measured(line: str) -> Measured:
    text = plain(line)
    bare = re.sub(r"[(（\[【][^)）\]】]{0,200}[)）\]】]", " ", text)
    if _OTHER.search(bare) and not _CO2.search(bare):
        return "other"
    if _TITLE.search(bare):
        return "other"
    if _SINK.search(bare) and not _NET.search(bare):
        return "other"
    if _CO2.search(text) or _EMISSION.search(text):
        return "co2"
    return "activity" if _ACTIVITY.search(bare) else ""


def _names_a_good(line: str) -> bool:
    """A product or fuel alone: so much of it, unless another line says emissions."""
    if any(isinstance(sector_of(id), Product) for id in sectors_in(line)):
        return True
    return bool(_GOOD.search(plain(line)))


def refused_quantity(name: str, file: str) -> Fault:
    """The message on figures of another gas, a sink or allowances."""
    return fault_of("series.subject.refused_quantity", name=name, where=file)
