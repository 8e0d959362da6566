"""The made-up park of the bench, small: every planted fault is found, no number is lost."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tanzhe.api.meters.readings import add_readings, check_readings, firm_months, meter_ledger
from tanzhe.meters.store import Store

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bench as a module."""
    monkeypatch.setattr(sys, "path", [str(BENCH), *sys.path])
    return importlib.import_module("metering")


def test_every_planted_fault_is_found_and_no_number_is_lost(
    tmp_path: Path, bench: ModuleType
) -> None:
    park = bench.make_park(tmp_path, 62, 59, seed=3)
    assert sorted(one.kind for one in park.planted) == sorted(bench.KINDS)
    store = Store(tmp_path / "store")
    *_, added = add_readings(store, [park.tree, park.readings])
    source = added.source
    assert source is not None and source.rows == park.rows
    assert source.rows == source.stored + source.aside + source.repeated
    found = [one.model_dump() for one in check_readings(store)]
    missed, false = bench.judged(park, found)
    assert missed == [] and false == []
    # What the firms used adds up to what the main meter received, which is true to the kWh.
    months = firm_months(store, ["2025-01", "2025-02"])
    main = sum(one.amount for one in months) / 1_000_000
    assert main == pytest.approx(park.energy["MAIN"], abs=0.5)


def test_the_annual_ledger_is_what_the_meters_counted_to_the_kwh(
    tmp_path: Path, bench: ModuleType
) -> None:
    park = bench.make_park(tmp_path, 14, 365, seed=5)
    store = Store(tmp_path / "store")
    add_readings(store, [park.tree, park.readings])
    (main,) = meter_ledger(store, 2025).rows
    assert main.missing == () and main.why == ("", "")
    assert main.row["kwh"] == park.energy["MAIN"]
    # A reset within a firm leaves its own sub-meter unknown, but nobody's share.
    assert "reset" in {one.kind for one in park.planted}
    firms = {
        row.row["firm"]: row.row["kwh"] for row in meter_ledger(store, 2025, by_firm=True).rows
    }
    own = {f"企业{name}": kwh for name, kwh in park.energy.items() if name != "MAIN"}
    assert firms == {**own, "园区": park.energy["MAIN"] - sum(own.values())}


def test_a_year_that_is_not_whole_gives_no_amount_and_says_why(
    tmp_path: Path, bench: ModuleType
) -> None:
    park = bench.make_park(tmp_path, 14, 62, seed=5)
    store = Store(tmp_path / "store")
    add_readings(store, [park.tree, park.readings])
    (main,) = meter_ledger(store, 2025).rows
    assert main.row["kwh"] is None and len(main.missing) == 10
    # 3 of the 31 days of March.
    assert main.why.zh == "MAIN 2025-03 只知 9.6 %；MAIN 2025-04至2025-12 没有读数"
    assert main.why.en == "MAIN 2025-03 9.6 % is known; MAIN 2025-04 to 2025-12 no readings"
    assert main.why.zh in main.row["evidence"]
