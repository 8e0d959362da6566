"""Shares of a product in what it and its co-products take together."""

from collections.abc import Iterable
from decimal import Decimal

from tanzhe.footprints.choices import METHODS
from tanzhe.footprints.records import CoProduct


def shares(members: Iterable[CoProduct], *, method: str | None = None) -> dict[str, Decimal]:
    """The product's share in each allocation group.

    Args:
        members: rows of all groups.
        method: in place of that of the group, where all its rows have the figure for it.

    Returns:
        Share from 0 to 1 by group.

    Reference:
        GB/T 24067-2024 and ISO 14067, 6.4.6: subdivide or expand first, then physical, then other
        relationships.
    """
    groups: dict[str, list[CoProduct]] = {}
    for one in members:
        groups.setdefault(one.group, []).append(one)
    return {group: _share(rows, method or rows[0].method) for group, rows in groups.items()}


def _share(rows: list[CoProduct], method: str) -> Decimal:
    figures = _figures(rows, method) or _figures(rows, rows[0].method)
    own = sum((f for f, row in zip(figures, rows, strict=True) if row.own), Decimal(0))
    return own / sum(figures)


def _figures(rows: list[CoProduct], method: str) -> list[Decimal]:
    """The figures of a method, empty where it cannot be applied."""
    found = [getattr(row, method) for row in rows]
    return [] if None in found or not sum(found) else found


def other_methods(members: Iterable[CoProduct]) -> list[str]:
    """Methods that could be applied instead of the one chosen."""
    rows = list(members)
    chosen = {one.method for one in rows}
    groups = {one.group: [o for o in rows if o.group == one.group] for one in rows}
    return [
        method
        for method in METHODS
        if method not in chosen and any(_figures(group, method) for group in groups.values())
    ]
