"""A PACT footprint checked whole: its shape by the schema, its numbers and its meaning."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from tanzhe.errors import Fault, Words
from tanzhe.faults import fault_of
from tanzhe.footprints.pact.arithmetic import check_arithmetic
from tanzhe.footprints.pact.meaning import check_meaning
from tanzhe.footprints.pact.records import PactRecord, ProductFootprint
from tanzhe.footprints.pact.tree import Findings, Tree
from tanzhe.model import Note

Shape = TypeVar("Shape", bound=PactRecord)

_TYPES = {
    "missing": (Words("缺少这一项", "It is missing"), Words("请补上", "Add it")),
    "string_type": (
        Words("应为文本", "It must be a text"),
        Words("请加引号，数字也写成文本", "Put it in quotes; decimals are texts too"),
    ),
    "bool_type": (
        Words("应为 true 或 false", "It must be true or false"),
        Words("请写 true 或 false，不加引号", "Write true or false without quotes"),
    ),
    "tuple_type": (Words("应为列表", "It must be a list"), Words("请写成 […]", "Write [...]")),
    "too_short": (
        Words("列表不能为空", "The list must not be empty"),
        Words("没有就不写这一项", "Leave the field out if there is none"),
    ),
    "string_too_short": (
        Words("不能为空文本", "It must not be empty"),
        Words("请填写", "Fill it in"),
    ),
    "string_pattern_mismatch": (
        Words("写法不合规定", "It does not have the form asked for"),
        Words("应符合 {pattern}", "It must match {pattern}"),
    ),
}
_OBJECT = (
    Words("应为对象", "It must be an object"),
    Words("请写成 {…}", "Write {...}"),
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check found.

    Attributes:
        footprint: the record, or None where something is wrong.
        faults: everything against the specification, each with its path.
        advice: what is allowed and worth a look.
    """

    footprint: ProductFootprint | None
    faults: tuple[Fault, ...]
    advice: tuple[Note, ...]


def check(tree: Mapping[str, Any]) -> Checked:
    """A footprint against the published schema, its arithmetic and its meaning, all at once.

    Args:
        tree: the JSON object of a `ProductFootprint`.

    Returns:
        The record and advice, or every fault; a fault says what, where (the path) and what to do.

    Reference:
        PACT Technical Specifications 3.0.4, schema `ProductFootprint`.
    """
    found = Findings()
    record, faults = shaped(ProductFootprint, tree)
    told = {one.where for one in faults}
    product, pcf = Tree(tree), Tree(tree.get("pcf"), "pcf")
    check_arithmetic(pcf, found)
    check_meaning(product, pcf, found)
    faults += [one for one in found.faults if one.where not in told]
    return Checked(
        footprint=None if faults else record, faults=tuple(faults), advice=tuple(found.advice)
    )


def shaped(shape: type[Shape], tree: object) -> tuple[Shape | None, list[Fault]]:
    """A record of a tree by types, formats and enumerations, or all that is wrong with it.

    Args:
        shape: the record's class.
        tree: of plain JSON values.
    """
    faults = list(_nulls(tree, ()))
    try:
        record = shape.model_validate_json(json.dumps(tree))
    except ValidationError as error:
        held = {one.where for one in faults}
        return None, faults + [one for one in _faults(error) if one.where not in held]
    return (None if faults else record), faults


def _nulls(tree: object, path: tuple[int | str, ...]) -> Iterator[Fault]:
    """No field of the schema may be null: absent is how unknown is said."""
    if isinstance(tree, Mapping):
        free = "extensions" in path  # their data follow schemas of their own
        for key, value in tree.items():
            if value is None and not free:
                yield fault_of("footprints.checks.nulls", where=path_of((*path, key)))
            yield from _nulls(value, (*path, key))
    elif isinstance(tree, list):
        for i, value in enumerate(tree):
            yield from _nulls(value, (*path, i))


def _faults(error: ValidationError) -> Iterator[Fault]:
    for one in error.errors():
        context: dict[str, Any] = one.get("ctx") or {}
        if one["type"] == "pact":
            what = Words(context["zh"], context["en"])
            do = Words(context["do_zh"], context["do_en"])
        else:
            what, do = _TYPES.get(one["type"], _OBJECT)
            do = Words(*(text.replace("{pattern}", context.get("pattern", "")) for text in do))
        yield Fault(what, do, where=path_of(one["loc"]))


def path_of(location: tuple[int | str, ...]) -> str:
    """A place in a tree as it is written, e.g. `pcf.dqi.temporalDQR`, `productIds[0]`.

    Example:
        >>> path_of(("pcf", "secondaryEmissionFactorSources", 0, "name"))
        'pcf.secondaryEmissionFactorSources[0].name'
    """
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
