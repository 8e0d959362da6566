"""How an item stands on a day: red, yellow, green, or grey where no day is set."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from tanzhe.errors import Words
from tanzhe.terms import words_of
from tanzhe.tracking.board import FULL
from tanzhe.tracking.items import OPEN, Item

Light = Literal["red", "yellow", "green", "grey"]
LIGHTS: Mapping[Light, Words] = words_of("tracking.lights.lights")
# Our choice: points that actual progress may lie behind the planned, and days of warning.
RED_BEHIND, YELLOW_BEHIND = 25.0, 10.0
WARNING = timedelta(days=30)


def due_of(item: Item, today: date) -> date | None:
    """The day it is due; what repeats yearly is due at the same day of the year of `today`."""
    if item.rhythm == "continuous" or item.due is None:
        return None
    if item.rhythm == "yearly" and today > item.due:
        day = min(item.due.day, 28) if item.due.month == 2 else item.due.day
        this = date(today.year, item.due.month, day)
        return this if today <= this else date(today.year + 1, item.due.month, day)
    return item.due


def planned(item: Item, today: date) -> float | None:
    """The share of the time that has passed, percent; None without first and last day."""
    due = due_of(item, today)
    if due is None or item.start is None:
        return None
    if today >= due:
        return FULL
    if today <= item.start:
        return 0.0
    return FULL * (today - item.start).days / (due - item.start).days


def light(item: Item, today: date) -> Light:
    """The light of an item.

    Red: overdue, or more than 25 points behind the plan. Yellow: more than 10 points behind, or
    due within 30 days without evidence. Grey: no day is set, or it was paused or cancelled.

    Example:
        >>> item = Item(id="1", kind="task", title="t", due=date(2026, 12, 31))
        >>> light(item, date(2027, 1, 1)), light(item, date(2026, 12, 10))
        ('red', 'yellow')
    """
    if item.status == "done":
        return "green"
    due = due_of(item, today)
    if due is None or item.status not in OPEN:
        return "grey"
    plan = planned(item, today)
    behind = 0.0 if plan is None else plan - item.progress
    if today > due or behind > RED_BEHIND:
        return "red"
    if behind > YELLOW_BEHIND or (due - today <= WARNING and not item.evidence):
        return "yellow"
    return "green"


def is_overdue(item: Item, today: date) -> bool:
    """Whether it should have been done."""
    due = due_of(item, today)
    return item.status in OPEN and due is not None and today > due
