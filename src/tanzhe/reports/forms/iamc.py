"""The long form of the IAMC: one value a line, as `pyam` and scenario databases read it."""

from tanzhe.errors import Fault, InputError, Words
from tanzhe.reports.forms.cells import csv_text
from tanzhe.reports.pages.page import Page

FORM = {
    "name": "iamc",
    "suffix": ".iamc.csv",
    "media": "text/csv; charset=utf-8",
    "is_text": True,
}

HEAD = ("Model", "Scenario", "Region", "Variable", "Unit", "Year", "Value")
MODEL = "tanzhe"


def render(page: Page) -> bytes:
    """The values by year.

    Raises:
        InputError: the product has no values by year.
    """
    if not page.values:
        raise InputError(_NONE)
    rows = [
        (MODEL, page.scenario, one.region, one.variable, one.unit, one.year, one.value)
        for one in page.values
    ]
    return csv_text(HEAD, rows).encode()


_NONE = Fault(
    Words("这一结果没有整年的数值", "This result has no values of whole years"),
    Words("请改用 csv、xlsx 或 frictionless", "Use csv, xlsx or frictionless"),
    where="iamc",
)
