"""The mandatory standards on energy per unit of product: which holds for a product in a year."""

from functools import cache
from typing import Literal

from tanzhe.errors import InputError
from tanzhe.model import Record
from tanzhe.model.rules import Checked, Confidence
from tanzhe.names import folded
from tanzhe.rulebook.reading import data_folder, record_or_faults, without_nulls
from tanzhe.rulebook.strict_yaml import read_yaml

_FILE = "energy_standards.yaml"
Convention = Literal["calorific", "equivalence", "unknown"]


class EnergyStandard(Record):
    """One standard.

    Attributes:
        number: e.g. GB 16780-2021.
        subject: what its title names before 单位产品能源消耗限额.
        published: ISO day.
        in_force_from: ISO day, or None where it was not read.
        replaces: numbers of the standards it replaces, as far as read.
        names: what a park may call the products it covers.
        electricity: how electricity counts in standard coal: 当量, 等价, or not known.
        electricity_basis: how that is known.
        note: what a user must know, in Chinese.
        note_en: the same in English, or "".
        read_in: where number and dates were read.
        confidence: how well they are supported.
        checked: who compared them with the standard itself, or None.
    """

    number: str
    subject: str
    published: str
    in_force_from: str | None = None
    replaces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    electricity: Convention = "unknown"
    electricity_basis: str = ""
    note: str = ""
    note_en: str = ""
    read_in: str
    confidence: Confidence
    checked: Checked | None = None

    @property
    def title(self) -> str:
        """Number and subject, e.g. GB 16780-2021 水泥."""
        return f"{self.number}《{self.subject}》"


class Edition(Record):
    """The standard of a product as it stands in a year.

    Attributes:
        standard: in force at the end of the year, or None.
        before: in force until then in the same year, numbers as far as known; empty where
            `standard` held all year.
        coming: published and not yet in force, or None.
        replaced: numbers that `coming` replaces, one of which may hold in the year.
        undated: a standard of the product whose day of force was not read, or None.
    """

    standard: EnergyStandard | None = None
    before: tuple[str, ...] = ()
    coming: EnergyStandard | None = None
    replaced: tuple[str, ...] = ()
    undated: EnergyStandard | None = None


@cache
def energy_standards() -> tuple[EnergyStandard, ...]:
    """All standards of the register, by number.

    Raises:
        InputError: the packaged file is faulty.

    Example:
        >>> energy_standards()[0].in_force_from
        '2022-11-01'
    """
    text = data_folder().joinpath(_FILE).read_text(encoding="utf-8")
    tree = without_nulls(read_yaml(text, name=_FILE))
    assert isinstance(tree, dict)  # read_yaml gives nothing else
    shared = {key: tree[key] for key in ("read_in", "confidence", "checked")}
    found = []
    for row in tree["standards"]:
        where = f"{_FILE}: {row.get('number')}"
        one, faults = record_or_faults(EnergyStandard, {**shared, **row}, where=where)
        if one is None:
            raise InputError(*faults)
        found.append(one)
    return tuple(sorted(found, key=lambda one: one.number))


def edition(product: str, year: int) -> Edition | None:
    """Which standard holds for a product in a year, or None where no standard names it.

    Args:
        product: one of the names of the register, width and spaces aside.
        year: calendar year; of two standards in one year the later one is `standard`.

    Example:
        >>> edition("水泥", 2025).standard.number, edition("焦炭", 2025).coming.number
        ('GB 16780-2021', 'GB 21342-2025')
    """
    naming = [one for one in energy_standards() if folded(product) in map(folded, one.names)]
    if not naming:
        return None
    dated = sorted((one for one in naming if one.in_force_from), key=_from)
    current = [one for one in dated if _from(one) <= f"{year}-12-31"]
    coming = next((one for one in dated if _from(one) > f"{year}-12-31"), None)
    standard = current[-1] if current else None
    return Edition(
        standard=standard,
        before=_before(current, year),
        coming=coming,
        replaced=coming.replaces if coming and standard is None else (),
        undated=next((one for one in naming if one.in_force_from is None), None),
    )


def _before(current: list[EnergyStandard], year: int) -> tuple[str, ...]:
    """What held from January on where the last standard came into force within the year."""
    if not current or _from(current[-1]) <= f"{year}-01-01":
        return ()
    earlier = tuple(one.number for one in current[:-1][-1:])
    return earlier or current[-1].replaces or ("（上一版没有读到）",)


def _from(one: EnergyStandard) -> str:
    return one.in_force_from or ""
