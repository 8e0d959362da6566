"""JSON: records, columns, rows under names, or any of these nested under keys."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.names import folded
from tanzhe.tables.encoding import decoded
from tanzhe.tables.grid import Grid, Row, filled, refused
from tanzhe.tables.vocabulary import ROLES

SUFFIXES = (".json", ".jsonl", ".ndjson")
DEEPEST = 12  # keys above a table
_DO = Words(
    "请给出记录的列表 [{…}, …]，或另存为 CSV、XLSX",
    "Give a list of records [{…}, …], or save it as CSV or XLSX",
)


class _Found(NamedTuple):
    """A table in a JSON file: the keys above it, its rows, and what stands beside it."""

    path: str
    rows: list[Row]
    unit: str


def is_json(start: bytes, suffix: str) -> bool:
    """Whether a file is one of JSON, by its name or its first letters."""
    begins = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return suffix.lower() in SUFFIXES or begins.startswith((b'{"', b"[{", b"{\n", b"{\r\n"))


def read_json(raw: bytes, file: str) -> list[Grid]:
    """Every table of a JSON file, each a sheet that is called as the keys above it.

    Raises:
        InputError: no JSON, or no table in it.
    """
    text, encoding = decoded(raw, file)
    tables = [one for one in _tables(_parsed(text, file), "", "", 0) if len(one.rows) > 2]
    if not tables:
        what = Words("JSON 里没有成表的数据", "There is no table in the JSON")
        raise refused(file, what, _DO)
    made = []
    for one in tables:
        above: list[Row] = [(f"单位：{one.unit}",)] if one.unit else []
        numbers, rows = filled(enumerate([*above, *one.rows], 1), file)
        sheet = one.path if len(tables) > 1 else ""
        form = f"JSON {one.path}".strip()
        made.append(Grid(file, sheet, True, numbers, rows, form, encoding))
    return made


def _parsed(text: str, file: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        what = Words("JSON 层数过多", "The JSON is nested too deeply")
        raise refused(file, what, _DO) from error
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            rows = [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            rows = []
        if len(rows) > 1:
            return rows
        where = getattr(error, "lineno", 1)
        what = Words(
            f"JSON 到第 {where} 行读不下去", f"The JSON cannot be read beyond line {where}"
        )
        do = Words("请重新导出完整的文件", "Export the whole file again")
        raise refused(file, what, do) from error


def _tables(node: object, path: str, unit: str, depth: int) -> Iterator[_Found]:
    """The tables at and below a place, in order; none within a table."""
    if depth > DEEPEST:
        return
    if isinstance(node, Mapping):
        unit = _unit(node) or unit
    rows = _rows(node)
    if rows is not None:
        yield _Found(path, rows, unit)
        return
    inner: Sequence[tuple[str, object]] = ()
    if isinstance(node, Mapping):
        beside = next((found for v in node.values() if (found := _unit(v))), "")
        unit = unit or beside
        inner = [(str(key), value) for key, value in node.items()]
    elif isinstance(node, list):
        inner = [(str(number), value) for number, value in enumerate(node, 1)]
    for key, value in inner:
        yield from _tables(value, f"{path}.{key}".strip("."), unit, depth + 1)


def _unit(node: object) -> str:
    """The unit that stands under its name: "meta": {"unit": "万吨"}."""
    if not isinstance(node, Mapping):
        return ""
    named = (v for k, v in node.items() if folded(str(k)).replace("_", "") in ROLES["unit"])
    return next((value for value in named if isinstance(value, str)), "")


def _rows(node: object) -> list[Row] | None:
    """The rows of a table with its header first, or None where a place holds no table."""
    if isinstance(node, list) and node:
        if all(isinstance(one, Mapping) for one in node):
            flat = [dict(_flat(one)) for one in node]
            nested = any(_rows(v) for one in node for v in one.values())
            return None if nested else _records(flat)
        if all(isinstance(one, list) for one in node) and not any(map(_holds, node)):
            return [tuple(one) for one in node]
    if not isinstance(node, Mapping) or not node:
        return None
    columns, data = node.get("columns"), node.get("data")
    if isinstance(columns, list) and isinstance(data, list) and not any(map(_holds, columns)):
        body = [tuple(row) for row in data if isinstance(row, list)]
        return [tuple(columns), *body] if len(body) == len(data) else None
    values = list(node.values())
    if len(values) > 1 and all(isinstance(v, list) and not _holds(v) for v in values):
        alike = len({len(v) for v in values}) == 1
        return [tuple(node), *zip(*values, strict=True)] if alike else None
    if len(values) > 1 and all(isinstance(v, Mapping) and v and not _holds(v) for v in values):
        return _by_key(node)
    return None


def _by_key(node: Mapping[str, Mapping[str, object]]) -> list[Row] | None:
    """{"date": {"0": …}, "co2": {"0": …}}: columns; {"2021-01": {"co2": …}, …}: records."""
    keys = [tuple(v) for v in node.values()]
    if len(set(keys)) == 1 and len(keys[0]) > len(node):
        return [tuple(node), *(tuple(v[k] for v in node.values()) for k in keys[0])]
    return _records([{"key": key, **row} for key, row in node.items()])


def _records(records: Sequence[Mapping[str, object]]) -> list[Row]:
    names = list(dict.fromkeys(name for one in records for name in one))
    return [tuple(names), *(tuple(one.get(name) for name in names) for one in records)]


def _flat(record: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    """The fields of a record; those of an object in it are called by both names."""
    for key, value in record.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", json.dumps(value) if isinstance(value, list) else value


def _holds(node: object) -> bool:
    """Whether anything in a list or object is a list or object itself."""
    inner = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
    return any(isinstance(one, Mapping | list) for one in inner)
