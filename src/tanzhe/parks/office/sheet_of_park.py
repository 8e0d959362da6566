"""The sheet on the park: one line a field, found by its label wherever the line stands."""

from itertools import pairwise

from tanzhe.model.columns import Column
from tanzhe.parks.office.book import Cell, Table
from tanzhe.parks.office.cell_rows import EXAMPLE, CellRows
from tanzhe.parks.office.cells import as_text, is_blank
from tanzhe.parks.office.faults import Faults
from tanzhe.parks.office.layout import LEDGERS, PARK, STATE
from tanzhe.parks.office.table import find_sheet, header_key


def _cells(tables: list[Table], faults: Faults) -> dict[str, Cell]:
    """The cell beside each label, by field; a missing sheet or label is a fault."""
    table = find_sheet(tables, PARK.sheet)
    if table is None:
        faults.say(
            PARK.sheet,
            "A1",
            (f"缺少工作表“{PARK.sheet}”", "请从模板补上这张表"),
            (f"The sheet “{PARK.sheet}” is missing", "Add it from the template"),
        )
        return {}
    fields = {header_key(one.title): one for one in PARK.columns}
    found: dict[str, Cell] = {}
    for _, cells in table.rows():
        for label, value in pairwise(cells):
            column = None if is_blank(label.value) else fields.get(header_key(str(label.value)))
            if column is not None and column.field not in found:
                found[column.field] = value
                break
    lost = [one.title for one in PARK.columns if one.field not in found and not one.later]
    if lost:
        names = "”“".join(lost)
        faults.say(
            table.title,
            "A1",
            (f"找不到“{names}”", "请从模板补上这一行，名称写在左边一格"),
            (f"No line “{names}”", "Add it from the template, the label on the left"),
        )
    return found


def park_lines(reader: CellRows) -> dict[str, object]:
    """The park's own fields, and what it says of its ledgers."""
    cells = _cells(reader.tables, reader.faults)
    name = cells.get("name")
    reader.is_example = bool(name and as_text(name.value).startswith(EXAMPLE))
    found: dict[str, object] = {}
    for column in PARK.columns:
        if column.field in cells:
            cell = cells[column.field]
            reader.places.put(column.field, PARK.sheet, cell.at)
            reader.field(found, cell, PARK, column, unit=column.unit)
    return found


def settle_states(reader: CellRows, tree: dict[str, object]) -> None:
    """An empty ledger says whether there is nothing or nobody knows: missing is not zero."""
    for column in PARK.columns:
        if not column.field.startswith(STATE):
            continue
        path = column.field.removeprefix(STATE)
        state, rows = tree.pop(column.field, None), tree[path]
        sheet = next(one.sheet for one in LEDGERS if one.path == path)
        if state == "absent" and not rows:
            tree[path] = None
        # Its emptiness means something where the sheet itself was readable.
        elif bool(rows) == (state in ("none", "absent")) and not reader.faults.on(sheet):
            _wrong_state(reader, column, sheet, empty=not rows)


def _wrong_state(reader: CellRows, column: Column, sheet: str, *, empty: bool) -> None:
    zh = (
        (f"“{sheet}”表是空的，没有说明原因", "确实没有选“没有此项”，有而缺数据选“数据缺失”")
        if empty
        else (f"“{sheet}”表有数据，这里却选了没有或缺失", "请改选“已填报”，或清空那张表")
    )
    en = (
        (f"The sheet “{sheet}” is empty without a reason", "Choose: none, or data missing")
        if empty
        else (f"The sheet “{sheet}” holds rows", "Choose 已填报, or empty that sheet")
    )
    reader.faults.say(PARK.sheet, reader.places.cell(column.field), zh, en)
