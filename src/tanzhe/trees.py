"""Records as trees of plain values, for programs."""

from typing import Any, Literal

from pydantic import BaseModel


def picked(
    record: BaseModel, *fields: str, mode: Literal["json", "python"] = "json"
) -> dict[str, Any]:
    """Some fields of a record, in the order asked for.

    Args:
        record: whose they are.
        fields: their names.
        mode: as JSON has them, or as they are, sentences in both languages among them.

    Example:
        >>> from tanzhe.model import Note
        >>> picked(Note(code="basket", zh="产品", en="Products"), "en", "code")
        {'en': 'Products', 'code': 'basket'}
    """
    tree = record.model_dump(mode=mode, include=set(fields))
    return {field: tree[field] for field in fields}
