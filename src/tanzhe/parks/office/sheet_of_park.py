"""The sheet on the park: one line a field, found by its label wherever the line stands."""

from itertools import pairwise

from tanzhe.parks.office.book import Cell, Table
from tanzhe.parks.office.cells import is_blank
from tanzhe.parks.office.faults import Faults
from tanzhe.parks.office.layout import PARK
from tanzhe.parks.office.table import find_sheet, header_key


def park_cells(tables: list[Table], faults: Faults) -> dict[str, Cell]:
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
