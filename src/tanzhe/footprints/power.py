"""Electricity of a footprint: whose plant it is from, when a contract counts, else the average.

GB/T 24067-2024 and ISO 14067, 6.4.9.4: power of an own plant or a direct line is that plant's, as
long as no certificate of it was sold; a contract counts when it is unique, tracked, cancelled for
the user, of the same period and market; else the residual mix. China publishes no residual mix:
the national average stands in, with a note and a sensitivity.

As accounts of the standards have it: no clause was compared with the printed text of GB/T
24067-2024, which was not at hand (docs/parks/footprints.md says what follows from that).
"""

from typing import NamedTuple

from tanzhe.errors import Words
from tanzhe.footprints.factors import FOOTPRINTS, Found, factor_of, official
from tanzhe.footprints.records import Factor, PowerRow, Product
from tanzhe.model import Note
from tanzhe.rulebook import rule_value

_GRID = ("trade", "certificate", "grid")  # comes over the grid, with its losses


class Judged(NamedTuple):
    """How a row of power counts.

    Attributes:
        found: its factor.
        average: the factor it would have without its contract; None where the power never was
            on the grid.
        unproven: whether it counts as the average.
    """

    found: Found
    average: Factor | None
    unproven: bool


def judged(row: PowerRow, product: Product, *, repeated: bool) -> Judged:
    """The factor of a row of power.

    Args:
        row: of the sheet 电力.
        product: for period and year.
        repeated: whether another row names the same proof.
    """
    year = product.end.year
    average = rule_value(f"{FOOTPRINTS}.average", year=year)
    mean, on_grid = official(average.value), row.source in _GRID
    why = _why_not(row, product, repeated=repeated)
    if why is not None or (row.source == "grid" and not row.factor):
        found = Found(mean, (*average.notes, _unproven(row, why)))
        return Judged(found, mean, unproven=True)
    if row.factor:
        known = factor_of(row, year=year)
        notes = (*known.notes, _own(row)) if on_grid else known.notes
        return Judged(known._replace(notes=notes), mean if on_grid else None, unproven=False)
    plant = rule_value(f"{FOOTPRINTS}.{row.generation}", year=year)
    if not on_grid:
        return Judged(Found(official(plant.value), plant.notes), None, unproven=False)
    wires = rule_value(f"{FOOTPRINTS}.{_WIRES}", year=year)
    first, second = official(plant.value), official(wires.value)
    both = first.model_copy(
        update={
            "value": first.value + second.value,
            "source": f"{first.source} {first.value} + {wires.value.name} {second.value}",
            "id": f"{first.id}+{second.id}",
        }
    )
    return Judged(Found(both, (*plant.notes, *wires.notes)), mean, unproven=False)


_WIRES = "transmission_with_losses"


def _why_not(row: PowerRow, product: Product, *, repeated: bool) -> Words | None:
    """Why a claim does not count, or None."""
    if row.source in ("own", "direct"):
        if row.sold:
            return Words("证书已卖给别人", "its certificates were sold")
        return None
    if row.source == "grid":
        return None
    if not row.proof:
        return Words("没有凭证号，无法追溯", "it has no number of proof")
    if repeated:
        return Words(f"凭证“{row.proof}”用了不止一次", f"the proof “{row.proof}” is used twice")
    if not row.cancelled:
        return Words("没有注销给本企业", "it is not cancelled for the user")
    if not _in_period(row.generated, product):
        told = row.generated or "未填"
        return Words(f"发电期间（{told}）不在核算期内", f"its period ({told}) is another")
    return None


def _in_period(text: str, product: Product) -> bool:
    """Whether a year or month of generation lies in the period of the study."""
    digits = text.replace("年", "-").replace("月", "").replace("/", "-").strip("- ")
    year, _, month = digits.partition("-")
    first, last = product.start, product.end
    if not year.isdecimal() or (month and not month.isdecimal()):
        return False
    if not month:
        return first.year <= int(year) <= last.year
    return (first.year, first.month) <= (int(year), int(month)) <= (last.year, last.month)


def _unproven(row: PowerRow, why: Words | None) -> Note:
    reason = Words("没有凭证", "no proof") if why is None else why
    return Note(
        code=f"power_unproven.{row.id}",
        zh=f"{row.id}“{row.what}”{reason.zh}，按全国电力平均碳足迹计（我国尚未公布剩余电力组合）。",
        en=f"{row.id} “{row.what}” counts as the national average: {reason.en}; China publishes no "
        "residual mix yet.",
    )


def _own(row: PowerRow) -> Note:
    return Note(
        code=f"power_own_factor.{row.id}",
        zh=f"{row.id}“{row.what}”用的是自填的因子；请核对它含不含上游、输配电和线损。",
        en=f"{row.id} “{row.what}” has a factor of its own: does it hold upstream, grid and "
        f"losses?",
    )
