"""The form of a product study: its sheets and columns, from which reader and template follow.

They stand in `data/sheets.csv` and `data/columns.csv`; a choice names its words in `choices`.
"""

from collections.abc import Iterator
from typing import cast

from tanzhe import bundled
from tanzhe.errors import Words
from tanzhe.footprints import choices
from tanzhe.footprints.form import Column, Kind, Sheet


def _columns(sheet: str) -> Iterator[Column]:
    for row in bundled.rows("tanzhe.footprints.data", "columns.csv"):
        if row["sheet"] == sheet:
            yield Column(
                key=row["key"],
                title=row["title"],
                kind=cast(Kind, row["kind"]),
                needed=row["needed"] == "yes",
                choices=getattr(choices, row["choices"].upper()) if row["choices"] else None,
                hint=Words(row["hint"], row["hint_en"]),
                width=int(row["width"]),
            )


SHEETS = tuple(
    Sheet(
        key=row["key"],
        title=row["title"],
        about=Words(row["about"], row["about_en"]),
        columns=tuple(_columns(row["key"])),
        lines=row["lines"] == "yes",
    )
    for row in bundled.rows("tanzhe.footprints.data", "sheets.csv")
)
PRODUCT, POWER, ACTIVITY, ALLOCATION, CUT_OFF, OFFSETS = SHEETS
