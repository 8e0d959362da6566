"""One row of a form read by the kinds of its columns; what is wrong is told with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from tanzhe.errors import Fault, Words
from tanzhe.footprints.cells import Wrong, read_cell
from tanzhe.footprints.entries import Entries, Entry
from tanzhe.footprints.form import Sheet
from tanzhe.model import Record
from tanzhe.quantity import Unit
from tanzhe.tables.grid import is_blank

Made = TypeVar("Made", bound=Record)


@dataclass
class ReadRow:
    """One row while it is read.

    Attributes:
        values: by key; blank cells have none.
        entry: its cells.
        entries: of the file; takes the faults.
        sound: whether nothing was wrong so far.
    """

    values: dict[str, Any]
    entry: Entry
    entries: Entries
    sound: bool = True

    def at(self, key: str) -> str:
        """Where a field stands."""
        return self.entry[key].at

    def blank(self, key: str) -> bool:
        """Whether nothing stands in a field."""
        return is_blank(self.entry[key].value)

    def wrong(self, key: str, zh: tuple[str, str], en: tuple[str, str]) -> None:
        """Remember a fault of a field told as (what, do) in both languages."""
        self.add(key, Words(zh[0], en[0]), Words(zh[1], en[1]))

    def add(self, key: str, what: Words, do: Words) -> None:
        """Remember a fault of a field."""
        self.sound = False
        self.entries.faults.append(Fault(what, do, where=self.at(key)))

    def unit(self, key: str) -> Unit | None:
        """The unit that a field names, or None where it is blank or unknown."""
        text = self.values.get(key)
        if text is None:
            return None
        found = Unit.known(text)
        if found is None:
            self.wrong(
                key,
                (
                    f"不认识的单位“{text[:40]}”",
                    "请用 t、kg、kWh、MWh、万kWh、GJ、m3、万m3、t·km、件 等",
                ),
                (f"Unknown unit “{text[:40]}”", "Use t, kg, kWh, MWh, GJ, m3, t·km, 件 ..."),
            )
        return found

    def made(self, record: type[Made]) -> Made | None:
        """The record of the row, or None where something is wrong with it."""
        if not self.sound:
            return None
        values: Mapping[str, Any] = self.values
        return record.model_validate({k: v for k, v in values.items() if k in record.model_fields})


def read_rows(sheet: Sheet, entries: Entries) -> list[ReadRow]:
    """All rows of a sheet, cell by cell."""
    return [_row(sheet, entry, entries) for entry in entries.rows.get(sheet.key, [])]


def _row(sheet: Sheet, entry: Entry, entries: Entries) -> ReadRow:
    row = ReadRow({}, entry, entries)
    for column in sheet.columns:
        if row.blank(column.key):
            if column.needed:
                row.wrong(
                    column.key,
                    (f"缺少“{column.title}”", f"请填写：{column.hint.zh}".rstrip("：")),
                    (
                        f"“{column.title}” ({column.key}) is missing",
                        f"Fill it in: {column.hint.en}".removesuffix(": "),
                    ),
                )
            continue
        found = read_cell(entry[column.key].value, column)
        if isinstance(found, Wrong):
            what = Words(f"“{column.title}”：{found.what.zh}", f"{column.key}: {found.what.en}")
            row.add(column.key, what, found.do)
        else:
            row.values[column.key] = found
    return row
