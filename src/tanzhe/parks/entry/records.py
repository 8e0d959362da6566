"""A record from a JSON object, as its columns say: what is text, a number, a choice, a month."""

from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic.fields import FieldInfo

from tanzhe.errors import UnknownName, Words
from tanzhe.model import Record
from tanzhe.model.columns import Column, columns, record_of, sheets
from tanzhe.parks.entry.fields import Fields
from tanzhe.periods import Month
from tanzhe.places import province_of

Read = TypeVar("Read", bound=Record)


def read_record(row: Fields, record: type[Read], **given: object) -> Read:
    """A record of an object; its faults are collected under their paths.

    Args:
        row: the object; fields that the record does not have are faults.
        record: its class.
        given: fields that are known already.
    """
    row.only([*record.model_fields])
    inner = {
        key: tuple(read_record(one, record_of(record, key)) for one in row.rows(key))
        for key in sheets(record)
    }
    return record(**read_columns(row, record, **given), **inner)


def read_columns(row: Fields, record: type[Record], **given: object) -> dict[str, Any]:
    """The fields of an object that are columns of a record."""
    return given | {
        one.field: _value(row, one, record.model_fields[one.field])
        for one in columns(record)
        if one.field not in given
    }


def _value(row: Fields, column: Column, info: FieldInfo) -> object:
    """One field; where it has a fault, a harmless stand-in."""
    kinds = [one for one in get_args(info.annotation) if one is not NoneType]
    kind = (
        kinds[0] if len(kinds) == 1 and NoneType in get_args(info.annotation) else info.annotation
    )
    key, needed = column.field, info.is_required()
    ask = {} if column.ask is None else {"do": column.ask}
    if kind is bool:
        return row.truth(key)
    if kind is int:
        return row.whole(key, *column.bounds)
    if kind is float:
        if column.figure:
            return row.figure(key, **ask)
        if needed:
            return row.number(key, signed=column.signed, **ask)
        return row.optional_number(key, signed=column.signed)
    if kind is not str:
        options = get_args(kind)
        return row.choice(key, options) if needed else row.optional_choice(key, options)
    text = row.text(key, required=needed, **ask)
    if column.kind == "month":
        return _month(row, key, text, column.ask)
    if column.kind == "place":
        return _region(row, key, text)
    return text or ("" if needed else info.default)


def _month(row: Fields, key: str, text: str, ask: Words | None) -> str:
    year, dash, month = text.partition("-")
    digits = (year + month).isascii() and (year + month).isdigit()
    if dash and digits and len(year) == 4 and len(month) == 2 and 1 <= int(month) <= 12:
        return str(Month(int(year), int(month)))
    if text:
        told = Words(f"不是年月：“{text[:20]}”", f"Not a month: “{text[:20]}”")
        row.fault(key, told, ask or Words("请写成 2025-03 的样子", "Write it like 2025-03"))
    return ""


def _region(row: Fields, key: str, text: str) -> str:
    """The ISO code of a province; a city's full name counts for its province."""
    try:
        return province_of(text).iso if text else ""
    except UnknownName as error:
        row.fault(key, error.faults[0].what, error.faults[0].do)
        return ""
