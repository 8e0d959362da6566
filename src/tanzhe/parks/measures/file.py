"""Reading a measures file: YAML, JSON or CSV, with Chinese keys or the identifiers."""

import csv
import io
import json
from pathlib import Path
from typing import NamedTuple

from tanzhe.disk import read_bounded
from tanzhe.errors import Fault, InputError, Words, listed, refuse
from tanzhe.faults import fault_of
from tanzhe.model.plan import Measure
from tanzhe.names import folded, repeated
from tanzhe.parks.measures.faults import Draft, list_faults, value_faults
from tanzhe.parks.measures.fields import blank_name, draft_of
from tanzhe.parks.measures.words import words
from tanzhe.rulebook.strict_yaml import read_yaml
from tanzhe.text.files.encoding import decode

MOST_MEASURES = 500
LARGEST_FILE = 2_000_000  # bytes; a measure takes one or two thousand
_SHORTEN = Words("请只保留措施和它们的数字", "Keep only the measures and their figures")


class MeasureFile(NamedTuple):
    """Measures with the place of each, and everything found wrong so far.

    Measures of a template whose potential and cost were both left empty are not among them but
    named in `blank`. What can only be seen beside the park (unknown rows, wrong units) is found by
    `changes_of`, which tells all faults at once.
    """

    measures: tuple[Measure, ...]
    places: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    blank: tuple[str, ...] = ()


def read_measures(path: Path) -> MeasureFile:
    """The measures of a file, with every fault in its words and numbers.

    Args:
        path: .yaml, .yml or .json with a list under `措施` (`measures`); or .csv with one measure
            a line and the same words as headings.

    Raises:
        InputError: the file cannot be read at all, or holds no measure.
    """
    readers = {".yaml": _yaml_rows, ".yml": _yaml_rows, ".json": _json_rows, ".csv": _csv_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(fault_of("parks.file.unknown_kind", suffix=path.suffix, where=path.name))
    text, *_ = decode(read_bounded(path, LARGEST_FILE, where=path.name, do=_SHORTEN), path.name)
    rows = reader(text, path.name)
    if all(blank_name(row) for _, row in rows):
        raise InputError(_no_measures(path.name))
    if len(rows) > MOST_MEASURES:
        raise InputError(
            fault_of(
                "parks.file.too_many", count=len(rows), most_measures=MOST_MEASURES, where=path.name
            )
        )
    return _read(rows)


def given_measures(measures: tuple[Measure, ...]) -> MeasureFile:
    """Measures made by a program, as if they had been read."""
    if not measures:
        raise InputError(_no_measures("measures"))
    drafts = [Draft(f"measures[{i}] {m.name}", m.model_dump()) for i, m in enumerate(measures)]
    faults = [*(f for draft in drafts for f in value_faults(draft)), *list_faults(drafts)]
    return MeasureFile(measures, tuple(draft.place for draft in drafts), tuple(faults))


def _yaml_rows(text: str, name: str) -> list[tuple[str, object]]:
    return _listed(read_yaml(text, name=name), name)


def _json_rows(text: str, name: str) -> list[tuple[str, object]]:
    try:
        tree = json.loads(text, object_pairs_hook=lambda pairs: _unique(pairs, name))
    except (ValueError, RecursionError) as error:
        raise InputError(fault_of("parks.file.json_rows", error=error, where=name)) from error
    return _listed(tree, name)


def _unique(pairs: list[tuple[str, object]], name: str) -> dict[str, object]:
    refuse(
        fault_of("parks.file.unique", key=key, where=name)
        for key in repeated(key for key, _ in pairs)
    )
    return dict(pairs)


def _csv_rows(text: str, name: str) -> list[tuple[str, object]]:
    lines = list(csv.reader(io.StringIO(text)))
    if not lines:
        return []
    heads = [cell.strip() for cell in lines[0]]
    found: list[tuple[str, object]] = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(heads):
            raise InputError(_too_wide(name, number, len(cells), len(heads)))
        row = {h: c for h, c in zip(heads, cells, strict=False) if c.strip()}
        found.append((f"{name} 第{number}行 line {number}", row))
    return found


def _listed(tree: object, name: str) -> list[tuple[str, object]]:
    """The rows of a list, or of a mapping that holds it under `measures`."""
    rows = tree
    if isinstance(tree, dict):
        keys = [key for key in tree if folded(str(key)) in words().lists]
        if len(keys) != 1 or len(tree) != 1:
            raise InputError(_no_list(name, [str(key) for key in tree]))
        rows = tree[keys[0]]
    if rows in ("", None):
        return []
    if not isinstance(rows, list):
        raise InputError(_no_list(name, []))
    return [(f"{name} measures[{i}]", row) for i, row in enumerate(rows)]


def _read(rows: list[tuple[str, object]]) -> MeasureFile:
    """Every measure that could be read, to be looked at beside the park, and the faults of all."""
    drafts: list[Draft] = []
    sound: list[tuple[Measure, str]] = []
    faults: list[Fault] = []
    blank = tuple(name for name in (blank_name(row) for _, row in rows) if name)
    for where, row in rows:
        if blank_name(row):
            continue
        draft, unread = draft_of(row, where)
        drafts.append(draft)
        faults += [*unread, *value_faults(draft)]
        if not unread:
            sound.append((Measure.model_validate(draft.fields), draft.place))
    measures, places = tuple(zip(*sound, strict=True)) or ((), ())
    return MeasureFile(measures, places, (*faults, *list_faults(drafts)), blank)


def _no_measures(name: str) -> Fault:
    return fault_of("parks.file.no_measures", where=name)


def _no_list(name: str, keys: list[str]) -> Fault:
    held = listed(keys)
    return Fault(
        Words(
            f"没有“措施”列表（顶层的键：{held.zh or '无'}）",
            f"There is no list “measures” (top-level keys: {held.en or 'none'})",
        ),
        Words(
            "顶层只写一个键“措施”，其下每项以“-”开头",
            "Write one top-level key “measures” with a list under it",
        ),
        where=name,
    )


def _too_wide(name: str, line: int, cells: int, heads: int) -> Fault:
    return Fault(
        Words(f"有 {cells} 格，表头只有 {heads} 格", f"{cells} cells under {heads} headings"),
        Words("含逗号的内容请加引号", "Put quotes around what holds a comma"),
        where=f"{name} 第{line}行 line {line}",
    )
