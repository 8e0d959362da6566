"""A Frictionless data package: every table as CSV, with a schema, in one ZIP file."""

import io
import json
import re
import zipfile

from tanzhe.reports.forms.annextables import exact, said_facts
from tanzhe.reports.forms.cells import csv_text, table_csv
from tanzhe.reports.pages.blocks import flat
from tanzhe.reports.pages.datatables import Column, DataTable
from tanzhe.reports.pages.page import Page

FORM = {
    "name": "frictionless",
    "suffix": ".zip",
    "media": "application/zip",
    "is_text": False,
}

FACTS = ("id", "kind", "zh", "en", "value", "row", "url")
# A zip file knows no earlier day; the time of the results stands in the package itself.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


def render(page: Page) -> bytes:
    """The package as the bytes of a ZIP file."""
    parts = {f"data/{table.name}.csv": table_csv(table) for table in page.tables}
    if facts := facts_csv(page):
        parts["data/facts.csv"] = facts
    described = json.dumps(_package(page, facts=bool(facts)), ensure_ascii=False, indent=2)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in {"datapackage.json": f"{described}\n", **parts}.items():
            target.writestr(zipfile.ZipInfo(name, _NO_DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def facts_csv(page: Page) -> str:
    """The facts of the page with their places; empty where it says none."""
    facts = said_facts(page)
    if not facts:
        return ""
    places = {fact.id: page.places.get(fact.id) for fact in facts}
    rows = [
        (
            fact.id, fact.kind, fact.zh, fact.en, exact(fact) or str(fact.value),
            place.row if (place := places[fact.id]) else None, place.url if place else None,
        )
        for fact in facts
    ]  # fmt: skip
    return csv_text(FACTS, rows)


def _package(page: Page, *, facts: bool) -> dict[str, object]:
    resources = [_resource(page, table) for table in page.tables]
    if facts:
        fields = [{"name": name, "type": "string"} for name in FACTS]
        resources.append(
            {
                "name": "facts",
                "path": "data/facts.csv",
                **_CSV,
                "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
            }
        )
    return {
        "profile": "tabular-data-package",
        "name": _name(f"tanzhe-{page.product}-{page.about}"),
        "title": flat(page.title),
        "created": page.made,
        "sources": [{"title": page.scenario}] if page.scenario else [],
        "resources": resources,
    }


def _name(text: str) -> str:
    """A name as a package may have it: small letters, digits and strokes."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-") or "tanzhe"


_CSV: dict[str, object] = {
    "profile": "tabular-data-resource",
    "format": "csv",
    "mediatype": "text/csv",
    "encoding": "utf-8",
}


def _resource(page: Page, table: DataTable) -> dict[str, object]:
    return {
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "title": table.title.said(page.language),
        **_CSV,
        "schema": {
            "fields": [_field(page, column) for column in table.columns],
            "missingValues": [""],
        },
    }


def _field(page: Page, column: Column) -> dict[str, str]:
    unit = {"unit": column.unit} if column.unit else {}
    title = column.title.said(page.language)
    return {"name": column.name, "type": column.type, "title": title, **unit}
