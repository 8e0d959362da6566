"""The mid-term evaluation as tables of data: parks, targets, tasks."""

from tanzhe.reports.pages.datatables import DataTable
from tanzhe.reports.products.tables import data_table
from tanzhe.tracking.lights import light
from tanzhe.tracking.midterm import MidTerm


def parks_table(found: MidTerm) -> DataTable:
    """A row a park."""
    rows = [
        (one.name, one.state.year if one.state else None,
         one.state.emission_per_energy if one.state else None,
         one.state.limit if one.state else None, one.works.projects, one.works.done,
         one.works.investment, one.works.invested, len(one.missing), one.risk.en)
        for one in found.parks
    ]  # fmt: skip
    return data_table("midterm.parks", rows)


def aims_table(found: MidTerm) -> DataTable:
    """A row a target."""
    rows = [
        (one.item.id, one.item.title, one.wanted, one.item.unit, one.item.by, one.now,
         one.until, one.probability, one.outlook)
        for one in found.aims
    ]  # fmt: skip
    return data_table("midterm.targets", rows)


def tasks_table(found: MidTerm) -> DataTable:
    """A row a task."""
    rows = [
        (one.id, one.number, one.title, one.lead, str(one.due or ""), one.progress,
         one.status, light(one, found.today))
        for one in found.tasks
    ]  # fmt: skip
    return data_table("midterm.tasks", rows)
