"""The sheets of the workbook: of the park, and of each ledger that the records have."""

from collections.abc import Iterator

from tanzhe.model.columns import Column, columns, record_of, sheets
from tanzhe.model.park import ParkYear
from tanzhe.model.park_choices import LEDGER_STATES
from tanzhe.parks.office.columns import Ledger
from tanzhe.parks.office.fuel_sheet import FUELS

OPTIONS = "选项"
GUIDE = "填报说明"
REMARK = "备注"
STATE = "state of "  # fields of the sheet on the park that say why a ledger is empty


def _lines() -> Iterator[Column]:
    """The park's own fields, then why ledgers of the account are empty, then what came later."""
    own = columns(ParkYear)
    yield from (one for one in own if not one.later)
    for path, sheet in sheets(ParkYear).items():
        if sheet.account:
            yield Column(
                f"{sheet.title}填报情况",
                f"state of {sheet.en}",
                f"“{sheet.title}”表空着时必须选：确实没有，还是有而缺数据。缺数据不会当作零。",
                field=f"{STATE}{path}",
                choices=LEDGER_STATES,
            )
    yield from (one for one in own if one.later)


def _ledgers() -> Iterator[Ledger]:
    for path, sheet in sheets(ParkYear).items():
        rows = record_of(ParkYear, path)
        yield FUELS if path == FUELS.path else Ledger.of(path, sheet, rows)
        for inner, its_sheet in sheets(rows).items():
            yield Ledger.of(inner, its_sheet, record_of(rows, inner))


PARK = Ledger(
    sheet="园区信息",
    path="",
    record=ParkYear,
    about="每格一项，填在“填写”一列。",
    columns=tuple(_lines()),
)
LEDGERS = tuple(_ledgers())
_BY_PATH = {one.path: one for one in LEDGERS}
ELECTRICITY, CERTIFICATES = _BY_PATH["electricity"], _BY_PATH["certificates"]
INDICATORS, EXCUSES = _BY_PATH["indicators"], _BY_PATH["excuses"]
