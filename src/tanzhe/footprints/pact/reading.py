"""A footprint from a file or from bytes: one object, or the answer of a server that holds it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tanzhe.errors import InputError, Words, refuse, why_not
from tanzhe.footprints.pact.checks import Checked, check
from tanzhe.footprints.pact.records import ProductFootprint
from tanzhe.names import repeated

LARGEST_FILE = 20_000_000  # bytes; a footprint is a few kilobytes
_JSON = Words("请用 PACT 导出的 .json 文件", "Use a .json file of a PACT export")


def read_footprint(path: Path) -> Checked:
    """A footprint of a file, checked.

    Args:
        path: a JSON file with a `ProductFootprint`, or with `{"data": ...}` around it.

    Raises:
        InputError: the file is no JSON object; what is wrong inside is in the result.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _unread(path.name, Words("文件过大", "The file is too large"))
        raw = path.read_bytes()
    except OSError as error:
        raise _unread(path.name, why_not(error)) from error
    checked = check(_inner(object_of(raw, name=path.name)))
    faults = tuple(replace(one, where=f"{path.name}: {one.where}") for one in checked.faults)
    return replace(checked, faults=faults)


def footprint_of(path: Path) -> ProductFootprint:
    """The footprint of a file.

    Raises:
        InputError: everything that is wrong with it.
    """
    checked = read_footprint(path)
    refuse(checked.faults)
    assert checked.footprint is not None
    return checked.footprint


def _inner(tree: dict[str, Any]) -> dict[str, Any]:
    data = tree.get("data")
    return data if "pcf" not in tree and isinstance(data, dict) else tree


def object_of(raw: bytes, *, name: str) -> dict[str, Any]:
    """The JSON object of bytes; no key twice, no NaN.

    Args:
        raw: UTF-8, with or without a mark.
        name: for messages.

    Raises:
        InputError: what is wrong, with line and column.
    """
    twice: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(repeated(key for key, _ in pairs))
        return dict(pairs)

    def no_number(text: str) -> Any:
        raise ValueError(text)

    try:
        tree = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=unique, parse_constant=no_number
        )
        json.dumps(tree, ensure_ascii=False).encode()  # no lone surrogates
    except json.JSONDecodeError as error:
        zh = f"不是有效的 JSON（第 {error.lineno} 行第 {error.colno} 列）"
        raise _unread(name, Words(zh, f"Not JSON (line {error.lineno})")) from error
    except (UnicodeError, ValueError, RecursionError) as error:
        raise _unread(name, Words("不是有效的 JSON 文本", "Not a JSON text")) from error
    if twice:
        keys = "、".join(twice)
        raise _unread(name, Words(f"键出现两次：{keys}", f"Keys stand twice: {keys}"))
    if not isinstance(tree, dict):
        raise _unread(name, Words("顶层必须是对象", "The top level must be an object"))
    return tree


def _unread(name: str, what: Words) -> InputError:
    return InputError.of(what, _JSON, where=name)
