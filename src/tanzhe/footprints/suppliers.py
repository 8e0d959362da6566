"""Footprints that suppliers sent as PACT files, used as factors of rows."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tanzhe.errors import Fault, InputError, Words
from tanzhe.footprints.factors import is_file
from tanzhe.footprints.pact import ProductFootprint, footprint_of
from tanzhe.footprints.pact.formats import decimal_of, time_of
from tanzhe.footprints.pact.validity import validity
from tanzhe.footprints.records import ActivityRow, Factor, Product, Study
from tanzhe.footprints.units import DECLARED
from tanzhe.model import Note

# Gas categories of ours and the fields of PACT that hold them.
FIELDS = {
    "fossil": "fossilGhgEmissions",
    "land_use_change": "landUseChangeGhgEmissions",
    "land_management": "landManagementBiogenicCO2Emissions",
    "land_removal": "landManagementBiogenicCO2Removals",
    "removal": "technologicalCO2Removals",
    "capture": "ccsTechnologicalCO2Capture",
    "biogenic_other": "biogenicNonCO2Emissions",
    "uptake": "biogenicCO2Uptake",
}


class Part(NamedTuple):
    """A gas category of a supplier's product, with its factor and share of primary data."""

    category: str
    factor: Factor
    primary: Decimal


def read_suppliers(study: Study, folder: Path) -> dict[str, ProductFootprint]:
    """The files that rows name, each read and checked once.

    Args:
        study: whose rows name them.
        folder: where they lie, beside the study.

    Raises:
        InputError: every fault of every file, with the row that names it.
    """
    found: dict[str, ProductFootprint] = {}
    faults: list[Fault] = []
    for row in study.activity:
        if not is_file(row.factor) or row.factor in found:
            continue
        if Path(row.factor).name != row.factor:
            what = Words(f"“{row.factor}”不是单纯的文件名", f"“{row.factor}” is no plain name")
            do = Words("请把文件放在本表旁边，只写文件名", "Put the file beside the study")
            faults.append(Fault(what, do, where=row.at))
            continue
        try:
            found[row.factor] = footprint_of(folder / row.factor)
        except InputError as error:
            faults += [
                Fault(one.what, one.do, where=f"{row.at} → {one.where}") for one in error.faults
            ]
    if faults:
        raise InputError(*faults)
    return found


def parts(one: ProductFootprint, file: str) -> Iterator[Part]:
    """The categories of a supplier's product that are not zero."""
    pcf = one.pcf
    amount = decimal_of(pcf.declaredUnitAmount) or Decimal(1)
    unit = next(
        (u.text for name, u in DECLARED.values() if name == pcf.declaredUnitOfMeasurement),
        {"liter": "L"}.get(pcf.declaredUnitOfMeasurement, ""),
    )
    share = (decimal_of(pcf.primaryDataShare) or Decimal(0)) / 100
    end = time_of(pcf.referencePeriodEnd)
    for category, field in FIELDS.items():
        value = decimal_of(getattr(pcf, field))
        if value:
            factor = Factor(
                value=value / amount,
                unit=f"kgCO2e/{unit}",
                source=f"{one.companyName} {one.productNameCompany}",
                year=end.year if end else None,
                region=pcf.geographyCountrySubdivision or pcf.geographyCountry or "",
                id=file,
            )
            yield Part(category, factor, share)


def remarks(row: ActivityRow, one: ProductFootprint, product: Product) -> Iterator[Note]:
    """What must be said of a supplier's footprint: no longer valid, or replaced."""
    period = validity(one)
    if period is not None and product.end > period.end.date():
        yield Note(
            code=f"supplier_expired.{row.id}",
            zh=f"{row.id}“{row.what}”的供应商碳足迹有效到 {period.end.date()}，早于核算期末。",
            en=f"The supplier's footprint of {row.id} “{row.what}” was valid until "
            f"{period.end.date()}, before the end of the period.",
        )
    if one.status == "Deprecated":
        yield Note(
            code=f"supplier_deprecated.{row.id}",
            zh=f"{row.id}“{row.what}”的供应商碳足迹已被新版取代。",
            en=f"The supplier's footprint of {row.id} “{row.what}” was replaced by a new version.",
        )
