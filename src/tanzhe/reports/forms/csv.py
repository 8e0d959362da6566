"""CSV: the main table of a product, with the byte order mark that office programs look for."""

from tanzhe.reports.forms.cells import table_csv
from tanzhe.reports.pages.page import Page

FORM = {
    "name": "csv",
    "suffix": ".csv",
    "media": "text/csv; charset=utf-8",
    "is_text": True,
}

BOM = "\ufeff"


def render(page: Page) -> bytes:
    """The main table; all tables are in xlsx and frictionless."""
    return (BOM + table_csv(page.tables[0])).encode()
