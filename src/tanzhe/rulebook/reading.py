"""A YAML tree made a record, with every fault told at once."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tanzhe.errors import Fault, Words
from tanzhe.terms import words_of

Model = TypeVar("Model", bound=BaseModel)

_KINDS = words_of("rulebook.reading.kinds")


def data_folder() -> Traversable:
    """The packaged data of the rulebook."""
    return files("tanzhe.rulebook").joinpath("data")


def without_nulls(tree: object) -> object:
    """The tree with `null` and empty plain values as None: strict YAML reads them as text."""
    if isinstance(tree, dict):
        return {key: without_nulls(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [without_nulls(one) for one in tree]
    return None if tree in ("null", "~") else tree


def record_or_faults(
    model: type[Model], tree: object, *, where: str
) -> tuple[Model | None, list[Fault]]:
    """A record of a tree, or all that is wrong with it.

    Args:
        model: the record's class.
        tree: what the YAML holds.
        where: file and entry, for messages.
    """
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        return None, list(_faults(error, where))


def _faults(error: ValidationError, where: str) -> Iterator[Fault]:
    for one in error.errors():
        key = ".".join(str(part) for part in one["loc"])
        said = _said(dict(one))
        yield Fault(
            Words(f"“{key}”有误：{said.zh}" if key else said.zh, f"“{key}”: {said.en}"),
            Words("请对照同类的内置文件改正", "Correct it after the built-in files of its kind"),
            where=where,
        )


def _said(error: dict[str, Any]) -> Words:
    """One pydantic error in both languages."""
    kind, message = str(error["type"]), str(error["msg"])
    if kind == "literal_error":
        allowed = str(error["ctx"]["expected"])
        return Words(f"只能是 {allowed.replace(' or ', '、').replace(', ', '、')}", message)
    return _KINDS.get(kind, Words(message, message))
