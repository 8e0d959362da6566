"""Bills beside meters: their own periods, their own units."""

import re
from datetime import date

from tanzhe.errors import Fault, Words, refuse
from tanzhe.meters.clock import instant, said_time
from tanzhe.meters.forms.headings import unit_factor
from tanzhe.meters.rows import MICRO, micro
from tanzhe.meters.store import Bill
from tanzhe.meters.tree import Tree
from tanzhe.meters.words import is_total, places
from tanzhe.tables.grid import Grid, cell_at, text_of


def is_bills(grid: Grid) -> bool:
    """Whether a table holds bills: meter, from, to, amount."""
    return {"meter", "start", "end", "amount"} <= set(places("bills", grid.rows[0]))


def read_bills(grid: Grid, tree: Tree) -> tuple[Bill, ...]:
    """The bills of a table; `to` is the day after the last one charged.

    Raises:
        InputError: every fault at once.
    """
    columns, aliases = places("bills", grid.rows[0]), tree.aliases()
    faults: list[Fault] = []
    found: list[Bill] = []
    for line, row in zip(grid.lines[1:], grid.rows[1:], strict=True):
        cells = {field: cell_at(row, at) for field, at in columns.items()}
        where = f"{grid.file} 第 {line} 行 row {line}"
        if any(is_total(cell) for cell in row):
            continue
        meter = aliases.get(text_of(cells["meter"]))
        days = [instant(cells[field]) for field in ("start", "end")]
        amount, unit = micro(cells["amount"]), text_of(cells.get("unit"))
        wrong = [
            name
            for name, bad in (
                ("表号 meter", meter is None), ("起 from", days[0] is None),
                ("止 to", days[1] is None), ("用量 amount", amount is None),
                ("单位 unit", unit_factor(unit) is None),
            )
            if bad
        ]  # fmt: skip
        if days[0] and days[1] and days[1] <= days[0]:
            wrong.append("起止 from, to")
        for name in wrong:
            what = Words(f"{name} 读不出或不认识", f"{name} is not known or cannot be read")
            do = Words("请对照计量表清单改正", "Mend it by the list of meters")
            faults.append(Fault(what, do, where=f"{where}, {name}"))
        if wrong or meter is None or amount is None or days[0] is None or days[1] is None:
            continue
        found.append(
            Bill(
                meter=meter, firm=text_of(cells.get("firm")), start=_day(days[0]),
                end=_day(days[1]), amount=float((unit_factor(unit) or 1) * amount / MICRO),
                unit=re.sub("^万", "", unit), document=text_of(cells.get("document")), where=where,
            )
        )  # fmt: skip
    refuse(faults)
    return tuple(found)


def _day(seconds: int) -> date:
    return date.fromisoformat(said_time(seconds)[:10])
