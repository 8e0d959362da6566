"""Sectors and products: one vocabulary, with the names other sources use for the same thing."""

from dataclasses import dataclass
from functools import cache

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.names import find_name, folded


@dataclass(frozen=True, kw_only=True)
class Sector:
    """An emission sector.

    Attributes:
        id: stable English id (`industry`).
        zh: Chinese name.
        en: English name.
        aliases: other names in use.
        carbon_monitor: its name in Carbon Monitor's files.
        gbt4754: sections and divisions of GB/T 4754-2017.
        ipcc2006: categories of the IPCC 2006 guidelines.
    """

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    carbon_monitor: str
    gbt4754: str
    ipcc2006: str


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product whose monthly output is published by province.

    Attributes:
        id: stable English id (`cement`).
        zh: Chinese name.
        en: English name.
        unit: unit of the published output.
        industries: ids of industries, as the chronicle uses them, that make this product.
        aliases: other names in use.
    """

    id: str
    zh: str
    en: str
    unit: str
    industries: tuple[str, ...]
    aliases: tuple[str, ...]


@cache
def _vocabulary() -> tuple[dict[str, Sector], dict[str, Product]]:
    tree = bundled.tree("tanzhe.data", "sectors.yaml")
    sectors = {
        key: Sector(id=key, **{**row, "aliases": tuple(row["aliases"])})
        for key, row in tree["sectors"].items()
    }
    products = {
        key: Product(
            id=key,
            zh=row["zh"],
            en=row["en"],
            unit=row["unit"],
            industries=tuple(row["industries"]),
            aliases=tuple(row.get("aliases", ())),
        )
        for key, row in tree["products"].items()
    }
    return sectors, products


def sectors() -> tuple[Sector, ...]:
    """The five sectors, industry first."""
    return tuple(_vocabulary()[0].values())


def products() -> tuple[Product, ...]:
    """All products of the vocabulary."""
    return tuple(_vocabulary()[1].values())


def _entries() -> tuple[Sector | Product, ...]:
    return (*sectors(), *products())


@cache
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for entry in _entries():
        for name in (entry.id, entry.zh, entry.en, *entry.aliases):
            index.setdefault(folded(name), entry.zh)
    return index


def find_sector(name: str) -> Sector | Product:
    """The sector or product a user means by 工业, industry, 水泥 or cement.

    Raises:
        UnknownName: with the nearest names.

    Example:
        >>> find_sector("工业").id, find_sector("Industry").id, find_sector("水泥").id
        ('industry', 'industry', 'cement')
    """
    kind = Words("部门或产品", "sector or product")
    examples = "工业, industry, 电力, 水泥, cement"
    english = {entry.zh: entry.en for entry in _entries()}
    zh = find_name(name, _index(), kind=kind, examples=examples, english=english)
    return next(entry for entry in _entries() if entry.zh == zh)


def sector_of(id: str) -> Sector | Product | None:
    """The sector or product of an id, or None for a user's own."""
    known, made = _vocabulary()
    return known.get(id) or made.get(id)


def sector_words(sector: str) -> Words:
    """The name of a sector or product by its id; a user's own keeps its name.

    Example:
        >>> sector_words("industry"), sector_words("碳酸锂")
        (Words(zh='工业', en='Industry'), Words(zh='碳酸锂', en='碳酸锂'))
    """
    known = sector_of(sector)
    return Words(known.zh, known.en) if known else Words(sector, sector)
