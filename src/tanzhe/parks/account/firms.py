"""Whose a ledger row is."""

from tanzhe.model.park import ElectricityRow, FuelUse, HeatRow, ProcessRow
from tanzhe.names import folded

FirmRow = FuelUse | ElectricityRow | HeatRow | ProcessRow


def firm_key(row: FirmRow) -> str:
    """The firm of a row however its name is spaced; "" where none is named.

    Example:
        >>> one = HeatRow(id="R1", firm="甲 厂", direction="in", gj=1, fossil=True)
        >>> firm_key(one) == firm_key(one.model_copy(update={"firm": "甲厂"}))
        True
    """
    return folded(row.firm)


def may_be_one_firm(one: FirmRow, other: FirmRow) -> bool:
    """Whether two rows are of one firm, or one of them does not say whose it is."""
    mine, others = firm_key(one), firm_key(other)
    return not mine or not others or mine == others
