"""CSV: the main table of a product, with the byte order mark that office programs look for."""

from tanzhe.reports.page import Page
from tanzhe.reports.renderers.cells import table_csv

BOM = "\ufeff"


def render(page: Page) -> bytes:
    """The main table; all tables are in xlsx and frictionless."""
    return (BOM + table_csv(page.tables[0])).encode()
