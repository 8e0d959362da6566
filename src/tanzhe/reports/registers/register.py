"""Registers: one folder each, with `register.yaml` and a template a language."""

from functools import cache
from importlib.resources import files

import yaml

from tanzhe.errors import Language, UnknownName, Words
from tanzhe.model import Record

# A folder of parts that the registers share is no register.
SHARED = "shared"


class Register(Record):
    """How a report is told.

    Attributes:
        name: name of the folder.
        title: what pages call it, in Chinese and English.
        reader: for whom, in Chinese and English.
        length: `full` says every fact; `short` may leave facts out.
        order: the sections in their order.
        tone: whose words it uses for closed choices (`shape_plain` before `shape`).
        names: `short` (云南) or `full` (云南省).
        range: what stands between the ends of an interval, by language.
        forbidden: words that must not stand in a template of this register.
    """

    name: str
    title: tuple[str, str]
    reader: tuple[str, str]
    length: str
    order: tuple[str, ...]
    tone: str
    names: str
    range: dict[str, str]
    forbidden: tuple[str, ...]


@cache
def registers() -> tuple[str, ...]:
    """Names of all registers."""
    folders = files("tanzhe.reports").joinpath("registers").iterdir()
    return tuple(
        sorted(
            f.name for f in folders if f.name != SHARED and f.joinpath("register.yaml").is_file()
        )
    )


@cache
def find_register(name: str, language: Language = "zh") -> Register:
    """The register of a name.

    Raises:
        UnknownName: there is no such register, or it lacks the language; lists what there is.
    """
    if name not in registers():
        raise unknown_choice(Words("语体", "register"), name, registers())
    folder = files("tanzhe.reports").joinpath("registers", name)
    if not folder.joinpath(f"{language}.md.j2").is_file():
        have = [f.name[:2] for f in folder.iterdir() if f.name.endswith(".md.j2")]
        raise unknown_choice(
            Words(f"{name} 的语言", f"language of {name}"), language, tuple(sorted(have))
        )
    text = folder.joinpath("register.yaml").read_text(encoding="utf-8")
    return Register(name=name, **yaml.safe_load(text))


def register_titles() -> dict[str, Words]:
    """What every register is called."""
    return {name: Words(*find_register(name).title) for name in registers()}


def unknown_choice(kind: Words, name: str, known: tuple[str, ...]) -> UnknownName:
    """The error for a choice that does not exist, with the ones that do."""
    return UnknownName.of(
        Words(f"没有这个{kind.zh}：“{name}”", f"No such {kind.en}: “{name}”"),
        Words(f"可以用：{'、'.join(known)}", f"Available: {', '.join(known)}"),
    )
