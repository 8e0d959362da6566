"""Any table a person has: columns with roles, units and dates, and how it was read."""

from tanzhe.tables.choices import DEFAULT, Choices, pairs
from tanzhe.tables.files import read_grids
from tanzhe.tables.grid import Grid
from tanzhe.tables.look import Look, look
from tanzhe.tables.moments import Moment, Span
from tanzhe.tables.select import Group, group, groups_of
from tanzhe.tables.table import Table, read_table
from tanzhe.tables.told import ColumnTold, Telling

__all__ = [
    "DEFAULT",
    "Choices",
    "ColumnTold",
    "Grid",
    "Group",
    "Look",
    "Moment",
    "Span",
    "Table",
    "Telling",
    "group",
    "groups_of",
    "look",
    "pairs",
    "read_grids",
    "read_table",
]
