"""The vocabulary of what indicators look at: official names to one identifier."""

import re
import unicodedata
from functools import cache

from tanzhe.errors import InputError
from tanzhe.model import Record
from tanzhe.rulebook.reading import data_folder, record_or_faults
from tanzhe.rulebook.strict_yaml import read_yaml

OWN = "own_"  # prefix of measures that a user names himself


class Measure(Record):
    """What an indicator looks at.

    Attributes:
        name: the usual official name.
        unit: unit of its thresholds.
        aliases: other names; width, spaces and punctuation do not matter.
        match: regular expressions found in names of this measure.
        exclude: expressions that must not be found.
    """

    name: str
    unit: str
    aliases: tuple[str, ...] = ()
    match: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@cache
def measures() -> dict[str, Measure]:
    """All measures by identifier.

    Raises:
        InputError: the packaged file is faulty.
    """
    text = data_folder().joinpath("measures.yaml").read_text(encoding="utf-8")
    found: dict[str, Measure] = {}
    for key, tree in read_yaml(text, name="measures.yaml").items():
        one, faults = record_or_faults(Measure, tree, where=f"measures.yaml: {key}")
        if one is None:
            raise InputError(*faults)
        found[key] = one
    return found


def measure_of(name: str) -> str | None:
    """The measure that an official name stands for, or None when nobody knows it.

    Args:
        name: as in an indicator table; a bracketed remark or unit behind it does not matter.

    Example:
        >>> measure_of("余热/余冷/余压综合利用率（%）"), measure_of("清洁能源消费占比")
        ('waste_energy', 'clean_energy')
        >>> measure_of("园区绿化率") is None
        True
    """
    plain = _plain(name)
    if not plain:
        return None
    exact = _names().get(plain)
    return exact or next((key for key in measures() if _matches(key, plain)), None)


@cache
def _names() -> dict[str, str]:
    return {
        _plain(name): key for key, one in measures().items() for name in (one.name, *one.aliases)
    }


def _matches(key: str, plain: str) -> bool:
    one = measures()[key]
    return any(re.search(p, plain, re.I) for p in one.match) and not any(
        re.search(p, plain, re.I) for p in one.exclude
    )


def _plain(name: str) -> str:
    """A name without width, spaces, punctuation and a bracket at its end."""
    text = unicodedata.normalize("NFKC", name).strip()
    text = re.sub(r"[(\[][^()\[\]]*[)\]]\s*$", "", text)
    return re.sub(r"[\s/、,，;；:：*()“”\"]", "", text)
