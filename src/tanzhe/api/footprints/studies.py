"""Product footprints: calculated, exchanged as PACT 3, and checked.

What reads workbooks and writes templates is imported when first needed.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from tanzhe.api.files.handed import check_name, write_whole
from tanzhe.footprints.account import footprint
from tanzhe.footprints.entries import read_entries
from tanzhe.footprints.exchange import pact_object
from tanzhe.footprints.pact import Checked, ProductFootprint, read_footprint
from tanzhe.footprints.records import FootprintResult
from tanzhe.footprints.study import study_of
from tanzhe.footprints.suppliers import read_suppliers
from tanzhe.model.park import ParkYear
from tanzhe.model.run import dated


def product_footprint(study: Path, *, park: Path | None = None) -> FootprintResult:
    """The carbon footprint of a product.

    Args:
        study: a workbook, YAML or JSON file in the form of `write_study_template`; suppliers' PACT
            files that it names lie beside it.
        park: a park's file, where rows of the study name rows of its ledger.

    Returns:
        kgCO2e per declared unit, with every line behind it.

    Raises:
        InputError: every fault of the files at once, each with sheet and cell, or path.
    """
    ledger = None if park is None else _ledger(park)
    entries = read_entries(study)
    sha256 = hashlib.sha256(study.read_bytes()).hexdigest()
    found = study_of(entries, ledger=ledger, sha256=sha256)
    return dated(footprint(found, read_suppliers(found, study.parent)))


def _ledger(path: Path) -> Mapping[str, tuple[Decimal, str]]:
    """Amounts and units of a park's ledger by row id."""
    from tanzhe.api.parks.assessment import assess

    return park_amounts(assess(path).park)


def park_amounts(park: ParkYear) -> dict[str, tuple[Decimal, str]]:
    """Amounts and units of the rows of a park's ledgers, exactly as entered.

    Args:
        park: one calendar year.

    Returns:
        By row id; the park's factors are another family and are not taken.
    """
    rows: dict[str, tuple[float, str]] = {
        **{one.id: (one.kwh, "kWh") for one in park.electricity},
        **{one.id: (one.quantity, one.unit) for one in park.fuels},
        **{one.id: (one.gj, "GJ") for one in park.heat},
        **{one.id: (one.output_t, "t") for one in park.processes},
    }
    return {id: (Decimal(repr(amount)), unit) for id, (amount, unit) in rows.items()}


def made_pact(result: FootprintResult, *, now: datetime) -> ProductFootprint:
    """A footprint as a PACT 3 object.

    Args:
        result: of `product_footprint`.
        now: when it is made.

    Raises:
        InputError: PACT demands something that the study lacks.
    """
    return pact_object(result, now=now)


def write_made(made: ProductFootprint, out: Path, *, overwrite: bool = False) -> Path:
    """Write a PACT 3 object.

    Args:
        made: of `made_pact`.
        out: a .json file.
        overwrite: whether an existing file may be replaced.

    Raises:
        InputError: the file cannot be written.
    """
    check_name(out, (".json",), overwrite=overwrite)
    return write_whole(out, (made.model_dump_json(indent=2, exclude_none=True) + "\n").encode())


def write_study_template(out: Path, *, overwrite: bool = False) -> Path:
    """Write the empty form: .xlsx a workbook, .yaml a text.

    Raises:
        InputError: another suffix, an existing file, or a folder that cannot be written to.
    """
    check_name(out, (".xlsx", ".yaml", ".yml"), overwrite=overwrite)
    is_book = out.suffix.lower() == ".xlsx"
    return write_whole(out, study_template("xlsx" if is_book else "yaml"))


def study_template(kind: Literal["xlsx", "yaml"]) -> bytes:
    """The empty form as a file's bytes: a workbook or a text."""
    from tanzhe.footprints.template import workbook_template, yaml_template

    return workbook_template() if kind == "xlsx" else yaml_template().encode()


def verify_pact(path: Path) -> Checked:
    """Whether a file is a sound PACT 3 footprint, by schema, arithmetic and meaning.

    Args:
        path: a JSON file of one `ProductFootprint`.

    Returns:
        Every fault with its path, and advice.

    Raises:
        InputError: the file cannot be read as a JSON object.
    """
    return read_footprint(path)
